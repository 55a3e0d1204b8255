//! Where time went, and when it will be done: looked at in `tests/golden/times/*.txt`.

use std::fmt::Write;

use chrono::{DateTime, Utc};
use domain::calendar::{DAY_MINUTES, Undecreed, WorkMinutes, words};
use domain::forecast::{ENOUGH, Forecast};
use domain::id::{CommandId, RunId};
use domain::log::{Event, Recorded, RunEvent};
use domain::office::evolve;
use domain::sop::{CellRef, Shape, Sop};
use domain::timing::{Spread, Timing, quantile};

use crate::golden;
use crate::ledger::{Ledger, ORG, moment, sop};
use crate::script::play;

/// Writes down what happened as if it had been decided: an office of many years has more
/// runs of a procedure than one year allows.
fn tell(ledger: &mut Ledger, event: Event, at: DateTime<Utc>) {
    let seq = ledger.office.seq + 1;
    let record = Recorded { seq, at, actor: "staf".into(), command_id: CommandId(format!("c{seq}")), event };
    evolve(&mut ledger.office, &record);
}

/// A run whose cells take so many percent of their share of the row's Waktu, up to the first
/// cell of a row. A row without Waktu takes no time, the row with a date ends `lag` minutes
/// after it.
fn past(ledger: &mut Ledger, percent: impl Fn(u16) -> i64, lag: i64, until: u16) -> RunId {
    let sop = sop(ORG);
    let run = RunId(ledger.office.runs.keys().last().map_or(0, |id| id.0) + 1);
    let mut at = moment("2026-12-07 07.30");
    tell(
        ledger,
        Event::Run(RunEvent::RunStarted { run, sop: sop.key.clone(), data_year: 2026, acting: None }),
        at,
    );
    for (cell, _) in sop.path().filter(|(cell, _)| cell.activity < until) {
        let row = sop.activity(cell.activity).unwrap();
        let share = i64::try_from(row.cells.len()).unwrap();
        let minutes = row.allowance().nominal(DAY_MINUTES).map_or(0, |waktu| waktu.0 / share);
        let from = row.before.map_or(at, |before| before.last_moment(2026));
        let minutes = if row.before.is_some() { lag } else { minutes * percent(cell.activity) / 100 };
        at = ledger.office.calendar.add_working(from, WorkMinutes(minutes)).unwrap();
        let event = Event::Run(RunEvent::CellFinished {
            run,
            cell,
            round: 1,
            answers: Default::default(),
            recorded_by: None,
            acting: None,
        });
        tell(ledger, event, at);
    }
    run
}

fn forecast(ledger: &Ledger, id: RunId, now: &str) -> Option<Result<Forecast, Undecreed>> {
    let (run, sop) = ledger.office.run(id).unwrap();
    Forecast::of(&ledger.office, run, sop, moment(now))
}

/// A forecast as text.
fn told(sop: &Sop, now: &str, forecast: &Forecast) -> String {
    let between = |(from, to)| format!("{} – {}", words::short(from), words::short(to));
    let mut text = format!("{now}: tengah {}\n", words::full(forecast.middle));
    writeln!(text, "  1 dari 2:  {}", between(forecast.half)).unwrap();
    writeln!(text, "  9 dari 10: {}", between(forecast.ninety)).unwrap();
    for (order, basis) in &forecast.bases {
        writeln!(text, "  {order:>2} {}: {basis:?}", sop.activity(*order).unwrap().short).unwrap();
    }
    text
}

fn check(name: &str, actual: &str) {
    golden::check(&golden::folder("times").join(format!("{name}.txt")), actual);
}

#[test]
fn without_history_the_sheet_is_believed_more_or_less() {
    let mut ledger = Ledger::founded();
    let run = past(&mut ledger, |_| 100, 0, 7);
    let mut text = String::new();
    for now in ["2027-01-08 16.30", "2027-01-15 16.30", "2027-01-25 16.00", "2027-02-15 10.00"] {
        text += &told(&sop(ORG), now, &forecast(&ledger, run, now).unwrap().unwrap());
    }
    check("tanpa-riwayat", &text);
}

#[test]
fn with_history_the_office_is_believed() {
    let mut ledger = Ledger::founded();
    for (slow, lag) in [(120, 450), (160, 900), (180, 0), (160, 900)] {
        past(&mut ledger, |row| if row == 8 { slow } else { 90 }, lag, 99);
    }
    let run = past(&mut ledger, |_| 100, 0, 6);
    let mut text = String::new();
    for now in ["2026-12-11 07.30", "2027-01-12 16.00"] {
        text += &told(&sop(ORG), now, &forecast(&ledger, run, now).unwrap().unwrap());
    }
    check("dengan-riwayat", &text);
    let again = forecast(&ledger, run, "2026-12-11 07.30");
    assert_eq!(again, forecast(&ledger, run, "2026-12-11 07.30"), "the same log gives the same band");
    let over = RunId(1);
    assert_eq!(forecast(&ledger, over, "2027-03-01 08.00"), None);
}

/// A band never shrinks below its middle, and nothing gets earlier by waiting.
#[test]
fn waiting_brings_nothing_nearer() {
    let mut ledger = Ledger::founded();
    for slow in [60, 140, 220] {
        past(&mut ledger, |row| slow + i64::from(row), 300, 99);
    }
    let run = past(&mut ledger, |_| 100, 0, 3);
    let mut before: Option<Forecast> = None;
    for day in 9..=31 {
        for hour in [8, 11, 15] {
            let now = format!("2026-12-{day:02} {hour:02}.00");
            let band = forecast(&ledger, run, &now).unwrap().unwrap();
            let points = [band.ninety.0, band.half.0, band.middle, band.half.1, band.ninety.1];
            assert!(points.is_sorted(), "{now}");
            if let Some(before) = before {
                assert!(before.middle <= band.middle && before.ninety.1 <= band.ninety.1, "{now}");
            }
            before = Some(band);
        }
    }
}

#[test]
fn too_little_history_says_nothing_and_a_missing_decree_says_so() {
    let mut ledger = Ledger::founded();
    for _ in 1..ENOUGH {
        past(&mut ledger, |_| 300, 0, 99);
    }
    let run = past(&mut ledger, |_| 100, 0, 7);
    let band = forecast(&ledger, run, "2027-01-08 16.30").unwrap().unwrap();
    assert!(band.bases.iter().all(|(_, basis)| !format!("{basis:?}").starts_with("Usual")));
    let late = forecast(&ledger, run, "2027-12-28 08.00").unwrap();
    assert_eq!(late, Err(Undecreed { year: 2028 }));
}

fn spread(spread: Option<Spread>) -> String {
    let words = |time: WorkMinutes| words::span(time, DAY_MINUTES);
    spread.map_or_else(String::new, |spread| format!("{} / {}", words(spread.median), words(spread.ninety)))
}

/// The times as text: what the page shows.
fn table(sop: &Sop, timing: &Timing) -> String {
    let mut text = format!("{} pelaksanaan, {} selesai\n", timing.runs, timing.finished);
    for (row, activity) in timing.rows.iter().zip(&sop.activities) {
        let percent = row.percent().map_or_else(String::new, |percent| format!(" = {percent}%"));
        let promised = row.promised.map_or_else(String::new, |time| words::span(time, DAY_MINUTES));
        writeln!(
            text,
            "{:>2} {}: {} kali, putaran {}, nyata {} dari {promised}{percent}",
            row.order,
            activity.short,
            row.runs,
            row.rounds,
            spread(row.spent)
        )
        .unwrap();
        for cell in &row.cells {
            writeln!(
                text,
                "     {}: panas {} ({}%), {} giliran, {} dikembalikan, menunggu {}, dikerjakan {}",
                sop.lane_name(&cell.at.lane),
                cell.heat(),
                cell.share,
                cell.turns,
                cell.returns,
                spread(cell.waiting),
                spread(cell.doing)
            )
            .unwrap();
        }
    }
    for lane in &timing.lanes {
        let name = sop.lane_name(&lane.lane);
        writeln!(text, "{name}: menunggu {}, dikerjakan {}", spread(lane.waiting), spread(lane.doing))
            .unwrap();
    }
    text
}

fn timing(ledger: &Ledger) -> Timing {
    let runs = ledger.office.runs.values().map(AsRef::as_ref);
    Timing::of(&sop(ORG), runs, &ledger.office.calendar)
}

#[test]
fn where_time_went() {
    let mut ledger = Ledger::founded();
    assert!(timing(&ledger).rows.iter().all(|row| row.runs == 0 && row.cells.iter().all(|c| c.heat() == 0)));
    for (slow, lag) in [(120, 450), (160, 900), (200, 0)] {
        past(&mut ledger, |row| if row == 8 { slow } else { 90 }, lag, 99);
    }
    past(&mut ledger, |_| 100, 0, 4);
    check("ke-mana-waktu", &table(&sop(ORG), &timing(&ledger)));
}

/// Of a golden run with rounds and a pause: what the run stood still is in no part.
#[test]
fn rounds_are_added_up_and_pauses_left_out() {
    for name in ["tidak-di-baris-8", "jeda"] {
        let script = std::fs::read_to_string(golden::folder("runs").join(format!("{name}.txt"))).unwrap();
        let (_, ledger) = play(&script);
        check(name, &table(&sop(ORG), &timing(&ledger)));
    }
}

/// The parts of a row are the whole of it, and decisions only wait.
#[test]
fn the_parts_are_the_whole() {
    let script = std::fs::read_to_string(golden::folder("runs").join("tidak-di-baris-2.txt")).unwrap();
    let (_, ledger) = play(&script);
    let sop = sop(ORG);
    for row in timing(&ledger).rows {
        let sum = |of: fn(&domain::timing::CellTiming) -> Option<Spread>| -> i64 {
            row.cells.iter().filter_map(of).map(|spread| spread.median.0).sum()
        };
        let whole = row.spent.map_or(0, |spent| spent.median.0);
        assert_eq!(sum(|cell| cell.spent), whole, "row {}: one run, so medians add up", row.order);
        assert_eq!(sum(|cell| cell.waiting) + sum(|cell| cell.doing), whole);
        for cell in &row.cells {
            let at: &CellRef = &cell.at;
            let decision = sop.cell(at).unwrap().shape == Shape::Decision;
            assert!(!decision || cell.doing.is_none_or(|doing| doing.ninety.0 == 0));
        }
    }
}

#[test]
fn quantiles_are_amounts_that_occurred() {
    assert_eq!(quantile::<i64>(&[], 50), None);
    assert_eq!(quantile(&[7], 90), Some(7));
    assert_eq!([0, 10, 50, 90, 100].map(|p| quantile(&[1, 2, 3, 4], p)), [1, 1, 2, 4, 4].map(Some));
}
