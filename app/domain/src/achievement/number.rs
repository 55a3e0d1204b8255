//! How a typed cell was read.

use std::fmt;

use super::{Decimal, NumberFault};

/// Longest cell that is read, in characters.
pub const MAX_CELL: usize = 200;

/// How a cell of target or realisasi was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    /// A number, with what stood around it.
    Number(Number),
    /// Words that are compared by hand: "BB", "WTP", "Baik", "31 Desember 2025", "90 - 100".
    Text(String),
    /// Nothing yet: "", "-", "n/a", "tidak ada".
    Nothing,
    /// Not to be read.
    Fault(NumberFault),
}

impl Reading {
    /// How it was read, for showing back to the person who typed it: "1.234,5", "103,74%",
    /// "Rp1.000.000", "3 dokumen", "≥ 90". A number in this form is read back as the same.
    pub fn shown(&self) -> String {
        match self {
            Self::Number(number) => number.to_string(),
            Self::Text(text) => text.clone(),
            Self::Nothing => "belum diisi".to_owned(),
            Self::Fault(fault) => fault.to_string(),
        }
    }

    /// The number, if it is one.
    pub fn number(&self) -> Option<&Number> {
        match self {
            Self::Number(number) => Some(number),
            Self::Text(_) | Self::Nothing | Self::Fault(_) => None,
        }
    }
}

/// A number as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    /// Its value, factors such as "juta" included.
    pub value: Decimal,
    /// What is counted.
    pub unit: Unit,
    /// A limit rather than a value: "≥ 90". It is computed with as if it were the value.
    pub bound: Option<Bound>,
    /// Set if it could have been meant otherwise or was not written by the Indonesian rule.
    pub doubt: Option<Doubt>,
}

impl Number {
    /// What to tell the person who typed it about how it was read; `None` if nothing.
    pub fn remark(&self) -> Option<String> {
        let doubt = self.doubt.map(Doubt::sentence);
        let bound = self.bound.map(|bound| format!("tanda {} tidak ikut dihitung", bound.sign()));
        let why = match (doubt, bound) {
            (None, None) => return None,
            (Some(doubt), None) => doubt.to_owned(),
            (None, Some(bound)) => bound,
            (Some(doubt), Some(bound)) => format!("{doubt}; {bound}"),
        };
        Some(format!("dibaca {self}: {why}"))
    }
}

/// See [`Reading::shown`].
impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(bound) = self.bound {
            write!(f, "{} ", bound.sign())?;
        }
        let value = self.value;
        match &self.unit {
            Unit::None => write!(f, "{value}"),
            Unit::Percent => write!(f, "{value}%"),
            Unit::Rupiah if value.is_negative() => write!(f, "-Rp{}", value.negated()),
            Unit::Rupiah => write!(f, "Rp{value}"),
            Unit::Words(words) => write!(f, "{value} {words}"),
        }
    }
}

/// What a number counts, as far as the cell says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unit {
    /// The cell does not say.
    None,
    /// "%", "persen".
    Percent,
    /// "Rp", "rupiah".
    Rupiah,
    /// Any words: "dokumen", "per 1.000 kelahiran hidup".
    Words(String),
}

impl Unit {
    /// Whether both cells say what they count and it is not the same.
    pub fn differs(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::None, _) | (_, Self::None) => false,
            (Self::Words(one), Self::Words(two)) => !super::same::unit(one, two),
            (one, two) => one != two,
        }
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::None => "-",
            Self::Percent => "%",
            Self::Rupiah => "Rp",
            Self::Words(words) => words,
        })
    }
}

/// A limit in front of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// "≥ 90", "minimal 90".
    AtLeast,
    /// "> 90", "lebih dari 90".
    Above,
    /// "≤ 5", "maksimal 5".
    AtMost,
    /// "< 5", "kurang dari 5".
    Below,
    /// "± 5", "sekitar 5".
    About,
}

impl Bound {
    /// Its sign.
    pub fn sign(self) -> &'static str {
        match self {
            Self::AtLeast => "≥",
            Self::Above => ">",
            Self::AtMost => "≤",
            Self::Below => "<",
            Self::About => "±",
        }
    }
}

/// Why a number is shown back: it could have been meant otherwise, or was not written by the
/// Indonesian rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    /// "1.234", read as 1234: could be a decimal with a dot.
    DotAsGroup,
    /// "1,234", read as 1,234: could be an English thousand.
    CommaAsDecimal,
    /// "98.5", read as 98,5: its dot cannot group thousands.
    DotAsDecimal,
    /// "1,234.5", read as 1.234,5: only the English rule fits.
    English,
    /// "1 234", read as 1.234: could be two numbers.
    SpaceAsGroup,
}

impl Doubt {
    /// How the marks were taken, in words.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::DotAsGroup => "titik dianggap pemisah ribuan, untuk desimal pakai koma",
            Self::CommaAsDecimal => "koma dianggap tanda desimal, untuk ribuan pakai titik",
            Self::DotAsDecimal => "titik dianggap tanda desimal, sebaiknya pakai koma",
            Self::English => {
                "koma dianggap pemisah ribuan dan titik tanda desimal, sebaiknya tulis sebaliknya"
            }
            Self::SpaceAsGroup => "spasi dianggap pemisah ribuan, sebaiknya pakai titik",
        }
    }
}
