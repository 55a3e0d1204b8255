//! The table: each result with its goal and its floor beside it.

use std::fmt::Write;
use std::time::Instant;

use crate::machine;

/// What was measured so far.
pub(crate) struct Report {
    begun: Instant,
    load: String,
    figures: Vec<Figure>,
}

/// One result.
pub(crate) struct Figure {
    what: String,
    value: f64,
    unit: &'static str,
    goal: Option<Goal>,
    floor: Option<f64>,
}

#[derive(Clone, Copy)]
enum Goal {
    AtMost(f64),
    AtLeast(f64),
}

impl Figure {
    /// A result in a unit.
    pub(crate) fn new(what: impl Into<String>, value: f64, unit: &'static str) -> Self {
        Self { what: what.into(), value, unit, goal: None, floor: None }
    }

    /// It should not be more than this.
    pub(crate) fn at_most(self, goal: f64) -> Self {
        Self { goal: Some(Goal::AtMost(goal)), ..self }
    }

    /// It should not be less than this.
    pub(crate) fn at_least(self, goal: f64) -> Self {
        Self { goal: Some(Goal::AtLeast(goal)), ..self }
    }

    /// What the bare thing without an office does.
    pub(crate) fn floor(self, floor: f64) -> Self {
        Self { floor: Some(floor), ..self }
    }

    fn cells(&self) -> [String; 5] {
        let text = |value: f64| format!("{} {}", number(value), self.unit).trim_end().to_owned();
        let (goal, met) = match self.goal {
            None => (String::new(), ""),
            Some(Goal::AtMost(most)) => (format!("≤ {}", text(most)), yes_or_no(self.value <= most)),
            Some(Goal::AtLeast(least)) => (format!("≥ {}", text(least)), yes_or_no(self.value >= least)),
        };
        [self.what.clone(), text(self.value), goal, met.to_owned(), self.floor.map(text).unwrap_or_default()]
    }
}

impl Report {
    /// An empty one.
    pub(crate) fn begin() -> Self {
        Self { begun: Instant::now(), load: machine::load(), figures: Vec::new() }
    }

    /// Says what is measured now, to whoever waits.
    pub(crate) fn step(&self, what: &str) {
        eprintln!("[{:>3} s] {what}", self.begun.elapsed().as_secs());
    }

    /// Adds a result, and shows it at once: a run that is cut short has not been for nothing.
    pub(crate) fn add(&mut self, figure: Figure) {
        let [what, result, goal, _, floor] = figure.cells();
        let beside = [("goal", goal), ("floor", floor)].into_iter().filter(|(_, text)| !text.is_empty());
        let beside: String = beside.map(|(name, text)| format!("; {name} {text}")).collect();
        eprintln!("        {what}: {result}{beside}");
        self.figures.push(figure);
    }

    /// Prints everything as a table.
    pub(crate) fn print(&self) {
        const HEAD: [&str; 5] = ["measured", "result", "goal", "met", "floor"];
        let mut rows = vec![HEAD.map(str::to_owned)];
        rows.extend(self.figures.iter().map(Figure::cells));
        let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
        let widths: [usize; 5] = std::array::from_fn(width);
        rows.insert(1, widths.map(|width| "-".repeat(width)));
        let mut text = String::new();
        for row in &rows {
            for (cell, width) in row.iter().zip(widths) {
                // Writing to a string does not fail.
                let _ = write!(text, "| {cell:width$} ");
            }
            text.push_str("|\n");
        }
        let (before, after) = (&self.load, machine::load());
        let machine = machine::description();
        println!(
            "{machine}; load average {before} before, {after} after; {} s\n",
            self.begun.elapsed().as_secs()
        );
        print!("{text}");
    }
}

fn yes_or_no(met: bool) -> &'static str {
    if met { "yes" } else { "no" }
}

/// A number with three digits that matter.
fn number(value: f64) -> String {
    let decimals = match value.abs() {
        whole if whole.fract() == 0.0 || whole >= 100.0 => 0,
        tens if tens >= 10.0 => 1,
        _ => 2,
    };
    let text = format!("{value:.decimals$}");
    match text.len() {
        long if decimals == 0 && long > 3 => format!("{},{}", &text[..long - 3], &text[long - 3..]),
        _ => text,
    }
}
