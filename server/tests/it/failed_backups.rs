//! A backup that fails leaves nothing behind, whatever made it fail.

use std::fs::File;
use std::io::{Read, Write};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use server::control::SOCKET;
use tempfile::TempDir;

use crate::harness::{Program, alur, run_alur};

/// A data folder on which a server of the test's own answers, and a folder for backups.
struct Rig {
    folder: TempDir,
    server: UnixListener,
}

impl Rig {
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        std::fs::create_dir(folder.path().join("data")).unwrap();
        std::fs::create_dir(folder.path().join("cadangan")).unwrap();
        let server = UnixListener::bind(folder.path().join("data").join(SOCKET)).unwrap();
        Self { folder, server }
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn target(&self) -> PathBuf {
        self.folder.path().join("cadangan/satu.tar")
    }

    /// Starts a backup, up to where it has asked the server.
    fn begin(&self) -> (Child, UnixStream) {
        let mut program = alur(&self.data());
        program.arg("backup").arg(self.target()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let child = program.spawn().unwrap();
        let (mut stream, _) = self.server.accept().unwrap();
        let mut asked = [0; 16];
        assert!(stream.read(&mut asked).unwrap() > 0);
        assert_eq!(self.left(), ["satu.tar.part"], "it is under way");
        (child, stream)
    }

    /// What lies where the backup was to come.
    fn left(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.folder.path().join("cadangan")).unwrap();
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }

    fn nothing_is_left(&self, child: Child, words: &str) {
        let output = child.wait_with_output().unwrap();
        let said = err(&output);
        assert!(!output.status.success(), "{said}");
        assert!(said.starts_with("alur: ") && said.trim_end().lines().count() == 1, "{said}");
        assert!(said.contains(words), "{said}");
        assert_eq!(self.left(), Vec::<String>::new(), "{said}");
    }
}

fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn signal(child: &Child, name: &str) {
    let id = child.id().to_string();
    assert!(Command::new("kill").args([name, &id]).status().unwrap().success());
}

#[test]
fn a_signal_leaves_nothing() {
    for name in ["-INT", "-TERM"] {
        let rig = Rig::new();
        let (child, _stream) = rig.begin();
        signal(&child, name);
        rig.nothing_is_left(child, "dihentikan");
    }
}

#[test]
fn a_server_that_goes_away_leaves_nothing() {
    let rig = Rig::new();
    let (child, stream) = rig.begin();
    drop(stream);
    rig.nothing_is_left(child, "server yang sedang berjalan");
    let (child, mut stream) = rig.begin();
    stream.write_all(b"{\"reply\":\"archive\",\"length\":100000}\nsebagian").unwrap();
    drop(stream);
    rig.nothing_is_left(child, "server yang sedang berjalan");
}

#[test]
fn an_archive_that_fails_its_check_leaves_nothing() {
    let rig = Rig::new();
    let (child, mut stream) = rig.begin();
    stream.write_all(b"{\"reply\":\"archive\",\"length\":5}\nbukan").unwrap();
    rig.nothing_is_left(child, "arsip tidak utuh");
    let (child, mut stream) = rig.begin();
    stream.write_all(b"{\"reply\":\"failed\",\"text\":\"disk server penuh\"}\n").unwrap();
    rig.nothing_is_left(child, "disk server penuh");
}

#[test]
fn what_a_killed_one_left_does_not_block_the_next() {
    let rig = Rig::new();
    let (mut child, _stream) = rig.begin();
    signal(&child, "-KILL");
    child.wait().unwrap();
    assert_eq!(rig.left(), ["satu.tar.part"]);
    // A second one beside one that is alive does not take its file away.
    let (first, _stream) = rig.begin();
    let second = run_alur(&rig.data(), &["backup", rig.target().to_str().unwrap()], "");
    assert!(err(&second).contains("sedang dibuat oleh perintah lain"), "{}", err(&second));
    assert_eq!(rig.left(), ["satu.tar.part"]);
    signal(&first, "-TERM");
    rig.nothing_is_left(first, "dihentikan");
}

#[test]
fn a_missing_folder_or_a_full_disk_leaves_nothing() {
    let folder = TempDir::new().unwrap();
    let data = folder.path().join("data");
    let server = Program::start(&data, "practice");
    let missing = folder.path().join("tidak/ada.tar");
    let output = run_alur(&data, &["backup", missing.to_str().unwrap()], "");
    assert!(err(&output).contains("No such file"), "{}", err(&output));
    let target = folder.path().join("penuh.tar");
    // No file of this program grows beyond 8 KiB, and writing on fails as on a full disk.
    let script = "trap '' XFSZ; ulimit -f 16; exec \"$0\" backup \"$1\"";
    let limited = |target: &Path| {
        let mut shell = Command::new("sh");
        shell.env_clear().env("ALUR_DATA", &data).args(["-c", script, env!("CARGO_BIN_EXE_alur")]);
        shell.arg(target).output().unwrap()
    };
    let output = limited(&target);
    assert!(!output.status.success());
    assert!(err(&output).contains("File too large"), "{}", err(&output));
    let names = || std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name());
    assert!(names().all(|name| name == "data"), "{:?}", names().collect::<Vec<_>>());
    let output = run_alur(&data, &["backup", target.to_str().unwrap()], "");
    assert!(output.status.success(), "{}", err(&output));
    assert!(server.stop());
}

#[test]
fn a_backup_goes_to_a_recipient_and_comes_back_with_the_printed_key() {
    let folder = TempDir::new().unwrap();
    let data = folder.path().join("data");
    let server = Program::start(&data, "practice");
    let identity = age::x25519::Identity::generate();
    let secret = folder.path().join("kunci.txt");
    let text = identity.to_string();
    File::create(&secret)
        .unwrap()
        .write_all(age::secrecy::ExposeSecret::expose_secret(&text).as_bytes())
        .unwrap();
    let (target, new) = (folder.path().join("satu.tar.age"), folder.path().join("baru"));
    let target = target.to_str().unwrap();
    let to = identity.to_public().to_string();
    let output = run_alur(&data, &["backup", target, "--to", &to], "");
    assert!(output.status.success(), "{}", err(&output));
    let wrong = run_alur(&data, &["backup", target, "--to", "age1salah"], "");
    assert!(err(&wrong).contains("--to"), "{}", err(&wrong));
    let printed = String::from_utf8(run_alur(&data, &["key"], "").stdout).unwrap();
    assert!(server.stop());
    let fingerprint = printed.lines().find_map(|line| line.strip_prefix("Sidik jari: ")).unwrap();
    let back = ["restore", target, "--identity", secret.to_str().unwrap(), "--key", fingerprint];
    for missing in [&back[..2], &back[..4]] {
        let refused = run_alur(&new, missing, "");
        assert!(!refused.status.success() && err(&refused).starts_with("alur: arsip"), "{}", err(&refused));
        assert!(!new.exists());
    }
    let output = run_alur(&new, &back, "");
    assert!(output.status.success(), "{}", err(&output));
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.contains(fingerprint) && said.contains("Tidak termasuk: session"), "{said}");
    assert!(run_alur(&new, &["verify"], "").status.success());
}
