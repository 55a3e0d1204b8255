//! Large values, which the engine keeps in files of their own. It does not check them when it reads.

use std::collections::BTreeMap;
use std::fs::File;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

use super::bytes::Bytes;
use super::crc::Crc;
use super::damage::{Damage, failed};
use super::files::numbered;

const HEADER: usize = 31;
const MAGIC: u32 = 0x564C_4F47;
const FORMAT: u16 = 1;
/// Set in front of a value that is only a pointer.
const IS_POINTER: u8 = 1;

/// Where a value lies.
pub(super) struct Pointer {
    file: u64,
    offset: u64,
    key: u32,
    value: u32,
    sum: u32,
}

impl Pointer {
    /// The pointer that stands in a table in the place of a value; `None` if the value itself does.
    pub(super) fn of(value: &[u8]) -> Option<Result<Self, ()>> {
        let mut bytes = Bytes(value);
        // A deleted row has no value at all.
        let (meta, _version) = (bytes.u8()?, bytes.u8()?);
        (meta & IS_POINTER != 0).then(|| Self::read(bytes).ok_or(()))
    }

    fn read(mut bytes: Bytes<'_>) -> Option<Self> {
        let _version = bytes.u8()?;
        let (file, offset) = (u64::from(bytes.u32()?), bytes.u64()?);
        let (key, value, sum) = (bytes.u32()?, bytes.u32()?, bytes.u32()?);
        bytes.0.is_empty().then_some(Self { file, offset, key, value, sum })
    }
}

/// The files of values of a database.
pub(super) struct Values {
    folder: PathBuf,
    files: BTreeMap<u64, (File, u64)>,
}

impl Values {
    /// Opens them, and checks that each is what its name says.
    pub(super) fn open(folder: PathBuf) -> Result<Self, Damage> {
        let mut files = BTreeMap::new();
        for (number, path) in numbered(&folder, "vlog")? {
            let file = File::open(&path).map_err(failed(&path))?;
            let length = file.metadata().map_err(failed(&path))?.len();
            // An empty one was begun when the program was killed.
            if length > 0 && !is_header(&file, number) {
                return Err(Damage::new(&path, "bagian awal"));
            }
            files.insert(number, (file, length));
        }
        Ok(Self { folder, files })
    }

    /// Reads the value and compares it with its checksum.
    pub(super) fn check(&self, pointer: &Pointer) -> Result<(), Damage> {
        let Pointer { file: number, offset, key, value, sum } = *pointer;
        let path = || self.folder.join(format!("{number:020}.vlog"));
        let Some((file, length)) = self.files.get(&number) else {
            return Err(Damage::new(&path(), "hilang"));
        };
        let size = 12 + u64::from(key) + u64::from(value);
        if offset.checked_add(size).is_none_or(|end| end > *length) {
            return Err(Damage::new(&path(), "terpotong"));
        }
        let wrong = || Damage::new(&path(), &format!("nilai pada byte {offset} tidak cocok"));
        let mut bytes = vec![0; usize::try_from(size).map_err(|_| wrong())?];
        file.read_exact_at(&mut bytes, offset).map_err(|error| failed(&path())(error))?;
        if is_entry(&bytes, key, value, sum) { Ok(()) } else { Err(wrong()) }
    }
}

fn is_entry(bytes: &[u8], key: u32, value: u32, sum: u32) -> bool {
    let mut rest = Bytes(bytes);
    let lengths = (rest.u32(), rest.u32()) == (Some(key), Some(value));
    let Some((covered, stored)) = rest.0.split_last_chunk() else { return false };
    lengths && u32::from_be_bytes(*stored) == sum && Crc::new().update(covered).sum() == sum
}

fn is_header(file: &File, number: u64) -> bool {
    let mut header = [0; HEADER];
    let mut bytes = match file.read_exact_at(&mut header, 0) {
        Ok(()) => Bytes(&header),
        Err(_) => return false,
    };
    let found = (bytes.u32(), bytes.u16(), bytes.u32().map(u64::from));
    found == (Some(MAGIC), Some(FORMAT), Some(number))
}

/// The newest file of values, the only one that the engine goes on writing to.
pub(super) fn newest(folder: &Path) -> Result<Option<PathBuf>, Damage> {
    Ok(numbered(folder, "vlog")?.pop_last().map(|(_, path)| path))
}
