//! How files are called while they are on their way in.

use std::ffi::OsStr;

use crate::store::holding::Holder;
use crate::token::{TokenHash, hex};

/// How a file is called while it is being received.
pub(crate) const PARTIAL: &str = "part";
/// The end of the name of a file that comes piece by piece. It outlives a restart.
pub(crate) const PIECES: &str = "unggah";
/// Between the holder, in hex, and what tells one upload of theirs from another.
const BETWEEN: char = '-';

/// The name of a file that comes piece by piece. It says whose it is, so that it counts as theirs after
/// a restart as well.
pub(crate) fn pieces_name(holder: &Holder, key: &TokenHash) -> String {
    format!("{}{BETWEEN}{}.{PIECES}", hex(holder.as_str().as_bytes()), key.as_hex())
}

/// What tells an upload from the others of its holder; all of an older program's name does.
pub(crate) fn key_of(stem: &str) -> &str {
    match stem.split_once(BETWEEN) {
        Some((holder, key)) if Holder::from_hex(holder).is_some() => key,
        _ => stem,
    }
}

/// A file in the folder that comes piece by piece, and whose it is.
pub(super) fn of_name(name: &OsStr) -> Option<(String, Holder)> {
    let name = name.to_str()?;
    let stem = name.strip_suffix(PIECES)?.strip_suffix('.')?;
    // Those of an older program say nothing of their holder; they count for all together.
    let holder = stem.split_once(BETWEEN).and_then(|(holder, _)| Holder::from_hex(holder));
    Some((name.to_owned(), holder.unwrap_or_else(Holder::unknown)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_whose_it_is() {
        let holder = Holder::agency(&"dinkes".into());
        let name = pieces_name(&holder, &TokenHash::of("1:dinkes:abc"));
        assert_eq!(of_name(name.as_ref()), Some((name.clone(), holder)));
        let old = format!("{}.unggah", TokenHash::of("x").as_hex());
        assert_eq!(of_name(old.as_ref()), Some((old.clone(), Holder::unknown())));
        assert_eq!(of_name("abc.part".as_ref()), None);
    }
}
