//! Whether a procedure can be carried out: found when it is loaded, not in the middle of a run.

use std::collections::BTreeSet;

use thiserror::Error;

use super::{Activity, Cell, CellRef, Shape, Sop};
use crate::calendar::Allowance;
use crate::text::{Found, found_in_lines};

/// What is wrong with a procedure. The text names the row and is meant for the person
/// who wrote the data file.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SopFault {
    /// Nomor, nama or version is missing.
    #[error("SOP tanpa nomor, nama atau versi")]
    NoName,
    /// There is no lane, or too many to draw.
    #[error("SOP harus punya 1 sampai 12 lajur pelaksana")]
    LaneCount,
    /// Two lanes share an id, or an id is not a short lower-case word.
    #[error("lajur {0:?}: id harus unik, huruf kecil, angka atau tanda hubung")]
    LaneId(String),
    /// A lane name elsewhere in the data has no column.
    #[error("{place}: lajur {lane:?} tidak ada")]
    NoSuchLane {
        /// Where it stands.
        place: String,
        /// The unknown lane.
        lane: String,
    },
    /// There is no row, or too many.
    #[error("SOP harus punya 2 sampai 200 baris")]
    RowCount,
    /// A row without text.
    #[error("baris {0}: aktivitas kosong")]
    NoText(u16),
    /// A row without a symbol, or with two in the same lane.
    #[error("baris {0}: setiap baris perlu satu simbol atau lebih, paling banyak satu di tiap lajur")]
    Cells(u16),
    /// The Waktu column cannot be read.
    #[error("baris {row}: Waktu {time:?} tidak dapat dibaca")]
    Time {
        /// The row.
        row: u16,
        /// What is printed.
        time: String,
    },
    /// The start symbol is not the first cell, or the end symbol not the last.
    #[error("baris {0}: simbol mulai hanya di sel pertama, simbol selesai hanya di sel terakhir")]
    Ends(u16),
    /// A Tidak exit on something that is not a decision, or that does not lead back.
    #[error("baris {row}: anak panah Tidak di lajur {lane} harus kembali ke simbol sebelumnya")]
    Exit {
        /// The row.
        row: u16,
        /// The lane.
        lane: String,
    },
    /// Two questions of one cell share a key, or a key is not a short lower-case word.
    #[error("baris {row}: pertanyaan {key:?} kembar atau bukan kata sederhana")]
    Ask {
        /// The row.
        row: u16,
        /// The key.
        key: String,
    },
    /// A text with a character that people do not see.
    #[error("{place} memuat {found}")]
    Hidden {
        /// Where it stands.
        place: String,
        /// What and where.
        found: Found,
    },
    /// An outer date without words, or about a row that does not exist.
    #[error("batas luar {0}: perlu keterangan, dasar, dan baris yang ada")]
    Limit(usize),
}

impl Sop {
    /// Checks that the procedure can be carried out and drawn.
    ///
    /// # Errors
    /// Every fault found, first row first.
    pub fn check(&self) -> Result<(), Vec<SopFault>> {
        let mut faults = Vec::new();
        if self.key.number.trim().is_empty() || self.name.trim().is_empty() || self.key.version == 0 {
            faults.push(SopFault::NoName);
        }
        self.check_lanes(&mut faults);
        if !(2..=200).contains(&self.activities.len()) {
            faults.push(SopFault::RowCount);
        }
        for (row, activity) in (1u16..).zip(&self.activities) {
            self.check_row(row, activity, &mut faults);
        }
        self.check_ends(&mut faults);
        for (number, limit) in (1..).zip(&self.limits) {
            let named = !limit.what.trim().is_empty() && !limit.basis.trim().is_empty();
            if !named || limit.row.is_some_and(|row| self.activity(row).is_none()) {
                faults.push(SopFault::Limit(number));
            }
        }
        self.check_texts(&mut faults);
        if faults.is_empty() { Ok(()) } else { Err(faults) }
    }

    /// Every text is shown, printed and looked for; what is not seen in it can only mislead.
    fn check_texts(&self, faults: &mut Vec<SopFault>) {
        let mut check = |place: &str, text: &str| {
            let hidden =
                found_in_lines(text).map(|found| SopFault::Hidden { place: place.to_owned(), found });
            faults.extend(hidden);
        };
        check("nomor SOP", &self.key.number);
        check("nama SOP", &self.name);
        self.identity.texts().for_each(|text| check("identitas", text));
        self.lanes.iter().for_each(|lane| check("nama lajur", &lane.name));
        for limit in &self.limits {
            [&limit.what, &limit.basis].into_iter().for_each(|text| check("batas luar", text));
        }
        for (row, activity) in (1u16..).zip(&self.activities) {
            let place = format!("baris {row}");
            let Activity { printed, text, short, requirements, output, remarks, .. } = activity;
            [printed, text, short].into_iter().for_each(|text| check(&place, text));
            [requirements, output, remarks].into_iter().flatten().for_each(|text| check(&place, text));
            for ask in activity.cells.iter().flat_map(|cell| &cell.asks) {
                std::iter::once(&ask.label).chain(&ask.help).for_each(|text| check(&place, text));
            }
        }
    }

    fn check_lanes(&self, faults: &mut Vec<SopFault>) {
        if !(1..=12).contains(&self.lanes.len()) {
            faults.push(SopFault::LaneCount);
        }
        let mut seen = BTreeSet::new();
        for lane in &self.lanes {
            if !is_word(lane.id.as_str()) || !seen.insert(&lane.id) {
                faults.push(SopFault::LaneId(lane.id.0.clone()));
            }
        }
        let steering = [&self.steering.start, &self.steering.pause, &self.steering.cancel];
        let named = steering.into_iter().flatten().map(|lane| ("wewenang", lane));
        let recorders = self.lanes.iter().filter_map(|l| Some(("dicatat oleh", l.recorded_by.as_ref()?)));
        for (place, lane) in named.chain(recorders).filter(|(_, lane)| self.lane(lane).is_none()) {
            faults.push(SopFault::NoSuchLane { place: place.to_owned(), lane: lane.0.clone() });
        }
    }

    fn check_row(&self, row: u16, activity: &Activity, faults: &mut Vec<SopFault>) {
        if activity.text.trim().is_empty() {
            faults.push(SopFault::NoText(row));
        }
        if Allowance::parse(&activity.time).is_err() {
            faults.push(SopFault::Time { row, time: activity.time.clone() });
        }
        let lanes: BTreeSet<_> = activity.cells.iter().map(|cell| &cell.lane).collect();
        if lanes.is_empty() || lanes.len() != activity.cells.len() {
            faults.push(SopFault::Cells(row));
        }
        for cell in &activity.cells {
            self.check_cell(row, cell, faults);
        }
    }

    fn check_cell(&self, row: u16, cell: &Cell, faults: &mut Vec<SopFault>) {
        if self.lane(&cell.lane).is_none() {
            let place = format!("baris {row}");
            faults.push(SopFault::NoSuchLane { place, lane: cell.lane.0.clone() });
        }
        let here = CellRef { activity: row, lane: cell.lane.clone() };
        let exit_ok = match &cell.no {
            None => true,
            Some(to) => cell.shape == Shape::Decision && self.precedes(to, &here),
        };
        if !exit_ok {
            faults.push(SopFault::Exit { row, lane: cell.lane.0.clone() });
        }
        let mut keys = BTreeSet::new();
        for ask in &cell.asks {
            if !is_word(&ask.key) || !keys.insert(&ask.key) {
                faults.push(SopFault::Ask { row, key: ask.key.clone() });
            }
        }
    }

    fn check_ends(&self, faults: &mut Vec<SopFault>) {
        let last = self.path().count().saturating_sub(1);
        for (place, (at, cell)) in self.path().enumerate() {
            let right = match cell.shape {
                Shape::Start => place == 0,
                Shape::End => place == last,
                Shape::Process | Shape::Decision => place != 0 && place != last,
            };
            if !right {
                faults.push(SopFault::Ends(at.activity));
            }
        }
    }
}

/// A short lower-case word, safe as a form field, an address and a class name.
fn is_word(text: &str) -> bool {
    (1..=40).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'_')
}
