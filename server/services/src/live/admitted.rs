//! Who may have live updates, and what their connection hangs on beside the network.

use axum::extract::ws::Utf8Bytes;
use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use desk::account::Caller;
use desk::display::Viewer;
use desk::live::Message;
use desk::problem::Problem;
use domain::audience::Audience;
use domain::id::Seq;
use http::Extensions;
use serde::Deserialize;

use super::end::SessionEnd;
use super::origin::is_ours;
use crate::display::DisplayCalls;
use crate::refuse::Refusal;

/// What a live connection hangs on, beside the network.
pub(super) enum Tie {
    /// Nothing.
    Free,
    /// A session, until it ends.
    Session(SessionEnd),
    /// A display, until it is revoked.
    Display(DisplayCalls),
}

/// What somebody who holds the other end of a [`Tie`] says.
pub(super) enum Word {
    /// The session has ended.
    SessionOver,
    /// The display was revoked.
    Revoked,
    /// This has to be passed on.
    Say(Utf8Bytes),
}

impl Tie {
    /// Waits for the next word; for ever if none can come.
    pub(super) async fn word(&mut self) -> Word {
        match self {
            Self::Free => std::future::pending().await,
            Self::Session(session) => {
                session.wait().await;
                Word::SessionOver
            }
            Self::Display(DisplayCalls(calls)) => {
                // An error means that the sender is gone, and the display with it.
                if calls.changed().await.is_err() {
                    return Word::Revoked;
                }
                let name = calls.borrow_and_update().1.clone();
                Word::Say(serde_json::to_string(&Message::Call { name }).unwrap_or_default().into())
            }
        }
    }
}

/// The query of both addresses.
#[derive(Clone, Copy, Debug, Deserialize)]
pub(super) struct Asked {
    /// The last event that the page has folded.
    pub(super) after: Seq,
    /// How long to wait, in seconds (long poll only).
    pub(super) wait: Option<u32>,
    /// Given by a page that shows the wall, whoever looks at it.
    papan: Option<u8>,
}

/// Who asks for live updates, and from where on. Whoever may not is refused.
pub(super) struct Admitted {
    /// What they may see of the log.
    pub(super) audience: Audience,
    /// What the connection hangs on.
    pub(super) tie: Tie,
    /// What they ask for.
    pub(super) asked: Asked,
}

impl<S: Send + Sync> FromRequestParts<S> for Admitted {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Refusal> {
        if !is_ours(&parts.headers) {
            return Err(Problem::Forbidden { who: "halaman Alur sendiri".to_owned() }.into());
        }
        let Query(asked) =
            Query::<Asked>::try_from_uri(&parts.uri).map_err(|_| bad_query(&parts.extensions))?;
        let known = audience(&parts.extensions, asked.papan.is_some());
        let (audience, tie) = known.ok_or(Problem::SignedOut)?;
        Ok(Self { audience, tie, asked })
    }
}

/// Who is nobody is told so first.
fn bad_query(extensions: &Extensions) -> Problem {
    match audience(extensions, true) {
        Some(_) => Problem::invalid("Alamat ini perlu ?after=<nomor kejadian>."),
        None => Problem::SignedOut,
    }
}

/// What somebody may see of the log, and what that hangs on. A page that shows the wall gets
/// the wall's view, also where somebody is signed in.
fn audience(extensions: &Extensions, wall: bool) -> Option<(Audience, Tie)> {
    let caller = extensions.get::<Caller>().is_some();
    let session = || extensions.get::<SessionEnd>().cloned().map_or(Tie::Free, Tie::Session);
    if caller && !wall {
        return Some((Audience::Staff, session()));
    }
    let tie = match extensions.get::<Viewer>() {
        Some(Viewer::Display { .. }) => Tie::Display(extensions.get::<DisplayCalls>().cloned()?),
        Some(Viewer::Practice) if wall && !caller => Tie::Free,
        Some(Viewer::Practice) | None if caller => session(),
        Some(Viewer::Practice | Viewer::Revoked) | None => return None,
    };
    Some((Audience::Wall, tie))
}
