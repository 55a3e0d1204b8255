//! What can be told of a zip file before anything in it is inflated.

use std::io::{Read, Seek};

use zip::ZipArchive;
use zip::result::ZipError;

/// How large a zip file may say it is.
#[derive(Clone, Copy)]
pub(super) struct Allowed {
    /// Entries.
    pub entries: usize,
    /// Bytes of one entry, inflated.
    pub entry_bytes: u64,
    /// Bytes of all entries, inflated.
    pub total_bytes: u64,
}

/// Inflated bytes for each byte of the file: office files stay under 50, a bomb has about 1,000.
const RATIO: u64 = 200;
/// Below this many inflated bytes the ratio means nothing.
const RATIO_FROM: u64 = 4 * 1024 * 1024;

/// Why a zip file is not opened.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Refused {
    /// No end, or a list of entries that makes no sense.
    Damaged,
    /// More, larger or denser than allowed.
    Bomb,
    /// An entry needs a password.
    Locked,
    /// It carries a program.
    Macros,
}

/// The entries of an archive that passed the checks.
pub(super) struct Entries(Vec<String>);

impl Entries {
    /// The position of an entry. Names are compared as Windows does, since some writers do not
    /// keep the capitals of the standard.
    pub(super) fn position(&self, path: &str) -> Option<usize> {
        let path = path.to_ascii_lowercase();
        self.0.iter().position(|name| *name == path)
    }
}

/// Opens a zip file and checks what its directory says. The sizes in it are claims: whoever
/// inflates an entry must count again.
///
/// # Errors
/// [`Refused`].
pub(super) fn open<R: Read + Seek>(
    reader: R,
    bytes: u64,
    allowed: Allowed,
) -> Result<(ZipArchive<R>, Entries), Refused> {
    let archive = ZipArchive::new(reader).map_err(|error| match error {
        ZipError::InvalidPassword => Refused::Locked,
        _ => Refused::Damaged,
    })?;
    if archive.len() > allowed.entries {
        return Err(Refused::Bomb);
    }
    let mut names = Vec::with_capacity(archive.len());
    let mut total = 0_u64;
    for index in 0..archive.len() {
        let entry = archive.by_index_data(index).map_err(|_| Refused::Damaged)?;
        if entry.encrypted() {
            return Err(Refused::Locked);
        }
        total = total.saturating_add(entry.size());
        if entry.size() > allowed.entry_bytes || total > allowed.total_bytes {
            return Err(Refused::Bomb);
        }
        let name = String::from_utf8_lossy(entry.name_raw()).replace('\\', "/").to_ascii_lowercase();
        let name = name.trim_start_matches('/');
        // Excel 4 macros are sheets of their own kind and need no `vbaProject.bin`.
        if name.ends_with("vbaproject.bin") || name.starts_with("xl/macrosheets/") {
            return Err(Refused::Macros);
        }
        names.push(name.to_owned());
    }
    if total > RATIO_FROM && total / RATIO > bytes {
        return Err(Refused::Bomb);
    }
    Ok((archive, Entries(names)))
}
