//! The office as it is now, for everybody who reads.

use std::sync::{Arc, PoisonError, RwLock};

use domain::office::Office;

/// The state after the last durable event, for everybody who reads.
pub(crate) struct Present(RwLock<Arc<Office>>);

impl Present {
    /// Begins with this office.
    pub(super) fn new(office: Arc<Office>) -> Self {
        Self(RwLock::new(office))
    }

    /// As of now.
    pub(super) fn get(&self) -> Arc<Office> {
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// From now on it is this one.
    pub(super) fn set(&self, office: Arc<Office>) {
        let before = {
            let mut slot = self.0.write().unwrap_or_else(PoisonError::into_inner);
            std::mem::replace(&mut *slot, office)
        };
        // Freed outside the lock.
        drop(before);
    }
}
