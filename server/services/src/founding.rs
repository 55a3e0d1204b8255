//! What an office has from the first day: the shipped procedures and the decreed calendars.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, Utc};
use desk::office::Desk;
use desk::problem::Problem;
use domain::calendar::{CsvProblem, DayOff, SHIPPED_CSV, parse_csv};
use domain::id::CommandId;
use domain::office::{Actor, Command};
use domain::sop::Sop;
use thiserror::Error;

use crate::office::OfficeService;

include!(concat!(env!("OUT_DIR"), "/procedures.rs"));

/// Why an office could not be founded. Only a faulty build, or a failing database, has one.
#[derive(Debug, Error)]
pub enum FoundingError {
    /// A shipped file cannot be read.
    #[error("berkas bawaan {name}: {source}")]
    Shipped {
        /// Which.
        name: String,
        /// Why.
        source: serde_json::Error,
    },
    /// A shipped table cannot be read.
    #[error("berkas bawaan hari-libur.csv: {0}")]
    Calendar(#[from] CsvProblem),
    /// A shipped table has a line that is none.
    #[error("berkas bawaan {name}: baris {line} tidak terbaca")]
    Line {
        /// Which file.
        name: &'static str,
        /// Which line, from 1.
        line: usize,
    },
    /// The office refused, or could not write.
    #[error("{what}: {problem}")]
    Refused {
        /// What was to be done.
        what: String,
        /// Why not.
        problem: Problem,
    },
}

impl FoundingError {
    /// This was to be done, and was refused.
    pub(crate) fn refused(what: &str) -> impl FnOnce(Problem) -> Self {
        let what = what.to_owned();
        move |problem| Self::Refused { what, problem }
    }
}

/// The shipped procedures, in the order of their files.
///
/// # Errors
/// [`FoundingError::Shipped`].
pub fn shipped_sops() -> Result<Vec<Sop>, FoundingError> {
    let read = |(name, text): &(&str, &str)| {
        serde_json::from_str(text)
            .map_err(|source| FoundingError::Shipped { name: (*name).to_owned(), source })
    };
    SHIPPED.iter().map(read).collect()
}

/// Gives an office what it does not have yet. At a later start of a newer build that is what
/// the build brings in addition; what the office has in its own version stays.
///
/// # Errors
/// [`FoundingError`]. What was done before stays, and is not done again.
pub async fn found(office: &OfficeService, at: DateTime<Utc>) -> Result<(), FoundingError> {
    for sop in shipped_sops()? {
        let there = office.office().sops.keys().any(|key| key.number == sop.key.number);
        if !there {
            let what = format!("sop-{}", sop.key.number);
            submit(office, &what, Command::PublishSop { sop: Box::new(sop) }, at).await?;
        }
    }
    let mut years: BTreeMap<i32, Vec<DayOff>> = BTreeMap::new();
    for day in parse_csv(SHIPPED_CSV)? {
        years.entry(day.date.year()).or_default().push(day);
    }
    for (year, days) in years {
        if !office.office().calendar.is_decreed(year) {
            submit(office, &format!("year-{year}"), Command::DecreeYear { year, days }, at).await?;
        }
    }
    Ok(())
}

/// Carries out a command of the office itself. Its id is made of what it does, so that a
/// founding that was cut short goes on where it was.
pub(crate) async fn submit(
    office: &OfficeService,
    what: &str,
    command: Command,
    at: DateTime<Utc>,
) -> Result<(), FoundingError> {
    let id = format!("founding-{what}").replace(|c: char| !c.is_ascii_alphanumeric(), "-");
    let done = office.submit_at(Actor::system(), CommandId(id), command, at).await;
    done.map(drop).map_err(FoundingError::refused(what))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_procedures_can_be_carried_out() {
        let sops = shipped_sops().unwrap();
        assert!(!sops.is_empty());
        for sop in sops {
            assert_eq!(sop.check(), Ok(()), "{}", sop.key);
        }
    }
}
