//! Rows as they are read: one that cannot be understood is an error with its name, never nothing.

use surrealdb::types::{SurrealValue, Value};
use thiserror::Error;

/// A row that cannot be read. It stays as it is.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("baris {table}:{key} tidak dapat dibaca: {why}")]
pub struct Unreadable {
    /// The table.
    pub table: &'static str,
    /// The row's key in it.
    pub key: String,
    /// Why.
    pub why: String,
}

impl Unreadable {
    /// The row's name: `draft:1:bappeda`.
    pub fn name(&self) -> String {
        format!("{}:{}", self.table, self.key)
    }
}

/// The rows of a table: those that could be read, and the others.
#[derive(Clone, Debug)]
pub struct Rows<T> {
    /// What was read.
    pub read: Vec<T>,
    /// What could not be.
    pub unreadable: Vec<Unreadable>,
}

impl<T> Rows<T> {
    /// All of them.
    ///
    /// # Errors
    /// The first that cannot be read.
    pub fn whole(self) -> Result<Vec<T>, Unreadable> {
        match self.unreadable.into_iter().next() {
            Some(row) => Err(row),
            None => Ok(self.read),
        }
    }

    /// Those that could be read; of the others the log is told. Only for rows whose absence lets
    /// nobody in and loses nothing: the row itself stays, and `alur verify` lists it.
    pub fn readable(self) -> Vec<T> {
        for row in &self.unreadable {
            tracing::error!(%row, "a row is left out");
        }
        self.read
    }
}

/// Reads what a query answered. Each row has its key in the field `key`.
pub(super) fn rows<R: SurrealValue, T>(
    table: &'static str,
    values: Vec<Value>,
    read: impl Fn(R) -> Result<T, String>,
) -> Rows<T> {
    let mut rows = Rows { read: Vec::with_capacity(values.len()), unreadable: Vec::new() };
    for value in values {
        let key = key_of(&value);
        match R::from_value(value).map_err(|error| error.to_string()).and_then(&read) {
            Ok(row) => rows.read.push(row),
            Err(why) => rows.unreadable.push(Unreadable { table, key, why }),
        }
    }
    rows
}

fn key_of(value: &Value) -> String {
    let key = if let Value::Object(row) = value { row.get("key") } else { None };
    match key {
        Some(Value::String(key)) => key.as_str().to_owned(),
        Some(Value::Number(key)) => key.to_string(),
        _ => "?".to_owned(),
    }
}

/// The one row that was asked for, if it is there.
pub(super) fn one<T>(rows: Rows<T>) -> Result<Option<T>, Unreadable> {
    Ok(rows.whole()?.into_iter().next())
}

/// A time in seconds, or what is wrong with it.
pub(super) fn time(seconds: i64) -> Result<chrono::DateTime<chrono::Utc>, String> {
    chrono::DateTime::from_timestamp(seconds, 0).ok_or_else(|| format!("bukan waktu: {seconds}"))
}

/// A number of a run, or what is wrong with it.
pub(super) fn run(number: i64) -> Result<domain::id::RunId, String> {
    u32::try_from(number).map(domain::id::RunId).map_err(|_| format!("bukan nomor pelaksanaan: {number}"))
}

/// The hash that a row is called by, or what is wrong with it.
pub(super) fn hash(key: &str) -> Result<crate::token::TokenHash, String> {
    crate::token::TokenHash::from_hex(key).ok_or_else(|| "kuncinya bukan SHA-256".to_owned())
}

/// A document in JSON, or what is wrong with it.
pub(super) fn document<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, String> {
    serde_json::from_str(text).map_err(|error| format!("isinya bukan JSON yang dikenal ({error})"))
}
