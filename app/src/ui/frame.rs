//! What every page knows: who is signed in, and how this server presents itself.

use std::collections::BTreeMap;

use desk::account::{Caller, Person};
use desk::problem::Problem;
use domain::id::AccountId;
use domain::office::Actor;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// What every page knows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Frame {
    /// Who of the office is signed in.
    pub caller: Option<Caller>,
    /// What they stand in for now: "Plh. KABAG".
    #[serde(default)]
    pub acting: Vec<String>,
    /// Which agency is here, by its account or by its link.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agency: Option<AgencyHere>,
    /// Whether this is a practice office.
    pub practice: bool,
    /// The build of the server.
    pub build: String,
}

/// An agency that is here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgencyHere {
    /// Its short name.
    pub short: String,
    /// The account that it signed in with; `None` if it came by its link.
    pub account: Option<AccountId>,
    /// Whose account that is.
    pub person: Person,
}

impl Frame {
    /// The actor; somebody without any right if nobody is signed in.
    pub fn actor(&self) -> Actor {
        self.caller.as_ref().map_or_else(Actor::nobody, |caller| caller.actor.clone())
    }
}

/// The frame of this page. Read it inside a `Suspense`.
pub fn use_frame() -> Resource<Result<Frame, Problem>> {
    expect_context()
}

/// A form that was sent without JavaScript and refused: shown again with what was typed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Flashed {
    /// Why it was refused; `None` if there is no refused form.
    pub problem: Option<Problem>,
    /// The path of the server function that refused it.
    pub path: String,
    /// The form's fields as typed, without passwords.
    pub typed: BTreeMap<String, String>,
}

impl Flashed {
    /// What was typed into a field of the form for this server function.
    pub fn typed(&self, path: &str, field: &str) -> Option<String> {
        self.typed.get(field).filter(|_| self.path == path).cloned()
    }

    /// Why the form for this server function was refused.
    pub fn problem(&self, path: &str) -> Option<Problem> {
        self.problem.clone().filter(|_| self.path == path)
    }
}

/// The refused form that this page is to show again. Read it inside a `Suspense`.
pub fn use_flash() -> Resource<Flashed> {
    expect_context()
}
