//! The key with which the office signs its archives, and what people compare of it.

use std::fmt;
use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::str::FromStr;

use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use sha2::{Digest, Sha256};

use super::BackupError;
use crate::token::{Token, TokenHash, hex};

/// The file in the data folder that holds the secret part. It is never in an archive.
pub const KEY_FILE: &str = "kunci-kantor";

/// What is signed begins so, that no other text of the office can pass for a manifest.
const CONTEXT: &[u8] = b"alur archive\n";

/// The office's key, with its secret part.
pub struct OfficeKey(SigningKey);

/// The public part of an office's key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PublicKey(VerifyingKey);

/// A short name of a public key: the first half of its SHA-256.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fingerprint([u8; 16]);

/// What a person says of the key that must have signed: all of it, or its fingerprint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClaimedKey {
    /// The whole public part.
    Whole([u8; 32]),
    /// The fingerprint.
    Short(Fingerprint),
}

impl OfficeKey {
    /// The key of this data folder; made if there is none yet.
    ///
    /// # Errors
    /// If it can neither be read nor made, or is not for the owner's eyes only.
    pub fn of(data: &Path) -> Result<Self, BackupError> {
        if let Some(key) = Self::read(data)? {
            return Ok(key);
        }
        let path = data.join(KEY_FILE);
        make(data, &path).map_err(BackupError::file(&path))?;
        Self::read(data)?.ok_or(BackupError::Key { path, why: "hilang begitu dibuat" })
    }

    /// The key of this data folder, if there is one.
    ///
    /// # Errors
    /// As [`OfficeKey::of`].
    pub fn read(data: &Path) -> Result<Option<Self>, BackupError> {
        let path = data.join(KEY_FILE);
        let text = match std::fs::read_to_string(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            text => text.map_err(BackupError::file(&path))?,
        };
        let mode = std::fs::metadata(&path).map_err(BackupError::file(&path))?.permissions().mode();
        if mode & 0o077 != 0 {
            return Err(BackupError::Key { path, why: "harus hanya terbaca pemiliknya (chmod 600)" });
        }
        match bytes(text.trim()) {
            Some(secret) => Ok(Some(Self(SigningKey::from_bytes(&secret)))),
            None => Err(BackupError::Key { path, why: "rusak: isinya bukan kunci" }),
        }
    }

    /// The public part.
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key())
    }

    /// Signs a manifest; the signature in hex.
    pub(super) fn sign(&self, manifest: &[u8]) -> String {
        hex(&self.0.sign(&[CONTEXT, manifest].concat()).to_bytes())
    }
}

impl PublicKey {
    /// Reads [`PublicKey`]'s text.
    pub(super) fn read(text: &str) -> Option<Self> {
        VerifyingKey::from_bytes(&bytes(text)?).ok().map(Self)
    }

    /// Whether it signed this manifest.
    pub(super) fn signed(&self, manifest: &[u8], signature: &str) -> bool {
        let halves = signature.split_at_checked(64).and_then(|(r, s)| Some((bytes(r)?, bytes(s)?)));
        let Some((r, s)) = halves else { return false };
        let signature = Signature::from_components(r, s);
        self.0.verify_strict(&[CONTEXT, manifest].concat(), &signature).is_ok()
    }

    /// Its short name.
    pub fn fingerprint(&self) -> Fingerprint {
        let mut short = [0; 16];
        short.copy_from_slice(&Sha256::digest(self.0.as_bytes())[..16]);
        Fingerprint(short)
    }

    /// Whether it is the one that a person said.
    pub fn is(&self, told: &ClaimedKey) -> bool {
        match told {
            ClaimedKey::Whole(key) => self.0.as_bytes() == key,
            ClaimedKey::Short(fingerprint) => self.fingerprint() == *fingerprint,
        }
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex(self.0.as_bytes()))
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, pair) in self.0.chunks(2).enumerate() {
            write!(f, "{}{}", if at == 0 { "" } else { "-" }, hex(pair))?;
        }
        Ok(())
    }
}

impl FromStr for ClaimedKey {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let plain: String = text.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
        let plain = plain.to_ascii_lowercase();
        match plain.len() {
            32 => {
                let key = bytes(&format!("{plain}{}", "0".repeat(32)));
                let half = key.and_then(|key| <[u8; 16]>::try_from(&key[..16]).ok());
                half.map(|half| Self::Short(Fingerprint(half)))
            }
            _ => bytes(&plain).map(Self::Whole),
        }
        .ok_or("tulis sidik jari atau kunci publik seperti dicetak oleh `alur key`")
    }
}

/// Makes a key. If another program is faster, its key stays.
fn make(data: &Path, path: &Path) -> io::Result<()> {
    let secret = Token::fresh().map_err(io::Error::other)?;
    let name = Token::fresh().map_err(io::Error::other)?.reveal();
    let fresh = Fresh(data.join(format!("{KEY_FILE}-{name}")));
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&fresh.0)?;
    writeln!(file, "{}", secret.reveal())?;
    file.sync_all()?;
    match std::fs::hard_link(&fresh.0, path) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
        _ => File::open(data)?.sync_all(),
    }
}

/// A file that loses this name again.
struct Fresh(PathBuf);

impl Drop for Fresh {
    fn drop(&mut self) {
        // It has its proper name by now, or the making failed and says so.
        let _ = std::fs::remove_file(&self.0);
    }
}

fn bytes(text: &str) -> Option<[u8; 32]> {
    TokenHash::from_hex(text).filter(|hash| hash.as_hex() == text).map(TokenHash::bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_made_once_and_for_the_owner_alone() {
        let folder = tempfile::TempDir::new().unwrap();
        assert!(OfficeKey::read(folder.path()).unwrap().is_none());
        let first = OfficeKey::of(folder.path()).unwrap().public();
        assert_eq!(OfficeKey::of(folder.path()).unwrap().public(), first);
        let path = folder.path().join(KEY_FILE);
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing else is left");
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).unwrap();
        assert!(OfficeKey::of(folder.path()).is_err_and(|error| error.to_string().contains("chmod 600")));
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
        std::fs::write(&path, "").unwrap();
        assert!(OfficeKey::of(folder.path()).is_err(), "a damaged key is not replaced in silence");
    }

    #[test]
    fn a_key_is_told_by_all_of_it_or_by_its_fingerprint() {
        let key = OfficeKey(SigningKey::from_bytes(&[7; 32])).public();
        let other = OfficeKey(SigningKey::from_bytes(&[8; 32])).public();
        for text in
            [key.to_string(), key.fingerprint().to_string(), key.fingerprint().to_string().replace('-', " ")]
        {
            let told: ClaimedKey = text.parse().unwrap();
            assert!(key.is(&told) && !other.is(&told), "{text}");
        }
        for wrong in ["", "abcd", "zz", &"g".repeat(64)] {
            assert!(wrong.parse::<ClaimedKey>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn only_the_signed_text_passes() {
        let key = OfficeKey(SigningKey::from_bytes(&[7; 32]));
        let signature = key.sign(b"isi");
        assert!(key.public().signed(b"isi", &signature));
        assert!(!key.public().signed(b"isu", &signature));
        assert!(!OfficeKey(SigningKey::from_bytes(&[8; 32])).public().signed(b"isi", &signature));
        for wrong in ["", "ab", &signature[..127], &"0".repeat(128)] {
            assert!(!key.public().signed(b"isi", wrong), "{wrong}");
        }
    }
}
