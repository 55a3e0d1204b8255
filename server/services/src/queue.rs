//! Heavy work: a little of it at once, off the async threads, some more waiting for its turn, and the
//! rest refused at once instead of filling the memory.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use desk::problem::Problem;
use thiserror::Error;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::JoinError;

/// How much may be done and wait.
#[derive(Clone, Copy, Debug)]
pub struct Room {
    /// How many jobs are done at once.
    pub at_once: usize,
    /// How many more may wait for it.
    pub waiting: usize,
    /// How many of both may be one person's.
    pub each: usize,
}

/// Jobs, those that are being done and those that wait.
pub struct Queue {
    room: Room,
    working: Arc<Semaphore>,
    places: Arc<Semaphore>,
    taken: Arc<Mutex<HashMap<String, usize>>>,
}

/// A place in the queue; given up when it is dropped.
pub struct Place {
    _one: OwnedSemaphorePermit,
    whose: String,
    taken: Arc<Mutex<HashMap<String, usize>>>,
}

/// There is no place left, or none for this person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("too much waits already")]
pub struct Full;

impl From<Full> for Problem {
    fn from(_: Full) -> Self {
        Self::TooMany { seconds: 5 }
    }
}

impl Queue {
    /// An empty queue.
    pub fn new(room: Room) -> Self {
        let semaphore = |places| Arc::new(Semaphore::new(places));
        let (working, places) = (semaphore(room.at_once), semaphore(room.at_once + room.waiting));
        Self { room, working, places, taken: Arc::default() }
    }

    /// A place in the queue, taken before what the work needs is brought into memory.
    ///
    /// # Errors
    /// [`Full`].
    pub fn enter(&self, whose: &str) -> Result<Place, Full> {
        let one = Arc::clone(&self.places).try_acquire_owned().map_err(|_| Full)?;
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let count = taken.entry(whose.to_owned()).or_default();
        if *count >= self.room.each {
            return Err(Full);
        }
        *count += 1;
        Ok(Place { _one: one, whose: whose.to_owned(), taken: Arc::clone(&self.taken) })
    }

    /// Does the work when its turn comes. The job keeps its place, not the request that asked for
    /// it: who goes away frees none early.
    ///
    /// # Errors
    /// If the job panicked, or the server is stopping.
    pub async fn work<T: Send + 'static>(
        &self,
        place: Place,
        job: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, JoinError> {
        // It is never closed.
        let turn = Arc::clone(&self.working).acquire_owned().await.ok();
        let work = move || {
            let _held = (place, turn);
            job()
        };
        tokio::task::spawn_blocking(work).await
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = taken.get_mut(&self.whose) {
            *count -= 1;
            if *count == 0 {
                taken.remove(&self.whose);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    const ROOM: Room = Room { at_once: 1, waiting: 3, each: 2 };

    #[tokio::test]
    async fn what_has_no_place_is_refused_at_once() {
        let queue = Queue::new(ROOM);
        let mut places: Vec<_> = ["a", "a", "b", "c"].map(|whose| queue.enter(whose).unwrap()).into();
        assert_eq!(queue.enter("d").err(), Some(Full));
        places.pop();
        assert_eq!(queue.enter("a").err(), Some(Full), "one person has two places at most");
        assert!(queue.enter("d").is_ok());
        places.clear();
        assert!(queue.taken.lock().unwrap().is_empty(), "nobody is remembered");
    }

    #[tokio::test]
    async fn a_job_waits_for_the_one_before_it_and_keeps_its_place_to_the_end() {
        let queue = Arc::new(Queue::new(ROOM));
        let (go, wait) = mpsc::channel();
        let (order, done) = mpsc::channel();
        let first = {
            let (queue, order) = (Arc::clone(&queue), order.clone());
            let place = queue.enter("a").unwrap();
            tokio::spawn(async move {
                let job = move || (wait.recv().is_ok(), order.send(1).is_ok());
                queue.work(place, job).await.unwrap()
            })
        };
        while queue.working.available_permits() > 0 {
            tokio::task::yield_now().await;
        }
        let second = {
            let queue = Arc::clone(&queue);
            let place = queue.enter("b").unwrap();
            tokio::spawn(async move { queue.work(place, move || order.send(2).is_ok()).await.unwrap() })
        };
        // Who asked for the first goes away; its place stays taken until it is done.
        first.abort();
        assert!(queue.enter("a").is_ok() && queue.places.available_permits() == 2);
        go.send(()).unwrap();
        assert!(second.await.unwrap());
        assert_eq!(done.iter().collect::<Vec<_>>(), [1, 2]);
    }
}
