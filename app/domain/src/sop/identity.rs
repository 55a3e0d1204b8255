//! The identity block of the sheet: everything above the table.

use serde::{Deserialize, Serialize};

/// The identity block, field by field as PermenPANRB 35/2012 asks for it. What is not
/// on the signed sheet stays `None` or empty and is shown as "belum diisi".
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Identity {
    /// The unit's name as printed, a line each.
    pub unit: Vec<String>,
    /// Tanggal Pembuatan as printed.
    pub created: Option<String>,
    /// Tanggal Revisi as printed.
    pub revised: Option<String>,
    /// Tanggal Pengesahan as printed.
    pub approved: Option<String>,
    /// Tanggal Efektif as printed.
    pub effective: Option<String>,
    /// Disahkan oleh.
    pub approved_by: Approval,
    /// Dasar Hukum.
    pub legal_basis: Vec<IdentityLine>,
    /// Kualifikasi Pelaksana.
    pub qualifications: Vec<IdentityLine>,
    /// Keterkaitan.
    pub related: Vec<IdentityLine>,
    /// Peralatan/Perlengkapan.
    pub equipment: Vec<IdentityLine>,
    /// Peringatan.
    pub warnings: Vec<IdentityLine>,
    /// Pencatatan dan Pendataan.
    pub records: Vec<IdentityLine>,
    /// Remarks of the editor about the sheet as a whole, never part of the print.
    pub notes: Vec<String>,
}

impl Identity {
    /// Everything that is written in it.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        let Approval { title, name, nip } = &self.approved_by;
        let dates = [&self.created, &self.revised, &self.approved, &self.effective];
        let one = dates.into_iter().chain([title, name, nip]).flatten();
        let lines = [&self.legal_basis, &self.qualifications, &self.related, &self.equipment];
        let lines = lines.into_iter().chain([&self.warnings, &self.records]).flatten();
        let lines = lines.flat_map(|line| std::iter::once(&line.text).chain(&line.note));
        self.unit.iter().chain(&self.notes).chain(one).chain(lines).map(String::as_str)
    }
}

/// Who approved the sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Approval {
    /// Jabatan.
    pub title: Option<String>,
    /// Nama.
    pub name: Option<String>,
    /// NIP, 18 digits.
    pub nip: Option<String>,
}

/// A line of the block as printed, with the editor's note if it needs one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IdentityLine {
    /// The text as printed, mistakes included.
    pub text: String,
    /// What the editor has to say about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}
