//! The CSV of days off: what is read, what is refused and in which words.

use super::{d, usual};
use crate::calendar::{DayOffKind, SHIPPED_CSV, parse_csv, to_csv};

const HEADER: &str = "tanggal,jenis,nama,dasar\n";

#[test]
fn the_shipped_file_is_read_and_written_back_as_it_is() {
    let days = parse_csv(SHIPPED_CSV).unwrap();
    assert_eq!(days.len(), 51);
    assert_eq!(to_csv(&days), SHIPPED_CSV);
    assert_eq!(to_csv(usual().days_off(2026).iter().chain(usual().days_off(2027))), SHIPPED_CSV);
}

#[test]
fn what_spreadsheets_write_is_understood() {
    let text = "\u{feff}tanggal,jenis,nama,dasar\r\n\
        2028-01-01,libur_nasional,\"Tahun \"\"Baru\"\", Masehi\",\"SKB 1, 2 dan 3\"\r\n\
        \r\n\
        2028-01-03 , kantor_tutup , Pindah kantor , \r\n";
    let days = parse_csv(text).unwrap();
    assert_eq!(days.len(), 2);
    assert_eq!(days[0].name, "Tahun \"Baru\", Masehi");
    assert_eq!(days[0].decree, "SKB 1, 2 dan 3");
    assert_eq!(days[1].date, d("2028-01-03"));
    assert_eq!(days[1].kind, DayOffKind::OfficeClosed);
    assert_eq!(days[1].decree, "");
    assert_eq!(parse_csv(&to_csv(&days)), Ok(days));
    assert_eq!(parse_csv(HEADER), Ok(vec![]));
}

#[test]
fn two_reasons_may_share_a_day() {
    let text = format!("{HEADER}2008-05-01,libur_nasional,A,SKB\n2008-05-01,libur_nasional,B,SKB\n");
    assert_eq!(parse_csv(&text).unwrap().len(), 2);
}

#[test]
fn every_refusal_names_its_line_and_says_what_to_do() {
    let good = "2028-01-01,libur_nasional,Tahun Baru,SKB";
    let long = "x".repeat(50);
    let cases = [
        ("2028-02-30,libur_nasional,A,SKB", "tanggal \"2028-02-30\" tidak dikenal, tulis seperti 2026-12-31"),
        ("2028-2-3,libur_nasional,A,SKB", "tanggal \"2028-2-3\" tidak dikenal, tulis seperti 2026-12-31"),
        ("01/01/2028,libur_nasional,A,SKB", "tanggal \"01/01/2028\" tidak dikenal, tulis seperti 2026-12-31"),
        (
            "+2028-01-01,libur_nasional,A,SKB",
            "tanggal \"+2028-01-01\" tidak dikenal, tulis seperti 2026-12-31",
        ),
        (",libur_nasional,A,SKB", "tanggal \"\" tidak dikenal, tulis seperti 2026-12-31"),
        (
            "2028-01-02,libur,A,SKB",
            "jenis \"libur\" tidak dikenal, pilih libur_nasional, cuti_bersama atau kantor_tutup",
        ),
        (
            "2028-01-02,Cuti_Bersama,A,SKB",
            "jenis \"Cuti_Bersama\" tidak dikenal, pilih libur_nasional, cuti_bersama atau kantor_tutup",
        ),
        ("2028-01-02,libur_nasional, ,SKB", "nama hari libur belum diisi"),
        ("2028-01-02,libur_nasional,A,", "dasar keputusan belum diisi"),
        ("2028-01-02,cuti_bersama,A,\"\"", "dasar keputusan belum diisi"),
        ("2028-01-02,libur_nasional,A", "harus ada 4 kolom yang dipisahkan koma, yang terbaca 3"),
        ("2028-01-02,libur_nasional,A,SKB,", "harus ada 4 kolom yang dipisahkan koma, yang terbaca 5"),
        ("2028-01-02;libur_nasional;A;SKB", "harus ada 4 kolom yang dipisahkan koma, yang terbaca 1"),
        ("2028-01-02,libur_nasional,\"A,SKB", "tanda kutip tidak lengkap"),
        ("2028-01-02,libur_nasional,\"A\"B,SKB", "tanda kutip tidak lengkap"),
        (good, "hari libur yang sama sudah ada pada baris 2"),
    ];
    for (line, sentence) in cases {
        // An empty line counts, as it does in an editor.
        let text = format!("{HEADER}{good}\n\n{line}\n");
        let problem = parse_csv(&text).unwrap_err();
        assert_eq!(problem.to_string(), format!("baris 4: {sentence}"), "{line}");
    }
    let problem = parse_csv(&format!("{HEADER}{long},a,b,c")).unwrap_err();
    assert!(problem.to_string().len() < 120, "{problem}");
}

#[test]
fn the_header_must_stand_there() {
    for text in ["", "tanggal;jenis;nama;dasar\n", "2028-01-01,libur_nasional,A,SKB\n"] {
        let problem = parse_csv(text).unwrap_err();
        assert_eq!(problem.line, 1, "{text}");
        let sentence = problem.to_string();
        assert!(sentence.starts_with("baris 1: judul kolom harus \"tanggal,jenis,nama,dasar\""));
    }
}

#[test]
fn every_bad_line_is_named() {
    let text = "tanggal,jenis,nama,dasar\n2027-13-01,libur_nasional,A,SKB\n2027-01-01,libur_nasional,B,SKB\n\
        2027-01-02,libur,C,SKB\n2027-01-01,libur_nasional,B,SKB\n";
    let (days, problems) = crate::calendar::read_csv(text);
    assert_eq!(days.len(), 1);
    assert_eq!(problems.iter().map(|problem| problem.line).collect::<Vec<_>>(), [2, 4, 5]);
    assert_eq!(parse_csv(text).unwrap_err(), problems[0]);
}
