//! Which way is better, by the words of a cell.

use super::Polarity;

/// Reads a direction: "naik", "maks", "higher", "turun", "semakin kecil semakin baik".
///
/// `Some(None)` if there is nothing, `None` if it is neither or both: "semakin rendah realisasi
/// semakin tinggi capaian" names both, and which one comes first says nothing.
pub fn polarity(text: &str) -> Option<Option<Polarity>> {
    const UP: [&str; 9] =
        ["naik", "meningkat", "tinggi", "besar", "banyak", "maks", "max", "higher", "positif"];
    const DOWN: [&str; 9] =
        ["turun", "menurun", "rendah", "kecil", "sedikit", "min", "lower", "negatif", "berkurang"];
    let text = text.to_ascii_lowercase().replace('↑', "naik").replace('↓', "turun");
    let words = || text.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| !word.is_empty());
    let names = |starts: &[&str]| words().any(|word| starts.iter().any(|start| word.starts_with(start)));
    match (names(&UP), names(&DOWN)) {
        (true, false) => Some(Some(Polarity::HigherIsBetter)),
        (false, true) => Some(Some(Polarity::LowerIsBetter)),
        (false, false) if text.chars().all(|c| c.is_whitespace() || c == '-') => Some(None),
        _ => None,
    }
}
