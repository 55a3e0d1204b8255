//! One write at a time to the tables beside the log, each with its number.

use std::sync::atomic::{AtomicU64, Ordering};

use tokio::sync::{Mutex, MutexGuard};

/// Whose turn it is, and how many writes there have been.
#[derive(Default)]
pub(super) struct Turn {
    held: Mutex<()>,
    /// Those that failed are counted as well: what matters is only that it grows.
    count: AtomicU64,
}

impl Turn {
    /// Goes on after so many.
    pub(super) fn begin_at(&self, count: u64) {
        self.count.store(count, Ordering::SeqCst);
    }

    /// The next turn, and its number.
    pub(super) async fn next(&self) -> (MutexGuard<'_, ()>, u64) {
        let held = self.held.lock().await;
        (held, self.count.fetch_add(1, Ordering::SeqCst) + 1)
    }
}
