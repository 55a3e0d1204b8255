//! In whose place somebody acts: Plt. and Plh.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::id::LaneId;

/// The number of a substitution. Counted from 1 in each office.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SubstituteId(pub u32);

impl fmt::Display for SubstituteId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Why somebody else sits at a desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActingKind {
    /// Pelaksana tugas: the post has no holder.
    Plt,
    /// Pelaksana harian: its holder is away for a while.
    Plh,
}

impl ActingKind {
    /// Both kinds, in the order in which pages list them.
    pub const ALL: [Self; 2] = [Self::Plh, Self::Plt];

    /// The word for it in forms.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Plt => "plt",
            Self::Plh => "plh",
        }
    }

    /// The kind that a word of a form stands for.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// "Plt.", "Plh.", as it stands before the title of the post.
impl fmt::Display for ActingKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Plt => "Plt.",
            Self::Plh => "Plh.",
        })
    }
}

/// In whose place somebody acted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Acting {
    /// By which substitution.
    pub substitute: SubstituteId,
    /// Of which kind it is.
    pub kind: ActingKind,
    /// The lane that is not the actor's own.
    pub lane: LaneId,
}
