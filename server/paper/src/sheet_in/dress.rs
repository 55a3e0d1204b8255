//! What a number format puts around a number, and to how many decimals it rounds.

use domain::achievement::Decimal;

/// What the first section of a format code, the one for positive numbers, shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Dress {
    /// To how many decimals it rounds, if it says so.
    decimals: Option<u8>,
    before: String,
    after: String,
}

impl Dress {
    /// The dress of the formats that every Excel has (ECMA-376, 18.8.30).
    pub(super) fn built_in(id: &str) -> Self {
        let decimals = match id.parse::<u32>() {
            Ok(1 | 3 | 9 | 37 | 38) => Some(0),
            Ok(2 | 4 | 10 | 39 | 40) => Some(2),
            _ => None,
        };
        Self { decimals, ..Self::default() }
    }

    /// Reads a format code. Codes that scale, or show fractions or powers of ten, say nothing.
    pub(super) fn of(code: &str) -> Self {
        let mut dress = Self::default();
        let (mut digits, mut behind, mut mark) = (false, false, false);
        let mut places = 0_u8;
        let mut rest = code.chars().peekable();
        while let Some(c) = rest.next() {
            let literal = match c {
                ';' => break,
                '0' | '#' if behind => return Self::default(),
                '0' | '#' => {
                    digits = true;
                    places = places.saturating_add(u8::from(mark));
                    continue;
                }
                // Between digits it groups; behind them it divides by a thousand.
                ',' if rest.peek().is_some_and(|next| matches!(next, '0' | '#')) => continue,
                '.' if digits && !mark => {
                    mark = true;
                    continue;
                }
                '%' => {
                    behind |= digits;
                    continue;
                }
                ',' | '.' | '?' | '/' | '@' | 'E' | 'e' | 'G' | 'g' => return Self::default(),
                '_' | '*' => {
                    rest.next();
                    continue;
                }
                '"' => rest.by_ref().take_while(|c| *c != '"').collect(),
                '\\' => rest.next().map(String::from).unwrap_or_default(),
                '[' => match currency(&rest.by_ref().take_while(|c| *c != ']').collect::<String>()) {
                    Some(currency) => currency,
                    None => continue,
                },
                c => c.to_string(),
            };
            behind |= digits;
            if digits { &mut dress.after } else { &mut dress.before }.push_str(&literal);
        }
        dress.decimals = digits.then_some(places);
        dress
    }

    /// The number as it is shown, a half going away from 0.
    pub(super) fn rounded(&self, text: &str) -> String {
        let (number, percent) = text.strip_suffix('%').map_or((text, ""), |number| (number, "%"));
        let rounded = self.decimals.zip(decimal(number)).map(|(places, number)| number.rounded(places));
        match rounded {
            Some(rounded) => format!("{}{percent}", rounded.to_string().replace('.', "")),
            None => text.to_owned(),
        }
    }

    /// The number with what is shown around it. Signs and blanks of bookkeeping are not taken.
    pub(super) fn on(&self, number: &str) -> String {
        let before = self.before.trim();
        let after = self.after.trim();
        let before = if before.chars().any(char::is_alphabetic) { before } else { "" };
        let after = if after.chars().any(|c| c.is_alphabetic() || c == '%') { after } else { "" };
        match after.chars().next() {
            Some('%') if !number.ends_with('%') => format!("{before}{number}{after}"),
            Some(c) if c.is_alphabetic() => format!("{before}{number} {after}"),
            _ => format!("{before}{number}"),
        }
    }
}

/// The sign of `[$Rp-421]`; a colour, a condition or a duration has none.
fn currency(inside: &str) -> Option<String> {
    let sign = inside.strip_prefix('$')?.split('-').next()?;
    (!sign.is_empty()).then(|| sign.to_owned())
}

/// A number as the office writes it, without anything between thousands.
fn decimal(text: &str) -> Option<Decimal> {
    let (whole, decimals) = text.split_once(',').unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole.strip_prefix('-').unwrap_or(whole)) || !digits(decimals) {
        return None;
    }
    Decimal::new(format!("{whole}{decimals}").parse().ok()?, u8::try_from(decimals.len()).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_dressed() {
        for (code, number, shown) in [
            ("General", "98,4567", "98,4567"),
            ("0", "97,5", "98"),
            ("0.00", "97,256", "97,26"),
            ("#,##0.00;[Red]-#,##0.00", "-1432567890,5", "-1432567890,5"),
            ("_-\"Rp\"* #,##0_-", "1500000000", "Rp1500000000"),
            ("[$Rp-421]#,##0", "1500,4", "Rp1500"),
            ("0.00\"%\"", "98,5", "98,5%"),
            ("0\\%", "98", "98%"),
            ("0.0%", "98,54%", "98,5%"),
            ("0 \"hari\"", "5", "5 hari"),
            ("#,##0,,\"jt\"", "5000000", "5000000"),
            ("# ?/?", "0,5", "0,5"),
            ("0.00E+00", "12345", "12345"),
            ("_(* #,##0_);_(* (#,##0);_(* \"-\"_);_(@_)", "5", "5"),
        ] {
            let dress = Dress::of(code);
            assert_eq!(dress.on(&dress.rounded(number)), shown, "{code}");
        }
        assert_eq!(Dress::built_in("10").rounded("98,456%"), "98,46%");
    }
}
