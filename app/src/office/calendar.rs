//! A change of the calendar in words, for its own log and for the history of a run.

use domain::calendar::{DayOff, words};
use domain::log::{CalendarEvent, DueMoved};
use domain::sop::Sop;

/// What was changed.
pub fn change_words(event: &CalendarEvent) -> String {
    match event {
        CalendarEvent::YearDecreed { year, days, .. } => {
            format!("Kalender {year} ditetapkan: {} hari libur", days.len())
        }
        CalendarEvent::DaysOffChanged { removed, added, .. } => {
            match (removed.as_slice(), added.as_slice()) {
                ([], added) => format!("Hari libur ditambah: {}", days(added)),
                (removed, []) => format!("Hari libur dihapus: {}", days(removed)),
                (removed, added) => format!("Hari libur diubah: {} menjadi {}", days(removed), days(added)),
            }
        }
        CalendarEvent::HoursSet { from, .. } => {
            format!("Jam kerja diubah mulai {}", words::date(*from))
        }
        CalendarEvent::SpecialHoursAdded { special, .. } => format!(
            "Jam kerja khusus {}: {} sampai {}",
            special.name,
            words::date(special.from),
            words::date(special.to)
        ),
        CalendarEvent::SpecialHoursRemoved { special, .. } => {
            format!("Jam kerja khusus {} dihapus", special.name)
        }
    }
}

fn days(days: &[DayOff]) -> String {
    let one = |day: &DayOff| format!("{} {} ({})", words::date(day.date), day.name, day.kind);
    days.iter().map(one).collect::<Vec<_>>().join("; ")
}

/// A due date that moved: "Batas baris 7 Analisa pemenuhan: 22 Jan 16.30 menjadi 25 Jan 16.00".
pub fn due_words(moved: &DueMoved, sop: &Sop) -> String {
    let row = sop
        .activity(moved.activity)
        .map_or_else(String::new, |row| format!("{} {}", row.printed.trim_end_matches('.'), row.short));
    let at = |moment: Option<_>| moment.map_or_else(|| "belum diketahui".to_owned(), words::short);
    let kind = if moved.planned { "Rencana" } else { "Batas" };
    format!("{kind} baris {row}: {} menjadi {}", at(moved.from), at(moved.to))
}
