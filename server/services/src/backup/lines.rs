//! A part of an archive that is lines of JSON.

use std::io::{BufRead, BufReader, Read};

use serde::de::DeserializeOwned;

use super::BackupError;

/// Longest line: eight times what a form may carry.
const LONGEST_LINE: u64 = 16 * 1024 * 1024;

/// The lines of a part.
pub(super) struct Lines<R> {
    part: String,
    from: BufReader<R>,
    line: Vec<u8>,
    count: u64,
}

impl<R: Read> Lines<R> {
    /// Of a part with this name.
    pub(super) fn new(part: &str, from: R) -> Self {
        Self { part: part.to_owned(), from: BufReader::new(from), line: Vec::new(), count: 0 }
    }

    /// The next line, read; `None` at the end.
    pub(super) fn next<T: DeserializeOwned>(&mut self) -> Result<Option<T>, BackupError> {
        self.line.clear();
        if self.from.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut self.line)? == 0 {
            return Ok(None);
        }
        self.count += 1;
        let (part, line) = (self.part.clone(), self.count);
        if self.line.len() as u64 == LONGEST_LINE {
            return Err(BackupError::Part(format!("{part} baris {line} terlalu panjang")));
        }
        serde_json::from_slice(&self.line).map(Some).map_err(|source| BackupError::Line {
            part,
            line,
            source,
        })
    }
}
