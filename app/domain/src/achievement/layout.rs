//! Which column of pasted lines is which.

use super::Field;

/// For every column what it holds, if anything that is wanted.
pub(super) type Layout = Vec<Option<Field>>;

/// The order of columns without a header.
const USUAL: [Field; 5] = [Field::Sasaran, Field::Indikator, Field::Satuan, Field::Target, Field::Realisasi];

/// Lines above a header: a title, an empty line.
const TITLES: usize = 5;

/// Longest cell of a header, in characters; sentences of data are longer as a rule.
const NAME: usize = 60;

/// A header that was found.
pub(super) struct Header {
    pub(super) layout: Layout,
    /// How many lines stand above the first line of data.
    pub(super) lines: usize,
}

/// The same column stands twice in a header.
pub(super) struct Twice(pub(super) Field);

/// Looks for a header, of one line or of two ("Tahun 2025" above "Target", "Realisasi").
pub(super) fn header<C: AsRef<str>>(lines: &[Vec<C>]) -> Result<Option<Header>, Twice> {
    for (at, line) in lines.iter().enumerate().take(TITLES) {
        let mut layout: Layout = line.iter().map(|name| field(name.as_ref())).collect();
        let mut height = 1;
        if !is_header(&layout) && layout.contains(&Some(Field::Indikator)) {
            let below = lines.get(at + 1).map(Vec::as_slice).unwrap_or_default();
            layout.resize(layout.len().max(below.len()), None);
            for (column, name) in layout.iter_mut().zip(below) {
                *column = column.or_else(|| field(name.as_ref()));
            }
            height = 2;
        }
        if !is_header(&layout) {
            continue;
        }
        for wanted in Field::ALL {
            if layout.iter().filter(|column| **column == Some(wanted)).count() > 1 {
                return Err(Twice(wanted));
            }
        }
        let mut lines_above = at + height;
        lines_above += usize::from(lines.get(lines_above).is_some_and(|line| is_column_numbers(line)));
        return Ok(Some(Header { layout, lines: lines_above }));
    }
    Ok(None)
}

/// The columns without a header, or `None` if there are too few. A first column of numbers is
/// left out; `is_polarity` tells whether a sixth one is the direction.
pub(super) fn usual<C: AsRef<str>>(lines: &[Vec<C>], is_polarity: impl Fn(&str) -> bool) -> Option<Layout> {
    let width = lines.iter().map(Vec::len).max()?;
    let numbered = is_numbered(lines);
    let mut layout: Layout = Vec::with_capacity(width);
    layout.extend(numbered.then_some(None));
    layout.extend(USUAL.map(Some));
    // Five columns of which the first is numbers lack one, and nothing says which.
    if width < layout.len() {
        return None;
    }
    let has_polarity =
        lines.iter().filter_map(|line| line.get(layout.len())).any(|c| is_polarity(c.as_ref()));
    layout.extend(has_polarity.then_some(Some(Field::Polarity)));
    Some(layout)
}

fn is_header(layout: &[Option<Field>]) -> bool {
    let has = |field| layout.contains(&Some(field));
    let known = Field::ALL.into_iter().filter(|field| has(*field)).count();
    known >= 3 && has(Field::Indikator) && (has(Field::Target) || has(Field::Realisasi))
}

/// What a column of this name holds.
fn field(name: &str) -> Option<Field> {
    if name.chars().count() > NAME {
        return None;
    }
    let name = name.to_ascii_lowercase();
    let has = |wanted: &str| name.split(|c: char| !c.is_ascii_alphabetic()).any(|word| word == wanted);
    let any = |wanted: &[&str]| wanted.iter().any(|word| has(word));
    if any(&["lalu", "sebelumnya"]) {
        return any(&["capaian", "realisasi"]).then_some(Field::Last);
    }
    // Targets of the medium term and money are columns of other tables.
    if any(&["menengah", "renstra", "rpjmd", "anggaran", "pagu"]) {
        return None;
    }
    let columns: [(&[&str], Field); 7] = [
        // In this order, so that "Satuan Indikator" and "Indikator Sasaran" are their first words.
        (&["satuan"], Field::Satuan),
        (&["indikator", "iku"], Field::Indikator),
        (&["sasaran"], Field::Sasaran),
        (&["target"], Field::Target),
        (&["realisasi"], Field::Realisasi),
        (&["arah", "polaritas", "polarity"], Field::Polarity),
        (&["catatan", "keterangan", "ket"], Field::Note),
    ];
    columns.into_iter().find(|(words, _)| any(words)).map(|(_, field)| field)
}

/// "(1)", "(2)", "(3)": numbers of the columns below their names.
fn is_column_numbers<C: AsRef<str>>(line: &[C]) -> bool {
    let filled = || line.iter().map(|cell| cell.as_ref().trim()).filter(|cell| !cell.is_empty());
    let is_number = |cell: &str, number: usize| {
        let bare = cell.trim_start_matches('(').trim_end_matches([')', '.']);
        bare.parse() == Ok(number)
    };
    filled().count() >= 3 && filled().zip(1..).all(|(cell, number)| is_number(cell, number))
}

/// Whether the first column numbers the lines: "1", "2.", or nothing below a merged cell.
fn is_numbered<C: AsRef<str>>(lines: &[Vec<C>]) -> bool {
    let first = || lines.iter().map(|line| line.first().map_or("", |cell| cell.as_ref().trim()));
    let is_number = |cell: &str| {
        let bare = cell.trim_end_matches(['.', ')']);
        (1..=3).contains(&bare.len()) && bare.bytes().all(|b| b.is_ascii_digit())
    };
    first().all(|cell| cell.is_empty() || is_number(cell)) && first().any(is_number)
}
