//! What a display shows: tiles, totals, the next date.

use domain::id::RunId;
use domain::office::Command;
use domain::wall::{Tally, TileState, next_date, tiles};

use crate::ledger::{Ledger, full_digest, moment};
use crate::people::{in_role, of_agency};

const RUN: RunId = RunId(1);

fn tile(ledger: &Ledger, now: &str) -> Vec<(TileState, bool)> {
    let (run, sop) = ledger.office.run(RUN).unwrap();
    tiles(run, sop, &ledger.office.agencies, moment(now)).iter().map(|it| (it.state, it.late)).collect()
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
    let (run, sop) = ledger.office.run(RUN).unwrap();
    let tally = Tally::of(&tiles(run, sop, &ledger.office.agencies, moment("2027-01-11 08.00")));
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
