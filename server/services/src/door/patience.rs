//! How long what may take on a line, and what a line is waited on for.

use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicU32, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::time::{Instant, Sleep, sleep};

/// How long what may take.
#[derive(Clone, Copy, Debug)]
pub(super) struct Patience {
    /// A head of a request, from its first byte, or from the connection on, to its last.
    pub(super) head: Duration,
    /// From one request to the next.
    pub(super) idle: Duration,
    /// Until the next bytes come or go, in the middle of a request or an answer.
    pub(super) stall: Duration,
    /// What every byte that came or went gives back of that.
    pub(super) byte: Duration,
}

impl Patience {
    /// 500 bytes a second are enough for ever; less for half a minute.
    pub(super) const USUAL: Self = Self {
        head: Duration::from_secs(10),
        idle: Duration::from_secs(75),
        stall: Duration::from_secs(30),
        byte: Duration::from_millis(2),
    };
}

/// What a line is waited on for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// The rest of a head; at first all of it.
    Head,
    /// The next request.
    Idle,
    /// Nothing: it is our turn, or it is a socket now.
    Busy,
}

impl Stage {
    const ALL: [Self; 3] = [Self::Head, Self::Idle, Self::Busy];
}

/// The stage of a line, known to it and to who serves it. Each change has a number, so that a
/// wait is for one and not for the next of its kind.
#[derive(Debug, Default)]
pub(super) struct Stages(AtomicU32);

impl Stages {
    /// From now on it is at this stage.
    pub(super) fn change(&self, to: Stage) {
        let place = Stage::ALL.iter().position(|stage| *stage == to).unwrap_or_default();
        let next = |now: u32| (now & !3).wrapping_add(4) | u32::try_from(place).unwrap_or_default();
        // The closure always answers.
        let _ = self.0.fetch_update(Ordering::AcqRel, Ordering::Acquire, |now| Some(next(now)));
    }

    /// The number of the change that led to it, and the stage.
    pub(super) fn now(&self) -> (u32, Stage) {
        let now = self.0.load(Ordering::Acquire);
        let stage = usize::try_from(now & 3).ok().and_then(|place| Stage::ALL.get(place).copied());
        (now, stage.unwrap_or(Stage::Busy))
    }
}

/// A wait that is used up by waiting and filled up by what comes or goes.
#[derive(Debug)]
pub(super) struct Bucket {
    patience: Patience,
    left: Duration,
    waiting: Option<(Instant, Pin<Box<Sleep>>)>,
}

impl Bucket {
    /// A full one.
    pub(super) fn new(patience: Patience) -> Self {
        Self { patience, left: patience.stall, waiting: None }
    }

    /// So many bytes came or went.
    pub(super) fn moved(&mut self, bytes: usize) {
        if let Some((since, _)) = self.waiting.take() {
            self.left = self.left.saturating_sub(since.elapsed());
        }
        let more = self.patience.byte.saturating_mul(u32::try_from(bytes).unwrap_or(u32::MAX));
        self.left = self.left.saturating_add(more).min(self.patience.stall);
    }

    /// Waits; ready when it is used up.
    pub(super) fn wait(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let left = self.left;
        let (_, over) = self.waiting.get_or_insert_with(|| (Instant::now(), Box::pin(sleep(left))));
        over.as_mut().poll(cx)
    }
}
