//! A table of the engine: every byte of it is in a block with a checksum, and every block is visited.

use std::fs::File;
use std::os::unix::fs::FileExt;
use std::path::Path;

use super::bytes::Bytes;
use super::crc::Crc;
use super::damage::{Damage, failed};
use super::values::Pointer;

/// The end of a table: form, kind of checksum, where the indexes are, a magic number.
const FOOTER: usize = 50;
const MAGIC: [u8; 8] = [0x57, 0xfb, 0x80, 0x8b, 0x24, 0x75, 0x47, 0xdb];
/// Behind each block: how it is compressed, and its checksum.
const TRAILER: usize = 5;
const MASK: u32 = 0xa282_ead8;

/// Visits a table, and gives each pointer to a value that lies elsewhere to `visit`. The answer is
/// the engine's number of the newest write in it.
pub(super) fn check(path: &Path, visit: impl FnMut(Pointer) -> Result<(), Damage>) -> Result<u64, Damage> {
    let file = File::open(path).map_err(failed(path))?;
    let length = file.metadata().map_err(failed(path))?.len();
    Table { file: &file, path, length, seen: 0 }.check(visit)
}

struct Table<'a> {
    file: &'a File,
    path: &'a Path,
    length: u64,
    /// How many bytes were visited.
    seen: u64,
}

/// What is new in each key against the one before it, and the value.
type Entries<'b> = Vec<(&'b [u8], &'b [u8])>;

#[derive(Clone, Copy)]
struct Place {
    offset: u64,
    size: u64,
}

impl Place {
    fn read(bytes: &mut Bytes<'_>) -> Option<Self> {
        Some(Self { offset: bytes.varint()?, size: bytes.varint()? })
    }
}

impl Table<'_> {
    fn check(mut self, mut visit: impl FnMut(Pointer) -> Result<(), Damage>) -> Result<u64, Damage> {
        let (meta, index) = self.footer()?;
        let meta = self.block(meta)?;
        let mut newest = None;
        for (key, value) in self.entries(&meta)? {
            if key.starts_with(b"filter.") {
                let place = Place::read(&mut Bytes(value)).ok_or_else(|| self.broken("penunjuk"))?;
                self.block(place)?;
            } else {
                newest = newest_write(value);
            }
        }
        let top = self.block(index)?;
        for partition in self.places(&top)? {
            let partition = self.block(partition)?;
            for data in self.places(&partition)? {
                let data = self.block(data)?;
                for (_, value) in self.entries(&data)? {
                    if let Some(pointer) = Pointer::of(value) {
                        visit(pointer.map_err(|()| self.broken("penunjuk nilai"))?)?;
                    }
                }
            }
        }
        // A block that nothing leads to any more would be a part of the table that is lost.
        if self.seen + FOOTER as u64 != self.length {
            return Err(self.broken("ada bagian yang tidak terjangkau"));
        }
        newest.ok_or_else(|| self.broken("keterangan"))
    }

    fn footer(&self) -> Result<(Place, Place), Damage> {
        let start = self.length.checked_sub(FOOTER as u64).ok_or_else(|| self.broken("terpotong"))?;
        let mut footer = [0; FOOTER];
        self.file.read_exact_at(&mut footer, start).map_err(failed(self.path))?;
        let (head, magic) = footer.split_at(FOOTER - MAGIC.len());
        let mut head = Bytes(head);
        let places = (|| {
            (head.u16()? == 0x0101).then_some(())?;
            Some((Place::read(&mut head)?, Place::read(&mut head)?))
        })();
        places.filter(|_| magic == MAGIC).ok_or_else(|| self.broken("bagian akhir"))
    }

    /// The bytes of a block whose checksum is right.
    fn block(&mut self, place: Place) -> Result<Vec<u8>, Damage> {
        let end = place.offset.checked_add(place.size).and_then(|end| end.checked_add(TRAILER as u64));
        let size = usize::try_from(place.size).ok();
        let (Some(size), true) = (size, end.is_some_and(|end| end <= self.length)) else {
            return Err(self.broken("penunjuk"));
        };
        let mut bytes = vec![0; size + TRAILER];
        self.file.read_exact_at(&mut bytes, place.offset).map_err(failed(self.path))?;
        let (covered, sum) = bytes.split_at(size + 1);
        let told = <[u8; 4]>::try_from(sum).map(u32::from_le_bytes).unwrap_or_default();
        if Crc::new().update(covered).sum() != told.wrapping_sub(MASK).rotate_left(15) {
            return Err(self.broken(&format!("jumlah periksa pada byte {} tidak cocok", place.offset)));
        }
        if covered.last() != Some(&0) {
            return Err(self.broken("dimampatkan dengan cara yang tidak dikenal"));
        }
        self.seen += bytes.len() as u64;
        bytes.truncate(size);
        Ok(bytes)
    }

    fn places(&self, block: &[u8]) -> Result<Vec<Place>, Damage> {
        let place = |(_, value)| Place::read(&mut Bytes(value)).ok_or_else(|| self.broken("penunjuk"));
        self.entries(block)?.into_iter().map(place).collect()
    }

    fn entries<'b>(&self, block: &'b [u8]) -> Result<Entries<'b>, Damage> {
        entries(block).ok_or_else(|| self.broken("blok"))
    }

    fn broken(&self, what: &str) -> Damage {
        Damage::new(self.path, what)
    }
}

fn entries(block: &[u8]) -> Option<Entries<'_>> {
    let (rest, restarts) = block.split_last_chunk()?;
    let restarts = usize::try_from(u32::from_le_bytes(*restarts)).ok()?.checked_mul(4)?;
    let mut rest = Bytes(rest.get(..rest.len().checked_sub(restarts)?)?);
    let mut entries = Vec::new();
    while !rest.0.is_empty() {
        let (_shared, fresh, value) = (rest.length()?, rest.length()?, rest.length()?);
        entries.push((rest.take(fresh)?, rest.take(value)?));
    }
    Some(entries)
}

/// The newest write, out of what a table says of itself.
fn newest_write(meta: &[u8]) -> Option<u64> {
    let mut meta = Bytes(meta);
    let (_has, _oldest) = (meta.u8()?, meta.u64()?);
    meta.u64()
}
