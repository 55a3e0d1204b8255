//! A layer of times over a sheet without a run.

use std::collections::BTreeMap;

use domain::sop::CellRef;

/// How much of the time goes where.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heat {
    /// For each cell with a known time: how hot it is from 1 to 4, its part of the whole, and
    /// its time, in words.
    pub cells: BTreeMap<CellRef, (u8, String, String)>,
    /// What stands in the Waktu column of each row, as [`super::time_words`] gives it.
    pub rows: Vec<Vec<(String, &'static str)>>,
}
