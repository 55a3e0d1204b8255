//! The database, opened by URL. How rows look is known in this folder only.

pub mod account;
pub mod address;
pub mod chain;
pub mod display;
pub mod draft;
pub mod feed;
pub mod file;
pub mod link;
pub mod log;
pub mod outbox;
pub mod record;
pub mod reminding;
mod retry;
pub mod schema;
pub mod session;
mod url;
mod write_ahead;

use std::sync::Arc;
use std::time::Duration;

use domain::id::Seq;
use surrealdb::Surreal;
use surrealdb::engine::any::{Any, connect};
use surrealdb::opt::auth::Root;
use surrealdb::types::QueryError;
use thiserror::Error;

use crate::store::schema::SchemaError;
use crate::store::url::DbUrl;

/// Namespace and database of an office inside its SurrealDB.
const NAMESPACE: &str = "alur";
const DATABASE: &str = "office";

/// How long the log may take to answer before those who wait are told that it does not: far
/// more than a disk needs, less than people bear.
const PATIENCE: Duration = Duration::from_secs(20);

/// An open database with the schema of this build. Cheap to clone; all clones share one
/// database session, which is why the connection itself is never cloned.
#[derive(Clone)]
pub struct Store {
    db: Arc<Surreal<Any>>,
    remote: bool,
}

/// Why the database did not do what it was asked.
#[derive(Debug, Error)]
pub enum StoreError {
    /// The address cannot be used.
    #[error("alamat basis data tidak dapat dipakai: {0}")]
    Url(String),
    /// It cannot be opened or reached.
    #[error("basis data {url} tidak dapat dibuka: {source}")]
    Open {
        /// Its address, without a password.
        url: String,
        /// What the database said.
        source: Box<surrealdb::Error>,
    },
    /// Another program holds the folder.
    #[error("basis data {url} sedang dipakai program lain (barangkali server Alur yang lain)")]
    InUse {
        /// Its address.
        url: String,
    },
    /// What the last run left behind in the folder cannot be taken in.
    #[error("catatan terakhir di {url} tidak dapat dibaca: {why}")]
    WriteAhead {
        /// Its address.
        url: String,
        /// What the engine said.
        why: String,
    },
    /// The tables are not those of this build.
    #[error(transparent)]
    Schema(#[from] SchemaError),
    /// A row of the log carries something that is no hash.
    #[error("catatan {seq} diubah setelah ditulis: isinya bukan SHA-256")]
    BadHash {
        /// The row.
        seq: Seq,
    },
    /// It does not answer.
    #[error("basis data tidak menjawab dalam {} detik", PATIENCE.as_secs())]
    Silent,
    /// A statement failed.
    #[error("basis data menjawab dengan kesalahan: {0}")]
    Database(#[source] Box<surrealdb::Error>),
}

impl From<surrealdb::Error> for StoreError {
    fn from(error: surrealdb::Error) -> Self {
        Self::Database(Box::new(error))
    }
}

impl StoreError {
    /// Whether another writer was first, or is just being first.
    pub(crate) fn is_conflict(&self) -> bool {
        let Self::Database(error) = self else { return false };
        error.is_already_exists() || matches!(error.query_details(), Some(QueryError::TransactionConflict))
    }
}

impl Store {
    /// Opens a database and brings its tables up to this build: `surrealkv://PATH?sync=every`,
    /// `mem://`, or a SurrealDB server at `ws://USER:PASSWORD@HOST:8000`.
    ///
    /// # Errors
    /// One clear line if the address is bad, the database cannot be reached or is in use, or
    /// its tables were made by a newer program.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        let url: DbUrl = url.parse()?;
        let failed = |source: surrealdb::Error| url.failed(source);
        if let Some(folder) = url.folder() {
            write_ahead::put_away(folder.to_owned()).await.map_err(|why| url.left_behind(why))?;
        }
        let db = connect(url.endpoint()).await.map_err(failed)?;
        if let Some((username, password)) = url.login() {
            db.signin(Root { username, password }).await.map_err(failed)?;
        }
        db.use_ns(NAMESPACE).use_db(DATABASE).await.map_err(failed)?;
        schema::apply(&db).await?;
        Ok(Self { db: Arc::new(db), remote: url.is_remote() })
    }

    /// Whether the database is a server of its own, which other servers may write to as well.
    pub fn is_remote(&self) -> bool {
        self.remote
    }

    /// Asks the database for a sign of life.
    ///
    /// # Errors
    /// If it does not answer.
    pub async fn ping(&self) -> Result<(), StoreError> {
        self.db.query("RETURN true").await?.check()?;
        Ok(())
    }

    /// The connection, for the other files of this folder.
    pub(crate) fn db(&self) -> &Surreal<Any> {
        &self.db
    }
}
