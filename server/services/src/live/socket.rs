//! `GET /live?after=SEQ`: a WebSocket that says what came after SEQ, then what happens.
//!
//! Made to be cheap when idle: one task, small buffers, no timer of its own (signs of life
//! come from the hub), and bytes that all connections share.

use std::sync::Arc;
use std::time::Duration;

use axum::Extension;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::extract::ws::{CloseCode, CloseFrame, Message, Utf8Bytes, WebSocket, WebSocketUpgrade, close_code};
use axum::response::Response;
use desk::problem::Problem;
use domain::audience::Audience;
use domain::id::Seq;
use http::Extensions;
use metrics::gauge;
use tokio::sync::broadcast;
use tokio::time::timeout;

use super::admitted::{Admitted, Tie, Word};
use super::hub::{Attached, Frame, Hub, Missed};
use super::seats::{Seat, Seats};
use crate::refuse::Refusal;

/// Pages send nothing but control frames, so this is plenty.
const READ_BUFFER: usize = 512;
/// The longest frame that is taken from a page, in bytes.
const LONGEST_IN: usize = 1024;
/// How long a page may leave what was sent unread before it is given up.
const PATIENCE: Duration = Duration::from_secs(30);
/// Close code of our own: the session has ended; sign in again.
const SESSION_ENDED: CloseCode = 4401;
/// Close code of our own: the display was revoked.
const REVOKED: CloseCode = 4403;
/// Close code of our own: load the state anew, then connect again.
const RESYNC: CloseCode = 4409;

/// Admits a page and upgrades its connection.
pub(super) async fn open(
    Extension(hub): Extension<Arc<Hub>>,
    Extension(seats): Extension<Arc<Seats>>,
    Admitted { audience, tie, asked }: Admitted,
    extensions: Extensions,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Result<Response, Refusal> {
    let only = |_| Problem::invalid("Alamat ini hanya untuk sambungan langsung (WebSocket).");
    let upgrade = upgrade.map_err(only)?;
    let seat = seats.take(&extensions)?;
    let upgrade = upgrade
        .read_buffer_size(READ_BUFFER)
        .write_buffer_size(0)
        .max_message_size(LONGEST_IN)
        .max_frame_size(LONGEST_IN);
    let serve = move |socket| Connection { socket, hub, audience, _seat: seat }.serve(asked.after, tie);
    Ok(upgrade.on_upgrade(serve))
}

struct Connection {
    socket: WebSocket,
    hub: Arc<Hub>,
    audience: Audience,
    _seat: Seat,
}

/// The page is gone, or was given up.
struct Gone;

/// Counts a connection while it lives.
struct Counted;

impl Connection {
    async fn serve(mut self, after: Seq, mut tie: Tie) {
        let _counted = Counted::new();
        let Some(Attached { mut frames, seq, missed }) = self.hub.attach(self.audience, after) else {
            return self.close(close_code::RESTART, "server berhenti").await;
        };
        if self.greet(seq, missed).await.is_err() {
            return;
        }
        loop {
            tokio::select! {
                frame = frames.recv() => if self.pass_on(seq, frame).await.is_err() { return },
                // Answers to pings are written by the socket itself; the rest is ignored.
                from_page = self.socket.recv() => match from_page {
                    Some(Ok(Message::Close(_)) | Err(_)) | None => return,
                    Some(Ok(_)) => {}
                },
                word = tie.word() => match word {
                    Word::SessionOver => return self.close(SESSION_ENDED, "sesi berakhir").await,
                    Word::Revoked => return self.close(REVOKED, "papan dicabut").await,
                    Word::Say(text) => if self.send(text).await.is_err() { return },
                },
            }
        }
    }

    /// Says what was missed, then how things stand.
    async fn greet(&mut self, seq: Seq, missed: Missed) -> Result<(), Gone> {
        match missed {
            Missed::Nothing => {}
            Missed::Events(text) => self.send(text).await?,
            Missed::TooMuch => return self.resync().await,
        }
        let beat = self.hub.beat_text(seq);
        self.send(beat).await
    }

    async fn pass_on(
        &mut self,
        seq: Seq,
        frame: Result<Frame, broadcast::error::RecvError>,
    ) -> Result<(), Gone> {
        match frame {
            Ok(Frame::Events(batch)) if batch.last <= seq => Ok(()),
            Ok(Frame::Events(batch)) => self.send(batch.text(self.audience)).await,
            Ok(Frame::Beat(text)) => self.send(text).await,
            Ok(Frame::Close) | Err(broadcast::error::RecvError::Closed) => {
                self.close(close_code::RESTART, "server berhenti").await;
                Err(Gone)
            }
            Err(broadcast::error::RecvError::Lagged(_)) => self.resync().await,
        }
    }

    async fn resync(&mut self) -> Result<(), Gone> {
        let text = self.hub.resync_text();
        self.send(text).await?;
        self.close(RESYNC, "muat ulang").await;
        Err(Gone)
    }

    async fn send(&mut self, text: Utf8Bytes) -> Result<(), Gone> {
        match timeout(PATIENCE, self.socket.send(Message::Text(text))).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) | Err(_) => Err(Gone),
        }
    }

    async fn close(&mut self, code: CloseCode, reason: &'static str) {
        let frame = CloseFrame { code, reason: Utf8Bytes::from_static(reason) };
        // The page may be gone already; then there is nobody to tell.
        let _ = timeout(PATIENCE, self.socket.send(Message::Close(Some(frame)))).await;
    }
}

impl Counted {
    fn new() -> Self {
        gauge!("alur_live_connections").increment(1);
        Self
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        gauge!("alur_live_connections").decrement(1);
    }
}
