//! The days that a chart shows, and where a moment lies among them.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// The days of a chart, from midnight to midnight.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Axis {
    /// The first moment.
    pub from: DateTime<Utc>,
    /// The last moment.
    pub to: DateTime<Utc>,
    /// Days on which nobody works, those in a row together, with what they are.
    pub off: Vec<Off>,
    /// Where a month begins, and its name.
    pub months: Vec<(NaiveDate, String)>,
}

/// Days on which nobody works.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Off {
    /// From midnight.
    pub from: DateTime<Utc>,
    /// To midnight.
    pub to: DateTime<Utc>,
    /// Whether one of them is off by decree or because the office is closed.
    pub holiday: bool,
}

impl Axis {
    /// How far along the chart a moment lies, in percent from 0 to 100.
    pub fn share(&self, at: DateTime<Utc>) -> f64 {
        let part = |to: DateTime<Utc>| to.signed_duration_since(self.from).num_seconds();
        // Seconds of some months are far from where a float is inexact.
        #[expect(clippy::cast_precision_loss, reason = "seconds of a few years")]
        let share = part(at) as f64 / part(self.to).max(1) as f64 * 100.0;
        share.clamp(0.0, 100.0)
    }

    /// The same as an attribute of a drawing: "12.34%".
    pub fn x(&self, at: DateTime<Utc>) -> String {
        percent(self.share(at))
    }

    /// How wide a stretch is, as an attribute; never so narrow that it is not seen.
    pub fn width(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> String {
        percent((self.share(to) - self.share(from)).max(0.45))
    }
}

fn percent(share: f64) -> String {
    format!("{share:.2}%")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_lie_where_they_belong() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let (from, to) = (at("2026-12-01T00:00:00Z"), at("2026-12-11T00:00:00Z"));
        let axis = Axis { from, to, off: Vec::new(), months: Vec::new() };
        assert_eq!(axis.x(at("2026-12-06T00:00:00Z")), "50.00%");
        assert_eq!(axis.x(at("2026-11-06T00:00:00Z")), "0.00%");
        assert_eq!(axis.width(from, from), "0.45%");
    }
}
