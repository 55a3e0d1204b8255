//! What every page asks the server for.
#![expect(missing_docs, reason = "the server macro makes a field of each argument, and says so itself")]

use desk::problem::Problem;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::ui::{Flashed, Frame};

/// Who is signed in, and how this server presents itself.
#[server(prefix = "/api", endpoint = "frame", input = GetUrl)]
pub async fn get_frame() -> Result<Frame, Problem> {
    use super::request::{agency_here, caller, ports};
    let (caller, ports) = (caller(), ports());
    let (office, now, site) = (ports.desk.office(), ports.desk.now(), ports.site);
    let title = |it: &domain::office::Substitution| {
        let sop = office.current_sops().find(|sop| sop.lane(&it.lane).is_some());
        format!("{} {}", it.kind, sop.map_or(it.lane.as_str(), |sop| sop.lane_name(&it.lane)))
    };
    let rights = caller.as_ref().map(|caller| office.rights(&caller.actor, now));
    let acting = rights.iter().flat_map(domain::office::Rights::substitutions).map(title).collect();
    let (practice, build) = (site.practice, site.build.clone());
    Ok(Frame { caller, acting, agency: agency_here(), practice, build })
}

/// A refused form that was sent without JavaScript: to who sent it, and once.
#[server(prefix = "/api", endpoint = "flash", input = GetUrl)]
pub async fn get_flash(id: String) -> Result<Flashed, Problem> {
    let kept = super::request::kept_form(&id);
    Ok(kept.map_or_else(Flashed::default, |flash| Flashed {
        problem: Some(flash.problem),
        path: flash.path,
        typed: flash.typed,
    }))
}
