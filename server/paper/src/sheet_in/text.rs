//! CSV, in the forms that Excel, Google and old programs write it.

use std::borrow::Cow;

use csv::{ByteRecord, ReaderBuilder};
use domain::achievement::import::{Cell, Grid};
use domain::text::cleaned;
use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

use super::grid::{Filling, Spent};
use super::{Limits, SheetProblem};

/// What may stand between two cells; the first that fits best is taken, and the comma last,
/// since it is also the decimal sign.
const DELIMITERS: [u8; 3] = *b"\t;,";
/// How many lines tell the delimiter.
const TELLING: usize = 50;

/// Reads CSV. Blank lines keep their place, so that row `n` of a spreadsheet is at `n - 1`.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Grid, SheetProblem> {
    let text = decoded(bytes);
    // A page saved as `.xls`, which many web applications call an export, and other XML.
    if text.trim_start().starts_with('<') || text.chars().any(is_binary) {
        return Err(SheetProblem::NotATable);
    }
    let (delimiter, text) = stated(&text).unwrap_or_else(|| (delimiter(&text), &text));
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut filling = Filling::new(limits, Spent::default());
    let mut record = ByteRecord::new();
    let (mut row, mut line) = (0, 1);
    while reader.read_byte_record(&mut record).map_err(|_| SheetProblem::Damaged)? {
        // Blank lines are passed over in silence; those within quotes belong to a cell.
        let within = record.as_slice().iter().filter(|byte| **byte == b'\n').count();
        let passed = usize::try_from(reader.position().line() - line).unwrap_or_default();
        row += passed.saturating_sub(within + 1);
        for (column, cell) in record.iter().enumerate() {
            // The text was UTF-8 and was cut at ASCII characters.
            filling.put(row, column, Cell::words(cleaned(&String::from_utf8_lossy(cell))))?;
        }
        filling.widen(row, record.len());
        row += 1;
        line = reader.position().line();
    }
    if filling.is_empty() {
        return Err(SheetProblem::NoRows);
    }
    let mut grid = filling.finish(String::new());
    grid.commas = delimiter == b',';
    Ok(grid)
}

/// The text, by its byte order mark, as UTF-8, or as what Windows writes without asking.
fn decoded(bytes: &[u8]) -> Cow<'_, str> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(bytes.get(mark..).unwrap_or_default()).0;
    }
    match std::str::from_utf8(bytes) {
        Ok(_) => UTF_8.decode_without_bom_handling(bytes).0,
        Err(_) => WINDOWS_1252.decode_without_bom_handling(bytes).0,
    }
}

/// Characters that no text has; the last one ends files of DOS.
fn is_binary(c: char) -> bool {
    c < ' ' && !matches!(c, '\t' | '\n' | '\r' | '\u{c}' | '\u{1a}')
}

/// The delimiter that the first line states (`sep=;`, a habit of Excel), and what follows.
fn stated(text: &str) -> Option<(u8, &str)> {
    let (line, rest) = text.split_once('\n')?;
    let delimiter =
        *line.trim_end_matches('\r').to_ascii_lowercase().strip_prefix("sep=")?.as_bytes().first()?;
    DELIMITERS.contains(&delimiter).then_some((delimiter, rest))
}

/// The delimiter that most lines have equally often.
fn delimiter(text: &str) -> u8 {
    let lines = counts(text);
    let agreeing = |index: usize| {
        let count = |line: &[usize; 3]| line[index];
        let times = |wanted: usize| lines.iter().filter(|line| count(line) == wanted).count();
        lines.iter().map(count).filter(|count| *count > 0).map(times).max().unwrap_or_default()
    };
    // `max_by_key` answers the last of equals, hence the reverse order.
    (0..DELIMITERS.len()).rev().max_by_key(|index| agreeing(*index)).map_or(b',', |index| DELIMITERS[index])
}

/// How often each delimiter stands outside quotes, in the first lines that are not blank.
fn counts(text: &str) -> Vec<[usize; 3]> {
    let mut lines = Vec::new();
    let mut line = [0; 3];
    let (mut quoted, mut at_start, mut blank) = (false, true, true);
    for byte in text.bytes() {
        let delimiter = DELIMITERS.iter().position(|delimiter| *delimiter == byte);
        match (byte, delimiter) {
            // A quote inside a cell is only a quote.
            (b'"', _) if quoted || at_start => quoted = !quoted,
            (b'\n', _) if !quoted => {
                if !blank {
                    lines.push(std::mem::take(&mut line));
                    if lines.len() == TELLING {
                        return lines;
                    }
                }
                blank = true;
            }
            (_, Some(index)) if !quoted => line[index] += 1,
            _ => {}
        }
        blank &= byte.is_ascii_whitespace();
        at_start = delimiter.is_some() || byte == b'\n';
    }
    if !blank {
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(bytes: &[u8]) -> Vec<Vec<String>> {
        crate::sheet_in::read_table(bytes, &Limits::default()).unwrap()
    }

    #[test]
    fn delimiters() {
        for text in [
            "Indikator;Target;Capaian\nIKU 1;98,5;97,2\nIKU 2;1,5;2,0",
            "1,5;2,5;3,5\n4,5;5,5;6,5",
            "Laporan, tahun 2025\nIndikator;Target\nIKU 1;98,5\nIKU 2;3",
            "\"a;b;c\";2\n\"a,b\";3\n",
        ] {
            assert_eq!(delimiter(text), b';', "{text}");
        }
        assert_eq!(delimiter("a,b,c\n\"x; y; z\",2,3\n"), b',');
        assert_eq!(delimiter("a, x\tb, y\n1\t2\n"), b'\t');
        assert_eq!(delimiter("5\" pipa;2\nx;3"), b';');
        assert_eq!(table(b"sep=,\r\na;b,c\r\n"), [["a;b", "c"]]);
    }

    #[test]
    fn encodings() {
        let expected = [["Indikator – é", "98,5"]];
        let text = "Indikator – é;98,5\r\n";
        assert_eq!(table(text.as_bytes()), expected);
        assert_eq!(table(format!("\u{feff}{text}").as_bytes()), expected);
        let little: Vec<u8> = format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(table(&little), expected);
        assert_eq!(table(b"Indikator \x96 \xe9;98,5\r\n"), expected);
    }

    #[test]
    fn quotes_and_blanks() {
        assert_eq!(
            table(b"Nama;Nilai;;\r\n\r\n\"Dinas \"\"A\"\"; bidang\r\ndua\"; 3 ;;\r\n"),
            [["Nama", "Nilai"], ["Dinas \"A\"; bidang\r\ndua", "3"]]
        );
        // A formula in CSV is a text like any other.
        assert_eq!(table(b"a;b\n=1+1;x\n")[1][0], "=1+1");
    }
}
