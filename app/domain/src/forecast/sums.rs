//! Sums of uncertain amounts, computed in full: no drawing of lots.

use std::collections::BTreeMap;

/// Most different sums that are kept apart.
const FINEST: usize = 4000;

/// How likely each sum of working minutes is.
pub(super) struct Sums(BTreeMap<i64, f64>);

impl Default for Sums {
    fn default() -> Self {
        Self(BTreeMap::from([(0, 1.0)]))
    }
}

impl Sums {
    /// Adds an amount that is any of these, each as likely as the others.
    pub(super) fn add(&mut self, amounts: &[i64]) {
        self.combine(amounts, |sum, amount| sum + amount);
    }

    /// Goes on at one of these points at the earliest, each as likely as the others.
    pub(super) fn wait_until(&mut self, points: &[i64]) {
        self.combine(points, i64::max);
    }

    fn combine(&mut self, amounts: &[i64], with: impl Fn(i64, i64) -> i64) {
        let mut combined: BTreeMap<i64, f64> = BTreeMap::new();
        for (sum, weight) in &self.0 {
            for amount in amounts {
                *combined.entry(with(*sum, *amount)).or_default() += weight;
            }
        }
        self.0 = coarse(combined);
    }

    /// The smallest sum that is not exceeded with so many percent of certainty; never less
    /// than nothing.
    pub(super) fn quantile(&self, percent: u32) -> i64 {
        let all: f64 = self.0.values().sum();
        // A hair less, so that sums of fractions do not miss the point that they mean.
        let wanted = all * (f64::from(percent) / 100.0 - 1e-9);
        let mut reached = 0.0;
        let found = self.0.iter().find(|(_, weight)| {
            reached += **weight;
            reached >= wanted
        });
        found.or(self.0.last_key_value()).map_or(0, |(sum, _)| *sum).max(0)
    }
}

/// The same on a coarser scale if there are too many points. Rounded up: late rather than early.
fn coarse(sums: BTreeMap<i64, f64>) -> BTreeMap<i64, f64> {
    let ends = sums.keys().next().zip(sums.keys().next_back());
    let Some((first, last)) = ends.filter(|_| sums.len() > FINEST) else { return normal(sums) };
    let first = *first;
    let step = ((last - first) / i64::try_from(FINEST).unwrap_or(1) + 1).max(1);
    let mut coarse: BTreeMap<i64, f64> = BTreeMap::new();
    for (sum, weight) in sums {
        let steps = (sum - first + step - 1) / step;
        *coarse.entry(first + steps * step).or_default() += weight;
    }
    normal(coarse)
}

/// The weights sum up to one again.
fn normal(mut sums: BTreeMap<i64, f64>) -> BTreeMap<i64, f64> {
    let all: f64 = sums.values().sum();
    sums.values_mut().for_each(|weight| *weight /= all);
    sums
}

#[cfg(test)]
mod tests {
    use super::Sums;

    #[test]
    fn sums_are_computed_in_full() {
        let mut sums = Sums::default();
        sums.add(&[1, 2, 3, 4, 5, 6]);
        sums.add(&[1, 2, 3, 4, 5, 6]);
        let of_dice = [5, 25, 50, 75, 95, 100].map(|percent| sums.quantile(percent));
        assert_eq!(of_dice, [3, 5, 7, 9, 11, 12]);
        sums.wait_until(&[8]);
        assert_eq!([5, 50, 75].map(|percent| sums.quantile(percent)), [8, 8, 9]);
    }

    #[test]
    fn many_points_are_put_together_upwards() {
        let mut sums = Sums::default();
        for n in 1..8 {
            sums.add(&(0..20).map(|k| k * k * n * 17).collect::<Vec<_>>());
        }
        assert!(sums.0.len() <= super::FINEST + 1);
        let quantiles: Vec<_> = (0..=100).map(|percent| sums.quantile(percent)).collect();
        assert!(quantiles.is_sorted());
    }
}
