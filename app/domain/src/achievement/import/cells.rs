//! The cells of one row, as they are imported, and what is to be said about them.

use super::super::{Doubt, Field, Reading, Row, direction};
use super::grid::{Cell, Kind, address};
use super::heading::Heading;
use super::{Doubtful, Grid, Layout, Wish};
use crate::csv::as_typed;
use crate::text::{is_control, one_line};

/// Where the cells of a row are.
pub(super) struct Cells<'a> {
    pub(super) grid: &'a Grid,
    pub(super) layout: &'a Layout,
    pub(super) wish: &'a Wish,
    pub(super) heading: Option<&'a Heading>,
}

const NUMBERS: [Field; 3] = [Field::Target, Field::Realisasi, Field::Last];

impl Cells<'_> {
    fn column(&self, field: Field) -> Option<usize> {
        self.layout.fields.iter().position(|held| *held == Some(field))
    }

    /// The cell that is shown there. Cells that are merged with those of another column are not:
    /// a title over the whole width is no indikator.
    fn place(&self, row: usize, field: Field) -> Option<(usize, usize)> {
        let column = self.column(field)?;
        let (top, left) = self.grid.origin(row, column);
        let above = self.heading.is_some_and(|heading| top < heading.rows.end);
        (left == column && !above).then_some((top, left))
    }

    /// The name of a cell in a spreadsheet.
    pub(super) fn name(&self, row: usize, field: Field) -> Option<String> {
        self.column(field).map(|column| address(row, column))
    }

    /// The text that is shown, whether merged or not.
    pub(super) fn text(&self, row: usize, field: Field) -> &str {
        self.place(row, field).map_or("", |(row, column)| self.grid.shown(row, column))
    }

    /// The text of the very cell.
    pub(super) fn own(&self, row: usize, field: Field) -> &str {
        self.column(field).map_or("", |column| self.grid.own(row, column))
    }

    /// Whether the cell itself holds a number, an error, or a formula.
    pub(super) fn is_filled(&self, row: usize, field: Field) -> bool {
        self.place(row, field).and_then(|(row, column)| self.grid.cell(row, column)).is_some_and(|cell| {
            cell.kind == Kind::Unsaved || !matches!(Reading::of(&typed(cell)), Reading::Nothing)
        })
    }

    /// Whether target or realisasi is a number.
    pub(super) fn has_number(&self, row: usize) -> bool {
        [Field::Target, Field::Realisasi].into_iter().any(|field| {
            let cell = self.place(row, field).and_then(|(row, column)| self.grid.cell(row, column));
            cell.is_some_and(|cell| Reading::of(&typed(cell)).number().is_some())
        })
    }

    /// Whether the row has more cells than its heading, and commas stand between them.
    pub(super) fn is_too_wide(&self, row: usize) -> bool {
        self.width_of(row) > self.heading_width() && self.grid.commas
    }

    fn width_of(&self, row: usize) -> usize {
        self.grid.rows.get(row).map_or(0, Vec::len)
    }

    fn heading_width(&self) -> usize {
        let last = self.heading.and_then(|heading| heading.rows.end.checked_sub(1));
        last.map_or(usize::MAX, |last| self.width_of(last))
    }

    /// Whether commas may have cut a number in two: a cell too few, or a number as unit.
    fn is_cut(&self, row: usize) -> bool {
        let number = |text: &str| Reading::of(text).number().is_some();
        let width = self.heading_width();
        let few = width != usize::MAX && self.width_of(row) < width;
        self.grid.commas && (few || number(self.text(row, Field::Satuan)))
    }

    /// The row, but for a sasaran that stands above, and what is to be said about its cells.
    pub(super) fn row(&self, row: usize, at: usize) -> (Row, Vec<Doubtful>) {
        let mut found = Row::default();
        let mut doubts = Vec::new();
        for field in Field::ALL {
            let Some(name) = self.name(row, field) else { continue };
            let mended = self.wish.mended(&name);
            let place = self.place(row, field);
            let cell = place.and_then(|(row, column)| self.grid.cell(row, column));
            let text = match (mended, cell) {
                (Some(mended), _) => mended.to_owned(),
                // Only a sasaran is that of the row above without being merged with it.
                (None, Some(cell)) => value(field, cell),
                (None, None) => String::new(),
            };
            let said = if mended.is_none() {
                let merged = place.filter(|(top, _)| *top != row && NUMBERS.contains(&field));
                let cut = self.is_cut(row) && matches!(field, Field::Target | Field::Realisasi);
                said(field, cell, &text, self.text(row, Field::Satuan), merged, cut)
            } else {
                Vec::new()
            };
            for (sentence, asks) in said {
                doubts.push(Doubtful {
                    cell: name.clone(),
                    row: at,
                    field,
                    text: text.clone(),
                    sentence,
                    asks,
                });
            }
            set(&mut found, field, text);
        }
        (found, doubts)
    }
}

fn set(row: &mut Row, field: Field, text: String) {
    match field {
        Field::Sasaran => row.sasaran = text,
        Field::Indikator => row.indikator = text,
        Field::Satuan => row.satuan = text,
        Field::Target => row.target = text,
        Field::Realisasi => row.realisasi = text,
        Field::Last => row.last = text,
        Field::Note => row.note = text,
        Field::Polarity => row.polarity = direction::polarity(&text).flatten().unwrap_or_default(),
    }
}

/// What would be typed for a cell.
fn value(field: Field, cell: &Cell) -> String {
    match field {
        Field::Target | Field::Realisasi | Field::Last => typed(cell),
        Field::Note => lines_of(as_typed(&cell.text)),
        Field::Sasaran | Field::Indikator | Field::Satuan | Field::Polarity => one_line(as_typed(&cell.text)),
    }
}

/// A number as it would be typed: without the apostrophe that makes it a text in a spreadsheet,
/// and a workbook's own so that it has one reading only.
fn typed(cell: &Cell) -> String {
    let text = one_line(as_typed(&cell.text));
    match cell.kind {
        Kind::Unsaved => String::new(),
        Kind::Number => certain(text),
        Kind::Text | Kind::Date | Kind::Error => {
            let bare = text.trim_start_matches('\'');
            let plain = bare.chars().all(|c| c.is_ascii_digit() || ".,%- ".contains(c));
            if plain && Reading::of(bare).number().is_some() { bare.to_owned() } else { text }
        }
    }
}

/// "1,234" of a workbook is one and a bit; "1,2340" says the same and nothing else.
fn certain(text: String) -> String {
    let doubt = Reading::of(&text).number().and_then(|number| number.doubt);
    let Some((whole, rest)) = text.split_once(',').filter(|_| doubt == Some(Doubt::CommaAsDecimal)) else {
        return text;
    };
    let (decimals, after) = rest.split_at(rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len()));
    format!("{whole},{decimals}0{after}")
}

/// A note keeps its lines, each cleaned as other cells are.
fn lines_of(cell: &str) -> String {
    let cell = cell.replace("\r\n", "\n").replace('\r', "\n");
    let lines: Vec<String> = cell.split('\n').map(one_line).collect();
    lines.join("\n").trim_matches('\n').to_owned()
}

/// What is to be said about a cell, and whether it is asked about.
fn said(
    field: Field,
    cell: Option<&Cell>,
    text: &str,
    satuan: &str,
    merged: Option<(usize, usize)>,
    cut: bool,
) -> Vec<(String, bool)> {
    let mut said = Vec::new();
    let kind = cell.map_or(Kind::Text, |cell| cell.kind);
    let numeric = NUMBERS.contains(&field);
    if kind == Kind::Unsaved {
        said.push(("rumus tanpa hasil, buka lalu simpan di Excel, atau tulis angkanya".to_owned(), true));
    }
    if kind == Kind::Error {
        said.push((format!("pesan galat {text} dari lembar kerja, tulis angkanya"), true));
    }
    if kind == Kind::Date && numeric && !is_dated(satuan) {
        said.push((date(text), true));
    }
    if let Some((row, column)) = merged.filter(|_| !text.is_empty()) {
        said.push((format!("digabung dengan sel {}, dibaca {text}", address(row, column)), true));
    }
    if let Some(exact) = cell.and_then(|cell| cell.exact.as_ref()).filter(|_| numeric) {
        said.push((format!("di berkas tampil {text}, nilai selnya {exact}"), false));
    }
    if cut && !text.is_empty() {
        said.push((
            "selnya tidak sebanyak judul atau satuannya angka; mungkin koma desimal terbaca sebagai pemisah"
                .to_owned(),
            true,
        ));
    }
    if field == Field::Polarity && direction::polarity(text).is_none() {
        let word: String = text.chars().take(40).collect();
        said.push((format!("arah \"{word}\" tidak dikenal, tulis naik atau turun"), true));
    }
    if text.chars().any(|c| is_control(c) && c != '\n') && !numeric {
        said.push(("berisi tanda yang tidak dapat ditampilkan".to_owned(), true));
    }
    said
}

/// Whether the unit says that days are counted on: then a date is what was meant.
fn is_dated(satuan: &str) -> bool {
    let lower = satuan.to_lowercase();
    ["tanggal", "tgl", "waktu"].iter().any(|word| lower.contains(word))
}

/// "03/04/2026" may have been typed as "3/4".
fn date(text: &str) -> String {
    let mut parts = text.split('/').map(|part| part.trim_start_matches('0'));
    match (parts.next(), parts.next()) {
        (Some(day), Some(month)) => format!(
            "Excel menyimpannya sebagai tanggal {text}; bila maksudnya {day}/{month} atau {day},{month}, tulis ulang"
        ),
        _ => format!("Excel menyimpannya sebagai tanggal {text}; tulis ulang bila bukan tanggal"),
    }
}
