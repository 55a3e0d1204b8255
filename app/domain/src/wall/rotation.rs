//! Which run a display shows when several are in progress: each has its turns, a late one
//! twice as many.

use chrono::{DateTime, Utc};

use crate::id::RunId;
use crate::office::Office;
use crate::run::Status;

/// How long a run is shown before the next one has its turn, in seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turns(u32);

impl Turns {
    /// So many seconds, at least 5 and at most an hour.
    pub fn of_seconds(seconds: u32) -> Self {
        Self(seconds.clamp(5, 3600))
    }
}

impl Default for Turns {
    fn default() -> Self {
        Self(20)
    }
}

/// The run that is shown at a moment; `None` if none is in progress. Every display with the
/// same turns shows the same one.
pub fn shown(office: &Office, turns: Turns, now: DateTime<Utc>) -> Option<RunId> {
    let going = office.runs.values().filter(|run| run.status == Status::Going);
    let runs: Vec<_> = going
        .map(|run| {
            let late = office.run(run.id).zip(run.open()).is_some_and(|((run, sop), open)| {
                run.due(open.cell.activity, sop, &office.calendar, now).is_late(now)
            });
            (run.id, late)
        })
        .collect();
    let order = order(&runs);
    let step = usize::try_from(now.timestamp() / i64::from(turns.0)).unwrap_or(0);
    order.get(step.checked_rem(order.len())?).copied()
}

/// One round of turns, spread evenly: each time the run that has waited for most goes next.
fn order(runs: &[(RunId, bool)]) -> Vec<RunId> {
    let weight = |late| if late { 2_i64 } else { 1 };
    let all: i64 = runs.iter().map(|(_, late)| weight(*late)).sum();
    let mut credit: Vec<_> = runs.iter().map(|(id, late)| (0_i64, *id, weight(*late))).collect();
    let mut order = Vec::new();
    for _ in 0..all {
        for (credit, _, weight) in &mut credit {
            *credit += *weight;
        }
        let next = credit.iter_mut().max_by_key(|(credit, id, _)| (*credit, std::cmp::Reverse(*id)));
        if let Some((credit, id, _)) = next {
            *credit -= all;
            order.push(*id);
        }
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(late: &[u32], others: &[u32], expected: &[u32]) {
        let runs =
            others.iter().map(|id| (RunId(*id), false)).chain(late.iter().map(|id| (RunId(*id), true)));
        let mut runs: Vec<_> = runs.collect();
        runs.sort();
        assert_eq!(order(&runs).iter().map(|id| id.0).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn late_runs_come_twice_as_often_and_never_all_at_once() {
        check(&[], &[], &[]);
        check(&[], &[1], &[1]);
        check(&[1], &[], &[1, 1]);
        check(&[], &[1, 2, 3], &[1, 2, 3]);
        check(&[2], &[1, 3], &[2, 1, 3, 2]);
        check(&[1], &[2], &[1, 2, 1]);
        check(&[1, 2], &[3], &[1, 2, 3, 1, 2]);
    }
}
