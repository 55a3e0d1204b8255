use super::*;
use crate::sheet_in::{Limits, read_table};

fn text(words: &str) -> CellOut {
    CellOut::Text(words.to_owned())
}

fn write(sheets: &[SheetOut]) -> Vec<u8> {
    workbook("Capaian", DateTime::UNIX_EPOCH, sheets).unwrap()
}

/// The text of an entry of the zip.
fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    std::io::read_to_string(archive.by_name(name).unwrap()).unwrap()
}

fn sheet(rows: Vec<Vec<CellOut>>) -> SheetOut {
    let columns = vec![("Perangkat Daerah".to_owned(), 40.0), ("Capaian".to_owned(), 12.0)];
    SheetOut { name: "Capaian 2025".to_owned(), columns, rows }
}

#[test]
fn what_is_written_is_read_back() {
    let bytes = write(&[sheet(vec![
        vec![text("Bappeda é 文 🙂\nbidang <A> & \"B\""), CellOut::Number(98.5)],
        vec![text("Dinas"), CellOut::Decimal("97.20".to_owned())],
        vec![CellOut::Empty, CellOut::Decimal("12345678901234567".to_owned())],
        vec![text("kode \u{1}_x0041_"), CellOut::Decimal("-0.5".to_owned())],
    ])]);
    assert_eq!(
        read_table(&bytes, &Limits::default()).unwrap(),
        [
            ["Perangkat Daerah", "Capaian"],
            ["Bappeda é 文 🙂\nbidang <A> & \"B\"", "98,5"],
            ["Dinas", "97,2"],
            ["", "12345678901234567"],
            ["kode _x0041_", "-0,5"],
        ]
    );
    let xml = part(&bytes, "xl/worksheets/sheet1.xml");
    assert!(xml.contains("<autoFilter ref=\"A1:B5\"/>"), "{xml}");
    assert!(xml.contains("<pane ySplit=\"1\" topLeftCell=\"A2\""), "{xml}");
    assert!(xml.contains("<v>98.5</v>") && xml.contains("<v>97.2</v>"), "{xml}");
    assert!(part(&bytes, "docProps/core.xml").contains("1970-01-01T00:00:00Z"));
}

#[test]
fn text_is_never_a_formula_or_a_link() {
    let hostile = ["=1+1", "+1", "-1", "@SUM(A1)", "=HYPERLINK(\"http://x\")", "{=1}", "https://x", "0812"];
    let bytes = write(&[sheet(hostile.iter().map(|words| vec![text(words)]).collect())]);
    let xml = part(&bytes, "xl/worksheets/sheet1.xml");
    assert!(!xml.contains("<f") && !xml.contains("<hyperlink"), "{xml}");
    // Headings and texts, each a pointer to a shared string.
    assert_eq!(xml.matches("t=\"s\"").count(), 2 + hostile.len());
    let read = read_table(&bytes, &Limits::default()).unwrap();
    assert_eq!(read[1..].iter().map(|row| row[0].as_str()).collect::<Vec<_>>(), hostile);
}

#[test]
fn names_of_sheets() {
    let mut taken = HashSet::new();
    for (wanted, given) in [
        ("Bappeda", "Bappeda"),
        ("BAPPEDA", "BAPPEDA (2)"),
        ("a[b]:c*d?e/f\\g", "a-b--c-d-e-f-g"),
        ("'dikutip'", "dikutip"),
        ("", "Lembar"),
        ("  ", "Lembar (2)"),
        ("History", "History-"),
        ("Dinas Pekerjaan Umum dan Tata Ruang", "Dinas Pekerjaan Umum dan Tata R"),
        ("Dinas Pekerjaan Umum dan Tata Rumah", "Dinas Pekerjaan Umum dan Ta (2)"),
        ("🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂", "🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂"),
    ] {
        assert_eq!(sheet_name(wanted, &mut taken), given, "{wanted}");
    }
    // The library checks them too.
    write(&["a/b", "A/B", "", "", "'"].map(|name| SheetOut { name: name.to_owned(), ..SheetOut::default() }));
}

#[test]
fn extremes() {
    assert!(part(&write(&[]), "xl/workbook.xml").contains("name=\"Lembar\""));
    let long = "é".repeat(40_000);
    let read = read_table(&write(&[sheet(vec![vec![text(&long)]])]), &Limits::default()).unwrap();
    assert_eq!(read[1][0].chars().count(), LONGEST_TEXT);
    assert!(read[1][0].ends_with("éé… (dipotong)"));
    for number in [f64::NAN, f64::INFINITY] {
        let rows = vec![vec![], vec![CellOut::Number(number)]];
        let problem = workbook("", DateTime::UNIX_EPOCH, &[sheet(rows)]).unwrap_err();
        assert!(matches!(problem, SheetOutProblem::NotFinite { row: 3, .. }), "{problem}");
    }
    let wide = vec![vec![CellOut::Number(1.0); 16_385]];
    let problem = workbook("", DateTime::UNIX_EPOCH, &[sheet(wide)]).unwrap_err();
    assert!(matches!(problem, SheetOutProblem::TooLarge), "{problem}");
}
