//! An archive as bytes: form, order, hashes and signature, in the same small memory whatever comes.

use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Read};

use sha2::{Digest, Sha256};

use super::tape::{Item, each, odd};
use super::{
    BackupError, FOLDER, FORMAT, LOG, MANIFEST, Manifest, Part, PublicKey, SIGNATURE, Signature, Source,
    first, table_of,
};
use crate::files::begun::{PIECES, key_of};
use crate::store::schema;
use crate::token::{TokenHash, hex};

/// Longest manifest, in bytes: a hundred tables need a tenth of it.
const LONGEST_MANIFEST: u64 = 256 * 1024;
/// Longest signature.
const LONGEST_SIGNATURE: u64 = 4 * 1024;
/// Most parts beside the files.
const MOST_PARTS: usize = 100;

/// An archive whose bytes are those that were written.
#[derive(Debug)]
pub struct Whole {
    /// What it holds.
    pub manifest: Manifest,
    /// Who signed it.
    pub seal: Seal,
}

/// Whose signature an archive carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seal {
    /// Nobody's.
    None,
    /// One that does not fit what it should be under.
    Wrong,
    /// That of the office with this key.
    Of(PublicKey),
}

impl Whole {
    /// Reads every byte of an archive and compares it with its manifest.
    ///
    /// # Errors
    /// [`BackupError`] with the first thing that is not as it should be.
    pub fn of(source: &Source) -> Result<Self, BackupError> {
        let mut found = Found::default();
        each(source.bytes()?, |item| found.take(item))?;
        found.compare()
    }
}

/// What was found in an archive so far.
#[derive(Default)]
struct Found {
    parts: BTreeMap<String, Part>,
    /// The list of files: how many, and its hash so far.
    files: (u64, Sha256),
    last_file: String,
    made: Option<u64>,
    manifest: Option<Vec<u8>>,
    signature: Option<Signature>,
}

impl Found {
    fn take(&mut self, item: Item<'_>) -> Result<(), BackupError> {
        let Item { name, size, made, bytes } = item;
        if *self.made.get_or_insert(made) != made {
            return Err(odd(name, "berasal dari saat lain"));
        }
        if self.signature.is_some() || (self.manifest.is_some() && name != SIGNATURE) {
            return Err(odd(name, "berada sesudah akhir"));
        }
        match name {
            MANIFEST => self.manifest = Some(short(name, size, LONGEST_MANIFEST, bytes)?),
            SIGNATURE if self.manifest.is_some() => {
                let text = short(name, size, LONGEST_SIGNATURE, bytes)?;
                self.signature = Some(Signature::read(&text).ok_or_else(|| odd(name, "tidak terbaca"))?);
            }
            _ => match name.strip_prefix(FOLDER).and_then(|name| name.strip_prefix('/')) {
                Some(file) => self.file(name, file, bytes)?,
                None => self.part(name, bytes)?,
            },
        }
        Ok(())
    }

    fn file(&mut self, name: &str, file: &str, bytes: &mut dyn Read) -> Result<(), BackupError> {
        // In order, so that none comes twice, without a list of them.
        if file <= &*self.last_file {
            return Err(odd(name, "ada dua kali atau tidak pada urutannya"));
        }
        let sha256 = digest(bytes)?;
        let (key, is_piece) = match file.strip_suffix(PIECES).and_then(|file| file.strip_suffix('.')) {
            Some(stem) => (key_of(stem), true),
            None => (file, false),
        };
        if !is_hash(key) {
            return Err(odd(name, "bukan nama berkas kantor"));
        }
        if !is_piece && sha256 != key {
            return Err(odd(name, "tidak sesuai dengan SHA-256-nya"));
        }
        file.clone_into(&mut self.last_file);
        self.files.0 += 1;
        self.files.1.update(listed(&sha256, file));
        Ok(())
    }

    fn part(&mut self, name: &str, bytes: &mut dyn Read) -> Result<(), BackupError> {
        if self.files.0 > 0 || self.parts.len() == MOST_PARTS || !is_part(name) {
            return Err(odd(name, "tidak dikenal di tempat itu"));
        }
        if self.parts.insert(name.to_owned(), summary(bytes)?).is_some() {
            return Err(odd(name, "ada dua kali"));
        }
        Ok(())
    }

    fn compare(self) -> Result<Whole, BackupError> {
        let fault = |text: &str| Err(BackupError::Part(text.to_owned()));
        let Some(text) = self.manifest else { return fault("berhenti sebelum selesai (tanpa manifest)") };
        let manifest = read_manifest(&text)?;
        for name in manifest.parts.keys().chain(self.parts.keys()) {
            if manifest.parts.get(name) != self.parts.get(name) {
                return Err(odd(name, "tidak sesuai dengan manifest"));
            }
        }
        let files = Part { count: self.files.0, sha256: hex(&self.files.1.finalize()) };
        if manifest.files.as_ref().is_some_and(|told| *told != files) {
            return fault("ada berkas yang hilang, berlebih atau berbeda dari manifest");
        }
        if self.made != u64::try_from(manifest.made_at.timestamp()).ok() {
            return fault("berasal dari saat lain daripada manifestnya");
        }
        let seal = match self.signature {
            None => Seal::None,
            Some(Signature { key, signature }) => match PublicKey::read(&key) {
                Some(key) if key.signed(&text, &signature) => Seal::Of(key),
                _ => Seal::Wrong,
            },
        };
        Ok(Whole { manifest, seal })
    }
}

fn read_manifest(text: &[u8]) -> Result<Manifest, BackupError> {
    #[derive(serde::Deserialize)]
    struct Form {
        format: u32,
        program: String,
        schema: u32,
    }
    let unreadable = |source| BackupError::Line { part: MANIFEST.to_owned(), line: 1, source };
    let Form { format, program, schema } = serde_json::from_slice(text).map_err(unreadable)?;
    if format > FORMAT || schema > schema::version() {
        let program = program.chars().take(40).flat_map(char::escape_default).collect();
        return Err(BackupError::Newer { program });
    }
    match format {
        1 => first::manifest(text).map_err(unreadable),
        _ => serde_json::from_slice(text).map_err(unreadable),
    }
}

fn is_part(name: &str) -> bool {
    let word = |table: &str| table.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    name == LOG || table_of(name).is_some_and(word) || first::PARTS.contains(&name)
}

fn is_hash(text: &str) -> bool {
    TokenHash::from_hex(text).is_some_and(|hash| hash.as_hex() == text)
}

/// A line of the list of files.
pub(super) fn listed(sha256: &str, file: &str) -> String {
    format!("{sha256}  {file}\n")
}

fn short(name: &str, size: u64, longest: u64, bytes: &mut dyn Read) -> Result<Vec<u8>, BackupError> {
    if size > longest {
        return Err(odd(name, "terlalu panjang"));
    }
    let mut text = Vec::new();
    bytes.read_to_end(&mut text)?;
    Ok(text)
}

fn digest(bytes: &mut dyn Read) -> io::Result<String> {
    let mut sha256 = Sha256::new();
    io::copy(bytes, &mut sha256)?;
    Ok(hex(&sha256.finalize()))
}

fn summary(bytes: &mut dyn Read) -> io::Result<Part> {
    let (mut sha256, mut count) = (Sha256::new(), 0);
    let mut bytes = BufReader::new(bytes);
    loop {
        let step = bytes.fill_buf()?;
        if step.is_empty() {
            return Ok(Part { count, sha256: hex(&sha256.finalize()) });
        }
        count += step.iter().filter(|byte| **byte == b'\n').count() as u64;
        sha256.update(step);
        let length = step.len();
        bytes.consume(length);
    }
}
