//! The Waktu column in words.

use domain::calendar::{DAY_MINUTES, words};
use domain::sheet::TimeView;

/// What stands under the promised time: the words, and how strong they are
/// (`plain`, `strong` or `over`).
pub fn time_words(time: TimeView) -> Vec<(String, &'static str)> {
    match time {
        TimeView::Silent => Vec::new(),
        TimeView::Planned(end) => vec![(format!("rencana {}", words::short(end)), "plain")],
        TimeView::Running { due, left } => {
            let strength = if left.0 < 0 { "over" } else { "strong" };
            vec![
                (words::remaining(left, DAY_MINUTES), strength),
                (format!("sampai {}", words::short(due)), "plain"),
            ]
        }
        TimeView::Done { spent, over } => {
            let over = over.map(|over| (format!("lewat {}", words::span(over, DAY_MINUTES)), "over"));
            std::iter::once((words::span(spent, DAY_MINUTES), "strong")).chain(over).collect()
        }
        TimeView::Unknown(undecreed) => vec![(undecreed.to_string(), "plain")],
    }
}

/// The time left of the row whose turn it is, and until when, in words.
pub fn left_words(time: TimeView) -> Option<(String, String)> {
    match time {
        TimeView::Running { due, left } => {
            Some((words::remaining(left, DAY_MINUTES), format!("Sampai {}", words::full(due))))
        }
        TimeView::Unknown(undecreed) => Some((undecreed.to_string(), "Batas waktu".to_owned())),
        TimeView::Silent | TimeView::Planned(_) | TimeView::Done { .. } => None,
    }
}
