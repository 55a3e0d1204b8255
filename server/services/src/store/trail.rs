//! The trail in the database: newest first by its record ids.

use chrono::{DateTime, Utc};
use desk::trail::{Deed, Kind, Note};
use domain::id::AccountId;
use surrealdb::types::{RecordId, SurrealValue, object};

use super::row::{Rows, rows};
use super::{Store, StoreError};

/// What record ids are counted down from.
const TOP: i64 = 9_000_000_000_000_000;

/// The place of a line: falls with time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place(pub i64);

impl Place {
    /// The place of what happens at a moment.
    pub fn at(moment: DateTime<Utc>) -> Self {
        Self(TOP - moment.timestamp_micros())
    }
}

/// A line as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptDeed {
    /// Where.
    pub place: Place,
    /// What.
    pub deed: Deed,
}

/// Which lines are read.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// From this place on, itself included.
    pub from: Option<Place>,
    /// Up to this place, itself included.
    pub to: Option<Place>,
    /// By or about this account or thing.
    pub who: Option<String>,
    /// Of this kind.
    pub kind: Option<Kind>,
}

#[derive(SurrealValue)]
struct NewRow {
    id: RecordId,
    at: i64,
    until: Option<i64>,
    times: i64,
    who: String,
    origin: String,
    kind: String,
    whom: String,
    facts: String,
}

const COLUMNS: &str = "record::id(id) AS key, at, until, times, who, origin, kind, whom, facts";

#[derive(SurrealValue)]
struct Row {
    key: i64,
    at: i64,
    until: Option<i64>,
    times: i64,
    who: String,
    origin: String,
    kind: String,
    whom: String,
    facts: String,
}

impl Store {
    /// Writes new lines, all or none.
    ///
    /// # Errors
    /// If one of the places is taken, or the database cannot be written.
    pub async fn add_deeds(&self, deeds: &[KeptDeed]) -> Result<(), StoreError> {
        let rows: Vec<_> = deeds.iter().map(NewRow::from).collect();
        self.write("INSERT INTO trail $rows RETURN NONE", object! { rows: rows }).await
    }

    /// Writes lines that count, all or none; one that is there already is brought up to date.
    ///
    /// # Errors
    /// If the database cannot be written.
    pub async fn count_deeds(&self, deeds: &[KeptDeed]) -> Result<(), StoreError> {
        const COUNT: &str = "INSERT INTO trail $rows \
             ON DUPLICATE KEY UPDATE times = $input.times, until = $input.until RETURN NONE";
        let rows: Vec<_> = deeds.iter().map(NewRow::from).collect();
        self.write(COUNT, object! { rows: rows }).await
    }

    /// Up to `limit` lines, newest first. A line of a kind that this build does not know is an
    /// error, not nothing.
    ///
    /// # Errors
    /// If the database cannot be read, or what is in it cannot be understood.
    pub async fn trail(&self, asked: &Asked, limit: u32) -> Result<Vec<KeptDeed>, StoreError> {
        let from = asked.from.map_or(0, |place| place.0);
        let to = asked.to.map_or(TOP, |place| place.0);
        let mut select = format!("SELECT {COLUMNS} FROM trail:{from}..={to} WHERE true");
        if asked.kind.is_some() {
            select.push_str(" AND kind = $kind");
        }
        if asked.who.is_some() {
            select.push_str(" AND (who = $who OR string::lowercase(whom) = $who)");
        }
        select.push_str(&format!(" LIMIT {limit}"));
        let kind = asked.kind.map_or("", Kind::code).to_owned();
        let who = asked.who.clone().unwrap_or_default();
        let answer = self.db().query(select).bind(("kind", kind)).bind(("who", who)).await?;
        Ok(rows("trail", answer.check()?.take(0)?, read).whole()?)
    }

    /// Every line, with those that cannot be read beside the others.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn trail_rows(&self) -> Result<Rows<KeptDeed>, StoreError> {
        let all = format!("SELECT {COLUMNS} FROM trail");
        Ok(rows("trail", self.db().query(all).await?.check()?.take(0)?, read))
    }

    /// Removes what happened before a moment.
    ///
    /// # Errors
    /// If the database cannot be written.
    pub async fn sweep_trail(&self, before: DateTime<Utc>) -> Result<(), StoreError> {
        let (from, to) = (Place::at(before).0 + 1, TOP);
        self.db().query(format!("DELETE trail:{from}..={to} RETURN NONE")).await?.check()?;
        Ok(())
    }
}

impl From<&KeptDeed> for NewRow {
    fn from(kept: &KeptDeed) -> Self {
        let Deed { at, until, times, note } = kept.deed.clone();
        Self {
            id: RecordId::new("trail", kept.place.0),
            at: at.timestamp_millis(),
            until: until.map(|until| until.timestamp_millis()),
            times: times.into(),
            who: note.who.0,
            origin: note.origin,
            kind: note.kind.code().to_owned(),
            whom: note.whom,
            facts: note.facts,
        }
    }
}

fn read(row: Row) -> Result<KeptDeed, String> {
    let time =
        |millis| DateTime::from_timestamp_millis(millis).ok_or_else(|| format!("bukan waktu: {millis}"));
    let kind = Kind::from_code(&row.kind).ok_or_else(|| format!("jenis tidak dikenal: {}", row.kind))?;
    let (at, until) = (time(row.at)?, row.until.map(time).transpose()?);
    let times = u32::try_from(row.times).map_err(|_| format!("bukan hitungan: {}", row.times))?;
    let Row { key: place, who, origin, whom, facts, .. } = row;
    let note = Note { who: AccountId(who), origin, kind, whom, facts };
    Ok(KeptDeed { place: Place(place), deed: Deed { at, until, times, note } })
}
