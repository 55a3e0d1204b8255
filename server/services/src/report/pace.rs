//! How much may be written of one draft: the database keeps every version for a while, so whoever
//! saves the same table for ever would fill the disk with it.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use domain::id::{AgencyCode, RunId};

/// What may be written at once, in bytes: a table of 50 kB more than two thousand times.
const AT_ONCE: u64 = 128 << 20;
/// What may be written again with every second, in bytes: 350 MB a day.
const A_SECOND: u64 = 4 << 10;
/// What a save costs at least, in bytes: it is a commit, however small.
const LEAST: u64 = 4 << 10;

/// What every draft may still have written of it. One that was not written for so long that all is
/// allowed again is not remembered.
#[derive(Default)]
pub(super) struct Pace(Mutex<HashMap<(RunId, AgencyCode), Spent>>);

/// Bytes that were written, and when that was reckoned.
#[derive(Clone, Copy)]
struct Spent {
    bytes: u64,
    at: Instant,
}

impl Spent {
    /// What is still counted of it now, as of the last whole second.
    fn by(self, now: Instant) -> Self {
        let seconds = now.saturating_duration_since(self.at).as_secs();
        let bytes = self.bytes.saturating_sub(seconds.saturating_mul(A_SECOND));
        Self { bytes, at: self.at + Duration::from_secs(seconds) }
    }
}

impl Pace {
    /// Counts a save of so many bytes, if it may be made.
    ///
    /// # Errors
    /// How long to wait.
    pub(super) fn spend(
        &self,
        run: RunId,
        agency: &AgencyCode,
        bytes: usize,
        now: Instant,
    ) -> Result<(), Duration> {
        let mut drafts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        drafts.retain(|_, spent| spent.by(now).bytes > 0);
        let key = (run, agency.clone());
        let before = drafts.get(&key).map_or(Spent { bytes: 0, at: now }, |spent| spent.by(now));
        let bytes = before.bytes.saturating_add(LEAST.max(bytes as u64));
        if let Some(over) = bytes.checked_sub(AT_ONCE).filter(|over| *over > 0) {
            return Err(Duration::from_secs(over.div_ceil(A_SECOND)));
        }
        drafts.insert(key, Spent { bytes, ..before });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn save(pace: &Pace, agency: &str, bytes: usize, now: Instant) -> Result<(), Duration> {
        pace.spend(RunId(1), &AgencyCode::from(agency), bytes, now)
    }

    #[test]
    fn a_day_of_typing_is_never_held_up() {
        let (pace, begin) = (Pace::default(), Instant::now());
        // Eight hours, a save every three seconds, of a table that grows to 50 kB.
        for n in 0..9_600 {
            let now = begin + Duration::from_secs(3 * n);
            assert_eq!(save(&pace, "a", 5 * usize::try_from(n).unwrap(), now), Ok(()), "save {n}");
        }
    }

    #[test]
    fn who_saves_for_ever_waits_and_holds_up_nobody_else() {
        let (pace, begin) = (Pace::default(), Instant::now());
        let mut written = 0_u64;
        // An hour, twenty times a second.
        for n in 0..72_000 {
            let now = begin + Duration::from_millis(50 * n);
            match save(&pace, "a", 225_000, now) {
                Ok(()) => written += 225_000,
                Err(wait) => assert!(wait <= Duration::from_secs(225_000 / A_SECOND + 1), "{wait:?}"),
            }
            if n % 1000 == 0 {
                assert_eq!(save(&pace, "b", 20_000, now), Ok(()));
            }
        }
        assert!(written <= AT_ONCE + 3600 * A_SECOND, "{written}");
        assert!(written > AT_ONCE, "the second is given back as it passes");
        let much_later = begin + Duration::from_secs(60 * 60 * 24);
        assert_eq!(save(&pace, "c", 1, much_later), Ok(()));
        assert_eq!(pace.0.lock().unwrap().len(), 1, "nobody is remembered for longer than needed");
    }
}
