//! What is known about received files. Their bytes lie in the data folder.

use app::file::FileView;
use chrono::{DateTime, Utc};
use domain::id::AccountId;
use serde::{Deserialize, Serialize};
use surrealdb::types::{SurrealValue, object};

use super::{Store, StoreError};

/// A received file, and who sent it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptFile {
    /// The file.
    #[serde(flatten)]
    pub view: FileView,
    /// Who sent it first.
    pub sent_by: AccountId,
    /// When.
    pub sent_at: DateTime<Utc>,
}

#[derive(SurrealValue)]
struct Row {
    sha256: String,
    name: String,
    size: i64,
    media_type: String,
    sent_by: String,
    sent_at: i64,
}

const COLUMNS: &str = "record::id(id) AS sha256, name, size, media_type, sent_by, sent_at";

impl Store {
    /// Every received file.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn files(&self) -> Result<Vec<KeptFile>, StoreError> {
        let all = format!("SELECT {COLUMNS} FROM file ORDER BY sha256");
        let rows: Vec<Row> = self.db().query(all).await?.check()?.take(0)?;
        Ok(rows.into_iter().filter_map(read).collect())
    }

    /// The file with this hash.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn file(&self, sha256: &str) -> Result<Option<KeptFile>, StoreError> {
        let one = format!("SELECT {COLUMNS} FROM type::record('file', $sha256)");
        let rows: Vec<Row> =
            self.db().query(one).bind(("sha256", sha256.to_owned())).await?.check()?.take(0)?;
        Ok(rows.into_iter().next().and_then(read))
    }

    /// Notes a file whose bytes are durable. The same bytes sent again keep their first
    /// sender and take the newest name.
    ///
    /// # Errors
    /// If the database cannot be written.
    pub async fn note_file(&self, file: &KeptFile) -> Result<(), StoreError> {
        const WRITE: &str = "UPSERT type::record('file', $sha256) SET name = $name, size = $size, \
             media_type = $media_type, sent_by = sent_by ?? $sent_by, sent_at = sent_at ?? $sent_at RETURN NONE";
        let KeptFile { view: FileView { sha256, name, size, media_type }, sent_by, sent_at } = file;
        let values = object! {
            sha256: sha256.clone(),
            name: name.clone(),
            size: i64::try_from(*size).unwrap_or(i64::MAX),
            media_type: media_type.clone(),
            sent_by: sent_by.0.clone(),
            sent_at: sent_at.timestamp(),
        };
        self.write(WRITE, values).await
    }
}

fn read(row: Row) -> Option<KeptFile> {
    let view = FileView {
        sha256: row.sha256,
        name: row.name,
        size: u64::try_from(row.size).ok()?,
        media_type: row.media_type,
    };
    Some(KeptFile {
        view,
        sent_by: AccountId(row.sent_by),
        sent_at: DateTime::from_timestamp(row.sent_at, 0)?,
    })
}
