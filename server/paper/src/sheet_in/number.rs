//! Numbers and dates of a workbook, as a person in Indonesia types them.

use chrono::{Duration, NaiveDate, NaiveDateTime};
use domain::achievement::import::{Cell, Kind};

use super::styles::{Format, Shown};

/// Digits that are kept of a number with a fraction: sums like 0.1 + 0.2 go wrong in the 17th,
/// long ones earlier.
const DIGITS: i32 = 10;
/// Digits that a number can be trusted for.
const TRUSTED: i32 = 15;
/// The last day of Excel, 31 December 9999.
const LAST_DAY: f64 = 2_958_465.0;
/// Seconds of a day.
const DAY: f64 = 86_400.0;

/// A cell with a number as it is stored: as its format shows it, with what it holds if that is
/// more.
pub(super) fn cell(stored: &str, format: Format, since_1904: bool) -> Cell {
    let text = words(stored, format.shown, since_1904);
    match format.shown {
        Shown::Date if text.contains('/') => Cell::of(Kind::Date, text),
        Shown::Time if text.contains(':') => Cell::words(text),
        // What is stored as a number and is none is shown as it stands.
        _ if !text.contains(|c: char| c.is_ascii_digit()) => Cell::words(text),
        Shown::Date | Shown::Time => Cell::of(Kind::Number, text),
        Shown::Plain | Shown::Percent => {
            let rounded = format.dress.rounded(&text);
            let exact = (rounded != text).then_some(text);
            Cell { text: format.dress.on(&rounded), kind: Kind::Number, exact }
        }
    }
}

/// The text of a number as it is stored (`98.5`), in the way its cell shows it.
pub(super) fn words(stored: &str, shown: Shown, since_1904: bool) -> String {
    let stored = stored.trim();
    let Some(number) = stored.parse::<f64>().ok().filter(|number| number.is_finite()) else {
        return stored.to_owned();
    };
    match shown {
        Shown::Percent => format!("{}%", plain(number * 100.0)),
        Shown::Date => date(number, since_1904).unwrap_or_else(|| plain(number)),
        Shown::Time => time(number).unwrap_or_else(|| plain(number)),
        // Digits alone are exact as they stand, and a number of 18 digits would not survive.
        Shown::Plain if stored.len() <= 32 && is_whole(stored) => stored.to_owned(),
        Shown::Plain => plain(number),
    }
}

fn is_whole(stored: &str) -> bool {
    let digits = stored.strip_prefix('-').unwrap_or(stored);
    digits.bytes().all(|byte| byte.is_ascii_digit()) && (digits == "0" || !digits.starts_with('0'))
}

/// A number with a decimal comma, without the dust of binary arithmetic. Money keeps its whole
/// digits and two decimals, however large, as far as they can be trusted.
fn plain(number: f64) -> String {
    if number == 0.0 {
        return "0".to_owned();
    }
    let mut whole_digits = 1_i32;
    let mut size = number.abs();
    while size >= 10.0 {
        size /= 10.0;
        whole_digits += 1;
    }
    while size < 1.0 && whole_digits > -20 {
        size *= 10.0;
        whole_digits -= 1;
    }
    let decimals = (DIGITS - whole_digits).max((TRUSTED - whole_digits).min(2)).max(0);
    let text = format!("{number:.*}", usize::try_from(decimals).unwrap_or_default());
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    match text {
        "-0" => "0".to_owned(),
        text => text.replace('.', ","),
    }
}

/// `31/12/2025`, or `31/12/2025 13:45`, of days since the beginning of Excel.
fn date(days: f64, since_1904: bool) -> Option<String> {
    // Excel has a 29 February 1900, the day 60, that never was.
    let first = match days {
        _ if since_1904 => NaiveDate::from_ymd_opt(1904, 1, 1)?,
        days if !(0.0..=LAST_DAY + 1.0).contains(&days) || (60.0..61.0).contains(&days) => return None,
        days if days < 60.0 => NaiveDate::from_ymd_opt(1899, 12, 31)?,
        _ => NaiveDate::from_ymd_opt(1899, 12, 30)?,
    };
    let at = first.and_hms_opt(0, 0, 0)?.checked_add_signed(seconds(days)?)?;
    Some(moment(at))
}

/// A moment, without its time at midnight.
fn moment(at: NaiveDateTime) -> String {
    let form = if at.time() == chrono::NaiveTime::MIN { "%d/%m/%Y" } else { "%d/%m/%Y %H:%M" };
    at.format(form).to_string()
}

/// `13:45`, or `13:45:10`; a duration may have more hours than a day.
fn time(days: f64) -> Option<String> {
    let seconds = seconds(days)?.num_seconds();
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    Some(match rest {
        0 => format!("{hours:02}:{minutes:02}"),
        _ => format!("{hours:02}:{minutes:02}:{rest:02}"),
    })
}

fn seconds(days: f64) -> Option<Duration> {
    if !(0.0..=LAST_DAY + 1.0).contains(&days) {
        return None;
    }
    // Nothing is lost: at most 256 thousand million.
    #[expect(clippy::cast_possible_truncation, reason = "bounded above")]
    let seconds = (days * DAY).round() as i64;
    Duration::try_seconds(seconds)
}

/// A date that is stored as text (`2025-12-31T00:00:00`); other text as it is.
pub(super) fn iso(stored: &str) -> String {
    let stored = stored.trim();
    let plain = stored.trim_end_matches('Z');
    let at = plain.parse::<NaiveDateTime>().ok();
    let at = at.or_else(|| plain.parse::<NaiveDate>().ok().and_then(|date| date.and_hms_opt(0, 0, 0)));
    at.map_or_else(|| stored.to_owned(), moment)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers() {
        for (stored, typed) in [
            ("98.5", "98,5"),
            ("0.30000000000000004", "0,3"),
            ("98.499999999999972", "98,5"),
            ("-0.00012345", "-0,00012345"),
            ("100", "100"),
            ("1E3", "1000"),
            ("1.5E-5", "0,000015"),
            ("-0.0", "0"),
            ("1234567890123.45", "1234567890123,45"),
            ("3333333333.3333335", "3333333333,33"),
            ("198501012010011001", "198501012010011001"),
            ("1e-300", "0"),
            ("#REF!", "#REF!"),
            ("NaN", "NaN"),
            ("1e999", "1e999"),
        ] {
            assert_eq!(words(stored, Shown::Plain, false), typed, "{stored}");
        }
        assert_eq!(words("0.985", Shown::Percent, false), "98,5%");
        assert_eq!(words("1", Shown::Percent, false), "100%");
        assert_eq!(words("0.07", Shown::Percent, false), "7%");
    }

    #[test]
    fn dates_and_times() {
        for (stored, shown, since_1904, typed) in [
            ("46022", Shown::Date, false, "31/12/2025"),
            ("44560", Shown::Date, true, "31/12/2025"),
            ("46022.572916666664", Shown::Date, false, "31/12/2025 13:45"),
            ("59", Shown::Date, false, "28/02/1900"),
            ("60", Shown::Date, false, "60"),
            ("61", Shown::Date, false, "01/03/1900"),
            ("-1", Shown::Date, false, "-1"),
            ("1e300", Shown::Time, false, &format!("1{}", "0".repeat(300))),
            ("0.572916666666667", Shown::Time, false, "13:45"),
            ("1.5", Shown::Time, false, "36:00"),
        ] {
            let found = words(stored, shown, since_1904);
            // 1e300 is no power of ten in binary; its size is what counts.
            assert!(found == typed || (stored == "1e300" && found.len() == typed.len()), "{stored}: {found}");
        }
        assert_eq!(iso("2025-12-31T00:00:00"), "31/12/2025");
        assert_eq!(iso("2025-12-31T13:45:00Z"), "31/12/2025 13:45");
        assert_eq!(iso("2025-12-31"), "31/12/2025");
        assert_eq!(iso("kemarin"), "kemarin");
    }
}
