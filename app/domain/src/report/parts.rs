//! What belongs in a report: PermenPANRB 53/2014, Lampiran II.

/// A part of a report that is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// Lasting key.
    pub key: &'static str,
    /// Its heading, as in the regulation.
    pub label: &'static str,
    /// Which list it stands in.
    pub group: Group,
}

/// The lists that the parts stand in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Group {
    /// The four chapters.
    Chapters,
    /// The analyses of chapter III A.
    Analyses,
    /// Budget and annexes.
    Rest,
}

impl Group {
    /// Its heading.
    pub fn label(self) -> &'static str {
        match self {
            Self::Chapters => "Bab",
            Self::Analyses => "Analisis capaian (Bab III A)",
            Self::Rest => "Anggaran dan lampiran",
        }
    }
}

const fn part(key: &'static str, label: &'static str, group: Group) -> Part {
    Part { key, label, group }
}

/// All that belongs in a report.
pub const PARTS: [Part; 13] = [
    part("bab1", "Bab I Pendahuluan", Group::Chapters),
    part("bab2", "Bab II Perencanaan Kinerja", Group::Chapters),
    part("bab3", "Bab III Akuntabilitas Kinerja", Group::Chapters),
    part("bab4", "Bab IV Penutup", Group::Chapters),
    part("a1", "Target dan realisasi tahun ini", Group::Analyses),
    part("a2", "Perbandingan dengan tahun lalu dan beberapa tahun terakhir", Group::Analyses),
    part("a3", "Perbandingan dengan target jangka menengah", Group::Analyses),
    part("a4", "Perbandingan dengan standar nasional, bila ada", Group::Analyses),
    part("a5", "Penyebab keberhasilan atau kegagalan, dan solusinya", Group::Analyses),
    part("a6", "Efisiensi penggunaan sumber daya", Group::Analyses),
    part("a7", "Program dan kegiatan yang menunjang", Group::Analyses),
    part("anggaran", "Realisasi anggaran (Bab III B)", Group::Rest),
    part("lampiran", "Lampiran: Perjanjian Kinerja", Group::Rest),
];

/// The part with this key.
pub fn find(key: &str) -> Option<&'static Part> {
    PARTS.iter().find(|part| part.key == key)
}

/// Where a finding belongs, in words: "Baris 3 tabel capaian"; `None` if there is no such
/// place. `rows` is how many rows the table has.
pub fn place(key: &str, rows: u16) -> Option<String> {
    match key {
        "umum" => Some("Umum".to_owned()),
        "berkas" => Some("Berkas".to_owned()),
        _ => match key.strip_prefix("baris.") {
            Some(row) => {
                let row: u16 = row.parse().ok().filter(|row| (1..=rows).contains(row))?;
                Some(format!("Tabel capaian, baris {row}"))
            }
            None => find(key).map(|part| part.label.to_owned()),
        },
    }
}
