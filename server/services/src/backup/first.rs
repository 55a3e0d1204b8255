//! Archives of the first form, as the program wrote them until it signed: some tables, each in a
//! shape of its own, and no signature. They stay restorable.

use std::collections::{BTreeMap, HashMap};
use std::io::Read;

use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::lines::Lines;
use super::{BackupError, LOG, Manifest, Part};
use crate::account::Account;
use crate::store::Hash;
use crate::store::Store;
use crate::store::address::KeptAddress;
use crate::store::file::KeptFile;
use crate::store::outbox::KeptLetter;
use crate::token::TokenHash;

const ACCOUNTS: &str = "accounts.jsonl";
const ADDRESSES: &str = "addresses.jsonl";
const OUTBOX: &str = "outbox.jsonl";
const FILES: &str = "files.jsonl";

/// The parts that only this form has.
pub(super) const PARTS: [&str; 4] = [ACCOUNTS, ADDRESSES, OUTBOX, FILES];

/// What such archives never held.
const LEFT_OUT: [&str; 7] = ["automatic", "display", "draft", "feed", "ladder", "link", "session"];

/// Reads its manifest.
pub(super) fn manifest(text: &[u8]) -> Result<Manifest, serde_json::Error> {
    #[derive(Deserialize)]
    struct FirstManifest {
        format: u32,
        program: String,
        schema: u32,
        made_at: DateTime<Utc>,
        log: Part,
        last_hash: Hash,
        accounts: Part,
        files: Part,
        #[serde(default)]
        addresses: Option<Part>,
        #[serde(default)]
        outbox: Option<Part>,
    }
    let FirstManifest {
        format,
        program,
        schema,
        made_at,
        log,
        last_hash,
        accounts,
        files,
        addresses,
        outbox,
    } = serde_json::from_slice(text)?;
    let parts = [
        (LOG, Some(log)),
        (ACCOUNTS, Some(accounts)),
        (FILES, Some(files)),
        (ADDRESSES, addresses),
        (OUTBOX, outbox),
    ];
    let parts: BTreeMap<_, _> =
        parts.into_iter().filter_map(|(name, part)| Some((name.to_owned(), part?))).collect();
    let why = "arsip bentuk lama belum memuatnya";
    let left_out = LEFT_OUT.iter().map(|table| ((*table).to_owned(), why.to_owned())).collect();
    Ok(Manifest { format, program, schema, made_at, last_hash, parts, files: None, left_out })
}

/// What a part holds, in its own shape.
pub(super) enum Rows {
    Accounts(Vec<Account>),
    Addresses(Vec<KeptAddress>),
    Outbox(Vec<KeptLetter>),
    Files(Vec<KeptFile>),
}

impl Rows {
    /// Reads a part.
    pub(super) fn of(part: &str, bytes: impl Read) -> Result<Self, BackupError> {
        let lines = Lines::new(part, bytes);
        match part {
            ACCOUNTS => all(lines).map(Self::Accounts),
            ADDRESSES => all(lines).map(Self::Addresses),
            OUTBOX => all(lines).map(Self::Outbox),
            _ => all(lines).map(Self::Files),
        }
    }

    /// Writes it into a database.
    pub(super) async fn put(self, store: &Store) -> Result<(), BackupError> {
        match self {
            Self::Accounts(accounts) => {
                for account in &accounts {
                    store.add_account(account).await?;
                }
            }
            Self::Addresses(addresses) => {
                for KeptAddress { of, mail } in &addresses {
                    store.put_address(of, mail).await?;
                }
            }
            Self::Outbox(letters) => {
                for letter in &letters {
                    store.put_letter(letter).await?;
                }
            }
            Self::Files(files) => {
                for file in &files {
                    store.note_file(file).await?;
                }
            }
        }
        Ok(())
    }
}

/// Reads a part, and notes the files that it lists.
pub(super) fn read(
    part: &str,
    bytes: &mut dyn Read,
    listed: &mut HashMap<TokenHash, u64>,
) -> Result<(), BackupError> {
    if !PARTS.contains(&part) {
        return Ok(());
    }
    if let Rows::Files(files) = Rows::of(part, bytes)? {
        let sizes = files.iter().map(|file| Some((TokenHash::from_hex(&file.view.sha256)?, file.view.size)));
        listed.extend(sizes.flatten());
    }
    Ok(())
}

fn all<T: serde::de::DeserializeOwned>(mut lines: Lines<impl Read>) -> Result<Vec<T>, BackupError> {
    let mut rows = Vec::new();
    while let Some(row) = lines.next()? {
        rows.push(row);
    }
    Ok(rows)
}
