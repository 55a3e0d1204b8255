//! Opening a database: nothing of it is lost before it is known that the start may go on.

use std::fs::File;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use domain::id::Seq;
use rustix::fs::{FlockOperation, flock};
use surrealdb::Surreal;
use surrealdb::engine::any::{Any, connect};
use surrealdb::opt::auth::Root;
use tokio::task::spawn_blocking;
use tokio::time::timeout;

use super::aside::Aside;
use super::disk::{self, Broken, Damage, Found};
use super::loss::{Damaged, Loss, kept_aside};
use super::mark::{Mark, Read, Remembered};
use super::turn::Turn;
use super::url::DbUrl;
use super::{Store, StoreError, schema, write_ahead};
use crate::clock::Clock;

/// How long the engine may take to open a database,
const PATIENCE: Duration = Duration::from_secs(9);
/// Namespace and database of an office inside its SurrealDB.
const NAMESPACE: &str = "alur";
const DATABASE: &str = "office";
/// and for so many bytes of its log a second more.
const A_SECOND: u64 = 4 << 20;

impl Store {
    /// Opens a database and brings its tables up to this build: `surrealkv://PATH?sync=every`,
    /// `mem://`, or a SurrealDB server at `ws://USER:PASSWORD@HOST:8000`. What was acknowledged is
    /// remembered beside a database of our own, and in `data` for a server's.
    ///
    /// # Errors
    /// One clear line if the address is bad, the database cannot be reached or is in use, its
    /// tables were made by a newer program, or something is missing that was acknowledged.
    pub async fn open_in(url: &str, data: Option<&Path>) -> Result<Self, StoreError> {
        Self::open_as(url, data, schema::version()).await
    }

    /// The same with the tables of an earlier build, for rows that come from there.
    ///
    /// # Errors
    /// As [`Store::open_in`].
    pub async fn open_as(url: &str, data: Option<&Path>, schema: u32) -> Result<Self, StoreError> {
        let url: DbUrl = url.parse()?;
        if let Some(folder) = url.folder() {
            return open_folder(&url, folder, schema).await;
        }
        match data.filter(|_| url.is_remote()) {
            None => Ok(Self::over(connect_to(&url, schema).await?, &url)),
            Some(data) => {
                let (mark, read) = take_mark(&url, &data.join("db.mark"))?;
                let store = Self::over(connect_to(&url, schema).await?, &url);
                holding(store, mark, read, url.endpoint(), None).await
            }
        }
    }

    /// Brings the tables up to this build.
    ///
    /// # Errors
    /// If a step of the schema fails.
    pub async fn upgrade(&self) -> Result<(), StoreError> {
        Ok(schema::apply(self.db(), schema::version()).await?)
    }

    /// The same, where nothing is to be remembered of a server's database.
    ///
    /// # Errors
    /// As [`Store::open_in`].
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        Self::open_in(url, None).await
    }

    fn over(db: Surreal<Any>, url: &DbUrl) -> Self {
        let folder = url.folder().map(Path::to_owned);
        let turn = folder.is_some().then(|| Arc::new(Turn::default()));
        Self { db: Arc::new(db), remote: url.is_remote(), folder, mark: None, turn, notices: Vec::new() }
    }
}

async fn connect_to(url: &DbUrl, schema: u32) -> Result<Surreal<Any>, StoreError> {
    let failed = |source: surrealdb::Error| url.failed(source);
    let db = connect(url.endpoint()).await.map_err(failed)?;
    if let Some((username, password)) = url.login() {
        db.signin(Root { username, password }).await.map_err(failed)?;
    }
    db.use_ns(NAMESPACE).use_db(DATABASE).await.map_err(failed)?;
    schema::apply(&db, schema).await?;
    Ok(db)
}

/// Takes the lock that comes with the mark, and what stands in it.
fn take_mark(url: &DbUrl, path: &Path) -> Result<(Mark, Read), StoreError> {
    Mark::open(path)?.ok_or_else(|| StoreError::InUse { url: url.endpoint().to_owned() })
}

async fn open_folder(url: &DbUrl, folder: &Path, schema: u32) -> Result<Store, StoreError> {
    let failed = |source| StoreError::Folder { path: folder.to_owned(), source };
    let folder = &std::path::absolute(folder).map_err(failed)?;
    std::fs::create_dir_all(folder.parent().unwrap_or(folder)).map_err(failed)?;
    let (mark, read) = take_mark(url, &folder.with_added_extension("mark"))?;
    if is_held(folder).map_err(failed)? {
        return Err(StoreError::InUse { url: url.endpoint().to_owned() });
    }
    let aside = Arc::new(Aside::of(folder));
    aside.settle().map_err(failed)?;
    let remembered = (read == Read::Whole).then(|| mark.now());
    let broken = look(folder, remembered.clone()).await?;
    let copied = disk::newest_values(folder).map_err(|damage| damaged(folder, Some(damage), remembered))?;
    on_disk(&aside, move |aside| aside.put(copied.as_deref())).await.map_err(failed)?;

    // Until here nothing was changed. What is changed from here on is put back at the next start,
    // unless this one comes to its end.
    let damage = broken.clone().filter(|broken| broken.goes_on);
    let mut store = begin((url, schema), folder, mark, read, broken).await?;
    match damage {
        None => on_disk(&aside, Aside::release).await.map_err(failed)?,
        Some(broken) => {
            let name = format!("rusak-{}", Clock::system().now().timestamp());
            let kept = on_disk(&aside, move |aside| aside.keep(&name)).await.map_err(failed)?;
            store.notices.push(kept_aside(&broken, &kept));
        }
    }
    Ok(store)
}

/// Whether a program that does not know of marks, or one that is just ending, has it open.
fn is_held(folder: &Path) -> io::Result<bool> {
    let lock = match File::open(folder.join("LOCK")) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        lock => lock?,
    };
    match flock(&lock, FlockOperation::NonBlockingLockExclusive) {
        Err(error) if error.kind() == io::ErrorKind::WouldBlock => Ok(true),
        done => Ok(done.map(|()| false)?),
    }
}

/// Looks at the files. The answer is where the write-ahead log cannot be read, if it cannot.
async fn look(folder: &Path, remembered: Option<Remembered>) -> Result<Option<Broken>, StoreError> {
    let (place, looked) = (folder.to_owned(), folder.to_owned());
    let found = spawn_blocking(move || disk::inspect(&looked)).await;
    let found = found.unwrap_or_else(|error| Err(Damage { file: place, why: error.to_string() }));
    match found {
        Err(damage) => Err(damaged(folder, Some(damage), remembered)),
        Ok(Found::Nothing) if remembered.as_ref().is_some_and(Remembered::is_something) => {
            Err(damaged(folder, None, remembered))
        }
        Ok(Found::Nothing) => Ok(None),
        // How much is missing will be known when the engine has read what it can; but only if it
        // is known how much there was.
        Ok(Found::Database { broken: Some(broken), .. }) if broken.goes_on && remembered.is_none() => {
            Err(damaged(folder, Some(broken.damage()), None))
        }
        Ok(Found::Database { broken, .. }) => Ok(broken),
    }
}

fn damaged(folder: &Path, damage: Option<Damage>, remembered: Option<Remembered>) -> StoreError {
    StoreError::Damaged(Box::new(Damaged { folder: folder.to_owned(), damage, remembered }))
}

async fn on_disk<T: Send + 'static>(
    aside: &Arc<Aside>,
    work: impl FnOnce(&Aside) -> io::Result<T> + Send + 'static,
) -> io::Result<T> {
    let aside = Arc::clone(aside);
    spawn_blocking(move || work(&aside)).await.map_err(io::Error::other)?
}

/// Lets the engine open the database, and compares what it holds with what is remembered.
async fn begin(
    (url, schema): (&DbUrl, u32),
    folder: &Path,
    mark: Mark,
    read: Read,
    broken: Option<Broken>,
) -> Result<Store, StoreError> {
    let log = disk::log_size(folder).map_err(|damage| damaged(folder, Some(damage), None))?;
    let patience = PATIENCE + Duration::from_secs(log / A_SECOND);
    let opening = async {
        write_ahead::put_away(folder.to_owned()).await.map_err(|why| url.left_behind(why))?;
        connect_to(url, schema).await
    };
    let stuck = |_| StoreError::Stuck { url: url.endpoint().to_owned(), seconds: patience.as_secs() };
    let db = timeout(patience, opening).await.map_err(stuck)??;
    holding(Store::over(db, url), mark, read, &folder.display().to_string(), broken).await
}

/// The store, if it holds what is remembered. If nothing was remembered, what it holds now is.
async fn holding(
    mut store: Store,
    mark: Mark,
    read: Read,
    place: &str,
    broken: Option<Broken>,
) -> Result<Store, StoreError> {
    let (remembered, writes) = (mark.now(), store.writes_so_far().await?);
    let last = remembered.log.seq;
    let there = store.end_at(last).await? == Some(remembered.log);
    if !there || writes < remembered.writes {
        let last_record = if there { last } else { store.last_record(last).await? };
        let place = place.to_owned();
        return Err(StoreError::Lost(Box::new(Loss { place, remembered, last_record, writes, broken })));
    }
    if read != Read::Whole {
        let last = store.last_record(Seq::MAX).await?;
        mark.begin(store.end_at(last).await?.unwrap_or_default(), writes).await?;
        if last > 0 {
            let why = if read == Read::New { "belum ada" } else { "tidak terbaca" };
            store.notices.push(format!(
                "tanda tentang yang sudah diakui (db.mark) {why}, jadi tidak diketahui apakah ada yang hilang; \
                 sekarang ditulis baru dengan {last} catatan"
            ));
        }
    }
    if let Some(turn) = &store.turn {
        turn.begin_at(writes.max(remembered.writes));
    }
    store.mark = Some(Arc::new(mark));
    Ok(store)
}
