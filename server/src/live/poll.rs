//! `GET /api/events?after=SEQ&wait=25`: the same messages, one per request, for networks
//! that do not let sockets through.

use std::sync::Arc;
use std::time::Duration;

use app::live::message::LONGEST_WAIT_SECONDS;
use app::problem::Problem;
use axum::Extension;
use axum::body::Bytes;
use axum::extract::Query;
use axum::extract::rejection::QueryRejection;
use axum::extract::ws::Utf8Bytes;
use axum::response::{IntoResponse, Response};
use domain::audience::Audience;
use domain::id::Seq;
use http::{Extensions, HeaderMap, header};
use tokio::sync::broadcast::error::RecvError;
use tokio::time::timeout;

use super::hub::{Attached, Frame, Hub, Missed};
use super::{Asked, Word, admit};
use crate::refuse::refuse;

/// Answers at once with what came after SEQ, else when something happens, else after the
/// wait with a sign of life.
pub(super) async fn events(
    Extension(hub): Extension<Arc<Hub>>,
    extensions: Extensions,
    headers: HeaderMap,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Response {
    let (audience, mut tie, asked) = match admit(&extensions, &headers, asked) {
        Ok(admitted) => admitted,
        Err(problem) => return refuse(&problem),
    };
    let Some(Attached { seq, missed, frames }) = hub.attach(audience, asked.after) else {
        return refuse(&Problem::Offline);
    };
    match missed {
        Missed::Events(text) => answer(text),
        Missed::TooMuch => answer(hub.resync_text()),
        Missed::Nothing => {
            let wait = asked.wait.unwrap_or(LONGEST_WAIT_SECONDS).min(LONGEST_WAIT_SECONDS);
            let next = Waiting { hub: &hub, audience, seq }.next(frames);
            tokio::select! {
                text = timeout(Duration::from_secs(u64::from(wait)), next) => match text {
                    Ok(Some(text)) => answer(text),
                    Ok(None) => refuse(&Problem::Offline),
                    Err(_) => answer(hub.beat_text(seq)),
                },
                word = tie.word() => match word {
                    Word::SessionOver | Word::Revoked => refuse(&Problem::SignedOut),
                    Word::Say(text) => answer(text),
                },
            }
        }
    }
}

struct Waiting<'a> {
    hub: &'a Hub,
    audience: Audience,
    seq: Seq,
}

impl Waiting<'_> {
    /// The next events; `None` if the server stops.
    async fn next(self, mut frames: tokio::sync::broadcast::Receiver<Frame>) -> Option<Utf8Bytes> {
        loop {
            match frames.recv().await {
                Ok(Frame::Events(batch)) if batch.last > self.seq => return Some(batch.text(self.audience)),
                Ok(Frame::Events(_) | Frame::Beat(_)) => {}
                Err(RecvError::Lagged(_)) => return Some(self.hub.resync_text()),
                Ok(Frame::Close) | Err(RecvError::Closed) => return None,
            }
        }
    }
}

fn answer(text: Utf8Bytes) -> Response {
    let headers = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-store")];
    (headers, Bytes::from(text)).into_response()
}
