//! A table that an agency has brought, and what becomes of it.

use domain::achievement::Field;
use domain::achievement::import::Understood;
use serde::{Deserialize, Serialize};

/// A table that was brought and waits to be imported. Nothing of it is in the draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Brought {
    /// What the file is called.
    pub name: String,
    /// How it was understood.
    pub understood: Understood,
    /// For each row that would be taken whether the draft has one of the same sasaran and indikator.
    pub there: Vec<bool>,
    /// How many rows the draft has.
    pub filled: usize,
    /// The version of the draft's table, for who imports.
    pub base: u32,
    /// What to say before anything else; empty if nothing.
    pub note: String,
}

/// What is asked to become of a table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Manner {
    /// It takes the place of what is there.
    Replace,
    /// Rows that are not there yet are added.
    #[default]
    Append,
}

/// What was answered on the page that shows a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    /// The version of the draft's table that the page showed.
    pub base: u32,
    /// The sheet that was chosen.
    pub sheet: Option<usize>,
    /// The columns that were chosen; `None` for no column.
    pub columns: Vec<(Field, Option<usize>)>,
    /// Cells as they stood on the page, by their names.
    pub mended: Vec<(String, String)>,
    /// What becomes of the rows that are there.
    pub manner: Manner,
    /// Whether what was asked about is confirmed.
    pub sure: bool,
    /// Whether the page is only to be shown again with these answers.
    pub look: bool,
}

/// What came of the answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Imported {
    /// Nothing yet: the page shows what they lead to.
    Shown,
    /// So many rows are in the draft.
    Rows(usize),
}

/// How a field is called in a form.
pub fn key(field: Field) -> &'static str {
    match field {
        Field::Sasaran => "sasaran",
        Field::Indikator => "indikator",
        Field::Satuan => "satuan",
        Field::Target => "target",
        Field::Realisasi => "realisasi",
        Field::Polarity => "arah",
        Field::Last => "lalu",
        Field::Note => "catatan",
    }
}

/// The field that a form calls so.
pub fn by_key(name: &str) -> Option<Field> {
    Field::ALL.into_iter().find(|field| key(*field) == name)
}
