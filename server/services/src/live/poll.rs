//! `GET /api/events?after=SEQ&wait=25`: the same messages, one per request, for networks
//! that do not let sockets through.

use std::sync::Arc;
use std::time::Duration;

use axum::Extension;
use axum::body::Bytes;
use axum::extract::ws::Utf8Bytes;
use axum::response::IntoResponse;
use desk::live::LONGEST_WAIT_SECONDS;
use desk::problem::Problem;
use domain::audience::Audience;
use domain::id::Seq;
use http::{Extensions, header};
use tokio::sync::broadcast::error::RecvError;
use tokio::time::timeout;

use super::admitted::{Admitted, Word};
use super::hub::{Attached, Frame, Hub, Missed};
use super::seats::Seats;
use crate::refuse::Refusal;

/// Answers at once with what came after SEQ, else when something happens, else after the
/// wait with a sign of life.
pub(super) async fn events(
    Extension(hub): Extension<Arc<Hub>>,
    Extension(seats): Extension<Arc<Seats>>,
    Admitted { audience, mut tie, asked }: Admitted,
    extensions: Extensions,
) -> Result<impl IntoResponse, Refusal> {
    let _seat = seats.take(&extensions)?;
    let attached = hub.attach(audience, asked.after);
    let Attached { seq, missed, frames } = attached.ok_or(Problem::Offline)?;
    let text = match missed {
        Missed::Events(text) => text,
        Missed::TooMuch => hub.resync_text(),
        Missed::Nothing => {
            let wait = asked.wait.unwrap_or(LONGEST_WAIT_SECONDS).min(LONGEST_WAIT_SECONDS);
            let next = Waiting { hub: &hub, audience, seq }.next(frames);
            tokio::select! {
                text = timeout(Duration::from_secs(u64::from(wait)), next) => match text {
                    Ok(text) => text.ok_or(Problem::Offline)?,
                    Err(_) => hub.beat_text(seq),
                },
                word = tie.word() => match word {
                    Word::SessionOver | Word::Revoked => return Err(Problem::SignedOut.into()),
                    Word::Say(text) => text,
                },
            }
        }
    };
    let headers = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-store")];
    Ok((headers, Bytes::from(text)))
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
