//! The office as a service: load, then for ever decide, append, publish.
//!
//! One writer decides everything, so that what it decides on is always the present. It
//! gathers the commands that wait and commits them together; nobody is answered, and
//! nothing is shown to anybody, before it is durable.

mod decided;
mod fault;
mod job;
mod known;
mod load;
mod present;
mod writer;

#[cfg(test)]
mod tests;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use desk::office::{Accepted, Desk};
use desk::problem::Problem;
use domain::id::CommandId;
use domain::office::{Actor, Command, Office};
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;

pub use self::fault::OpenError;
use self::job::Job;
use self::present::Present;
use crate::clock::Clock;
use crate::live::Hub;
use crate::store::Store;

/// How many commands may wait before those who send more have to wait themselves.
const QUEUE: usize = 1024;

/// How often the log of a remote database is asked for what other servers wrote.
const FOLLOW: Duration = Duration::from_millis(250);

/// The office of this server.
pub struct OfficeService {
    clock: Clock,
    now: Arc<Present>,
    queue: Mutex<Option<mpsc::Sender<Job>>>,
    tasks: Mutex<Vec<JoinHandle<()>>>,
}

impl OfficeService {
    /// Loads the office from its log, checking all of it, and begins to take commands. What
    /// is committed from now on reaches `hub`.
    ///
    /// # Errors
    /// [`OpenError`], in one line that says which record is wrong.
    pub async fn start(store: Store, clock: Clock, hub: Arc<Hub>) -> Result<Arc<Self>, OpenError> {
        let follow = store.is_remote().then_some(FOLLOW);
        Self::start_following(store, clock, hub, follow).await
    }

    /// As [`OfficeService::start`], for a database that others may write to as well: asks
    /// the log for their records every `follow`.
    ///
    /// # Errors
    /// As [`OfficeService::start`].
    pub async fn start_following(
        store: Store,
        clock: Clock,
        hub: Arc<Hub>,
        follow: Option<Duration>,
    ) -> Result<Arc<Self>, OpenError> {
        let (ledger, recent) = load::load(&store).await?;
        hub.begin(ledger.head.office.seq, recent);
        let now = Arc::new(Present::new(Arc::clone(&ledger.head.office)));
        let (sender, queue) = mpsc::channel(QUEUE);
        let beats = hub.keep_beating();
        let writer =
            writer::Writer { store, clock: clock.clone(), hub, now: Arc::clone(&now), ledger, follow };
        let tasks = vec![tokio::spawn(writer.run(queue)), beats];
        Ok(Arc::new(Self { clock, now, queue: Mutex::new(Some(sender)), tasks: Mutex::new(tasks) }))
    }

    /// Decides a command as of another time and makes its events durable: for founding an
    /// office with a past. Time never runs backwards in a log, so a time before its last
    /// record counts as that record's.
    ///
    /// # Errors
    /// As [`Desk::submit`].
    pub async fn submit_at(
        &self,
        actor: Actor,
        id: CommandId,
        command: Command,
        at: DateTime<Utc>,
    ) -> Result<Accepted, Problem> {
        self.hand_in(actor, id, command, Some(at)).await
    }

    /// Stops taking commands, and returns when those that were taken are answered.
    pub async fn stop(&self) {
        drop(self.queue.lock().unwrap_or_else(PoisonError::into_inner).take());
        let tasks = std::mem::take(&mut *self.tasks.lock().unwrap_or_else(PoisonError::into_inner));
        let mut tasks = tasks.into_iter();
        if let Some(writer) = tasks.next()
            && let Err(error) = writer.await
        {
            tracing::error!(error = &error as &dyn std::error::Error, "the writer did not end well");
        }
        tasks.for_each(|task| task.abort());
    }

    async fn hand_in(
        &self,
        actor: Actor,
        id: CommandId,
        command: Command,
        at: Option<DateTime<Utc>>,
    ) -> Result<Accepted, Problem> {
        if !id.is_well_formed() {
            return Err(Problem::invalid("Tanda perintah tidak sah. Muat ulang halaman, lalu coba lagi."));
        }
        let queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let (reply, answer) = oneshot::channel();
        let job = Job { actor, id, command, at, reply };
        // Either is closed only while the server stops.
        queue.ok_or(Problem::Unwell)?.send(job).await.map_err(|_| Problem::Unwell)?;
        answer.await.unwrap_or(Err(Problem::Unwell))
    }
}

#[async_trait]
impl Desk for OfficeService {
    fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    fn office(&self) -> Arc<Office> {
        self.now.get()
    }

    async fn submit(&self, actor: Actor, id: CommandId, command: Command) -> Result<Accepted, Problem> {
        self.hand_in(actor, id, command, None).await
    }
}
