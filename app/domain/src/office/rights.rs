//! Which lanes an actor works in at a moment, and which decisions are not theirs to take
//! although the lane is. Asked by [`super::decide`] and [`super::possible`] alike.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use super::substitute::{Phase, Substitution};
use super::{Actor, Office, Refusal};
use crate::id::{AccountId, LaneId, RunId};
use crate::log::Acting;
use crate::run::{Outcome, OutcomeKind, Run};
use crate::sop::{CellRef, Shape, Sop};

/// The lanes of an actor at a moment: its own, and those that it stands in for.
#[derive(Clone, Debug)]
pub struct Rights<'a> {
    actor: &'a Actor,
    acting: Vec<&'a Substitution>,
}

/// By what right somebody works in a lane.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Right {
    /// It is their own.
    Own,
    /// They stand in for somebody.
    Acting(Acting),
}

impl Right {
    /// As what an act by this right is recorded: nothing for one's own.
    pub fn acting(self) -> Option<Acting> {
        match self {
            Self::Own => None,
            Self::Acting(acting) => Some(acting),
        }
    }
}

impl Office {
    /// The lanes that an actor works in at a moment.
    pub fn rights<'a>(&'a self, actor: &'a Actor, now: DateTime<Utc>) -> Rights<'a> {
        let holds = |it: &&Substitution| it.account == actor.account && it.phase(now) == Phase::Running;
        let acting = match actor.agency {
            None => self.substitutes.values().filter(holds).collect(),
            Some(_) => Vec::new(),
        };
        Rights { actor, acting }
    }
}

impl Rights<'_> {
    /// The lanes: the actor's own, and those that they stand in for.
    pub fn lanes(&self) -> BTreeSet<LaneId> {
        let acting = self.substitutions().map(|it| &it.lane);
        self.actor.lanes.iter().chain(acting).cloned().collect()
    }

    /// By what right the actor works in a lane; `None` if by none. A lane that is one's own is
    /// never acted in as a substitute.
    pub fn lane(&self, lane: &LaneId) -> Option<Right> {
        if self.actor.lanes.contains(lane) {
            return Some(Right::Own);
        }
        let acting = self.acting.iter().find(|it| it.lane == *lane)?;
        Some(Right::Acting(acting.acting()))
    }

    /// By what right the actor works in one of these lanes; their own come first.
    pub fn any<'b>(&self, lanes: impl IntoIterator<Item = &'b LaneId>) -> Option<Right> {
        let mut acting = None;
        for right in lanes.into_iter().filter_map(|lane| self.lane(lane)) {
            match right {
                Right::Own => return Some(Right::Own),
                Right::Acting(_) => acting = acting.or(Some(right)),
            }
        }
        acting
    }

    /// By what right the actor acts in a cell's lane, and for which lane it records if it only
    /// writes down what another one did. Whoever stands in for the lane itself acts in it, and
    /// does not record for it.
    pub fn cell(&self, sop: &Sop, lane: &LaneId) -> Option<(Right, Option<LaneId>)> {
        sop.who_may(lane).find_map(|may| {
            let recorded_by = (may != lane).then(|| may.clone());
            self.lane(may).map(|right| (right, recorded_by))
        })
    }

    /// What the actor stands in for, in the order in which it was named.
    pub fn substitutions(&self) -> impl Iterator<Item = &Substitution> {
        self.acting.iter().copied()
    }
}

/// Why the open cell of a run is not the actor's to decide on although they work in its lane:
/// they would check their own work by substituting.
pub fn barred(office: &Office, actor: &Actor, run: RunId, now: DateTime<Utc>) -> Option<Refusal> {
    let (run, sop) = office.run(run)?;
    let at = &run.open()?.cell;
    let (right, recorded_by) = office.rights(actor, now).cell(sop, &at.lane)?;
    let acting = right.acting();
    own_work(run, sop, at, actor, acting.as_ref()).err().filter(|_| recorded_by.is_none())
}

/// Nobody checks their own work by substituting: refuses a decision on work that the same
/// account did, or let pass, if either of the two is done in another's place.
///
/// What a decision checks is what stands between the cell that its Tidak leads to and itself,
/// as it stands now. Somebody who has both lanes as their own may do both: that is how the
/// office has set its roles.
pub(super) fn own_work(
    run: &Run,
    sop: &Sop,
    at: &CellRef,
    actor: &Actor,
    acting: Option<&Acting>,
) -> Result<(), Refusal> {
    let checked = checked_by(sop, at);
    let own = checked.iter().find_map(|cell| own_act(run, cell, &actor.account, acting));
    let Some((cell, done)) = own else { return Ok(()) };
    let title = |lane: &LaneId, acting: Option<&Acting>| {
        let name = sop.lane_name(lane);
        acting.map_or_else(|| name.to_owned(), |acting| format!("{} {name}", acting.kind))
    };
    let row = |at: &CellRef| {
        sop.activity(at.activity).map_or("", |row| row.printed.trim_end_matches('.')).to_owned()
    };
    Err(Refusal::OwnWork {
        row: row(at),
        as_who: title(&at.lane, acting),
        own_row: row(cell),
        own_as: title(&cell.lane, done.stamp.acting.as_ref()),
    })
}

/// The cells whose work a decision lets pass: from where its Tidak leads, or from the
/// beginning of its row, down to the cell before it. No other symbol checks anything.
fn checked_by(sop: &Sop, at: &CellRef) -> Vec<CellRef> {
    if sop.cell(at).is_none_or(|cell| cell.shape != Shape::Decision) {
        return Vec::new();
    }
    let back = sop.no_exit(at);
    let begins = |cell: &CellRef| back.map_or(cell.activity == at.activity, |back| cell == back);
    let path = sop.path().map(|(cell, _)| cell);
    path.skip_while(|cell| !begins(cell)).take_while(|cell| cell != at).collect()
}

/// What the account did in a cell as it stands now, if it may not check it. What it only
/// recorded for another one is not its own.
fn own_act<'a>(
    run: &'a Run,
    cell: &'a CellRef,
    account: &AccountId,
    acting: Option<&Acting>,
) -> Option<(&'a CellRef, &'a Outcome)> {
    let outcome = run.visits_of(cell).next_back()?.outcome.as_ref()?;
    let passed = matches!(outcome.kind, OutcomeKind::Finished(_)) && outcome.recorded_by.is_none();
    let substituted = acting.is_some() || outcome.stamp.acting.is_some();
    (passed && substituted && outcome.stamp.by == *account).then_some((cell, outcome))
}
