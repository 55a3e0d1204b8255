//! Live updates: one WebSocket per page, a long poll where sockets do not get through.
//!
//! What it needs from the rest of the server: an [`app::account::Caller`] in the request's
//! extensions, and, where the sign-in can end, a [`SessionEnd`] beside it.

mod hub;
pub mod origin;
mod poll;
mod socket;

use std::sync::Arc;

use app::account::Caller;
use app::live::message::Message;
use app::problem::Problem;
use app::wall::Viewer;
use axum::extract::Query;
use axum::extract::rejection::QueryRejection;
use axum::extract::ws::Utf8Bytes;
use axum::routing::get;
use axum::{Extension, Router};
use domain::audience::Audience;
use domain::id::Seq;
use http::{Extensions, HeaderMap};
use serde::Deserialize;
use tokio::sync::watch;

pub(crate) use hub::AT_HAND;
pub use hub::Hub;

use crate::display::DisplayCalls;

/// `GET /live` and `GET /api/events`.
pub fn routes<S: Clone + Send + Sync + 'static>(hub: Arc<Hub>) -> Router<S> {
    Router::new()
        .route("/live", get(socket::open))
        .route("/api/events", get(poll::events))
        .layer(Extension(hub))
}

/// Tells the live connections of a session that it has ended, put into the request's
/// extensions by whoever keeps the sessions. The session has ended when `true` is sent or
/// the sender is dropped.
#[derive(Clone, Debug)]
pub struct SessionEnd(pub watch::Receiver<bool>);

impl SessionEnd {
    /// Waits until the session has ended.
    async fn wait(&mut self) {
        // An error means that the sender is gone, which says the same.
        let _ = self.0.wait_for(|ended| *ended).await;
    }
}

/// What a live connection hangs on, beside the network.
enum Tie {
    /// Nothing.
    Free,
    /// A session, until it ends.
    Session(SessionEnd),
    /// A display, until it is revoked.
    Display(DisplayCalls),
}

/// What somebody who holds the other end of a [`Tie`] says.
enum Word {
    /// The session has ended.
    SessionOver,
    /// The display was revoked.
    Revoked,
    /// This has to be passed on.
    Say(Utf8Bytes),
}

impl Tie {
    /// Waits for the next word; for ever if none can come.
    async fn word(&mut self) -> Word {
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
struct Asked {
    /// The last event that the page has folded.
    after: Seq,
    /// How long to wait, in seconds (long poll only).
    wait: Option<u32>,
    /// Given by a page that shows the wall, whoever looks at it.
    papan: Option<u8>,
}

/// What both addresses check first.
fn admit(
    extensions: &Extensions,
    headers: &HeaderMap,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<(Audience, Tie, Asked), Problem> {
    if !origin::is_ours(headers) {
        return Err(Problem::Forbidden { who: "halaman Alur sendiri".to_owned() });
    }
    let Query(asked) = asked.map_err(|_| bad_query(extensions))?;
    let (audience, tie) = audience(extensions, asked.papan.is_some()).ok_or(Problem::SignedOut)?;
    Ok((audience, tie, asked))
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
