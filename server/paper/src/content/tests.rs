use std::io::Cursor;

use super::*;
use crate::testing::{claim, sheet, xlsx, zipped};

fn kind(bytes: &[u8]) -> Result<Kind, ContentProblem> {
    kind_of(&mut Cursor::new(bytes))
}

const PDF: &[u8] = b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <</Root 1 0 R>>\nstartxref\n9\n%%EOF\n";

#[test]
fn content_tells_the_kind() {
    assert_eq!(kind(PDF).unwrap(), Kind::Pdf);
    assert_eq!(kind(&[&[b' '; 1000], PDF].concat()).unwrap(), Kind::Pdf);
    assert_eq!(kind(b"\x89PNG\r\n\x1a\n....IEND\xae\x42\x60\x82").unwrap(), Kind::Png);
    assert_eq!(kind(b"\xff\xd8\xff\xe0\0\x10JFIF").unwrap(), Kind::Jpeg);
    assert_eq!(kind(b"RIFF\x06\0\0\0WEBPVP").unwrap(), Kind::Webp);
    assert_eq!(kind(&xlsx(&sheet(""), &[])).unwrap(), Kind::Xlsx);
    assert_eq!(
        kind(&zipped(&[("[Content_Types].xml", b""), ("word/document.xml", b"")])).unwrap(),
        Kind::Docx
    );
    for other in [
        &b"<html>"[..],
        b"MZ\x90",
        b"%PDF",
        b"RIFF\x06\0\0\0WAVEfm",
        &[b"MZ\x90 ", PDF].concat(),
        &[b"\n <script>", PDF].concat(),
        &[b"#!/bin/sh\n", PDF].concat(),
        &[&[b' '; 1024], PDF].concat(),
        &zipped(&[("a.pdf", PDF)]),
        &zipped(&[("[Content_Types].xml", b""), ("ppt/presentation.xml", b"")]),
    ] {
        assert!(matches!(kind(other), Err(ContentProblem::Unknown)), "{other:?}");
    }
}

#[test]
fn what_is_cut_off_is_refused() {
    assert!(matches!(kind(b""), Err(ContentProblem::Empty)));
    let book = xlsx(&sheet(""), &[]);
    for cut in [
        &PDF[..PDF.len() - 8],
        &[PDF, &[b' '; 2048]].concat(),
        b"\x89PNG\r\n\x1a\n....IDAT",
        b"RIFF\x07\0\0\0WEBPVP",
        &book[..book.len() - 30],
        b"PK",
    ] {
        assert!(matches!(kind(cut), Err(ContentProblem::Truncated)), "{cut:?}");
    }
}

#[test]
fn programs_and_passwords_are_refused() {
    let macros = zipped(&[
        ("[Content_Types].xml", b""),
        ("word/document.xml", b""),
        ("word/vbaProject.bin", b"\xd0\xcf\x11\xe0"),
    ]);
    assert!(matches!(kind(&macros), Err(ContentProblem::Macros)));
    assert!(matches!(kind(&xlsx("", &[("XL\\VBAPROJECT.BIN", "")])), Err(ContentProblem::Macros)));
    assert!(matches!(kind(&xlsx("", &[("xl/macrosheets/sheet1.xml", "")])), Err(ContentProblem::Macros)));
    assert!(matches!(kind(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1...."), Err(ContentProblem::Encrypted)));

    let mut locked = xlsx(&sheet(""), &[]);
    let entry = locked.windows(4).position(|window| window == b"PK\x01\x02").unwrap();
    locked[entry + 8] |= 1;
    assert!(matches!(kind(&locked), Err(ContentProblem::Encrypted)));

    // The trailer is near the end, at the beginning, or only where `startxref` points to.
    let near = b"%PDF-1.4\ntrailer <</Encrypt 5 0 R>>\nstartxref\n9\n%%EOF";
    assert!(matches!(kind(near), Err(ContentProblem::Encrypted)));
    let mut far = vec![b' '; 20_000];
    far[..8].copy_from_slice(b"%PDF-1.7");
    far[9_000..9_023].copy_from_slice(b"7 0 obj <</Encrypt 5>> ");
    far.extend(b"startxref\n9000\n%%EOF\n");
    assert!(matches!(kind(&far), Err(ContentProblem::Encrypted)));
    far[9_000..9_023].fill(b' ');
    assert_eq!(kind(&far).unwrap(), Kind::Pdf);
}

#[test]
fn a_bomb_is_refused_by_what_it_says() {
    let mut bomb = xlsx(&sheet(""), &[]);
    claim(&mut bomb, |_| 300 * 1024 * 1024);
    assert!(matches!(kind(&bomb), Err(ContentProblem::Bomb)));
    // 20 MB of zeros become 20 KB.
    let dense = xlsx(&"\0".repeat(20_000_000), &[]);
    assert!(dense.len() < 100_000);
    assert!(matches!(kind(&dense), Err(ContentProblem::Bomb)));
}
