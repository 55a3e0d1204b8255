//! The end of a session, as its live connections learn of it.

use tokio::sync::watch;

/// Tells the live connections of a session that it has ended, put into the request's
/// extensions by whoever keeps the sessions. The session has ended when `true` is sent or
/// the sender is dropped.
#[derive(Clone, Debug)]
pub struct SessionEnd(pub watch::Receiver<bool>);

impl SessionEnd {
    /// Waits until the session has ended.
    pub(super) async fn wait(&mut self) {
        // An error means that the sender is gone, which says the same.
        let _ = self.0.wait_for(|ended| *ended).await;
    }
}
