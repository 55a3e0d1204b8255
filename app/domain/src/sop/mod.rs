//! A procedure (SOP-AP) as data: what the signed sheet says, and how its cells are joined.
//!
//! The form follows PermenPANRB 35/2012: a table of activities by actors, five symbols,
//! flow downwards, return arrows up. Rows are keyed by their order from 1; the number
//! printed on paper is only a label, because signed sheets repeat and skip numbers.

pub(crate) mod ask;
mod check;
mod flow;
mod identity;
mod limit;

use std::fmt;

use serde::{Deserialize, Serialize};

pub use ask::{Answer, Answers, Ask, AskKind, AskProblem, RawAnswers};
pub use check::SopFault;
pub use identity::{Approval, Identity, IdentityLine};
pub use limit::Limit;

use crate::calendar::{Allowance, FixedDate};
use crate::id::LaneId;

/// A procedure in one published version. Published versions never change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sop {
    /// Number and version, as in `ORG.2.2.2/1`.
    pub key: SopKey,
    /// Name of the procedure as printed.
    pub name: String,
    /// The identity block of the sheet.
    pub identity: Identity,
    /// The actors, left to right.
    pub lanes: Vec<Lane>,
    /// Who may steer a run as a whole.
    pub steering: Steering,
    /// Dates outside the procedure that its work serves.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub limits: Vec<Limit>,
    /// The rows, in the order in which they are carried out.
    pub activities: Vec<Activity>,
}

/// One actor's column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lane {
    /// The lane, and the role that works in it.
    pub id: LaneId,
    /// The head of the column as printed.
    pub name: String,
    /// A lane that may record this one's acts on its behalf, for an official who
    /// rarely signs in. The sheet and the history say so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recorded_by: Option<LaneId>,
}

/// Which lanes may start, pause and cancel a run [assumed, a setting of the procedure].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Steering {
    /// Lanes that may start a run.
    pub start: Vec<LaneId>,
    /// Lanes that may pause and resume it.
    pub pause: Vec<LaneId>,
    /// Lanes that may cancel it.
    pub cancel: Vec<LaneId>,
}

/// A row of the sheet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Activity {
    /// The number as printed, a label only.
    pub printed: String,
    /// The activity as printed.
    pub text: String,
    /// The activity in a few words, for narrow places.
    pub short: String,
    /// Waktu as printed: "1 Jam", "10 hari", "-" or empty.
    pub time: String,
    /// A date that rules instead of Waktu, relative to the data year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<FixedDate>,
    /// The cells of this row in the order in which they are carried out.
    pub cells: Vec<Cell>,
    /// Completeness column as printed; `None` is "belum diisi".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub requirements: Option<String>,
    /// Output column as printed; `None` is "belum diisi".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub output: Option<String>,
    /// Remarks column as printed; `None` is "belum diisi".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
}

impl Activity {
    /// Waktu as a duration. A text that cannot be read is found when the procedure is
    /// checked, so here it counts as no duration.
    pub fn allowance(&self) -> Allowance {
        Allowance::parse(&self.time).unwrap_or(Allowance::None)
    }
}

/// A symbol in a lane.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cell {
    /// Whose column it stands in.
    pub lane: LaneId,
    /// Which of the legal symbols it is.
    pub shape: Shape,
    /// Where the drawing's return arrow ends, for a decision answered "Tidak".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub no: Option<CellRef>,
    /// How we know that the cell stands here.
    pub source: Source,
    /// What must be told to finish the cell.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub asks: Vec<Ask>,
}

/// The symbols that PermenPANRB 35/2012 allows inside a sheet. Its other two, the arrow
/// and the pentagon that leads to the next page, are lines, not places to act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// Capsule at the beginning.
    Start,
    /// Rectangle.
    Process,
    /// Diamond with the exits Ya and Tidak.
    Decision,
    /// Capsule at the end.
    End,
}

/// How we know in which lane a symbol stands, where the drawing itself was lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// Drawn so on the signed sheet.
    Printed,
    /// Hinted at by what is left of the drawing.
    Trace,
    /// Our reading, shown as such.
    Assumed,
}

/// A cell by row order (from 1) and lane. As text: `2.staf`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CellRef {
    /// Row order from 1.
    pub activity: u16,
    /// The lane.
    pub lane: LaneId,
}

impl CellRef {
    /// The cell of this row and lane.
    pub fn new(activity: u16, lane: impl Into<LaneId>) -> Self {
        Self { activity, lane: lane.into() }
    }
}

impl fmt::Display for CellRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.activity, self.lane)
    }
}

impl From<CellRef> for String {
    fn from(cell: CellRef) -> Self {
        cell.to_string()
    }
}

impl TryFrom<String> for CellRef {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let parts = text.split_once('.').filter(|(_, lane)| !lane.is_empty() && lane.len() <= 40);
        match parts.map(|(row, lane)| (row.parse(), lane)) {
            Some((Ok(activity), lane)) => Ok(Self::new(activity, lane)),
            _ => Err(format!("bukan sel lembar SOP: {text:?}")),
        }
    }
}

/// A procedure's number and version. As text: `ORG.2.2.2/1`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct SopKey {
    /// Nomor SOP as printed.
    pub number: String,
    /// Version, counted from 1 in each number.
    pub version: u16,
}

impl fmt::Display for SopKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.number, self.version)
    }
}

impl From<SopKey> for String {
    fn from(key: SopKey) -> Self {
        key.to_string()
    }
}

impl TryFrom<String> for SopKey {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        match text.rsplit_once('/').map(|(number, version)| (number, version.parse())) {
            Some((number, Ok(version))) if !number.is_empty() && number.len() <= 80 => {
                Ok(Self { number: number.to_owned(), version })
            }
            _ => Err(format!("bukan nomor dan versi SOP: {text:?}")),
        }
    }
}
