//! The engine's write-ahead log: how far it can be read, and whether something follows after that.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use super::bytes::Bytes;
use super::crc::Crc;
use super::damage::{Damage, failed};

/// Records are cut so that no piece goes over the end of a block.
const BLOCK: usize = 32 * 1024;
const HEADER: usize = 7;
/// Enough of a record to read its numbers.
const PREFIX: usize = 32;

const PADDING: u8 = 0;
const FULL: u8 = 1;
const FIRST: u8 = 2;
const MIDDLE: u8 = 3;
const LAST: u8 = 4;

/// What was found in one file of the log.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Log {
    /// The engine's number of the newest write in it.
    pub(super) newest: u64,
    /// Where it cannot be read any further although it goes on.
    pub(super) broken_at: Option<u64>,
    /// Whether whole records follow after that: no kill leaves that behind.
    pub(super) goes_on: bool,
}

/// Reads a file of the log as the engine does, and on beyond what the engine would stop at.
pub(super) fn walk(path: &Path) -> Result<Log, Damage> {
    let mut file = File::open(path).map_err(failed(path))?;
    let (mut walk, mut block) = (Walk::default(), Vec::with_capacity(BLOCK));
    loop {
        block.clear();
        (&mut file).take(BLOCK as u64).read_to_end(&mut block).map_err(failed(path))?;
        if block.is_empty() {
            return Ok(walk.end());
        }
        walk.block(&block);
    }
}

#[derive(Default)]
struct Walk {
    log: Log,
    /// How many bytes came before this block.
    before: u64,
    /// The beginning of the record that goes over from one block to the next.
    record: Option<Vec<u8>>,
}

impl Walk {
    fn block(&mut self, block: &[u8]) {
        if self.log.broken_at.is_some() {
            self.log.goes_on |= stands_at(block, 0);
        } else if let Some((broken, next)) = self.pieces(block) {
            self.log.broken_at = Some(self.before + broken as u64);
            self.log.goes_on = stands_at(block, next);
        }
        self.before += block.len() as u64;
    }

    /// Takes in the pieces of a block; the place of the first that is not whole, and of what follows.
    fn pieces(&mut self, block: &[u8]) -> Option<(usize, usize)> {
        let mut at = 0;
        while let Some(piece) = piece_at(block, at) {
            let goes_on = matches!(piece.kind, MIDDLE | LAST);
            if !piece.whole || (piece.kind != PADDING && goes_on != self.record.is_some()) {
                return Some((at, piece.end));
            }
            at = piece.end;
            if piece.kind == PADDING {
                continue;
            }
            let record = self.record.get_or_insert_default();
            let room = PREFIX.saturating_sub(record.len()).min(piece.payload.len());
            record.extend_from_slice(&piece.payload[..room]);
            if matches!(piece.kind, FULL | LAST) {
                let newest = self.record.take().and_then(|record| newest_of(&record));
                self.log.newest = self.log.newest.max(newest.unwrap_or_default());
            }
        }
        // Less than a header, and the block is not full: what a kill leaves.
        (at < block.len()).then_some((at, block.len()))
    }

    fn end(mut self) -> Log {
        if self.record.is_some() {
            self.log.broken_at.get_or_insert(self.before);
        }
        self.log
    }
}

struct Piece<'a> {
    kind: u8,
    payload: &'a [u8],
    whole: bool,
    end: usize,
}

/// The piece that begins here, or the padding; `None` at the end, or if there is less than a header.
fn piece_at(block: &[u8], at: usize) -> Option<Piece<'_>> {
    let mut rest = Bytes(block.get(at..)?);
    if rest.0.len() < HEADER {
        // Too short for a header. In a block that is full this is skipped.
        let skipped = !rest.0.is_empty() && block.len() == BLOCK;
        return skipped.then_some(Piece { kind: PADDING, payload: &[], whole: true, end: block.len() });
    }
    let (sum, length, kind) = (rest.u32()?, usize::from(rest.u16()?), rest.u8()?);
    if kind == PADDING && sum == 0 && length == 0 && rest.0.iter().all(|byte| *byte == 0) {
        return Some(Piece { kind, payload: &[], whole: true, end: block.len() });
    }
    let payload = rest.take(length);
    let right = |payload| Crc::new().update(&[kind]).update(payload).sum() == sum;
    let whole = matches!(kind, FULL | FIRST | MIDDLE | LAST) && payload.is_some_and(right);
    let end = if payload.is_some() { at + HEADER + length } else { block.len() };
    Some(Piece { kind, payload: payload.unwrap_or_default(), whole, end })
}

/// Whether a whole piece stands here.
fn stands_at(block: &[u8], at: usize) -> bool {
    piece_at(block, at).is_some_and(|piece| piece.whole && piece.kind != PADDING)
}

/// The number of the newest write of a record.
fn newest_of(record: &[u8]) -> Option<u64> {
    let mut record = Bytes(record);
    let _version = record.u8()?;
    let (first, count) = (record.varint()?, record.varint()?);
    Some(first.saturating_add(count.saturating_sub(1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(kind: u8, payload: &[u8]) -> Vec<u8> {
        let sum = Crc::new().update(&[kind]).update(payload).sum();
        let length = u16::try_from(payload.len()).unwrap();
        [&sum.to_be_bytes()[..], &length.to_be_bytes(), &[kind], payload].concat()
    }

    /// A write-ahead log with these writes, one record each.
    fn log_of(writes: std::ops::RangeInclusive<u8>) -> Vec<u8> {
        writes.flat_map(|number| piece(FULL, &[1, number, 1, 7, 7, 7])).collect()
    }

    fn look(bytes: &[u8]) -> Log {
        let mut walk = Walk::default();
        bytes.chunks(BLOCK).for_each(|block| walk.block(block));
        walk.end()
    }

    #[test]
    fn a_whole_log_is_read_to_its_end() {
        assert_eq!(look(&log_of(1..=9)), Log { newest: 9, broken_at: None, goes_on: false });
        assert_eq!(look(&[]), Log::default());
    }

    #[test]
    fn half_a_record_at_the_end_is_no_damage() {
        let log = log_of(1..=9);
        for cut in 1..13 {
            let found = look(&log[..log.len() - cut]);
            assert_eq!((found.newest, found.goes_on), (8, false), "{cut}");
        }
    }

    #[test]
    fn any_flipped_bit_before_the_last_record_is_damage() {
        let whole = log_of(1..=9);
        for bit in 0..8 * (whole.len() - 13) {
            let mut log = whole.clone();
            log[bit / 8] ^= 1 << (bit % 8);
            let found = look(&log);
            assert!(found.broken_at.is_some(), "{bit}");
            // A length that is not right any more hides what follows, if it is in the same block.
            let length = (4..6).contains(&(bit / 8 % 13));
            assert!(found.goes_on || length, "{bit}");
        }
    }

    #[test]
    fn records_are_put_together_over_blocks() {
        let long = [&[1, 5, 1][..], &[9; BLOCK]].concat();
        let (first, last) = long.split_at(BLOCK - HEADER);
        let log = [piece(FIRST, first), piece(LAST, last), piece(FULL, &[1, 6, 2])].concat();
        assert_eq!(look(&log), Log { newest: 7, broken_at: None, goes_on: false });
        assert_eq!(look(&log[..BLOCK]).broken_at, Some(BLOCK as u64));
        let mut hit = log.clone();
        hit[100] ^= 1;
        let found = look(&hit);
        assert_eq!((found.broken_at, found.goes_on), (Some(0), true));
    }
}
