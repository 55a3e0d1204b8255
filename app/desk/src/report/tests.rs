//! The texts that a document and a draft are kept as. The log is bound to the first by its hash, so it never
//! changes; of the second, what an earlier build wrote is read for ever.

use chrono::DateTime;
use domain::achievement::{Polarity, Row};
use domain::agency::Agency;
use domain::report::FileRef;

use super::{Content, Draft, Writer};

const CONTENT: &str = include_str!("../../tests/golden/content.json");
const DRAFT: &str = include_str!("../../tests/golden/draft.json");
/// As it was before a draft told who wrote it.
const FIRST_DRAFT: &str = include_str!("../../tests/golden/draft-1.json");

fn file(name: &str, hash: &str) -> FileRef {
    FileRef {
        sha256: hash.repeat(32),
        name: name.to_owned(),
        size: 8_400_000,
        media_type: "application/pdf".to_owned(),
    }
}

fn row() -> Row {
    Row {
        sasaran: "Meningkatnya kesehatan".to_owned(),
        indikator: "Angka harapan hidup".to_owned(),
        satuan: "tahun".to_owned(),
        target: "71,5".to_owned(),
        realisasi: "71,8".to_owned(),
        polarity: Polarity::default(),
        last: "100,2".to_owned(),
        note: "BPS\n\"sementara\"".to_owned(),
    }
}

fn content() -> Content {
    Content {
        agency: Agency {
            code: "dinkes".into(),
            name: "Dinas Kesehatan".to_owned(),
            short: "Dinkes".to_owned(),
        },
        data_year: 2026,
        round: 2,
        rows: vec![row(), Row::default()],
        have: ["ikhtisar", "bab1"].map(str::to_owned).into(),
        report: Some(file("LKj 2026.pdf", "0a")),
        annexes: vec![file("lampiran é.pdf", "ff")],
    }
}

fn draft() -> Draft {
    let writer = |page: &str, since| Writer { page: page.to_owned(), since };
    Draft {
        rows: vec![row()],
        rows_version: 3,
        rows_by: writer("0f3a-91", 1),
        have: ["bab1".to_owned()].into(),
        have_version: 1,
        have_by: writer("7c", 0),
        report: Some(file("LKj 2026.pdf", "0a")),
        annexes: Vec::new(),
        saved: DateTime::from_timestamp(1_799_207_220, 0),
    }
}

#[test]
fn a_document_is_the_same_text_for_ever() {
    assert_eq!(serde_json::to_string(&content()).unwrap(), CONTENT.trim_end());
    assert_eq!(serde_json::from_str::<Content>(CONTENT).unwrap(), content());
}

#[test]
fn a_draft_is_read_as_it_was_written() {
    assert_eq!(serde_json::to_string(&draft()).unwrap(), DRAFT.trim_end());
    assert_eq!(serde_json::from_str::<Draft>(DRAFT).unwrap(), draft());
    let first = Draft { rows_by: Writer::default(), have_by: Writer::default(), ..draft() };
    assert_eq!(serde_json::from_str::<Draft>(FIRST_DRAFT).unwrap(), first);
}
