//! What the page of a run's reminders asks of the server.
#![expect(missing_docs, reason = "the server macro makes a field of each argument, and says so itself")]

use desk::problem::Problem;
use domain::id::RunId;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use super::model::RemindersView;

/// Everything about a run's reminders.
#[server(prefix = "/api", endpoint = "reminders", input = GetUrl)]
pub async fn get_reminders(run: RunId) -> Result<RemindersView, Problem> {
    use crate::ui::request::{ports, require_caller};
    let (caller, ports) = (require_caller()?, ports());
    let may = super::make::may_see(&caller.actor, run)?;
    let letters = ports.post.letters(run).await?;
    RemindersView::of(&ports, run, may, letters)
}

/// Lets the reminders of the step that holds now go.
#[server(prefix = "/api", endpoint = "release-reminders")]
pub async fn release_reminders(run: RunId, langkah: String) -> Result<u32, Problem> {
    use crate::ui::request::{act, ports, require_caller};
    use desk::trail::Kind;
    let caller = require_caller()?;
    super::make::may_remind(&caller.actor, run)?;
    let step = domain::reminder::Step::from_code(&langkah);
    let step =
        step.ok_or_else(|| Problem::invalid("Langkah pengingat tidak dikenal; muat ulang halaman."))?;
    let post = ports().post;
    let released = post.release(run, step, caller.actor.account);
    let told = |count: &u32| (format!("pelaksanaan {run}"), format!("{}, {count} surel", step.code()));
    let released = act(Kind::RemindersReleased, told, released).await?;
    leptos_axum::redirect(&format!("/pelaksanaan/{run}/pengingat?dilepas={released}"));
    Ok(released)
}

/// Lets a run's reminders go by themselves, or only when somebody releases them.
#[server(prefix = "/api", endpoint = "set-automatic")]
pub async fn set_automatic(run: RunId, #[server(default)] otomatis: String) -> Result<(), Problem> {
    use crate::ui::request::{act, ports, require_caller};
    use desk::trail::Kind;
    let caller = require_caller()?;
    super::make::may_remind(&caller.actor, run)?;
    let (post, on) = (ports().post, !otomatis.is_empty());
    let words = if on { "dinyalakan" } else { "dimatikan" };
    let told = |(): &()| (format!("pelaksanaan {run}"), words.to_owned());
    act(Kind::AutomaticSet, told, post.set_automatic(run, on, caller.actor.account)).await?;
    leptos_axum::redirect(&format!("/pelaksanaan/{run}/pengingat?sudah=ya"));
    Ok(())
}
