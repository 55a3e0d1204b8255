//! Workbooks that are made to hurt.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use crate::sheet_in::{Limits, SheetProblem, read_table};
use crate::testing::{claim, sheet, xlsx, zipped};

/// Reads, and sees to it that this took less than a second.
fn refused(bytes: &[u8]) -> SheetProblem {
    let limits = Limits::default();
    assert!(bytes.len() < limits.bytes, "the test must pass the simplest check");
    quickly(|| read_table(bytes, &limits)).unwrap_err()
}

/// Does something, and sees to it that it takes less than a second. The best of three counts,
/// since a machine may be busy with other things.
fn quickly<T>(mut work: impl FnMut() -> T) -> T {
    let second = Duration::from_secs(1);
    let mut took = Duration::ZERO;
    for _ in 0..3 {
        let begun = Instant::now();
        let done = work();
        took = begun.elapsed();
        if took < second {
            return done;
        }
    }
    panic!("{took:?}");
}

/// What a liar says about the size of a large entry.
fn small(size: u32) -> u32 {
    size.min(10_000)
}

#[test]
fn a_bomb_that_says_so() {
    assert_eq!(refused(&xlsx(&" ".repeat(11 * 1024 * 1024), &[])), SheetProblem::Bomb);
    // Each within its limit; together beyond theirs, or too dense.
    let blank = " ".repeat(9 * 1024 * 1024);
    let more = [("xl/a.xml", blank.as_str()), ("xl/b.xml", blank.as_str())];
    assert_eq!(refused(&xlsx(&blank, &more)), SheetProblem::Bomb);
    assert_eq!(refused(&xlsx(&blank, &[])), SheetProblem::Bomb);
    let entries: Vec<String> = (0..1_001).map(|number| format!("{number}.xml")).collect();
    let entries: Vec<(&str, &[u8])> = entries.iter().map(|name| (name.as_str(), &b""[..])).collect();
    assert_eq!(refused(&zipped(&entries)), SheetProblem::Bomb);
}

#[test]
fn a_bomb_that_lies() {
    let comment = format!("<a><!--{}--></a>", " ".repeat(12_000_000));
    for part in ["xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml", "_rels/.rels"] {
        let mut bomb = xlsx(&sheet(""), &[(part, &comment)]);
        claim(&mut bomb, small);
        let problem = refused(&bomb);
        assert!(matches!(problem, SheetProblem::Bomb | SheetProblem::Damaged), "{part}: {problem}");
    }
}

#[test]
fn a_million_rows() {
    let mut rows = String::new();
    for row in 1..=1_000_000 {
        write!(rows, "<row r=\"{row}\"><c><v>1</v></c></row>").unwrap();
    }
    let mut book = xlsx(&sheet(&rows), &[]);
    assert_eq!(refused(&book), SheetProblem::Bomb);
    // Where bytes are no matter, the rows are.
    let lax = Limits { entry_bytes: u64::MAX, total_bytes: u64::MAX, ..Limits::default() };
    let problem = quickly(|| read_table(&book, &lax)).unwrap_err();
    assert_eq!(problem, SheetProblem::TooManyRows { limit: 2_000 });
    claim(&mut book, small);
    assert_eq!(refused(&book), SheetProblem::Damaged);
    // Few enough bytes, and nothing in them.
    assert_eq!(refused(&xlsx(&sheet(&"<row/>".repeat(500_000)), &[])), SheetProblem::Bomb);
    let cells = format!("<row>{}</row>", "<c r=\"A1\"/>".repeat(200_000));
    assert_eq!(refused(&xlsx(&sheet(&cells), &[])), SheetProblem::Bomb);
}

#[test]
fn a_cell_in_the_far_corner() {
    let corner =
        |address: &str| sheet(&format!("<row><c r=\"A1\"><v>1</v></c><c r=\"{address}\"><v>1</v></c></row>"));
    assert_eq!(refused(&xlsx(&corner("XFD1048576"), &[])), SheetProblem::TooManyRows { limit: 2_000 });
    assert_eq!(refused(&xlsx(&corner("XFD2"), &[])), SheetProblem::TooManyColumns { limit: 60 });
    assert_eq!(
        refused(&xlsx(&corner("A18446744073709551615"), &[])),
        SheetProblem::TooManyRows { limit: 2_000 }
    );
    let last = "<row r=\"18446744073709551615\"><c><v>1</v></c></row><row><c><v>1</v></c></row>";
    assert_eq!(refused(&xlsx(&sheet(last), &[])), SheetProblem::TooManyRows { limit: 2_000 });
    // Empty but formatted, as Excel leaves it when whole columns are coloured.
    let coloured =
        sheet("<row><c r=\"A1\"><v>1</v></c></row><row r=\"1048576\"><c r=\"XFD1048576\" s=\"1\"/></row>");
    assert_eq!(read_table(&xlsx(&coloured, &[]), &Limits::default()), Ok(vec![vec!["1".to_owned()]]));
}

#[test]
fn one_text_pointed_at_by_every_cell() {
    let texts = format!("<sst><si><t>{}</t></si></sst>", "teks ".repeat(6_000));
    let rows = format!("<row>{}</row>", "<c t=\"s\"><v>0</v></c>".repeat(60)).repeat(300);
    let more = [("xl/sharedStrings.xml", texts.as_str())];
    assert_eq!(refused(&xlsx(&sheet(&rows), &more)), SheetProblem::Bomb);
    let many = format!("<sst>{}</sst>", "<si/>".repeat(200_000));
    let more = [("xl/sharedStrings.xml", many.as_str())];
    assert_eq!(refused(&xlsx(&sheet(""), &more)), SheetProblem::Bomb);
    let missing = sheet("<row><c t=\"s\"><v>7</v></c></row>");
    assert_eq!(refused(&xlsx(&missing, &[])), SheetProblem::Damaged);
}

#[test]
fn entities() {
    let lol = "<!DOCTYPE a [<!ENTITY b \"lol\"><!ENTITY c \"&b;&b;&b;\">]>";
    for part in ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml"] {
        let more = [(part, &*format!("{lol}<a>&c;</a>"))];
        assert_eq!(refused(&xlsx(&sheet(""), &more)), SheetProblem::Strange, "{part}");
    }
    assert_eq!(refused(&xlsx(&sheet("<row><c t=\"str\"><v>&c;</v></c></row>"), &[])), SheetProblem::Strange);
}

#[test]
fn macros() {
    assert_eq!(refused(&xlsx(&sheet(""), &[("xl/vbaProject.bin", "")])), SheetProblem::Macros);
}

#[test]
fn cut_off_or_broken() {
    let whole = xlsx(&sheet("<row><c><v>1</v></c></row>"), &[]);
    assert!(read_table(&whole, &Limits::default()).is_ok());
    for length in 4..whole.len() {
        assert_eq!(refused(&whole[..length]), SheetProblem::Damaged, "{length}");
    }
    assert_eq!(refused(&xlsx("<worksheet><sheetData><row>", &[])), SheetProblem::Damaged);
    assert_eq!(refused(&xlsx("<worksheet></sheetData>", &[])), SheetProblem::Damaged);
    assert_eq!(refused(&xlsx("<worksheet>\u{0}</worksheet", &[])), SheetProblem::Damaged);
}

#[test]
fn any_byte_may_be_wrong() {
    let whole = xlsx(&sheet("<row><c><v>1</v></c><c t=\"inlineStr\"><is><t>a</t></is></c></row>"), &[]);
    for at in 0..whole.len() {
        for flip in [0x01, 0x80, 0xff] {
            let mut broken = whole.clone();
            broken[at] ^= flip;
            if let Ok(table) = quickly(|| read_table(&broken, &Limits::default())) {
                assert!(table.len() <= 2_000, "{at}");
            }
        }
    }
}

#[test]
fn one_sheet_named_a_thousand_times() {
    let named = |times: usize| {
        let sheets = "<sheet r:id=\"r1\"/>".repeat(times);
        let book = format!("<workbook xmlns:r=\"r\"><sheets>{sheets}</sheets></workbook>");
        xlsx(&sheet(&" ".repeat(1_000_000)), &[("xl/workbook.xml", &book)])
    };
    assert_eq!(refused(&named(1_000)), SheetProblem::NoRows);
    assert_eq!(refused(&named(100_000)), SheetProblem::Bomb);
}
