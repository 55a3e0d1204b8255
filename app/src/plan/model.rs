//! What the page about a plan shows.

use chrono::{DateTime, Utc};
use domain::id::RunId;
use serde::{Deserialize, Serialize};

use super::axis::Axis;

/// A plan as its page shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlanSheet {
    /// The run.
    pub run: RunId,
    /// Whether the procedure collects reports.
    pub collects: bool,
    /// The procedure's name.
    pub name: String,
    /// The year that its data is about.
    pub data_year: i32,
    /// The moment that everything is as of.
    pub now: DateTime<Utc>,
    /// What stands above the chart: heading, answer, and more about it.
    pub facts: Vec<Fact>,
    /// The rows, first one first.
    pub rows: Vec<PlanRow>,
    /// The days that the chart shows.
    pub axis: Axis,
    /// Dates outside the procedure.
    pub limits: Vec<OuterDate>,
    /// When it will be done, if that can be said.
    pub forecast: Option<Band>,
    /// Why the forecast is as it is, a sentence each.
    pub reasons: Vec<String>,
}

/// One of the answers above the chart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// The question.
    pub head: String,
    /// The answer.
    pub what: String,
    /// More about it, a line each.
    pub more: Vec<String>,
    /// `good`, `late` or empty.
    pub tone: String,
}

/// A row of the plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanRow {
    /// Order from 1.
    pub order: u16,
    /// The number as printed.
    pub printed: String,
    /// The activity in a few words.
    pub short: String,
    /// Its lanes and Waktu.
    pub lanes: String,
    /// `done`, `open`, `coming` or `dropped`.
    pub state: String,
    /// As it was planned at the start.
    pub first: Option<Stretch>,
    /// As it was, or as it is planned now.
    pub span: Option<Stretch>,
    /// What stands in place of times that are not known.
    pub unknown: String,
    /// When it is due, for a row under way.
    pub due: Option<DateTime<Utc>>,
    /// When it has to end at the latest, for the fixed date below it.
    pub latest: Option<DateTime<Utc>>,
    /// What it has to spare until then, in words.
    pub slack: String,
    /// Whether it has less than nothing to spare.
    pub short_of_time: bool,
}

/// From one moment to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stretch {
    /// From.
    pub from: DateTime<Utc>,
    /// To.
    pub to: DateTime<Utc>,
}

/// A date outside the procedure beside the plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OuterDate {
    /// What is due.
    pub what: String,
    /// Its last moment.
    pub until: DateTime<Utc>,
    /// Where it stands.
    pub basis: String,
    /// How the plan stands to it, in words.
    pub margin: String,
    /// Whether the plan is too late for it.
    pub late: bool,
}

/// The band of a forecast.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Band {
    /// The middle.
    pub middle: DateTime<Utc>,
    /// One of two.
    pub half: Stretch,
    /// Nine of ten.
    pub ninety: Stretch,
}
