//! The rules for calendar and substitutes. Called by [`super::decide`].

use chrono::{DateTime, Datelike, NaiveDate, Utc};

use super::moved::moved_by;
use super::substitute::Phase;
use super::{Office, Refusal};
use crate::calendar::{Calendar, DayOff, DayOffKind, HoursException, WeekHours, date_of, words};
use crate::id::{AccountId, LaneId};
use crate::log::{ActingKind, CalendarEvent, Event, SubstituteEvent, SubstituteId};
use crate::sop::Ask;
use crate::text;

/// Years that a calendar may be about. Others are surely typed by mistake.
const YEARS: std::ops::RangeInclusive<i32> = 2000..=2200;
/// The longest name of a day off and of special hours, in characters.
const LONGEST_NAME: usize = 120;
/// The longest substitution, in days.
const LONGEST_SUBSTITUTION: i64 = 366;

/// The days off of a whole year.
pub(super) fn decree(
    office: &Office,
    year: i32,
    days: Vec<DayOff>,
    now: DateTime<Utc>,
) -> Result<Vec<Event>, Refusal> {
    let next = decreed(office, year, &days)?;
    if next == office.calendar {
        return bad(format!("Kalender {year} sudah seperti itu."));
    }
    let moved = moved_by(office, &next, now);
    Ok(vec![Event::Calendar(CalendarEvent::YearDecreed { year, days, moved })])
}

/// The calendar as a decree would make it.
fn decreed(office: &Office, year: i32, days: &[DayOff]) -> Result<Calendar, Refusal> {
    if !YEARS.contains(&year) || days.len() > 366 {
        return bad("Kalender harus untuk satu tahun antara 2000 dan 2200.".to_owned());
    }
    if let Some(stray) = days.iter().find(|day| day.date.year() != year) {
        return bad(format!("Tanggal {} bukan tanggal tahun {year}.", words::date(stray.date)));
    }
    let mut next = office.calendar.clone();
    let unusable = |problem: String| refused(format!("Kalender {year} tidak dapat dipakai: {problem}."));
    next.set_year(year, days.to_vec()).map_err(|problem| unusable(problem.to_string()))?;
    readable(days)?;
    closed_once(&next)?;
    Ok(next)
}

/// Single days off that come and go.
pub(super) fn change_days(
    office: &Office,
    remove: Vec<DayOff>,
    add: Vec<DayOff>,
    now: DateTime<Utc>,
) -> Result<Vec<Event>, Refusal> {
    let mut next = office.calendar.clone();
    if remove.len() + add.len() > 366 {
        return bad("Terlalu banyak tanggal sekaligus.".to_owned());
    }
    for day in &remove {
        if !next.remove_day(day) {
            return bad(format!("{} ({}) tidak ada dalam kalender.", words::date(day.date), day.name));
        }
    }
    readable(&add)?;
    for day in &add {
        if !YEARS.contains(&day.date.year()) {
            return bad("Tanggal harus antara tahun 2000 dan 2200.".to_owned());
        }
        if next.days_off_on(day.date).contains(day) {
            return bad(format!("{} ({}) sudah ada dalam kalender.", words::date(day.date), day.name));
        }
        next.add_day(day.clone()).map_err(|problem| refused(sentence(&problem.to_string())))?;
    }
    closed_once(&next)?;
    let holiday = |day: &DayOff| day.kind == DayOffKind::NationalHoliday;
    let years = remove.iter().map(|day| day.date.year());
    let emptied =
        years.into_iter().find(|year| next.is_decreed(*year) && !next.days_off(*year).iter().any(holiday));
    if let Some(year) = emptied {
        return bad(format!("Kalender {year} tidak memuat satu pun libur nasional lagi; itu tentu keliru."));
    }
    if next == office.calendar {
        return bad("Kalender sudah seperti itu.".to_owned());
    }
    let moved = moved_by(office, &next, now);
    Ok(vec![Event::Calendar(CalendarEvent::DaysOffChanged { removed: remove, added: add, moved })])
}

/// Other usual hours from a day on.
pub(super) fn set_hours(
    office: &Office,
    from: NaiveDate,
    hours: WeekHours,
    now: DateTime<Utc>,
) -> Result<Vec<Event>, Refusal> {
    if !YEARS.contains(&from.year()) {
        return bad("Tanggal harus antara tahun 2000 dan 2200.".to_owned());
    }
    some_work(&hours)?;
    if *office.calendar.usual_hours_on(from) == hours {
        return bad("Jam kerja pada tanggal itu sudah seperti itu.".to_owned());
    }
    let mut next = office.calendar.clone();
    next.set_hours_from(from, hours.clone());
    let moved = moved_by(office, &next, now);
    Ok(vec![Event::Calendar(CalendarEvent::HoursSet { from, hours, moved })])
}

/// Other hours from one day to another, such as those of Ramadan.
pub(super) fn add_special_hours(
    office: &Office,
    mut special: HoursException,
    now: DateTime<Utc>,
) -> Result<Vec<Event>, Refusal> {
    special.name = name(&special.name, "Nama jam kerja khusus")?;
    if !YEARS.contains(&special.from.year()) || !YEARS.contains(&special.to.year()) {
        return bad("Tanggal harus antara tahun 2000 dan 2200.".to_owned());
    }
    some_work(&special.hours)?;
    let mut next = office.calendar.clone();
    next.add_exception(special.clone()).map_err(|problem| refused(sentence(&problem.to_string())))?;
    let moved = moved_by(office, &next, now);
    Ok(vec![Event::Calendar(CalendarEvent::SpecialHoursAdded { special, moved })])
}

/// The usual hours again, instead of those that begin on a day.
pub(super) fn remove_special_hours(
    office: &Office,
    from: NaiveDate,
    now: DateTime<Utc>,
) -> Result<Vec<Event>, Refusal> {
    let mut next = office.calendar.clone();
    let Some(special) = next.remove_exception(from) else {
        return bad(format!("Tidak ada jam kerja khusus yang mulai {}.", words::date(from)));
    };
    let moved = moved_by(office, &next, now);
    Ok(vec![Event::Calendar(CalendarEvent::SpecialHoursRemoved { special, moved })])
}

/// Somebody stands in for a lane.
pub(super) fn name_substitute(
    office: &Office,
    account: AccountId,
    lane: LaneId,
    kind: ActingKind,
    (from, to): (NaiveDate, NaiveDate),
    now: DateTime<Utc>,
) -> Result<Vec<Event>, Refusal> {
    let mut sops = office.current_sops();
    let Some(sop) = sops.find(|sop| sop.lane(&lane).is_some()) else {
        return bad(format!("Lajur {lane} tidak ada dalam SOP yang berlaku."));
    };
    if account.as_str().is_empty() {
        return bad("Pilih akun yang menggantikan.".to_owned());
    }
    if to < from {
        return bad("Tanggal selesai harus sama dengan atau sesudah tanggal mulai.".to_owned());
    }
    let today = date_of(now);
    if from < today {
        return bad(format!("Penggantian mulai paling cepat hari ini, {}.", words::date(today)));
    }
    if (to - from).num_days() >= LONGEST_SUBSTITUTION {
        return bad("Satu penggantian paling lama satu tahun; periksa tahunnya.".to_owned());
    }
    let mut held = office.substitutes.values().filter(|it| it.lane == lane);
    if let Some(there) = held.find(|it| it.touches(from, to)) {
        return bad(format!(
            "{} sudah punya {} (akun {}) pada {} sampai {}. Akhiri dahulu, atau pilih tanggal lain.",
            sop.lane_name(&lane),
            there.kind,
            there.account,
            words::date(there.from),
            words::date(there.to),
        ));
    }
    let newest = office.substitutes.keys().next_back().map_or(0, |id| id.0);
    let substitute = SubstituteId(newest.saturating_add(1));
    Ok(vec![Event::Substitute(SubstituteEvent::SubstituteNamed {
        substitute,
        account,
        lane,
        kind,
        from,
        to,
    })])
}

/// Somebody no longer stands in, before the time is over.
pub(super) fn end_substitute(
    office: &Office,
    substitute: SubstituteId,
    now: DateTime<Utc>,
) -> Result<Vec<Event>, Refusal> {
    match office.substitutes.get(&substitute).map(|it| it.phase(now)) {
        None => bad(format!("Penggantian nomor {substitute} tidak ada.")),
        Some(Phase::Past) => bad("Penggantian itu sudah berakhir.".to_owned()),
        Some(Phase::Coming | Phase::Running) => {
            Ok(vec![Event::Substitute(SubstituteEvent::SubstituteEnded { substitute })])
        }
    }
}

fn readable(days: &[DayOff]) -> Result<(), Refusal> {
    for day in days {
        name(&day.name, "Nama hari libur")?;
        text::name("Dasar", &day.decree, Ask::MAX_LINE).map_err(refused)?;
    }
    Ok(())
}

fn name(text: &str, label: &str) -> Result<String, Refusal> {
    let text = text::name(label, text, LONGEST_NAME).map_err(refused)?;
    if text.is_empty() { bad(format!("{label} wajib diisi.")) } else { Ok(text) }
}

fn some_work(hours: &WeekHours) -> Result<(), Refusal> {
    if hours.minutes_a_week() > 0 {
        return Ok(());
    }
    bad("Jam kerja harus ada paling sedikit pada satu hari.".to_owned())
}

fn closed_once(calendar: &Calendar) -> Result<(), Refusal> {
    match calendar.closed_twice() {
        None => Ok(()),
        Some(date) => bad(format!("Kantor sudah tercatat tutup pada {}.", words::date(date))),
    }
}

fn bad<T>(message: String) -> Result<T, Refusal> {
    Err(refused(message))
}

fn refused(message: String) -> Refusal {
    Refusal::BadList { message }
}

/// What a part of the calendar says is wrong, as a sentence.
fn sentence(problem: &str) -> String {
    let mut letters = problem.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", letters.as_str())
}
