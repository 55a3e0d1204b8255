//! Where the heading is, and what it says.

use super::super::Merge;
use super::{asked, brought, found, grid, left, proposal, rows};
use crate::achievement::Field;
use crate::achievement::import::{Reason, understand};

#[test]
fn a_heading_may_stand_far_below() {
    let above =
        "Pemerintah Provinsi\n\nDinas\nJalan\n\nPengukuran Kinerja Tahun 2026\n\nKepala Dinas : Nama\n";
    let found = found(&format!("{above}Sasaran|Indikator|Satuan|Target|Realisasi\nS|I|%|1|2"));
    assert_eq!((rows(&found), found.heading.clone()), (vec!["S|I|%|1|2|".to_owned()], vec![9]));
    assert!(left(&found).iter().all(|(_, why)| *why == Reason::Above));
}

#[test]
fn groups_reach_over_blank_cells() {
    let found = found(
        "No|Sasaran|Indikator|Satuan|Tahun 2026|||Keterangan\n\
         ||||Target|Realisasi|%|\n\
         (1)|(2)|(3)|(4)|(5)|(6)|(7)=6/5|(8)\n\
         1|S|I|%|80|81|101,25|data BPS",
    );
    assert_eq!(rows(&found), ["S|I|%|80|81|"]);
    assert_eq!(found.rows[0].row.note, "data BPS");
    assert_eq!(found.columns.iter().find(|column| column.at == 6).unwrap().name, "Tahun 2026 %");
    assert_eq!(left(&found), [(3, Reason::ColumnNumbers)]);
}

#[test]
fn groups_may_stand_above_all_names() {
    let found = found(
        "PENGUKURAN KINERJA\n\
         ||||Tahun 2025||Tahun 2026|\n\
         No|Sasaran|Indikator|Satuan|Target|Realisasi|Target|Realisasi\n\
         1|S|I|%|70|71|80|81",
    );
    assert_eq!(rows(&found), ["S|I|%|80|81|71"]);
    assert_eq!(found.heading, [2, 3]);
}

#[test]
fn three_rows_of_heading_with_merged_cells() {
    let table = "No|Sasaran|Indikator|Satuan|Tahun 2026||||Ket\n\
        ||||Kinerja||Anggaran||\n\
        ||||Target|Realisasi|Target|Realisasi|\n\
        1|S|I|%|80|81|1000|900|x";
    let down = |column: usize| Merge { top: 0, left: column, bottom: 2, right: column };
    let over = |top: usize, left: usize, right: usize| Merge { top, left, bottom: top, right };
    let merges = [down(0), down(1), down(2), down(3), over(0, 4, 7), over(1, 4, 5), over(1, 6, 7), down(8)];
    let found = brought(grid(table).merged(&merges));
    assert_eq!(rows(&found), ["S|I|%|80|81|"]);
    assert_eq!(found.heading, [1, 2, 3]);
    assert_eq!(proposal(&found, Field::Target), Some((Some(4), "kinerja, bukan anggaran")));
    assert_eq!(proposal(&found, Field::Realisasi), Some((Some(5), "kinerja, bukan anggaran")));
}

#[test]
fn a_title_that_speaks_of_indikator_is_no_heading() {
    let found =
        found("Capaian Indikator Kinerja Utama Tahun 2025\nSasaran|Indikator|Target|Realisasi\nS|I|1|2");
    assert_eq!(found.heading, [2]);
    assert!(found.choices.is_empty(), "{:?}", found.choices);
}

#[test]
fn without_a_heading_the_usual_order_is_taken_and_said() {
    for (table, row) in [
        ("Sasaran satu|Naik|%|98,5|97", "Sasaran satu|Naik|%|98,5|97|"),
        ("1.|S|I|%|98,5|97\n2.|S|J|%|1|2", "S|I|%|98,5|97|"),
        ("S|I|%|5|4|turun", "S|I|%|5|4|"),
    ] {
        let found = found(table);
        assert_eq!(rows(&found)[0], row);
        assert!(found.said[0].starts_with("Tidak ada baris judul"), "{:?}", found.said);
    }
}

#[test]
fn a_row_that_names_some_columns_is_never_passed_over() {
    // In the usual order these would be taken for sasaran, indikator, satuan, target, realisasi.
    let found = found("Uraian|Target|Realisasi|Satuan|Lain\nTurunnya kemiskinan|5|4|%|x");
    assert_eq!(found.heading, [1]);
    assert!(found.is_open(), "{:?}", found.choices);
    let choice = found.choices.iter().find(|choice| choice.field == Field::Indikator).unwrap();
    assert_eq!((choice.among.as_slice(), choice.chosen, choice.must), (&[0, 4][..], None, true));
    let wish = super::Wish { columns: vec![(Field::Indikator, Some(0))], ..super::Wish::default() };
    let table = grid("Uraian|Target|Realisasi|Satuan|Lain\nTurunnya kemiskinan|5|4|%|x");
    let chosen = understand(&[table], super::YEAR, &wish).unwrap();
    assert_eq!(rows(&chosen), ["|Turunnya kemiskinan|%|5|4|"]);
    assert!(!chosen.is_open());
    assert_eq!(asked(&chosen), [""; 0]);
}

#[test]
fn the_sheet_whose_heading_fits_best() {
    let sheet = |name: &str, text: &str| {
        let mut sheet = grid(text);
        name.clone_into(&mut sheet.name);
        sheet
    };
    let agreement = sheet("PK", "Sasaran|Indikator|Target\nS|I|80");
    let measured = sheet("Pengukuran", "Sasaran|Indikator|Satuan|Target|Realisasi\nS|I|%|80|81");
    let list = sheet("Daftar", "A|B|C|D|E\nF|G|H|I|J");
    let sheets = [list, agreement, measured];
    let found = understand(&sheets, super::YEAR, &super::Wish::default()).unwrap();
    assert_eq!((found.sheet.at, found.sheet.first), (2, false));
    assert!(found.said[0].contains("\"Pengukuran\""));
    assert_eq!(found.others.len(), 2);
    let wish = super::Wish { sheet: Some(1), ..super::Wish::default() };
    assert_eq!(rows(&understand(&sheets, super::YEAR, &wish).unwrap()), ["S|I||80||"]);
}
