//! Whether a text can be nothing but a part of a heading.

use super::super::word::month;
use super::name::{ordinal, words, year};

/// Longest cell of a heading, in characters; sentences of data are longer as a rule.
pub(super) const LONGEST: usize = 60;

/// Words that nothing but headings are made of.
const VOCABULARY: [&str; 74] = [
    "no",
    "nomor",
    "urut",
    "sasaran",
    "strategis",
    "program",
    "kegiatan",
    "sub",
    "subkegiatan",
    "indikator",
    "kinerja",
    "utama",
    "tujuan",
    "iku",
    "ikk",
    "satuan",
    "target",
    "realisasi",
    "capaian",
    "pencapaian",
    "tingkat",
    "persentase",
    "anggaran",
    "pagu",
    "keuangan",
    "fisik",
    "rp",
    "tahun",
    "keterangan",
    "ket",
    "catatan",
    "arah",
    "polaritas",
    "perubahan",
    "murni",
    "awal",
    "akhir",
    "setelah",
    "sebelum",
    "pk",
    "perjanjian",
    "perangkat",
    "daerah",
    "uraian",
    "lalu",
    "sebelumnya",
    "renstra",
    "rpjmd",
    "triwulan",
    "tribulan",
    "tw",
    "semester",
    "smt",
    "bulan",
    "s",
    "d",
    "sd",
    "sampai",
    "dengan",
    "dan",
    "i",
    "ii",
    "iii",
    "iv",
    "k",
    "n",
    "hasil",
    "nilai",
    "kategori",
    "predikat",
    "kriteria",
    "outcome",
    "output",
    "penanggung",
];

/// Whether a cell can be nothing but a part of a heading.
pub(super) fn is_heading(text: &str) -> bool {
    if text.chars().count() > LONGEST {
        return false;
    }
    let lower = text.to_lowercase();
    let words = words(&lower);
    let is_known = |word: &&str| {
        VOCABULARY.contains(word) || year(word).is_some() || month(word).is_some() || ordinal(word).is_some()
    };
    words.iter().all(is_known) && (text.contains('%') || words.iter().any(|word| word.parse::<u8>().is_err()))
}
