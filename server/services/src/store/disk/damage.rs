//! A file of the engine that is not what it wrote.

use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

/// A file that is not what the engine wrote.
#[derive(Debug, Error)]
#[error("{}: {why}", file.display())]
pub struct Damage {
    /// Which.
    pub file: PathBuf,
    /// What is wrong with it, in the person's language.
    pub why: String,
}

impl Damage {
    /// This is wrong with a file.
    pub(super) fn new(file: &Path, why: &str) -> Self {
        Self { file: file.to_owned(), why: format!("rusak ({why})") }
    }
}

/// What is said of a file that the system does not give.
pub(super) fn failed(path: &Path) -> impl FnOnce(io::Error) -> Damage {
    |error| match error.kind() {
        io::ErrorKind::NotFound => Damage::new(path, "hilang"),
        _ => Damage { file: path.to_owned(), why: format!("tidak terbaca ({error})") },
    }
}
