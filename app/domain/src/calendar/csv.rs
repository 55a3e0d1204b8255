//! Days off as CSV, in the format of `data/hari-libur.csv`: `tanggal,jenis,nama,dasar`.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::holiday::{DayOff, DayOffKind};
use crate::csv::{Csv, Style, as_typed};

/// The decrees that ship with Alur.
pub const SHIPPED_CSV: &str = include_str!("../../data/hari-libur.csv");

const HEADER: &str = "tanggal,jenis,nama,dasar";
const COLUMNS: usize = 4;
const SHOWN: usize = 40;

/// Reads days off, strictly: the header as it is, dates as 2026-12-31, the kinds of
/// [`DayOffKind::code`], no day twice. A byte order mark, CRLF, empty lines and fields in
/// double quotes are understood; a field does not run over a line's end.
///
/// # Errors
/// [`CsvProblem`] with the first bad line, in a sentence for the user.
pub fn parse_csv(text: &str) -> Result<Vec<DayOff>, CsvProblem> {
    let (days, problems) = read_csv(text);
    problems.into_iter().next().map_or(Ok(days), Err)
}

/// Reads days off as [`parse_csv`] does, and goes on after a bad line: the days that could be
/// read, and every problem in the order of the lines.
pub fn read_csv(text: &str) -> (Vec<DayOff>, Vec<CsvProblem>) {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut lines = text.lines().zip(1..);
    let header = lines.next().map_or("", |(line, _)| line);
    if header.trim() != HEADER {
        let fault = CsvFault::Header(shown(header));
        return (Vec::new(), vec![CsvProblem { line: 1, fault }]);
    }
    let (mut days, mut problems) = (Vec::new(), Vec::new());
    let mut seen = BTreeMap::new();
    for (text, line) in lines.filter(|(text, _)| !text.trim().is_empty()) {
        match parse_line(text) {
            Ok(day) => match seen.insert((day.date, day.name.clone()), line) {
                Some(first) => problems.push(CsvProblem { line, fault: CsvFault::Twice { first } }),
                None => days.push(day),
            },
            Err(fault) => problems.push(CsvProblem { line, fault }),
        }
    }
    (days, problems)
}

/// Writes days off as [`parse_csv`] reads them.
pub fn to_csv<'a>(days: impl IntoIterator<Item = &'a DayOff>) -> String {
    let columns: Vec<_> = HEADER.split(',').collect();
    let mut csv = Csv::of(Style::PLAIN, &columns);
    for day in days {
        let (name, decree) = (one_line(&day.name), one_line(&day.decree));
        csv.line([day.date.to_string().as_str(), day.kind.code(), &name, &decree]);
    }
    csv.into_text()
}

/// A line that [`parse_csv`] cannot read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("baris {line}: {fault}")]
pub struct CsvProblem {
    /// Number of the line, the header being 1.
    pub line: usize,
    /// What is wrong with it.
    pub fault: CsvFault,
}

/// What is wrong with a line. Text of the user's is cut to 40 characters.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CsvFault {
    /// The first line is not the header.
    #[error("judul kolom harus \"tanggal,jenis,nama,dasar\", yang tertulis \"{0}\"")]
    Header(String),
    /// Too few or too many fields.
    #[error("harus ada 4 kolom yang dipisahkan koma, yang terbaca {0}")]
    Columns(usize),
    /// A quote that does not end, or text right after its end.
    #[error("tanda kutip tidak lengkap")]
    Quote,
    /// Not a date, or not written as one.
    #[error("tanggal \"{0}\" tidak dikenal, tulis seperti 2026-12-31")]
    Date(String),
    /// Not one of the three kinds.
    #[error("jenis \"{0}\" tidak dikenal, pilih libur_nasional, cuti_bersama atau kantor_tutup")]
    Kind(String),
    /// The name is missing.
    #[error("nama hari libur belum diisi")]
    NoName,
    /// The decree is missing where one is needed.
    #[error("dasar keputusan belum diisi")]
    NoDecree,
    /// The same date and name stand on an earlier line.
    #[error("hari libur yang sama sudah ada pada baris {first}")]
    Twice {
        /// The earlier line.
        first: usize,
    },
}

fn parse_line(line: &str) -> Result<DayOff, CsvFault> {
    let fields = split(line)?;
    let [date, kind, name, decree] = fields.as_slice() else {
        return Err(CsvFault::Columns(fields.len()));
    };
    let kind = DayOffKind::from_code(kind).ok_or_else(|| CsvFault::Kind(shown(kind)))?;
    if name.is_empty() {
        return Err(CsvFault::NoName);
    }
    if decree.is_empty() && kind.by_decree() {
        return Err(CsvFault::NoDecree);
    }
    Ok(DayOff {
        date: parse_date(date).ok_or_else(|| CsvFault::Date(shown(date)))?,
        kind,
        name: name.clone(),
        decree: decree.clone(),
    })
}

/// Exactly `YYYY-MM-DD`; chrono alone would take "2026-1-5" and "+2026-01-05" too.
fn parse_date(text: &str) -> Option<NaiveDate> {
    let date: NaiveDate = text.parse().ok()?;
    (date.to_string() == text).then_some(date)
}

fn split(line: &str) -> Result<Vec<String>, CsvFault> {
    let mut fields = Vec::with_capacity(COLUMNS);
    let mut rest = line;
    loop {
        let (field, after) = if let Some(inner) = rest.trim_start().strip_prefix('"') {
            unquote(inner)?
        } else {
            let end = rest.find(',').unwrap_or(rest.len());
            let (field, after) = rest.split_at(end);
            (field.to_owned(), after)
        };
        fields.push(as_typed(field.trim()).to_owned());
        match after.strip_prefix(',') {
            Some(next) => rest = next,
            None => return Ok(fields),
        }
    }
}

/// The content of a quoted field and what follows its closing quote; `""` stands for `"`.
fn unquote(inner: &str) -> Result<(String, &str), CsvFault> {
    let mut field = String::new();
    let mut rest = inner;
    loop {
        let (text, after) = rest.split_once('"').ok_or(CsvFault::Quote)?;
        field += text;
        if let Some(next) = after.strip_prefix('"') {
            field.push('"');
            rest = next;
            continue;
        }
        let after = after.trim_start();
        if after.is_empty() || after.starts_with(',') {
            return Ok((field, after));
        }
        return Err(CsvFault::Quote);
    }
}

/// A field is one line by construction of the format, so line ends become spaces.
fn one_line(text: &str) -> String {
    text.replace(['\r', '\n'], " ").trim().to_owned()
}

/// Text of the user's, cut to a length that fits a message.
pub(super) fn shown(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
