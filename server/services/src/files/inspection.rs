//! Holding received files against what is known of them.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use sha2::{Digest, Sha256};

use super::disk::{Politeness, Resting};
use super::path_in;
use crate::store::file::KeptFile;
use crate::token::hex;

/// How much is read at once, in bytes.
const STEP: usize = 256 * 1024;

/// Reads every file; `polite`: with rests, because others are at work. What is wrong with each that is
/// not as it was received, a sentence each. `done` is told how many were read.
pub fn inspect(folder: &Path, files: &[KeptFile], polite: bool, mut done: impl FnMut(usize)) -> Vec<String> {
    let mut faults = Vec::new();
    for (at, file) in files.iter().enumerate() {
        let fault = match digest(folder, file, polite) {
            Ok(sha256) if sha256 == file.view.sha256 => None,
            Ok(_) => Some("rusak (isinya tidak sesuai dengan SHA-256-nya)".to_owned()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Some("hilang".to_owned()),
            Err(error) => Some(format!("tidak terbaca ({error})")),
        };
        if let Some(fault) = fault {
            let (name, sha256) = (&file.view.name, &file.view.sha256);
            faults.push(format!("berkas {name:?} ({}) {fault}", folder.join(sha256).display()));
        }
        done(at + 1);
    }
    faults
}

fn digest(folder: &Path, file: &KeptFile, polite: bool) -> io::Result<String> {
    let path = path_in(folder, &file.view.sha256).ok_or(io::ErrorKind::NotFound)?;
    let file = File::open(path)?;
    let mut bytes: Box<dyn Read> =
        if polite { Box::new(Resting::new(file, Politeness::default())) } else { Box::new(file) };
    let (mut sha256, mut step) = (Sha256::new(), vec![0; STEP]);
    loop {
        match bytes.read(&mut step)? {
            0 => return Ok(hex(&sha256.finalize())),
            count => sha256.update(&step[..count]),
        }
    }
}
