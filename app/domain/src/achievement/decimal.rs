//! A decimal number, exact as typed.

use std::cmp::Ordering;
use std::fmt;

use serde::{Deserialize, Serialize};

/// A number of at most 18 digits with a decimal mark anywhere in it, for example 103,74.
///
/// Binary fractions would turn 75,995 into something just below it and move a row into another
/// category. Trailing zeros are not kept, so equal numbers are equal values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(try_from = "(i64, u8)", into = "(i64, u8)")]
pub struct Decimal {
    mantissa: i64,
    scale: u8,
}

impl Decimal {
    /// Most digits, on both sides of the mark together.
    pub const MAX_DIGITS: u8 = 18;

    /// The number 0.
    pub const ZERO: Self = Self { mantissa: 0, scale: 0 };

    /// `mantissa` divided by 10 to the power of `scale`; `None` if it takes more than
    /// [`Decimal::MAX_DIGITS`].
    pub fn new(mut mantissa: i64, mut scale: u8) -> Option<Self> {
        while scale > 0 && mantissa % 10 == 0 {
            mantissa /= 10;
            scale -= 1;
            if mantissa == 0 {
                scale = 0;
            }
        }
        let fits = i128::from(mantissa).abs() < power(Self::MAX_DIGITS) && scale <= Self::MAX_DIGITS;
        fits.then_some(Self { mantissa, scale })
    }

    /// A number from its digits before and after the mark, times 10 to the power of `shift`;
    /// `None` if it takes more than [`Decimal::MAX_DIGITS`] or there is anything but digits.
    pub(super) fn from_digits(whole: &str, decimals: &str, shift: u8) -> Option<Self> {
        let decimals = decimals.trim_end_matches('0');
        let mut mantissa: i64 = 0;
        for digit in whole.bytes().chain(decimals.bytes()) {
            let digit = digit.is_ascii_digit().then(|| i64::from(digit - b'0'))?;
            mantissa = mantissa.checked_mul(10)?.checked_add(digit)?;
        }
        let places = u8::try_from(decimals.len()).ok()?;
        let missing = shift.saturating_sub(places);
        mantissa = mantissa.checked_mul(10_i64.checked_pow(missing.into())?)?;
        Self::new(mantissa, places.saturating_sub(shift))
    }

    /// The number whose mantissa is `mantissa` at `scale`, if it fits.
    pub(super) fn from_wide(mantissa: i128, scale: u8) -> Option<Self> {
        Self::new(i64::try_from(mantissa).ok()?, scale)
    }

    /// Hundredths, a half going away from 0.
    pub fn hundredths(self) -> i64 {
        i64::try_from(self.rounded(2).wide(2)).unwrap_or(i64::MAX)
    }

    /// Its mantissa at a scale that is at least its own.
    pub(super) fn wide(self, scale: u8) -> i128 {
        i128::from(self.mantissa) * power(scale.saturating_sub(self.scale))
    }

    /// How many digits stand behind the mark.
    pub fn scale(self) -> u8 {
        self.scale
    }

    /// Whether it is 0.
    pub fn is_zero(self) -> bool {
        self.mantissa == 0
    }

    /// Whether it is below 0.
    pub fn is_negative(self) -> bool {
        self.mantissa < 0
    }

    /// The same number with the other sign.
    #[must_use]
    pub fn negated(self) -> Self {
        Self { mantissa: -self.mantissa, ..self }
    }

    /// Rounded to `places` behind the mark; a half goes away from 0, as in spreadsheets.
    #[must_use]
    pub fn rounded(self, places: u8) -> Self {
        let excess = self.scale.saturating_sub(places);
        let mantissa = divide(self.mantissa.into(), power(excess));
        // A rounded number is no longer than the number it was.
        Self::from_wide(mantissa, self.scale - excess).unwrap_or(self)
    }

    /// In Indonesian form with exactly `places` behind the mark: "103,00".
    pub fn fixed(self, places: u8) -> String {
        self.rounded(places).written(places)
    }

    /// In Indonesian form with at least `places` behind the mark.
    fn written(self, places: u8) -> String {
        let scale = usize::from(self.scale);
        let digits = format!("{:0>width$}", self.mantissa.unsigned_abs(), width = scale + 1);
        let (whole, decimals) = digits.split_at(digits.len() - scale);
        let mut text = String::with_capacity(digits.len() + 8);
        if self.is_negative() {
            text.push('-');
        }
        for (at, digit) in whole.chars().enumerate() {
            if at > 0 && (whole.len() - at).is_multiple_of(3) {
                text.push('.');
            }
            text.push(digit);
        }
        let places = usize::from(places);
        if scale.max(places) > 0 {
            text.push(',');
            text.push_str(decimals);
            text.extend(std::iter::repeat_n('0', places.saturating_sub(scale)));
        }
        text
    }
}

/// In Indonesian form: "1.234,5", "-0,25".
impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written(0))
    }
}

impl From<i32> for Decimal {
    fn from(whole: i32) -> Self {
        Self { mantissa: whole.into(), scale: 0 }
    }
}

impl From<Decimal> for (i64, u8) {
    fn from(number: Decimal) -> Self {
        (number.mantissa, number.scale)
    }
}

impl TryFrom<(i64, u8)> for Decimal {
    type Error = &'static str;

    fn try_from((mantissa, scale): (i64, u8)) -> Result<Self, Self::Error> {
        Self::new(mantissa, scale).ok_or("angka terlalu panjang")
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        let scale = self.scale.max(other.scale);
        self.wide(scale).cmp(&other.wide(scale))
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Ten to a power; callers stay below the 38 that fit.
pub(super) const fn power(exponent: u8) -> i128 {
    10_i128.saturating_pow(exponent as u32)
}

/// The nearest integer to a quotient, a half going away from 0. `by` is above 0.
pub(super) fn divide(number: i128, by: i128) -> i128 {
    let (quotient, rest) = (number / by, number % by);
    // Compared without doubling the rest, which may not fit.
    if rest.abs() >= by - rest.abs() { quotient + number.signum() } else { quotient }
}
