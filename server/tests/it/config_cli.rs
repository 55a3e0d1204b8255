//! The real program: options, commands, starting and stopping.

use std::path::Path;
use std::process::Output;

use tempfile::TempDir;

use crate::harness::{Program, alur, run_alur};

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn a_wrong_start_ends_with_one_clear_line() {
    let folder = TempDir::new().unwrap();
    let cases: [(&str, &str, &[&str], &str); 18] = [
        ("ALUR_ADR", "x", &["serve"], "variabel ALUR_ADR tidak dikenal"),
        ("ALUR_ADDR", "localhost", &["serve"], "ALUR_ADDR"),
        ("ALUR_DB", "postgres://x", &["serve"], "ALUR_DB"),
        ("ALUR_SECURE", "mungkin", &["serve"], "ALUR_SECURE"),
        ("ALUR_TRUST_PROXY", "proksi", &["serve"], "ALUR_TRUST_PROXY"),
        ("ALUR_NOW", "2027-01-07T10:47:00+07:00", &["serve"], "hanya untuk `alur practice`"),
        ("ALUR_NOW", "besok", &["practice"], "bukan waktu"),
        ("ALUR_SMTP", "surel.contoh.go.id", &["serve"], "ALUR_SMTP"),
        ("ALUR_SMTP", "smtp://a:rahasia@b.id?tls=off", &["serve"], "tanpa enkripsi"),
        ("ALUR_SMTP", "smtps://a:rahasia@b.id", &["serve"], "bersama-sama"),
        ("ALUR_MAIL_FROM", "biro", &["serve"], "ALUR_MAIL_FROM"),
        ("ALUR_URL", "alur.contoh.go.id", &["serve"], "ALUR_URL"),
        ("ALUR_AGENCY_MB", "99", &["serve"], "ALUR_AGENCY_MB"),
        ("ALUR_PER_SESSION", "0", &["serve"], "ALUR_PER_SESSION"),
        ("PATH", "", &["jalan"], "perintah \"jalan\" tidak dikenal"),
        ("PATH", "", &["serve", "--port", "1"], "pilihan --port tidak dikenal"),
        ("PATH", "", &["backup"], "kurang"),
        ("PATH", "", &["verify", "--data", "/tidak/ada"], "folder data /tidak/ada tidak ada"),
    ];
    for (name, value, arguments, words) in cases {
        let output = alur(&folder.path().join("data")).env(name, value).args(arguments).output().unwrap();
        let said = err(&output);
        assert!(!output.status.success(), "{name}={value} {arguments:?}");
        assert!(said.starts_with("alur: ") && said.trim_end().lines().count() == 1, "{said}");
        assert!(said.contains(words), "{said}");
        assert!(!said.contains("rahasia"), "a password is never shown: {said}");
    }
}

#[test]
fn it_says_its_version_and_helps() {
    let folder = TempDir::new().unwrap();
    assert_eq!(
        out(&run_alur(folder.path(), &["version"], "")),
        format!("alur {}\n", env!("CARGO_PKG_VERSION"))
    );
    for arguments in [&["--help"][..], &["serve", "--help"], &[]] {
        let help = out(&run_alur(folder.path(), arguments, ""));
        assert!(help.contains("ALUR_DATA") || help.contains("serve"), "{arguments:?}: {help}");
    }
}

#[test]
fn an_empty_office_prints_the_link_for_its_first_administrator_until_there_is_one() {
    let folder = TempDir::new().unwrap();
    let link = |program: &Program| {
        let line = program.printed.iter().find(|line| line.contains("/pertama?kunci=")).cloned();
        line.map(|line| line.split("kunci=").nth(1).unwrap().to_owned())
    };
    let server = Program::start(folder.path(), "serve");
    let first = link(&server).unwrap();
    assert!(server.stop(), "it ends well when told to stop");
    let server = Program::start(folder.path(), "serve");
    assert_ne!(link(&server).unwrap(), first, "a new one at every start");
    let added = run_alur(folder.path(), &["account", "add", "kepala", "--admin"], "kuda jambu 7 pagi\n");
    assert_eq!(out(&added), "Akun kepala ditambahkan.\n", "{}", err(&added));
    assert!(server.stop());
    let server = Program::start(folder.path(), "serve");
    assert_eq!(link(&server), None);
    assert_eq!(server.printed.len(), 1);
}

#[test]
fn commands_work_while_the_server_runs_and_while_it_does_not() {
    let folder = TempDir::new().unwrap();
    let server = Program::start(folder.path(), "practice");
    assert!(
        server.printed[0].ends_with("(latihan) — klik tautan, pilih akun di halaman masuk."),
        "{:?}",
        server.printed
    );
    commands(folder.path(), "satu");
    assert!(server.stop());
    commands(folder.path(), "dua");
    let restored = folder.path().join("pulih");
    let archive = folder.path().join("satu.tar");
    let printed = out(&run_alur(folder.path(), &["key"], ""));
    let fingerprint = printed.lines().find_map(|line| line.strip_prefix("Sidik jari: ")).unwrap();
    let back = ["restore", archive.to_str().unwrap(), "--key", fingerprint];
    let output = run_alur(&restored, &back, "");
    assert!(output.status.success(), "{}", err(&output));
    let output = run_alur(&restored, &back, "");
    assert!(err(&output).contains("tidak kosong"), "{}", err(&output));
    assert!(out(&run_alur(&restored, &["verify"], "")).starts_with("Utuh: "));
}

fn commands(data: &Path, name: &str) {
    let verified = run_alur(data, &["verify"], "");
    assert!(out(&verified).starts_with("Utuh: "), "{}", err(&verified));
    let added = run_alur(data, &["account", "add", name, "--lanes", "staf,kabag"], "");
    let said = out(&added);
    let password = said.lines().nth(1).and_then(|line| line.strip_prefix("Sandi: ")).unwrap();
    assert_eq!((said.lines().next().unwrap(), password.len()), (&*format!("Akun {name} ditambahkan."), 23));
    assert!(said.ends_with("Sandinya harus diganti saat masuk pertama kali.\n"), "{said}");
    let twice = run_alur(data, &["account", "add", name], "");
    assert_eq!(err(&twice), format!("alur: Akun {name} sudah ada.\n"));
    let weak = run_alur(data, &["account", "password", name], "pendek\n");
    assert!(err(&weak).contains("terlalu pendek"));
    let changed = run_alur(data, &["account", "password", name], "kuda jambu 7 pagi\n");
    assert!(out(&changed).starts_with(&format!("Sandi akun {name} diganti")), "{}", err(&changed));
    let file = data.join(format!("{name}.tar"));
    let file = file.to_str().unwrap();
    let made = run_alur(data, &["backup", file], "");
    assert!(out(&made).starts_with(&format!("Cadangan {file}: ")), "{}", err(&made));
    let again = run_alur(data, &["backup", file], "");
    assert!(err(&again).contains("sudah ada"));
    assert!(!Path::new(&format!("{file}.part")).exists());
}

#[test]
fn two_servers_do_not_share_a_folder() {
    let folder = TempDir::new().unwrap();
    let _server = Program::start(folder.path(), "serve");
    let second = run_alur(folder.path(), &["serve"], "");
    assert!(!second.status.success());
    assert!(err(&second).contains("sedang dipakai"), "{}", err(&second));
}

#[test]
fn an_unfinished_restore_is_not_opened() {
    let folder = TempDir::new().unwrap();
    std::fs::write(folder.path().join(services::backup::UNFINISHED), "").unwrap();
    for action in ["serve", "verify"] {
        assert!(err(&run_alur(folder.path(), &[action], "")).contains("belum selesai"), "{action}");
    }
}

#[test]
fn practice_can_stand_at_any_time() {
    let folder = TempDir::new().unwrap();
    let output = |now: &str| {
        let mut program = alur(folder.path());
        program.env("ALUR_NOW", now).arg("practice");
        program
    };
    // A data folder of the future is opened by a clock of the past, too: time never runs back.
    for now in ["=2029-03-01T08:00:00+07:00", "2027-01-07T10:47:00+07:00"] {
        let mut child = output(now).stdout(std::process::Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        std::io::BufRead::read_line(&mut std::io::BufReader::new(child.stdout.take().unwrap()), &mut line)
            .unwrap();
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(line.starts_with("Alur siap: "), "{now}: {line}");
    }
}
