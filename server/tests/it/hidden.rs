//! What people do not see: refused in names, taken out of texts, and known in one place only.

use std::path::{Path, PathBuf};

use axum::http::StatusCode;
use desk::office::Desk;
use domain::text;

use crate::harness::{House, RUN, Sender, row, run};

/// Where such a character stands in the code for another reason than to guard against it.
const WRITTEN: [(&str, char, &str); 7] = [
    ("app/src/sheet/table.rs", '\u{200b}', "lets a long word break behind a slash"),
    ("app/domain/src/csv.rs", '\u{feff}', "begins a CSV file for Excel"),
    ("app/domain/src/achievement/paste.rs", '\u{feff}', "begins a CSV file of Excel"),
    ("app/domain/src/calendar/csv.rs", '\u{feff}', "begins a CSV file of Excel"),
    ("server/paper/src/pdf/font.rs", '\u{200c}', "is drawn as nothing: the glyph for what has no shape"),
    ("server/paper/src/pdf/shown.rs", '\u{2066}', "keeps a name that is read from the right to itself"),
    ("server/paper/src/pdf/shown.rs", '\u{2069}', "ends that"),
];
/// All code of the program.
const FOLDERS: [&str; 7] = [
    "app/src",
    "app/desk/src",
    "app/domain/src",
    "server/src",
    "server/services/src",
    "server/paper/src",
    "frontend/src",
];
/// The guard itself.
const GUARD: &str = "app/domain/src/text.rs";

/// A second list of such characters would soon differ from the first.
#[test]
fn one_place_knows_them() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut files = Vec::new();
    for folder in FOLDERS {
        rust_files(&root.join(folder), &mut files);
    }
    assert!(files.len() > 200, "only {} files were found", files.len());
    let mut second = Vec::new();
    for path in files {
        let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
        if name == GUARD || name.contains("/tests/") || name.ends_with("/tests.rs") {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        // Tests may hold what they like.
        let code = text.split("#[cfg(test)]\nmod ").next().unwrap();
        for wide in ["char::is_control", ".is_control()"] {
            if code.contains(wide) {
                second.push(format!("{name}: {wide}"));
            }
        }
        for escape in code.split("\\u{").skip(1) {
            let Some((code, _)) = escape.split_once('}') else { continue };
            let Some(c) = u32::from_str_radix(code, 16).ok().and_then(char::from_u32) else { continue };
            let known = WRITTEN.iter().any(|(file, written, _)| *file == name && *written == c);
            // What ends a line or a page in files of others is no hidden text.
            if text::is_hidden(c) && !text::is_control(c) && !known {
                second.push(format!("{name}: U+{code}"));
            }
        }
    }
    assert_eq!(second, Vec::<String>::new(), "ask `domain::text` instead");
}

fn rust_files(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rust_files(&path, into);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            into.push(path);
        }
    }
}

/// Of each kind one.
const HIDDEN: [char; 12] = [
    '\u{202e}',
    '\u{2066}',
    '\u{200f}',
    '\u{61c}',
    '\u{200b}',
    '\u{ad}',
    '\u{feff}',
    '\u{3164}',
    '\u{e0041}',
    '\u{fe0f}',
    '\u{e000}',
    '\u{2028}',
];

#[test]
fn a_name_with_one_is_refused_and_says_which() {
    run(async || {
        let house = House::practice().await;
        let admin = house.signed_in("admin").await;
        let seq = house.opened.office.office().seq;
        for c in HIDDEN {
            let name = format!("Bu{c}di");
            let (name, place) = (name.as_str(), format!("U+{:04X}) pada huruf ke-3", u32::from(c)));
            let forms: [(&str, Vec<(&str, &str)>); 6] = [
                ("/api/add-account", vec![("akun", "baru"), ("nama", name)]),
                ("/api/add-account", vec![("akun", "baru"), ("nama", "Budi"), ("jabatan", name)]),
                ("/api/change-account", vec![("akun", "staf"), ("nama", name), ("aktif", "ya")]),
                (
                    "/api/add-agency",
                    vec![("kode", "x"), ("nama", name), ("singkatan", "X"), ("command_id", "a")],
                ),
                (
                    "/api/rename-agency",
                    vec![("kode", "dinkes"), ("nama", "Y"), ("singkatan", name), ("command_id", "b")],
                ),
                ("/api/pair-display", vec![("kode", "BCDF-GHJK"), ("nama", name)]),
            ];
            for (path, fields) in forms {
                let answer = admin.post(&house, path, &fields).await;
                assert!(answer.status.is_client_error(), "{path} {c:?}: {}", answer.text());
                assert!(answer.problem().to_string().contains(&place), "{path}: {}", answer.problem());
            }
        }
        assert_eq!(house.opened.office.office().seq, seq);
    });
}

#[test]
fn a_text_loses_them() {
    run(async || {
        let house = House::practice().await;
        let sender = Sender::fresh(&house).await;
        sender.send(&house, vec![row("Indi\u{200b}kator \u{202e}A", "1\u{2060}00", "90")]).await;
        let staff = house.signed_in("staf").await;
        let fields = [
            ("run", "1"),
            ("pd", sender.code.as_str()),
            ("round", "1"),
            ("command_id", "nilai"),
            ("catatan", "Bagus\u{202e}\u{feff} sekali.\nLanjut\u{ad}kan."),
        ];
        let judged = staff.post(&house, "/api/judge-report", &fields).await;
        assert_eq!(judged.status, StatusCode::OK, "{}", judged.text());
        let office = house.opened.deps.desk.office();
        let report = &office.runs[&RUN].reports[&sender.code];
        let note = &report.last().unwrap().judgement.as_ref().unwrap().1.note;
        assert_eq!(note, "Bagus sekali.\nLanjutkan.");
        let page = staff.get(&house, &format!("/pelaksanaan/1/lkj/{}", sender.code)).await.text();
        assert!(page.contains("Indikator A"), "{page}");
    });
}
