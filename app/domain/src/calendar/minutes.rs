//! Amounts of working time.

use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub};

use serde::{Deserialize, Serialize};

/// Minutes of one working day on the default hours: 7.5 h, a fifth of the week's 37.5 h.
pub const DAY_MINUTES: i64 = 450;

/// An amount of working time in whole minutes; negative where it counts backwards.
///
/// Arithmetic saturates instead of overflowing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct WorkMinutes(pub i64);

impl WorkMinutes {
    /// No working time.
    pub const ZERO: Self = Self(0);

    /// So many working hours.
    pub const fn hours(hours: i64) -> Self {
        Self(hours.saturating_mul(60))
    }
}

impl Add for WorkMinutes {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl AddAssign for WorkMinutes {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Sub for WorkMinutes {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Neg for WorkMinutes {
    type Output = Self;

    fn neg(self) -> Self {
        Self(self.0.saturating_neg())
    }
}

impl Sum for WorkMinutes {
    fn sum<I: Iterator<Item = Self>>(minutes: I) -> Self {
        minutes.fold(Self::ZERO, Add::add)
    }
}
