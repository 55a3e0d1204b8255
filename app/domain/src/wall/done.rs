//! What was finished last, to be shown while nothing is in progress.

use chrono::{DateTime, TimeDelta, Utc};

use crate::office::Office;
use crate::run::Status;

/// For how long something that was finished is still news.
const NEWS: TimeDelta = TimeDelta::days(60);

/// A run that was finished.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ended {
    /// Of which procedure.
    pub procedure: String,
    /// About which year.
    pub data_year: i32,
    /// When its last cell was finished.
    pub at: DateTime<Utc>,
}

/// The run that was finished last, if that is not long ago.
pub fn last_ended(office: &Office, now: DateTime<Utc>) -> Option<Ended> {
    let ended = office.runs.values().filter_map(|run| match &run.status {
        Status::Finished(stamp) => Some((stamp.at, run)),
        Status::Going | Status::Cancelled(..) => None,
    });
    let (at, run) = ended.max_by_key(|(at, run)| (*at, run.id)).filter(|(at, _)| now - *at < NEWS)?;
    let sop = office.sops.get(&run.sop)?;
    Some(Ended { procedure: sop.name.clone(), data_year: run.data_year, at })
}
