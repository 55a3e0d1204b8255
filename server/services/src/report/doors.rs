//! Doors that let in one at a time, each to something of its own.

use std::sync::Arc;

use tokio::sync::{Mutex, OwnedMutexGuard};

/// A door for everything that has a name: a file in pieces, an agency's draft.
#[derive(Default)]
pub(super) struct Doors([Arc<Mutex<()>>; 32]);

impl Doors {
    /// Waits at the door of what has this name, and holds it. Others may have the same door,
    /// which only makes them wait.
    pub(super) async fn of(&self, name: &[u8]) -> OwnedMutexGuard<()> {
        let sum: usize = name.iter().map(|byte| usize::from(*byte)).sum();
        Arc::clone(&self.0[sum % self.0.len()]).lock_owned().await
    }
}
