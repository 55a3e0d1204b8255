//! The writer: takes everything that waits, decides it in turn, commits it at once.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::{Duration, Instant};

use desk::office::Accepted;
use desk::problem::Problem;
use domain::log::Recorded;
use domain::office::{Office, evolve};
use metrics::{counter, gauge, histogram};
use tokio::sync::mpsc;
use tokio::time::{Interval, MissedTickBehavior, interval};

use super::decided::{Decided, repeated};
use super::fault::OpenError;
use super::job::Job;
use super::load::Ledger;
use super::present::Present;
use crate::clock::Clock;
use crate::live::Hub;
use crate::store::Entry;
use crate::store::chain::ChainError;
use crate::store::record::read_record;
use crate::store::{Store, StoreError};

/// How many commands are committed together at most.
const BATCH: usize = 256;

/// How long a batch is decided again and again because another server was first, or is just being
/// first. Each time that server has got something done, so this ends only under a storm of writers.
const PATIENCE: Duration = Duration::from_secs(5);

/// How long at most is waited before the second try; before each further one twice as long.
const PAUSE: Duration = Duration::from_millis(1);
const LONGEST_PAUSE: Duration = Duration::from_millis(32);

/// The only one who appends to the log on this server.
pub(super) struct Writer {
    pub(super) store: Store,
    pub(super) clock: Clock,
    pub(super) hub: Arc<Hub>,
    pub(super) now: Arc<Present>,
    pub(super) ledger: Ledger,
    /// How often the log is asked for what others wrote; `None` if nobody else can write.
    pub(super) follow: Option<Duration>,
}

/// Answers in the order of the jobs.
type Answers = Vec<Result<Accepted, Problem>>;

/// Why a batch came to nothing.
#[derive(Debug, thiserror::Error)]
enum BatchError {
    #[error("the database failed")]
    Store(#[from] StoreError),
    #[error("the log cannot be followed")]
    Log(#[from] OpenError),
    #[error("deciding panicked")]
    Panic,
    #[error("other writers were first for {} seconds", PATIENCE.as_secs())]
    Crowded,
}

impl Writer {
    /// Works until the queue is closed and empty.
    pub(super) async fn run(mut self, mut queue: mpsc::Receiver<Job>) {
        let mut ticks = self.follow.map(|period| {
            let mut ticks = interval(period);
            ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
            ticks
        });
        let mut jobs = Vec::with_capacity(BATCH);
        gauge!("alur_log_seq").set(as_f64(self.office().seq));
        loop {
            tokio::select! {
                biased;
                taken = queue.recv_many(&mut jobs, BATCH) => match taken {
                    0 => return,
                    _ => self.work(&mut jobs).await,
                },
                () = tick(&mut ticks) => self.look_around().await,
            }
        }
    }

    /// Decides and commits a batch, and answers each of its jobs.
    async fn work(&mut self, jobs: &mut Vec<Job>) {
        let answers = self.commit(jobs).await.unwrap_or_else(|error| {
            tracing::error!(
                error = &error as &dyn std::error::Error,
                commands = jobs.len(),
                "a batch failed"
            );
            vec![Err(Problem::Unwell); jobs.len()]
        });
        for (job, answer) in jobs.drain(..).zip(answers) {
            counter!("alur_commands_total", "outcome" => outcome(&answer)).increment(1);
            // Who does not wait any more finds the same answer under the same id.
            let _ = job.reply.send(answer);
        }
    }

    async fn commit(&mut self, jobs: &[Job]) -> Result<Answers, BatchError> {
        let (begin, mut pause) = (Instant::now(), PAUSE);
        while begin.elapsed() < PATIENCE {
            let (decided, answers) = self.decide(jobs).await?;
            if decided.entries.is_empty() {
                // Nobody is refused on the ground of an old state.
                if self.follow.is_some() && answers.iter().any(Result::is_err) && self.catch_up().await? {
                    continue;
                }
                // Usually it is already: unless that failed just after the batch had arrived.
                self.store.remember_log(self.ledger.head.chain).await?;
                return Ok(answers);
            }
            let begin = Instant::now();
            let Err(error) = self.store.append(&decided.entries).await else {
                histogram!("alur_commit_seconds").record(begin.elapsed());
                self.adopt(decided);
                return Ok(answers);
            };
            // Another server may have been first, or the batch may be there although its
            // confirmation was lost. The log tells; then everything is decided again.
            if !self.catch_up().await? && !error.is_conflict() {
                return Err(error.into());
            }
            // By chance, so that two that write in the same rhythm fall out of step.
            tokio::time::sleep(pause.mul_f64(chance())).await;
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
        Err(BatchError::Crowded)
    }

    /// Decides the jobs in turn, on a copy.
    async fn decide(&self, jobs: &[Job]) -> Result<(Decided, Answers), BatchError> {
        let mut decided = Decided::new(self.ledger.head.clone());
        let mut answers = Vec::with_capacity(jobs.len());
        let now = self.clock.now();
        for job in jobs {
            let answer = match self.answered_before(job).await? {
                Some(answer) => answer,
                None => {
                    let at = job.at.unwrap_or(now);
                    // A fault in one rule must not end the writer, and with it the office.
                    let decide = || decided.decide(&job.actor, &job.id, job.command.clone(), at);
                    catch_unwind(AssertUnwindSafe(decide)).map_err(|_| BatchError::Panic)?
                }
            };
            answers.push(answer);
        }
        Ok((decided, answers))
    }

    /// The answer to a command that is in the log already.
    async fn answered_before(&self, job: &Job) -> Result<Option<Result<Accepted, Problem>>, BatchError> {
        let Some(place) = self.ledger.known.place(&job.id) else { return Ok(None) };
        let entries = self.store.entries_after(place.first - 1, 1).await?;
        let read = |entry: &Entry| {
            read_record(&entry.body).map_err(|source| ChainError::Unreadable { seq: entry.seq, source })
        };
        let record = entries.first().map(read).transpose().map_err(OpenError::from)?;
        let same = record.filter(|record| record.command_id == job.id);
        Ok(same.map(|record| repeated(&job.actor, &record.actor, place)))
    }

    /// Makes a durable batch the present.
    fn adopt(&mut self, decided: Decided) {
        histogram!("alur_commit_records").record(as_f64(decided.records.len() as u64));
        self.ledger.head = decided.head;
        self.publish(&decided.records);
    }

    /// Takes in what is in the log and not yet in the office. Whether there was anything.
    async fn catch_up(&mut self) -> Result<bool, BatchError> {
        let mut found = false;
        loop {
            let entries = self.store.entries_after(self.office().seq, Entry::PAGE).await?;
            found |= !entries.is_empty();
            let mut head = self.ledger.head.clone();
            let mut records = Vec::with_capacity(entries.len());
            for entry in &entries {
                let record = head.chain.follow(entry).map_err(OpenError::from)?;
                evolve(Arc::make_mut(&mut head.office), &record);
                head.last_at = head.last_at.max(record.at);
                records.push(Arc::new(record));
            }
            self.ledger.head = head;
            self.publish(&records);
            // Not once more to see that there is nothing: meanwhile a busy writer would be first again.
            if entries.len() < Entry::PAGE as usize {
                return Ok(found);
            }
        }
    }

    /// Shows the present to everybody: first to the pages that are open, so that none can be
    /// ahead of what the hub knows, then to those that are asked for.
    fn publish(&mut self, records: &[Arc<Recorded>]) {
        records.iter().for_each(|record| self.ledger.known.note(record));
        self.hub.publish(records);
        self.now.set(Arc::clone(&self.ledger.head.office));
        gauge!("alur_log_seq").set(as_f64(self.office().seq));
    }

    async fn look_around(&mut self) {
        if let Err(error) = self.catch_up().await {
            tracing::warn!(error = &error as &dyn std::error::Error, "the log could not be followed");
        }
    }

    fn office(&self) -> &Office {
        &self.ledger.head.office
    }
}

/// From 0 to 1; in the middle if the system has no chance to give.
fn chance() -> f64 {
    getrandom::u32().map_or(0.5, |number| f64::from(number) / f64::from(u32::MAX))
}

async fn tick(ticks: &mut Option<Interval>) {
    match ticks {
        Some(ticks) => drop(ticks.tick().await),
        None => std::future::pending().await,
    }
}

fn outcome(answer: &Result<Accepted, Problem>) -> &'static str {
    match answer {
        Ok(_) => "accepted",
        Err(Problem::Refused { .. } | Problem::Invalid { .. }) => "refused",
        Err(_) => "unwell",
    }
}

#[expect(clippy::cast_precision_loss, reason = "a gauge; exact up to 2^53 records")]
fn as_f64(count: u64) -> f64 {
    count as f64
}
