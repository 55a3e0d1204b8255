//! What a display shows: tiles, totals, the next date.

use domain::id::RunId;
use domain::office::Command;
use domain::wall::{Pressure, Tally, Tile, TileState, last_ended, next_date, tiles};

use crate::ledger::{Ledger, full_digest, moment};
use crate::people::{in_role, of_agency};

const RUN: RunId = RunId(1);

fn look(ledger: &Ledger, now: &str) -> Vec<Tile> {
    let (run, sop) = ledger.office.run(RUN).unwrap();
    tiles(run, sop, &ledger.office.agencies, &ledger.office.calendar, moment(now))
}

fn tile(ledger: &Ledger, now: &str) -> Vec<(TileState, bool)> {
    look(ledger, now).iter().map(|it| (it.state, it.late)).collect()
}

fn send(ledger: &mut Ledger, agency: &str, at: &str) {
    let (received, digest) = (moment(at), Box::new(full_digest()));
    let code = format!("{agency}-{}", ledger.office.seq);
    let submit = Command::SubmitReport { run: RUN, agency: agency.into(), received, code, digest };
    ledger.act(&of_agency(agency), submit, moment(at)).unwrap();
}

#[test]
fn a_tile_says_how_far_a_report_is_and_whether_it_was_late() {
    use TileState::{Accepted, Missing, NotAsked, Sent};
    let mut ledger = Ledger::founded();
    ledger.start_org();
    assert_eq!(tile(&ledger, "2026-12-02 10.00"), [(NotAsked, false); 3]);
    ledger.walk_to(1, "6.staf");
    assert_eq!(tile(&ledger, "2027-01-08 10.00"), [(Missing, false); 3]);
    let codes: Vec<_> = ledger.office.agencies.keys().cloned().collect();
    send(&mut ledger, codes[0].as_str(), "2027-01-10 23.59");
    send(&mut ledger, codes[1].as_str(), "2027-01-11 00.00");
    assert_eq!(tile(&ledger, "2027-01-11 08.00"), [(Sent, false), (Sent, true), (Missing, true)]);
    let accept = Command::AcceptReport { run: RUN, agency: codes[0].clone(), round: 1 };
    ledger.act(&in_role("kabag"), accept, moment("2027-01-11 08.00")).unwrap();
    assert_eq!(tile(&ledger, "2027-01-11 08.00"), [(Accepted, false), (Sent, true), (Missing, true)]);
    let tally = Tally::of(&look(&ledger, "2027-01-11 08.00"));
    assert_eq!(tally, Tally { all: 3, sent: 2, accepted: 1, returned: 0 });
    assert_eq!(tally.missing(), 1);
}

#[test]
fn the_next_date_is_the_first_that_is_not_past() {
    let ledger = Ledger::founded();
    let at = |now: &str| next_date(&ledger.office, moment(now)).unwrap();
    assert_eq!((at("2027-01-10 23.59").data_year, at("2027-01-11 00.00").data_year), (2026, 2027));
    assert_eq!(at("2026-11-01 08.00").due, at("2027-01-10 12.00").due);
    assert!(at("2026-11-01 08.00").left.is_some());
}

/// What is missing presses more and more; what has come does not.
#[test]
fn a_missing_report_is_an_alarm_only_when_it_is_time_for_one() {
    let mut ledger = Ledger::founded();
    ledger.start_org();
    let last = |ledger: &Ledger, now: &str| look(ledger, now)[2].pressure;
    assert_eq!(last(&ledger, "2027-01-10 10.00"), Pressure::None, "nobody has asked yet");
    ledger.walk_to(1, "6.staf");
    let codes: Vec<_> = ledger.office.agencies.keys().cloned().collect();
    send(&mut ledger, codes[0].as_str(), "2027-01-04 08.00");
    // The deadline is the end of Sunday 10 January; the working week ends on Friday at 16.30.
    let steps = [
        ("2026-12-22 10.00", Pressure::None),
        ("2027-01-06 07.00", Pressure::None),
        ("2027-01-07 10.47", Pressure::Soon),
        ("2027-01-08 10.00", Pressure::Soon),
        ("2027-01-09 10.00", Pressure::Now),
        ("2027-01-10 23.59", Pressure::Now),
        ("2027-01-13 10.00", Pressure::Now),
        // A year that is not decreed.
        ("2031-01-13 10.00", Pressure::Now),
    ];
    for (now, expected) in steps {
        assert_eq!(last(&ledger, now), expected, "{now}");
        assert_eq!(look(&ledger, now)[0].pressure, Pressure::None, "{now}: it was sent");
    }
}

#[test]
fn what_was_finished_last_is_told_for_a_while() {
    let mut ledger = Ledger::founded();
    ledger.start_org();
    ledger.walk_to(1, "12.staf");
    let at = |ledger: &Ledger, now: &str| last_ended(&ledger.office, moment(now));
    assert_eq!(at(&ledger, "2026-12-07 09.00"), None);
    ledger.finish_open(1, moment("2026-12-07 09.00"));
    let ended = at(&ledger, "2026-12-20 09.00").unwrap();
    assert_eq!((ended.data_year, ended.at), (2026, moment("2026-12-07 09.00")));
    assert_eq!(at(&ledger, "2027-03-07 09.00"), None);
}
