//! A backup holds the whole office: every table row by row and every file byte by byte, but for
//! what is left out by name.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::path::{Path, PathBuf};

use axum::http::StatusCode;
use desk::reminder::{LetterState, Mailing};
use domain::reminder::{About, Ladder, Reminder, Step, To};
use serde_json::json;
use services::backup::{KEY_FILE, Source, Trust, restore, write};
use services::store::display::KeptDisplay;
use services::store::tables::{Fate, Key, Row, TABLES, kept, left_out};
use services::store::{Store, StoreError};
use services::token::TokenHash;
use tempfile::TempDir;

use crate::harness::{House, RUN, Sender, now, row, run, when_free};

/// An office in which something of everything is under way.
pub(crate) async fn busy_office() -> House {
    let house = House::on_disk().await;
    let (deps, at) = (&house.opened.deps, now());
    let agency = Sender::fresh(&house).await;
    agency.save(&house, vec![row("Indikator 1", "10", "9")]).await;
    agency.upload(&house, "LKj.pdf", crate::harness::PDF).await;
    let piece = agency.visitor.request("PUT", "/pd/unggah/1/dukung/abc?dari=0&ukuran=5000&nama=foto.jpg");
    let sent = house.send(piece.body(vec![7; 3000].into()).unwrap()).await;
    assert_eq!(sent.status, StatusCode::OK, "{}", sent.text());
    let to = To::Agency("dinkes".into());
    deps.mailroom.set_address(to.clone(), "dinkes@pd.uji".to_owned(), "admin".into()).await.unwrap();
    let reminder = |step| Reminder { run: RUN, about: About::Report(step), to: to.clone() };
    for step in [Step::One, Step::Last] {
        assert!(deps.store.enqueue(&reminder(step), None, at).await.unwrap());
    }
    let key = reminder(Step::Last).key();
    assert!(deps.store.claim_letter(&key, at).await.unwrap());
    assert!(deps.store.settle_letter(&key, LetterState::Sent, "250 OK", at).await.unwrap());
    let display =
        KeptDisplay { key: TokenHash::of("papan"), name: "Lobi".to_owned(), paired: at, seen: None };
    deps.store.add_display(&display).await.unwrap();
    deps.store.put_feed(TokenHash::of("kalender"), &"staf".into(), at).await.unwrap();
    deps.store.set_automatic(RUN, true, &"staf".into(), at).await.unwrap();
    deps.store.set_ladder(&Ladder { on: true, ..Ladder::default() }, &"admin".into(), at).await.unwrap();
    house
}

pub(crate) async fn back_up(house: &House) -> PathBuf {
    let path = house.data().join("arsip.tar");
    let file = File::options().read(true).write(true).create(true).truncate(true).open(&path).unwrap();
    write(&house.opened.deps.store, house.data(), file, now()).await.unwrap();
    path
}

pub(crate) fn database(data: &Path) -> String {
    format!("surrealkv://{}/db?sync=every", data.display())
}

pub(crate) fn any() -> Trust {
    Trust { key: None, unsigned: true }
}

pub(crate) async fn open_again(data: &Path) -> Store {
    let url = database(data);
    let open = async || Store::open(&url).await;
    when_free(open, |error| matches!(error, StoreError::InUse { .. })).await.unwrap()
}

fn files(data: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = std::fs::read_dir(data.join("files")).unwrap().map(|entry| entry.unwrap().path());
    entries
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(&path).unwrap()))
        .collect()
}

#[test]
fn every_table_is_in_a_backup_or_left_out_for_a_reason() {
    run(async || {
        let house = House::practice().await;
        let there = house.opened.deps.store.definitions().await.unwrap();
        let listed: BTreeSet<_> = TABLES.iter().map(|(table, _)| (*table).to_owned()).collect();
        assert_eq!(there.keys().cloned().collect::<BTreeSet<_>>(), listed, "decide it in store/tables.rs");
        assert!(left_out().all(|(_, why)| why.len() > 10), "each with a reason");
        assert_eq!(TABLES.iter().filter(|(_, fate)| *fate == Fate::Log).count(), 1);
        let plain = ["string", "int", "bool", "float", "array", "array<string>", "option", "none", "object"];
        for table in kept() {
            for field in &there[table] {
                let kind = field.split(" TYPE ").nth(1).unwrap_or_else(|| panic!("{table}: {field}"));
                let kind = kind.split(" PERMISSIONS ").next().unwrap().replace(" READONLY", "");
                let words = kind.split(['|', '<', '>', ' ']).filter(|word| !word.is_empty());
                for word in words {
                    assert!(plain.contains(&word), "a backup cannot carry {word}: {table}: {field}");
                }
            }
        }
    });
}

#[test]
fn a_restored_office_is_the_whole_office() {
    run(async || {
        let house = busy_office().await;
        let store = &house.opened.deps.store;
        let there = store.definitions().await.unwrap();
        // A file's row is nothing without the file.
        for table in kept().filter(|table| *table != "file") {
            store.put_rows(table, vec![example(&there[table])]).await.unwrap();
        }
        let archive = back_up(&house).await;
        let before = store.snapshot(0).await.unwrap();
        for table in kept() {
            assert!(!before.tables[table].is_empty(), "nothing in {table}: the comparison would be empty");
        }
        let folder = TempDir::new().unwrap();
        let data = folder.path().join("baru");
        std::fs::create_dir(&data).unwrap();
        std::fs::copy(house.data().join(KEY_FILE), data.join(KEY_FILE)).unwrap();
        let source = Source::open(&archive, None).unwrap();
        let restored = restore(source, &data, &database(&data), &Trust::default(), now()).await.unwrap();
        let store = open_again(&data).await;
        let after = store.snapshot(0).await.unwrap();
        assert_eq!(before.log, after.log);
        for table in kept().filter(|table| *table != "outbox") {
            assert_eq!(before.tables[table], after.tables[table], "{table}");
        }
        assert_eq!(files(house.data()), files(&data));
        assert!(files(&data).keys().any(|name| name.ends_with(".unggah")), "a file in pieces was there");
        letters_that_were_waiting_are_held(&before.tables["outbox"], &after.tables["outbox"]);
        let words = restored.to_string();
        for said in ["session (setiap orang masuk lagi", "1 surel", "ditandatangani kunci"] {
            assert!(words.contains(said), "{words}");
        }
        assert!(store.sessions().await.unwrap().is_empty(), "nobody is signed in");
    });
}

/// A row with something in every field, so that a table that is new is compared as well.
fn example(fields: &[String]) -> Row {
    let value = |field: &String| {
        let name = field.split_whitespace().nth(2).unwrap().trim_matches('`').to_owned();
        let kind = field.split(" TYPE ").nth(1).unwrap();
        let value = match kind {
            _ if name.contains(['.', '*']) => return None,
            kind if kind.contains("array") => json!(["satu", "dua"]),
            kind if kind.contains("string") => json!("satu"),
            kind if kind.contains("bool") => json!(true),
            kind if kind.contains("object") => json!({ "satu": 1 }),
            _ => json!(7),
        };
        Some((name, value))
    };
    Row { id: Key::Text("contoh".to_owned()), fields: fields.iter().filter_map(value).collect() }
}

/// They may have gone after the backup was made.
fn letters_that_were_waiting_are_held(before: &[Row], after: &[Row]) {
    assert_eq!(before.len(), after.len());
    for (before, after) in before.iter().zip(after) {
        if before.fields["state"] == "waiting" {
            assert_eq!(after.fields["state"], "uncertain");
            assert!(after.fields["note"].as_str().unwrap().contains("mungkin sudah terkirim"));
            assert_eq!(before.fields["reminder"], after.fields["reminder"]);
        } else {
            assert_eq!(before, after, "what had gone is as it was");
        }
    }
    assert!(after.iter().all(|row| row.fields["state"] != "waiting"));
}

/// A report that is sent while the backup is made is in its log or still in its drafts.
#[test]
fn nothing_falls_between_the_log_and_the_tables() {
    run(async || {
        let house = House::on_disk().await;
        let mut agencies = Vec::new();
        for _ in 0..4 {
            let agency = Sender::fresh(&house).await;
            agency.prepare(&house, vec![row("Indikator 1", "10", "9")]).await;
            agencies.push(agency);
        }
        let codes: Vec<_> = agencies.iter().map(|agency| agency.code.clone()).collect();
        let store = house.opened.deps.store.clone();
        let sending = async {
            for agency in &agencies {
                agency.submit(&house).await;
            }
        };
        let looking = async {
            loop {
                let snapshot = store.snapshot(0).await.unwrap();
                let log = snapshot.log.iter().map(|entry| &*entry.body).collect::<String>();
                let mut sent = 0;
                for code in &codes {
                    let in_log = log.contains(&format!("kirim-{code}-1"));
                    let key = domain::id::AgencyCode::to_string(code);
                    let drafted = snapshot.tables["draft"].iter().any(|row| row.fields["agency"] == *key);
                    assert!(in_log || drafted, "{code} is in neither");
                    sent += usize::from(in_log);
                }
                if sent == codes.len() {
                    break;
                }
                tokio::task::yield_now().await;
            }
        };
        tokio::join!(sending, looking);
    });
}
