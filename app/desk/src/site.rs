//! What every page needs from the server, in one place.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::account::People;
use crate::display::Displays;
use crate::file::Files;
use crate::office::Desk;
use crate::problem::Problem;
use crate::reminder::{Feeds, Mailing};
use crate::report::Submissions;
use crate::trail::Trail;

/// The ports, provided to every page and server function as context.
#[derive(Clone)]
pub struct Ports {
    /// The office.
    pub desk: Arc<dyn Desk>,
    /// People.
    pub people: Arc<dyn People>,
    /// Files.
    pub files: Arc<dyn Files>,
    /// Drafts, documents and links of reports.
    pub submissions: Arc<dyn Submissions>,
    /// Displays.
    pub displays: Arc<dyn Displays>,
    /// Mail and reminders.
    pub post: Arc<dyn Mailing>,
    /// Calendars to subscribe to.
    pub feeds: Arc<dyn Feeds>,
    /// The trail of who did what.
    pub trail: Arc<dyn Trail>,
    /// How this server presents itself.
    pub site: Arc<Site>,
}

/// How this server presents itself.
#[derive(Clone, Debug, Default)]
pub struct Site {
    /// Whether this is a practice office, with a watermark on every page.
    pub practice: bool,
    /// A hash of the browser's program and style; changes when the build changes.
    pub build: String,
    /// How people reach it, without a slash at its end: `https://alur.example.go.id`.
    pub address: String,
}

/// What was typed into a form that was refused, kept for a short time and for the page that is shown
/// next, for browsers without JavaScript: the server answers such a form with a redirect to the page
/// it came from, with `?gagal=<id>`.
#[derive(Clone, Debug)]
pub struct Flash {
    /// Why it was refused.
    pub problem: Problem,
    /// The path of the server function, such as `/api/finish-cell`.
    pub path: String,
    /// The form fields as typed, without passwords.
    pub typed: BTreeMap<String, String>,
}
