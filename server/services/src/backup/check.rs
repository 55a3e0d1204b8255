//! An archive that is whole as an office: chain, rules, rows, and a file for each that is listed.

use std::collections::HashMap;
use std::io::Read;

use domain::log::Recorded;
use domain::office::Office;
use serde_json::Value as Json;

use super::lines::Lines;
use super::tape::{Item, each, odd};
use super::{BackupError, FOLDER, LOG, Manifest, Source, Whole, first, table_of};
use crate::store::Entry;
use crate::store::chain::ChainEnd;
use crate::store::tables::{self, Key, Row};
use crate::token::TokenHash;

/// Checks an archive as bytes and as an office. The office that its log folds to.
///
/// # Errors
/// [`BackupError`] with the first thing that is not as it should be.
pub fn check(source: &Source) -> Result<(Whole, Office), BackupError> {
    let whole = Whole::of(source)?;
    let office = read(source, &whole.manifest)?;
    Ok((whole, office))
}

/// Reads an archive that is whole as an office: the log folded, every row understood, and a file
/// for each that is listed.
pub(super) fn read(source: &Source, manifest: &Manifest) -> Result<Office, BackupError> {
    let mut office = None;
    let (mut listed, mut there) = (HashMap::new(), HashMap::new());
    each(source.bytes()?, |Item { name, size, bytes, .. }| {
        if let Some(sha256) = name.strip_prefix(FOLDER).and_then(|name| name.strip_prefix('/')) {
            there.extend(TokenHash::from_hex(sha256).map(|hash| (hash, size)));
        } else if name == LOG {
            office = Some(fold(bytes, manifest)?);
        } else if let Some(table) = table_of(name) {
            if !tables::kept().any(|known| known == table) {
                return Err(odd(name, "adalah tabel yang tidak dikenal program ini"));
            }
            let mut lines = Lines::new(name, bytes);
            while let Some(row) = lines.next::<Row>()? {
                if table == "file" {
                    listed.extend(size_of(&row));
                }
            }
        } else {
            first::read(name, bytes, &mut listed)?;
        }
        Ok(())
    })?;
    if listed != there {
        return Err(BackupError::Part(
            "ada berkas yang hilang, berlebih atau tidak sesuai ukurannya".to_owned(),
        ));
    }
    office.ok_or_else(|| BackupError::Part("tanpa riwayat".to_owned()))
}

fn fold(bytes: &mut dyn Read, manifest: &Manifest) -> Result<Office, BackupError> {
    let (mut lines, mut end) = (Lines::new(LOG, bytes), ChainEnd::default());
    let mut fault = None;
    let records = std::iter::from_fn(|| match next_record(&mut lines, &mut end) {
        Ok(record) => record,
        Err(error) => {
            fault = Some(error);
            None
        }
    });
    let office = domain::office::replay(records);
    if let Some(fault) = fault {
        return Err(fault);
    }
    if !manifest.ends_at(end.seq, end.hash) {
        return Err(BackupError::Part("akhir riwayat tidak sesuai dengan manifest".to_owned()));
    }
    Ok(office?)
}

fn next_record<R: Read>(lines: &mut Lines<R>, end: &mut ChainEnd) -> Result<Option<Recorded>, BackupError> {
    let Some(entry) = lines.next::<Entry>()? else { return Ok(None) };
    Ok(Some(end.follow(&entry)?))
}

/// A file's hash and its size, as its row has them.
fn size_of(row: &Row) -> Option<(TokenHash, u64)> {
    let Key::Text(sha256) = &row.id else { return None };
    Some((TokenHash::from_hex(sha256)?, row.fields.get("size").and_then(Json::as_u64)?))
}
