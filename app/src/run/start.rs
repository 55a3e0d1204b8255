//! When a run has to begin at the latest, in words, before it is opened.

use chrono::{DateTime, Utc};
use domain::calendar::words;
use domain::office::Office;
use domain::plan::{Latest, Plan};
use domain::sop::SopKey;

/// A sentence for each procedure and data year that a run could be opened for.
pub(crate) fn latest_starts(office: &Office, starts: &[(SopKey, i32)], now: DateTime<Utc>) -> Vec<String> {
    let several = starts.iter().any(|(sop, _)| starts.first().is_some_and(|(first, _)| first != sop));
    let words = |(key, year): &(SopKey, i32)| {
        let sop = office.sops.get(key)?;
        let of =
            if several { format!("{}, data tahun {year}", sop.name) } else { format!("Data tahun {year}") };
        let start = match Latest::of(sop, *year, &office.calendar).start()? {
            Ok(start) => start,
            Err(undecreed) => return Some(format!("{of}: {undecreed}.")),
        };
        let past = if start < now { " (sudah lewat)" } else { "" };
        let end = Plan::from_start(sop, *year, &office.calendar, start.max(now)).end();
        let end = match end? {
            Ok(end) => format!("rencana selesai {}", words::full(end)),
            Err(undecreed) => format!("rencana selesainya belum dapat dihitung, {undecreed}"),
        };
        Some(format!("{of}: mulai paling lambat {}{past}; {end}.", words::full(start)))
    };
    starts.iter().filter_map(words).collect()
}
