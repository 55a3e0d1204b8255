//! What was understood of a table, as it is shown before anything is imported.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::super::{Field, Row};

/// A table as it was understood. Nothing of it has been imported.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Understood {
    /// The sheet that was taken.
    pub sheet: Sheet,
    /// The other sheets with something in them: where they stand, and their names.
    pub others: Vec<(usize, String)>,
    /// The rows of the heading, as a spreadsheet counts. None if no row names a column.
    pub heading: Vec<usize>,
    /// All columns with a name or a text, in order.
    pub columns: Vec<Column>,
    /// What no column holds.
    pub missing: Vec<Field>,
    /// What more than one column may hold, and what none was found for.
    pub choices: Vec<Choice>,
    /// The rows that would be imported.
    pub rows: Vec<Taken>,
    /// The rows that would not.
    pub left: Vec<Left>,
    /// Cells to be looked at.
    pub doubts: Vec<Doubtful>,
    /// What the sender may not see: hidden columns, sheets that were not taken.
    pub said: Vec<String>,
}

impl Understood {
    /// The rows alone.
    pub fn into_rows(self) -> Vec<Row> {
        self.rows.into_iter().map(|taken| taken.row).collect()
    }

    /// Whether somebody has to answer before anything may be imported.
    pub fn asks(&self) -> bool {
        self.doubts.iter().any(|doubt| doubt.asks) || self.is_open()
    }

    /// Whether a choice is open that nothing speaks for: then there is nothing to import yet.
    pub fn is_open(&self) -> bool {
        self.choices.iter().any(|choice| choice.must)
    }
}

/// A sheet.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Sheet {
    /// Where it stands among those that were brought, from 0.
    pub at: usize,
    /// Its name; empty for a text.
    pub name: String,
    /// Whether it is the first one with something in it.
    pub first: bool,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Where it stands, from 0.
    pub at: usize,
    /// Its heading, all lines of it; empty if it has none.
    pub name: String,
    /// What becomes of it.
    pub held: Held,
}

/// What becomes of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Held {
    /// It is taken.
    Field(Field),
    /// It is left out.
    Left(Unused),
}

/// Why a column is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unused {
    /// It numbers the rows.
    Number,
    /// Its percentages and categories are computed here.
    Computed,
    /// It is about money.
    Money,
    /// It is about the medium term or a standard.
    MediumTerm,
    /// It is of another year.
    OtherYear,
    /// It is of a part of the year.
    OtherPeriod,
    /// Another column holds the same.
    Another,
    /// It explains, and no column of the table does.
    Explains,
    /// It is not shown in the file.
    Hidden,
    /// Nothing is known of it.
    Unknown,
}

impl fmt::Display for Unused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Number => "nomor urut",
            Self::Computed => "dihitung sendiri oleh Alur",
            Self::Money => "tentang anggaran",
            Self::MediumTerm => "tentang jangka menengah atau pembanding",
            Self::OtherYear => "tentang tahun lain",
            Self::OtherPeriod => "tentang sebagian tahun",
            Self::Another => "sudah ada kolom lain untuk isian ini",
            Self::Explains => "keterangan yang tidak ada kolomnya di tabel",
            Self::Hidden => "disembunyikan di berkas",
            Self::Unknown => "tidak dikenal",
        })
    }
}

/// A column to be chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// What it is to hold.
    pub field: Field,
    /// Which columns may hold it, from 0.
    pub among: Vec<usize>,
    /// Which one is proposed, or was chosen.
    pub chosen: Option<usize>,
    /// Why this one, or what is asked.
    pub why: String,
    /// Whether nothing can be imported before it is answered.
    pub must: bool,
}

/// A row that would be imported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taken {
    /// Where it stands, as a spreadsheet counts.
    pub line: usize,
    /// What it holds.
    pub row: Row,
}

/// A row that would not be imported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Left {
    /// Where it stands, as a spreadsheet counts.
    pub line: usize,
    /// What stands in it, shortened.
    pub text: String,
    /// Why.
    pub why: Reason,
}

/// Why a row is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// It stands above the heading.
    Above,
    /// It is not shown in the file.
    Hidden,
    /// It numbers the columns.
    ColumnNumbers,
    /// The heading once more.
    Heading,
    /// A table with a heading of its own.
    OtherTable,
    /// A sum or an average.
    Total,
    /// A source or a remark below the table.
    Source,
    /// Place and date, title, name, NIP.
    Signature,
    /// A title of a part of the table.
    Section,
    /// It has no indikator.
    NoIndicator,
    /// Commas within and between cells cannot be told apart.
    Commas,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Above => "di atas judul kolom",
            Self::Hidden => "baris disembunyikan di berkas",
            Self::ColumnNumbers => "nomor kolom",
            Self::Heading => "judul kolom diulang",
            Self::OtherTable => "tabel lain dengan judul sendiri",
            Self::Total => "jumlah atau rata-rata",
            Self::Source => "sumber atau catatan tabel",
            Self::Signature => "tanda tangan: tempat, tanggal, jabatan, nama, atau NIP",
            Self::Section => "judul bagian tanpa indikator",
            Self::NoIndicator => "tidak ada indikatornya",
            Self::Commas => {
                "selnya lebih banyak daripada judul; koma desimal tidak dapat dibedakan dari koma pemisah, \
                 simpan sebagai CSV dengan titik koma atau sebagai .xlsx"
            }
        })
    }
}

/// A cell to be looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Doubtful {
    /// Its name in a spreadsheet, `F2`.
    pub cell: String,
    /// Its row among [`Understood::rows`], from 0.
    pub row: usize,
    /// What it holds.
    pub field: Field,
    /// What would be imported.
    pub text: String,
    /// What there is to say.
    pub sentence: String,
    /// Whether somebody has to confirm or mend it.
    pub asks: bool,
}

/// Why nothing was understood, in a sentence that says what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ImportFault {
    /// Neither a heading nor five columns.
    #[error(
        "kolomnya tidak dikenal, sertakan baris judul atau urutkan kolomnya: sasaran, indikator, satuan, target, realisasi"
    )]
    Columns,
    /// A heading with nothing below.
    #[error("hanya ada baris judul, belum ada isinya")]
    NoRows,
    /// More than [`super::super::MAX_ROWS`].
    #[error("ada {0} baris, paling banyak 300 baris dalam satu tabel")]
    TooManyRows(usize),
}

/// What somebody has answered so far.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Wish {
    /// The sheet to be taken, if it was chosen.
    pub sheet: Option<usize>,
    /// Columns that were chosen; `None` if no column is to be taken.
    pub columns: Vec<(Field, Option<usize>)>,
    /// Cells as they were mended, by their names.
    pub mended: Vec<(String, String)>,
}

impl Wish {
    /// The column that was chosen for a field, if it was asked about.
    pub(super) fn column(&self, field: Field) -> Option<Option<usize>> {
        self.columns.iter().rev().find(|(chosen, _)| *chosen == field).map(|(_, column)| *column)
    }

    /// How a cell was mended.
    pub(super) fn mended(&self, cell: &str) -> Option<&str> {
        self.mended.iter().rev().find(|(name, _)| name == cell).map(|(_, text)| text.as_str())
    }
}
