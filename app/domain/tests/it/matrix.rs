//! Every role × every kind of command × every state of a run, against an oracle that knows
//! the rules from the agreement and nothing of the code.

use domain::calendar::{HoursException, WeekHours};
use domain::id::RunId;
use domain::log::{ActingKind, SubstituteId};
use domain::office::{Actor, Command, Refusal, decide};
use domain::sop::{CellRef, RawAnswers, SopKey};

use crate::ledger::{Ledger, ORG, agencies, days_off, moment, sop};
use crate::people::{admin, in_role, person};

/// The cells of SOP ORG.2.2.2 in order; `true` is a decision with a way back.
const CELLS: [(u16, &str, bool); 17] = [
    (1, "staf", false),
    (2, "staf", false),
    (2, "kasubbag", true),
    (2, "kabag", true),
    (2, "karo", true),
    (3, "gubernur", true),
    (4, "staf", false),
    (5, "staf", false),
    (6, "staf", false),
    (7, "staf", false),
    (8, "kasubbag", false),
    (8, "kabag", true),
    (8, "karo", true),
    (9, "kasubbag", false),
    (10, "staf", false),
    (11, "staf", false),
    (12, "staf", false),
];

/// Where a run may stand. The number is that of the open cell, from 0.
#[derive(Clone, Copy, Debug, PartialEq)]
enum State {
    NotStarted,
    Open(usize),
    Paused(usize),
    Cancelled(usize),
    Finished,
}

/// What may be tried.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Start,
    Finish(usize),
    Return(usize),
    TakeBack(usize),
    Pause,
    Resume,
    Cancel,
    Publish,
    Decree,
    ListAgencies,
    ChangeDaysOff,
    SetHours,
    AddSpecialHours,
    RemoveSpecialHours,
    NameSubstitute,
    EndSubstitute,
}

impl Kind {
    /// Whether it is the administrator's.
    fn administers(self) -> bool {
        ADMINISTERING.contains(&self)
    }
}

const ADMINISTERING: [Kind; 9] = [
    Kind::Publish,
    Kind::Decree,
    Kind::ListAgencies,
    Kind::ChangeDaysOff,
    Kind::SetHours,
    Kind::AddSpecialHours,
    Kind::RemoveSpecialHours,
    Kind::NameSubstitute,
    Kind::EndSubstitute,
];

const ROLES: [&str; 7] = ["staf", "kasubbag", "kabag", "karo", "gubernur", "", "admin"];

/// What should come of it: the oracle. In the order in which a person would ask: is there
/// such a thing, is it mine, is it its turn.
///
/// `acting` is a lane that the account stands in for; empty if it does not.
fn expected((role, acting): (&str, &str), kind: Kind, state: State) -> &'static str {
    let is = |roles: &[&str]| roles.contains(&role) || roles.contains(&acting);
    let (open, ended, paused) = match state {
        State::NotStarted => (0, false, false),
        State::Open(at) => (at, false, false),
        State::Paused(at) => (at, false, true),
        State::Cancelled(at) => (at, true, false),
        State::Finished => (CELLS.len(), true, false),
    };
    match kind {
        _ if kind.administers() && !is(&["admin"]) => "NotAllowed",
        // Neither is there: special hours to take away, nor, but for the one, a substitute.
        Kind::RemoveSpecialHours => "BadList",
        Kind::EndSubstitute if acting.is_empty() => "BadList",
        Kind::Publish
        | Kind::Decree
        | Kind::ListAgencies
        | Kind::ChangeDaysOff
        | Kind::SetHours
        | Kind::AddSpecialHours
        | Kind::NameSubstitute
        | Kind::EndSubstitute => "ok",
        Kind::Start if !is(&["staf", "kasubbag"]) => "NotAllowed",
        Kind::Start if matches!(state, State::NotStarted | State::Cancelled(_)) => "ok",
        Kind::Start => "AlreadyStarted",
        _ if state == State::NotStarted => "NoSuchRun",
        Kind::Pause | Kind::Resume | Kind::Cancel if ended => "Over",
        Kind::Pause | Kind::Resume if !is(&["staf", "kasubbag", "kabag", "karo"]) => "NotAllowed",
        Kind::Pause if paused => "Paused",
        Kind::Resume if !paused => "NotPaused",
        Kind::Cancel if !is(&["kabag", "karo"]) => "NotAllowed",
        Kind::Pause | Kind::Resume | Kind::Cancel => "ok",
        Kind::Finish(at) | Kind::Return(at) => {
            let (_, lane, has_way_back) = CELLS[at];
            let may = is(&[lane]) || (lane == "gubernur" && is(&["staf"]));
            // Everything above was done by the account that is called like its lane. What a
            // decision checks begins with the first cell of its row, or of the row before.
            let begin = if at < 6 { 1 } else { 10 };
            let checked = if has_way_back { &CELLS[begin..at] } else { &[] };
            let own_work = lane != role && lane == acting && checked.iter().any(|(_, done, _)| *done == role);
            match kind {
                _ if !may => "NotAllowed",
                _ if at < open => "NotItsTurn",
                _ if ended => "Over",
                _ if paused => "Paused",
                _ if at > open => "NotItsTurn",
                _ if own_work => "OwnWork",
                Kind::Return(_) if !has_way_back => "NoWayBack",
                _ => "ok",
            }
        }
        // Each cell was finished by the account that is called like its lane.
        Kind::TakeBack(at) => match CELLS[at].1 {
            _ if at >= open => "NothingToTakeBack",
            lane if lane != role => "NotYours",
            _ if matches!(state, State::Cancelled(_)) => "Over",
            _ if paused => "Paused",
            _ if at + 1 < open => "TooLateToTakeBack",
            _ => "ok",
        },
    }
}

#[test]
fn every_role_every_command_every_state() {
    let (mut tried, mut accepted) = (0, 0);
    for state in states() {
        let ledger = ledger(state);
        for role in ROLES {
            for kind in kinds() {
                let outcome = attempt(&ledger, role, kind);
                assert_eq!(outcome, expected((role, ""), kind, state), "{role:?} {kind:?} {state:?}");
                tried += 1;
                accepted += usize::from(outcome == "ok");
            }
        }
    }
    println!("{tried} tried, {accepted} accepted");
    assert!(tried > 20_000 && accepted > 400);
}

/// Every role standing in for every lane, and somebody without a role of their own.
#[test]
fn every_substitute_every_command_every_state() {
    let (mut tried, mut accepted, mut own_work) = (0, 0, 0);
    for state in states() {
        for role in ROLES {
            for acting in &ROLES[..5] {
                let mut ledger = ledger(state);
                let account = if role.is_empty() { "tamu" } else { role };
                name_substitute(&mut ledger, account, acting);
                for kind in kinds() {
                    let outcome = attempt(&ledger, role, kind);
                    let expected = expected((role, acting), kind, state);
                    assert_eq!(outcome, expected, "{role:?} for {acting:?} {kind:?} {state:?}");
                    tried += 1;
                    accepted += usize::from(outcome == "ok");
                    own_work += usize::from(outcome == "OwnWork");
                }
            }
        }
    }
    println!("{tried} tried, {accepted} accepted, {own_work} on one's own work");
    assert!(tried > 100_000 && accepted > 2000 && own_work > 20);
}

fn name_substitute(ledger: &mut Ledger, account: &str, lane: &str) {
    let today = "2026-12-07".parse().unwrap();
    let name = Command::NameSubstitute {
        account: account.into(),
        lane: lane.into(),
        kind: ActingKind::Plh,
        from: today,
        to: "2026-12-08".parse().unwrap(),
    };
    ledger.act(&Actor::system(), name, moment("2026-12-07 11.00")).unwrap();
}

#[test]
fn no_role_is_worth_more_with_another_ones_account_name() {
    // Rights come from lanes, never from what somebody is called.
    let ledger = ledger(State::Open(2));
    for account in ["kasubbag", "admin", "sistem"] {
        let stranger = person(account, "");
        for kind in kinds() {
            let command = command(&ledger, kind);
            assert!(
                decide(&ledger.office, &stranger, command, moment("2026-12-08 08.00")).is_err(),
                "{kind:?}"
            );
        }
    }
}

fn states() -> Vec<State> {
    let cells = 0..CELLS.len();
    let going = cells.flat_map(|at| [State::Open(at), State::Paused(at), State::Cancelled(at)]);
    [State::NotStarted, State::Finished].into_iter().chain(going).collect()
}

fn kinds() -> Vec<Kind> {
    let cells = 0..CELLS.len();
    let acts = cells.flat_map(|at| [Kind::Finish(at), Kind::Return(at), Kind::TakeBack(at)]);
    [Kind::Start, Kind::Pause, Kind::Resume, Kind::Cancel]
        .into_iter()
        .chain(ADMINISTERING)
        .chain(acts)
        .collect()
}

fn cell(at: usize) -> CellRef {
    let (row, lane, _) = CELLS[at];
    CellRef::new(row, lane)
}

fn ledger(state: State) -> Ledger {
    let mut ledger = Ledger::founded();
    let now = moment("2026-12-07 10.00");
    let (run, reason) = (RunId(1), String::from("ada alasannya"));
    if state != State::NotStarted {
        ledger.start_org();
    }
    let open = match state {
        State::NotStarted => 0,
        State::Open(at) | State::Paused(at) | State::Cancelled(at) => at,
        State::Finished => CELLS.len(),
    };
    for at in 0..open {
        assert_eq!(ledger.open(1), Some(cell(at)));
        ledger.finish_open(1, now);
    }
    let halt = match state {
        State::Paused(_) => Some(("staf", Command::PauseRun { run, reason })),
        State::Cancelled(_) => Some(("karo", Command::CancelRun { run, reason })),
        State::NotStarted | State::Open(_) | State::Finished => None,
    };
    if let Some((role, command)) = halt {
        ledger.act(&in_role(role), command, now).unwrap();
    }
    ledger
}

fn command(ledger: &Ledger, kind: Kind) -> Command {
    let (run, round, reason) = (RunId(1), 1, String::new());
    let day = "2026-12-09".parse().unwrap();
    let command = match kind {
        Kind::Start => {
            Command::StartRun { sop: SopKey { number: "ORG.2.2.2".into(), version: 1 }, data_year: 2026 }
        }
        Kind::Finish(at) => Command::FinishCell { run, cell: cell(at), round, answers: RawAnswers::new() },
        Kind::Return(at) => Command::ReturnCell { run, cell: cell(at), round, reason },
        Kind::TakeBack(at) => Command::TakeBack { run, cell: cell(at), round },
        Kind::Pause => Command::PauseRun { run, reason },
        Kind::Resume => Command::ResumeRun { run },
        Kind::Cancel => Command::CancelRun { run, reason },
        Kind::Publish => {
            let mut sop = Box::new(sop(ORG));
            sop.key.version = 2;
            Command::PublishSop { sop }
        }
        Kind::Decree => Command::DecreeYear { year: 2026, days: days_off(2026).split_off(1) },
        Kind::ListAgencies => Command::ListAgencies { agencies: agencies().split_off(1) },
        Kind::ChangeDaysOff => {
            Command::ChangeDaysOff { remove: vec![days_off(2026).remove(1)], add: Vec::new() }
        }
        Kind::SetHours => Command::SetHours { from: day, hours: WeekHours::ramadan_proposal() },
        Kind::AddSpecialHours => {
            let (name, hours) = ("Ramadan".to_owned(), WeekHours::ramadan_proposal());
            Command::AddSpecialHours { special: HoursException { from: day, to: day, name, hours } }
        }
        Kind::RemoveSpecialHours => Command::RemoveSpecialHours { from: day },
        Kind::NameSubstitute => {
            let (account, lane, kind) = ("budi".into(), "karo".into(), ActingKind::Plt);
            Command::NameSubstitute { account, lane, kind, from: day, to: day }
        }
        Kind::EndSubstitute => Command::EndSubstitute { substitute: SubstituteId(1) },
    };
    ledger.fill(&command, moment("2026-12-08 08.00"))
}

fn attempt(ledger: &Ledger, role: &str, kind: Kind) -> &'static str {
    let actor = match role {
        "admin" => admin(),
        "" => person("tamu", ""),
        role => in_role(role),
    };
    match decide(&ledger.office, &actor, command(ledger, kind), moment("2026-12-08 08.00")) {
        Ok(_) => "ok",
        Err(refusal) => name(&refusal),
    }
}

/// The refusals that this matrix can meet, by name.
fn name(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::NotAllowed { .. } => "NotAllowed",
        Refusal::NoSuchRun { .. } => "NoSuchRun",
        Refusal::NotItsTurn { .. } => "NotItsTurn",
        Refusal::NoWayBack => "NoWayBack",
        Refusal::NothingToTakeBack => "NothingToTakeBack",
        Refusal::NotYours => "NotYours",
        Refusal::TooLateToTakeBack => "TooLateToTakeBack",
        Refusal::Paused => "Paused",
        Refusal::NotPaused => "NotPaused",
        Refusal::Over => "Over",
        Refusal::OwnWork { .. } => "OwnWork",
        Refusal::BadList { .. } => "BadList",
        Refusal::AlreadyStarted { .. } => "AlreadyStarted",
        unexpected => panic!("{unexpected:?}"),
    }
}
