//! What an agency has changed from one round to the next.

use desk::report::Content;
use domain::achievement::{Field, Row};
use domain::report::FileRef;
use domain::report::parts::PARTS;

/// A row of the table of achievement that is not as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum RowChange {
    /// A new one, by its indicator.
    Added(String),
    /// One that is gone, by its indicator.
    Removed(String),
    /// One with other cells: indicator, and each cell before and after.
    Changed(String, Vec<(Field, String, String)>),
}

/// What has changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Changes {
    /// Rows of the table.
    pub(super) rows: Vec<RowChange>,
    /// Parts that are in it now.
    pub(super) parts_in: Vec<&'static str>,
    /// Parts that are no longer in it.
    pub(super) parts_out: Vec<&'static str>,
    /// New files, by name.
    pub(super) files_in: Vec<String>,
    /// Files that are gone, by name.
    pub(super) files_out: Vec<String>,
}

impl Changes {
    /// From one document to the next.
    pub(super) fn between(before: &Content, after: &Content) -> Self {
        let newly = |a: &Content, b: &Content| {
            let new = PARTS.iter().filter(|part| b.have.contains(part.key) && !a.have.contains(part.key));
            new.map(|part| part.label).collect()
        };
        let files = |a: &Content, b: &Content| {
            let known = |file: &&FileRef| all_files(a).all(|other| other.sha256 != file.sha256);
            all_files(b).filter(known).map(|file| file.name.clone()).collect()
        };
        Self {
            rows: rows(&before.rows, &after.rows),
            parts_in: newly(before, after),
            parts_out: newly(after, before),
            files_in: files(before, after),
            files_out: files(after, before),
        }
    }

    /// Whether nothing has changed.
    pub(super) fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

fn all_files(content: &Content) -> impl Iterator<Item = &FileRef> {
    content.report.iter().chain(&content.annexes)
}

/// Rows are the same if they have the same sasaran and indicator; of several such rows the
/// first is compared with the first.
fn rows(before: &[Row], after: &[Row]) -> Vec<RowChange> {
    let same = |a: &Row, b: &Row| {
        named(&a.sasaran) == named(&b.sasaran) && named(&a.indikator) == named(&b.indikator)
    };
    let mut left: Vec<_> = before.iter().collect();
    let mut changes = Vec::new();
    for row in after {
        let Some(at) = left.iter().position(|old| same(old, row)) else {
            changes.push(RowChange::Added(row.indikator.clone()));
            continue;
        };
        let old = left.remove(at);
        let cells = Field::ALL.into_iter().filter(|field| old.text(*field).trim() != row.text(*field).trim());
        let cells = cells.map(|field| (field, old.text(field).to_owned(), row.text(field).to_owned()));
        let cells: Vec<_> =
            cells.filter(|(field, ..)| !matches!(field, Field::Sasaran | Field::Indikator)).collect();
        if !cells.is_empty() {
            changes.push(RowChange::Changed(row.indikator.clone(), cells));
        }
    }
    changes.extend(left.into_iter().map(|row| RowChange::Removed(row.indikator.clone())));
    changes
}

fn named(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(indikator: &str, realisasi: &str) -> Row {
        Row { indikator: indikator.to_owned(), realisasi: realisasi.to_owned(), ..Row::default() }
    }

    #[test]
    fn rows_are_known_by_what_they_measure() {
        let before = [row("Angka stunting", "12"), row("Nilai SAKIP", "BB"), row("Opini", "WTP")];
        let after = [row("Opini", "WTP"), row("angka  stunting", "11,5"), row("IKM", "88")];
        let cells = vec![(Field::Realisasi, "12".to_owned(), "11,5".to_owned())];
        let expected = [
            RowChange::Changed("angka  stunting".to_owned(), cells),
            RowChange::Added("IKM".to_owned()),
            RowChange::Removed("Nilai SAKIP".to_owned()),
        ];
        assert_eq!(rows(&before, &after), expected);
        assert!(rows(&before, &before).is_empty());
    }
}
