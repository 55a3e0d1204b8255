//! What must hold in every office that can come about: after random walks, for everybody
//! and for every command.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use domain::audience::Audience;
use domain::id::RunId;
use domain::log::{Event, Recorded, RunEvent, SopEvent};
use domain::office::{Office, decide, evolve, possible, replay};
use domain::run::{Due, OutcomeKind, Run, Status};
use domain::sheet::{CellState, SheetView, draw};
use domain::wall::{shown, tiles};
use proptest::prelude::*;

use crate::people::everybody;
use crate::walk::{cases, steps, universe, walk, walk_seen};

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn possible_is_what_decide_accepts(steps in steps(70)) {
        let (ledger, now) = walk(&steps);
        let universe: Vec<_> = universe(&ledger).into_iter().map(|blank| (ledger.fill(&blank, now), blank)).collect();
        for actor in everybody() {
            let offered = possible(&ledger.office, &actor, now);
            let accepts = |filled: &_| decide(&ledger.office, &actor, Clone::clone(filled), now).is_ok();
            let accepted: Vec<_> = universe.iter().filter(|(filled, _)| accepts(filled)).collect();
            for (filled, blank) in &accepted {
                prop_assert_eq!(&filled.blank(), blank);
                prop_assert!(offered.contains(blank), "{} is not offered {blank:?}", actor.account);
            }
            // As many on both sides, each of one in the other: they are the same.
            prop_assert_eq!(offered.len(), accepted.len(), "{} is offered {:?}", actor.account, &offered);
        }
    }
}

proptest! {
    #![proptest_config(cases(128))]

    #[test]
    fn folding_one_by_one_is_folding_the_log(steps in steps(120)) {
        let (ledger, _) = walk(&steps);
        prop_assert_eq!(replay(ledger.log.iter().cloned()), Ok(ledger.office));
    }

    #[test]
    fn no_two_visits_share_cell_and_round_and_one_at_most_is_open(steps in steps(120)) {
        let (ledger, _) = walk(&steps);
        for run in ledger.office.runs.values() {
            let places: BTreeSet<_> = run.visits.iter().map(|visit| (&visit.cell, visit.round)).collect();
            prop_assert_eq!(places.len(), run.visits.len());
            let open = run.visits.iter().filter(|visit| visit.outcome.is_none()).count();
            prop_assert_eq!(open, usize::from(!matches!(run.status, Status::Finished(_))));
            prop_assert_eq!(run.open().is_some(), run.status == Status::Going);
        }
    }

    #[test]
    fn a_take_back_undoes_the_act_and_nothing_else(steps in steps(120)) {
        let mut acts: Vec<(Office, RunId)> = Vec::new();
        walk_seen(&steps, |before, event, after| match event {
            Event::Run(RunEvent::CellFinished { run, .. }) | Event::Run(RunEvent::CellReturned { run, .. }) => {
                acts.push((before.clone(), *run));
            }
            Event::Run(RunEvent::ActTakenBack { run, .. }) => {
                let last = acts.iter().rposition(|(_, acted)| acted == run).expect("there was an act");
                let (office, _) = acts.remove(last);
                let (then, now) = (office.runs[run].as_ref(), after.runs[run].as_ref());
                // What is not undone: that time passed, and that it stands in the log.
                let (halts, history, reports) = (now.halts.clone(), now.history.clone(), now.reports.clone());
                let then = Run { halts, history, reports, ..then.clone() };
                assert_eq!(&then, now);
            }
            _ => {}
        });
    }

    #[test]
    fn stored_and_read_back_it_is_the_same(steps in steps(60)) {
        let (ledger, _) = walk(&steps);
        let stored = serde_json::to_string(&ledger.office).unwrap();
        prop_assert_eq!(&serde_json::from_str::<Office>(&stored).unwrap(), &ledger.office);
        for record in &ledger.log {
            let stored = serde_json::to_string(record).unwrap();
            prop_assert_eq!(&serde_json::from_str::<Recorded>(&stored).unwrap(), record);
        }
    }

    /// A page about one run folds the whole stream on its part of the office and sees the
    /// same as the server, whatever happens elsewhere.
    #[test]
    fn a_part_of_the_office_folds_like_the_whole(steps in steps(120), cut in any::<prop::sample::Index>()) {
        let (ledger, now) = walk(&steps);
        let first = cut.index(ledger.log.len());
        let early = replay(ledger.log[..first].iter().cloned()).unwrap();
        for (id, run) in &early.runs {
            let (mut page, mut list) = (early.only_run(*id), early.overview());
            for record in &ledger.log[first..] {
                let seen = Audience::Staff.view(record);
                evolve(&mut page, &seen);
                evolve(&mut list, &seen);
            }
            prop_assert_eq!(page.seq, ledger.office.seq);
            let brief = |office: &Office| office.runs[id].with_brief_reports();
            prop_assert_eq!(brief(&page), brief(&ledger.office));
            prop_assert_eq!(page.runs[id].sop.clone(), run.sop.clone(), "a run keeps its version");
            prop_assert_eq!((&page.calendar, &page.agencies), (&ledger.office.calendar, &ledger.office.agencies));
            for actor in everybody() {
                let whole = possible(&ledger.office, &actor, now);
                prop_assert_eq!(&possible(&list, &actor, now), &whole);
                let here = |office| possible(office, &actor, now).into_iter().filter(|it| it.run() == Some(*id));
                prop_assert_eq!(here(&page).collect::<Vec<_>>(), here(&ledger.office).collect::<Vec<_>>());
            }
        }
    }

    /// A display folds what it is allowed to see and shows the same picture as a page that
    /// sees everything.
    #[test]
    fn the_wall_shows_the_same_without_people(steps in steps(120), cut in any::<prop::sample::Index>()) {
        let (ledger, now) = walk(&steps);
        let whole = &ledger.office;
        let first = cut.index(ledger.log.len());
        let mut wall = replay(ledger.log[..first].iter().cloned()).unwrap().for_wall();
        ledger.log[first..].iter().for_each(|record| evolve(&mut wall, &Audience::Wall.view(record)));
        prop_assert_eq!(wall.for_wall(), whole.for_wall());
        prop_assert_eq!(shown(&wall, Default::default(), now), shown(whole, Default::default(), now));
        for id in whole.runs.keys() {
            let ((run, sop), (seen, seen_sop)) = (whole.run(*id).unwrap(), wall.run(*id).unwrap());
            prop_assert_eq!(
                tiles(run, sop, &whole.agencies, &whole.calendar, now),
                tiles(seen, seen_sop, &wall.agencies, &wall.calendar, now)
            );
            let picture = |office: &Office, run: &Run, sop| {
                let view = SheetView::of(sop, run, &office.calendar, now).with_reports(sop, run, &office.agencies);
                let rows = view.rows.into_iter().map(|row| {
                    let cells = row.cells.into_iter().map(|it| (it.at, it.state, it.past.len()));
                    (row.round, row.time, row.reports, cells.collect::<Vec<_>>())
                });
                let turn = view.turn.map(|turn| (turn.at, turn.round, turn.since, turn.time, turn.late));
                (rows.collect::<Vec<_>>(), turn, view.returned_from)
            };
            prop_assert_eq!(picture(whole, run, sop), picture(&wall, seen, seen_sop));
        }
    }

    /// Nobody's name and nothing that somebody wrote stands in the bytes that a display gets.
    #[test]
    fn what_the_wall_gets_names_nobody(steps in steps(120)) {
        let (ledger, _) = walk(&steps);
        let mut bytes = serde_json::to_string(&ledger.office.for_wall()).unwrap();
        for record in &ledger.log {
            bytes.push_str(&serde_json::to_string(&Audience::Wall.view(record)).unwrap());
        }
        for actor in everybody().iter().filter(|actor| !actor.account.0.is_empty()) {
            let by = serde_json::to_string(&actor.account).unwrap();
            for field in ["actor", "by", "reviewer", "to", "account"] {
                let named = format!("\"{field}\":{by}");
                prop_assert!(!bytes.contains(&named), "{named}");
            }
        }
        for record in &ledger.log {
            let full = serde_json::to_value(&record.event).unwrap();
            // The day that somebody typed may be a day off, which the calendar names to all.
            let public = |text: &&str| {
                ledger.office.agencies.contains_key(&(*text).into()) || text.parse::<NaiveDate>().is_ok()
            };
            for said in written(&full).into_iter().filter(|text| !public(text)) {
                prop_assert!(!bytes.contains(&serde_json::to_string(said).unwrap()), "{said}");
            }
        }
    }

    /// What the log says that a changed calendar moved is what was and is: of the row whose
    /// turn it is, its due date; and the history of a run says so if anything moved in it.
    #[test]
    fn a_changed_calendar_says_what_it_moved(steps in steps(120)) {
        walk_seen(&steps, |before, event, after| {
            if !matches!(event, Event::Calendar(_)) {
                assert!(event.moved().is_empty());
                return;
            }
            let at = after.calendar_history.last().unwrap().at;
            for id in after.runs.keys() {
                let (run, sop) = after.run(*id).unwrap();
                let told = event.moved().iter().any(|moved| moved.run == *id);
                assert_eq!(told, run.history.last().unwrap().event == *event, "the history of run {id}");
                let Some(open) = run.open() else { continue };
                let due = |office: &Office| run.due(open.cell.activity, sop, &office.calendar, at);
                let moved = due(before) != due(after);
                let said = event.moved().iter().find(|it| (it.run, it.activity) == (*id, open.cell.activity));
                assert_eq!(moved, said.is_some(), "run {id}");
                if let (Some(said), Due::At(to)) = (said, due(after)) {
                    assert_eq!((said.to, said.planned), (Some(to), false));
                }
            }
        });
    }

    /// Whatever has happened, the sheet can be drawn, one cell at most is open on it, all
    /// above is done, and all below is not.
    #[test]
    fn the_sheet_shows_one_front_of_work(steps in steps(120)) {
        let (ledger, now) = walk(&steps);
        for id in ledger.office.runs.keys() {
            let (run, sop) = ledger.office.run(*id).unwrap();
            let view = SheetView::of(sop, run, &ledger.office.calendar, now);
            let states: Vec<_> = view.rows.iter().flat_map(|row| &row.cells).map(|cell| cell.state).collect();
            let done = states.iter().take_while(|state| **state == CellState::Done).count();
            let (front, below) = states[done..].split_first().map_or((None, &[][..]), |(a, b)| (Some(*a), b));
            prop_assert!(below.iter().all(|state| matches!(state, CellState::Idle | CellState::Returned)));
            prop_assert_eq!(front.is_some_and(CellState::is_open), run.status == Status::Going);
            prop_assert_eq!(front.is_none(), matches!(run.status, Status::Finished(_)));
            prop_assert_eq!(view.turn.map(|turn| turn.at), run.open().map(|open| open.cell.clone()));
            let text = draw(sop, Some(run), &SheetView::of(sop, run, &ledger.office.calendar, now));
            prop_assert_eq!(text.lines().count(), 1 + sop.activities.len());
        }
    }

    /// A row that was left keeps its times, whatever happens to the run afterwards, until a
    /// return or a take-back brings the work into it again, or the calendar itself changes.
    #[test]
    fn the_times_of_a_row_stand_once_it_is_left(steps in steps(120)) {
        walk_seen(&steps, |before, event, after| {
            // What is true of a day is true of the days that are over as well.
            for id in before.runs.keys().filter(|_| !matches!(event, Event::Calendar(_))) {
                let ((was, sop), (is, _)) = (before.run(*id).unwrap(), after.run(*id).unwrap());
                for row in 1..=u16::try_from(sop.activities.len()).unwrap() {
                    let times = |run: &Run, office: &Office| {
                        let clock = run.row_clock(row).filter(|clock| clock.end.is_some())?;
                        let now = run.history.last()?.at;
                        Some((clock, run.due(row, sop, &office.calendar, now)))
                    };
                    if let (Some(was), Some(is)) = (times(was, before), times(is, after)) {
                        assert_eq!(was, is, "row {row} of run {id}");
                    }
                }
            }
        });
    }
}

/// Everything in an event that a person wrote, attached or was named in.
fn written(event: &serde_json::Value) -> Vec<&str> {
    const PRIVATE: [&str; 8] =
        ["answers", "reason", "code", "digest", "judgement", "review", "findings", "approved_by"];
    let mut found = Vec::new();
    let mut open = vec![(event, false)];
    while let Some((value, private)) = open.pop() {
        match value {
            // The code of an agency is public, that of a receipt is not.
            // What the office itself calls its closed days and special hours is its own.
            serde_json::Value::Object(fields) => open.extend(fields.iter().map(|(name, value)| {
                let private = private
                    || (matches!(name.as_str(), "name" | "decree")
                        && (fields.get("kind").is_some_and(|kind| kind == "office_closed")
                            || fields.contains_key("hours")));
                let receipt = name != "code" || fields.contains_key("digest");
                (value, private || (PRIVATE.contains(&name.as_str()) && receipt))
            })),
            serde_json::Value::Array(items) => open.extend(items.iter().map(|item| (item, private))),
            serde_json::Value::String(text) if private && text.len() > 4 => found.push(text.as_str()),
            _ => {}
        }
    }
    found
}

#[test]
fn walks_get_about() {
    // If walks stood still, the properties above would say nothing.
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let (mut finished, mut returned, mut taken_back, mut cancelled, mut republished, mut deepest) =
        (0, 0, 0, 0, 0, 0);
    let (mut substituted, mut calendars, mut moved) = (0, 0, 0);
    for _ in 0..200 {
        let tree = steps(120).new_tree(&mut runner).unwrap();
        let (ledger, _) = walk(&proptest::strategy::ValueTree::current(&tree));
        let count = |what: fn(&Event) -> bool| ledger.log.iter().filter(|record| what(&record.event)).count();
        taken_back += count(|event| matches!(event, Event::Run(RunEvent::ActTakenBack { .. })));
        cancelled += count(|event| matches!(event, Event::Run(RunEvent::RunCancelled { .. })));
        substituted += count(|event| event.acting().is_some());
        calendars += count(|event| matches!(event, Event::Calendar(_))) - 2;
        moved += count(|event| !event.moved().is_empty());
        republished += count(|event| matches!(event, Event::Sop(SopEvent::SopPublished { .. }))) - 2;
        for run in ledger.office.runs.values() {
            finished += usize::from(matches!(run.status, Status::Finished(_)));
            let outcomes = run.visits.iter().filter_map(|visit| visit.outcome.as_ref());
            returned += outcomes.filter(|it| matches!(it.kind, OutcomeKind::Returned { .. })).count();
            deepest = deepest.max(run.rounds.iter().max().copied().unwrap_or(0));
        }
    }
    println!("{finished} {returned} {taken_back} {cancelled} {republished} {deepest}");
    println!("{substituted} {calendars} {moved}");
    assert!(substituted > 50 && calendars > 100 && moved > 50);
    assert!(
        finished > 10
            && returned > 100
            && taken_back > 100
            && cancelled > 25
            && republished > 20
            && deepest > 4
    );
}
