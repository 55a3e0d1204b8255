//! The data folder of a command.

use std::path::{Path, PathBuf};

use services::backup::UNFINISHED;

use super::failure::Failure;
use crate::config::Options;

/// The data folder, which must be there: a command on a mistyped folder must not make one.
pub(super) fn existing(options: &Options) -> Result<PathBuf, Failure> {
    let data = options.data(false);
    if !data.is_dir() {
        return Err(Failure::Said(format!(
            "folder data {} tidak ada; sebutkan dengan --data",
            data.display()
        )));
    }
    finished(&data)?;
    Ok(data)
}

/// Refuses a folder into which an archive was not restored to the end.
pub(super) fn finished(data: &Path) -> Result<(), Failure> {
    if data.join(UNFINISHED).exists() {
        let data = data.display();
        return Err(Failure::Said(format!(
            "pemulihan ke {data} belum selesai; hapus folder itu lalu pulihkan lagi"
        )));
    }
    Ok(())
}
