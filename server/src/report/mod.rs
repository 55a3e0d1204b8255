//! What agencies write and send: drafts, documents, links.

mod draft;
mod export;
mod files;
mod import;
mod link;
mod list;
mod office_side;
mod send;
mod take;

use std::sync::Arc;

use app::run::port::Desk;
use app::submission::Sizes;
use domain::id::AccountId;
use domain::id::{AgencyCode, RunId};

pub use files::routes;
pub use office_side::routes as office_routes;

use crate::files::Shelf;
use crate::session::Sessions;
use crate::store::{Store, StoreError};

/// The accounts of those who came by a link are called so, with the run and the agency
/// behind it. No account that a person is given can have a colon in its name.
const LINK_ACCOUNT: &str = "tautan:";

/// The service behind the reports' pages.
pub struct Reports {
    store: Store,
    desk: Arc<dyn Desk>,
    shelf: Arc<Shelf>,
    sessions: Arc<Sessions>,
    /// One writer of a draft at a time on this server; the database guards against others.
    writing: tokio::sync::Mutex<()>,
    /// One piece of a file at a time.
    taking: take::Doors,
    sizes: Sizes,
    limits: crate::account::rate::Limits,
    /// Links that were just made, by the name of their sheet.
    sheets: std::sync::Mutex<std::collections::HashMap<String, link::Sheet>>,
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
        practice: bool,
    ) -> Self {
        let (writing, taking, limits, sheets) = Default::default();
        Self { store, desk, shelf, sessions, writing, taking, sizes, limits, sheets, practice }
    }
}

/// The account of somebody who came by a link.
fn link_account(run: RunId, agency: &AgencyCode) -> AccountId {
    AccountId(format!("{LINK_ACCOUNT}{run}:{agency}"))
}

/// Who a session's account sends reports for; `None` if it is no link's.
pub fn caller_of(account: &AccountId) -> Option<app::submission::AgencyCaller> {
    let (run, agency) = account.as_str().strip_prefix(LINK_ACCOUNT)?.split_once(':')?;
    Some(app::submission::AgencyCaller {
        account: account.clone(),
        agency: AgencyCode::from(agency),
        run: Some(RunId(run.parse().ok()?)),
    })
}

fn unwell(error: impl std::fmt::Display) -> app::problem::Problem {
    tracing::error!(%error, "reports: the database or the disk failed");
    app::problem::Problem::Unwell
}

impl From<StoreError> for DraftFault {
    fn from(error: StoreError) -> Self {
        Self(unwell(error))
    }
}

/// Why a draft could not be changed, as the person is told.
struct DraftFault(app::problem::Problem);

impl From<app::problem::Problem> for DraftFault {
    fn from(problem: app::problem::Problem) -> Self {
        Self(problem)
    }
}
