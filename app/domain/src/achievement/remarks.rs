//! What is worth a second look in a row: how a number was read, and whether the numbers look like
//! one another. Nothing here changes a number: it is said,
//! and who typed it confirms or mends.

use super::{Achievement, Bound, Decimal, Fault, Field, Number, Polarity, Reading, Row, Unit};

/// Above this a capaian is looked at again, in percent.
const MOST: i32 = 200;
/// Below this a capaian is looked at again, in percent.
const LEAST: i32 = 10;
/// How many times the year before is too many.
const TIMES: i32 = 10;

impl Row {
    /// What is worth a second look: how a doubtful number was read, a target whose limit points
    /// the other way than the row, and numbers that do not look like one another.
    pub fn remarks(&self) -> Vec<Fault> {
        let mut remarks = Vec::new();
        for field in [Field::Target, Field::Realisasi, Field::Last] {
            let reading = Reading::of(self.text(field));
            let sentence = reading.number().and_then(Number::remark);
            remarks.extend(sentence.map(|sentence| Fault { field, sentence }));
        }
        let target = Reading::of(&self.target);
        let bound = target.number().and_then(|number| number.bound);
        let against = matches!(
            (bound, self.polarity),
            (Some(Bound::AtMost | Bound::Below), Polarity::HigherIsBetter)
                | (Some(Bound::AtLeast | Bound::Above), Polarity::LowerIsBetter)
        );
        if let (true, Some(bound)) = (against, bound) {
            let (sign, arah) = (bound.sign(), self.polarity.sentence());
            let sentence = format!("target bertanda {sign} sedangkan arahnya {arah}, periksa arahnya");
            remarks.push(Fault { field: Field::Polarity, sentence });
        }
        remarks.extend(odd(self).map(|(field, sentence)| Fault { field, sentence }));
        remarks
    }
}

/// What is to be looked at again, and in which cell.
fn odd(row: &Row) -> impl Iterator<Item = (Field, String)> {
    let [target, realisasi, last] = [&row.target, &row.realisasi, &row.last].map(|cell| Reading::of(cell));
    let scaled = match (target.number(), realisasi.number()) {
        (Some(target), Some(realisasi)) => scale(target, realisasi),
        _ => None,
    };
    let far = match row.achievement() {
        Achievement::Percent(percent) if scaled.is_none() => far(percent),
        _ => None,
    };
    let grown = match (realisasi.number(), last.number()) {
        (Some(realisasi), Some(last)) => grown(realisasi, last),
        _ => None,
    };
    [scaled, far]
        .into_iter()
        .flatten()
        .map(|said| (Field::Realisasi, said))
        .chain(grown.map(|said| (Field::Last, said)))
}

/// "0,95" against "98,5%": a share against percent, or thousands against units.
fn scale(target: &Number, realisasi: &Number) -> Option<String> {
    let one_sided = (target.unit == Unit::None) != (realisasi.unit == Unit::None);
    if !one_sided {
        return None;
    }
    let (small, large) = if target.value < realisasi.value {
        (target.value, realisasi.value)
    } else {
        (realisasi.value, target.value)
    };
    let factor =
        [100, 1_000, 1_000_000].into_iter().find(|factor| is_near(small, large, i128::from(*factor)))?;
    let factor = Decimal::from(factor);
    Some(format!(
        "target {target} dan realisasi {realisasi} berbeda kira-kira {factor} kali, periksa satuannya"
    ))
}

/// Whether `large` is about `factor` times `small`: from six tenths of it to sixteen tenths.
fn is_near(small: Decimal, large: Decimal, factor: i128) -> bool {
    let places = small.scale().max(large.scale());
    let (small, large) = (small.wide(places), large.wide(places));
    let Some(wanted) = small.checked_mul(factor) else { return false };
    small > 0
        && large.saturating_mul(10) >= wanted.saturating_mul(6)
        && large.saturating_mul(10) <= wanted.saturating_mul(16)
}

fn far(percent: Decimal) -> Option<String> {
    let shown = percent.fixed(2);
    if percent > MOST.into() {
        Some(format!("capaian {shown}% lebih dari {MOST}%, periksa target dan realisasinya"))
    } else if percent < LEAST.into() {
        Some(format!("capaian {shown}% kurang dari {LEAST}%, periksa target dan realisasinya"))
    } else {
        None
    }
}

/// A capaian in percent is no amount to compare with, so the units must agree as far as they are
/// written.
fn grown(realisasi: &Number, last: &Number) -> Option<String> {
    let percent = |number: &Number| number.unit == Unit::Percent;
    if percent(realisasi) != percent(last) || realisasi.unit.differs(&last.unit) {
        return None;
    }
    let places = realisasi.value.scale().max(last.value.scale());
    let (now, before) = (realisasi.value.wide(places), last.value.wide(places));
    let is_more = before > 0 && now > before.saturating_mul(TIMES.into());
    is_more.then(|| {
        format!("realisasi {realisasi} lebih dari {TIMES} kali tahun lalu ({last}), periksa keduanya")
    })
}
