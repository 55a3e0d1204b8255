//! Which column is proposed for what.

use super::super::{Held, Unused};
use super::{Wish, YEAR, found, grid, proposal, rows};
use crate::achievement::Field;
use crate::achievement::import::understand;

/// A table with these columns after sasaran, indikator and satuan.
fn with(columns: &str, cells: &str) -> String {
    format!("Sasaran|Indikator|Satuan|{columns}\nS|I|%|{cells}")
}

#[test]
fn names_in_use() {
    for (columns, cells, row) in [
        ("Target PK|Realisasi s.d. Desember", "80|81", "80|81|"),
        ("Target Kinerja|Capaian Kinerja", "80|81", "80|81|"),
        ("Target Kinerja|Capaian Kinerja|Tingkat Capaian", "80|81|101,25%", "80|81|"),
        ("Target|Realisasi|Tingkat Capaian (%)", "80|81|101", "80|81|"),
        ("Target 2026|Realisasi 2026|Capaian Tahun Lalu", "80|81|79", "80|81|79"),
        ("Target|Realisasi|Realisasi Tahun n-1", "80|81|79", "80|81|79"),
        ("Target|Realisasi|Target Akhir Renstra|Standar Nasional", "80|81|90|85", "80|81|"),
        ("Target|Realisasi|Kategori|Predikat", "80|81|Tinggi|Baik", "80|81|"),
        ("Target|Realisasi|% Realisasi terhadap Target", "80|81|101", "80|81|"),
    ] {
        assert_eq!(rows(&found(&with(columns, cells))), [format!("S|I|%|{row}")], "{columns}");
    }
}

#[test]
fn what_only_speaks_of_indikator_is_none() {
    for name in [
        "Cara Pengukuran Indikator",
        "Formulasi Indikator",
        "Definisi Operasional IKU",
        "Sumber Data Sasaran",
    ] {
        let found = found(&format!("Sasaran|Indikator|{name}|Target|Realisasi\nS|I|jumlah dibagi|1|2"));
        assert_eq!(rows(&found), ["S|I||1|2|"], "{name}");
        assert_eq!(found.columns[2].held, Held::Left(Unused::Explains));
        assert_eq!(proposal(&found, Field::Indikator), None, "{name}");
    }
    let found = found("Kode Indikator|IKU|Satuan Kerja|Target|Realisasi\n1.1|I|Bappeda|1|2");
    assert_eq!(rows(&found), ["|I||1|2|"]);
}

#[test]
fn the_year_of_the_data_is_proposed() {
    let found = super::found(&with("2025 Target|2025 Realisasi|2026 Target|2026 Realisasi", "70|71|80|81"));
    assert_eq!(rows(&found), ["S|I|%|80|81|71"]);
    assert_eq!(proposal(&found, Field::Target), Some((Some(5), "tahun data 2026")));
    // Nothing of the year: nothing is taken without an answer.
    let found = super::found(&with("Target 2024|Realisasi 2024", "70|71"));
    assert!(found.is_open());
    assert_eq!(proposal(&found, Field::Target), Some((None, "hanya ada kolom tahun lain")));
    let wish = Wish { columns: vec![(Field::Target, Some(3)), (Field::Realisasi, None)], ..Wish::default() };
    let table = grid(&with("Target 2024|Realisasi 2024", "70|71"));
    let chosen = understand(&[table], YEAR, &wish).unwrap();
    assert_eq!((rows(&chosen), chosen.is_open()), (vec!["S|I|%|70||".to_owned()], false));
}

#[test]
fn the_last_part_of_the_year_that_is_filled_is_proposed() {
    for (columns, cells, realisasi) in [
        ("Target|Realisasi TW I|Realisasi TW II|Realisasi TW III|Realisasi TW IV", "80|20|40||", "40"),
        ("Target|Realisasi Triwulan 1|Realisasi Triwulan 2", "80|20|40", "40"),
        ("Target|Realisasi Semester I|Realisasi Semester II", "80|20|40", "40"),
        ("Target|Realisasi s.d. Juni|Realisasi s.d. September", "80|20|40", "40"),
        ("Target|Realisasi TW I|Realisasi TW II|Realisasi", "80|20|40|90", "90"),
        ("Target|Realisasi TW I|Realisasi TW II|Realisasi", "80|20|40|", "40"),
    ] {
        let found = found(&with(columns, cells));
        assert_eq!(found.rows[0].row.realisasi, realisasi, "{columns}");
        assert!(proposal(&found, Field::Realisasi).is_some(), "{columns}");
    }
}

#[test]
fn a_changed_target_is_proposed_once_it_is_filled() {
    let found = super::found(&with("Target|Target Perubahan|Realisasi", "80|85|81"));
    assert_eq!(proposal(&found, Field::Target), Some((Some(4), "setelah perubahan")));
    let found = super::found(&with("Target|Target Perubahan|Realisasi", "80||81"));
    assert_eq!(found.rows[0].row.target, "");
    assert!(found.is_open(), "both may be meant");
}

#[test]
fn columns_of_the_same_name_are_asked_about() {
    let found = super::found(&with("Target|Target|Realisasi", "80|85|81"));
    assert_eq!(proposal(&found, Field::Target), Some((None, "ada lebih dari satu kolom yang cocok")));
    assert!(found.is_open() && found.asks());
}

#[test]
fn a_capaian_in_percent_is_no_realisasi() {
    let found = super::found(&with("Target|Capaian", "80|101,25%"));
    assert_eq!(found.rows[0].row.realisasi, "");
    assert_eq!(proposal(&found, Field::Realisasi).unwrap().0, None);
    let found = super::found(&with("Target|Capaian", "80%|81%"));
    assert_eq!(found.rows[0].row.realisasi, "81%");
}

#[test]
fn money_alone_is_no_target() {
    let found = super::found(&with("Pagu|Target Anggaran|Realisasi Anggaran", "1|2|3"));
    assert!(found.is_open());
    assert_eq!(rows(&found), ["S|I|%|||"]);
}

#[test]
fn a_column_holds_one_thing() {
    let table = || grid(&with("2025 Target|2025 Realisasi|2026 Target|2026 Realisasi", "70|71|80|81"));
    let chosen = |columns: Vec<(Field, Option<usize>)>| {
        understand(&[table()], YEAR, &Wish { columns, ..Wish::default() }).unwrap()
    };
    // What was only proposed gives way.
    assert_eq!(rows(&chosen(vec![(Field::Realisasi, Some(4))])), ["S|I|%|80|71|"]);
    // Of two answers the second one is asked again.
    let found = chosen(vec![(Field::Target, Some(4)), (Field::Realisasi, Some(4))]);
    assert_eq!(rows(&found), ["S|I|%|71||"]);
    assert!(found.is_open());
}
