//! An office in this process, on a disk of its own.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use desk::office::Desk;
use domain::office::{Actor, Command, Office};
use services::clock::Clock;
use services::live::Hub;
use services::office::{OfficeService, OpenError};
use services::store::{Store, StoreError};
use surrealdb::Surreal;
use surrealdb::engine::any::{Any, connect};
use tempfile::TempDir;

use super::{Clerk, procedure};

/// The present in every test office: Thursday 7 January 2027, 10.47 WIB.
pub(crate) fn now() -> DateTime<Utc> {
    "2027-01-07T10:47:00+07:00".parse().unwrap()
}

/// An office, its database, and the hub that it publishes to.
pub(crate) struct TestOffice {
    folder: TempDir,
    /// The database.
    pub(crate) store: Store,
    /// What is published.
    pub(crate) hub: Arc<Hub>,
    /// The service.
    pub(crate) office: Arc<OfficeService>,
}

impl TestOffice {
    /// An office without anything in it, on surrealkv.
    pub(crate) async fn empty() -> Self {
        let folder = TempDir::new().unwrap();
        let store = Store::open(&url(&folder)).await.unwrap();
        Self::over(folder, store).await.unwrap()
    }

    /// An office in whose run the cell 2.staf has its turn: record 4 is the next.
    pub(crate) async fn founded() -> Self {
        let test = Self::empty().await;
        let sop = procedure();
        let start = Command::StartRun { sop: sop.key.clone(), data_year: 2026 };
        let founder = Clerk(Actor::system());
        founder.submit(&test.office, Command::PublishSop { sop: Box::new(sop) }).await.unwrap();
        Clerk::staff("staf").submit(&test.office, start).await.unwrap();
        Clerk::staff("staf").submit(&test.office, super::finish("1.staf", 1)).await.unwrap();
        test
    }

    /// The state after the last durable event.
    pub(crate) fn state(&self) -> Arc<Office> {
        self.office.office()
    }

    /// Another server on the same database, which looks at the log every few milliseconds.
    pub(crate) async fn other_server(&self) -> Arc<OfficeService> {
        let clock = Clock::frozen(now());
        let hub = Hub::new("uji".to_owned(), clock.clone());
        let follow = Some(Duration::from_millis(5));
        OfficeService::start_following(self.store.clone(), clock, hub, follow).await.unwrap()
    }

    /// Stops the office and gives back its folder, with nobody holding the database.
    pub(crate) async fn close(self) -> TempDir {
        self.office.stop().await;
        self.folder
    }

    /// Opens the office in a folder, as after a restart.
    pub(crate) async fn open(folder: TempDir) -> Result<Self, OpenError> {
        let store = open(&folder).await?;
        Self::over(folder, store).await
    }

    async fn over(folder: TempDir, store: Store) -> Result<Self, OpenError> {
        let clock = Clock::frozen(now());
        let hub = Hub::new("uji".to_owned(), clock.clone());
        let office = OfficeService::start(store.clone(), clock, Arc::clone(&hub)).await?;
        Ok(Self { folder, store, hub, office })
    }
}

/// Opens the database of a folder as soon as nobody else holds it.
pub(crate) async fn open(folder: &TempDir) -> Result<Store, StoreError> {
    let url = url(folder);
    when_free(async || Store::open(&url).await, |error| matches!(error, StoreError::InUse { .. })).await
}

/// Opens something that its last user is about to let go of: the engine frees its folder a
/// moment after the last handle is dropped.
pub(crate) async fn when_free<T, E>(
    open: impl AsyncFn() -> Result<T, E>,
    in_use: impl Fn(&E) -> bool,
) -> Result<T, E> {
    let deadline = Instant::now() + Duration::from_secs(20);
    loop {
        match open().await {
            Err(error) if in_use(&error) && Instant::now() < deadline => tokio::task::yield_now().await,
            opened => return opened,
        }
    }
}

/// The database of a folder by itself, for doing something to it behind the office's back.
pub(crate) async fn raw(folder: &Path) -> Surreal<Any> {
    let url = format!("surrealkv://{}/db?sync=every", folder.display());
    let in_use = |error: &surrealdb::Error| error.to_string().contains("already locked");
    let db = when_free(async || connect(url.as_str()).await, in_use).await.unwrap();
    db.use_ns("alur").use_db("office").await.unwrap();
    db
}

fn url(folder: &TempDir) -> String {
    format!("surrealkv://{}/db?sync=every", folder.path().display())
}
