//! Numbers in words that several pages use.

/// "1,6" for 160 percent.
pub(crate) fn times(percent: i64) -> String {
    let tenths = (percent + 5) / 10;
    format!("{},{}", tenths / 10, tenths % 10)
}

/// Whether there is an address now. The address itself is nobody's business in the trail.
pub(crate) fn mail_words(mail: &str) -> String {
    if mail.trim().is_empty() { "dikosongkan" } else { "diisi" }.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percents_are_factors() {
        assert_eq!([0, 4, 87, 105, 160].map(times), ["0,0", "0,0", "0,9", "1,1", "1,6"]);
    }
}
