//! What the wall says about a run, as plain values: made before it is a view.

use chrono::{DateTime, Utc};
use domain::calendar::{DAY_MINUTES, WorkMinutes, date_of, words};
use domain::id::RunId;
use domain::office::Office;
use domain::report::Stage;
use domain::run::{OutcomeKind, Run, Status};
use domain::sheet::{SheetView, TimeView, Turn};
use domain::sop::Sop;
use domain::wall::{Pressure, Tally, Tile, tiles};

use super::news::{News, news};

/// How many of the last things are told.
const NEWS: usize = 4;

/// A run on the wall.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Picture {
    /// The moment that it shows.
    pub(super) now: DateTime<Utc>,
    /// Name of the procedure, and the year.
    pub(super) title: String,
    /// Its number.
    pub(super) number: String,
    /// Which of several it is; empty if it is the only one in progress.
    pub(super) several: String,
    /// `on-time`, `due` (in time still, but no working time is left), `late` or `paused`.
    pub(super) tone: &'static str,
    /// Whose turn it is.
    pub(super) lane: String,
    /// What they do, in a few words.
    pub(super) what: String,
    /// How much time is left, in words.
    pub(super) left: String,
    /// Where in the procedure that is, and since when.
    pub(super) place: String,
    /// What holds it up; empty if nothing does.
    pub(super) trouble: String,
    /// The time that is left, large.
    pub(super) count: Count,
    /// The reports that have come, large; `None` if agencies hand in nothing here.
    pub(super) reports: Option<Reports>,
    /// The agencies.
    pub(super) tiles: Vec<Tile>,
    /// The last things that happened.
    pub(super) news: Vec<News>,
}

/// A number with what it counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Count {
    pub(super) number: String,
    pub(super) unit: String,
    /// A line each.
    pub(super) notes: Vec<String>,
}

/// How many reports of how many.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reports {
    pub(super) reached: usize,
    pub(super) all: usize,
    pub(super) unit: &'static str,
    /// A line each.
    pub(super) notes: Vec<String>,
    /// How much those press that have not come.
    pub(super) pressure: Pressure,
}

impl Picture {
    /// The picture of a run; an empty one for a run that is not there.
    pub(super) fn of(office: &Office, id: Option<RunId>, now: DateTime<Utc>) -> Self {
        let Some((run, sop)) = id.and_then(|id| office.run(id)) else { return Self::default() };
        let view = SheetView::of(sop, run, &office.calendar, now);
        let tiles = tiles(run, sop, &office.agencies, &office.calendar, now);
        let going: Vec<_> = office.runs.values().filter(|run| run.status == Status::Going).collect();
        let place = going.iter().position(|other| other.id == run.id).filter(|_| going.len() > 1);
        let place = place.map(|n| format!(" · pelaksanaan {} dari {}", n + 1, going.len()));
        let mut picture = Self {
            now,
            title: format!("{} · data tahun {}", sop.name, run.data_year),
            several: place.unwrap_or_default(),
            number: format!("SOP {}", sop.key.number),
            news: news(run, sop, &office.agencies, now, NEWS),
            ..Self::default()
        };
        if let Some(turn) = &view.turn {
            let tally = Tally::of(&tiles);
            let gate = sop.row_of_stage(Stage::Received);
            picture.say(run, sop, turn, gate.filter(|_| tally.all > 0).map(|row| (row, tally)));
            if let Some(reports) = &mut picture.reports {
                reports.pressure = tiles.iter().map(|tile| tile.pressure).max().unwrap_or_default();
            }
        }
        Self { tiles, ..picture }
    }

    fn say(&mut self, run: &Run, sop: &Sop, turn: &Turn, reports: Option<(u16, Tally)>) {
        let row = sop.activity(turn.at.activity);
        self.lane = sop.lane_name(&turn.at.lane).to_owned();
        // "Menunggu STAF · Menunggu LKj PD" would say it twice.
        let what = row.map_or("", |row| row.short.as_str());
        self.what = what.strip_prefix("Menunggu ").unwrap_or(what).to_owned();
        let round = if turn.round > 1 { format!(" · putaran {}", turn.round) } else { String::new() };
        self.place = format!(
            "langkah {} dari {}{round} · sejak {}",
            turn.at.activity,
            sop.activities.len(),
            words::short(turn.since)
        );
        self.count = count(turn.time, self.now);
        self.tone = "on-time";
        if let Some((from, _)) = &turn.paused {
            self.tone = "paused";
            self.left = "dijeda".to_owned();
            self.trouble = format!("Dijeda sejak {}", words::short(*from));
        } else if let TimeView::Running { due, left } = turn.time {
            let waits = reports.filter(|(gate, tally)| *gate == turn.at.activity && tally.missing() > 0);
            let missing = waits.map(|(_, tally)| format!("{} PD belum mengirim LKj", tally.missing()));
            if turn.late {
                self.tone = "late";
                self.left = late_words(left);
                let held = || format!("ada di {} sejak {}", self.lane, words::short(turn.since));
                let why = missing.unwrap_or_else(held);
                self.trouble = format!("Terlambat sejak {}: {why}", words::short(due));
            } else if left.0 <= 0 {
                self.tone = "due";
                self.left = format!("batas {}", by(due, self.now));
                self.trouble = missing.unwrap_or_default();
            } else {
                self.left = words::remaining(left, DAY_MINUTES);
            }
        }
        if self.trouble.is_empty() && turn.round > 1 {
            let last = run.visits.iter().rev().find_map(|visit| match &visit.outcome.as_ref()?.kind {
                OutcomeKind::Returned { .. } => Some(sop.lane_name(&visit.cell.lane)),
                OutcomeKind::Finished(_) => None,
            });
            self.trouble = last.map_or_else(String::new, |lane| format!("Dikembalikan {lane}"));
        }
        self.reports = reports.map(|(gate, tally)| Reports::of(tally, turn.at.activity <= gate));
    }
}

impl Reports {
    fn of(tally: Tally, collecting: bool) -> Self {
        let Tally { all, sent, accepted, returned } = tally;
        let missing = tally.missing();
        let mut notes = Vec::new();
        if missing > 0 {
            notes.push(format!("{missing} PD belum mengirim"));
        }
        if returned > 0 {
            notes.push(format!("{returned} perlu perbaikan"));
        }
        if collecting && accepted > 0 {
            notes.push(format!("{accepted} diterima"));
        }
        if notes.is_empty() {
            notes.push("semua PD sudah mengirim".to_owned());
        }
        let (reached, unit) = if collecting { (sent, "LKj terkirim") } else { (accepted, "LKj diterima") };
        Self { reached, all, unit, notes, pressure: Pressure::None }
    }
}

fn late_words(left: WorkMinutes) -> String {
    if left.0 < 0 { words::remaining(left, DAY_MINUTES) } else { "lewat waktu".to_owned() }
}

/// Until when, in words that need no calendar where it is today.
fn by(due: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let day = date_of(due);
    let day = if day == date_of(now) { "hari ini" } else { words::weekday(day) };
    format!("{day} pukul {}", words::clock(due))
}

/// The time that is left, large. Working time first; when none is left and it is not too late
/// yet, the time on the clock.
fn count(time: TimeView, now: DateTime<Utc>) -> Count {
    let (due, left) = match time {
        TimeView::Running { due, left } => (due, left),
        TimeView::Unknown(undecreed) => {
            return Count { number: "–".to_owned(), unit: undecreed.to_string(), notes: Vec::new() };
        }
        TimeView::Silent | TimeView::Planned(_) | TimeView::Done { .. } => return Count::default(),
    };
    let day = date_of(due);
    let limit = format!("batas {}, {} {}", words::weekday(day), words::short_date(day), words::clock(due));
    let on_the_clock = (due - now).num_minutes();
    if left.0 == 0 && on_the_clock >= 0 {
        let (number, unit) = match (on_the_clock / 60, on_the_clock % 60) {
            (0, minutes) => (minutes, "menit lagi".to_owned()),
            (hours, minutes) => (hours, format!("jam {minutes} menit lagi")),
        };
        let notes = vec!["di luar jam kerja".to_owned(), limit];
        return Count { number: number.to_string(), unit, notes };
    }
    let minutes = left.0.saturating_abs();
    let (days, hours, rest) = (minutes / DAY_MINUTES, minutes % DAY_MINUTES / 60, minutes % 60);
    let (number, unit) = match (days, hours) {
        (0, 0) => (minutes, "menit kerja".to_owned()),
        (0, _) if rest > 0 => (hours, format!("jam {rest} menit kerja")),
        (0, _) => (hours, "jam kerja".to_owned()),
        (_, 0) => (days, "hari kerja".to_owned()),
        (_, _) => (days, format!("hari kerja {hours} jam")),
    };
    let sense = if left.0 < 0 { "lewat" } else { "lagi" };
    Count { number: number.to_string(), unit: format!("{unit} {sense}"), notes: vec![limit] }
}
