//! From a typed cell to its reading: what stands before a number, the number, what stands after.

use super::clean::{strip_prefix, without_parentheses};
use super::unit::{self, Miss};
use super::{Bound, Decimal, Doubt, MAX_CELL, Number, NumberFault, Reading, Unit, amount, word};
use crate::text::{is_control, one_line};

/// Cells that say that there is nothing. "nihil" is among them although it may mean 0: shown as
/// not filled it gets corrected, as a 0 that nobody typed it would not be noticed.
const NOTHING: [&str; 16] = [
    "n/a",
    "na",
    "n.a",
    "n.a.",
    "t/a",
    "nihil",
    "kosong",
    "null",
    "tidak ada",
    "tidak ada data",
    "tidak tersedia",
    "belum ada",
    "belum ada data",
    "belum tersedia",
    "belum diisi",
    "belum terisi",
];

/// Longer words stand before shorter ones that they begin with.
const BOUNDS: [(&str, Bound); 37] = [
    ("≥", Bound::AtLeast),
    (">=", Bound::AtLeast),
    ("≤", Bound::AtMost),
    ("<=", Bound::AtMost),
    (">", Bound::Above),
    ("<", Bound::Below),
    ("±", Bound::About),
    ("~", Bound::About),
    ("minimal ", Bound::AtLeast),
    ("minimum ", Bound::AtLeast),
    ("min. ", Bound::AtLeast),
    ("min ", Bound::AtLeast),
    ("paling sedikit ", Bound::AtLeast),
    ("paling rendah ", Bound::AtLeast),
    ("paling kurang ", Bound::AtLeast),
    ("paling cepat ", Bound::AtLeast),
    ("sekurang-kurangnya ", Bound::AtLeast),
    ("tidak kurang dari ", Bound::AtLeast),
    ("maksimal ", Bound::AtMost),
    ("maksimum ", Bound::AtMost),
    ("maks. ", Bound::AtMost),
    ("maks ", Bound::AtMost),
    ("max. ", Bound::AtMost),
    ("max ", Bound::AtMost),
    ("paling lama ", Bound::AtMost),
    ("paling lambat ", Bound::AtMost),
    ("paling banyak ", Bound::AtMost),
    ("paling tinggi ", Bound::AtMost),
    ("selambat-lambatnya ", Bound::AtMost),
    ("setinggi-tingginya ", Bound::AtMost),
    ("tidak lebih dari ", Bound::AtMost),
    ("lebih dari ", Bound::Above),
    ("di atas ", Bound::Above),
    ("kurang dari ", Bound::Below),
    ("di bawah ", Bound::Below),
    ("sekitar ", Bound::About),
    ("kurang lebih ", Bound::About),
];

impl Reading {
    /// Reads a cell as typed.
    ///
    /// By the Indonesian rule a dot groups thousands and a comma marks the decimals: "1.234" is
    /// 1234 and "103,74" is never 10374 (`domain.md`, section 5). What can only have been meant
    /// otherwise ("98.5", "1,234.5") is read as meant; both ways are told by [`Number::doubt`].
    pub fn of(cell: &str) -> Self {
        read(cell)
    }
}

fn read(cell: &str) -> Reading {
    if cell.chars().count() > MAX_CELL {
        return Reading::Fault(NumberFault::LongCell);
    }
    // Keyboards and programs of East Asia write the wide sign.
    let text = one_line(cell).replace('％', "%");
    if is_nothing(&text) {
        return Reading::Nothing;
    }
    match number(&text) {
        Ok(number) => Reading::Number(number),
        Err(Miss::Fault(fault)) => Reading::Fault(fault),
        Err(Miss::Words) => Reading::Text(text),
    }
}

fn is_nothing(text: &str) -> bool {
    // "Rp -" is how a spreadsheet writes no rupiah, and "- %" is typed likewise.
    let core = strip_prefix(text, "rp").unwrap_or(text).trim_end_matches('%');
    let is_blank = |c: char| matches!(c, ' ' | '-' | '‐' | '‑' | '–' | '—' | '−' | '_' | '.' | '…');
    core.chars().all(is_blank) || NOTHING.iter().any(|nothing| text.eq_ignore_ascii_case(nothing))
}

fn number(text: &str) -> Result<Number, Miss> {
    if text.starts_with('#') || strip_prefix(text, "err:").is_some() {
        return Err(Miss::Fault(NumberFault::SpreadsheetError));
    }
    if text.starts_with('=') {
        return Err(Miss::Fault(NumberFault::Formula));
    }
    if text.chars().any(is_control) {
        return Err(Miss::Fault(NumberFault::Unreadable));
    }
    if has_other_numerals(text) {
        return Err(Miss::Fault(NumberFault::Numerals));
    }
    let (bound, rest) = bound(text);
    let front = Front::of(rest);
    if !begins_with_number(front.rest) {
        return Err(if text.chars().any(char::is_alphabetic) {
            Miss::Words
        } else {
            Miss::Fault(NumberFault::Unreadable)
        });
    }
    if front.signs > 1 {
        return Err(Miss::Fault(NumberFault::Sign));
    }
    let (value, unit, doubt) = counted(&front)?;
    if front.parenthesised && matches!(unit, Unit::Words(_)) {
        // "(5 dokumen)" is a remark, "(5)" a negative number of bookkeeping.
        return Err(Miss::Words);
    }
    Ok(Number { value: if front.negative { value.negated() } else { value }, unit, bound, doubt })
}

/// The number at the start of what is left, and what follows it.
fn counted(front: &Front<'_>) -> Result<(Decimal, Unit, Option<Doubt>), Miss> {
    let (digits, rest) = front.rest.split_at(amount::end(front.rest));
    if is_exponent(rest) {
        return Err(Miss::Fault(NumberFault::Scientific));
    }
    if word::is_moment(digits, rest) {
        return Err(Miss::Words);
    }
    // "Rp1.000,-" is how whole rupiah are written.
    let rest = if digits.ends_with([',', '.']) { rest.trim_start_matches(['-', '–', '—']) } else { rest };
    let words = without_parentheses(rest).ok_or(Miss::Fault(NumberFault::Parentheses))?;
    let words = if word::is_grade(&words) { "" } else { &words };
    let after = unit::read(words, front.rupiah)?;
    let amount = amount::read(digits).map_err(Miss::Fault)?;
    let value = Decimal::from_digits(&amount.whole, &amount.decimals, after.shift)
        .ok_or(Miss::Fault(NumberFault::LongNumber))?;
    // Rupiah have no thousandths.
    let certain = after.unit == Unit::Rupiah && after.shift == 0 && amount.doubt == Some(Doubt::DotAsGroup);
    Ok((value, after.unit, if certain { None } else { amount.doubt }))
}

fn bound(text: &str) -> (Option<Bound>, &str) {
    let found = BOUNDS.iter().find_map(|(sign, bound)| Some((*bound, strip_prefix(text, sign)?)));
    found.map_or((None, text), |(bound, rest)| (Some(bound), rest))
}

/// Sign, currency and parentheses before a number, in any order: "-Rp5", "Rp-5", "(Rp5)".
#[derive(Default)]
struct Front<'a> {
    signs: usize,
    negative: bool,
    parenthesised: bool,
    rupiah: bool,
    rest: &'a str,
}

impl<'a> Front<'a> {
    fn of(text: &'a str) -> Self {
        let mut front = Front { rest: text.trim_start(), ..Front::default() };
        while front.take() {
            front.rest = front.rest.trim_start();
        }
        front
    }

    fn take(&mut self) -> bool {
        let rest = self.rest;
        if let Some(after) = rest.strip_prefix(['-', '−', '–', '‐', '‑']) {
            (self.negative, self.signs, self.rest) = (true, self.signs + 1, after);
        } else if let Some(after) = rest.strip_prefix('+') {
            (self.signs, self.rest) = (self.signs + 1, after);
        } else if let Some(after) = rest.strip_prefix('(').and_then(|r| r.strip_suffix(')')) {
            (self.negative, self.parenthesised) = (true, true);
            (self.signs, self.rest) = (self.signs + 1, after);
        } else if let (false, Some(after)) = (self.rupiah, rupiah(rest)) {
            (self.rupiah, self.rest) = (true, after);
        } else {
            return false;
        }
        true
    }
}

fn rupiah(text: &str) -> Option<&str> {
    let after = strip_prefix(text, "rp").or_else(|| strip_prefix(text, "idr"))?;
    Some(after.strip_prefix(['.', ':']).unwrap_or(after))
}

fn begins_with_number(text: &str) -> bool {
    text.strip_prefix(['.', ',']).unwrap_or(text).starts_with(|c: char| c.is_ascii_digit())
}

/// "E+05" behind digits.
fn is_exponent(text: &str) -> bool {
    let Some(after) = text.strip_prefix(['e', 'E']) else { return false };
    after.strip_prefix(['+', '-']).unwrap_or(after).starts_with(|c: char| c.is_ascii_digit())
}

/// Digits of other scripts, fractions, numbers in circles; not the "²" of "m²".
fn has_other_numerals(text: &str) -> bool {
    let mut in_word = false;
    for c in text.chars() {
        let other = c.is_numeric() && !c.is_ascii_digit();
        if other && !in_word {
            return true;
        }
        in_word = other || c.is_alphabetic();
    }
    false
}
