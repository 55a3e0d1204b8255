//! What a heading says about its column.

use super::super::word::month;

/// What a column is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Base {
    Number,
    Sasaran,
    Indikator,
    Satuan,
    Target,
    Realisasi,
    Capaian,
    Computed,
    Polarity,
    Note,
    Explains,
    Unknown,
}

/// What the lines of a heading say together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Name {
    pub(super) base: Base,
    /// The last year that is named.
    pub(super) year: Option<i32>,
    /// The month up to which it reaches, if it is about a part of the year.
    pub(super) until: Option<u8>,
    pub(super) money: bool,
    pub(super) kinerja: bool,
    /// "Perubahan", "setelah perubahan".
    pub(super) changed: bool,
    pub(super) percent: bool,
    /// "tahun lalu", "sebelumnya".
    pub(super) last: bool,
    /// Of the medium term, or of a standard to compare with.
    pub(super) medium: bool,
}

impl Name {
    /// Reads the lines of a heading, from above to below. The lowest line that says what the
    /// column is about counts; all of them say of which year, part or kind it is.
    pub(super) fn of<T: AsRef<str>>(lines: &[T]) -> Self {
        let mut name = Self {
            base: Base::Unknown,
            year: None,
            until: None,
            money: false,
            kinerja: false,
            changed: false,
            percent: false,
            last: false,
            medium: false,
        };
        for line in lines {
            let text = line.as_ref().to_lowercase();
            let words = words(&text);
            let has = |wanted: &[&str]| words.iter().any(|word| wanted.contains(word));
            let years: Vec<i32> = words.iter().filter_map(|word| year(word)).collect();
            name.year = years.last().copied().or(name.year);
            name.until = until(&words).or(name.until);
            name.money |= has(&["anggaran", "pagu", "keuangan", "dpa", "rp", "rupiah", "belanja"]);
            name.kinerja |= has(&["kinerja", "fisik", "pk"]);
            name.changed |= has(&["perubahan", "revisi"]);
            name.percent |= text.contains('%');
            name.last |= has(&["lalu", "sebelumnya"]) || text.contains("n-1");
            name.medium |= years.len() > 1 && !text.contains("n-1")
                || has(&[
                    "menengah", "renstra", "rpjmd", "rpjmn", "rpjm", "nasional", "standar", "sdgs",
                    "baseline",
                ]);
            let base = base(&words, &text);
            if base != Base::Unknown {
                name.base = base;
            }
        }
        if name.percent && matches!(name.base, Base::Capaian | Base::Unknown) {
            name.base = Base::Computed;
        }
        name
    }

    /// Whether the heading says anything about its column.
    pub(super) fn is_known(&self) -> bool {
        self.base != Base::Unknown
            || self.money
            || self.year.is_some()
            || self.until.is_some()
            || self.changed
    }
}

/// The words of a text in small letters: letters and digits, apart where one follows the other.
pub(super) fn words(text: &str) -> Vec<&str> {
    let mut words: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    // "TW4" is "TW 4".
    for at in (0..words.len()).rev() {
        if let Some((name, number)) = words.get(at).and_then(|word| glued(word)) {
            words.splice(at..=at, [name, number]);
        }
    }
    words
}

fn glued(word: &str) -> Option<(&str, &str)> {
    ["triwulan", "tribulan", "semester", "tw", "smt"].into_iter().find_map(|name| {
        let number = word.strip_prefix(name).filter(|number| ordinal(number).is_some())?;
        word.get(..name.len()).map(|name| (name, number))
    })
}

pub(super) fn year(word: &str) -> Option<i32> {
    let year = (word.len() == 4).then(|| word.parse::<i32>().ok()).flatten()?;
    (2000..2100).contains(&year).then_some(year)
}

/// The month up to which a part of the year reaches: "TW II" 6, "Semester I" 6, "s.d. Oktober" 10.
fn until(words: &[&str]) -> Option<u8> {
    let mut part = words.windows(2).filter_map(|pair| {
        let [name, number] = pair else { return None };
        let months = match *name {
            "triwulan" | "tribulan" | "kuartal" | "tw" | "trw" => 3,
            "semester" | "smt" | "sem" => 6,
            _ => return None,
        };
        ordinal(number).and_then(|number| number.checked_mul(months)).filter(|until| *until <= 12)
    });
    part.next_back().or_else(|| words.iter().filter_map(|word| month(word)).next_back())
}

pub(super) fn ordinal(word: &str) -> Option<u8> {
    Some(match word {
        "1" | "i" | "satu" | "pertama" | "kesatu" => 1,
        "2" | "ii" | "dua" | "kedua" => 2,
        "3" | "iii" | "tiga" | "ketiga" => 3,
        "4" | "iv" | "empat" | "keempat" => 4,
        _ => return None,
    })
}

fn base(words: &[&str], text: &str) -> Base {
    let has = |wanted: &[&str]| words.iter().any(|word| wanted.contains(word));
    let capaian = has(&["capaian", "pencapaian", "ketercapaian"]);
    let numbered = has(&["no", "nomor", "nomer", "kode", "urut"]);
    if numbered && words.len() <= 3 {
        Base::Number
    } else if has(&[
        "cara",
        "formulasi",
        "formula",
        "rumus",
        "definisi",
        "metode",
        "sumber",
        "penanggung",
        "alasan",
        "analisis",
        "analisa",
    ]) || has(&[
        "penjelasan",
        "kendala",
        "hambatan",
        "solusi",
        "tindak",
        "rekomendasi",
        "upaya",
        "pendukung",
        "penghambat",
    ]) {
        Base::Explains
    } else if has(&["satuan"]) && !text.contains("satuan kerja") {
        Base::Satuan
    } else if has(&["indikator", "iku", "ikk", "iks", "ikp", "ik", "iki"]) {
        Base::Indikator
    } else if has(&["sasaran"]) {
        Base::Sasaran
    } else if has(&[
        "tingkat",
        "persentase",
        "prosentase",
        "persen",
        "rasio",
        "kategori",
        "predikat",
        "kriteria",
    ]) && (capaian
        || has(&["realisasi", "kinerja", "keberhasilan", "kategori", "predikat", "kriteria"]))
    {
        Base::Computed
    } else if has(&["target"]) && has(&["realisasi"]) {
        if has(&["dan"]) || text.contains(['/', '&']) { Base::Unknown } else { Base::Computed }
    } else if has(&["target"]) {
        Base::Target
    } else if has(&["realisasi"]) {
        Base::Realisasi
    } else if capaian {
        Base::Capaian
    } else if has(&["arah", "polaritas", "polarity"]) {
        Base::Polarity
    } else if has(&["catatan", "keterangan", "ket"]) {
        Base::Note
    } else {
        Base::Unknown
    }
}
