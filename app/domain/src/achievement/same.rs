//! Whether two words name the same unit.

/// Short forms in which offices write units.
const SHORT: [(&str, &str); 24] = [
    ("bln", "bulan"),
    ("thn", "tahun"),
    ("th", "tahun"),
    ("hr", "hari"),
    ("mgg", "minggu"),
    ("mnt", "menit"),
    ("dtk", "detik"),
    ("kab", "kabupaten"),
    ("kec", "kecamatan"),
    ("kel", "kelurahan"),
    ("prov", "provinsi"),
    ("dok", "dokumen"),
    ("lap", "laporan"),
    ("org", "orang"),
    ("keg", "kegiatan"),
    ("lbr", "lembar"),
    ("bh", "buah"),
    ("klp", "kelompok"),
    ("pkt", "paket"),
    ("jml", "jumlah"),
    ("kk", "kepala keluarga"),
    ("pd", "perangkat daerah"),
    ("opd", "perangkat daerah"),
    ("skpd", "perangkat daerah"),
];

/// Whether two units are one: "12 bln" and "12 bulan", "Kab/Kota" and "kabupaten / kota".
pub(super) fn unit(one: &str, two: &str) -> bool {
    one.eq_ignore_ascii_case(two) || spelled(one) == spelled(two)
}

/// The words in full and in small letters, with the signs between them.
fn spelled(unit: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    for c in unit.to_lowercase().chars().chain([' ']) {
        if c.is_alphanumeric() {
            word.push(c);
            continue;
        }
        if !word.is_empty() {
            let full = SHORT.iter().find(|(short, _)| *short == word).map(|(_, full)| *full);
            words.extend(full.unwrap_or(&word).split(' ').map(str::to_owned));
            word.clear();
        }
        if !c.is_whitespace() && c != '.' {
            words.push(c.to_string());
        }
    }
    words
}
