//! The words for how good a capaian is.

use serde::{Deserialize, Serialize};

use super::Decimal;

/// The category of a capaian by Permendagri 86/2017.
///
/// The printed scale (≥ 91, 76–90, 66–75, 51–65, ≤ 50) leaves gaps between whole numbers, so that
/// 90,5 has no category. `domain.md`, section 5, closes them: each category reaches up to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// 91 and above.
    VeryHigh,
    /// From 76.
    High,
    /// From 66.
    Medium,
    /// Above 50.
    Low,
    /// 50 and below.
    VeryLow,
}

impl Category {
    /// All of them, the best first.
    pub const ALL: [Self; 5] = [Self::VeryHigh, Self::High, Self::Medium, Self::Low, Self::VeryLow];

    /// The category of a capaian in percent.
    ///
    /// Decided on the number as shown, with two decimals (**assumed**; no rule says): 90,995 is
    /// shown as 91,00 and is Sangat Tinggi, so that the page never shows "91,00" next to "Tinggi".
    pub fn of(percent: Decimal) -> Self {
        let percent = percent.rounded(2);
        if percent >= 91.into() {
            Self::VeryHigh
        } else if percent >= 76.into() {
            Self::High
        } else if percent >= 66.into() {
            Self::Medium
        } else if percent > 50.into() {
            Self::Low
        } else {
            Self::VeryLow
        }
    }

    /// Its words.
    pub fn word(self) -> &'static str {
        match self {
            Self::VeryHigh => "Sangat Tinggi",
            Self::High => "Tinggi",
            Self::Medium => "Sedang",
            Self::Low => "Rendah",
            Self::VeryLow => "Sangat Rendah",
        }
    }

    /// The rule, for the page that shows categories.
    pub fn rule() -> &'static str {
        "Kategori capaian menurut Permendagri 86/2017: 91 ke atas Sangat Tinggi; 76 ke atas Tinggi; \
         66 ke atas Sedang; di atas 50 Rendah; 50 ke bawah Sangat Rendah. Dinilai dari capaian yang \
         sudah dibulatkan dua angka di belakang koma."
    }
}
