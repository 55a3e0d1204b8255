//! `alur serve` and `alur practice`: opens the office and serves it until told to stop.

use std::convert::Infallible;
use std::io::IsTerminal;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::os::unix::fs::DirBuilderExt;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use axum::serve::ListenerExt;
use tokio::net::TcpListener;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::oneshot;
use tokio::task::JoinSet;
use tokio::time::{MissedTickBehavior, interval, sleep, timeout};
use tracing_subscriber::EnvFilter;

use super::{Failure, finished, tell};
use crate::account::Accounts;
use crate::clock::Clock;
use crate::config::Options;
use crate::opening::{Opened, Plan, open};
use crate::{Deps, control, health, router};

/// How long requests in progress may take to end once the server is told to stop.
const DRAIN: Duration = Duration::from_secs(10);
/// How long live connections may take to close.
const CLOSING: Duration = Duration::from_secs(3);
/// How often measurements are tidied up.
const TIDY: Duration = Duration::from_secs(5);
/// How often sessions whose time is over are ended.
const SWEEP: Duration = Duration::from_secs(60);
/// How often a database that other servers write to is asked for accounts and sessions.
const FOLLOW: Duration = Duration::from_secs(2);

pub(super) async fn run(options: &Options, practice: bool) -> Result<(), Failure> {
    let clock = match options.now.as_deref() {
        Some(told) if practice => told.parse()?,
        _ => Clock::system(),
    };
    log();
    let data = options.data(practice);
    prepare(&data)?;
    // Before the database, so that a second server on the same port changes nothing.
    let listener =
        TcpListener::bind(options.addr).await.map_err(Failure::io(format!("alamat {}", options.addr)))?;
    let address = listener.local_addr().map_err(Failure::io("alamat"))?;
    let (database, site) = (options.database(&data), options.site());
    let (secure, trusted) = (options.secure, options.trust_proxy.clone().into());
    let (sender, url, sizes) = (options.sender(), options.url.clone(), options.sizes());
    let plan =
        Plan { data: data.clone(), database, site, clock, practice, secure, trusted, sizes, sender, url };
    let opened = open(plan).await?;
    // Without it the office works all the same.
    let _control = control::listen(&data, opened.desk.clone())
        .inspect_err(|error| tracing::warn!(%error, "no control socket: backups need the server stopped"));
    let background = background(&opened.deps);
    let mailroom = Arc::clone(&opened.deps.mailroom);
    let mail = tokio::spawn(Arc::clone(&mailroom).work());
    let signals = Signals::listen()?;
    announce(&opened.deps.accounts, address, practice)?;
    serve(listener, &opened, signals).await?;
    drop(background);
    if timeout(DRAIN, mailroom.stop()).await.is_err() {
        tracing::warn!("a mail did not end in time");
    }
    mail.abort();
    close(&opened).await;
    Ok(())
}

/// Serves until told to stop, then lets requests in progress come to their end.
async fn serve(listener: TcpListener, opened: &Opened, mut signals: Signals) -> Result<(), Failure> {
    let (hub, deps) = (Arc::clone(&opened.deps.hub), opened.deps.clone());
    let service = router(deps).into_make_service_with_connect_info::<SocketAddr>();
    // Events are small and somebody waits for each, so they are sent at once.
    let listener = listener.tap_io(|stream| drop(stream.set_nodelay(true)));
    let (told, was_told) = oneshot::channel();
    let server = axum::serve(listener, service).with_graceful_shutdown(async move {
        signals.come().await;
        // Long polls and sockets would otherwise go on for as long as they like.
        hub.close();
        let _ = told.send(());
    });
    tokio::select! {
        ended = async { server.await } => ended.map_err(Failure::io("server"))?,
        _ = async { let _ = was_told.await; sleep(DRAIN).await } => tracing::warn!("some requests did not end in time"),
    }
    Ok(())
}

/// What has to be done again and again.
fn background(deps: &Deps) -> JoinSet<()> {
    let mut tasks = JoinSet::new();
    tasks.spawn(every(TIDY, async || {
        health::tidy();
        Ok::<_, Infallible>(())
    }));
    let sessions = Arc::clone(&deps.sessions);
    tasks.spawn(every(SWEEP, move || {
        let sessions = Arc::clone(&sessions);
        async move { sessions.sweep(Clock::system().now()).await }
    }));
    if deps.store.is_remote() {
        let (sessions, accounts) = (Arc::clone(&deps.sessions), Arc::clone(&deps.accounts));
        let displays = Arc::clone(&deps.displays);
        tasks.spawn(every(FOLLOW, move || {
            let (sessions, accounts) = (Arc::clone(&sessions), Arc::clone(&accounts));
            let displays = Arc::clone(&displays);
            async move {
                accounts.reload().await?;
                displays.reload(Clock::system().now()).await?;
                sessions.reload(Clock::system().now()).await
            }
        }));
    }
    tasks
}

/// Lets the last commands and live connections come to their end.
async fn close(opened: &Opened) {
    opened.office.stop().await;
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

async fn every<F, E>(period: Duration, work: impl Fn() -> F + Send)
where
    F: Future<Output = Result<(), E>> + Send,
    E: std::fmt::Display,
{
    let mut ticks = interval(period);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        if let Err(error) = work().await {
            tracing::warn!(%error, "work in the background failed and will be tried again");
        }
    }
}

/// Makes the data folder, for the owner's eyes only.
fn prepare(data: &Path) -> Result<(), Failure> {
    let made = std::fs::DirBuilder::new().recursive(true).mode(0o700).create(data);
    made.map_err(Failure::io(data.display().to_string()))?;
    finished(data)?;
    // A page that is open holds a socket, and the usual limit is a thousand.
    let most = rlimit::increase_nofile_limit(u64::MAX).unwrap_or_default();
    tracing::debug!(most, "open files");
    Ok(())
}

/// Says that the office is open. Tests and scripts wait for the line that begins so.
fn announce(accounts: &Accounts, address: SocketAddr, practice: bool) -> Result<(), Failure> {
    let reachable = match address.ip() {
        any if any.is_unspecified() => IpAddr::from(Ipv4Addr::LOCALHOST),
        ip => ip,
    };
    let site = format!("http://{}", SocketAddr::new(reachable, address.port()));
    if practice {
        return tell(format!("Alur siap: {site} (latihan) — klik tautan, pilih akun di halaman masuk."));
    }
    if !accounts.has_admin() {
        let key = accounts.make_first_link().map_err(|error| Failure::Said(error.to_string()))?;
        tell(format!("Belum ada administrator. Buat di sini (berlaku sekali): {site}/pertama?kunci={key}"))?;
    }
    tell(format!("Alur siap: {site}"))
}

/// Lines for a person at a terminal, JSON for everything else.
fn log() {
    let filter = EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| EnvFilter::new("info,surrealdb=warn,surrealkv=warn"));
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // One that is there already, in a test, is as good.
    let _ = if std::io::stderr().is_terminal() {
        builder.try_init()
    } else {
        builder.json().with_span_list(false).try_init()
    };
    std::panic::set_hook(Box::new(|panic| tracing::error!(%panic, "panic")));
}

/// The signals that stop the server.
struct Signals {
    terminate: Signal,
    interrupt: Signal,
}

impl Signals {
    /// Listens from now on. Before that a signal ends the program on the spot, which loses
    /// nothing either.
    fn listen() -> Result<Self, Failure> {
        let listen = |kind| signal(kind).map_err(Failure::io("sinyal"));
        Ok(Self { terminate: listen(SignalKind::terminate())?, interrupt: listen(SignalKind::interrupt())? })
    }

    async fn come(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
        tracing::info!("told to stop");
    }
}
