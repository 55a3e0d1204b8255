//! What is pasted from spreadsheets.

use super::{measured, row};
use crate::achievement::Polarity::{HigherIsBetter as Up, LowerIsBetter as Down};
use crate::achievement::direction::polarity;
use crate::achievement::import::ImportFault;
use crate::achievement::paste::{MAX_BYTES, PasteFault};
use crate::achievement::{MAX_ROWS, Row, paste};

fn parse(text: &str) -> Result<Vec<Row>, PasteFault> {
    paste::parse(text, 2025)
}

fn sentence(text: &str) -> String {
    parse(text).unwrap_err().to_string()
}

#[test]
fn columns_come_in_the_usual_order_without_a_header() {
    let two = [row("S1", "I1", "%", "98,5", "97"), row("S1", "I2", "Dokumen", "3", "")];
    assert_eq!(parse("S1\tI1\t%\t98,5\t97\r\n\tI2\tDokumen\t3\t\r\n").unwrap(), two);
    // Numbers in front, below merged cells and with dots.
    assert_eq!(parse("1.\tS1\tI1\t%\t98,5\t97\n\t\tI2\tDokumen\t3\t").unwrap(), two);
    // A file of Indonesian Excel.
    assert_eq!(parse("\u{feff}S1;I1;%;98,5;97\r\nS1;I2;Dokumen;3;\r\n").unwrap(), two);
}

#[test]
fn a_sixth_column_is_the_direction_if_it_names_one() {
    let rows = parse("S\tI\t%\t5\t4\tturun\nS\tJ\t%\t5\t4\t\n").unwrap();
    let polarities: Vec<_> = rows.iter().map(|row| row.polarity).collect();
    assert_eq!(polarities, [Down, Up]);
    let rows = parse("S\tI\t%\t5\t4\t80,00\n").unwrap();
    assert_eq!(rows, [row("S", "I", "%", "5", "4")]);
    let sentence = sentence("S\tI\t%\t5\t4\tturun\nS\tJ\t%\t5\t4\tentah");
    assert_eq!(sentence, "sel F2: arah \"entah\" tidak dikenal, tulis naik atau turun");
}

#[test]
fn a_header_may_have_any_order_and_more() {
    let text = "Tabel 3.1 Capaian Kinerja Tahun 2025\n\n\
        No\tIndikator Kinerja Utama\tSasaran Strategis\tTarget Akhir Renstra\tRealisasi 2025\tTarget\n2025\t\
        Capaian (%)\tArah\tSatuan\tCapaian Tahun Lalu\tKeterangan\n\
        1\tKemiskinan\tTurunnya kemiskinan\t4\t6,13\t5,97\t97,32\tsemakin rendah semakin baik\t%\t95\tdata BPS\n";
    // The name in two lines is quoted, as spreadsheets do.
    let text = text.replace("Target\n2025", "\"Target\n2025\"");
    let expected = Row {
        polarity: Down,
        last: "95".to_owned(),
        note: "data BPS".to_owned(),
        ..row("Turunnya kemiskinan", "Kemiskinan", "%", "5,97", "6,13")
    };
    assert_eq!(parse(&text).unwrap(), [expected]);
}

#[test]
fn a_header_may_have_two_lines_and_numbers_below() {
    let text = "No\tSasaran\tIndikator\tSatuan\tTahun 2025\t\t\n\
        \t\t\t\tTarget\tRealisasi\tCapaian\n\
        (1)\t(2)\t(3)\t(4)\t(5)\t(6)\t(7)\n\
        1\tS\tI\t%\t98,5\t97\t98,48\n";
    assert_eq!(parse(text).unwrap(), [row("S", "I", "%", "98,5", "97")]);
}

#[test]
fn a_line_with_a_sasaran_only_is_that_of_the_lines_below() {
    let text = "Sasaran\tIndikator\tTarget\tRealisasi\nS1\t\t\t\n\tI1\t1\t2\n\tI2\t3\t4\nS2\t\t\t\n";
    let rows = [row("S1", "I1", "", "1", "2"), row("S1", "I2", "", "3", "4")];
    assert_eq!(parse(text).unwrap(), rows);
}

#[test]
fn quoted_cells_hold_tabs_lines_and_quotes() {
    let text = "\"Sasaran\r\nsatu\"\t\"Indikator \"\"mutu\"\"\ttinggi\"\t%\t\"98,5\"\t97\n";
    assert_eq!(parse(text).unwrap(), [row("Sasaran satu", "Indikator \"mutu\" tinggi", "%", "98,5", "97")]);
    let text = "Indikator;Target;Realisasi;Catatan\r\n\"a;b\";1;2;\"satu \r\n dua\"\r\n";
    let expected = Row { note: "satu\ndua".to_owned(), ..row("", "a;b", "", "1", "2") };
    assert_eq!(parse(text).unwrap(), [expected]);
}

#[test]
fn a_cell_may_begin_with_a_quote_of_its_own() {
    let text = "\"Satu\" dan dua\tI\t%\t1\t2\n\"Tiga\tJ \"x\"\t%\t1\t2\n";
    let rows = [row("\"Satu\" dan dua", "I", "%", "1", "2"), row("\"Tiga", "J \"x\"", "%", "1", "2")];
    assert_eq!(parse(text).unwrap(), rows);
}

#[test]
fn commas_separate_only_below_a_header() {
    let header = "sasaran,indikator,satuan,target,realisasi\n";
    let rows = parse(&format!("{header}S,I,%,\"98,5\",97\n")).unwrap();
    assert_eq!(rows, [row("S", "I", "%", "98,5", "97")]);
    let told = sentence(&format!("{header}S,I,%,1,97\nS,I,%,98,5,97\n"));
    assert!(told.starts_with("baris 3: selnya lebih banyak daripada judul"), "{told}");
    assert!(sentence(&format!("{header}S,I,100,98,5\n")).starts_with("sel D2: "));
    assert_eq!(parse("S,I,%,98,5\n"), Err(ImportFault::Columns.into()));
}

#[test]
fn what_cannot_be_read_is_told() {
    let columns = "kolomnya tidak dikenal, sertakan baris judul atau urutkan kolomnya: sasaran, indikator, satuan, target, realisasi";
    let cases = [
        ("", "belum ada yang ditempel, salin barisnya dari lembar kerja lalu tempel di sini"),
        (
            " \r\n\t\n\u{feff}",
            "belum ada yang ditempel, salin barisnya dari lembar kerja lalu tempel di sini",
        ),
        ("Sasaran\tIndikator\tTarget\n", "hanya ada baris judul, belum ada isinya"),
        (
            "Indikator\tTarget\tTarget\tRealisasi\nI\t1\t2\t3\n",
            "kolom Target belum jelas: ada lebih dari satu kolom yang cocok",
        ),
        ("S\tI\t%\t1\n", columns),
        ("halo", columns),
        // The sasaran is missing, or the number of the row is the sasaran.
        ("1\tI\t%\t1\t2\n", columns),
    ];
    for (text, expected) in cases {
        assert_eq!(sentence(text), expected, "{text:?}");
    }
}

#[test]
fn there_are_limits() {
    let lines = |n: usize| "S\tI\t%\t1\t2\n".repeat(n);
    assert_eq!(parse(&lines(MAX_ROWS)).unwrap().len(), MAX_ROWS);
    assert_eq!(sentence(&lines(MAX_ROWS + 7)), "ada 307 baris, paling banyak 300 baris dalam satu tabel");
    let long = format!("S\tI\t{}\t1\t2", "x".repeat(5000));
    assert_eq!(parse(&long), Err(PasteFault::LongCell(1)));
    assert_eq!(parse(&"x".repeat(MAX_BYTES + 1)), Err(PasteFault::TooLarge));
    // Text that is too long for its column is kept, to be shortened by who pasted it.
    let rows = parse(&format!("S\tI\t{}\t1\t2", "x".repeat(61))).unwrap();
    assert_eq!(rows[0].faults().len(), 1);
}

#[test]
fn directions_are_known_by_their_words() {
    for up in ["naik", "Meningkat", "semakin tinggi semakin baik", "MAKS", "maximize", "higher", "↑"] {
        assert_eq!(polarity(up), Some(Some(Up)), "{up}");
    }
    for down in ["turun", "Min", "minimize", "semakin kecil semakin baik", "lower is better", "↓"] {
        assert_eq!(polarity(down), Some(Some(Down)), "{down}");
    }
    for nothing in ["", " ", "-"] {
        assert_eq!(polarity(nothing), Some(None), "{nothing}");
    }
    for unknown in ["entah", "naik/turun", "semakin rendah realisasi semakin tinggi capaian", "5"] {
        assert_eq!(polarity(unknown), None, "{unknown}");
    }
    assert_eq!(polarity(measured("", "", Down).polarity.sentence()), Some(Some(Down)));
    assert_eq!(polarity(measured("", "", Up).polarity.sentence()), Some(Some(Up)));
}
