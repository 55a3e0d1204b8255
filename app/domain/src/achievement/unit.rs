//! What stands behind a number.

use super::{NumberFault, Unit};

/// Why a cell is not a number.
pub(super) enum Miss {
    /// It is words, or more than one number, and compared by hand.
    Words,
    /// It cannot be read.
    Fault(NumberFault),
}

/// What [`read`] has found.
pub(super) struct After {
    pub(super) unit: Unit,
    /// The power of ten of a factor such as "juta".
    pub(super) shift: u8,
}

/// Reads what stands behind a number: a factor, then what is counted.
pub(super) fn read(words: &str, rupiah: bool) -> Result<After, Miss> {
    let (shift, words) = match split_word(words) {
        (word, rest) if let Some(shift) = factor(word, rupiah) => (shift, rest),
        _ => (0, words),
    };
    let (word, rest) = split_word(words);
    if shift > 0 && factor(word, rupiah).is_some() {
        return Err(Miss::Fault(NumberFault::Multiplier));
    }
    let says = |names: &[&str]| names.iter().any(|name| is_word(word, name));
    let (percent, rupiah, rest) = if let Some(rest) = words.strip_prefix('%') {
        (true, rupiah, rest.trim_start())
    } else if says(&["persen", "percent"]) {
        (true, rupiah, rest)
    } else if says(&["rupiah"]) {
        (false, true, rest)
    } else {
        (false, rupiah, words)
    };
    let per = is_word(split_word(rest).0, "per");
    if has_number(rest) && !per {
        return Err(Miss::Words);
    }
    let unit = match (rupiah, percent) {
        (true, false) if rest.is_empty() || per || rest.starts_with('/') => Unit::Rupiah,
        (true, _) => return Err(Miss::Fault(NumberFault::AfterRupiah(words.to_owned()))),
        (false, true) => Unit::Percent,
        (false, false) if rest.is_empty() => Unit::None,
        (false, false) if rest.contains(|c: char| c.is_alphabetic() || matches!(c, '‰' | '°')) => {
            Unit::Words(rest.to_owned())
        }
        (false, false) => return Err(Miss::Fault(NumberFault::Unreadable)),
    };
    Ok(After { unit, shift })
}

/// The power of ten that a word stands for. "M" and "T" are factors of rupiah only: "5 M" may be
/// metres.
fn factor(word: &str, rupiah: bool) -> Option<u8> {
    const FACTORS: [(&str, u8); 8] = [
        ("ribu", 3),
        ("rb", 3),
        ("juta", 6),
        ("jt", 6),
        ("miliar", 9),
        ("milyar", 9),
        ("triliun", 12),
        ("trilyun", 12),
    ];
    let known = FACTORS.iter().find(|(name, _)| is_word(word, name)).map(|(_, shift)| *shift);
    known.or_else(|| match word.trim_end_matches('.') {
        "M" | "m" if rupiah => Some(9),
        "T" | "t" if rupiah => Some(12),
        _ => None,
    })
}

fn is_word(word: &str, name: &str) -> bool {
    word.trim_end_matches(['.', ',']).eq_ignore_ascii_case(name)
}

fn split_word(text: &str) -> (&str, &str) {
    text.split_once(' ').unwrap_or((text, ""))
}

/// Whether there is a second number: "3 dari 5", "12/2025"; not in "m2" or "CO2".
fn has_number(text: &str) -> bool {
    let mut in_word = false;
    for c in text.chars() {
        let digit = c.is_ascii_digit();
        if digit && !in_word {
            return true;
        }
        in_word = digit || c.is_alphabetic();
    }
    false
}
