//! Hostile archives: the real program refuses each in one sentence, with little memory, and
//! touches nothing.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::{Child, Stdio};

use services::backup::OfficeKey;
use sha2::{Digest, Sha256};
use tar::{EntryType, Header};
use tempfile::TempDir;

use crate::archives::{entries, head, put_together};
use crate::harness::{House, alur, run};
use crate::whole_office::back_up;

/// What the program may hold in memory at most while it refuses, in KiB.
const MOST: u64 = 128 * 1024;
/// A part that is far longer than that. On the disk it is a hole.
const HUGE: u64 = 1 << 30;

/// What came of it: what was said, and the peak of its resident memory in KiB.
struct Refused {
    said: String,
    peak: u64,
}

fn restore(archive: &Path, data: &Path, arguments: &[&str]) -> Refused {
    let mut program = alur(data);
    program.arg("restore").arg(archive).args(arguments).stdout(Stdio::null()).stderr(Stdio::piped());
    let mut child = program.spawn().unwrap();
    let peak = peak_of(&mut child);
    let output = child.wait_with_output().unwrap();
    assert!(!output.status.success(), "{}", archive.display());
    Refused { said: String::from_utf8(output.stderr).unwrap(), peak }
}

/// The system keeps the peak itself; it only has to be read before the program has ended.
fn peak_of(child: &mut Child) -> u64 {
    let (status, mut peak) = (format!("/proc/{}/status", child.id()), 0);
    while child.try_wait().unwrap().is_none() {
        let text = std::fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let now = line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok());
        peak = peak.max(now.unwrap_or_default());
        std::thread::yield_now();
    }
    peak
}

fn refused(what: &str, archive: &Path, words: &str, arguments: &[&str]) {
    let folder = TempDir::new().unwrap();
    let data = folder.path().join("baru");
    let Refused { said, peak } = restore(archive, &data, arguments);
    println!("{what}: {} MiB; {}", peak / 1024, said.trim());
    assert!(said.starts_with("alur: arsip") && said.trim_end().lines().count() == 1, "{what}: {said}");
    assert!(said.contains(words), "{what}: {said}");
    assert!(said.len() < 400, "{what}: {said}");
    assert!(peak > 0 && peak < MOST, "{what}: {peak} KiB");
    assert!(!data.exists(), "{what}");
}

/// A head with this kind, if not that of an ordinary file, and after it what is told, or a hole.
fn one(to: &Path, mut header: Header, kind: Option<EntryType>, content: &[u8], length: u64) {
    if let Some(kind) = kind {
        header.set_entry_type(kind);
    }
    header.set_cksum();
    let mut file = File::create(to).unwrap();
    file.write_all(header.as_bytes()).unwrap();
    file.write_all(content).unwrap();
    file.set_len(512 + length.next_multiple_of(512) + 1024).unwrap();
}

#[test]
fn what_is_no_ordinary_file_is_refused_by_its_head() {
    let folder = TempDir::new().unwrap();
    let archive = folder.path().join("arsip.tar");
    let kinds = [
        ("a link", EntryType::Symlink),
        ("a hard link", EntryType::Link),
        ("a folder", EntryType::Directory),
        ("a device", EntryType::Char),
        ("a pipe", EntryType::Fifo),
        ("an unknown kind", EntryType::new(b'Z')),
        ("a long name", EntryType::GNULongName),
        ("a long link", EntryType::GNULongLink),
        ("pax", EntryType::XHeader),
        ("pax for all", EntryType::XGlobalHeader),
    ];
    for (what, kind) in kinds {
        one(&archive, head("log.jsonl", HUGE), Some(kind), b"30 GNU.sparse.realsize=9999999\n", HUGE);
        refused(what, &archive, "bukan berkas biasa", &["--unsigned"]);
    }
    sparse(&archive);
    assert!(std::fs::metadata(&archive).unwrap().len() < 3000);
    refused("holes", &archive, "bukan berkas biasa", &["--unsigned"]);
}

/// 1.5 KB that stand for 3 GiB of zeros in the log.
fn sparse(to: &Path) {
    let mut header = head("log.jsonl", 0);
    let gnu = header.as_gnu_mut().unwrap();
    gnu.realsize.copy_from_slice(b"30000000000\0");
    gnu.sparse[0].offset.copy_from_slice(b"30000000000\0");
    gnu.sparse[0].numbytes.copy_from_slice(b"00000000000\0");
    one(to, header, Some(EntryType::GNUSparse), b"", 0);
}

#[test]
fn names_that_lead_elsewhere_or_come_twice_are_refused() {
    let folder = TempDir::new().unwrap();
    let archive = folder.path().join("arsip.tar");
    let names = [
        ("../keluar", "berkepala yang tidak ditulis Alur"),
        ("/etc/passwd", "berkepala yang tidak ditulis Alur"),
        ("files/../../keluar", "berkepala yang tidak ditulis Alur"),
        ("tables/../log.jsonl", "berkepala yang tidak ditulis Alur"),
        ("files/a/b", "bukan nama berkas kantor"),
        ("files/.unggah", "bukan nama berkas kantor"),
        ("tables/A.jsonl", "tidak dikenal di tempat itu"),
        ("x\u{1b}[2J", "tidak dikenal di tempat itu"),
    ];
    for (name, words) in names {
        let mut header = head("log.jsonl", 0);
        header.as_old_mut().name = [0; 100];
        header.as_old_mut().name[..name.len()].copy_from_slice(name.as_bytes());
        one(&archive, header, None, b"", 0);
        refused(name, &archive, words, &["--unsigned"]);
    }
    let empty = format!("files/{:x}", Sha256::digest(b""));
    for name in ["log.jsonl", "tables/account.jsonl", &empty] {
        put_together(&archive, &[(name.to_owned(), Vec::new()), (name.to_owned(), Vec::new())]);
        refused(name, &archive, "dua kali", &["--unsigned"]);
    }
    put_together(&archive, &[("manifest.json".to_owned(), b"{}".to_vec()), (empty, Vec::new())]);
    refused("behind the manifest", &archive, "sesudah akhir", &["--unsigned"]);
}

#[test]
fn endless_parts_and_millions_of_entries_take_no_memory() {
    let folder = TempDir::new().unwrap();
    let archive = folder.path().join("arsip.tar");
    for name in ["log.jsonl", "tables/draft.jsonl"] {
        one(&archive, head(name, HUGE), None, b"", HUGE);
        refused(name, &archive, "tanpa manifest", &["--unsigned"]);
    }
    one(&archive, head("log.jsonl", HUGE << 20), None, b"", 4096);
    refused("a length that is not there", &archive, "berhenti sebelum selesai", &["--unsigned"]);
    one(&archive, head("manifest.json", HUGE), None, b"{}", HUGE);
    refused("a manifest", &archive, "terlalu panjang", &["--unsigned"]);
    let mut file = BufWriter::new(File::create(&archive).unwrap());
    for n in 0..300_000 {
        let name = format!("files/{n:064x}.unggah");
        file.write_all(head(&name, 0).as_bytes()).unwrap();
    }
    file.write_all(&[0; 1024]).unwrap();
    drop(file);
    refused("300,000 entries", &archive, "tanpa manifest", &["--unsigned"]);
    let mut file = BufWriter::new(File::create(&archive).unwrap());
    for n in 0..1000 {
        let table: String = format!("{n:03}").bytes().map(|digit| char::from(digit - b'0' + b'a')).collect();
        file.write_all(head(&format!("tables/{table}.jsonl"), 0).as_bytes()).unwrap();
    }
    drop(file);
    refused("1,000 tables", &archive, "tidak dikenal", &["--unsigned"]);
    let secret = folder.path().join("kunci.txt");
    let identity = age::x25519::Identity::generate();
    std::fs::write(&secret, age::secrecy::ExposeSecret::expose_secret(&identity.to_string())).unwrap();
    let mut file = File::create(&archive).unwrap();
    file.write_all(b"age-encryption.org/v1\n-> X25519 aaaa\n").unwrap();
    file.set_len(HUGE).unwrap();
    let arguments = ["--unsigned", "--identity", secret.to_str().unwrap()];
    refused("an encrypted one without an end of its head", &archive, "kepalanya rusak", &arguments);
}

/// With a manifest that fits, so that it is read as an office because somebody insists.
#[test]
fn hostile_rows_are_refused_even_if_somebody_insists() {
    run(async || {
        let house = House::on_disk().await;
        let genuine = entries(&back_up(&house).await);
        let folder = TempDir::new().unwrap();
        let archive = folder.path().join("arsip.tar");
        let long = vec![b'x'; 40 << 20];
        let deep = [vec![b'['; 1 << 20], vec![b'\n']].concat();
        let cases: [(&str, &str, &[u8], &str); 4] = [
            ("a row without end", "tables/draft.jsonl", &long, "terlalu panjang"),
            ("a row without ground", "tables/draft.jsonl", &deep, "baris 1"),
            ("a log without end", "log.jsonl", &long, "terlalu panjang"),
            ("a table of nobody", "tables/lain.jsonl", b"{\"id\":1}\n", "tidak dikenal program ini"),
        ];
        for (what, part, bytes, words) in cases {
            let mut changed = genuine.clone();
            set_part(&mut changed, part, bytes);
            put_together(&archive, &changed);
            refused(what, &archive, words, &["--unsigned"]);
            let key = OfficeKey::of(house.data()).unwrap().public().to_string();
            refused(what, &archive, "palsu", &["--key", &key]);
        }
    });
}

fn set_part(entries: &mut Vec<(String, Vec<u8>)>, part: &str, bytes: &[u8]) {
    match entries.iter_mut().find(|(name, _)| name == part) {
        Some(entry) => entry.1 = bytes.to_vec(),
        None => entries.insert(1, (part.to_owned(), bytes.to_vec())),
    }
    let manifest = &mut entries.iter_mut().find(|(name, _)| name == "manifest.json").unwrap().1;
    let mut told: serde_json::Value = serde_json::from_slice(manifest).unwrap();
    let lines = bytes.iter().filter(|byte| **byte == b'\n').count();
    told["parts"][part] =
        serde_json::json!({ "count": lines, "sha256": format!("{:x}", Sha256::digest(bytes)) });
    *manifest = serde_json::to_vec(&told).unwrap();
}
