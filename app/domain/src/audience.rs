//! Who looks, and what of the log they may see.

use serde::{Deserialize, Serialize};

use crate::calendar::DayOff;
use crate::id::{AccountId, CommandId};
use crate::office::{Event, Recorded};
use crate::report::{Digest, Judgement};
use crate::sop::Answers;

/// A group of viewers who may see the same things. Each event is filtered, and turned into
/// bytes, once per audience.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// Everybody who signs in at the office.
    Staff,
    /// The displays on its walls, before which anybody may stand: roles and agencies, never
    /// people, and nothing that somebody wrote.
    Wall,
}

impl Audience {
    /// Every audience there is.
    pub const ALL: [Self; 2] = [Self::Staff, Self::Wall];

    /// The record as this audience may see it. `seq` stays without a gap: what may not be
    /// seen becomes [`Event::Withheld`].
    pub fn view(self, record: &Recorded) -> Recorded {
        match self {
            Self::Staff => record.clone(),
            // A command's id is made by a client, so it may say anything.
            Self::Wall => Recorded {
                seq: record.seq,
                at: record.at,
                actor: AccountId::from(""),
                command_id: CommandId::from(""),
                event: on_the_wall(&record.event),
            },
        }
    }
}

/// The event without people and without what they wrote. Folding such events gives
/// [`crate::office::Office::for_wall`].
fn on_the_wall(event: &Event) -> Event {
    let mut event = event.clone();
    match &mut event {
        Event::SopPublished { sop } => **sop = sop.for_wall(),
        Event::CellFinished { answers, .. } => *answers = Answers::default(),
        Event::CellReturned { reason, .. }
        | Event::RunPaused { reason, .. }
        | Event::RunCancelled { reason, .. } => reason.clear(),
        Event::ReportSubmitted { number, code, digest, .. } => {
            *number = 0;
            code.clear();
            **digest = Digest::default();
        }
        Event::ReportJudged { judgement, .. } => *judgement = Judgement::default(),
        Event::ReportReturned { findings, .. } => findings.clear(),
        Event::ReportReviewed { .. }
        | Event::ReviewAssigned { .. }
        | Event::SubstituteNamed { .. }
        | Event::SubstituteEnded { .. } => return Event::Withheld,
        Event::YearDecreed { days, moved, .. } => {
            days.iter_mut().for_each(DayOff::lose_words);
            moved.clear();
        }
        Event::DaysOffChanged { removed, added, moved } => {
            removed.iter_mut().chain(added).for_each(DayOff::lose_words);
            moved.clear();
        }
        Event::HoursSet { moved, .. } => moved.clear(),
        Event::SpecialHoursAdded { special, moved } | Event::SpecialHoursRemoved { special, moved } => {
            special.name.clear();
            moved.clear();
        }
        Event::AgencyListed { .. }
        | Event::AgencyClosed { .. }
        | Event::RunStarted { .. }
        | Event::ActTakenBack { .. }
        | Event::RunResumed { .. }
        | Event::ReportAccepted { .. }
        | Event::Withheld => {}
    }
    event
}
