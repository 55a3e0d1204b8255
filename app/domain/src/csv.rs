//! Tables as text that spreadsheets take: written in one place for all of Alur.

use std::borrow::Cow;

/// The type of such a file.
pub const MEDIA_TYPE: &str = "text/csv; charset=utf-8";

/// How a table is written as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// What stands between cells.
    separator: char,
    /// What ends a line.
    end: &'static str,
    /// Which cells stand in quotes.
    quotes: Quotes,
    /// What the text begins with.
    begin: &'static str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Quotes {
    /// Those that need them.
    Needed,
    /// All but the names of the columns.
    Always,
}

impl Style {
    /// A file for a spreadsheet in Indonesian: semicolons, because commas mark decimals, and a
    /// byte order mark, without which Excel takes the text for another encoding.
    pub const FILE: Self = Self { separator: ';', end: "\r\n", quotes: Quotes::Needed, begin: "\u{feff}" };
    /// The same with every cell in quotes, for programs that mine it.
    pub const QUOTED: Self = Self { quotes: Quotes::Always, ..Self::FILE };
    /// What goes through the clipboard.
    pub const CLIPBOARD: Self = Self { separator: '\t', end: "\n", quotes: Quotes::Needed, begin: "" };
    /// As the decrees that ship with Alur are written.
    pub const PLAIN: Self = Self { separator: ',', ..Self::CLIPBOARD };
}

/// A table that grows line by line. No spreadsheet takes any of its cells for a formula.
#[derive(Debug)]
pub struct Csv {
    text: String,
    style: Style,
}

impl Csv {
    /// With these columns and nothing below them.
    pub fn of(style: Style, columns: &[&str]) -> Self {
        let mut csv = Self { text: style.begin.to_owned(), style: Style { quotes: Quotes::Needed, ..style } };
        csv.line(columns.iter().copied());
        csv.style = style;
        csv
    }

    /// Adds a line.
    pub fn line<'a>(&mut self, cells: impl IntoIterator<Item = &'a str>) {
        for (place, cell) in cells.into_iter().enumerate() {
            if place > 0 {
                self.text.push(self.style.separator);
            }
            self.text.push_str(&self.style.around(neutral(cell)));
        }
        self.text.push_str(self.style.end);
    }

    /// All of it.
    pub fn into_text(self) -> String {
        self.text
    }
}

impl Style {
    fn around(self, cell: Cow<'_, str>) -> Cow<'_, str> {
        if self.quotes == Quotes::Always || cell.contains([self.separator, '"', '\r', '\n']) {
            format!("\"{}\"", cell.replace('"', "\"\"")).into()
        } else {
            cell
        }
    }
}

/// A cell that no spreadsheet takes for a formula: with an apostrophe in front if it begins with
/// `=`, `+`, `-`, `@`, a tab or a line's end (OWASP, CSV injection). Negative numbers and a lone
/// "-" stay as they are, for they are what tables are made of.
///
/// A cell that is typed with an apostrophe before such a sign gets a second one, so that
/// whoever reads can give back every cell as it was.
pub fn neutral(cell: &str) -> Cow<'_, str> {
    if is_dangerous(cell) { format!("'{cell}").into() } else { cell.into() }
}

/// The cell that [`neutral`] was given.
pub fn as_typed(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|_| is_dangerous(cell)).unwrap_or(cell)
}

/// An apostrophe in front changes nothing about it: [`neutral`] and [`as_typed`] rest on that.
fn is_dangerous(cell: &str) -> bool {
    let core = cell.trim_start_matches(['\'', ' ']);
    match core.chars().next() {
        // The wide forms are taken for the narrow ones by spreadsheets in East Asian settings.
        Some('=' | '+' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠') => true,
        Some('-') => !core.chars().skip(1).all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '%' | ' ')),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(style: Style) -> String {
        let mut csv = Csv::of(style, &["satu", "dua"]);
        csv.line(["a;b", "c"]);
        csv.line(["\"d\"", "=1+1"]);
        csv.into_text()
    }

    #[test]
    fn a_cell_stays_one_cell_and_is_no_formula() {
        assert_eq!(written(Style::FILE), "\u{feff}satu;dua\r\n\"a;b\";c\r\n\"\"\"d\"\"\";'=1+1\r\n");
        assert_eq!(
            written(Style::QUOTED),
            "\u{feff}satu;dua\r\n\"a;b\";\"c\"\r\n\"\"\"d\"\"\";\"'=1+1\"\r\n"
        );
    }
}
