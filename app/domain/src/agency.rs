//! An agency (Perangkat Daerah, PD): who hands in a performance report.

use serde::{Deserialize, Serialize};

use crate::id::AgencyCode;
use crate::text;

/// One agency of the province.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agency {
    /// Lasting code; never shown on its own.
    pub code: AgencyCode,
    /// Full name, as in letters.
    pub name: String,
    /// Short name, as on the wall.
    pub short: String,
}

impl Agency {
    /// Longest accepted name, in characters.
    pub const MAX_NAME: usize = 160;

    /// What is wrong with this agency as typed, in words; `None` if nothing.
    pub fn fault(&self) -> Option<String> {
        let code = self.code.as_str();
        let code_ok = (1..=40).contains(&code.len())
            && code.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if !code_ok {
            return Some("kode PD hanya huruf kecil, angka dan tanda hubung, paling panjang 40".to_owned());
        }
        let named = |label: &str, text: &str| {
            if let Some(found) = text::found(text) {
                return Some(format!("{label} memuat {found}; hapus tanda itu"));
            }
            let fits = !text.trim().is_empty() && text.chars().count() <= Self::MAX_NAME;
            (!fits).then(|| format!("{label} wajib diisi, paling panjang {} huruf", Self::MAX_NAME))
        };
        named("nama PD", &self.name).or_else(|| named("singkatan PD", &self.short))
    }
}
