//! Inflating with a counter.

use std::cell::Cell;
use std::io::{self, BufReader, Cursor, Read};

use zip::ZipArchive;
use zip::read::ZipFile;

use super::{Limits, SheetProblem};
use crate::zipped::{self, Allowed, Entries, Refused};

/// A workbook's zip file, and how much of it may still be inflated.
pub(super) struct Parts<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    entries: Entries,
    entry_bytes: u64,
    left: Cell<u64>,
}

/// One entry, being inflated.
pub(super) type Part<'p, 'a> = BufReader<Metered<'p, ZipFile<'p, Cursor<&'a [u8]>>>>;

impl<'a> Parts<'a> {
    /// Opens the file after the checks that need no inflating.
    pub(super) fn open(bytes: &'a [u8], limits: &Limits) -> Result<Self, SheetProblem> {
        let allowed = Allowed {
            entries: limits.entries,
            entry_bytes: limits.entry_bytes,
            total_bytes: limits.total_bytes,
        };
        let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        let (archive, entries) =
            zipped::open(Cursor::new(bytes), length, allowed).map_err(|refused| match refused {
                Refused::Damaged => SheetProblem::Damaged,
                Refused::Bomb => SheetProblem::Bomb,
                Refused::Locked => SheetProblem::OldOrLocked,
                Refused::Macros => SheetProblem::Macros,
            })?;
        Ok(Self { archive, entries, entry_bytes: limits.entry_bytes, left: Cell::new(limits.total_bytes) })
    }

    /// Whether there is an entry of this name.
    pub(super) fn has(&self, path: &str) -> bool {
        self.entries.position(path).is_some()
    }

    /// Begins to inflate an entry; `None` if there is no such entry.
    pub(super) fn part(&mut self, path: &str) -> Result<Option<Part<'_, 'a>>, SheetProblem> {
        let Some(index) = self.entries.position(path) else { return Ok(None) };
        let inner = self.archive.by_index(index).map_err(|_| SheetProblem::Damaged)?;
        Ok(Some(BufReader::new(Metered { inner, entry_left: self.entry_bytes, left: &self.left })))
    }
}

/// Says inside an [`io::Error`] that the counter ran out.
#[derive(Debug, thiserror::Error)]
#[error("more was inflated than is allowed")]
pub(super) struct TooMuch;

/// Counts what is read, and fails beyond what is allowed.
pub(super) struct Metered<'p, R> {
    inner: R,
    entry_left: u64,
    left: &'p Cell<u64>,
}

impl<R: Read> Read for Metered<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        let count = u64::try_from(read).unwrap_or(u64::MAX);
        match (self.entry_left.checked_sub(count), self.left.get().checked_sub(count)) {
            (Some(entry_left), Some(left)) => {
                self.entry_left = entry_left;
                self.left.set(left);
                Ok(read)
            }
            _ => Err(io::Error::other(TooMuch)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_counter_stops_an_endless_entry() {
        let left = Cell::new(150_u64);
        let mut part = Metered { inner: io::repeat(0), entry_left: 100, left: &left };
        part.read_exact(&mut [0; 100]).unwrap();
        let error = part.read_exact(&mut [0; 1]).unwrap_err();
        assert!(error.get_ref().unwrap().is::<TooMuch>());
        let mut next = Metered { inner: io::repeat(0), entry_left: 100, left: &left };
        next.read_exact(&mut [0; 50]).unwrap();
        assert!(next.read_exact(&mut [0; 1]).is_err());
    }
}
