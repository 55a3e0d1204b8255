//! The due dates as a calendar: the same bytes for the same log, and entries that move as a
//! calendar client expects.

use std::collections::{BTreeMap, BTreeSet};

use domain::calendar::{DayOff, DayOffKind};
use domain::feed::{Entry, Holds, calendar, entries};
use domain::id::{LaneId, RunId};
use domain::office::{Actor, Command, replay};
use domain::sop::RawAnswers;
use proptest::prelude::*;

use crate::ledger::{Ledger, days_off, moment};
use crate::people::in_role;
use crate::walk::{cases, steps, walk_seen};

fn lanes(names: &str) -> BTreeSet<LaneId> {
    names.split_whitespace().map(LaneId::from).collect()
}

fn of_staff(ledger: &Ledger) -> Vec<Entry> {
    entries(&ledger.office, &lanes("staf"), Some("https://alur.contoh.go.id"))
}

/// The entry of a row.
fn row(ledger: &Ledger, row: u16) -> Option<Entry> {
    let end = format!("-{row}@alur");
    of_staff(ledger).into_iter().find(|entry| entry.uid.ends_with(&end))
}

fn ledger_at(cell: &str) -> Ledger {
    let mut ledger = Ledger::founded();
    ledger.start_org();
    ledger.walk_to(1, cell);
    ledger
}

#[test]
fn what_has_begun_and_what_has_a_date_is_in_it() {
    let ledger = ledger_at("4.staf");
    let shown: Vec<_> = of_staff(&ledger).into_iter().map(|entry| entry.summary).collect();
    let of = "(Pengumpulan Data Kinerja, data tahun 2026)";
    assert!(shown.iter().all(|summary| summary.ends_with(of)), "{shown:?}");
    assert_eq!(shown.len(), 4, "rows 2 to 4, and row 6 with its date: {shown:?}");
    assert!(shown[0].starts_with("Selesai: ") && !shown[2].starts_with("Selesai: "), "{shown:?}");
    assert_eq!(row(&ledger, 6).unwrap().due, moment("2027-01-10 23.59.59"));
    assert_eq!(entries(&ledger.office, &lanes("bendahara"), None), [], "not their procedure");
    assert_eq!(entries(&ledger.office, &BTreeSet::new(), None), []);
}

#[test]
fn a_change_keeps_the_uid_and_raises_the_sequence() {
    let mut ledger = ledger_at("7.staf");
    let before = row(&ledger, 7).unwrap();
    // Another day off moves what is due by a day.
    let mut days = days_off(2026);
    days.push(DayOff {
        date: "2026-12-16".parse().unwrap(),
        kind: DayOffKind::OfficeClosed,
        name: "Pindah kantor".into(),
        decree: String::new(),
    });
    let decree = Command::DecreeYear { year: 2026, days };
    ledger.act(&Actor::system(), decree, moment("2026-12-08 09.00")).unwrap();
    let moved = row(&ledger, 7).unwrap();
    assert_eq!((&moved.uid, moved.holds), (&before.uid, Holds::Confirmed));
    assert!(moved.sequence > before.sequence && moved.due > before.due && moved.changed > before.changed);

    let pause = Command::PauseRun { run: RunId(1), reason: "rahasia".into() };
    ledger.act(&in_role("kasubbag"), pause, moment("2026-12-08 10.00")).unwrap();
    let paused = row(&ledger, 7).unwrap();
    assert_eq!((paused.due, paused.holds), (moved.due, Holds::Tentative));
    assert!(paused.sequence > moved.sequence);
    let resume = Command::ResumeRun { run: RunId(1) };
    ledger.act(&in_role("kasubbag"), resume, moment("2026-12-09 10.00")).unwrap();
    let resumed = row(&ledger, 7).unwrap();
    assert!(resumed.due > paused.due && resumed.sequence > paused.sequence);

    let cancel = Command::CancelRun { run: RunId(1), reason: "rahasia".into() };
    ledger.act(&in_role("karo"), cancel, moment("2026-12-09 11.00")).unwrap();
    let cancelled = row(&ledger, 7).unwrap();
    assert_eq!((&cancelled.uid, cancelled.holds), (&before.uid, Holds::Cancelled));
    let text = calendar("Alur", &of_staff(&ledger));
    assert!(text.contains("STATUS:CANCELLED") && !text.contains("rahasia"), "{text}");
}

#[test]
fn the_text_is_the_same_for_the_same_log_and_keeps_to_the_form() {
    let ledger = ledger_at("8.karo");
    let text = calendar("Alur, jatuh tempo; \\ dan\nlain", &of_staff(&ledger));
    let again = replay(ledger.log.clone()).unwrap();
    let site = Some("https://alur.contoh.go.id");
    assert_eq!(calendar("Alur, jatuh tempo; \\ dan\nlain", &entries(&again, &lanes("staf"), site)), text);
    assert!(text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n") && text.ends_with("END:VCALENDAR\r\n"));
    assert!(text.contains("X-WR-CALNAME:Alur\\, jatuh tempo\\; \\\\ dan\\nlain\r\n"));
    // 10 January 23.59.59 WIB.
    assert!(text.contains("DTSTART:20270110T162959Z\r\nDTEND:20270110T165959Z\r\n"), "{text}");
    for line in text.split_terminator("\r\n") {
        assert!(line.len() <= 75 && !line.contains(['\r', '\n']), "{line}");
    }
    for name in ["rina", "kasubbag@", "sri"] {
        assert!(!text.contains(name));
    }
}

proptest! {
    #![proptest_config(cases(150))]

    /// Whatever happens: uids are unique, and an entry that changes has a higher sequence.
    #[test]
    fn sequences_grow_with_every_change(steps in steps(60)) {
        let lanes = lanes("staf pemohon");
        let mut known: BTreeMap<String, Entry> = BTreeMap::new();
        let mut fault = None;
        walk_seen(&steps, |_, _, office| {
            let now = entries(office, &lanes, None);
            let uids: BTreeSet<_> = now.iter().map(|entry| &entry.uid).collect();
            if uids.len() != now.len() {
                fault.get_or_insert("a uid twice".to_owned());
            }
            for entry in now {
                if let Some(old) = known.get(&entry.uid)
                    && (entry.sequence < old.sequence || (entry != *old && entry.sequence == old.sequence))
                {
                    fault.get_or_insert(format!("{old:?}\n{entry:?}"));
                }
                known.insert(entry.uid.clone(), entry);
            }
        });
        prop_assert_eq!(fault, None);
    }
}

#[test]
fn finishing_the_run_leaves_the_dates_as_done() {
    let mut ledger = ledger_at("12.staf");
    let finish = |cell: &str| Command::FinishCell {
        run: RunId(1),
        cell: cell.to_owned().try_into().unwrap(),
        round: 1,
        answers: RawAnswers::new(),
    };
    ledger.act(&in_role("staf"), finish("12.staf"), moment("2027-01-12 09.00")).unwrap();
    assert!(of_staff(&ledger).iter().all(|entry| entry.summary.starts_with("Selesai: ")));
}
