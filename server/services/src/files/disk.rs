//! Work on the disk for what people send: one thing after the other, and not without a pause.

use std::io::{self, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::setpriority_process;
use tokio::sync::oneshot;

/// How the thread stands back behind those who click: `ALUR_DISK_NICE`, `ALUR_DISK_REST`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Politeness {
    /// As in `nice`: 0 is like everybody, 19 would be most.
    pub nice: u8,
    /// How many times as long as it worked it rests afterwards, but no longer than
    /// [`LONGEST_REST`]; 0: it does not rest.
    pub rest: u32,
}

impl Default for Politeness {
    /// As measured in decision 0024.
    fn default() -> Self {
        Self { nice: 15, rest: 2 }
    }
}

/// Longer it never rests after one piece of work.
const LONGEST_REST: Duration = Duration::from_millis(20);

type Work = Box<dyn FnOnce() + Send>;

/// The thread that writes, reads and hashes what was sent. It is a single one, and a polite one:
/// whoever sends waits for its answer before sending more, so this is what keeps the senders of
/// the last hour from taking the processor away from those who click: see decision 0024. It ends
/// with this.
pub(crate) struct Disk {
    queue: Sender<Work>,
    politeness: Politeness,
}

impl Disk {
    /// Starts it.
    ///
    /// # Errors
    /// If there can be no further thread.
    pub(crate) fn start(politeness: Politeness) -> io::Result<Self> {
        let (sender, queue) = channel::<Work>();
        thread::Builder::new().name("disk".to_owned()).spawn(move || {
            // On Linux this is about the calling thread alone.
            if let Err(error) = setpriority_process(None, politeness.nice.into()) {
                tracing::warn!(%error, "what is sent will be kept at full priority");
            }
            for work in queue {
                let begin = Instant::now();
                // Who waits for it hears of a panic, and the next in the queue has its turn.
                let _ = catch_unwind(AssertUnwindSafe(work));
                politeness.rest_since(begin);
            }
        })?;
        Ok(Self { queue: sender, politeness })
    }

    /// How it stands back.
    pub(crate) fn politeness(&self) -> Politeness {
        self.politeness
    }

    /// Does it when its turn comes. It is done to its end, even if nobody waits for it any longer.
    pub(crate) async fn act<T, E>(&self, work: impl FnOnce() -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<io::Error> + Send + 'static,
    {
        let (answer, done) = oneshot::channel();
        let work = Box::new(move || {
            let _ = answer.send(work());
        });
        self.queue.send(work).map_err(|_| io::Error::other("the disk's thread has ended"))?;
        done.await.map_err(io::Error::other)?
    }
}

impl Politeness {
    fn rest_since(self, begin: Instant) {
        thread::sleep(begin.elapsed().saturating_mul(self.rest).min(LONGEST_REST));
    }
}

/// Reads something long with rests in between.
pub(crate) struct Resting<R> {
    from: R,
    politeness: Politeness,
    since: Instant,
}

impl<R> Resting<R> {
    /// Has just begun.
    pub(crate) fn new(from: R, politeness: Politeness) -> Self {
        Self { from, politeness, since: Instant::now() }
    }
}

impl<R: Read> Read for Resting<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.politeness.rest_since(self.since);
        self.since = Instant::now();
        self.from.read(into)
    }
}

#[cfg(test)]
mod tests {
    use super::{Disk, Politeness};
    use std::io;

    #[tokio::test]
    async fn a_panic_is_an_error_and_the_next_has_its_turn() {
        let disk = Disk::start(Politeness::default()).unwrap();
        let panics = disk.act::<(), io::Error>(|| panic!("on purpose")).await;
        assert!(panics.is_err());
        assert_eq!(disk.act(|| Ok::<_, io::Error>(7)).await.unwrap(), 7);
    }

    #[tokio::test]
    async fn what_was_begun_is_done_though_nobody_waits() {
        let disk = Disk::start(Politeness::default()).unwrap();
        let (done, heard) = std::sync::mpsc::channel();
        let work = disk.act(move || {
            let _ = done.send("done");
            Ok::<_, io::Error>(())
        });
        // Polled once, so that it is in the queue, and then given up.
        assert!(futures::poll!(Box::pin(work)).is_pending());
        assert_eq!(tokio::task::spawn_blocking(move || heard.recv()).await.unwrap(), Ok("done"));
    }
}
