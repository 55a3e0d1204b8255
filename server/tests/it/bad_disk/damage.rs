//! The ways in which a file can be damaged.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::harness::copy_all;

/// At how many places a bit is flipped, or the file cut off.
const PLACES: usize = 50;
const PAGE: usize = 4096;
/// How many pages are overwritten with zeros at most.
const PAGES: usize = 8;

/// One damaged file.
pub(crate) struct Case {
    /// The file, as seen from the data folder.
    file: PathBuf,
    what: Damage,
    /// The how manieth of this file, when they are shuffled.
    pub(crate) nth: usize,
}

enum Damage {
    Flip { byte: usize, bit: usize },
    Cut { length: usize },
    Zero { page: usize },
    Gone,
}

impl fmt::Display for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let file = self.file.display();
        match self.what {
            Damage::Flip { byte, bit } => write!(f, "{file}: bit {bit} of byte {byte} flipped"),
            Damage::Cut { length } => write!(f, "{file}: cut to {length} bytes"),
            Damage::Zero { page } => write!(f, "{file}: page {page} zeroed"),
            Damage::Gone => write!(f, "{file}: removed"),
        }
    }
}

impl Case {
    /// Which way it is, for the table.
    pub(crate) fn kind(&self) -> &'static str {
        match self.what {
            Damage::Flip { .. } => "bit flipped",
            Damage::Cut { .. } => "cut off",
            Damage::Zero { .. } => "page zeroed",
            Damage::Gone => "removed",
        }
    }

    /// Whether it is about the database or its mark, and not about a received file.
    pub(crate) fn is_of_database(&self) -> bool {
        !self.file.starts_with("files")
    }

    /// Copies a data folder and damages the copy.
    pub(crate) fn apply(&self, from: &Path, to: &Path) {
        std::fs::create_dir(to).unwrap();
        copy_all(from, to);
        let path = to.join(&self.file);
        let mut bytes = std::fs::read(&path).unwrap();
        match self.what {
            Damage::Flip { byte, bit } => bytes[byte] ^= 1 << bit,
            Damage::Cut { length } => bytes.truncate(length),
            Damage::Zero { page } => bytes.iter_mut().skip(page * PAGE).take(PAGE).for_each(|byte| *byte = 0),
            Damage::Gone => return std::fs::remove_file(&path).unwrap(),
        }
        std::fs::write(&path, bytes).unwrap();
    }
}

/// Every case for every file of a data folder, but for those that hold nothing: the lock of the
/// engine and the socket.
pub(crate) fn cases(folder: &Path) -> Vec<Case> {
    let mut cases = Vec::new();
    for file in files(folder) {
        let length = usize::try_from(file.metadata().unwrap().len()).unwrap();
        let file = file.strip_prefix(folder).unwrap().to_owned();
        let places = PLACES.min(length);
        let place = |n: usize| n * length / places + length / places / 2;
        let flips = (0..places).map(|n| Damage::Flip { byte: place(n), bit: (n * 5 + 3) % 8 });
        let cuts = (0..places).map(|n| Damage::Cut { length: place(n) });
        let pages = length.div_ceil(PAGE);
        let zeros = (0..PAGES.min(pages)).map(|n| Damage::Zero { page: n * pages / PAGES.min(pages) });
        let all = flips.chain(cuts).chain(zeros).chain([Damage::Gone]);
        cases.extend(all.map(|what| Case { file: file.clone(), what, nth: 0 }));
    }
    cases
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in folder.read_dir().unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(self::files(&path));
        } else if path.is_file() && !path.ends_with("LOCK") {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// The same in another order, always the same one.
pub(crate) fn shuffled(mut cases: Vec<Case>, seed: u64) -> Vec<Case> {
    let mut random = seed;
    for at in (1..cases.len()).rev() {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let other = usize::try_from(random >> 33).unwrap() % (at + 1);
        cases.swap(at, other);
    }
    let mut seen = std::collections::BTreeMap::<PathBuf, usize>::new();
    for case in &mut cases {
        let nth = seen.entry(case.file.clone()).or_default();
        (case.nth, *nth) = (*nth, *nth + 1);
    }
    // Of each file something, before of any a second; but received files, of which there are many
    // that are alike, after all of the database.
    cases.sort_by_key(|case| (!case.is_of_database(), case.nth));
    cases
}
