//! What was acknowledged and is not there any more is a refusal to start, with a number.

use std::collections::BTreeMap;
use std::fs::OpenOptions;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use domain::id::CommandId;
use domain::log::{Event, Recorded, RunEvent};
use services::store::chain::ChainEnd;
use tempfile::TempDir;

use crate::harness::pausing::{Heard, People, Sent, sign_in};
use crate::harness::{Program, RUN, alur, copy_all, now, open, raw, run, run_alur};

/// How many acts are acknowledged.
const ACTS: usize = 60;
/// No start may take longer to say that it will not.
const PATIENCE: Duration = Duration::from_secs(10);

/// An office that was killed at work, and the last record that it acknowledged.
async fn killed_at_work() -> (TempDir, u64) {
    let folder = TempDir::new().unwrap();
    let program = Program::start(folder.path(), "practice");
    let people = People::at(&program, &sign_in(&program).await);
    let mut last = 0;
    for n in 0..ACTS {
        let sent = Sent { person: 0, id: format!("laku-{n}"), pause: n % 2 == 0 };
        match people.send(&sent).await {
            Heard::Accepted(accepted) => last = accepted.last,
            other => panic!("{other:?}"),
        }
    }
    (folder, last)
}

/// Runs a command that must refuse, soon and in one sentence. What it said.
fn refused(data: &Path, arguments: &[&str]) -> String {
    let begin = Instant::now();
    let mut program = alur(data);
    let mut child = program.args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        if begin.elapsed() > PATIENCE {
            child.kill().unwrap();
            panic!("{arguments:?} neither starts nor refuses");
        }
        std::thread::yield_now();
    };
    let (mut out, mut err) = (String::new(), String::new());
    child.stdout.unwrap().read_to_string(&mut out).unwrap();
    child.stderr.unwrap().read_to_string(&mut err).unwrap();
    assert!(!status.success(), "{arguments:?}: {out}");
    assert!(!out.contains("Utuh") && !out.contains("siap") && !out.contains("kunci="), "{out}");
    let said: Vec<_> = err.lines().filter(|line| line.starts_with("alur: ")).collect();
    assert_eq!(said.len(), 1, "{arguments:?}: {err}");
    said[0].to_owned()
}

/// The contents of a database's folder, but for the lock.
fn contents(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in folder.read_dir().unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(contents(&path));
        } else if !path.ends_with("LOCK") {
            found.insert(path.clone(), std::fs::read(&path).unwrap());
        }
    }
    found
}

fn only_file(folder: &Path) -> PathBuf {
    let files: Vec<_> = folder.read_dir().unwrap().map(|entry| entry.unwrap().path()).collect();
    files.into_iter().max_by_key(|path| path.metadata().unwrap().len()).unwrap()
}

fn number_after(said: &str, words: &str) -> u64 {
    let (_, rest) = said.split_once(words).unwrap_or_else(|| panic!("{words}: {said}"));
    rest.chars().take_while(char::is_ascii_digit).collect::<String>().parse().unwrap()
}

#[test]
fn a_flipped_bit_in_the_middle_of_the_log_is_told_with_what_is_missing() {
    run(async || {
        let (folder, last) = killed_at_work().await;
        let backup = folder.path().join("sebelum.tar");
        let log = only_file(&folder.path().join("db/wal"));
        let mut bytes = std::fs::read(&log).unwrap();
        let at = bytes.len() * 2 / 3;
        bytes[at] ^= 0x10;
        std::fs::write(&log, &bytes).unwrap();
        let before = contents(&folder.path().join("db"));

        let said = refused(folder.path(), &["verify"]);
        let (missing, left) = (number_after(&said, "kehilangan "), number_after(&said, "sampai catatan "));
        assert!(missing > 0 && left > 0, "{said}");
        assert_eq!((missing + left, number_after(&said, "diakui catatan ")), (last, last), "{said}");
        assert!(said.contains(".wal tidak terbaca mulai byte"), "{said}");
        assert!(said.contains("`alur restore`") && said.contains("Tidak ada yang ditimpa"), "{said}");
        // As often as it is tried, by whoever tries it.
        assert_eq!(refused(folder.path(), &["serve"]), said);
        assert_eq!(refused(folder.path(), &["practice"]), said);
        assert_eq!(refused(folder.path(), &["backup", backup.to_str().unwrap()]), said);
        assert_eq!(refused(folder.path(), &["verify"]), said);
        assert!(!backup.exists(), "no archive of half an office");
        // And what the disk holds is there to be looked at, byte for byte.
        let aside = contents(&folder.path().join("db.sebelum"));
        assert_eq!(aside.into_values().collect::<Vec<_>>(), before.into_values().collect::<Vec<_>>());
    });
}

#[test]
fn a_database_that_is_gone_in_part_or_whole_is_never_taken_for_a_new_one() {
    run(async || {
        let (folder, last) = killed_at_work().await;
        assert!(run_alur(folder.path(), &["verify"], "").status.success());
        for gone in ["db/manifest", "db/sstables", "db/vlog", "db"] {
            let copy = TempDir::new().unwrap();
            copy_all(folder.path(), copy.path());
            std::fs::remove_dir_all(copy.path().join(gone)).unwrap();
            for action in ["serve", "verify", "serve"] {
                let said = refused(copy.path(), &[action]);
                assert_eq!(number_after(&said, "diakui catatan "), last, "{gone} {action}: {said}");
                assert!(said.contains("`alur restore`"), "{gone} {action}: {said}");
            }
        }
        // The folder was there and is empty.
        let copy = TempDir::new().unwrap();
        copy_all(folder.path(), copy.path());
        std::fs::remove_dir_all(copy.path().join("db")).unwrap();
        std::fs::create_dir(copy.path().join("db")).unwrap();
        assert!(refused(copy.path(), &["serve"]).contains("kosong, padahal"));
        // Even without anything that remembers: there are received files.
        std::fs::remove_file(copy.path().join("db.mark")).unwrap();
        assert!(refused(copy.path(), &["serve"]).contains("berisi berkas kantor"));
        assert!(refused(copy.path(), &["serve"]).contains("berisi berkas kantor"));
    });
}

#[test]
fn a_log_that_is_gone_is_missed() {
    run(async || {
        let (folder, last) = killed_at_work().await;
        std::fs::remove_dir_all(folder.path().join("db/wal")).unwrap();
        for action in ["serve", "verify", "serve"] {
            let said = refused(folder.path(), &[action]);
            assert_eq!(number_after(&said, "kehilangan "), last, "{said}");
        }
    });
}

#[test]
fn an_account_alone_is_missed_as_well() {
    run(async || {
        let (folder, last) = killed_at_work().await;
        let program = Program::start(folder.path(), "practice");
        let added = run_alur(folder.path(), &["account", "add", "namayangkhas"], "kuda jambu 7 pagi\n");
        assert!(added.status.success());
        drop(program);
        let log = only_file(&folder.path().join("db/wal"));
        let bytes = std::fs::read(&log).unwrap();
        let at = bytes.windows(12).position(|window| window == b"namayangkhas").unwrap();
        OpenOptions::new().write(true).open(&log).unwrap().set_len(at as u64).unwrap();
        for action in ["serve", "verify"] {
            let said = refused(folder.path(), &[action]);
            // The account, and its line in the trail.
            assert_eq!(number_after(&said, "kehilangan "), 2, "{said}");
            assert!(said.contains("perubahan akun"), "{said}");
            assert_eq!(number_after(&said, "diakui catatan "), last, "{said}");
        }
    });
}

#[test]
fn a_backup_is_named_as_the_way_back() {
    run(async || {
        let (folder, _) = killed_at_work().await;
        let archive = folder.path().join("satu.tar");
        let made = run_alur(folder.path(), &["backup", archive.to_str().unwrap()], "");
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        let table = only_file(&folder.path().join("db/sstables"));
        let mut bytes = std::fs::read(&table).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        std::fs::write(&table, &bytes).unwrap();
        let said = refused(folder.path(), &["verify"]);
        assert!(said.contains(table.to_str().unwrap()), "it names the file: {said}");
        let last = number_after(&said, "diakui catatan ");
        assert_eq!(number_after(&said, "sampai catatan "), last, "the backup's last record: {said}");
    });
}

#[test]
fn a_mark_that_is_gone_is_written_anew_and_said() {
    run(async || {
        let (folder, _) = killed_at_work().await;
        let mark = folder.path().join("db.mark");
        let whole = std::fs::read(&mark).unwrap();
        let zeros = vec![0; whole.len()];
        for (damage, word) in [(None, "belum ada"), (Some(zeros), "tidak terbaca")] {
            match damage {
                None => std::fs::remove_file(&mark).unwrap(),
                Some(bytes) => std::fs::write(&mark, bytes).unwrap(),
            }
            let program = Program::start(folder.path(), "practice");
            assert!(program.printed[0].starts_with("Perhatian: "), "{:?}", program.printed);
            assert!(program.printed[0].contains(word), "{:?}", program.printed);
            drop(program);
            let program = Program::start(folder.path(), "practice");
            assert_eq!(program.printed.len(), 1, "{:?}", program.printed);
        }
        let verified = run_alur(folder.path(), &["verify"], "");
        assert!(String::from_utf8_lossy(&verified.stdout).starts_with("Utuh: "));
    });
}

#[test]
fn an_office_that_had_an_administrator_never_offers_the_link_for_the_first() {
    run(async || {
        let folder = TempDir::new().unwrap();
        drop(Program::start(folder.path(), "serve"));
        let arguments = ["account", "add", "kepala", "--admin"];
        assert!(run_alur(folder.path(), &arguments, "kuda jambu 7 pagi\n").status.success());
        raw(folder.path()).await.query("DELETE account").await.unwrap().check().unwrap();
        let lock = std::fs::File::open(folder.path().join("db/LOCK")).unwrap();
        tokio::task::spawn_blocking(move || lock.lock().unwrap()).await.unwrap();
        let said = refused(folder.path(), &["serve"]);
        assert!(said.contains("pernah punya administrator"), "{said}");
        // The way that is told is one.
        let arguments = ["account", "add", "kepala", "--admin"];
        assert!(run_alur(folder.path(), &arguments, "kuda jambu 7 pagi\n").status.success());
        assert_eq!(Program::start(folder.path(), "serve").printed.len(), 1);
    });
}

/// What the mark adds to an append. Half of the commands of one writer are this and the commit.
#[test]
#[ignore = "a measurement: cargo test -p server --test it what_it_costs -- --ignored --nocapture"]
fn what_it_costs_to_remember() {
    const TIMES: usize = 500;
    run(async || {
        let folder = TempDir::new().unwrap();
        let store = open(&folder).await.unwrap();
        let (mut end, mut appends, mut marks) = (ChainEnd::default(), Vec::new(), Vec::new());
        for n in 0..TIMES {
            let cell = domain::sop::CellRef { activity: 1, lane: "staf".into() };
            let record = Recorded {
                seq: end.seq + 1,
                at: now(),
                actor: "staf".into(),
                command_id: CommandId(format!("ukur-{n}")),
                event: Event::Run(RunEvent::ActTakenBack { run: RUN, cell, round: 1 }),
            };
            let entry = end.link(&record, true).unwrap();
            let begin = Instant::now();
            store.append(&[entry]).await.unwrap();
            appends.push(begin.elapsed());
            let begin = Instant::now();
            store.remember_backup(end.seq, now()).await.unwrap();
            marks.push(begin.elapsed());
        }
        for times in [&mut appends, &mut marks] {
            times.sort();
        }
        let at = |times: &[Duration], percent: usize| times[(TIMES - 1) * percent / 100];
        println!("an append and its mark: {:?} (p50), {:?} (p90)", at(&appends, 50), at(&appends, 90));
        println!("a mark alone: {:?} (p50), {:?} (p90)", at(&marks, 50), at(&marks, 90));
    });
}

#[test]
fn a_received_file_that_is_not_what_it_was_is_named() {
    run(async || {
        let (folder, _) = killed_at_work().await;
        let file = only_file(&folder.path().join("files"));
        let whole = std::fs::read(&file).unwrap();
        let mut bytes = whole.clone();
        bytes[10] ^= 4;
        std::fs::write(&file, &bytes).unwrap();
        let said = refused(folder.path(), &["verify"]);
        assert!(said.contains("rusak (isinya tidak sesuai"), "{said}");
        assert!(said.contains(file.to_str().unwrap()), "{said}");
        std::fs::remove_file(&file).unwrap();
        assert!(refused(folder.path(), &["verify"]).contains("hilang"));
        std::fs::write(&file, &whole).unwrap();
        assert!(run_alur(folder.path(), &["verify"], "").status.success());
    });
}
