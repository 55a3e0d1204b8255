//! Looking through everything: the files of the database, and every row of every table.

use super::disk::{self, Damage};
use super::loss::Damaged;
use super::row::Rows;
use super::{Store, StoreError, Unreadable};

/// How many rows of each table were read, and those that could not be.
#[derive(Debug, Default)]
pub struct Inspection {
    /// The tables beside the log, with the number of rows.
    pub tables: Vec<(&'static str, usize)>,
    /// The rows that cannot be read.
    pub unreadable: Vec<Unreadable>,
}

impl Inspection {
    fn take<T>(&mut self, table: &'static str, rows: Rows<T>) {
        self.tables.push((table, rows.read.len() + rows.unreadable.len()));
        self.unreadable.extend(rows.unreadable);
    }
}

impl Store {
    /// Looks at the files of a database of our own while it is at work: each table and each large
    /// value against its checksum. Nothing for any other database.
    ///
    /// # Errors
    /// The first file that is damaged.
    pub async fn inspect(&self) -> Result<(), StoreError> {
        let Some(folder) = &self.folder else { return Ok(()) };
        let (looked, place) = (folder.clone(), folder.clone());
        let looking = tokio::task::spawn_blocking(move || disk::inspect_running(&looked)).await;
        let found = looking.unwrap_or_else(|error| Err(Damage { file: place, why: error.to_string() }));
        found.map_err(|damage| {
            let (folder, remembered) = (folder.clone(), self.remembered());
            StoreError::Damaged(Box::new(Damaged { folder, damage: Some(damage), remembered }))
        })
    }

    /// Reads every row of every table beside the log, each as it is read in use.
    ///
    /// # Errors
    /// If the database cannot be read. Rows that cannot are in the answer.
    pub async fn look_through(&self) -> Result<Inspection, StoreError> {
        let mut found = Inspection::default();
        let (automatic, ladder) = self.reminding_rows().await?;
        found.take("account", self.account_rows().await?);
        found.take("address", self.address_rows().await?);
        found.take("automatic", automatic);
        found.take("browser", self.browser_rows().await?);
        found.take("display", self.display_rows().await?);
        found.take("draft", self.all_drafts().await?);
        found.take("feed", self.feeds().await?);
        found.take("file", self.file_rows().await?);
        found.take("holding", self.holding_rows().await?);
        found.take("ladder", ladder);
        found.take("link", self.all_links().await?);
        found.take("outbox", self.letter_rows().await?);
        found.take("password_link", self.password_link_rows().await?);
        found.take("session", self.session_rows().await?);
        found.take("trail", self.trail_rows().await?);
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use surrealdb::types::{Object, Value};

    use super::*;

    /// The log has its own check; the other two are read at every opening.
    const ELSEWHERE: [&str; 3] = ["kept", "log", "schema_step"];

    #[tokio::test]
    async fn every_table_is_read() {
        let store = Store::open("mem://").await.unwrap();
        let mut answer = store.db().query("INFO FOR DB").await.unwrap();
        let info: Option<Object> = answer.take(0).unwrap();
        let Some(Value::Object(tables)) = info.unwrap().get("tables").cloned() else { panic!() };
        let mut there: Vec<_> = tables.keys().cloned().collect();
        there.retain(|name| !ELSEWHERE.contains(&name.as_str()));
        let found = store.look_through().await.unwrap();
        let read: Vec<_> = found.tables.iter().map(|(table, _)| (*table).to_owned()).collect();
        assert_eq!(read, there);
        assert_eq!(found.unreadable, []);
    }
}
