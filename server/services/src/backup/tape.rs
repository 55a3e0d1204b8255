//! The tar of an archive: read and written in one form only, so that no byte of it is loose.
//!
//! Ordinary files with short names and nothing else. Everything else that a tar can carry (holes,
//! long names, links, extended headers) is refused by its first 512 bytes, before anything is
//! kept in memory for it; what is inside a file streams past.

use std::io::{self, BufRead, BufReader, Read};

use tar::Header;

use super::BackupError;

const BLOCK: usize = 512;
/// How much is read from the disk at once.
const STEP: usize = 64 * 1024;

/// The head of an ordinary file, in the only form there is.
pub(super) fn head(name: &str, size: u64, made: u64) -> io::Result<Header> {
    let mut header = Header::new_gnu();
    header.set_size(size);
    header.set_mode(0o600);
    header.set_mtime(made);
    header.set_path(name)?;
    header.set_cksum();
    Ok(header)
}

/// One file of an archive.
pub(super) struct Item<'a> {
    /// Its name.
    pub(super) name: &'a str,
    /// Its length in bytes, as its head says.
    pub(super) size: u64,
    /// When it was made, in seconds since 1970.
    pub(super) made: u64,
    /// What is in it.
    pub(super) bytes: &'a mut dyn Read,
}

/// Goes through an archive from its first byte to its last.
///
/// # Errors
/// [`BackupError::Part`] with the first thing that is not as we write it; what `take` fails with.
pub(super) fn each(
    from: impl Read,
    mut take: impl FnMut(Item<'_>) -> Result<(), BackupError>,
) -> Result<(), BackupError> {
    let mut from = BufReader::with_capacity(STEP, from);
    loop {
        let mut block = [0; BLOCK];
        whole(from.read_exact(&mut block))?;
        if block == [0; BLOCK] {
            return end(from);
        }
        let (name, size, made) = open(&block)?;
        let mut bytes = (&mut from).take(size);
        take(Item { name: &name, size, made, bytes: &mut bytes })?;
        io::copy(&mut bytes, &mut io::sink())?;
        if bytes.limit() > 0 {
            return Err(cut_short());
        }
        let loose = usize::try_from(size % BLOCK as u64).unwrap_or_default();
        let mut rest = [0; BLOCK];
        let rest = &mut rest[..(BLOCK - loose) % BLOCK];
        whole(from.read_exact(rest))?;
        if rest.iter().any(|byte| *byte != 0) {
            return Err(odd(&name, "diikuti bita yang tidak ditulis Alur"));
        }
    }
}

fn open(block: &[u8; BLOCK]) -> Result<(String, u64, u64), BackupError> {
    let header = Header::from_byte_slice(block);
    let name = String::from_utf8_lossy(&header.path_bytes()).into_owned();
    if header.as_old().linkflag != [0] {
        return Err(odd(&name, "bukan berkas biasa; arsip Alur tidak memuat yang lain"));
    }
    let (Ok(size), Ok(made)) = (header.entry_size(), header.mtime()) else {
        return Err(odd(&name, "tidak berukuran atau tidak bertanggal"));
    };
    match head(&name, size, made) {
        Ok(ours) if ours.as_bytes() == block => Ok((name, size, made)),
        _ => Err(odd(&name, "berkepala yang tidak ditulis Alur")),
    }
}

/// An archive ends with two empty blocks, and then there is nothing.
fn end(mut from: impl BufRead) -> Result<(), BackupError> {
    let mut block = [0; BLOCK];
    whole(from.read_exact(&mut block))?;
    if block != [0; BLOCK] || !from.fill_buf()?.is_empty() {
        return Err(BackupError::Part("ada bita sesudah akhirnya".to_owned()));
    }
    Ok(())
}

fn whole(read: io::Result<()>) -> Result<(), BackupError> {
    read.map_err(|error| match error.kind() {
        io::ErrorKind::UnexpectedEof => cut_short(),
        _ => BackupError::Archive(error),
    })
}

pub(super) fn cut_short() -> BackupError {
    BackupError::Part("berhenti sebelum selesai".to_owned())
}

/// Something about an entry, whose name is hostile until it is known.
pub(super) fn odd(name: &str, what: &str) -> BackupError {
    let name: String = name.chars().take(80).flat_map(char::escape_default).collect();
    BackupError::Part(format!("\"{name}\" {what}"))
}
