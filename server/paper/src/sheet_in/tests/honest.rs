//! Workbooks as different programs write them.

use crate::sheet_in::{Limits, SheetProblem, read_table};
use crate::testing::{sheet, xlsx, zipped};

const STYLES: &str = r#"<styleSheet>
    <numFmts><numFmt numFmtId="164" formatCode="0.0%"/><numFmt numFmtId="165" formatCode="dd/mm/yyyy"/></numFmts>
    <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
    <cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="20"/></cellXfs></styleSheet>"#;
const TEXTS: &str = r#"<sst><si><t>Indikator</t></si><si><r><t>Nilai </t></r><r><t>&lt;A&gt; &amp; &#66;</t></r>
    <rPh><t>BACAAN</t></rPh></si><si><t xml:space="preserve"> satu_x000D_
dua </t></si></sst>"#;

fn read(bytes: &[u8]) -> Result<Vec<Vec<String>>, SheetProblem> {
    read_table(bytes, &Limits::default())
}

#[test]
fn cells_of_every_kind() {
    let rows = r#"<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>
        <row r="3" ht="20"><c r="A3" t="s"><v>2</v></c><c r="B3"><v>98.5</v></c><c r="C3" s="1"><v>0.985</v></c>
        <c r="D3" s="2"><v>46022</v></c><c r="E3" s="3"><v>0.572916666666667</v></c></row>
        <row><c t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is></c><c t="b"><v>1</v></c>
        <c t="e"><v>#REF!</v></c><c t="str"><f>A1&amp;"x"</f><v>hasil</v></c><c><f>0.1+0.2</f><v>0.30000000000000004</v></c>
        <c t="d"><v>2025-12-31</v></c><c s="1"/></row>"#;
    let read =
        read(&xlsx(&sheet(rows), &[("xl/styles.xml", STYLES), ("xl/sharedStrings.xml", TEXTS)])).unwrap();
    assert_eq!(
        read,
        [
            ["Indikator", "Nilai <A> & B", "", "", "", ""],
            ["", "", "", "", "", ""],
            ["satu\ndua", "98,5", "98,5%", "31/12/2025", "13:45", ""],
            ["ab", "TRUE", "#REF!", "hasil", "0,3", "31/12/2025"],
        ]
    );
}

#[test]
fn the_first_sheet_that_is_shown_and_filled() {
    let book = r#"<x:workbook xmlns:x="x" xmlns:r="r"><x:workbookPr date1904="1"/><x:sheets>
        <x:sheet name="Daftar" state="hidden" r:id="r1"/><x:sheet name="Isi" r:id="r2"/></x:sheets></x:workbook>"#;
    let hidden = sheet("<row><c><v>1</v></c></row>");
    let prefixed = "<x:worksheet><x:dimension ref=\"A1:XFD1048576\"/><x:sheetData><x:row><x:c s=\"2\"><x:v>44560</x:v>\
         </x:c></x:row></x:sheetData></x:worksheet>";
    let more = [("xl/workbook.xml", book), ("xl/worksheets/sheet2.xml", prefixed), ("xl/styles.xml", STYLES)];
    assert_eq!(read(&xlsx(&hidden, &more)).unwrap(), [["31/12/2025"]]);

    let book = r#"<workbook xmlns:r="r"><sheets><sheet r:id="r1"/><sheet r:id="r2"/></sheets></workbook>"#;
    let filled = sheet("<row><c><v>2</v></c></row>");
    let more = [("xl/workbook.xml", book), ("xl/worksheets/sheet2.xml", filled.as_str())];
    assert_eq!(read(&xlsx(&sheet("<row><c s=\"1\"/></row>"), &more)).unwrap(), [["2"]]);
    assert_eq!(read(&xlsx(&sheet(""), &[])), Err(SheetProblem::NoRows));
}

#[test]
fn what_is_no_table() {
    for (bytes, problem) in [
        (&b""[..], SheetProblem::Empty),
        (b" \r\n;;\r\n", SheetProblem::NoRows),
        (b"\xef\xbb\xbf", SheetProblem::NoRows),
        (b"%PDF-1.7", SheetProblem::NotATable),
        (b"\x89PNG\r\n\x1a\n", SheetProblem::NotATable),
        (b"  <html><table>", SheetProblem::NotATable),
        (b"MZ\x90\0\x03", SheetProblem::NotATable),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0", SheetProblem::OldOrLocked),
        (&zipped(&[("catatan.txt", b"halo")]), SheetProblem::NotATable),
        (
            &zipped(&[("[Content_Types].xml", b"<x/>"), ("word/document.xml", b"<x/>")]),
            SheetProblem::NotATable,
        ),
    ] {
        assert_eq!(read(bytes), Err(problem), "{bytes:?}");
    }
}

#[test]
fn limits_are_told() {
    let limits = Limits { rows: 5, columns: 3, data_rows: 2, cell_chars: 4, bytes: 64, ..Limits::default() };
    for (text, problem) in [
        ("a\nb\nc\nd\n", SheetProblem::TooManyDataRows { limit: 2 }),
        ("a\nb\nc\nd\ne\nf\n", SheetProblem::TooManyRows { limit: 5 }),
        ("a;b;c;d\n", SheetProblem::TooManyColumns { limit: 3 }),
        ("a\n12345\n", SheetProblem::TooLongCell { row: 2, limit: 4 }),
        (
            "1234567890;1234567890;1234567890;1234567890;1234567890;1234567890",
            SheetProblem::TooLarge { mebibytes: 0 },
        ),
    ] {
        assert_eq!(read_table(text.as_bytes(), &limits), Err(problem), "{text}");
    }
    assert!(read_table("é€é€;b;c;;;\nb\nc\n".as_bytes(), &limits).is_ok());
    assert_eq!(
        SheetProblem::TooManyRows { limit: 2_000 }.to_string(),
        "Tabel terlalu panjang; isinya paling jauh sampai baris 2000."
    );
}
