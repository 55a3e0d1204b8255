//! How many cases came out how, as a table.

use std::collections::BTreeMap;
use std::time::Duration;

use super::damage::Case;
use super::office::Kept;
use super::probe::{Outcome, Seen};

/// The counts so far.
#[derive(Default)]
pub(crate) struct Tally {
    rows: BTreeMap<(&'static str, &'static str), Row>,
    wrong: Vec<String>,
    slowest: (Duration, String),
    left_out: usize,
}

#[derive(Default)]
struct Row {
    cases: usize,
    whole: usize,
    told: usize,
    wrong: usize,
}

impl Tally {
    /// Takes in one case.
    pub(crate) fn take(&mut self, kept: &Kept, case: &Case, seen: &Seen) {
        let row = self.rows.entry((kept.name, case.kind())).or_default();
        row.cases += 1;
        match &seen.outcome {
            Outcome::Whole => row.whole += 1,
            Outcome::Told(_) => row.told += 1,
            Outcome::Wrong(why) => {
                row.wrong += 1;
                self.wrong.push(format!("{}: {case}: {why}", kept.name));
            }
        }
        if seen.took > self.slowest.0 {
            self.slowest = (seen.took, format!("{}: {case}", kept.name));
        }
    }

    /// Notes that there was no time for so many.
    pub(crate) fn left_out(&mut self, count: usize) {
        self.left_out += count;
    }

    /// Prints the table. Fails if anything was wrong.
    pub(crate) fn judge(&self) {
        println!("{:<10}{:<14}{:>8}{:>8}{:>8}{:>8}", "office", "damage", "cases", "whole", "told", "WRONG");
        let mut all = Row::default();
        for ((office, damage), Row { cases, whole, told, wrong }) in &self.rows {
            println!("{office:<10}{damage:<14}{cases:>8}{whole:>8}{told:>8}{wrong:>8}");
            all.cases += cases;
            all.whole += whole;
            all.told += told;
            all.wrong += wrong;
        }
        println!("{:<24}{:>8}{:>8}{:>8}{:>8}", "together", all.cases, all.whole, all.told, all.wrong);
        println!("slowest: {:.2} s ({})", self.slowest.0.as_secs_f64(), self.slowest.1);
        if self.left_out > 0 {
            println!("no time for {} more", self.left_out);
        }
        self.wrong.iter().for_each(|wrong| println!("WRONG {wrong}"));
        assert!(self.wrong.is_empty(), "{} wrong", self.wrong.len());
        // A rig that damages nothing, or finds everything damaged, would show nothing.
        assert!(all.whole > 0 && all.told > 0);
    }
}
