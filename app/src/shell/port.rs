//! What every page needs from the server, in one place.

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use crate::account::port::People;
use crate::file::port::Files;
use crate::problem::Problem;
use crate::reminder::port::{Feeds, Mailing};
use crate::run::port::Desk;
use crate::submission::port::Submissions;
use crate::wall::port::Displays;

/// A future that a port answers with.
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

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
    /// What a form without JavaScript left behind.
    pub flashes: Arc<dyn Flashes>,
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
    /// Whether cookies are marked `Secure`: the office is served over TLS.
    pub secure_cookies: bool,
}

/// What was typed into a form that was refused, kept for the page that is shown next.
#[derive(Clone, Debug)]
pub struct Flash {
    /// Why it was refused.
    pub problem: Problem,
    /// The path of the server function, such as `/api/finish-cell`.
    pub path: String,
    /// The form fields as typed, without passwords.
    pub typed: BTreeMap<String, String>,
}

/// Keeps refused forms for a short time, for browsers without JavaScript: the server
/// answers such a form with a redirect to the page it came from, with `?gagal=<id>`.
pub trait Flashes: Send + Sync {
    /// The refused form with this id, if it is still kept.
    fn find(&self, id: &str) -> Option<Flash>;
}
