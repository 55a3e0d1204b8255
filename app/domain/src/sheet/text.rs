//! A run as plain text: for tests, for logs and for people who read with a screen reader.

use std::fmt::Write;

use super::model::{CellState, CellView, SheetView, TimeView};
use crate::calendar::{DAY_MINUTES, WorkMinutes, words};
use crate::run::{OutcomeKind, Run, Status};
use crate::sop::{Shape, Sop};

/// Draws a sheet as text: a line for each row, its symbols in order, their state in words.
///
/// ```text
///   2 2.   Menyiapkan surat [putaran 2]: STAF [] selesai 7 Des 08.40 → KASUBBAG <> giliran · sampai 7 Des 09.01, 20 m lagi
/// ```
pub fn draw(sop: &Sop, run: Option<&Run>, view: &SheetView) -> String {
    let mut text = format!("SOP {} {}", sop.key, sop.name);
    if let Some(run) = run {
        let status = match (&run.status, run.paused()) {
            (Status::Going, None) => "berjalan",
            (Status::Going, Some(_)) => "dijeda",
            (Status::Finished(_), _) => "selesai",
            (Status::Cancelled(..), _) => "dibatalkan",
        };
        let _ = write!(text, " · data tahun {} · {status}", run.data_year);
    }
    text.push('\n');
    for (row, activity) in view.rows.iter().zip(&sop.activities) {
        let _ = write!(text, "{:>3} {:<4} {}", row.order, activity.printed, activity.short);
        if row.round > 1 {
            let _ = write!(text, " [putaran {}]", row.round);
        }
        let cells: Vec<_> = row.cells.iter().map(|cell| symbol(sop, cell)).collect();
        let _ = write!(text, ": {}", cells.join(" → "));
        time(&mut text, row.time);
        text.push('\n');
    }
    text
}

fn symbol(sop: &Sop, cell: &CellView) -> String {
    let shape = match cell.shape {
        Shape::Start | Shape::End => "()",
        Shape::Process => "[]",
        Shape::Decision => "<>",
    };
    let mut text = format!("{} {shape} {}", sop.lane_name(&cell.at.lane), state(cell.state));
    let last = cell.past.last().filter(|_| matches!(cell.state, CellState::Done | CellState::Returned));
    if let Some(last) = last {
        let _ = write!(text, " {}", words::short(last.at));
        if let Some(lane) = &last.recorded_by {
            let _ = write!(text, " dicatat oleh {}", sop.lane_name(lane));
        }
        if let OutcomeKind::Returned { reason, .. } = &last.kind {
            let _ = write!(text, " “{reason}”");
        }
    }
    text
}

fn state(state: CellState) -> &'static str {
    match state {
        CellState::Idle => "belum",
        CellState::Active => "giliran",
        CellState::Done => "selesai",
        CellState::Late => "giliran, terlambat",
        CellState::Returned => "dikembalikan",
    }
}

fn time(text: &mut String, time: TimeView) {
    let _ = match time {
        TimeView::Silent => Ok(()),
        TimeView::Planned(end) => write!(text, " · rencana {}", words::short(end)),
        TimeView::Running { due, left } => {
            write!(text, " · sampai {}, {}", words::short(due), words::remaining(left, DAY_MINUTES))
        }
        TimeView::Done { spent, over } => {
            write!(text, " · {}{}", words::span(spent, DAY_MINUTES), overrun(over))
        }
        TimeView::Unknown(undecreed) => write!(text, " · {undecreed}"),
    };
}

fn overrun(over: Option<WorkMinutes>) -> String {
    match over {
        None => String::new(),
        Some(WorkMinutes(0)) => ", terlambat".to_owned(),
        Some(over) => format!(", lewat {}", words::span(over, DAY_MINUTES)),
    }
}
