//! The hub: hands what was committed to every open page, each batch serialised once per audience.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::extract::ws::Utf8Bytes;
use desk::live::{BEAT_SECONDS, Message};
use domain::audience::Audience;
use domain::id::Seq;
use domain::log::Recorded;
use tokio::sync::broadcast;
use tokio::task::JoinHandle;
use tokio::time::{MissedTickBehavior, interval};

use crate::clock::Clock;

/// How many records are kept at hand for pages that come back. Who is further behind loads
/// the state anew, which is then cheaper than folding.
pub(crate) const AT_HAND: usize = 1000;

/// How many frames a slow connection may be behind before it has to start anew. Each frame
/// holds at least one record, so nobody who falls out here could be helped from what is at
/// hand.
const FRAMES: usize = 1024;

/// For how many different places in the log the text to catch up is kept until the next
/// event. After a restart everybody comes back with the same few.
const CATCH_UPS: usize = 64;

/// Everything that open pages are connected to.
pub struct Hub {
    clock: Clock,
    build: String,
    frames: broadcast::Sender<Frame>,
    tail: Mutex<Tail>,
}

/// The end of the log as the pages know it.
#[derive(Default)]
struct Tail {
    seq: Seq,
    recent: VecDeque<Arc<Recorded>>,
    catch_ups: BTreeMap<(Audience, Seq), Utf8Bytes>,
    closed: bool,
}

/// What every connection is handed. All share the same bytes.
#[derive(Clone)]
pub(super) enum Frame {
    /// A batch was committed.
    Events(Arc<Batch>),
    /// A sign of life.
    Beat(Utf8Bytes),
    /// The server stops.
    Close,
}

/// A committed batch, as text for each audience.
pub(super) struct Batch {
    /// Its last record.
    pub(super) last: Seq,
    texts: [Utf8Bytes; Audience::ALL.len()],
}

/// A place in the stream: what was missed, and what comes from here on.
pub(super) struct Attached {
    /// What comes, from the record after `seq`.
    pub(super) frames: broadcast::Receiver<Frame>,
    /// The last record that `missed` covers.
    pub(super) seq: Seq,
    /// What was missed.
    pub(super) missed: Missed,
}

/// What a page missed.
pub(super) enum Missed {
    /// Nothing.
    Nothing,
    /// These events.
    Events(Utf8Bytes),
    /// Too much, or it is ahead of the log: it has to load the state anew.
    TooMuch,
}

impl Hub {
    /// A hub without pages. `build` is what pages are told to compare theirs with.
    pub fn new(build: String, clock: Clock) -> Arc<Self> {
        let (frames, _) = broadcast::channel(FRAMES);
        Arc::new(Self { clock, build, frames, tail: Mutex::default() })
    }

    /// How many connections are open.
    pub fn connections(&self) -> usize {
        self.frames.receiver_count()
    }

    /// Sends a sign of life to every page, now.
    pub fn beat(&self) {
        let tail = self.tail();
        let beat = Frame::Beat(self.beat_text(tail.seq));
        // Sent under the lock, so that `seq` is true where it stands in the stream. An
        // error means that nobody is connected.
        let _ = self.frames.send(beat);
    }

    /// Closes every connection and refuses new ones: the server stops.
    pub fn close(&self) {
        self.tail().closed = true;
        let _ = self.frames.send(Frame::Close);
    }

    /// Sends a sign of life every 15 s, until the task is aborted.
    pub(crate) fn keep_beating(self: &Arc<Self>) -> JoinHandle<()> {
        let hub = Arc::clone(self);
        tokio::spawn(async move {
            let mut ticks = interval(Duration::from_secs(u64::from(BEAT_SECONDS)));
            ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
            loop {
                ticks.tick().await;
                hub.beat();
            }
        })
    }

    /// Begins at the end of a log, with its last records at hand.
    pub(crate) fn begin(&self, seq: Seq, recent: impl IntoIterator<Item = Arc<Recorded>>) {
        let mut tail = self.tail();
        tail.seq = seq;
        tail.recent = recent.into_iter().collect();
        tail.catch_ups.clear();
    }

    /// Hands a committed batch to every page. It must follow the last one.
    pub(crate) fn publish(&self, records: &[Arc<Recorded>]) {
        let Some(last) = records.last().map(|record| record.seq) else { return };
        let texts = Audience::ALL.map(|audience| events_text(audience, records));
        let mut tail = self.tail();
        tail.seq = last;
        tail.recent.extend(records.iter().cloned());
        let surplus = tail.recent.len().saturating_sub(AT_HAND);
        tail.recent.drain(..surplus);
        tail.catch_ups.clear();
        let _ = self.frames.send(Frame::Events(Arc::new(Batch { last, texts })));
    }

    /// Connects a page that has folded everything up to `after`. `None` if the server stops.
    pub(super) fn attach(&self, audience: Audience, after: Seq) -> Option<Attached> {
        let (attached, records) = {
            let tail = self.tail();
            if tail.closed {
                return None;
            }
            let frames = self.frames.subscribe();
            let (missed, records) = tail.since(audience, after);
            (Attached { frames, seq: tail.seq, missed }, records)
        };
        if records.is_empty() {
            return Some(attached);
        }
        // Outside the lock: this may be a thousand records, and the writer must not wait.
        let text = events_text(audience, &records);
        let mut tail = self.tail();
        if tail.seq == attached.seq && tail.catch_ups.len() < CATCH_UPS {
            tail.catch_ups.insert((audience, after), text.clone());
        }
        Some(Attached { missed: Missed::Events(text), ..attached })
    }

    /// A sign of life for one page.
    pub(super) fn beat_text(&self, seq: Seq) -> Utf8Bytes {
        text(&Message::Beat { now: self.clock.now(), seq, build: self.build.clone() })
    }

    /// Tells a page to load the state anew.
    pub(super) fn resync_text(&self) -> Utf8Bytes {
        text(&Message::Resync { seq: self.tail().seq })
    }

    fn tail(&self) -> MutexGuard<'_, Tail> {
        self.tail.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Tail {
    /// What came after a place: known at once, or the records to make a text of.
    fn since(&self, audience: Audience, after: Seq) -> (Missed, Vec<Arc<Recorded>>) {
        if after == self.seq {
            return (Missed::Nothing, Vec::new());
        }
        if let Some(text) = self.catch_ups.get(&(audience, after)) {
            return (Missed::Events(text.clone()), Vec::new());
        }
        let first = self.recent.partition_point(|record| record.seq <= after);
        match self.recent.get(first) {
            Some(record) if record.seq == after.saturating_add(1) => {
                (Missed::Nothing, self.recent.range(first..).cloned().collect())
            }
            _ => (Missed::TooMuch, Vec::new()),
        }
    }
}

impl Batch {
    /// The batch as an audience may see it.
    pub(super) fn text(&self, audience: Audience) -> Utf8Bytes {
        let place = Audience::ALL.iter().position(|other| *other == audience);
        place.and_then(|place| self.texts.get(place)).cloned().unwrap_or_default()
    }
}

fn events_text(audience: Audience, records: &[Arc<Recorded>]) -> Utf8Bytes {
    text(&Message::Events { records: records.iter().map(|record| audience.view(record)).collect() })
}

fn text(message: &Message) -> Utf8Bytes {
    // Every part of a message has a JSON form: there is no map with keys other than text.
    serde_json::to_string(message).unwrap_or_default().into()
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use domain::id::{AccountId, AgencyCode, CommandId};
    use domain::log::{AgencyEvent, Event};

    use super::*;

    const EVERYBODY: Audience = Audience::Staff;

    fn record(seq: Seq) -> Arc<Recorded> {
        let (actor, command_id) = (AccountId::from("staf"), CommandId(format!("c-{seq}")));
        let event = Event::Agency(AgencyEvent::AgencyClosed { code: AgencyCode::from("uji") });
        Arc::new(Recorded { seq, at: DateTime::UNIX_EPOCH, actor, command_id, event })
    }

    /// A hub after ten records.
    fn hub() -> Arc<Hub> {
        let hub = Hub::new("uji".to_owned(), Clock::frozen(DateTime::UNIX_EPOCH));
        hub.begin(10, (1..=10).map(record));
        hub
    }

    fn missed(hub: &Hub, after: Seq) -> Missed {
        hub.attach(EVERYBODY, after).unwrap().missed
    }

    #[test]
    fn all_connections_share_the_bytes_of_an_event() {
        let hub = hub();
        let pages = [(); 3].map(|()| hub.attach(EVERYBODY, 10).unwrap().frames);
        hub.publish(&[record(11), record(12)]);
        let texts = pages.map(|mut frames| match frames.try_recv().unwrap() {
            Frame::Events(batch) => batch.text(EVERYBODY),
            Frame::Beat(_) | Frame::Close => panic!("an event was published"),
        });
        assert!(texts.iter().all(|text| text.as_ptr() == texts[0].as_ptr()));
    }

    #[test]
    fn those_who_come_back_from_the_same_place_share_the_bytes_until_the_next_event() {
        let hub = hub();
        let text = |after| match missed(&hub, after) {
            Missed::Events(text) => text,
            Missed::Nothing | Missed::TooMuch => panic!("something was missed"),
        };
        let first = text(7);
        assert_eq!(text(7).as_ptr(), first.as_ptr());
        hub.publish(&[record(11)]);
        assert!(text(7).len() > first.len());
    }

    #[test]
    fn what_is_not_at_hand_has_to_be_loaded_anew() {
        let hub = hub();
        assert!(matches!(missed(&hub, 10), Missed::Nothing));
        assert!(matches!(missed(&hub, 11), Missed::TooMuch));
        assert!(matches!(missed(&hub, Seq::MAX), Missed::TooMuch));
        assert!(matches!(missed(&hub, 0), Missed::Events(_)));
        hub.publish(&(11..=10 + AT_HAND as Seq).map(record).collect::<Vec<_>>());
        assert!(matches!(missed(&hub, 10), Missed::Events(_)));
        assert!(matches!(missed(&hub, 9), Missed::TooMuch));
    }
}
