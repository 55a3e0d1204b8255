//! The times as a table for a spreadsheet: a line for each row and each cell.

use domain::calendar::{Calendar, WorkMinutes};
use domain::run::Run;
use domain::sop::Sop;
use domain::timing::{Spread, Timing};

use domain::csv::{Csv, Style};

const COLUMNS: [&str; 15] = [
    "baris",
    "nomor_tercetak",
    "kegiatan",
    "pelaksana",
    "pelaksanaan",
    "giliran",
    "dikembalikan",
    "putaran_terbanyak",
    "waktu_tercetak",
    "baku_menit",
    "nyata_median_menit",
    "nyata_90_menit",
    "menunggu_median_menit",
    "dikerjakan_median_menit",
    "bagian_persen",
];

/// Working minutes in one run, semicolons between; a line without `pelaksana` is the whole row.
pub fn table(sop: &Sop, runs: &[&Run], calendar: &Calendar) -> String {
    let timing = Timing::of(sop, runs.iter().copied(), calendar);
    let mut csv = Csv::of(Style::QUOTED, &COLUMNS);
    let minutes = |time: Option<WorkMinutes>| time.map_or_else(String::new, |time| time.0.to_string());
    let median = |spread: Option<Spread>| minutes(spread.map(|spread| spread.median));
    let ninety = |spread: Option<Spread>| minutes(spread.map(|spread| spread.ninety));
    for (row, activity) in timing.rows.iter().zip(&sop.activities) {
        let head = [row.order.to_string(), activity.printed.clone(), activity.text.clone()];
        let whole = [
            String::new(),
            row.runs.to_string(),
            String::new(),
            String::new(),
            row.rounds.to_string(),
            activity.time.clone(),
            minutes(row.promised),
            median(row.spent),
            ninety(row.spent),
            String::new(),
            String::new(),
            String::new(),
        ];
        csv.line(head.iter().chain(&whole).map(String::as_str));
        for cell in &row.cells {
            let cells = [
                sop.lane_name(&cell.at.lane).to_owned(),
                row.runs.to_string(),
                cell.turns.to_string(),
                cell.returns.to_string(),
                String::new(),
                String::new(),
                String::new(),
                median(cell.spent),
                ninety(cell.spent),
                median(cell.waiting),
                median(cell.doing),
                cell.share.to_string(),
            ];
            csv.line(head.iter().chain(&cells).map(String::as_str));
        }
    }
    csv.into_text()
}
