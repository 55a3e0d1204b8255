//! What has to be done again and again while the office is open.

use std::convert::Infallible;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use services::clock::Clock;
use services::files::{self, Alarm};
use services::health;
use services::store::StoreError;
use tokio::task::JoinSet;
use tokio::time::{MissedTickBehavior, interval, sleep};

use super::tell::tell;
use crate::Deps;

/// How often measurements are tidied up.
const TIDY: Duration = Duration::from_secs(5);
/// How often sessions whose time is over are ended.
const SWEEP: Duration = Duration::from_secs(60);
/// How often what the trail has counted is written.
const SETTLE: Duration = Duration::from_secs(30);
/// How often what is kept for a time only is looked through: links, browsers, the trail.
const FORGET: Duration = Duration::from_secs(60 * 60);
/// How often it is looked for files that may go.
const LOOK_AT_FILES: Duration = Duration::from_secs(10 * 60);
/// When that begins.
const AT_FIRST: Duration = Duration::from_secs(60);
/// How often it is looked whether the disk is full.
const LOOK_AT_DISK: Duration = Duration::from_secs(60);
/// How often a database that other servers write to is asked for accounts and sessions.
const FOLLOW: Duration = Duration::from_secs(2);

/// Begins all of it; it ends when the answer is dropped.
pub(super) fn begin(deps: &Deps) -> JoinSet<()> {
    let mut tasks = JoinSet::new();
    tasks.spawn(every(TIDY, (), |()| async {
        health::tidy();
        Ok::<_, Infallible>(())
    }));
    tasks.spawn(every(SWEEP, deps.clone(), |deps| async move { deps.sessions.sweep(now()).await }));
    tasks.spawn(every(SETTLE, deps.clone(), |deps| async move { deps.journal.settle().await }));
    tasks.spawn(every(FORGET, deps.clone(), forget));
    tasks.spawn(sweep_files(deps.clone()));
    let alarm = Arc::new(Alarm::new(Arc::clone(&deps.shelf), Arc::clone(&deps.mailroom)));
    tasks.spawn(every(LOOK_AT_DISK, alarm, |alarm| async move { alarm.look().await }));
    if deps.store.is_remote() {
        tasks.spawn(every(FOLLOW, deps.clone(), follow));
    }
    tasks
}

/// Holds every received file against its hash, politely, while the office is at work.
pub(super) async fn look_through_files(deps: Deps, folder: PathBuf) {
    let list = match deps.store.file_rows().await {
        Ok(rows) => rows.readable(),
        Err(error) => return tracing::error!(%error, "received files could not be looked through"),
    };
    let looking = tokio::task::spawn_blocking(move || files::inspect(&folder, &list, true, |_| {}));
    for fault in looking.await.unwrap_or_default() {
        tracing::error!(fault, "a received file is not what it was");
        let _ = tell(format!("Perhatian: {fault}"));
    }
}

async fn forget(deps: Deps) -> Result<(), StoreError> {
    deps.accounts.sweep(now()).await?;
    deps.journal.sweep().await
}

async fn sweep_files(deps: Deps) {
    // The first look reads the whole log, and those who come after a start go first.
    sleep(AT_FIRST).await;
    every(LOOK_AT_FILES, deps, |deps| async move { deps.shelf.sweep(now()).await.map(drop) }).await;
}

/// Takes over what other servers on the same database have done.
async fn follow(deps: Deps) -> Result<(), StoreError> {
    deps.accounts.reload().await?;
    deps.displays.reload(now()).await?;
    deps.sessions.reload(now()).await
}

fn now() -> DateTime<Utc> {
    Clock::system().now()
}

async fn every<C, F, E>(period: Duration, with: C, work: impl Fn(C) -> F + Send)
where
    C: Clone + Send,
    F: Future<Output = Result<(), E>> + Send,
    E: std::fmt::Display,
{
    let mut ticks = interval(period);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        if let Err(error) = work(with.clone()).await {
            tracing::warn!(%error, "work in the background failed and will be tried again");
        }
    }
}
