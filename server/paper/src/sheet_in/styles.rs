//! Which cells show their number as a share, a date or a time.

use std::collections::HashMap;
use std::io::BufRead;

use super::SheetProblem;
use super::dress::Dress;
use super::elements::Elements;
use super::xml::{Item, walk};

/// How a number is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Shown {
    /// As it is.
    #[default]
    Plain,
    /// Times a hundred, with `%`.
    Percent,
    /// As a date, with its time if it has one.
    Date,
    /// As a time of day or a duration.
    Time,
}

/// How a style shows a number, and what it puts around it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Format {
    pub(super) shown: Shown,
    pub(super) dress: Dress,
}

/// How each style of a workbook shows numbers.
#[derive(Default)]
pub(super) struct Formats(Vec<Format>);

impl Formats {
    /// How a cell of this style shows its number.
    pub(super) fn format(&self, style: usize) -> Format {
        self.0.get(style).cloned().unwrap_or_default()
    }

    /// Reads `styles.xml`.
    pub(super) fn read<R: BufRead>(part: R, elements: &mut Elements) -> Result<Self, SheetProblem> {
        let mut own = HashMap::new();
        let mut styles = Vec::new();
        let mut in_cell_styles = false;
        walk(part, |item| {
            match item {
                Item::Open(b"numFmt", tag) => {
                    elements.take()?;
                    if let (Some(id), Some(code)) = (tag.attribute("numFmtId"), tag.attribute("formatCode")) {
                        own.insert(id, Format { shown: by_code(&code), dress: Dress::of(&code) });
                    }
                }
                Item::Open(b"cellXfs", _) => in_cell_styles = true,
                Item::Close(b"cellXfs") => in_cell_styles = false,
                Item::Open(b"xf", tag) if in_cell_styles => {
                    elements.take()?;
                    styles.push(tag.attribute("numFmtId").unwrap_or_default());
                }
                _ => {}
            }
            Ok(())
        })?;
        let usual = |id: &String| Format { shown: built_in(id), dress: Dress::built_in(id) };
        let format = |id: &String| own.get(id).cloned().unwrap_or_else(|| usual(id));
        Ok(Self(styles.iter().map(format).collect()))
    }
}

/// The formats that every Excel has (ECMA-376, 18.8.30).
fn built_in(id: &str) -> Shown {
    match id.parse::<u32>() {
        Ok(9 | 10) => Shown::Percent,
        Ok(14..=17 | 22 | 27..=31 | 36 | 50..=54 | 57 | 58) => Shown::Date,
        Ok(18..=21 | 32..=35 | 45..=47 | 55 | 56) => Shown::Time,
        _ => Shown::Plain,
    }
}

/// What a format code shows, by its first section, the one for positive numbers.
fn by_code(code: &str) -> Shown {
    let (mut date, mut time, mut month) = (false, false, false);
    let mut rest = code.chars();
    while let Some(c) = rest.next() {
        match c.to_ascii_lowercase() {
            ';' => break,
            // The character after these is shown, filled with, or as wide as a blank.
            '\\' | '_' | '*' => {
                rest.next();
            }
            '"' => {
                rest.by_ref().find(|c| *c == '"');
            }
            // A colour or a locale; or a duration such as `[h]:mm`.
            '[' => {
                let inside: String = rest.by_ref().take_while(|c| *c != ']').collect();
                let inside = inside.to_ascii_lowercase();
                time |= !inside.is_empty()
                    && ["h", "m", "s"].iter().any(|unit| inside.replace(unit, "").is_empty());
            }
            '%' => return Shown::Percent,
            'd' | 'y' => date = true,
            'h' | 's' => time = true,
            'm' => month = true,
            // `General`, and the exponent of `0.00E+00`.
            'g' | 'e' => return if date || time || month { Shown::Date } else { Shown::Plain },
            _ => {}
        }
    }
    match (date || (month && !time), time) {
        (true, _) => Shown::Date,
        (false, true) => Shown::Time,
        (false, false) => Shown::Plain,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes() {
        for (code, shown) in [
            ("General", Shown::Plain),
            ("0.00E+00", Shown::Plain),
            ("#,##0.00;[Red]-#,##0.00", Shown::Plain),
            ("\"Rp\"#,##0", Shown::Plain),
            ("0 \"hari\"", Shown::Plain),
            ("#,##0\\d", Shown::Plain),
            ("0.0%", Shown::Percent),
            ("[Red]0%;-0%", Shown::Percent),
            ("0\"%\"", Shown::Plain),
            ("dd/mm/yyyy", Shown::Date),
            ("[$-421]dd mmmm yyyy;@", Shown::Date),
            ("mmm-yy", Shown::Date),
            ("yyyy-mm-dd hh:mm", Shown::Date),
            ("hh:mm", Shown::Time),
            ("[h]:mm:ss", Shown::Time),
            ("[mm]:ss", Shown::Time),
        ] {
            assert_eq!(by_code(code), shown, "{code}");
        }
        assert_eq!(
            ["0", "9", "10", "14", "20", "x"].map(built_in),
            [Shown::Plain, Shown::Percent, Shown::Percent, Shown::Date, Shown::Time, Shown::Plain,]
        );
    }
}
