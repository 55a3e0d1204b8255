//! Reading Waktu as printed into an [`Allowance`].

use super::csv::shown;
use super::{Allowance, AllowanceProblem, DAY_MINUTES};

#[derive(Clone, Copy, PartialEq)]
enum Unit {
    Minute,
    Hour,
    Day,
    Week,
    Month,
}

/// A number as written: `digits / scale`, `scale` being a power of ten.
#[derive(Clone, Copy)]
struct Amount {
    digits: u64,
    scale: u64,
}

impl Allowance {
    /// Reads Waktu as printed, in any case: "1 Jam", "10 hari", "1 (satu) Hari kerja",
    /// "1,5 Jam", "2 Jam 30 Menit", "15 menit", "2 Minggu", "1 Bulan", "-", "".
    ///
    /// A number in words between parentheses is not compared with the digits. A decimal part
    /// of Jam or Hari becomes minutes, half a Hari being 225 (**assumed**: of a day of 450).
    ///
    /// # Errors
    /// [`AllowanceProblem`], in a sentence for the user.
    pub fn parse(printed: &str) -> Result<Self, AllowanceProblem> {
        let text = without_parentheses(printed).ok_or_else(|| not_understood(printed))?;
        let text = text.trim().to_lowercase();
        if matches!(text.as_str(), "" | "-" | "–" | "—") {
            return Ok(Allowance::None);
        }
        let parts = quantities(&text, printed)?;
        match parts.as_slice() {
            [] => Err(not_understood(printed)),
            [(amount, unit)] => single(*amount, *unit, printed),
            [(hours, Unit::Hour), (minutes, Unit::Minute)] => {
                let total = minutes_of(*hours, 60, printed)?
                    .checked_add(minutes_of(*minutes, 1, printed)?)
                    .ok_or_else(|| too_large(printed))?;
                nonzero(total).map(Allowance::Minutes)
            }
            _ => Err(AllowanceProblem::Mixed(shown(printed))),
        }
    }
}

fn single(amount: Amount, unit: Unit, printed: &str) -> Result<Allowance, AllowanceProblem> {
    let whole = amount.digits.is_multiple_of(amount.scale).then(|| amount.digits / amount.scale);
    if let Some(n) = whole {
        let n = nonzero(u32::try_from(n).map_err(|_| too_large(printed))?)?;
        return Ok(match unit {
            Unit::Minute => Allowance::Minutes(n),
            Unit::Hour => Allowance::Hours(n),
            Unit::Day => Allowance::Days(n),
            Unit::Week => Allowance::Weeks(n),
            Unit::Month => Allowance::Months(n),
        });
    }
    match unit {
        Unit::Hour => minutes_of(amount, 60, printed).map(Allowance::Minutes),
        Unit::Day => minutes_of(amount, DAY_MINUTES.unsigned_abs(), printed).map(Allowance::Minutes),
        Unit::Minute | Unit::Week | Unit::Month => Err(AllowanceProblem::Fraction(shown(printed))),
    }
}

fn minutes_of(amount: Amount, unit: u64, printed: &str) -> Result<u32, AllowanceProblem> {
    let scaled = amount.digits.checked_mul(unit).ok_or_else(|| too_large(printed))?;
    if !scaled.is_multiple_of(amount.scale) {
        return Err(AllowanceProblem::Fraction(shown(printed)));
    }
    u32::try_from(scaled / amount.scale).map_err(|_| too_large(printed))
}

fn nonzero(n: u32) -> Result<u32, AllowanceProblem> {
    if n == 0 {
        return Err(AllowanceProblem::Zero);
    }
    Ok(n)
}

/// The pairs of number and unit in `text`, which is in lower case.
fn quantities(text: &str, printed: &str) -> Result<Vec<(Amount, Unit)>, AllowanceProblem> {
    let mut parts = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let number = rest.len() - rest.trim_start_matches(is_of_number).len();
        let (number, after) = rest.split_at(number);
        let after = after.trim_start();
        let word = after.len() - after.trim_start_matches(char::is_alphabetic).len();
        let (word, after) = after.split_at(word);
        if number.is_empty() || word.is_empty() {
            return Err(not_understood(printed));
        }
        let unit = unit(word).ok_or_else(|| AllowanceProblem::Unit(shown(word)))?;
        parts.push((amount(number, printed)?, unit));
        rest = after.trim_start();
        if matches!(unit, Unit::Hour | Unit::Day) {
            rest = without_kerja(rest);
        }
    }
    Ok(parts)
}

fn is_of_number(c: char) -> bool {
    c.is_ascii_digit() || c == ',' || c == '.'
}

fn unit(word: &str) -> Option<Unit> {
    match word {
        "menit" => Some(Unit::Minute),
        "jam" => Some(Unit::Hour),
        "hari" => Some(Unit::Day),
        "minggu" | "pekan" => Some(Unit::Week),
        "bulan" => Some(Unit::Month),
        _ => None,
    }
}

/// "10 hari kerja" and "2 jam kerja" say what is meant anyway.
fn without_kerja(rest: &str) -> &str {
    match rest.strip_prefix("kerja") {
        Some(after) if !after.starts_with(char::is_alphabetic) => after.trim_start(),
        _ => rest,
    }
}

/// An Indonesian number: a comma before decimals, dots only between groups of three digits.
fn amount(text: &str, printed: &str) -> Result<Amount, AllowanceProblem> {
    let (whole, decimals) = text.split_once(',').unwrap_or((text, ""));
    let mut groups = whole.split('.');
    let first = groups.next().unwrap_or_default();
    let grouped = whole.contains('.');
    let good = !first.is_empty()
        && (!grouped || first.len() <= 3)
        && groups.all(|group| group.len() == 3)
        && decimals.chars().all(|c| c.is_ascii_digit())
        && text.contains(',') != decimals.is_empty();
    if !good {
        return Err(not_understood(printed));
    }
    let mut digits: u64 = 0;
    for digit in whole.chars().chain(decimals.chars()).filter_map(|c| c.to_digit(10)) {
        digits = digits
            .checked_mul(10)
            .and_then(|d| d.checked_add(digit.into()))
            .ok_or_else(|| too_large(printed))?;
    }
    let scale = u32::try_from(decimals.len())
        .ok()
        .and_then(|places| 10u64.checked_pow(places))
        .ok_or_else(|| too_large(printed))?;
    Ok(Amount { digits, scale })
}

/// `text` without what is between parentheses; `None` if they do not pair.
fn without_parentheses(text: &str) -> Option<String> {
    let mut plain = String::with_capacity(text.len());
    let mut inside = false;
    for c in text.chars() {
        match (c, inside) {
            ('(', false) => inside = true,
            (')', true) => {
                inside = false;
                plain.push(' ');
            }
            ('(' | ')', _) => return None,
            (_, true) => {}
            (c, false) => plain.push(c),
        }
    }
    (!inside).then_some(plain)
}

fn not_understood(printed: &str) -> AllowanceProblem {
    AllowanceProblem::NotUnderstood(shown(printed))
}

fn too_large(printed: &str) -> AllowanceProblem {
    AllowanceProblem::TooLarge(shown(printed))
}
