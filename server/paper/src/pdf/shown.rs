//! What is drawn of a text: every character in a font that has it, or by its number.

use std::fmt::Write;
use std::ops::Range;

use domain::text::is_hidden;
use unicode_segmentation::UnicodeSegmentation;

use super::font::{FaceId, Font};

/// How many characters a letter with its marks is drawn of; more would climb over the lines above.
/// Syllables of Javanese have five.
const TALLEST: usize = 7;
/// Begins and ends what is read from the left whatever stands around it. Never drawn.
const ISOLATE: [char; 2] = ['\u{2066}', '\u{2069}'];

/// A text as it is drawn.
pub(super) struct Shown {
    /// What is read, white space as single characters.
    pub text: String,
    /// Which part is of which font, in order. What is in no part is not drawn.
    pub parts: Vec<(Range<usize>, FaceId)>,
}

impl Shown {
    /// White space becomes spaces. What people would not see, what no font has, and marks above
    /// [`TALLEST`] are drawn as numbers (`[U+202E]`): nothing is lost, and nothing turns the rest.
    pub(super) fn new(text: &str, font: Font) -> Self {
        let mut shown = Self { text: String::with_capacity(text.len()), parts: Vec::new() };
        for word in text.split_inclusive(char::is_whitespace) {
            shown.word(word, font);
        }
        shown
    }

    /// What the font does not have of a word is of one other font, if one has it all: letters that
    /// join must be of one font.
    fn word(&mut self, word: &str, font: Font) {
        let own = font.own().face();
        let foreign = |c: &char| !is_hidden(*c) && !c.is_whitespace() && own.is_none_or(|own| !own.has(*c));
        let foreign: Vec<char> = word.chars().filter(foreign).collect();
        let other = if foreign.is_empty() { None } else { font.with(&foreign) };
        for letter in word.graphemes(true) {
            self.letter(letter, font, other);
        }
    }

    fn letter(&mut self, letter: &str, font: Font, other: Option<FaceId>) {
        if letter.chars().all(char::is_whitespace) {
            let before = self.parts.last().filter(|(part, _)| part.end == self.text.len()).map(|(_, id)| *id);
            return self.push(" ", before.unwrap_or(font.own()));
        }
        let visible: Vec<char> = letter.chars().filter(|c| !is_hidden(*c)).take(TALLEST).collect();
        let has_all = |id: &FaceId| id.face().is_some_and(|face| visible.iter().all(|c| face.has(*c)));
        let whole = [Some(font.own()), other].into_iter().flatten().find(has_all);
        let whole = whole.or_else(|| font.with(&visible));
        let base = whole.or_else(|| visible.first().and_then(|first| font.with(&[*first])));
        let mut drawn = 0;
        for c in letter.chars() {
            let fits = !is_hidden(c) && drawn < TALLEST;
            match base.filter(|id| fits && id.face().is_some_and(|face| face.has(c))) {
                Some(id) => {
                    drawn += 1;
                    self.push(c.encode_utf8(&mut [0; 4]), id);
                }
                None => self.number(c, font),
            }
        }
    }

    /// Draws the number of a character.
    fn number(&mut self, c: char, font: Font) {
        let [begin, end] = ISOLATE;
        let mut number = String::new();
        // Writing to a String cannot fail.
        let _ = write!(number, "[U+{:04X}]", u32::from(c));
        self.text.push(begin);
        self.push(&number, font.own());
        self.text.push(end);
    }

    fn push(&mut self, text: &str, id: FaceId) {
        let from = self.text.len();
        self.text.push_str(text);
        match self.parts.last_mut() {
            Some((part, of)) if *of == id && part.end == from => part.end = self.text.len(),
            _ => self.parts.push((from..self.text.len(), id)),
        }
    }
}

#[cfg(test)]
impl Shown {
    /// The text of a part of it, without what is never drawn.
    pub(super) fn read(&self, range: Range<usize>) -> String {
        self.text.get(range).unwrap_or_default().replace(ISOLATE, "")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        let shown = Shown::new(text, Font::Bold);
        let drawn: String = shown.parts.iter().map(|(part, _)| &shown.text[part.clone()]).collect();
        assert_eq!(drawn, shown.read(0..shown.text.len()));
        drawn
    }

    #[test]
    fn nothing_is_lost() {
        for (text, drawn) in [
            ("Łódź ≤ 5 é", "Łódź ≤ 5 é"),
            ("ꦢꦶꦤꦱ꧀ وزارة Ж", "ꦢꦶꦤꦱ꧀ وزارة Ж"),
            ("a\u{a0}b\tc\nd", "a b c d"),
            ("a\u{202e}fdp.exe", "a[U+202E]fdp.exe"),
            ("文🙂", "[U+6587][U+1F642]"),
            ("\u{e000}\0\u{feff}", "[U+E000][U+0000][U+FEFF]"),
            ("👩\u{200d}🎓", "[U+1F469][U+200D][U+1F393]"),
            ("\u{301}", "\u{301}"),
            ("q\u{20dd}", "q[U+20DD]"),
            ("", ""),
        ] {
            assert_eq!(read(text), drawn, "{text:?}");
        }
    }

    #[test]
    fn a_tower_of_marks_is_taken_down() {
        let tower = format!("a{}b", "\u{302}".repeat(100));
        assert_eq!(read(&tower), format!("a{}{}b", "\u{302}".repeat(6), "[U+0302]".repeat(94)));
    }

    #[test]
    fn spaces_stay_with_their_words() {
        let parts = |text: &str| Shown::new(text, Font::Regular).parts.len();
        assert_eq!(parts("وزارة الداخلية RI"), 2);
        // The third letter is of the second Arabic font, and so are those that it joins.
        assert_eq!(parts("كبۑن"), 1);
    }
}
