//! The clock: the system's, or one that was set for practice and tests.

use std::str::FromStr;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Instant, SystemTime};

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use thiserror::Error;

/// Where the present time comes from, in whole milliseconds.
///
/// As text (`ALUR_NOW`, practice only): `2027-01-07T10:47:00+07:00` starts there and runs
/// on; with a `=` before it the clock stands still.
#[derive(Clone, Debug, Default)]
pub struct Clock(Source);

#[derive(Clone, Debug, Default)]
enum Source {
    #[default]
    System,
    Set {
        start: DateTime<Utc>,
        since: Instant,
    },
    /// Milliseconds since 1970; everybody who has this clock sees it moved.
    Frozen(Arc<AtomicI64>),
}

impl Clock {
    /// The system's clock.
    pub fn system() -> Self {
        Self(Source::System)
    }

    /// A clock that stands still.
    pub fn frozen(at: DateTime<Utc>) -> Self {
        Self(Source::Frozen(Arc::new(AtomicI64::new(at.timestamp_millis()))))
    }

    /// Moves a clock that stands still; every other goes on as it was.
    pub fn set(&self, at: DateTime<Utc>) {
        if let Source::Frozen(millis) = &self.0 {
            millis.store(at.timestamp_millis(), Ordering::SeqCst);
        }
    }

    /// A clock that shows `start` now and runs on.
    pub fn starting(start: DateTime<Utc>) -> Self {
        Self(Source::Set { start, since: Instant::now() })
    }

    /// The present time, in whole milliseconds.
    pub fn now(&self) -> DateTime<Utc> {
        let now = match &self.0 {
            Source::System => SystemTime::now().into(),
            Source::Frozen(millis) => {
                DateTime::from_timestamp_millis(millis.load(Ordering::SeqCst)).unwrap_or_default()
            }
            Source::Set { start, since } => {
                let passed = TimeDelta::from_std(since.elapsed()).unwrap_or(TimeDelta::MAX);
                start.checked_add_signed(passed).unwrap_or(*start)
            }
        };
        now.trunc_subsecs(3)
    }
}

/// A text that does not set a clock.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("bukan waktu: {0:?}; tulis seperti 2027-01-07T10:47:00+07:00, atau dengan = di depannya agar diam")]
pub struct NoTime(String);

impl FromStr for Clock {
    type Err = NoTime;

    fn from_str(text: &str) -> Result<Self, NoTime> {
        let (frozen, time) = text.strip_prefix('=').map_or((false, text), |time| (true, time));
        let at = DateTime::parse_from_rfc3339(time).map_err(|_| NoTime(text.to_owned()))?.to_utc();
        Ok(if frozen { Self::frozen(at) } else { Self::starting(at) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frozen_clock_stands_still_and_a_set_one_runs() {
        let frozen: Clock = "=2027-01-07T10:47:00+07:00".parse().unwrap();
        assert_eq!(frozen.now().to_rfc3339(), "2027-01-07T03:47:00+00:00");
        assert_eq!(frozen.now(), frozen.now());
        let moved = frozen.clone();
        moved.set(frozen.now() + TimeDelta::milliseconds(1));
        assert_eq!(frozen.now().to_rfc3339(), "2027-01-07T03:47:00.001+00:00");
        moved.set(frozen.now() - TimeDelta::milliseconds(1));
        let set: Clock = "2027-01-07T10:47:00+07:00".parse().unwrap();
        let passed = set.now() - frozen.now();
        assert!(passed >= TimeDelta::zero() && passed < TimeDelta::minutes(1));
        assert!("besok".parse::<Clock>().is_err());
    }
}
