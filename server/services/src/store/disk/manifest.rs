//! The engine's list of tables. It carries no checksum, so it is held against what lies beside it.

use std::collections::BTreeSet;
use std::path::Path;

use super::bytes::Bytes;
use super::damage::Damage;
use super::files::read;

/// The form that surrealkv 0.21 writes.
const FORMAT: u16 = 1;

/// What the list says.
pub(super) struct Manifest {
    /// The number of the next table; higher than any there is.
    pub(super) next_table: u64,
    /// The first write-ahead log whose records are not in tables yet.
    pub(super) first_log: u64,
    /// The engine's number of the newest write that is in a table.
    pub(super) last_write: u64,
    /// The tables.
    pub(super) tables: BTreeSet<u64>,
}

impl Manifest {
    /// Reads it.
    pub(super) fn open(path: &Path) -> Result<Self, Damage> {
        let bytes = read(path)?;
        parse(&bytes).ok_or_else(|| Damage::new(path, "isinya bukan daftar tabel"))
    }
}

fn parse(bytes: &[u8]) -> Option<Manifest> {
    let mut bytes = Bytes(bytes);
    if bytes.u16()? != FORMAT {
        return None;
    }
    let (next_table, first_log, last_write) = (bytes.u64()?, bytes.u64()?, bytes.u64()?);
    let mut tables = BTreeSet::new();
    for _ in 0..bytes.u8()? {
        for _ in 0..bytes.u32()? {
            let table = bytes.u64()?;
            if table >= next_table || !tables.insert(table) {
                return None;
            }
        }
    }
    for _ in 0..bytes.u32()? {
        let length = usize::try_from(bytes.u32()?).ok()?;
        bytes.take(length)?;
    }
    bytes.0.is_empty().then_some(Manifest { next_table, first_log, last_write, tables })
}
