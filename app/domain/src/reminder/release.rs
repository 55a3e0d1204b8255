//! When something may go out, and when the reminders of a step may be let go by hand.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::step::{Schedule, Step};
use crate::calendar::{Calendar, Undecreed};
use crate::id::RunId;
use crate::office::Office;

/// Why nothing goes out at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Closed {
    /// Nobody works now; when work goes on, if that can be told.
    #[error("di luar jam kerja")]
    OutsideHours(Option<DateTime<Utc>>),
    /// The moment is in a year whose days off are not decreed.
    #[error("{0}")]
    Undecreed(#[from] Undecreed),
}

/// Whether anything may go out at a moment: only while the office works [assumed: nobody is
/// written to at night or on a holiday].
///
/// # Errors
/// [`Closed`], with when work goes on.
pub fn open_at(calendar: &Calendar, now: DateTime<Utc>) -> Result<(), Closed> {
    if calendar.is_working(now)? {
        return Ok(());
    }
    Err(Closed::OutsideHours(calendar.next_working(now).ok()))
}

/// Why the reminders of a step may not be let go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotNow {
    /// Nothing goes at this moment.
    #[error("Tidak dikirim: {0}. Pengingat hanya dikirim pada jam kerja.")]
    Closed(Closed),
    /// There is no such run.
    #[error("Pelaksanaan nomor {0} tidak ditemukan.")]
    NoSuchRun(RunId),
    /// The run stands still.
    #[error("Pelaksanaan sedang dijeda; selama itu tidak ada yang dikirim.")]
    Paused,
    /// Its dates depend on a year without a decree.
    #[error("Tidak dikirim: {0}.")]
    Undecreed(Undecreed),
    /// It is another step's turn, or none's.
    #[error("Langkah pengingat ini tidak berlaku sekarang; muat ulang halaman.")]
    OtherStep,
}

/// Whether the reminders of a step may be let go by hand now.
///
/// # Errors
/// [`NotNow`], in a sentence for the person.
pub fn may_release(office: &Office, id: RunId, step: Step, now: DateTime<Utc>) -> Result<(), NotNow> {
    open_at(&office.calendar, now).map_err(NotNow::Closed)?;
    let (run, sop) = office.run(id).ok_or(NotNow::NoSuchRun(id))?;
    if run.paused().is_some() {
        return Err(NotNow::Paused);
    }
    let schedule = Schedule::of_run(&office.calendar, run, sop).map_err(NotNow::Undecreed)?;
    let current = schedule.and_then(|schedule| schedule.current(now));
    if current == Some(step) { Ok(()) } else { Err(NotNow::OtherStep) }
}
