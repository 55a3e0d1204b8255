//! What agencies write and send: drafts, documents, links.

mod brought;
mod by_link;
mod doors;
mod draft;
mod export;
mod files;
mod import;
mod link;
mod office_side;
mod pace;
mod send;
mod sheet;
mod slot;
mod take;
mod template;

use std::sync::Arc;

use desk::office::Desk;
use desk::report::Sizes;

pub use by_link::caller_of;
pub use files::routes;
pub use office_side::routes as office_routes;

use self::doors::Doors;
use crate::files::Shelf;
use crate::queue::{Queue, Room};
use crate::session::Sessions;
use crate::store::{Store, StoreError};

/// A hostile workbook may cost a second and some 60 MB, so one is read at a time. A place is taken
/// before the file is received, and holds it: 64 of 5 MB.
const BOOKS: Room = Room { at_once: 1, waiting: 63, each: 2 };

/// The service behind the reports' pages.
pub struct Reports {
    store: Store,
    desk: Arc<dyn Desk>,
    shelf: Arc<Shelf>,
    sessions: Arc<Sessions>,
    /// One writer of a draft at a time on this server; the database guards against others.
    writing: Doors,
    /// How much is written of each draft.
    pace: pace::Pace,
    /// One piece of a file at a time.
    taking: Doors,
    /// Tables that wait to be imported.
    brought: brought::Waiting,
    /// Workbooks that are read or made.
    books: Queue,
    sizes: Sizes,
    limits: crate::account::rate::Limits,
    /// Links that were just made, by the name of their sheet.
    sheets: std::sync::Mutex<std::collections::HashMap<String, sheet::Sheet>>,
    /// How people reach this server, for what is printed.
    site: String,
    practice: bool,
}

impl Reports {
    /// The service.
    pub fn new(
        store: Store,
        desk: Arc<dyn Desk>,
        shelf: Arc<Shelf>,
        sessions: Arc<Sessions>,
        sizes: Sizes,
        site: String,
        practice: bool,
    ) -> Self {
        let (writing, pace, taking, brought, limits, sheets) = Default::default();
        let books = Queue::new(BOOKS);
        Self {
            store,
            desk,
            shelf,
            sessions,
            writing,
            pace,
            taking,
            brought,
            books,
            sizes,
            limits,
            sheets,
            site,
            practice,
        }
    }

    /// Workbooks that are read or made, of whatever they tell.
    pub(crate) fn books(&self) -> &Queue {
        &self.books
    }
}

pub(crate) fn unwell(error: impl std::fmt::Display) -> desk::problem::Problem {
    tracing::error!(%error, "reports: the database or the disk failed");
    desk::problem::Problem::Unwell
}

impl From<StoreError> for DraftFault {
    fn from(error: StoreError) -> Self {
        Self(unwell(error))
    }
}

/// Why a draft could not be changed, as the person is told.
struct DraftFault(desk::problem::Problem);

impl From<desk::problem::Problem> for DraftFault {
    fn from(problem: desk::problem::Problem) -> Self {
        Self(problem)
    }
}
