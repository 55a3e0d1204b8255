//! As what a file comes: the report itself, or one of its annexes.

use serde::Deserialize;

/// Where a file belongs in a draft, as addresses say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub(super) enum Slot {
    /// The report itself, of which there is one, as PDF.
    #[serde(rename = "lkj")]
    Report,
    /// An annex; addresses say `lampiran`.
    #[serde(other)]
    Annex,
}

impl Slot {
    /// Whether nothing but a PDF fits.
    pub(super) fn only_pdf(self) -> bool {
        self == Self::Report
    }
}
