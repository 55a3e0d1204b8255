//! What the wall, a display that is being paired, and the administrator of displays ask.
#![expect(missing_docs, reason = "the server macro makes a field of each argument, and says so itself")]

use chrono::{DateTime, Utc};
use desk::display::DisplayView;
use desk::problem::Problem;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use serde::{Deserialize, Serialize};

/// What a display that is being paired shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pairing {
    /// It waits for an administrator to enter the code.
    Waiting {
        /// The code.
        code: String,
        /// Where it is entered, as people reach this server.
        place: String,
        /// The same with the code, as an SVG path of a QR code, and the side of its square.
        qr: (String, u32),
    },
    /// It is paired: the wall is at `/papan`.
    Paired,
}

/// How far the pairing of this display is. Begins one if there is none.
#[server(prefix = "/api", endpoint = "pairing", input = GetUrl)]
pub async fn get_pairing() -> Result<Pairing, Problem> {
    use crate::ui::request::{claim_secret, ports, set_cookie, site_address, viewer};
    use desk::cookie::Cookie;
    use desk::display::Claim;
    if matches!(viewer(), Some(desk::display::Viewer::Display { .. })) {
        return Ok(Pairing::Paired);
    }
    let from = crate::ui::request::remote();
    match ports().displays.claim(claim_secret().as_deref(), from)? {
        Claim::Paired(cookie) => {
            set_cookie(Cookie::Display, Some(&cookie));
            set_cookie(Cookie::Claim, None);
            Ok(Pairing::Paired)
        }
        Claim::Waiting { secret, code } => {
            set_cookie(Cookie::Claim, Some(&secret));
            let place = format!("{}/kelola/papan", site_address());
            let qr = super::qr::path(&format!("{place}?kode={code}"));
            Ok(Pairing::Waiting { code, place, qr })
        }
    }
}

/// The displays, and the time of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DisplayList {
    /// The displays, by name.
    pub displays: Vec<DisplayView>,
    /// When.
    pub now: DateTime<Utc>,
}

/// Every display.
#[server(prefix = "/api", endpoint = "displays", input = GetUrl)]
pub async fn get_displays() -> Result<DisplayList, Problem> {
    use crate::ui::request::{ports, require_admin};
    require_admin()?;
    Ok(DisplayList { displays: ports().displays.list(), now: ports().desk.now() })
}

/// Pairs the display that shows this code.
#[server(prefix = "/api", endpoint = "pair-display")]
pub async fn pair_display(kode: String, nama: String) -> Result<(), Problem> {
    use crate::ui::request::{act, ports, remote, require_admin};
    use desk::trail::Kind;
    let by = require_admin()?.actor.account;
    let (displays, whom) = (ports().displays, nama.clone());
    let told = |(): &()| (whom, String::new());
    act(Kind::DisplayPaired, told, displays.pair(by, remote(), kode, nama)).await?;
    leptos_axum::redirect("/kelola/papan?sudah=ya");
    Ok(())
}

/// Calls a display by another name.
#[server(prefix = "/api", endpoint = "rename-display")]
pub async fn rename_display(papan: String, nama: String) -> Result<(), Problem> {
    use crate::ui::request::{act, ports, require_admin};
    use desk::trail::Kind;
    require_admin()?;
    let (displays, before, after) = (ports().displays, named(&papan), nama.clone());
    let told = |(): &()| (before, format!("menjadi {after}"));
    act(Kind::DisplayRenamed, told, displays.rename(papan, nama)).await?;
    leptos_axum::redirect("/kelola/papan?sudah=ya");
    Ok(())
}

/// Lets a display show its name for some seconds.
#[server(prefix = "/api", endpoint = "identify-display")]
pub async fn identify_display(papan: String) -> Result<(), Problem> {
    crate::ui::request::require_admin()?;
    crate::ui::request::ports().displays.identify(&papan)?;
    leptos_axum::redirect("/kelola/papan?kenali=ya");
    Ok(())
}

/// Takes a display's right away, at once.
#[server(prefix = "/api", endpoint = "revoke-display")]
pub async fn revoke_display(papan: String) -> Result<(), Problem> {
    use crate::ui::request::{act, ports, require_admin};
    use desk::trail::Kind;
    require_admin()?;
    let (displays, whom) = (ports().displays, named(&papan));
    act(Kind::DisplayRevoked, |(): &()| (whom, String::new()), displays.revoke(papan)).await?;
    leptos_axum::redirect("/kelola/papan?sudah=ya");
    Ok(())
}

/// How a display is called now, for the trail.
fn named(id: &str) -> String {
    let all = crate::ui::request::ports().displays.list();
    all.into_iter().find(|display| display.id == id).map(|display| display.name).unwrap_or_default()
}
