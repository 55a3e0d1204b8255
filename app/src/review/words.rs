//! Words and names that several parts of these pages use.

use domain::achievement::Category;
use domain::calendar::words;
use domain::log::Stamp;

use super::model::ReportSheet;

/// The id of the form; fields for findings stand where they belong, all over the page.
pub(super) const RETURN_FORM: &str = "f-kembalikan";

/// Who did something, in whose place if not their own, and when.
pub(super) fn stamp_words(sheet: &ReportSheet, stamp: &Stamp) -> String {
    let acting = stamp.acting.as_ref();
    let acting = acting.map(|it| format!(", a.n. {} ({})", it.lane.as_str().to_uppercase(), it.kind));
    let (name, acting) = (name_of(sheet, &stamp.by.0), acting.unwrap_or_default());
    format!("{name}{acting}, {}", words::short(stamp.at))
}

/// The name of an account; the account where it has none.
pub(super) fn name_of(sheet: &ReportSheet, account: &str) -> String {
    let person = sheet.names.iter().find(|(id, _)| id.0 == account).map(|(_, person)| person.name.clone());
    person.unwrap_or_else(|| account.to_owned())
}

/// A category as it stands in markup.
pub(super) fn key(category: Category) -> &'static str {
    match category {
        Category::VeryHigh => "1",
        Category::High => "2",
        Category::Medium => "3",
        Category::Low => "4",
        Category::VeryLow => "5",
    }
}
