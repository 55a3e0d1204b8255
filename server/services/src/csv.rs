//! Tables that people take away as CSV, for spreadsheets in Indonesian.

use std::borrow::Cow;

use domain::achievement::export::neutral;

/// The type of such a file.
pub(crate) const MEDIA_TYPE: &str = "text/csv; charset=utf-8";

/// Which cells stand in quotes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Quotes {
    /// Those that need them.
    Needed,
    /// All but the names of the columns.
    Always,
}

/// A table that grows line by line. No spreadsheet takes any of its cells for a formula.
pub(crate) struct Csv {
    text: String,
    quotes: Quotes,
}

impl Csv {
    /// With these columns and nothing below them. Between cells stands a semicolon, because commas mark
    /// decimals.
    pub(crate) fn of(columns: &[&str], quotes: Quotes) -> Self {
        // With a byte order mark, without which Excel takes the text for another encoding.
        Self { text: format!("\u{feff}{}\r\n", columns.join(";")), quotes }
    }

    /// Adds a line.
    pub(crate) fn line<'a>(&mut self, cells: impl IntoIterator<Item = &'a str>) {
        for (place, cell) in cells.into_iter().enumerate() {
            if place > 0 {
                self.text.push(';');
            }
            self.text.push_str(&self.quotes.around(neutral(cell)));
        }
        self.text.push_str("\r\n");
    }

    /// All of it.
    pub(crate) fn into_text(self) -> String {
        self.text
    }
}

impl Quotes {
    fn around(self, cell: Cow<'_, str>) -> Cow<'_, str> {
        if self == Self::Always || cell.contains([';', '"', '\r', '\n']) {
            format!("\"{}\"", cell.replace('"', "\"\"")).into()
        } else {
            cell
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(quotes: Quotes) -> String {
        let mut csv = Csv::of(&["satu", "dua"], quotes);
        csv.line(["a;b", "c"]);
        csv.line(["\"d\"", "=1+1"]);
        csv.into_text()
    }

    #[test]
    fn a_cell_stays_one_cell_and_is_no_formula() {
        assert_eq!(written(Quotes::Needed), "\u{feff}satu;dua\r\n\"a;b\";c\r\n\"\"\"d\"\"\";'=1+1\r\n");
        assert_eq!(
            written(Quotes::Always),
            "\u{feff}satu;dua\r\n\"a;b\";\"c\"\r\n\"\"\"d\"\"\";\"'=1+1\"\r\n"
        );
    }
}
