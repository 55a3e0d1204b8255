//! Comparing a text with the file that says how it should be.

use std::path::{Path, PathBuf};
use std::{env, fs};

/// The folder of a kind of golden files.
pub(crate) fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name)
}

/// Compares, or with `UPDATE_GOLDEN` set writes the file.
pub(crate) fn check(file: &Path, actual: &str) {
    let expected = fs::read_to_string(file).unwrap_or_default();
    if expected == actual {
        return;
    }
    if env::var_os("UPDATE_GOLDEN").is_some() {
        return fs::write(file, actual).unwrap();
    }
    let (mut ours, mut theirs) = (actual.lines(), expected.lines());
    let line = 1 + ours.by_ref().zip(theirs.by_ref()).take_while(|(a, b)| a == b).count();
    let at = |text: &str| text.lines().nth(line - 1).unwrap_or("(end of file)").to_owned();
    panic!(
        "{}:{line} differs\n  file: {}\n  now:  {}\nIf it should be so: UPDATE_GOLDEN=1 cargo test -p domain",
        file.display(),
        at(&expected),
        at(actual)
    );
}
