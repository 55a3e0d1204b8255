//! Every table of the database: whether a backup carries it, and its rows as a backup carries them.

use std::collections::BTreeMap;

use domain::id::Seq;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};
use surrealdb::types::{Object, RecordId, Value};

use super::entry::Entry;
use super::{Store, StoreError};

/// What becomes of a table in a backup.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// The log: it goes first, each row exactly as it was hashed.
    Log,
    /// Every row goes in, and comes back as it was.
    Kept,
    /// It stays out, for a reason that is told whenever a backup is restored.
    LeftOut(&'static str),
}

/// Every table. A new one fails a test until it stands here. What a kept one may hold is what
/// JSON can hold; the same test looks at that.
pub const TABLES: &[(&str, Fate)] = &[
    ("account", Fate::Kept),
    ("address", Fate::Kept),
    ("automatic", Fate::Kept),
    ("browser", Fate::LeftOut("peramban dikenal lagi begitu orang masuk")),
    ("display", Fate::Kept),
    ("draft", Fate::Kept),
    ("feed", Fate::Kept),
    ("file", Fate::Kept),
    ("holding", Fate::Kept),
    ("kept", Fate::LeftOut("hitungan tulisan dimulai lagi di basis data yang baru")),
    ("ladder", Fate::Kept),
    ("link", Fate::Kept),
    ("log", Fate::Log),
    ("outbox", Fate::Kept),
    ("password_link", Fate::LeftOut("tautan pembuat sandi dibuat lagi bila masih perlu")),
    ("schema_step", Fate::LeftOut("daftar skema dibuat sendiri oleh program")),
    ("session", Fate::LeftOut("setiap orang masuk lagi dengan sandinya")),
    ("trail", Fate::Kept),
];

/// The tables whose rows a backup carries, beside the log.
pub fn kept() -> impl Iterator<Item = &'static str> {
    TABLES.iter().filter(|(_, fate)| *fate == Fate::Kept).map(|(name, _)| *name)
}

/// The tables that a backup does not carry, and why.
pub fn left_out() -> impl Iterator<Item = (&'static str, &'static str)> {
    TABLES.iter().filter_map(|(name, fate)| match fate {
        Fate::LeftOut(why) => Some((*name, *why)),
        Fate::Log | Fate::Kept => None,
    })
}

/// A row as a backup carries it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// Its place in the table.
    pub id: Key,
    /// Its fields; those without a value are not there.
    #[serde(flatten)]
    pub fields: Map<String, Json>,
}

/// The id of a row.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Key {
    /// A number.
    Number(i64),
    /// A text.
    Text(String),
}

/// The kept tables at one moment, together with the rows of the log up to that moment.
#[derive(Debug, Deserialize)]
pub struct Snapshot {
    /// The log after the place that was asked for.
    pub log: Vec<Entry>,
    /// The rows of each kept table, by id.
    pub tables: BTreeMap<String, Vec<Row>>,
}

impl Store {
    /// Reads every kept table, and the log after a place, all at the same moment: what is in
    /// the log is not in a draft any more, and what is not yet there still is.
    ///
    /// # Errors
    /// If the database cannot be read, or a row is not one that a backup can carry.
    pub async fn snapshot(&self, after: Seq) -> Result<Snapshot, StoreError> {
        let from = after.saturating_add(1);
        let rows = |table| format!("{table}: (SELECT *, record::id(id) AS id FROM {table} ORDER BY id)");
        let tables = kept().map(rows).collect::<Vec<_>>().join(", ");
        // One statement is one transaction.
        let statement = format!(
            "RETURN {{ log: (SELECT record::id(id) AS seq, body, prev, command FROM log:{from}..), \
             tables: {{ {tables} }} }}"
        );
        let answer: Value = self.db().query(statement).await?.check()?.take(0)?;
        let snapshot: Result<Snapshot, _> = serde_json::from_value(answer.into_json_value());
        let mut snapshot = snapshot.map_err(|why| StoreError::Row(why.to_string()))?;
        for row in snapshot.tables.values_mut().flatten() {
            row.fields.retain(|_, value| !value.is_null());
        }
        Ok(snapshot)
    }

    /// Whether there is nothing in it that a backup would carry.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn is_empty(&self) -> Result<bool, StoreError> {
        let there = self.definitions().await?;
        let carried = TABLES.iter().filter(|(_, fate)| !matches!(fate, Fate::LeftOut(_)));
        for (table, _) in carried.filter(|(table, _)| there.contains_key(*table)) {
            let one = format!("SELECT VALUE id FROM {table} LIMIT 1");
            let rows: Vec<RecordId> = self.db().query(one).await?.check()?.take(0)?;
            if !rows.is_empty() {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Puts rows into a kept table, all or none.
    ///
    /// # Errors
    /// If the database does not take them.
    pub async fn put_rows(&self, table: &'static str, rows: Vec<Row>) -> Result<(), StoreError> {
        let rows: Vec<Value> = rows.into_iter().map(|row| row.into_value(table)).collect();
        let insert = format!("INSERT INTO {table} $rows RETURN NONE");
        self.db().query(insert).bind(("rows", rows)).await?.check()?;
        Ok(())
    }

    /// The definition of every field of every table that there is, as the database tells it.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn definitions(&self) -> Result<BTreeMap<String, Vec<String>>, StoreError> {
        let names = |info: &Json, of: &str| info[of].as_object().cloned().unwrap_or_default();
        let info: Value = self.db().query("INFO FOR DB").await?.check()?.take(0)?;
        let mut all = BTreeMap::new();
        for (table, _) in names(&info.into_json_value(), "tables") {
            let info: Value = self.db().query(format!("INFO FOR TABLE {table}")).await?.check()?.take(0)?;
            let fields = names(&info.into_json_value(), "fields");
            let texts = fields.values().filter_map(|text| text.as_str().map(str::to_owned));
            all.insert(table, texts.collect());
        }
        Ok(all)
    }
}

impl Row {
    fn into_value(self, table: &str) -> Value {
        use surrealdb::types::SurrealValue;
        let id = match self.id {
            Key::Number(id) => RecordId::new(table, id),
            Key::Text(id) => RecordId::new(table, id),
        };
        let mut row = Object::new();
        row.insert("id".to_owned(), Value::RecordId(id));
        for (name, value) in self.fields {
            row.insert(name, value.into_value());
        }
        Value::Object(row)
    }
}
