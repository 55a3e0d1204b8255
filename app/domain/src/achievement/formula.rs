//! The capaian of one row: how much of a target was reached.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::decimal::{divide, power};
use super::{Category, Decimal, Number, Reading};

/// Decimals of a capaian, as shown and as computed with further on.
pub(super) const PLACES: u8 = 2;

/// Hundredths of a percent from which on a capaian is no longer told, so that every average of
/// capaian still has room for its two decimals.
const MOST: i128 = power(17);

/// Which way is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Polarity {
    /// More is better; most indicators.
    #[default]
    HigherIsBetter,
    /// Less is better: poverty, stunting, response times.
    LowerIsBetter,
}

impl Polarity {
    /// One word, as in a column of a table.
    pub fn word(self) -> &'static str {
        match self {
            Self::HigherIsBetter => "naik",
            Self::LowerIsBetter => "turun",
        }
    }

    /// In full.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::HigherIsBetter => "semakin tinggi semakin baik",
            Self::LowerIsBetter => "semakin rendah semakin baik",
        }
    }
}

/// The capaian of one row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Achievement {
    /// In percent, rounded to two decimals, a half going up as in spreadsheets. May be negative.
    Percent(Decimal),
    /// Both are numbers, but no percentage can be told.
    NotComputable {
        /// The reason.
        why: Why,
    },
    /// Target or realisasi is words, "BB" or "WTP": compared by hand.
    ByHand,
    /// Target or realisasi is not filled in.
    Missing,
    /// Target or realisasi cannot be read.
    Fault,
}

/// Why no percentage can be told of two numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Why {
    /// Division by 0 (`domain.md`, section 5: never 0, 100 or infinity).
    #[error("tidak dapat dihitung karena target 0")]
    ZeroTarget,
    /// Against a negative target both formulas turn round: a growth of -3 where -1,5 was promised
    /// would be 200%. (**Assumed**; the rules do not speak of negative targets.)
    #[error("tidak dapat dihitung karena target negatif, bandingkan langsung")]
    NegativeTarget,
    /// Rupiah against percent, or months against days. (**Assumed**: better no number than a wrong one.)
    #[error("tidak dapat dihitung karena satuan target dan realisasi berbeda")]
    Units,
    /// The result takes more digits than there is room for.
    #[error("tidak dapat dihitung karena hasilnya terlalu besar")]
    TooLarge,
}

impl Achievement {
    /// What averages count: a negative capaian as 0 (`domain.md`, section 5). `None` unless it is
    /// a percentage.
    pub fn counted(self) -> Option<Decimal> {
        match self {
            Self::Percent(raw) => Some(raw.max(Decimal::ZERO)),
            Self::NotComputable { .. } | Self::ByHand | Self::Missing | Self::Fault => None,
        }
    }

    /// The category; `None` unless it is a percentage.
    pub fn category(self) -> Option<Category> {
        self.counted().map(Category::of)
    }
}

/// As in a cell of the table: "103,00%", or why there is no percentage.
impl fmt::Display for Achievement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Percent(percent) => write!(f, "{}%", percent.fixed(PLACES)),
            Self::NotComputable { why } => why.fmt(f),
            Self::ByHand => f.write_str("dibandingkan langsung karena bukan angka"),
            Self::Missing => f.write_str("belum diisi"),
            Self::Fault => f.write_str("isian perlu diperbaiki"),
        }
    }
}

/// The capaian of a row (`domain.md`, section 5): realisasi ÷ target × 100 if higher is better,
/// (2 × target − realisasi) ÷ target × 100 if lower is.
pub fn achieve(target: &Reading, realisasi: &Reading, polarity: Polarity) -> Achievement {
    match (target, realisasi) {
        (Reading::Fault(_), _) | (_, Reading::Fault(_)) => Achievement::Fault,
        (Reading::Nothing, _) | (_, Reading::Nothing) => Achievement::Missing,
        (Reading::Number(target), Reading::Number(realisasi)) => match percent(target, realisasi, polarity) {
            Ok(percent) => Achievement::Percent(percent),
            Err(why) => Achievement::NotComputable { why },
        },
        (Reading::Text(_), _) | (_, Reading::Text(_)) => Achievement::ByHand,
    }
}

/// How a capaian was computed: "103 ÷ 100 × 100 = 103,00%"; `None` unless it is a percentage.
pub fn formula(target: &Reading, realisasi: &Reading, polarity: Polarity) -> Option<String> {
    let (target, realisasi) = (target.number()?, realisasi.number()?);
    let percent = percent(target, realisasi, polarity).ok()?.fixed(PLACES);
    // A target is above 0 here.
    let (t, r) = (target.value, realisasi.value);
    let r = if r.is_negative() { format!("({r})") } else { r.to_string() };
    Some(match polarity {
        Polarity::HigherIsBetter => format!("{r} ÷ {t} × 100 = {percent}%"),
        Polarity::LowerIsBetter => format!("(2 × {t} − {r}) ÷ {t} × 100 = {percent}%"),
    })
}

fn percent(target: &Number, realisasi: &Number, polarity: Polarity) -> Result<Decimal, Why> {
    if target.value.is_zero() {
        return Err(Why::ZeroTarget);
    }
    if target.value.is_negative() {
        return Err(Why::NegativeTarget);
    }
    if target.unit.differs(&realisasi.unit) {
        return Err(Why::Units);
    }
    let scale = target.value.scale().max(realisasi.value.scale());
    let (target, realisasi) = (target.value.wide(scale), realisasi.value.wide(scale));
    let reached = match polarity {
        Polarity::HigherIsBetter => realisasi,
        Polarity::LowerIsBetter => 2 * target - realisasi,
    };
    // 100 for percent and 100 for two decimals. What overflows here is beyond MOST by far.
    let hundredths = reached.checked_mul(power(2 + PLACES)).ok_or(Why::TooLarge)?;
    let percent = Decimal::from_wide(divide(hundredths, target), PLACES).ok_or(Why::TooLarge)?;
    if percent.wide(PLACES).abs() < MOST { Ok(percent) } else { Err(Why::TooLarge) }
}
