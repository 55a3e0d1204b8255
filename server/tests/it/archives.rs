//! Archives are genuine: signed by the office, whole to the last byte, and readable for ever.

use std::fs::File;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

use services::backup::{
    BackupError, ClaimedKey, Identity, KEY_FILE, OfficeKey, PublicKey, Restored, Seal, Source, Trust, Whole,
    check, encrypt,
};
use sha2::{Digest, Sha256};
use tempfile::TempDir;

use crate::harness::{House, now, run};
use crate::whole_office::{any, back_up, busy_office, database, open_again};

async fn restore(archive: &Path, data: &Path, trust: &Trust) -> Result<Restored, BackupError> {
    let source = Source::open(archive, None).unwrap();
    services::backup::restore(source, data, &database(data), trust, now()).await
}

fn key_of(house: &House) -> PublicKey {
    OfficeKey::of(house.data()).unwrap().public()
}

/// The entries of an archive, for putting it together otherwise.
pub(crate) fn entries(archive: &Path) -> Vec<(String, Vec<u8>)> {
    let mut tar = tar::Archive::new(File::open(archive).unwrap());
    let read = |entry: std::io::Result<tar::Entry<'_, File>>| {
        let mut entry = entry.unwrap();
        let name = entry.path().unwrap().to_string_lossy().into_owned();
        let mut bytes = Vec::new();
        std::io::copy(&mut entry, &mut bytes).unwrap();
        (name, bytes)
    };
    tar.entries().unwrap().map(read).collect()
}

pub(crate) fn head(name: &str, size: u64) -> tar::Header {
    let mut header = tar::Header::new_gnu();
    header.set_size(size);
    header.set_mode(0o600);
    header.set_mtime(u64::try_from(now().timestamp()).unwrap());
    header.set_path(name).unwrap();
    header.set_cksum();
    header
}

pub(crate) fn put_together(to: &Path, entries: &[(String, Vec<u8>)]) {
    let mut tar = tar::Builder::new(File::create(to).unwrap());
    for (name, bytes) in entries {
        tar.append(&head(name, bytes.len() as u64), &**bytes).unwrap();
    }
    tar.into_inner().unwrap().sync_all().unwrap();
}

#[test]
fn an_archive_says_who_made_it_and_strangers_are_refused() {
    run(async || {
        let house = House::on_disk().await;
        let archive = back_up(&house).await;
        let key = key_of(&house);
        assert_eq!(Whole::of(&Source::open(&archive, None).unwrap()).unwrap().seal, Seal::Of(key));
        let folder = TempDir::new().unwrap();
        let data = folder.path().join("baru");
        let refused = restore(&archive, &data, &Trust::default()).await.unwrap_err();
        let said = refused.to_string();
        assert!(matches!(refused, BackupError::Stranger(_)), "{said}");
        assert!(said.contains(&key.fingerprint().to_string()) && !said.contains('\n'), "{said}");
        assert!(!data.exists(), "nothing was touched");
        let told: ClaimedKey = key.fingerprint().to_string().parse().unwrap();
        let trust = Trust { key: Some(told), unsigned: false };
        let restored = restore(&archive, &data, &trust).await.unwrap();
        let words = restored.to_string();
        assert!(
            words.contains(&key.fingerprint().to_string()) && words.contains("7 Januari 2027"),
            "{words}"
        );
        assert!(!data.join(KEY_FILE).exists(), "the secret key is not in the archive");
        // A folder that holds the key of another office.
        let other = folder.path().join("lain");
        std::fs::create_dir(&other).unwrap();
        OfficeKey::of(&other).unwrap();
        assert!(matches!(restore(&archive, &other, &Trust::default()).await, Err(BackupError::Stranger(_))));
        assert!(restore(&archive, &other, &trust).await.is_ok());
    });
}

#[test]
fn the_secret_key_is_in_no_archive() {
    run(async || {
        let house = busy_office().await;
        let archive = std::fs::read(back_up(&house).await).unwrap();
        let secret = std::fs::read_to_string(house.data().join(KEY_FILE)).unwrap();
        let there = |text: &[u8]| archive.windows(text.len()).any(|window| window == text);
        assert!(!there(secret.trim().as_bytes()));
        assert!(there(key_of(&house).to_string().as_bytes()), "but its public part");
    });
}

#[test]
fn without_a_signature_or_with_a_wrong_one_it_must_be_said() {
    run(async || {
        let house = House::on_disk().await;
        let archive = back_up(&house).await;
        let folder = TempDir::new().unwrap();
        let (changed, data) = (folder.path().join("ubah.tar"), folder.path().join("baru"));
        let key = Trust { key: key_of(&house).to_string().parse().ok(), unsigned: false };
        let mut unsigned = entries(&archive);
        assert_eq!(unsigned.pop().unwrap().0, "signature.json");
        put_together(&changed, &unsigned);
        let refused = restore(&changed, &data, &key).await.unwrap_err();
        assert!(refused.to_string().contains("tidak bertanda tangan"), "{refused}");
        assert!(refused.to_string().contains("--unsigned"), "{refused}");
        // Other accounts, with a manifest that fits them, under the office's signature.
        let swapped = with_other_accounts(entries(&archive));
        put_together(&changed, &swapped);
        let refused = restore(&changed, &data, &key).await.unwrap_err();
        assert!(refused.to_string().contains("tanda tangan palsu"), "{refused}");
        assert!(!data.exists());
        let restored = restore(&changed, &data, &any()).await.unwrap();
        assert!(restored.to_string().contains("tanda tangannya palsu"), "{restored}");
    });
}

fn with_other_accounts(mut entries: Vec<(String, Vec<u8>)>) -> Vec<(String, Vec<u8>)> {
    const ACCOUNTS: &str = "tables/account.jsonl";
    let accounts = entries.iter_mut().find(|(name, _)| name == ACCOUNTS).unwrap();
    let text = String::from_utf8(accounts.1.clone()).unwrap();
    let changed = text.replacen("\"admin\":false", "\"admin\":true", 1);
    assert_ne!(text, changed);
    accounts.1 = changed.into_bytes();
    let sha256 = format!("{:x}", Sha256::digest(&accounts.1));
    let manifest = entries.iter_mut().find(|(name, _)| name == "manifest.json").unwrap();
    let mut told: serde_json::Value = serde_json::from_slice(&manifest.1).unwrap();
    told["parts"][ACCOUNTS]["sha256"] = sha256.into();
    manifest.1 = serde_json::to_vec_pretty(&told).unwrap();
    entries
}

#[test]
fn one_changed_byte_anywhere_is_found_out() {
    run(async || {
        let house = busy_office().await;
        let archive = back_up(&house).await;
        let (whole, key) = (std::fs::read(&archive).unwrap(), key_of(&house));
        let file = File::options().read(true).write(true).open(&archive).unwrap();
        let source = Source::open(&archive, None).unwrap();
        // Every byte of a head, of what stands behind a part, of manifest, signature and end, and
        // of the rest every so many.
        let tail = whole.len().saturating_sub(5 * 1024);
        let places = (0..tail).filter(|at| *at < 512 || at % 211 == 0).chain(tail..whole.len());
        let mut tried = 0;
        for at in places {
            let bits: &[u8] = if at < whole.len() - 2048 { &[1] } else { &[1, 0x20] };
            for bit in bits {
                file.write_all_at(&[whole[at] ^ bit], at as u64).unwrap();
                if let Ok(Whole { seal, .. }) = Whole::of(&source) {
                    assert_ne!(seal, Seal::Of(key), "byte {at} of {}", whole.len());
                }
                tried += 1;
            }
            file.write_all_at(&whole[at..=at], at as u64).unwrap();
        }
        println!("{tried} changes of one byte in {} bytes, all found out", whole.len());
        assert_eq!(Whole::of(&source).unwrap().seal, Seal::Of(key), "unchanged it is genuine");
        for longer in [&b"\0"[..], &[0; 512], b"x"] {
            file.write_all_at(longer, whole.len() as u64).unwrap();
            assert!(Whole::of(&source).is_err(), "something behind the end");
            file.set_len(whole.len() as u64).unwrap();
        }
    });
}

#[test]
fn an_archive_of_the_first_form_is_still_restored() {
    run(async || {
        let archive = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden/archives/format-1.tar");
        let folder = TempDir::new().unwrap();
        let data = folder.path().join("baru");
        let refused = restore(&archive, &data, &Trust::default()).await.unwrap_err();
        assert!(refused.to_string().contains("tidak bertanda tangan"), "{refused}");
        let restored = restore(&archive, &data, &any()).await.unwrap();
        let words = restored.to_string();
        assert!(words.contains("link (arsip bentuk lama belum memuatnya)"), "{words}");
        let store = open_again(&data).await;
        let lines = entries(&archive);
        let count = |part: &str| {
            let lines = lines.iter().find(|(name, _)| name == part).unwrap();
            lines.1.iter().filter(|byte| **byte == b'\n').count()
        };
        assert_eq!(store.accounts().await.unwrap().len(), count("accounts.jsonl"));
        assert_eq!(store.addresses().await.unwrap().len(), count("addresses.jsonl"));
        assert_eq!(store.all_letters().await.unwrap().len(), count("outbox.jsonl"));
        assert_eq!(store.entries_after(0, 100_000).await.unwrap().len(), count("log.jsonl"));
        let files = store.files().await.unwrap();
        assert_eq!(files.len(), count("files.jsonl"));
        for file in files {
            let bytes = std::fs::read(data.join("files").join(&file.view.sha256)).unwrap();
            assert_eq!(format!("{:x}", Sha256::digest(&bytes)), file.view.sha256);
        }
    });
}

#[test]
fn an_encrypted_archive_opens_for_its_recipient_only() {
    run(async || {
        let house = House::on_disk().await;
        let archive = back_up(&house).await;
        let folder = TempDir::new().unwrap();
        let sealed = folder.path().join("arsip.tar.age");
        let (mine, other) = (folder.path().join("kunci.txt"), folder.path().join("lain.txt"));
        let identity = age::x25519::Identity::generate();
        let secret = |identity: &age::x25519::Identity| {
            use age::secrecy::ExposeSecret;
            format!("# dibuat\n{}\n", identity.to_string().expose_secret())
        };
        std::fs::write(&mine, secret(&identity)).unwrap();
        std::fs::write(&other, secret(&age::x25519::Identity::generate())).unwrap();
        let recipient = identity.to_public().to_string().parse().unwrap();
        encrypt(File::open(&archive).unwrap(), File::create(&sealed).unwrap(), &recipient).unwrap();
        let bytes = std::fs::read(&sealed).unwrap();
        assert!(!bytes.windows(9).any(|window| window == b"log.jsonl"));
        let open =
            |key: Option<&Path>| Source::open(&sealed, key.map(|key| Identity::read(key).unwrap())).unwrap();
        assert_eq!(check(&open(Some(&mine))).unwrap().1, *house.opened.deps.desk.office());
        let refused = |key: Option<&Path>| check(&open(key)).unwrap_err().to_string();
        assert!(refused(None).contains("sebutkan kunci penerimanya dengan --identity"), "{}", refused(None));
        assert!(refused(Some(&other)).contains("bukan kunci penerimanya"), "{}", refused(Some(&other)));
        for length in [100, 1000, bytes.len() / 2, bytes.len() - 1] {
            std::fs::write(&sealed, &bytes[..length]).unwrap();
            let said = refused(Some(&mine));
            assert!(said.starts_with("arsip ") && !said.contains('\n'), "{length}: {said}");
        }
        let mut changed = bytes.clone();
        changed[bytes.len() / 2] ^= 1;
        std::fs::write(&sealed, &changed).unwrap();
        assert!(refused(Some(&mine)).starts_with("arsip tidak utuh"));
        std::fs::write(&other, "bukan kunci").unwrap();
        assert!(Identity::read(&other).is_err());
    });
}
