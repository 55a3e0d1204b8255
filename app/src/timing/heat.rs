//! Times as a layer over the sheet.

use domain::calendar::{DAY_MINUTES, words};
use domain::timing::{RowTiming, Timing};

use crate::sheet::Heat;

/// What each cell and each row of the sheet says about its time.
pub(super) fn heat(timing: &Timing) -> Heat {
    let cells = timing.rows.iter().flat_map(|row| &row.cells);
    let cells = cells.filter_map(|cell| {
        let spent = words::span(cell.spent?.median, DAY_MINUTES);
        Some((cell.at.clone(), (cell.heat(), cell.share, spent)))
    });
    Heat { cells: cells.collect(), rows: timing.rows.iter().map(row_words).collect() }
}

fn row_words(row: &RowTiming) -> Vec<(String, &'static str)> {
    let Some(spent) = row.spent.filter(|spent| spent.ninety.0 > 0) else { return Vec::new() };
    let mut lines = vec![(words::span(spent.median, DAY_MINUTES), "strong")];
    if let Some(percent) = row.percent() {
        let (mark, strength) = if percent > 100 { ("▲ ", "over") } else { ("", "plain") };
        lines.push((format!("{mark}{} × waktu baku", times(percent)), strength));
    }
    lines
}

/// "1,6" for 160 percent.
pub(crate) fn times(percent: i64) -> String {
    let tenths = (percent + 5) / 10;
    format!("{},{}", tenths / 10, tenths % 10)
}
