//! Opening an office: everything that has to be there before the first request.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use desk::office::Desk;
use desk::report::Sizes;
use thiserror::Error;

use crate::Deps;
use crate::control::Bench;
use services::account::Accounts;
use services::assets::Assets;
use services::audit::Journal;
use services::clock::Clock;
use services::display::Displays;
use services::door::Crowd;
use services::feed::Feeds;
use services::files::{self, Bounds, DiskOf, Gauge, Shelf, Space};
use services::founding::{self, FoundingError};
use services::live::{Hub, Seats};
use services::mail::{Mailroom, Sender, Setup};
use services::office::{OfficeService, OpenError};
use services::own::OwnAddress;
use services::own::Switch;
use services::practice;
use services::report::Reports;
use services::session::Sessions;
use services::store::{Store, StoreError};

/// What is to be opened.
#[derive(Clone, Debug)]
pub struct Opening {
    /// The data folder, which is there.
    pub data: PathBuf,
    /// The address of the database.
    pub database: String,
    /// The folder with the browser's program and public files.
    pub site: PathBuf,
    /// The office's clock.
    pub clock: Clock,
    /// Whether it is a practice office.
    pub practice: bool,
    /// Where it listens.
    pub listening: SocketAddr,
    /// Whether there is TLS in front of it; without a word, if `url` says so, or a proxy of a request.
    pub secure: Option<Switch>,
    /// Proxies whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed.
    pub trusted: Arc<[IpAddr]>,
    /// How large the files of a report may be.
    pub sizes: Sizes,
    /// How much may lie on the disk.
    pub keeping: Keeping,
    /// How many may be connected.
    pub crowd: Crowd,
    /// Where mail goes; `None`: nowhere.
    pub sender: Option<Sender>,
    /// How people reach Alur, without a slash at its end.
    pub url: Option<String>,
}

/// How much may lie on the disk.
#[derive(Clone, Default)]
pub struct Keeping {
    /// Of what the log does not name.
    pub limits: files::Limits,
    /// What is kept free for the log, in bytes; `None`: what is usual for a disk of its size.
    pub reserve: Option<u64>,
    /// What tells how much room there is; `None`: the disk itself.
    pub gauge: Option<Arc<dyn Gauge>>,
    /// How its work stands back.
    pub politeness: files::Politeness,
}

impl std::fmt::Debug for Keeping {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Keeping").field("limits", &self.limits).field("reserve", &self.reserve).finish()
    }
}

/// An office that is open.
pub struct Opened {
    /// The office.
    pub office: Arc<OfficeService>,
    /// What the router is made of.
    pub deps: Deps,
    /// What the control socket works with.
    pub bench: Bench,
}

/// Why an office could not be opened. One line for the person.
#[derive(Debug, Error)]
pub enum OpeningError {
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The log.
    #[error(transparent)]
    Office(#[from] OpenError),
    /// What every office has from the first day.
    #[error(transparent)]
    Founding(#[from] FoundingError),
    /// There are received files, and a database that knows of nothing.
    #[error(
        "{} berisi berkas kantor, tetapi basis datanya kosong. Pulihkan cadangan terakhir ke folder data lain \
         yang kosong dengan `alur restore`, dan simpan folder ini untuk diperiksa",
        _0.display()
    )]
    Orphaned(PathBuf),
    /// A folder.
    #[error("{}: {source}", path.display())]
    Folder {
        /// Which.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

/// Opens an office, and founds it if it is new.
///
/// # Errors
/// [`OpeningError`].
pub async fn open(opening: Opening) -> Result<Opened, OpeningError> {
    let trusted = Arc::clone(&opening.trusted);
    let own = Arc::new(OwnAddress::new(
        opening.url.clone(),
        opening.listening,
        opening.secure,
        Arc::clone(&trusted),
    ));
    let assets = Assets::open(opening.site.clone()).map_err(folder(opening.site.clone()))?;
    let store = Store::open_in(&opening.database, Some(&opening.data)).await?;
    let sessions = Arc::new(Sessions::open(store.clone(), Clock::system().now()).await?);
    let accounts = Arc::new(Accounts::open(store.clone(), Arc::clone(&sessions)).await?);
    let journal = Journal::new(store.clone());
    let displays = Arc::new(Displays::open(store.clone()).await?);
    let files = opening.data.join(files::FOLDER);
    let shelf = Arc::new(shelf(&opening, &store, files.clone()).await?);
    let hub = Hub::new(assets.build().to_owned(), opening.clock.clone());
    let office = OfficeService::start(store.clone(), opening.clock.clone(), Arc::clone(&hub)).await?;
    let there = Founding { store: &store, accounts: &accounts, shelf: &shelf, office: &office };
    there.check(&files).await?;
    there.found(opening.practice).await?;
    let desk = Arc::clone(&office) as Arc<dyn Desk>;
    let reports = Arc::new(Reports::new(
        store.clone(),
        Arc::clone(&desk),
        Arc::clone(&shelf),
        Arc::clone(&sessions),
        opening.sizes,
        own.url().to_owned(),
        opening.practice,
    ));
    let setup = Setup { sender: opening.sender, site: opening.url.clone(), practice: opening.practice };
    let mailroom = Mailroom::open(store.clone(), Arc::clone(&desk), Arc::clone(&accounts), setup).await?;
    let feeds = Feeds::new(store.clone(), Arc::clone(&desk), Arc::clone(&accounts), opening.url);
    let known = Arc::clone(&desk);
    accounts.know_agencies(move || known.office().agencies.values().cloned().collect());
    let bench = Bench {
        store: store.clone(),
        accounts: Arc::clone(&accounts),
        journal: journal.clone(),
        data: opening.data,
        files,
    };
    let deps = Deps {
        store,
        desk,
        hub,
        accounts,
        sessions,
        shelf,
        reports,
        displays,
        mailroom: Arc::new(mailroom),
        feeds: Arc::new(feeds),
        journal,
        assets: Arc::new(assets),
        practice: opening.practice,
        own,
        trusted,
        seats: Arc::new(Seats::new(opening.crowd)),
    };
    Ok(Opened { office, deps, bench })
}

/// The shelf of received files, within what may lie there.
async fn shelf(opening: &Opening, store: &Store, files: PathBuf) -> Result<Shelf, OpeningError> {
    let Keeping { limits, reserve, gauge, politeness } = opening.keeping.clone();
    let gauge = gauge.unwrap_or_else(|| Arc::new(DiskOf(opening.data.clone())));
    let space = Space::new(gauge, reserve, opening.sizes.file.max(files::LARGEST));
    let bounds = Bounds { limits, space, held: store.holdings().await?, politeness };
    Shelf::open(files.clone(), store.clone(), bounds).map_err(folder(files))
}

/// What an office is founded with.
struct Founding<'a> {
    store: &'a Store,
    accounts: &'a Accounts,
    shelf: &'a Shelf,
    office: &'a OfficeService,
}

impl Founding<'_> {
    /// Refuses a database that knows of nothing beside files that an office has received; remembers
    /// that there was an administrator.
    async fn check(&self, files: &Path) -> Result<(), OpeningError> {
        if self.accounts.has_admin() {
            self.store.remember_admin().await?;
        } else if self.office.office().seq == 0 && self.shelf.holds_any().map_err(folder(files.to_owned()))? {
            return Err(OpeningError::Orphaned(files.to_owned()));
        }
        Ok(())
    }

    /// Gives a new office what it has from the first day.
    async fn found(&self, practice: bool) -> Result<(), OpeningError> {
        if practice {
            practice::open(self.office, self.accounts, self.shelf).await?;
        } else {
            founding::found(self.office, self.office.now()).await?;
        }
        Ok(())
    }
}

fn folder(path: PathBuf) -> impl FnOnce(io::Error) -> OpeningError {
    move |source| OpeningError::Folder { path, source }
}
