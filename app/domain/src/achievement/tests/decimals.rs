//! Exact numbers: rounding, order, limits, storage.

use crate::achievement::Decimal;

#[test]
fn decimals_are_rounded_as_spreadsheets_do() {
    let d = |mantissa, scale| Decimal::new(mantissa, scale).unwrap();
    let cases = [
        (d(75_995, 3), "76,00"),
        (d(75_994_999, 6), "75,99"),
        (d(-75_995, 3), "-76,00"),
        (d(-4, 3), "0,00"),
        (d(-5, 3), "-0,01"),
        (d(103, 0), "103,00"),
        (d(1_234_567_891, 3), "1.234.567,89"),
        (d(999_999_999_999_999_999, 18), "1,00"),
        (d(999_999_999_999_999_999, 1), "99.999.999.999.999.999,90"),
    ];
    for (number, text) in cases {
        assert_eq!(number.fixed(2), text);
    }
    assert_eq!(d(10_300, 2), d(103, 0));
    assert_eq!(d(0, 18), Decimal::ZERO);
    assert!(d(-1, 18) < Decimal::ZERO && d(90_994, 3) < d(91, 0) && d(999_999_999_999_999_999, 0) > d(1, 18));
    assert_eq!(Decimal::new(1_000_000_000_000_000_000, 0), None);
    assert_eq!(Decimal::new(10, 19), Decimal::new(1, 18));
    assert_eq!(Decimal::new(1, 19), None);
    assert_eq!(Decimal::new(i64::MIN, 0), None);
}

#[test]
fn a_stored_decimal_is_checked() {
    let number = Decimal::new(-10_374, 2).unwrap();
    let text = serde_json::to_string(&number).unwrap();
    assert_eq!(text, "[-10374,2]");
    assert_eq!(serde_json::from_str::<Decimal>(&text).unwrap(), number);
    assert_eq!(serde_json::from_str::<Decimal>("[10,1]").unwrap(), Decimal::from(1));
    assert!(serde_json::from_str::<Decimal>("[1,200]").is_err());
}
