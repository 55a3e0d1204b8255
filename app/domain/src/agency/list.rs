//! The list of agencies as a whole: read from a table, and what a new one would change.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::Agency;
use crate::csv::{Csv, Style};
use crate::id::AgencyCode;

/// The columns that a table must have, in the order in which they are written.
pub const COLUMNS: [&str; 3] = ["kode", "nama", "singkatan"];
/// A column that may be there: the address for mail.
pub const MAIL: &str = "surel";

/// What a new list would change.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListChange {
    /// Agencies that are not there yet.
    pub added: Vec<Agency>,
    /// Agencies with another name, as they are and as they would be.
    pub changed: Vec<(Agency, Agency)>,
    /// Agencies that would hand in no more reports.
    pub closed: Vec<Agency>,
    /// How many stay as they are.
    pub same: usize,
}

impl ListChange {
    /// More closings than this are not done by a press of a button: their number is typed
    /// [assumed].
    pub const FEW: usize = 3;

    /// What comes of a list when another one takes its place.
    pub fn between(before: &BTreeMap<AgencyCode, Agency>, after: &[Agency]) -> Self {
        let mut change = Self::default();
        for agency in after {
            match before.get(&agency.code) {
                None => change.added.push(agency.clone()),
                Some(there) if there == agency => change.same += 1,
                Some(there) => change.changed.push((there.clone(), agency.clone())),
            }
        }
        let left: BTreeSet<_> = after.iter().map(|agency| &agency.code).collect();
        change.closed = before.values().filter(|agency| !left.contains(&agency.code)).cloned().collect();
        change
    }

    /// Whether nothing would change.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.changed.is_empty() && self.closed.is_empty()
    }

    /// Whether it closes so many that their number has to be typed.
    pub fn closes_many(&self) -> bool {
        self.closed.len() > Self::FEW
    }

    /// Whether what was typed is the number of agencies that it closes, if that has to be typed.
    pub fn is_confirmed_by(&self, typed: &str) -> bool {
        !self.closes_many() || typed.trim() == self.closed.len().to_string()
    }
}

/// Writes a list as [`read`] takes it.
pub fn to_csv<'a>(agencies: impl IntoIterator<Item = &'a Agency>) -> String {
    let mut csv = Csv::of(Style::FILE, &COLUMNS);
    for agency in agencies {
        csv.line([agency.code.as_str(), &agency.name, &agency.short]);
    }
    csv.into_text()
}

/// The agencies of a table with the three columns, in any order; the first line that is not empty
/// names them.
///
/// # Errors
/// A sentence for the person, if a column is missing.
pub fn read(table: &[Vec<String>]) -> Result<Vec<Agency>, String> {
    let (head, rows) = parts(table);
    let [Some(code), Some(name), Some(short)] = COLUMNS.map(|word| column(head, word)) else {
        return Err("Baris pertama harus memuat kolom kode, nama dan singkatan.".to_owned());
    };
    let agency = |row: &Vec<String>| Agency {
        code: AgencyCode(cell(row, code)),
        name: cell(row, name),
        short: cell(row, short),
    };
    Ok(rows.map(agency).collect())
}

/// The addresses of a table that has a column for them, as typed; where a cell is empty, there
/// shall be none. `None` without the column.
pub fn read_mails(table: &[Vec<String>]) -> Option<Vec<(AgencyCode, String)>> {
    let (head, rows) = parts(table);
    let (code, mail) = (column(head, COLUMNS[0])?, column(head, MAIL)?);
    Some(rows.map(|row| (AgencyCode(cell(row, code)), cell(row, mail))).collect())
}

/// The heading and the rows that are not empty.
fn parts(table: &[Vec<String>]) -> (&[String], impl Iterator<Item = &Vec<String>>) {
    let mut rows = table.iter().filter(|row| row.iter().any(|cell| !cell.trim().is_empty()));
    (rows.next().map(Vec::as_slice).unwrap_or_default(), rows)
}

fn column(head: &[String], word: &str) -> Option<usize> {
    head.iter().position(|cell| cell.trim().to_lowercase() == word)
}

fn cell(row: &[String], at: usize) -> String {
    row.get(at).map(|cell| cell.trim().to_owned()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &[&[&str]]) -> Vec<Vec<String>> {
        rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect()
    }

    fn agency(code: &str, name: &str) -> Agency {
        Agency { code: code.into(), name: name.to_owned(), short: name.to_owned() }
    }

    #[test]
    fn columns_may_stand_in_any_order_but_must_be_there() {
        let read_in =
            read(&table(&[&["Nama", "Kode ", "Singkatan"], &[], &["Dinas A", " a", "DA"]])).unwrap();
        let expected = Agency { code: "a".into(), name: "Dinas A".to_owned(), short: "DA".to_owned() };
        assert_eq!(read_in, [expected]);
        assert!(read(&table(&[&["a", "Dinas A", "DA"]])).is_err() && read(&[]).is_err());
        let with = table(&[&["kode", "surel"], &["a", "a@x.id"]]);
        assert_eq!(read_mails(&with), Some(vec![("a".into(), "a@x.id".to_owned())]));
        assert_eq!(read_mails(&table(&[&["kode"], &["a"]])), None);
    }

    #[test]
    fn a_new_list_says_what_it_adds_changes_and_closes() {
        let there: BTreeMap<_, _> =
            ["a", "b", "c", "d", "e"].map(|code| (AgencyCode::from(code), agency(code, code))).into();
        let change = ListChange::between(&there, &[agency("a", "a"), agency("b", "lain"), agency("z", "z")]);
        assert_eq!((change.same, change.added.len(), change.changed.len()), (1, 1, 1));
        assert_eq!(change.closed, ["c", "d", "e"].map(|code| agency(code, code)));
        assert!(!change.closes_many() && change.is_confirmed_by(""), "three are closed by a press");
        let change = ListChange::between(&there, &[agency("a", "a")]);
        assert!(change.closes_many() && !change.is_confirmed_by("") && !change.is_confirmed_by("3"));
        assert!(change.is_confirmed_by(" 4 "));
        assert!(ListChange::between(&there, &there.values().cloned().collect::<Vec<_>>()).is_empty());
    }
}
