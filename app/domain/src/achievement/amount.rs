//! Digits with dots, commas and spaces between them.

use super::{Doubt, NumberFault};

/// The digits of a number without a sign, and how sure its marks are.
pub(super) struct Amount {
    pub(super) whole: String,
    pub(super) decimals: String,
    pub(super) doubt: Option<Doubt>,
}

/// Where a number that begins `text` ends: behind digits, marks, and spaces before a digit or
/// before a comma that decimals follow ("98 ,5").
pub(super) fn end(text: &str) -> usize {
    for (at, c) in text.char_indices() {
        let rest = text.get(at + 1..).unwrap_or_default();
        let goes_on = match c {
            ' ' => rest.strip_prefix(',').unwrap_or(rest).starts_with(|next: char| next.is_ascii_digit()),
            '.' | ',' => true,
            _ => c.is_ascii_digit(),
        };
        if !goes_on {
            return at;
        }
    }
    text.len()
}

/// Reads what [`end`] has cut out. The rule is Indonesian; where it cannot hold and only one
/// other rule can, that one is taken, with a doubt.
pub(super) fn read(text: &str) -> Result<Amount, NumberFault> {
    // "5." ends a sentence or an item of a list.
    let text = text.strip_suffix(['.', ',']).unwrap_or(text);
    let text = &text.replace(" ,", ",");
    if text.contains(' ') {
        return spaced(text);
    }
    let (dots, commas) = (text.matches('.').count(), text.matches(',').count());
    match (dots, commas) {
        (0, 0) => Ok(amount(text, "", None)),
        (0, 1) => decimal_comma(text),
        (1, 0) => one_dot(text),
        (0, _) => Ok(amount(&grouped(text, ',')?, "", Some(Doubt::English))),
        (_, 0) => Ok(amount(&grouped(text, '.')?, "", None)),
        (_, 1) if text.rfind('.') < text.find(',') => {
            let (whole, decimals) = text.split_once(',').unwrap_or((text, ""));
            Ok(amount(&grouped(whole, '.')?, decimals, None))
        }
        (1, _) if text.rfind(',') < text.find('.') => {
            let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
            Ok(amount(&grouped(whole, ',')?, decimals, Some(Doubt::English)))
        }
        _ => Err(NumberFault::Marks),
    }
}

/// "98,5" and ",5"; "1,234" looks like an English thousand.
fn decimal_comma(text: &str) -> Result<Amount, NumberFault> {
    let doubt = grouped(text, ',').is_ok().then_some(Doubt::CommaAsDecimal);
    let (whole, decimals) = text.split_once(',').unwrap_or((text, ""));
    Ok(amount(whole, decimals, doubt))
}

/// "1.234" by the rule; "98.5", ".5" and "0.123" cannot be thousands.
fn one_dot(text: &str) -> Result<Amount, NumberFault> {
    if let Ok(whole) = grouped(text, '.') {
        return Ok(amount(&whole, "", Some(Doubt::DotAsGroup)));
    }
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    Ok(amount(whole, decimals, Some(Doubt::DotAsDecimal)))
}

/// "1 234 567,5": the spaces group, so the one other mark is of decimals.
fn spaced(text: &str) -> Result<Amount, NumberFault> {
    let (whole, mark) = match text.find(['.', ',']) {
        Some(at) => text.split_at(at),
        None => (text, ""),
    };
    let digits = grouped(whole, ' ').map_err(|_| NumberFault::Spaces)?;
    let (decimals, doubt) = match (mark.strip_prefix(','), mark.strip_prefix('.')) {
        (Some(decimals), _) => (decimals, None),
        (_, Some(decimals)) => (decimals, Some(Doubt::DotAsDecimal)),
        _ => ("", (whole.matches(' ').count() == 1).then_some(Doubt::SpaceAsGroup)),
    };
    if !decimals.bytes().all(|b| b.is_ascii_digit()) {
        return Err(NumberFault::Marks);
    }
    Ok(amount(&digits, decimals, doubt))
}

/// The digits of groups of three; the first is of one to three and does not begin with 0.
fn grouped(text: &str, mark: char) -> Result<String, NumberFault> {
    let mut groups = text.split(mark);
    let first = groups.next().unwrap_or_default();
    let is_digits = |group: &str| group.bytes().all(|b| b.is_ascii_digit());
    let good = (1..=3).contains(&first.len())
        && !first.starts_with('0')
        && is_digits(first)
        && groups.all(|group| group.len() == 3 && is_digits(group));
    if !good {
        return Err(NumberFault::Marks);
    }
    Ok(text.replace(mark, ""))
}

fn amount(whole: &str, decimals: &str, doubt: Option<Doubt>) -> Amount {
    Amount { whole: whole.to_owned(), decimals: decimals.to_owned(), doubt }
}
