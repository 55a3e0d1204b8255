//! The trail: who did what around the office, whom it touched, from where, and when.
//!
//! The log of the office says what happened in its runs. What people do to accounts, links, displays and
//! settings, who signed in, who read whose files, and what was refused, stands here.

mod kind;

use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};
use domain::id::AccountId;
use serde::{Deserialize, Serialize};

pub use kind::{Kind, Weight};

use crate::problem::Problem;

/// Whom an account stands for that no person has: whoever works at the machine itself.
pub const OPERATOR: &str = "operator";
/// From where such a person acts.
pub const MACHINE: &str = "mesin ini";

/// How long a line is kept, in days: two years. Afterwards it is removed.
pub const KEPT_DAYS: i64 = 730;

/// Something that was done, on its way into the trail, which adds when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// The account; empty if nobody was signed in.
    pub who: AccountId,
    /// The address that it came from.
    pub origin: String,
    /// What.
    pub kind: Kind,
    /// Whom or what it touched: an account, an agency, a file. May be empty.
    pub whom: String,
    /// What more there is to say, never a secret. May be empty.
    pub facts: String,
}

impl Note {
    /// Something that somebody did.
    pub fn new(who: AccountId, origin: impl ToString, kind: Kind) -> Self {
        Self { who, origin: origin.to_string(), kind, whom: String::new(), facts: String::new() }
    }

    /// The same with whom or what it touched.
    #[must_use]
    pub fn on(self, whom: impl ToString) -> Self {
        Self { whom: whom.to_string(), ..self }
    }

    /// The same with more to say.
    #[must_use]
    pub fn with(self, facts: impl Into<String>) -> Self {
        Self { facts: facts.into(), ..self }
    }
}

/// One line of the trail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deed {
    /// When; for what is counted, the first time.
    pub at: DateTime<Utc>,
    /// The last time, for what is counted.
    pub until: Option<DateTime<Utc>>,
    /// How often.
    pub times: u32,
    /// What was done.
    pub note: Note,
}

/// Which lines are asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wanted {
    /// Those of an account, and those that touch it or anything else of that name.
    pub who: Option<String>,
    /// Those of a kind.
    pub kind: Option<Kind>,
    /// Those of a day, in WIB.
    pub day: Option<NaiveDate>,
}

impl Wanted {
    /// From what was typed; empty fields ask for everything.
    pub fn read(who: &str, kind: &str, day: &str) -> Self {
        let who = Some(who.trim().to_lowercase()).filter(|who| !who.is_empty());
        Self { who, kind: Kind::from_code(kind), day: day.trim().parse().ok() }
    }
}

/// A page of the trail.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// The lines, newest first.
    pub deeds: Vec<Deed>,
    /// Where the next page begins, if there is one.
    pub next: Option<i64>,
    /// How many lines wait because the database does not take them.
    pub waiting: usize,
}

/// The trail. One service writes it.
#[async_trait]
pub trait Trail: Send + Sync {
    /// Whether an act may go on: everything that was done before is written down.
    ///
    /// # Errors
    /// [`Problem::Unwell`] while it is not. Nothing may be changed then.
    async fn ready(&self) -> Result<(), Problem>;

    /// Writes down what was done, or counts it, as its kind says. What cannot be written waits, and
    /// is told loudly.
    async fn note(&self, note: Note);

    /// A page of it, newest first, that begins behind `before`.
    async fn sheet(&self, wanted: Wanted, before: Option<i64>) -> Result<Sheet, Problem>;
}
