//! Who looks, and what of the log they may see.

use serde::{Deserialize, Serialize};

use crate::calendar::DayOff;
use crate::id::{AccountId, CommandId};
use crate::log::{CalendarEvent, Event, Recorded, ReportEvent, RunEvent, SopEvent};
use crate::report::review::Review;
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
        Event::Sop(SopEvent::SopPublished { sop }) => **sop = sop.for_wall(),
        Event::Calendar(event) => without_words(event),
        Event::Run(event) => without_answers(event),
        Event::Report(ReportEvent::ReportReviewed { .. } | ReportEvent::ReviewAssigned { .. })
        | Event::Substitute(_) => return Event::Withheld,
        Event::Report(event) => without_contents(event),
        Event::Agency(_) | Event::Withheld => {}
    }
    event
}

fn without_words(event: &mut CalendarEvent) {
    match event {
        CalendarEvent::YearDecreed { days, moved, .. } => {
            days.iter_mut().for_each(DayOff::lose_words);
            moved.clear();
        }
        CalendarEvent::DaysOffChanged { removed, added, moved } => {
            removed.iter_mut().chain(added).for_each(DayOff::lose_words);
            moved.clear();
        }
        CalendarEvent::HoursSet { moved, .. } => moved.clear(),
        CalendarEvent::SpecialHoursAdded { special, moved }
        | CalendarEvent::SpecialHoursRemoved { special, moved } => {
            special.name.clear();
            moved.clear();
        }
    }
}

fn without_answers(event: &mut RunEvent) {
    match event {
        RunEvent::CellFinished { answers, .. } => *answers = Answers::default(),
        RunEvent::CellReturned { reason, .. }
        | RunEvent::RunPaused { reason, .. }
        | RunEvent::RunCancelled { reason, .. } => reason.clear(),
        RunEvent::RunStarted { .. } | RunEvent::ActTakenBack { .. } | RunEvent::RunResumed { .. } => {}
    }
}

fn without_contents(event: &mut ReportEvent) {
    match event {
        ReportEvent::ReportSubmitted { number, code, digest, .. } => {
            *number = 0;
            code.clear();
            **digest = Digest::default();
        }
        ReportEvent::ReportJudged { judgement, .. } => *judgement = Judgement::default(),
        ReportEvent::ReportReturned { findings, .. } => findings.clear(),
        ReportEvent::ReportReviewed { review, .. } => *review = Review::default(),
        ReportEvent::ReviewAssigned { to, .. } => *to = None,
        ReportEvent::ReportAccepted { .. } => {}
    }
}
