//! Which rows of a long sheet a display shows: it never scrolls.

use std::ops::Range;

/// So many rows fit, and can be read from afar.
const FIT: usize = 13;

/// The rows that are shown, counted from 0, of a sheet with so many: all if they fit, else
/// those around the row at work, a little more of what comes than of what was.
pub fn window(rows: usize, at_work: usize) -> Range<usize> {
    let first = at_work.saturating_sub(FIT / 2 - 1).min(rows.saturating_sub(FIT));
    first..rows.min(first + FIT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_row_at_work_is_always_among_those_that_are_shown() {
        assert_eq!(window(12, 5), 0..12);
        assert_eq!(window(13, 12), 0..13);
        assert_eq!(window(40, 0), 0..13);
        assert_eq!(window(40, 20), 15..28);
        assert_eq!(window(40, 39), 27..40);
        for rows in 1..=200 {
            for at_work in 0..rows {
                let shown = window(rows, at_work);
                assert!(shown.contains(&at_work) && shown.len() == rows.min(FIT), "{rows} {at_work}");
            }
        }
    }
}
