//! Which files the log names: any text of 64 hex digits in a record, whatever the event. So what an
//! event of tomorrow names is kept by this rule as well.

use std::collections::HashSet;

use domain::id::Seq;
use domain::log::{Event, RunEvent};
use domain::office::Office;
use domain::sop::Answer;

use crate::store::Entry;
use crate::store::{Store, StoreError};
use crate::token::TokenHash;

/// The length of a hash in hex.
const DIGITS: usize = 64;

/// What the log names up to a place.
#[derive(Default)]
pub(super) struct Named {
    seq: Seq,
    hashes: HashSet<TokenHash>,
}

impl Named {
    /// Reads on to the end of the log.
    pub(super) async fn read_on(&mut self, store: &Store) -> Result<(), StoreError> {
        loop {
            let entries = store.entries_after(self.seq, Entry::PAGE).await?;
            let Some(last) = entries.last() else { return Ok(()) };
            self.seq = last.seq;
            self.hashes.extend(entries.iter().flat_map(|entry| hashes_in(&entry.body)));
        }
    }

    /// Whether it names this file.
    pub(super) fn has(&self, sha256: &str) -> bool {
        TokenHash::from_hex(sha256).is_some_and(|hash| self.hashes.contains(&hash))
    }
}

/// Every hash that stands in a text.
pub(super) fn hashes_in(text: &str) -> impl Iterator<Item = TokenHash> {
    let words = text.split(|c: char| !matches!(c, '0'..='9' | 'a'..='f'));
    words.filter(|word| word.len() == DIGITS).filter_map(TokenHash::from_hex)
}

/// Whether something that was done in the office names this file: a report that was sent, or an
/// answer.
pub(super) fn is_named(office: &Office, sha256: &str) -> bool {
    office.runs.values().any(|run| {
        let mut rounds = run.reports.values().flat_map(|report| &report.rounds);
        let sent = rounds.any(|round| {
            round.digest.content == sha256 || round.digest.files.iter().any(|file| file.sha256 == sha256)
        });
        sent || run.history.iter().any(|record| answers_name(&record.event, sha256))
    })
}

fn answers_name(event: &Event, sha256: &str) -> bool {
    let Event::Run(RunEvent::CellFinished { answers, .. }) = event else { return false };
    answers.values().any(|answer| matches!(answer, Answer::File(file) if file == sha256))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_found_wherever_it_stands() {
        let (one, two) = (TokenHash::of("one"), TokenHash::of("two"));
        let text = format!(
            r#"{{"a":"{}","b":["x{}y","{}0"],"c":"abc"}}"#,
            one.as_hex(),
            two.as_hex(),
            TokenHash::of("three").as_hex()
        );
        assert_eq!(hashes_in(&text).collect::<Vec<_>>(), [one, two], "one digit more is another thing");
        assert_eq!(hashes_in("").count(), 0);
    }
}
