//! Bad disks: every file of a data folder damaged in every way, one at a time, and an office started
//! on what is left. Either everything that was acknowledged is there, or a sentence says what is not.
//!
//! `make crash` does all of it; a few dozen belong to the tests. Most are looked at in a process of
//! their own, which may hang or fall over (`probe`); of some the real program is asked.

mod damage;
mod office;
mod probe;
mod program;
mod tally;

use std::path::Path;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use self::damage::{Case, cases, shuffled};
use self::office::{Kept, killed, stopped};
use self::probe::Probes;
use self::tally::Tally;
use crate::harness::run;

/// How long `make crash` goes on, unless `CRASH_MINUTES` says otherwise.
const MINUTES: u64 = 20;
/// How many of each office are looked at among the tests.
const A_FEW: usize = 18;
/// Of so many cases one is put to the real program as well.
const REAL: usize = 25;

#[test]
fn a_few_dozen_bad_disks_cost_nothing_unsaid() {
    run(async || {
        let mut tally = Tally::default();
        for kept in [killed().await, stopped().await] {
            let mut chosen = shuffled(cases(kept.folder.path()), 7);
            chosen.retain(|case| case.is_of_database() || case.nth == 0);
            chosen.truncate(A_FEW);
            go_through(&kept, &chosen, A_FEW / 2, None, &mut tally);
        }
        tally.judge();
    });
}

/// The whole of it.
#[test]
#[ignore = "it takes long: make crash"]
fn crash() {
    run(async || {
        let minutes = std::env::var("CRASH_MINUTES").map_or(MINUTES, |text| text.parse().unwrap());
        let deadline = Instant::now() + Duration::from_secs(60 * minutes);
        let mut tally = Tally::default();
        let kept = [killed().await, stopped().await];
        for (at, kept) in kept.iter().enumerate() {
            let all = shuffled(cases(kept.folder.path()), 11);
            println!("{}: {} cases", kept.name, all.len());
            // What the first leaves of the time is the second's.
            let left = deadline.saturating_duration_since(Instant::now());
            let until = Instant::now() + left / u32::try_from(kept_left(at)).unwrap();
            go_through(kept, &all, REAL, Some(until), &mut tally);
        }
        tally.judge();
    });
}

fn kept_left(at: usize) -> usize {
    2 - at
}

/// Damages a copy in each of these ways, and looks what becomes of it. One of `real` is put to the
/// real program, too.
fn go_through(kept: &Kept, cases: &[Case], real: usize, until: Option<Instant>, tally: &mut Tally) {
    let room = TempDir::new().unwrap();
    let mut probes = Probes::start(kept);
    for (n, case) in cases.iter().enumerate() {
        if until.is_some_and(|until| Instant::now() > until) {
            tally.left_out(cases.len() - n);
            break;
        }
        let folder = room.path().join(format!("{n}"));
        case.apply(kept.folder.path(), &folder);
        if n % real == 0 {
            let again = room.path().join(format!("{n}-nyata"));
            case.apply(kept.folder.path(), &again);
            tally.take(kept, case, &program::outcome(&again));
            clear(&again);
        }
        tally.take(kept, case, &probes.outcome(&folder));
        clear(&folder);
    }
}

fn clear(folder: &Path) {
    // An engine that is still closing may be writing into it; the room is removed in the end.
    let _ = std::fs::remove_dir_all(folder);
}
