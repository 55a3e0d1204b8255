//! Rows, what is wrong with them, and what they add up to.

use super::{measured, row};
use crate::achievement::Polarity::{HigherIsBetter as Up, LowerIsBetter as Down};
use crate::achievement::{Decimal, Field, Row, Summary};

fn faults(row: &Row) -> Vec<(Field, String)> {
    row.faults().into_iter().map(|fault| (fault.field, fault.sentence)).collect()
}

#[test]
fn what_is_not_filled_yet_is_no_fault() {
    assert_eq!(faults(&row("Sasaran", "Indikator", "", "", "")), []);
    assert_eq!(faults(&row("Sasaran", "Indikator", "Nilai", "BB", "1.234")), []);
}

#[test]
fn a_fault_names_its_cell() {
    let mut bad = row(" ", "", "Nilai\t", "12,5,3", "½");
    bad.last = "#REF!".to_owned();
    bad.note = "baris satu\nbaris dua".to_owned();
    let sentences = faults(&bad);
    let fields: Vec<_> = sentences.iter().map(|(field, _)| *field).collect();
    let expected =
        [Field::Sasaran, Field::Indikator, Field::Satuan, Field::Target, Field::Realisasi, Field::Last];
    assert_eq!(fields, expected);
    assert_eq!(sentences[0].1, "Sasaran belum diisi");
    assert_eq!(sentences[2].1, "Satuan berisi tanda yang tidak dapat ditampilkan");
    assert_eq!(sentences[5].1, "isian ini pesan galat dari lembar kerja, tulis angkanya");
}

#[test]
fn lengths_are_limited_in_characters() {
    let with = |field: Field, n: usize| {
        let text = "é".repeat(n);
        let mut row = row("S", "I", "", "", "");
        match field {
            Field::Sasaran => row.sasaran = text,
            Field::Indikator => row.indikator = text,
            Field::Satuan => row.satuan = text,
            Field::Target => row.target = text,
            Field::Realisasi => row.realisasi = text,
            Field::Last => row.last = text,
            Field::Note => row.note = text,
            Field::Polarity => {}
        }
        faults(&row)
    };
    for field in Field::ALL.into_iter().filter(|field| *field != Field::Polarity) {
        assert_eq!(with(field, field.max()), []);
        let sentence = format!("{} paling panjang {} huruf", field.word(), field.max());
        assert_eq!(with(field, field.max() + 1), [(field, sentence)]);
    }
}

#[test]
fn doubts_are_shown_back() {
    let remarks = |row: Row| {
        let remarks = row.remarks().into_iter();
        remarks.map(|remark| (remark.field, remark.sentence)).collect::<Vec<_>>()
    };
    assert_eq!(remarks(measured("98,5", "103,74", Up)), []);
    let told = remarks(measured("1.234", "1200.5", Up));
    assert_eq!(told.iter().map(|(field, _)| *field).collect::<Vec<_>>(), [Field::Target, Field::Realisasi]);
    let against = "target bertanda ≤ sedangkan arahnya semakin tinggi semakin baik, periksa arahnya";
    assert_eq!(remarks(measured("≤ 5", "4", Up))[1], (Field::Polarity, against.to_owned()));
    assert_eq!(remarks(measured("≤ 5", "4", Down)).len(), 1);
    assert_eq!(remarks(measured("≥ 5", "4", Down))[1].0, Field::Polarity);
}

#[test]
fn a_summary_counts_every_row_once() {
    let rows = [
        measured("100", "103", Up),
        measured("100", "80,005", Up),
        measured("10", "35", Down),
        measured("3", "2", Up),
        measured("100", "50,5", Up),
        measured("BB", "A", Up),
        measured("0", "1", Up),
        measured("0", "2", Down),
        measured("100", "", Up),
        measured("100", "1.2.3", Up),
    ];
    let summary = Summary::of(&rows);
    let Summary { rows: all, measured, by_hand, not_computable, missing, faulty, categories, average } =
        summary;
    assert_eq!((all, measured, by_hand, not_computable, missing, faulty), (10, 5, 1, 2, 1, 1));
    assert_eq!(categories, [1, 1, 1, 1, 1]);
    // (103,00 + 80,01 + 0 + 66,67 + 50,50) / 5 = 60,036
    assert_eq!(average, Decimal::new(6004, 2));
}

#[test]
fn an_average_of_nothing_is_nothing() {
    assert_eq!(Summary::of(&[]), Summary::default());
    let summary = Summary::of(&[measured("0", "5", Up), measured("BB", "A", Up)]);
    assert_eq!((summary.average, summary.measured, summary.categories), (None, 0, [0; 5]));
}

#[test]
fn an_average_has_room_for_the_largest_percentages() {
    let mut rows = vec![measured("0,01", "99999999999", Up); 299];
    rows.push(measured("3", "1", Up));
    // (299 × 999.999.999.990.000 + 33,33) / 300
    assert_eq!(Summary::of(&rows).average.unwrap().fixed(2), "996.666.666.656.700,11");
    rows.push(measured("0,01", "100000000000", Up));
    assert_eq!(Summary::of(&rows).not_computable, 1);
}

#[test]
fn rows_are_stored_as_typed() {
    let mut row = measured("≤ 1.234", " 98.5", Down);
    row.note = "a\nb".to_owned();
    let text = serde_json::to_string(&row).unwrap();
    assert!(text.contains(r#""polarity":"lower_is_better""#), "{text}");
    assert_eq!(serde_json::from_str::<Row>(&text).unwrap(), row);
    // A row of before there were notes.
    let old: Row = serde_json::from_str(r#"{"indikator":"I","target":"5"}"#).unwrap();
    assert_eq!((old.target.as_str(), old.note.as_str(), old.polarity), ("5", "", Up));
}
