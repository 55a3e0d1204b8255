//! Backups: made while the office works, and equal to it when restored.

use std::path::Path;

use desk::office::Desk;
use desk::reminder::{LetterState, Mailing};
use domain::id::CommandId;
use domain::office::{Command, Office};
use domain::reminder::{About, Reminder, Step, To};
use services::backup::{BackupError, Restored, Source, UNFINISHED};
use services::clock::Clock;
use services::live::Hub;
use services::office::OfficeService;
use tempfile::TempDir;

use crate::harness::{House, RUN, now, run};
use crate::whole_office::{any, back_up, database, open_again};

async fn restore(archive: &Path, data: &Path, database: &str) -> Result<Restored, BackupError> {
    let source = Source::open(archive, None).unwrap();
    services::backup::restore(source, data, database, &any(), now()).await
}

fn check(archive: &Path) -> Office {
    services::backup::check(&Source::open(archive, None).unwrap()).unwrap().1
}

const PDF: &[u8] = b"%PDF-1.7\nisi\n%%EOF\n";

/// A practice office with a received file in it.
async fn house_with_file() -> House {
    let house = House::on_disk().await;
    let staff = house.signed_in("staf").await;
    let body = [
        b"--b\r\nContent-Disposition: form-data; name=\"berkas\"; filename=\"surat.pdf\"\r\n\r\n".as_slice(),
        PDF,
        b"\r\n--b--\r\n",
    ];
    let request = staff.request("POST", "/berkas").header("content-type", "multipart/form-data; boundary=b");
    let sent = house.send(request.body(body.concat().into()).unwrap()).await;
    assert!(sent.status.is_success(), "{}", sent.text());
    house
}

#[test]
fn a_restored_office_equals_the_original() {
    run(async || {
        let house = house_with_file().await;
        let deps = &house.opened.deps;
        let to = To::Agency("dinkes".into());
        deps.mailroom.set_address(to.clone(), "dinkes@pd.uji".to_owned(), "admin".into()).await.unwrap();
        let reminder = Reminder { run: RUN, about: About::Report(Step::One), to };
        assert!(deps.store.enqueue(&reminder, None, now()).await.unwrap());
        let archive = back_up(&house).await;
        assert_eq!(check(&archive), *deps.desk.office());

        let folder = TempDir::new().unwrap();
        let data = folder.path().join("baru");
        let restored = restore(&archive, &data, &database(&data)).await.unwrap();
        assert_eq!(restored.manifest.records(), deps.desk.office().seq);
        assert!(!data.join(UNFINISHED).exists());
        let store = open_again(&data).await;
        let hub = Hub::new("uji".to_owned(), Clock::frozen(now()));
        let office = OfficeService::start(store.clone(), Clock::frozen(now()), hub).await.unwrap();
        assert_eq!(office.office(), deps.desk.office());
        assert!(store.accounts().await.unwrap() == deps.store.accounts().await.unwrap(), "with passwords");
        assert_eq!(store.files().await.unwrap(), deps.store.files().await.unwrap());
        assert_eq!(store.addresses().await.unwrap(), deps.store.addresses().await.unwrap());
        let letters = store.all_letters().await.unwrap();
        assert_eq!(letters.len(), deps.store.all_letters().await.unwrap().len());
        assert!(letters.iter().all(|kept| kept.letter.state == LetterState::Uncertain), "it may have gone");
        assert!(!store.enqueue(&reminder, None, now()).await.unwrap(), "it is said once for ever");
        let files = store.files().await.unwrap();
        let received = files.iter().find(|file| file.view.name == "surat.pdf").unwrap();
        assert_eq!(std::fs::read(data.join("files").join(&received.view.sha256)).unwrap(), PDF);
        assert!(store.sessions().await.unwrap().is_empty(), "nobody is signed in");
        // Commands that were carried out stay known: the same one again has no second effect.
        let known = deps.desk.office().runs.values().next().unwrap().history[0].as_ref().clone();
        let actor = deps.accounts.caller(&known.actor).unwrap().actor;
        let again = office.submit(actor, known.command_id, any_command()).await.unwrap();
        assert_eq!(again.first, known.seq);
    });
}

fn any_command() -> Command {
    Command::ResumeRun { run: domain::id::RunId(1) }
}

#[test]
fn a_backup_made_under_load_is_one_consistent_state() {
    run(async || {
        let house = House::on_disk().await;
        let deps = house.opened.deps.clone();
        let actor = deps.accounts.caller(&"staf".into()).unwrap().actor;
        let run = domain::id::RunId(1);
        let working = tokio::spawn(async move {
            for n in 0..200 {
                let command = match n % 2 {
                    0 => Command::PauseRun { run, reason: "Libur".to_owned() },
                    _ => Command::ResumeRun { run },
                };
                deps.desk.submit(actor.clone(), CommandId(format!("beban-{n}")), command).await.unwrap();
            }
        });
        let mut last = 0;
        while !working.is_finished() {
            let office = check(&back_up(&house).await);
            assert!(office.seq >= last);
            last = office.seq;
        }
        working.await.unwrap();
        assert_eq!(check(&back_up(&house).await), *house.opened.deps.desk.office());
    });
}

#[test]
fn a_damaged_archive_is_found_out_before_anything_is_written() {
    run(async || {
        let house = house_with_file().await;
        let archive = back_up(&house).await;
        let whole = std::fs::read(&archive).unwrap();
        let folder = TempDir::new().unwrap();
        let (damaged, data) = (folder.path().join("rusak.tar"), folder.path().join("baru"));
        let replace = |from: &[u8], to: &[u8]| {
            let at = whole.windows(from.len()).position(|window| window == from).unwrap();
            let mut bytes = whole.clone();
            bytes[at..at + to.len()].copy_from_slice(to);
            bytes
        };
        let cases = [
            whole[..whole.len() / 2].to_vec(),
            whole[..whole.len() - 20 * 512].to_vec(),
            replace(b"Lampiran format", b"Lampiran formit"),
            replace(b"Rina Marlina", b"Rani Marlina"),
            replace(b"%PDF-1.7\nisi", b"%PDF-1.7\nisu"),
            replace(b"surat.pdf", b"surut.pdf"),
            b"bukan tar".to_vec(),
            Vec::new(),
        ];
        for (case, bytes) in cases.iter().enumerate() {
            std::fs::write(&damaged, bytes).unwrap();
            let error = restore(&damaged, &data, &database(&data)).await.unwrap_err();
            assert!(!error.to_string().contains('\n'), "{case}: {error}");
            assert!(!data.exists(), "{case}: {error}");
        }
    });
}

#[test]
fn nothing_is_restored_over_something() {
    run(async || {
        let house = House::on_disk().await;
        let archive = back_up(&house).await;
        let folder = TempDir::new().unwrap();
        std::fs::write(folder.path().join("ada"), "sesuatu").unwrap();
        let error = restore(&archive, folder.path(), &database(folder.path())).await.unwrap_err();
        assert!(matches!(error, BackupError::NotEmpty(_)), "{error}");
        // An empty folder, but a database elsewhere that is not.
        let empty = TempDir::new().unwrap();
        let other = house.data().join("lain");
        let (first, again) = (restore(&archive, &other, &database(&other)).await, database(&other));
        first.unwrap();
        let error = crate::harness::when_free(
            async || restore(&archive, empty.path(), &again).await,
            |error| matches!(error, BackupError::Store(services::store::StoreError::InUse { .. })),
        )
        .await;
        assert!(error.is_err());
    });
}
