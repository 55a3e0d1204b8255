//! Zip files and workbooks for tests, well made or not.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const TYPES: &str = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>";
const RELATIONS: &str = r#"<Relationships><Relationship Id="r1" Type="http://x/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const BOOK: &str =
    r#"<workbook xmlns:r="r"><sheets><sheet name="Satu" sheetId="1" r:id="r1"/></sheets></workbook>"#;
const BOOK_RELATIONS: &str = r#"<Relationships>
    <Relationship Id="r1" Type="http://x/worksheet" Target="worksheets/sheet1.xml"/>
    <Relationship Id="r2" Type="http://x/worksheet" Target="/xl/worksheets/sheet2.xml"/>
    <Relationship Id="r3" Type="http://x/styles" Target="styles.xml"/>
    <Relationship Id="r4" Type="http://x/sharedStrings" Target="sharedStrings.xml"/>
    <Relationship Id="r5" Type="http://x/externalLink" Target="file:///etc/passwd" TargetMode="External"/>
    </Relationships>"#;

/// A zip of these entries, deflated.
pub(super) fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        // The largest tests need many bytes, not few: the quickest level.
        let level = (content.len() > 30_000_000).then_some(1);
        zip.start_file(*name, SimpleFileOptions::default().compression_level(level)).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A workbook of one sheet. Further parts are added, or replace those of the same name.
pub(super) fn xlsx(sheet: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let usual = [
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", RELATIONS),
        ("xl/workbook.xml", BOOK),
        ("xl/_rels/workbook.xml.rels", BOOK_RELATIONS),
        ("xl/worksheets/sheet1.xml", sheet),
    ];
    let replaced = |name: &str| more.iter().any(|(other, _)| *other == name);
    let parts: Vec<(&str, &[u8])> = usual
        .iter()
        .filter(|(name, _)| !replaced(name))
        .chain(more)
        .map(|(name, content)| (*name, content.as_bytes()))
        .collect();
    zipped(&parts)
}

/// The XML of a sheet with these rows in it.
pub(super) fn sheet(rows: &str) -> String {
    format!("<?xml version=\"1.0\"?><worksheet><sheetData>{rows}</sheetData></worksheet>")
}

/// Changes what every entry says about its inflated size, in the directory and before the entry.
pub(super) fn claim(bytes: &mut [u8], changed: impl Fn(u32) -> u32) {
    for at in 0..bytes.len() - 4 {
        let field = match &bytes[at..at + 4] {
            b"PK\x01\x02" => at + 24,
            b"PK\x03\x04" => at + 22,
            _ => continue,
        };
        let size = changed(u32::from_le_bytes(bytes[field..field + 4].try_into().unwrap()));
        bytes[field..field + 4].copy_from_slice(&size.to_le_bytes());
    }
}
