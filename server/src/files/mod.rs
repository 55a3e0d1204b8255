//! Received files: the bytes in the data folder under their hash, the rest in the database.

mod disk;
pub(crate) mod keep;
mod kind;
pub(crate) mod name;
mod receive;
pub(crate) mod send;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use app::file::FileView;
use app::file::port::Files;
use app::run::port::Desk;
use app::shell::port::Answer;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use axum::{Extension, Router, middleware};

use self::disk::Disk;
use crate::forms;
use crate::forms::flash::FlashBox;
use crate::store::Store;
use crate::token::TokenHash;

/// Largest file, in bytes.
pub const LARGEST: u64 = 20 * 1024 * 1024;
/// Largest request. What is sent beyond the largest file is read and thrown away, because a
/// browser hears no answer while it is still sending.
const LARGEST_BODY: usize = 64 * 1024 * 1024;
/// How a file is called while it is being received.
pub(crate) const PARTIAL: &str = "part";
/// Where received files lie in the data folder.
pub const FOLDER: &str = "files";

/// The received files of the office.
pub struct Shelf {
    folder: PathBuf,
    store: Store,
    disk: Disk,
}

impl Shelf {
    /// Opens the folder and removes what a crash left half received.
    ///
    /// # Errors
    /// If the folder cannot be made or read.
    pub fn open(folder: PathBuf, store: Store) -> io::Result<Self> {
        std::fs::create_dir_all(&folder)?;
        for entry in std::fs::read_dir(&folder)? {
            let path = entry?.path();
            if path.extension().is_some_and(|extension| extension == PARTIAL) {
                std::fs::remove_file(path)?;
            }
        }
        Ok(Self { folder, store, disk: Disk::start()? })
    }

    /// Where the files lie.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where work on what was sent waits for its turn.
    pub(crate) fn disk(&self) -> &Disk {
        &self.disk
    }

    /// Where the bytes with this hash are; `None` if the text is no hash.
    pub fn path(&self, sha256: &str) -> Option<PathBuf> {
        path_in(&self.folder, sha256)
    }
}

/// Where the bytes with this hash are in a folder; `None` if the text is no hash.
pub fn path_in(folder: &Path, sha256: &str) -> Option<PathBuf> {
    let hash = TokenHash::from_hex(sha256)?;
    (hash.as_hex() == sha256).then(|| folder.join(sha256))
}

impl Files for Shelf {
    fn find(&self, sha256: String) -> Answer<'_, Option<FileView>> {
        Box::pin(async move {
            self.path(&sha256)?;
            match self.store.file(&sha256).await {
                Ok(found) => found.map(|file| file.view),
                Err(error) => {
                    tracing::error!(%error, "a file could not be looked up");
                    None
                }
            }
        })
    }
}

/// `POST /berkas` and `GET /berkas/{sha256}`.
pub fn routes<S: Clone + Send + Sync + 'static>(
    shelf: Arc<Shelf>,
    flashes: Arc<FlashBox>,
    desk: Arc<dyn Desk>,
) -> Router<S> {
    let upload = post(receive::receive)
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(middleware::from_fn_with_state(flashes, forms::upload));
    Router::new()
        .route("/berkas", upload)
        .route("/berkas/{sha256}", get(send::send))
        .layer(Extension(shelf))
        .layer(Extension(desk))
}
