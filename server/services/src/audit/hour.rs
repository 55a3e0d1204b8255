//! What one hour may add to the trail: lines of its own, within bounds, and counts.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use desk::trail::{Deed, Kind, Note};
use domain::id::AccountId;

use crate::store::trail::{KeptDeed, Place};

/// Milliseconds of an hour.
const HOUR: i64 = 60 * 60 * 1000;
/// How many lines somebody may have in an hour of one kind; what is beyond is counted.
const EACH: u32 = 60;
/// How many lines of what people do often an hour may have.
const TOGETHER: u32 = 3000;
/// How many lines of counts an hour may have; what is beyond is counted in one line for each kind.
const COUNTS: usize = 300;
/// Where that came from.
const ELSEWHERE: &str = "lain-lain";
/// Longest text of a line, in characters.
const LONGEST: usize = 500;

/// The present hour.
pub(super) struct Hour {
    number: i64,
    /// The place of the last line, and what tells this server's places from another's.
    last: Place,
    each: HashMap<(Kind, AccountId), u32>,
    together: u32,
    counts: HashMap<Key, Count>,
    /// Counts of hours that are over and not written yet.
    over: Vec<KeptDeed>,
}

/// What is counted together.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Key {
    kind: Kind,
    who: AccountId,
    origin: String,
    whom: String,
}

struct Count {
    kept: KeptDeed,
    changed: bool,
}

impl Hour {
    pub(super) fn new(now: DateTime<Utc>) -> Self {
        let mut bits = [0; 2];
        // Without randomness two servers are told apart by the moment alone, and tried anew.
        let _ = getrandom::fill(&mut bits);
        let last = Place(Place::at(now).0 - i64::from(u16::from_le_bytes(bits) % 1000));
        let (each, counts) = (HashMap::new(), HashMap::new());
        Self { number: number(now), last, each, together: 0, counts, over: Vec::new() }
    }

    /// A line of its own.
    pub(super) fn line(&mut self, note: Note, now: DateTime<Utc>) -> KeptDeed {
        let place = self.place(now);
        KeptDeed { place, deed: Deed { at: now, until: None, times: 1, note: cut(note) } }
    }

    /// A line of its own, if its person and this hour may have one more; else it is counted.
    pub(super) fn one_of_many(&mut self, note: Note, now: DateTime<Utc>) -> Option<KeptDeed> {
        self.begin(now);
        let each = self.each.entry((note.kind, note.who.clone())).or_default();
        if *each >= EACH || self.together >= TOGETHER {
            self.count(Note { whom: String::new(), facts: String::new(), ..note }, now);
            return None;
        }
        *each += 1;
        self.together += 1;
        Some(self.line(note, now))
    }

    /// Counts it with its like.
    pub(super) fn count(&mut self, note: Note, now: DateTime<Utc>) {
        self.begin(now);
        let mut note = cut(note);
        let key = |note: &Note| Key {
            kind: note.kind,
            who: note.who.clone(),
            origin: note.origin.clone(),
            whom: note.whom.clone(),
        };
        if self.counts.len() >= COUNTS && !self.counts.contains_key(&key(&note)) {
            note = Note::new(AccountId(String::new()), ELSEWHERE, note.kind);
        }
        let key = key(&note);
        if let Some(count) = self.counts.get_mut(&key) {
            let Deed { until, times, .. } = &mut count.kept.deed;
            (*until, *times, count.changed) = (Some(now), times.saturating_add(1), true);
            return;
        }
        let kept = self.line(note, now);
        self.counts.insert(key, Count { kept, changed: true });
    }

    /// The counts that are not written as they are now.
    pub(super) fn changed(&mut self, now: DateTime<Utc>) -> Vec<KeptDeed> {
        self.begin(now);
        let mut changed = std::mem::take(&mut self.over);
        for count in self.counts.values_mut().filter(|count| count.changed) {
            count.changed = false;
            changed.push(count.kept.clone());
        }
        changed
    }

    /// These could not be written after all.
    pub(super) fn not_written(&mut self, counts: Vec<KeptDeed>) {
        for kept in counts {
            match self.counts.values_mut().find(|count| count.kept.place == kept.place) {
                Some(count) => count.changed = true,
                None if self.over.len() < 10 * COUNTS => self.over.push(kept),
                None => tracing::error!(deed = ?kept.deed, "a count of the trail is lost"),
            }
        }
    }

    /// Gives lines other places, because one of theirs is taken.
    pub(super) fn place_anew(&mut self, batch: &mut [KeptDeed]) {
        for kept in batch {
            self.last = Place(self.last.0 - 1);
            kept.place = self.last;
        }
    }

    fn place(&mut self, now: DateTime<Utc>) -> Place {
        self.last = Place((self.last.0 - 1).min(Place::at(now).0));
        self.last
    }

    fn begin(&mut self, now: DateTime<Utc>) {
        if number(now) == self.number {
            return;
        }
        self.number = number(now);
        (self.together, self.each) = (0, HashMap::new());
        let counts = std::mem::take(&mut self.counts).into_values();
        self.over.extend(counts.filter(|count| count.changed).map(|count| count.kept));
    }
}

fn number(now: DateTime<Utc>) -> i64 {
    now.timestamp_millis().div_euclid(HOUR)
}

/// Nobody's words make a line long, and nobody's make it look like another one.
fn cut(note: Note) -> Note {
    let cut = |text: &str| domain::text::one_line(text).chars().take(LONGEST).collect::<String>();
    Note { whom: cut(&note.whom), facts: cut(&note.facts), ..note }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000 + seconds, 0).unwrap()
    }

    fn refusal(n: u32) -> Note {
        Note::new(AccountId(String::new()), format!("10.0.{}.{}", n / 256, n % 256), Kind::SignedOutRefused)
    }

    #[test]
    fn an_attacker_with_many_addresses_makes_a_bounded_number_of_lines() {
        let mut hour = Hour::new(at(0));
        for n in 0..10_000 {
            hour.count(refusal(n), at(1));
        }
        let lines = hour.changed(at(2));
        assert_eq!(lines.len(), COUNTS + 1);
        let rest = lines.iter().find(|kept| kept.deed.note.origin == ELSEWHERE).unwrap();
        assert_eq!(rest.deed.times, 10_000 - u32::try_from(COUNTS).unwrap());
        assert!(hour.changed(at(3)).is_empty(), "what did not change is not written again");
        hour.count(refusal(7), at(4));
        let again = hour.changed(at(5));
        assert_eq!((again.len(), again[0].deed.times, again[0].deed.until), (1, 2, Some(at(4))));
    }

    #[test]
    fn somebody_who_reads_much_has_some_lines_and_a_count() {
        let mut hour = Hour::new(at(0));
        let read = |n: u32| Note::new("staf".into(), "10.0.0.1", Kind::FileRead).on(format!("berkas {n}"));
        let own: Vec<_> = (0..100).filter_map(|n| hour.one_of_many(read(n), at(1))).collect();
        assert_eq!(own.len(), EACH as usize);
        let counted = hour.changed(at(2));
        assert_eq!((counted.len(), counted[0].deed.times), (1, 100 - EACH));
        let later = at(0) + TimeDelta::hours(1);
        assert!(hour.one_of_many(read(0), later).is_some(), "the next hour begins anew");
        hour.count(refusal(1), later);
        assert_eq!(hour.changed(later).len(), 1, "and its counts do as well");
    }

    #[test]
    fn places_fall_and_none_comes_twice() {
        let mut hour = Hour::new(at(0));
        let mut places: Vec<_> = (0..1000).map(|n| hour.line(refusal(n), at(0)).place).collect();
        places.push(hour.line(refusal(0), at(-5)).place);
        assert!(places.windows(2).all(|pair| pair[1] < pair[0]));
        assert!(hour.line(refusal(0), at(60)).place < places[1000]);
    }

    #[test]
    fn a_line_is_a_line() {
        let note = Note::new("a".into(), "b", Kind::FileRead).on("satu\n\u{202e}dua").with("x".repeat(9000));
        let note = Hour::new(at(0)).line(note, at(0)).deed.note;
        assert_eq!((note.whom.as_str(), note.facts.len()), ("satu dua", LONGEST));
    }
}
