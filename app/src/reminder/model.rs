//! What the page of a run's reminders shows, before it is a view.

use chrono::{DateTime, NaiveDate, Utc};
use desk::reminder::{Letter, PostState};
use domain::agency::Agency;
use domain::id::RunId;
use domain::reminder::Step;
use serde::{Deserialize, Serialize};

/// Everything about a run's reminders.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RemindersView {
    /// The run.
    pub run: RunId,
    /// Whether its procedure collects reports.
    pub collects: bool,
    /// The name of its procedure.
    pub procedure: String,
    /// The year that its reports are about.
    pub data_year: i32,
    /// The moment.
    pub now: DateTime<Utc>,
    /// Whether the viewer may let something go.
    pub may: bool,
    /// How the mail stands.
    pub post: PostState,
    /// Whether reminders go by themselves.
    pub automatic: bool,
    /// Why agencies are not reminded at present; `None` if they are.
    pub resting: Option<String>,
    /// When they are reminded; `None` if that is unknown, or there is no date.
    pub timetable: Option<Timetable>,
    /// The agencies that have not sent anything.
    pub missing: Vec<Recipient>,
    /// How many have.
    pub sent: usize,
    /// The mail as it would go to the first of them: subject and text.
    pub sample: Option<(String, String)>,
    /// The text for a group in which all agencies are.
    pub for_all: String,
    /// Where the row stands on the ladder, in words.
    pub ladder: String,
    /// Every mail, the newest first, with the name of whom it went to.
    pub letters: Vec<(String, Letter)>,
}

/// When agencies are reminded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timetable {
    /// The last working day.
    pub last_day: NaiveDate,
    /// When each step begins.
    pub begins: Vec<(Step, DateTime<Utc>)>,
    /// The step that holds now.
    pub current: Option<Step>,
}

/// An agency that has not sent anything.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recipient {
    /// Which.
    pub agency: Agency,
    /// Its address; empty if it has none.
    pub mail: String,
    /// Whether it was told in the step that holds now.
    pub told: bool,
    /// The text to copy into WhatsApp.
    pub text: String,
}
