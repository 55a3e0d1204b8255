//! What the control socket works with.

use std::path::PathBuf;
use std::sync::Arc;

use services::account::Accounts;
use services::audit::Journal;
use services::store::Store;

/// What the socket works with.
#[derive(Clone)]
pub struct Bench {
    /// The database.
    pub store: Store,
    /// Accounts.
    pub accounts: Arc<Accounts>,
    /// Who did what.
    pub journal: Journal,
    /// The data folder.
    pub data: PathBuf,
    /// The folder of received files.
    pub files: PathBuf,
}
