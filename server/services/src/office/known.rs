//! Which commands are in the log already, in a few bytes each.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};

use desk::office::Accepted;
use domain::id::CommandId;
use domain::log::Recorded;

/// Where the events of each command stand. Keeps a hash of each id, not its text: about
/// 32 bytes for each command that was ever carried out. A hit has to be confirmed against the log.
#[derive(Clone, Default)]
pub(super) struct KnownCommands {
    hashes: RandomState,
    places: HashMap<u64, Accepted>,
}

impl KnownCommands {
    /// Notes a record. Those of one command follow one another.
    pub(super) fn note(&mut self, record: &Recorded) {
        let hash = self.hashes.hash_one(&record.command_id);
        let (first, last) = (record.seq, record.seq);
        let place = self.places.entry(hash).or_insert(Accepted { first, last });
        if place.last + 1 == record.seq {
            place.last = record.seq;
        }
    }

    /// Where the events of this command stand, if it is in the log.
    pub(super) fn place(&self, id: &CommandId) -> Option<&Accepted> {
        self.places.get(&self.hashes.hash_one(id))
    }
}
