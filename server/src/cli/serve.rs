//! `alur serve` and `alur practice`: opens the office and serves it until told to stop.

use std::net::SocketAddr;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use services::clock::Clock;
use services::door::{Crowd, Door};
use tokio::net::TcpListener;
use tokio::time::{sleep, timeout};

use super::announce::announce;
use super::failure::Failure;
use super::folder::finished;
use super::signals::Signals;
use super::{background, log};
use crate::config::Options;
use crate::control;
use crate::opening::{Opened, Opening, open};
use crate::router;

/// How long requests in progress may take to end once the server is told to stop.
const DRAIN: Duration = Duration::from_secs(10);
/// How long live connections may take to close.
const CLOSING: Duration = Duration::from_secs(3);

pub(super) async fn run(options: &Options, practice: bool) -> Result<(), Failure> {
    let clock = clock(options, practice)?;
    log::begin();
    let data = options.data(practice);
    prepare(&data)?;
    // Before the database, so that a second server on the same port changes nothing.
    let (listener, address) = listen(options.addr).await?;
    let crowd = options.crowd().within(most_files());
    let opened = open(opening(options, practice, data.clone(), clock, address)).await?;
    // Without it the office works all the same.
    let _control = control::listen(&data, opened.bench.clone())
        .inspect_err(|error| tracing::warn!(%error, "no control socket: backups need the server stopped"));
    work(listener, address, &opened, crowd).await?;
    close(&opened).await;
    Ok(())
}

/// Serves until told to stop, and sends mail and tidies up meanwhile.
async fn work(
    listener: TcpListener,
    address: SocketAddr,
    opened: &Opened,
    crowd: Crowd,
) -> Result<(), Failure> {
    let Opened { deps, bench, .. } = opened;
    let background = background::begin(deps);
    let mail = tokio::spawn(Arc::clone(&deps.mailroom).work());
    let signals = Signals::listen()?;
    announce(deps, address)?;
    let looking = tokio::spawn(background::look_through_files(deps.clone(), bench.files.clone()));
    serve(listener, opened, crowd, signals).await;
    drop(background);
    looking.abort();
    if timeout(DRAIN, deps.mailroom.stop()).await.is_err() {
        tracing::warn!("a mail did not end in time");
    }
    mail.abort();
    Ok(())
}

/// Serves until told to stop, then lets requests in progress come to their end.
async fn serve(listener: TcpListener, opened: &Opened, crowd: Crowd, mut signals: Signals) {
    let (hub, deps) = (Arc::clone(&opened.deps.hub), opened.deps.clone());
    let door = Door::new(crowd, Arc::clone(&deps.trusted));
    let stop = async {
        signals.come().await;
        // Long polls and sockets would otherwise go on for as long as they like.
        hub.close();
    };
    if !door.serve(listener, router(deps), stop, DRAIN).await {
        tracing::warn!("some requests did not end in time");
    }
}

/// Lets the last commands and live connections come to their end.
async fn close(opened: &Opened) {
    opened.office.stop().await;
    if let Err(error) = opened.deps.journal.settle().await {
        tracing::error!(%error, "the last counts of the trail could not be written");
    }
    let closed = async {
        while opened.deps.hub.connections() > 0 {
            sleep(Duration::from_millis(10)).await;
        }
    };
    if timeout(CLOSING, closed).await.is_err() {
        tracing::warn!("some live connections did not close in time");
    }
    tracing::info!("stopped");
}

/// The machine's clock, or in practice the one that was told.
fn clock(options: &Options, practice: bool) -> Result<Clock, Failure> {
    match options.now.as_deref() {
        Some(told) if practice => Ok(told.parse()?),
        _ => Ok(Clock::system()),
    }
}

/// Makes the data folder, for the owner's eyes only.
fn prepare(data: &Path) -> Result<(), Failure> {
    let made = std::fs::DirBuilder::new().recursive(true).mode(0o700).create(data);
    made.map_err(Failure::io(data.display().to_string()))?;
    finished(data)?;
    Ok(())
}

/// Listens, and where: the port may have been left to the system.
async fn listen(at: SocketAddr) -> Result<(TcpListener, SocketAddr), Failure> {
    let listener = TcpListener::bind(at).await.map_err(Failure::io(format!("alamat {at}")))?;
    let address = listener.local_addr().map_err(Failure::io("alamat"))?;
    Ok((listener, address))
}

/// What the options say of the office that is to be opened.
fn opening(options: &Options, practice: bool, data: PathBuf, clock: Clock, listening: SocketAddr) -> Opening {
    Opening {
        database: options.database(&data),
        data,
        site: options.site(),
        clock,
        practice,
        listening,
        secure: options.secure,
        trusted: options.trust_proxy.clone().into(),
        sizes: options.sizes(),
        keeping: options.keeping(),
        crowd: options.crowd(),
        sender: options.sender(),
        url: options.url.clone(),
    }
}

/// How many files may be open: a page that is open holds a socket, and the usual limit is a thousand.
fn most_files() -> u64 {
    let most = rlimit::increase_nofile_limit(u64::MAX).unwrap_or_default();
    tracing::debug!(most, "open files");
    most
}
