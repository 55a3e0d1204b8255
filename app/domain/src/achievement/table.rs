//! The table: rows as typed, what is wrong with them, and what they add up to.

use serde::{Deserialize, Serialize};

use super::decimal::divide;
use super::formula::PLACES;
use super::{Achievement, Category, Decimal, MAX_CELL, Polarity, Reading, achieve};
use crate::text::{cleaned, is_control};

/// Most rows of one table.
pub const MAX_ROWS: usize = 300;

/// One row of the capaian table, every cell as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Row {
    /// What is to be achieved.
    pub sasaran: String,
    /// What it is measured by.
    pub indikator: String,
    /// The unit of measure.
    pub satuan: String,
    /// What was promised.
    pub target: String,
    /// What was reached.
    pub realisasi: String,
    /// Which way is better.
    pub polarity: Polarity,
    /// Capaian of the year before.
    pub last: String,
    /// Anything else; may have several lines.
    pub note: String,
}

/// A column that is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// [`Row::sasaran`].
    Sasaran,
    /// [`Row::indikator`].
    Indikator,
    /// [`Row::satuan`].
    Satuan,
    /// [`Row::target`].
    Target,
    /// [`Row::realisasi`].
    Realisasi,
    /// [`Row::polarity`].
    Polarity,
    /// [`Row::last`].
    Last,
    /// [`Row::note`].
    Note,
}

impl Field {
    /// All of them, in the order of the table.
    pub const ALL: [Self; 8] = [
        Self::Sasaran,
        Self::Indikator,
        Self::Satuan,
        Self::Target,
        Self::Realisasi,
        Self::Polarity,
        Self::Last,
        Self::Note,
    ];

    /// The name of its column.
    pub fn word(self) -> &'static str {
        match self {
            Self::Sasaran => "Sasaran",
            Self::Indikator => "Indikator",
            Self::Satuan => "Satuan",
            Self::Target => "Target",
            Self::Realisasi => "Realisasi",
            Self::Polarity => "Arah",
            Self::Last => "Capaian tahun lalu",
            Self::Note => "Catatan",
        }
    }

    /// Longest accepted text, in characters.
    pub fn max(self) -> usize {
        match self {
            Self::Sasaran | Self::Indikator => 500,
            Self::Satuan => 60,
            Self::Target | Self::Realisasi | Self::Last | Self::Polarity => MAX_CELL,
            Self::Note => 1000,
        }
    }
}

/// Something to say about a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Which cell.
    pub field: Field,
    /// What, for the person who typed it.
    pub sentence: String,
}

impl Row {
    /// A cell as it would be typed.
    pub fn text(&self, field: Field) -> &str {
        match field {
            Field::Sasaran => &self.sasaran,
            Field::Indikator => &self.indikator,
            Field::Satuan => &self.satuan,
            Field::Target => &self.target,
            Field::Realisasi => &self.realisasi,
            Field::Polarity => self.polarity.word(),
            Field::Last => &self.last,
            Field::Note => &self.note,
        }
    }

    /// The row without what cannot be seen, as it is kept; everything else stays as typed.
    #[must_use]
    pub fn cleaned(self) -> Self {
        let Self { sasaran, indikator, satuan, target, realisasi, polarity, last, note } = self;
        let [sasaran, indikator, satuan] = [sasaran, indikator, satuan].map(|text| cleaned(&text));
        let [target, realisasi, last, note] = [target, realisasi, last, note].map(|text| cleaned(&text));
        Self { sasaran, indikator, satuan, target, realisasi, polarity, last, note }
    }

    /// What has to be put right. Cells of numbers that are not filled in yet are no fault.
    pub fn faults(&self) -> Vec<Fault> {
        Field::ALL
            .into_iter()
            .filter_map(|field| Some(Fault { field, sentence: self.fault(field)? }))
            .collect()
    }

    fn fault(&self, field: Field) -> Option<String> {
        let text = self.text(field);
        if text.chars().count() > field.max() {
            return Some(format!("{} paling panjang {} huruf", field.word(), field.max()));
        }
        if text.chars().any(|c| is_control(c) && !(field == Field::Note && c == '\n')) {
            return Some(format!("{} berisi tanda yang tidak dapat ditampilkan", field.word()));
        }
        match field {
            Field::Sasaran | Field::Indikator if text.trim().is_empty() => {
                Some(format!("{} belum diisi", field.word()))
            }
            Field::Target | Field::Realisasi | Field::Last => match Reading::of(text) {
                Reading::Fault(fault) => Some(fault.to_string()),
                Reading::Number(_) | Reading::Text(_) | Reading::Nothing => None,
            },
            Field::Sasaran | Field::Indikator | Field::Satuan | Field::Polarity | Field::Note => None,
        }
    }

    /// Its capaian.
    pub fn achievement(&self) -> Achievement {
        achieve(&Reading::of(&self.target), &Reading::of(&self.realisasi), self.polarity)
    }

    /// How its capaian was computed; see [`super::formula`].
    pub fn formula(&self) -> Option<String> {
        super::formula(&Reading::of(&self.target), &Reading::of(&self.realisasi), self.polarity)
    }
}

/// What a table adds up to. Every row is counted once, as one of `measured` to `faulty`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Summary {
    /// All rows.
    pub rows: u16,
    /// Rows with a percentage.
    pub measured: u16,
    /// Rows compared by hand.
    pub by_hand: u16,
    /// Rows of which no percentage can be told.
    pub not_computable: u16,
    /// Rows not filled in.
    pub missing: u16,
    /// Rows that cannot be read.
    pub faulty: u16,
    /// How many rows are in each category, in the order of [`Category::ALL`].
    pub categories: [u16; 5],
    /// The plain average of the percentages as shown, negative ones counted as 0, with two
    /// decimals: anybody can recompute it from the page.
    pub average: Option<Decimal>,
}

impl Summary {
    /// Adds rows up.
    pub fn of(rows: &[Row]) -> Self {
        let mut summary = Self::default();
        let mut sum: i128 = 0;
        for row in rows {
            let achievement = row.achievement();
            let count = match achievement {
                Achievement::Percent(_) => &mut summary.measured,
                Achievement::ByHand => &mut summary.by_hand,
                Achievement::NotComputable { .. } => &mut summary.not_computable,
                Achievement::Missing => &mut summary.missing,
                Achievement::Fault => &mut summary.faulty,
            };
            *count = count.saturating_add(1);
            summary.rows = summary.rows.saturating_add(1);
            sum += achievement.counted().map_or(0, |percent| percent.wide(PLACES));
            let category = achievement.category();
            for (count, of) in summary.categories.iter_mut().zip(Category::ALL) {
                *count = count.saturating_add(u16::from(category == Some(of)));
            }
        }
        if summary.measured > 0 {
            summary.average = Decimal::from_wide(divide(sum, summary.measured.into()), PLACES);
        }
        summary
    }
}
