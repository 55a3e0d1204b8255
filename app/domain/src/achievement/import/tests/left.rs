//! What is no data stays out.

use super::super::{Merge, Reason};
use super::{brought, found, grid, left, rows};

const HEADING: &str = "No|Sasaran|Indikator|Satuan|Target|Realisasi|Capaian (%)\n1|S|I|%|80|81|101\n";

fn after(lines: &str) -> Vec<(usize, Reason)> {
    let found = found(&format!("{HEADING}{lines}"));
    assert_eq!(rows(&found), ["S|I|%|80|81|"], "{lines}");
    left(&found)
}

#[test]
fn sums_and_averages() {
    for line in [
        "Jumlah||||||101",
        "|Rata-rata Capaian Kinerja|||||101",
        "||Rata-rata|||90|101",
        "||Total||80|81|",
        "Jumlah|||||3|4",
        "|||||Rata-rata|101",
    ] {
        assert_eq!(after(line), [(3, Reason::Total)], "{line}");
    }
    // An indikator may begin with the same words.
    let found = found(&format!(
        "{HEADING}2|T|Jumlah penduduk miskin|Orang|10|9|\n3|U|Rata-rata lama sekolah|Tahun|9||"
    ));
    assert_eq!(
        rows(&found)[1..],
        ["T|Jumlah penduduk miskin|Orang|10|9|", "U|Rata-rata lama sekolah|Tahun|9||"]
    );
}

#[test]
fn sources_and_remarks() {
    for line in [
        "Sumber: BPS 2026",
        "||Sumber data : Dinas",
        "Catatan: angka sementara",
        "*) angka sementara",
        "Ket : x",
    ] {
        assert_eq!(after(line), [(3, Reason::Source)], "{line}");
    }
}

#[test]
fn signatures() {
    let all =
        [(3, Reason::Signature), (4, Reason::Signature), (5, Reason::Signature), (6, Reason::Signature)];
    for lines in [
        "|||||Jambi, 5 Januari 2027\n|||||Kepala Dinas Contoh,\n|||||Nama Orang\n|||||NIP. 19800101 200501 1 001",
        "||Jambi,   Januari 2027\n||Plt. KEPALA BADAN\n||NAMA ORANG\n||NIP 198001012005011001",
        "|Mengetahui,||||Jambi, 31 Desember 2026\n|Sekretaris||||Kasubbag\n|A||||B\n|Pembina Tk. I||||Penata",
    ] {
        assert_eq!(after(lines), all, "{lines}");
    }
}

#[test]
fn a_second_table() {
    let money = "\n|Program|Anggaran|Realisasi|%\n|P|1000|900|90\n|Q|2000|100|5";
    assert_eq!(after(money), [4, 5, 6].map(|line| (line, Reason::OtherTable)));
    let other = "No|Sasaran|Indikator|Target Renstra|Realisasi|Satuan\n1|X|Y|5|6|%";
    assert_eq!(after(other), [3, 4].map(|line| (line, Reason::OtherTable)));
}

#[test]
fn a_heading_that_is_repeated_on_the_next_page() {
    let again = "No|Sasaran|Indikator|Satuan|Target|Realisasi|Capaian (%)\n2|T|J|%|5|6|";
    let found = found(&format!("{HEADING}{again}"));
    assert_eq!(rows(&found), ["S|I|%|80|81|", "T|J|%|5|6|"]);
    assert_eq!(left(&found), [(3, Reason::Heading)]);
}

#[test]
fn titles_of_parts() {
    let found = found("Sasaran|Indikator|Target|Realisasi\nS1|||\n|I1|1|2\n|I2|3|4\nS2|||\nS3|||\n|I3|5|6");
    assert_eq!(rows(&found), ["S1|I1||1|2|", "S1|I2||3|4|", "S3|I3||5|6|"]);
    assert_eq!(left(&found), [(5, Reason::Section)]);
    // A title over the whole width.
    let table = "No|Sasaran|Indikator|Target|Realisasi\nSasaran 1: Naik||||\n1||I|1|2";
    let found = brought(grid(table).merged(&[Merge { top: 1, left: 0, bottom: 1, right: 4 }]));
    assert_eq!(rows(&found), ["Sasaran 1: Naik|I||1|2|"]);
}

#[test]
fn what_is_not_filled_yet_is_data() {
    let found = found("Sasaran|Indikator|Satuan|Target|Realisasi\nS|I|%|80|\n|J||80|\n|K|||");
    assert_eq!(rows(&found), ["S|I|%|80||", "S|J||80||", "S|K||||"]);
    assert_eq!(left(&found), []);
}
