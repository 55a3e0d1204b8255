//! Durations that were measured, and what stands at a percentage of them.

use std::time::Duration;

/// Durations in the order in which they were measured.
#[derive(Default)]
pub(crate) struct Times(Vec<Duration>);

impl Times {
    /// Adds one.
    pub(crate) fn add(&mut self, time: Duration) {
        self.0.push(time);
    }

    /// Adds all of another measurement.
    pub(crate) fn append(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// How many there are.
    pub(crate) fn count(&self) -> usize {
        self.0.len()
    }

    /// The time in milliseconds that so many percent were not longer than; 0 if nothing was measured.
    pub(crate) fn at(&self, percent: usize) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        let place = (sorted.len() * percent).div_ceil(100).saturating_sub(1);
        millis(sorted.get(place).copied().unwrap_or_default())
    }
}

/// A duration in milliseconds.
pub(crate) fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// A number for reckoning.
#[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
pub(crate) fn count(number: usize) -> f64 {
    number as f64
}
