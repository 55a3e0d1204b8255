//! Texts of a workbook: shared ones, and how they are written.

use std::io::BufRead;

use domain::text::printable;

use super::SheetProblem;
use super::elements::Elements;
use super::xml::{Item, walk};

/// Collects a text out of its runs, without the reading aids of Japanese (`rPh`).
#[derive(Default)]
pub(super) struct Runs {
    text: String,
    in_text: bool,
    aside: usize,
}

impl Runs {
    /// Takes what belongs to the text.
    pub(super) fn visit(&mut self, item: &Item<'_>) {
        match item {
            Item::Open(b"rPh", _) => self.aside += 1,
            Item::Close(b"rPh") => self.aside = self.aside.saturating_sub(1),
            Item::Open(b"t", _) => self.in_text = self.aside == 0,
            Item::Close(b"t") => self.in_text = false,
            Item::Text(text) if self.in_text => self.text.push_str(text),
            _ => {}
        }
    }

    /// The text so far; begins anew.
    pub(super) fn take(&mut self) -> String {
        plain(&std::mem::take(self).text)
    }
}

/// Reads the texts that cells point to by number.
pub(super) fn read<R: BufRead>(part: R, elements: &mut Elements) -> Result<Vec<String>, SheetProblem> {
    let mut texts = Vec::new();
    let mut runs = Runs::default();
    walk(part, |item| {
        runs.visit(&item);
        if matches!(item, Item::Close(b"si")) {
            elements.take()?;
            texts.push(runs.take());
        }
        Ok(())
    })?;
    Ok(texts)
}

/// A text as it was typed: Excel writes what XML cannot hold as `_x000D_`. What is not seen,
/// other than line breaks and tabs, is left out.
pub(super) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let (before, after) = rest.split_at(at);
        plain.push_str(before);
        let code = after.get(2..6).filter(|_| after.as_bytes().get(6) == Some(&b'_'));
        match code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32) {
            Some(c) => {
                plain.push(c);
                rest = after.get(7..).unwrap_or_default();
            }
            None => {
                plain.push_str("_x");
                rest = after.get(2..).unwrap_or_default();
            }
        }
    }
    plain.push_str(rest);
    printable(&plain.replace("\r\n", "\n"))
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn escapes() {
        for (written, typed) in [
            ("satu_x000D_\ndua", "satu\ndua"),
            ("_x005F_x000D_", "_x000D_"),
            ("a_x0000_b\u{7}", "ab"),
            ("nilai_xyz", "nilai_xyz"),
            ("_x00", "_x00"),
            ("_xé", "_xé"),
            ("_xD800_", "_xD800_"),
        ] {
            assert_eq!(plain(written), typed, "{written}");
        }
    }
}
