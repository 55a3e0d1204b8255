//! The middle and the upper end of some amounts of working time.

use serde::{Deserialize, Serialize};

use crate::calendar::WorkMinutes;

/// Median and 90 % of some amounts. Both are amounts that occurred, never averages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spread {
    /// Half of them are at most this.
    pub median: WorkMinutes,
    /// Nine of ten are at most this.
    pub ninety: WorkMinutes,
}

impl Spread {
    /// Of these amounts; `None` of none.
    pub fn of(mut amounts: Vec<WorkMinutes>) -> Option<Self> {
        amounts.sort_unstable();
        Some(Self { median: quantile(&amounts, 50)?, ninety: quantile(&amounts, 90)? })
    }
}

/// The smallest of sorted amounts that at least so many percent of them do not exceed.
pub fn quantile<T: Copy>(sorted: &[T], percent: usize) -> Option<T> {
    let rank = (sorted.len() * percent).div_ceil(100).max(1);
    sorted.get(rank - 1).copied()
}
