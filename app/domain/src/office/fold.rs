//! Folding the log into the state.

use std::sync::Arc;

use thiserror::Error;

use super::{Office, Substitution, report};
use crate::calendar::Calendar;
use crate::id::{RunId, Seq};
use crate::log::{AgencyEvent, CalendarEvent, Event, Recorded, RunEvent, SopEvent, SubstituteEvent};
use crate::run::{DoesNotFit, Run};
use crate::sop::{Sop, SopKey};

/// A log that no office can have written.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum CorruptLog {
    /// A record is missing, or stands twice.
    #[error("record {found} follows record {after}")]
    Gap {
        /// The last record that was in order.
        after: Seq,
        /// The one that came next.
        found: Seq,
    },
    /// A record is about a run that was never started, or was started twice.
    #[error("record {seq}: run {run} was never started, or was started twice")]
    NoSuchRun {
        /// The record.
        seq: Seq,
        /// The run.
        run: RunId,
    },
    /// A year was decreed with days that it cannot have.
    #[error("record {seq}: year {year} cannot have these days off")]
    BadYear {
        /// The record.
        seq: Seq,
        /// The year.
        year: i32,
    },
    /// The calendar was changed in a way that it cannot be.
    #[error("record {seq}: the calendar cannot be changed like that")]
    BadCalendar {
        /// The record.
        seq: Seq,
    },
    /// A substitution was named twice, or ended without having been named.
    #[error("record {seq}: there is no such substitution, or it is there already")]
    BadSubstitute {
        /// The record.
        seq: Seq,
    },
    /// A run was started under a procedure that was never published.
    #[error("record {seq}: SOP {sop} was never published")]
    NoSuchSop {
        /// The record.
        seq: Seq,
        /// The procedure.
        sop: SopKey,
    },
    /// A procedure was published twice in the same version.
    #[error("record {seq}: SOP {sop} was published twice")]
    SopTwice {
        /// The record.
        seq: Seq,
        /// The procedure.
        sop: SopKey,
    },
    /// The event cannot have happened to the run.
    #[error("record {seq}: {why}")]
    DoesNotFit {
        /// The record.
        seq: Seq,
        /// Why not.
        why: DoesNotFit,
    },
}

/// Folds one event. Total: what does not fit this office, or this part of it, leaves it
/// as it is, except that `seq` moves on.
pub fn evolve(office: &mut Office, record: &Recorded) {
    // A part of an office, such as a page about one run, meets events about what it
    // does not hold. That is no fault; only a whole log can be corrupt.
    let _ = fold(office, record);
    office.seq = record.seq;
}

/// Folds a whole log.
///
/// # Errors
/// The first record that cannot have been written.
pub fn replay(log: impl IntoIterator<Item = Recorded>) -> Result<Office, CorruptLog> {
    let mut office = Office::default();
    for record in log {
        if record.seq != office.seq + 1 {
            return Err(CorruptLog::Gap { after: office.seq, found: record.seq });
        }
        fold(&mut office, &record)?;
        office.seq = record.seq;
    }
    Ok(office)
}

fn fold(office: &mut Office, record: &Recorded) -> Result<(), CorruptLog> {
    match &record.event {
        Event::Sop(event) => fold_sop(office, record.seq, event),
        Event::Calendar(event) => fold_calendar(office, record, event),
        Event::Substitute(event) => fold_substitute(office, record, event),
        Event::Agency(event) => {
            fold_agency(office, event);
            Ok(())
        }
        Event::Run(event) => fold_run(office, record, event),
        Event::Report(event) => {
            in_run(office, record.seq, event.run(), |run, _| report::fold::fold(run, record, event))
        }
        Event::Withheld => Ok(()),
    }
}

fn fold_sop(office: &mut Office, seq: Seq, event: &SopEvent) -> Result<(), CorruptLog> {
    let SopEvent::SopPublished { sop } = event;
    if office.sops.contains_key(&sop.key) {
        return Err(CorruptLog::SopTwice { seq, sop: sop.key.clone() });
    }
    office.sops.insert(sop.key.clone(), Arc::new(sop.as_ref().clone()));
    Ok(())
}

fn fold_substitute(
    office: &mut Office,
    record: &Recorded,
    event: &SubstituteEvent,
) -> Result<(), CorruptLog> {
    let bad = CorruptLog::BadSubstitute { seq: record.seq };
    match event {
        SubstituteEvent::SubstituteNamed { substitute, account, lane, kind, from, to } => {
            let (id, account, lane) = (*substitute, account.clone(), lane.clone());
            let (kind, from, to, named) = (*kind, *from, *to, record.stamp());
            let named = Substitution { id, account, lane, kind, from, to, named, ended: None };
            if office.substitutes.insert(id, named).is_some() { Err(bad) } else { Ok(()) }
        }
        SubstituteEvent::SubstituteEnded { substitute } => {
            let there = office.substitutes.get_mut(substitute).filter(|it| it.ended.is_none());
            there.ok_or(bad)?.ended = Some(record.stamp());
            Ok(())
        }
    }
}

fn fold_agency(office: &mut Office, event: &AgencyEvent) {
    match event {
        AgencyEvent::AgencyListed { agency } => {
            office.agencies.insert(agency.code.clone(), agency.clone());
        }
        AgencyEvent::AgencyClosed { code } => {
            office.agencies.remove(code);
        }
    }
}

fn fold_run(office: &mut Office, record: &Recorded, event: &RunEvent) -> Result<(), CorruptLog> {
    let seq = record.seq;
    let RunEvent::RunStarted { run, sop, data_year, .. } = event else {
        return in_run(office, seq, event.run(), |run, sop| run.fold(record, event, sop));
    };
    let Some(sop) = office.sops.get(sop) else {
        return Err(CorruptLog::NoSuchSop { seq, sop: sop.clone() });
    };
    if office.runs.contains_key(run) {
        return Err(CorruptLog::NoSuchRun { seq, run: *run });
    }
    office.runs.insert(*run, Arc::new(Run::begin(record, sop, *run, *data_year)));
    Ok(())
}

/// Changes a run that was started.
fn in_run(
    office: &mut Office,
    seq: Seq,
    id: RunId,
    change: impl FnOnce(&mut Run, &Sop) -> Result<(), DoesNotFit>,
) -> Result<(), CorruptLog> {
    let run = office.runs.get_mut(&id).ok_or(CorruptLog::NoSuchRun { seq, run: id })?;
    let Some(sop) = office.sops.get(&run.sop) else {
        return Err(CorruptLog::NoSuchSop { seq, sop: run.sop.clone() });
    };
    change(Arc::make_mut(run), sop).map_err(|why| CorruptLog::DoesNotFit { seq, why })
}

/// Changes the calendar, and says so in the history of each run whose due dates that moved.
fn fold_calendar(office: &mut Office, record: &Recorded, event: &CalendarEvent) -> Result<(), CorruptLog> {
    let seq = record.seq;
    let mut next = office.calendar.clone();
    change(&mut next, event, seq)?;
    office.calendar = next;
    office.calendar_since = (seq, record.at);
    let shared = Arc::new(record.clone());
    let mut moved: Vec<_> = event.moved().iter().map(|moved| moved.run).collect();
    moved.dedup();
    for id in moved {
        if let Some(run) = office.runs.get_mut(&id) {
            Arc::make_mut(run).history.push(Arc::clone(&shared));
        }
    }
    office.calendar_history.push(shared);
    Ok(())
}

fn change(calendar: &mut Calendar, event: &CalendarEvent, seq: Seq) -> Result<(), CorruptLog> {
    let bad = CorruptLog::BadCalendar { seq };
    match event {
        CalendarEvent::YearDecreed { year, days, .. } => {
            let set = calendar.set_year(*year, days.clone());
            set.map_err(|_| CorruptLog::BadYear { seq, year: *year })
        }
        CalendarEvent::DaysOffChanged { removed, added, .. } => {
            let gone = removed.iter().all(|day| calendar.remove_day(day));
            let here = added.iter().try_for_each(|day| calendar.add_day(day.clone()));
            if gone && here.is_ok() { Ok(()) } else { Err(bad) }
        }
        CalendarEvent::HoursSet { from, hours, .. } => {
            calendar.set_hours_from(*from, hours.clone());
            Ok(())
        }
        CalendarEvent::SpecialHoursAdded { special, .. } => {
            calendar.add_exception(special.clone()).map_err(|_| bad)
        }
        CalendarEvent::SpecialHoursRemoved { special, .. } => {
            calendar.remove_exception(special.from).map(drop).ok_or(bad)
        }
    }
}
