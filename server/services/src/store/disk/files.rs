//! The engine's files as the file system has them.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use super::damage::{Damage, failed};

/// The files of a folder that are called by a number and end like this, by number.
pub(super) fn numbered(folder: &Path, extension: &str) -> Result<BTreeMap<u64, PathBuf>, Damage> {
    let entries = match folder.read_dir() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(BTreeMap::new()),
        entries => entries.map_err(failed(folder))?,
    };
    let mut files = BTreeMap::new();
    for entry in entries {
        let path = entry.map_err(failed(folder))?.path();
        let named = path.extension().is_some_and(|found| found == extension);
        let number = path.file_stem().and_then(|stem| stem.to_str()).and_then(|stem| stem.parse().ok());
        if let (true, Some(number)) = (named, number) {
            files.insert(number, path);
        }
    }
    Ok(files)
}

/// All of a file.
pub(super) fn read(path: &Path) -> Result<Vec<u8>, Damage> {
    std::fs::read(path).map_err(failed(path))
}
