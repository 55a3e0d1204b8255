//! The matrix before it is a view: one line for each agency, chosen and sorted as asked.

use std::cmp::Ordering;

use desk::report::MatrixLine;
use serde::{Deserialize, Serialize};

/// The columns that the matrix can be sorted by: key in the address, heading.
pub(super) const COLUMNS: [(&str, &str); 8] = [
    ("pd", "Perangkat Daerah"),
    ("keadaan", "Keadaan"),
    ("terima", "Diterima"),
    ("lengkap", "Lengkap"),
    ("capaian", "Rata-rata"),
    ("nilai", "Penilaian"),
    ("penelaah", "Penelaah"),
    ("putaran", "Putaran"),
];

/// What the address asks the matrix to show.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// Only this state, by its key; empty: all.
    pub(super) state: String,
    /// Only those that this account reviews; empty: all.
    pub(super) reviewer: String,
    /// Only agencies with this in their names; empty: all.
    pub(super) words: String,
    /// The column to sort by; empty: the name.
    pub(super) sort: String,
    /// Whether from the end.
    pub(super) down: bool,
}

impl Asked {
    fn admits(&self, line: &MatrixLine) -> bool {
        let words = self.words.trim().to_lowercase();
        let named =
            || line.name.to_lowercase().contains(&words) || line.short.to_lowercase().contains(&words);
        (self.state.is_empty() || self.state == line.standing.key())
            && (self.reviewer.is_empty() || self.reviewer == line.account)
            && (words.is_empty() || named())
    }

    fn order(&self, a: &MatrixLine, b: &MatrixLine) -> Ordering {
        let order = match self.sort.as_str() {
            "keadaan" => a.standing.cmp(&b.standing),
            "terima" => a.received.cmp(&b.received),
            "lengkap" => a.have.cmp(&b.have),
            "capaian" => a.average.cmp(&b.average),
            "nilai" => a.lacking.cmp(&b.lacking),
            "penelaah" => a.reviewer.cmp(&b.reviewer),
            "putaran" => a.round.cmp(&b.round),
            _ => Ordering::Equal,
        };
        let order = if self.down { order.reverse() } else { order };
        // As a person looks for a name, whatever its case.
        let name = |line: &MatrixLine| line.short.to_lowercase();
        let named = name(a).cmp(&name(b));
        let by_name = matches!(self.sort.as_str(), "" | "pd") && self.down;
        order.then(if by_name { named.reverse() } else { named })
    }
}

/// The lines that were asked for, as they were asked for.
pub(super) fn chosen(mut lines: Vec<MatrixLine>, asked: &Asked) -> Vec<MatrixLine> {
    lines.retain(|line| asked.admits(line));
    lines.sort_by(|a, b| asked.order(a, b));
    lines
}
