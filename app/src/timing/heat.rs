//! Times as a layer over the sheet.

use domain::calendar::{DAY_MINUTES, WorkMinutes, words};
use domain::timing::{RowTiming, Timing};

use crate::office::words::times;
use crate::sheet::Heat;

/// What each cell and each row of the sheet says about its time.
pub(super) fn heat(timing: &Timing) -> Heat {
    let cells = timing.rows.iter().flat_map(|row| &row.cells);
    let cells = cells.filter_map(|cell| {
        Some((cell.at.clone(), (cell.heat(), share(cell.share), brief(cell.spent?.median))))
    });
    Heat { cells: cells.collect(), rows: timing.rows.iter().map(row_words).collect() }
}

/// An amount in as few letters as a diamond has room for: "5 hari", "3 jam", "20 m".
fn brief(time: WorkMinutes) -> String {
    let round = |unit: i64| (time.0 + unit / 2) / unit;
    match time.0 {
        ..60 => format!("{} m", time.0),
        60..DAY_MINUTES => format!("{} jam", round(60)),
        _ => format!("{} hari", round(DAY_MINUTES)),
    }
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

/// "12%", and "<1%" for what is there but hardly counts.
pub(super) fn share(percent: u8) -> String {
    if percent == 0 { "<1%".to_owned() } else { format!("{percent}%") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_brief() {
        let words = [0, 59, 60, 100, 449, 450, 700, 9000].map(|minutes| brief(WorkMinutes(minutes)));
        assert_eq!(words, ["0 m", "59 m", "1 jam", "2 jam", "7 jam", "1 hari", "2 hari", "20 hari"]);
    }
}
