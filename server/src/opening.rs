//! Opening an office: everything that has to be there before the first request.

use std::io;
use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::Arc;

use app::run::port::Desk;
use app::submission::Sizes;
use thiserror::Error;

use crate::account::Accounts;
use crate::assets::Assets;
use crate::clock::Clock;
use crate::config::Switch;
use crate::control;
use crate::display::Displays;
use crate::feed::Feeds;
use crate::files::{self, Shelf};
use crate::founding::{self, FoundingError};
use crate::live::Hub;
use crate::mail::{Mailroom, Sender, Setup};
use crate::office::{OfficeService, OpenError};
use crate::report::Reports;
use crate::session::Sessions;
use crate::store::{Store, StoreError};
use crate::{Deps, practice};

/// What is to be opened.
#[derive(Clone, Debug)]
pub struct Plan {
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
    /// Whether cookies are `Secure`; without a word, when a request came over https.
    pub secure: Option<Switch>,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted: Arc<[IpAddr]>,
    /// How large the files of a report may be.
    pub sizes: Sizes,
    /// Where mail goes; `None`: nowhere.
    pub sender: Option<Sender>,
    /// How people reach Alur, without a slash at its end.
    pub url: Option<String>,
}

/// An office that is open.
pub struct Opened {
    /// The office.
    pub office: Arc<OfficeService>,
    /// What the router is made of.
    pub deps: Deps,
    /// What the control socket works with.
    pub desk: control::Desk,
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
pub async fn open(plan: Plan) -> Result<Opened, OpeningError> {
    let Plan { data, database, site, clock, practice, secure, trusted, sizes, sender, url } = plan;
    let assets = Assets::open(site.clone()).map_err(folder(site))?;
    let store = Store::open(&database).await?;
    let sessions = Arc::new(Sessions::open(store.clone(), Clock::system().now()).await?);
    let accounts = Arc::new(Accounts::open(store.clone(), Arc::clone(&sessions)).await?);
    let displays = Arc::new(Displays::open(store.clone()).await?);
    let files = data.join(files::FOLDER);
    let shelf = Shelf::open(files.clone(), store.clone()).map_err(folder(files.clone()))?;
    let hub = Hub::new(assets.build().to_owned(), clock.clone());
    let office = OfficeService::start(store.clone(), clock, Arc::clone(&hub)).await?;
    if practice {
        practice::open(&office, &accounts, &shelf).await?;
    } else {
        founding::found(&office, office.now()).await?;
    }
    let shelf = Arc::new(shelf);
    let reports = Arc::new(Reports::new(
        store.clone(),
        Arc::clone(&office) as Arc<dyn Desk>,
        Arc::clone(&shelf),
        Arc::clone(&sessions),
        sizes,
        practice,
    ));
    let setup = Setup { sender, site: url.clone(), practice };
    let (to_mail, to_feeds) = (Arc::clone(&office) as Arc<dyn Desk>, Arc::clone(&office) as Arc<dyn Desk>);
    let mailroom = Mailroom::open(store.clone(), to_mail, Arc::clone(&accounts), setup).await?;
    let feeds = Feeds::new(store.clone(), to_feeds, Arc::clone(&accounts), url);
    let desk = control::Desk { store: store.clone(), accounts: Arc::clone(&accounts), files };
    let deps = Deps {
        store,
        desk: Arc::clone(&office) as Arc<dyn Desk>,
        hub,
        accounts,
        sessions,
        shelf,
        reports,
        displays,
        mailroom: Arc::new(mailroom),
        feeds: Arc::new(feeds),
        assets: Arc::new(assets),
        practice,
        secure,
        trusted,
    };
    Ok(Opened { office, deps, desk })
}

fn folder(path: PathBuf) -> impl FnOnce(io::Error) -> OpeningError {
    move |source| OpeningError::Folder { path, source }
}
