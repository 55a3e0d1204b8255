//! The live line of a page: its state, and the office that it keeps current.

use chrono::{DateTime, Utc};
use domain::id::RunId;
use domain::office::Office;
use leptos::prelude::*;

use crate::ui::IN_BROWSER;

/// How the line of this page stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LineState {
    /// This page shows nothing live.
    #[default]
    Still,
    /// Not reached yet, or lost; trying.
    Reaching,
    /// Connected.
    On,
    /// The session has ended; signing in again helps.
    SignedOut,
}

/// The state of the line, for the whole app.
#[derive(Clone, Copy, Debug)]
pub struct Line {
    /// How it stands.
    pub state: RwSignal<LineState>,
    /// The server's time when it was last heard.
    pub heard: RwSignal<Option<DateTime<Utc>>>,
    /// The build that the server had when it was first heard.
    pub build: StoredValue<Option<String>>,
    /// Whether the server runs another build by now.
    pub outdated: RwSignal<bool>,
    /// The name that a display was asked to show; set anew with each time it was asked.
    pub call: RwSignal<String>,
}

impl Line {
    /// A line that is not used yet.
    pub fn new() -> Self {
        Self {
            state: RwSignal::new(LineState::Still),
            heard: RwSignal::new(None),
            build: StoredValue::new(None),
            outdated: RwSignal::new(false),
            call: RwSignal::new(String::new()),
        }
    }
}

impl Default for Line {
    fn default() -> Self {
        Self::new()
    }
}

/// The line of this page: in a browser one for all its live parts. On the server every page that is being
/// rendered has its own, on which nothing is heard yet.
pub fn page_line() -> Line {
    thread_local!(static LINE: Line = Line::new());
    if IN_BROWSER { LINE.with(|line| *line) } else { Line::new() }
}

/// What a live part shows, so that it can be taken anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// One run.
    Run(RunId),
    /// All runs, without histories.
    Overview,
    /// What a display on the wall may see.
    Wall,
}

/// A part of the office that follows the log while its page is shown.
#[derive(Clone, Copy, Debug)]
pub struct LiveOffice {
    /// The part, as of its `seq`.
    pub office: RwSignal<Office>,
    /// The present time by the server's clock; moves on in steps of some seconds.
    pub now: RwSignal<DateTime<Utc>>,
}
