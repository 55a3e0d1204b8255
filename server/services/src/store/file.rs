//! What is known about received files. Their bytes lie in the data folder.

use chrono::{DateTime, Utc};
use desk::file::FileView;
use domain::id::AccountId;
use serde::{Deserialize, Serialize};
use surrealdb::types::{Object, SurrealValue, object};

use super::holding::Holder;
use super::row::{Rows, hash, one, rows, time};
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
    key: String,
    name: String,
    size: i64,
    media_type: String,
    sent_by: String,
    sent_at: i64,
}

const COLUMNS: &str = "record::id(id) AS key, name, size, media_type, sent_by, sent_at";

impl Store {
    /// Every received file.
    ///
    /// # Errors
    /// If the database cannot be read, or one of them.
    pub async fn files(&self) -> Result<Vec<KeptFile>, StoreError> {
        Ok(self.file_rows().await?.whole()?)
    }

    /// The same, with those that cannot be read beside the others.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn file_rows(&self) -> Result<Rows<KeptFile>, StoreError> {
        let all = format!("SELECT {COLUMNS} FROM file ORDER BY key");
        Ok(rows("file", self.db().query(all).await?.check()?.take(0)?, read))
    }

    /// The file with this hash.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn file(&self, sha256: &str) -> Result<Option<KeptFile>, StoreError> {
        let select = format!("SELECT {COLUMNS} FROM type::record('file', $sha256)");
        let answer = self.db().query(select).bind(("sha256", sha256.to_owned())).await?;
        Ok(one(rows("file", answer.check()?.take(0)?, read))?)
    }

    /// Notes a file whose bytes are durable. The same bytes sent again keep their first
    /// sender and take the newest name.
    ///
    /// # Errors
    /// If the database cannot be written.
    pub async fn note_file(&self, file: &KeptFile) -> Result<(), StoreError> {
        const WRITE: &str = "UPSERT type::record('file', $sha256) SET name = $name, size = $size, \
             media_type = $media_type, sent_by = sent_by ?? $sent_by, sent_at = sent_at ?? $sent_at RETURN NONE";
        self.write(WRITE, values(file)).await
    }

    /// The same for a file that somebody has just brought, who holds it from now on; both or neither.
    ///
    /// # Errors
    /// If the database cannot be written.
    pub async fn bring_file(&self, file: &KeptFile, holder: &Holder) -> Result<(), StoreError> {
        // A block is one statement, and so one transaction that can be tried again as a whole.
        const WRITE: &str = "{ \
             UPSERT type::record('file', $sha256) SET name = $name, size = $size, media_type = $media_type, \
             sent_by = sent_by ?? $sent_by, sent_at = sent_at ?? $sent_at RETURN NONE; \
             UPSERT type::record('holding', $key) CONTENT { holder: $holder, sha256: $sha256, size: $size } \
             RETURN NONE; \
             }";
        let mut values = values(file);
        values.insert("key", holder.key(&file.view.sha256));
        values.insert("holder", holder.as_str().to_owned());
        self.write(WRITE, values).await
    }
}

fn values(file: &KeptFile) -> Object {
    let KeptFile { view: FileView { sha256, name, size, media_type }, sent_by, sent_at } = file;
    object! {
        sha256: sha256.clone(),
        name: name.clone(),
        size: i64::try_from(*size).unwrap_or(i64::MAX),
        media_type: media_type.clone(),
        sent_by: sent_by.0.clone(),
        sent_at: sent_at.timestamp(),
    }
}

fn read(row: Row) -> Result<KeptFile, String> {
    let size = u64::try_from(row.size).map_err(|_| format!("bukan ukuran: {}", row.size))?;
    hash(&row.key)?;
    let view = FileView { sha256: row.key, name: row.name, size, media_type: row.media_type };
    Ok(KeptFile { view, sent_by: AccountId(row.sent_by), sent_at: time(row.sent_at)? })
}
