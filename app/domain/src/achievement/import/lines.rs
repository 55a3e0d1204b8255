//! What is no data stays out: sums, sources, signatures.

use super::super::word;
use super::Reason;

/// How sums and averages are called.
const TOTALS: [&str; 9] = [
    "jumlah",
    "total",
    "rata-rata",
    "rata rata",
    "rerata",
    "subtotal",
    "sub total",
    "nilai rata",
    "capaian rata",
];
/// All words of a name that is nothing but that of a sum.
const TOTAL_WORDS: [&str; 18] = [
    "jumlah",
    "total",
    "rata",
    "rerata",
    "subtotal",
    "sub",
    "nilai",
    "capaian",
    "kinerja",
    "keseluruhan",
    "seluruh",
    "sasaran",
    "indikator",
    "akhir",
    "persentase",
    "tingkat",
    "perangkat",
    "daerah",
];
/// How remarks below a table begin.
const REMARKS: [&str; 5] = ["sumber", "catatan", "keterangan", "ket", "note"];
/// How the lines of a signature begin.
const TITLES: [&str; 26] = [
    "kepala",
    "plt",
    "plh",
    "pj",
    "pjs",
    "a.n",
    "an.",
    "sekretaris",
    "direktur",
    "inspektur",
    "gubernur",
    "bupati",
    "wali kota",
    "walikota",
    "asisten",
    "ketua",
    "camat",
    "mengetahui",
    "menyetujui",
    "disahkan",
    "dibuat oleh",
    "diperiksa",
    "pembina",
    "penata",
    "pengatur",
    "penyusun",
];

/// A row, as far as it matters here.
pub(super) struct Line<'a> {
    /// The texts of its own cells, in order.
    pub(super) texts: Vec<&'a str>,
    pub(super) indikator: &'a str,
    pub(super) has_sasaran: bool,
    pub(super) has_satuan: bool,
    pub(super) has_target: bool,
    pub(super) has_realisasi: bool,
}

impl Line<'_> {
    fn is_measured(&self) -> bool {
        self.has_target && self.has_realisasi
    }

    /// Why the row is no data; `None` if it may be.
    pub(super) fn reason(&self, signing: bool) -> Option<Reason> {
        let first = self.texts.first()?.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '*');
        let lower = self.texts.iter().map(|text| text.to_lowercase());
        let bare = self.indikator.is_empty();
        if lower.clone().any(|text| is_total(&text, bare)) && (bare || is_only_total(self.indikator)) {
            return Some(Reason::Total);
        }
        if self.is_measured() || self.has_satuan || (self.has_sasaran && !bare) {
            return None;
        }
        if self.texts.len() == 1 && is_remark(first) {
            return Some(Reason::Source);
        }
        // A row of many cells is no signature, whatever stands in one of them.
        let few = self.texts.len() <= 3 && !self.has_target;
        if few && (lower.clone().any(|text| is_signature(&text)) || (signing && !self.is_measured())) {
            return Some(Reason::Signature);
        }
        None
    }
}

/// Whether a text names a sum; beside an indikator that is not empty, only if it says nothing else.
fn is_total(text: &str, bare: bool) -> bool {
    let begins = TOTALS.iter().any(|total| text.starts_with(total));
    begins && (bare || is_only_total(text))
}

fn is_only_total(text: &str) -> bool {
    let lower = text.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).peekable();
    words.peek().is_some() && words.all(|word| TOTAL_WORDS.contains(&word))
}

fn is_remark(text: &str) -> bool {
    let lower = text.to_lowercase();
    let named = REMARKS.iter().any(|name| {
        lower
            .strip_prefix(name)
            .is_some_and(|rest| rest.trim_start_matches(" data").trim_start().starts_with(':'))
    });
    named || lower.starts_with('*')
}

/// Place and date, a title, or a NIP.
fn is_signature(text: &str) -> bool {
    let words = || text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let dated = text.contains(',')
        && words().any(word::is_month)
        && words().any(|word| word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit()));
    let title = TITLES
        .iter()
        .any(|title| text.strip_prefix(title).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric)));
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    dated || title || (text.starts_with("nip") && digits >= 8) || text == "ttd"
}
