//! Text for the standard fonts: encoded, measured, broken into lines.

use deunicode::deunicode_char;
use encoding_rs::WINDOWS_1252;

use super::widths::{COURIER, HELVETICA, HELVETICA_BOLD};

/// A standard font.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::paper) enum Font {
    /// Helvetica.
    Regular,
    /// Helvetica Bold.
    Bold,
    /// Courier.
    Mono,
}

impl Font {
    /// Width of an encoded text, in points.
    pub(in crate::paper) fn width(self, text: &[u8], size: f32) -> f32 {
        let thousandths: f32 = text.iter().map(|byte| f32::from(self.unit(*byte))).sum();
        thousandths * size / 1000.0
    }

    /// Width of a character, in thousandths of the size.
    fn unit(self, byte: u8) -> u16 {
        let table = match self {
            Self::Regular => &HELVETICA,
            Self::Bold => &HELVETICA_BOLD,
            Self::Mono => return COURIER,
        };
        byte.checked_sub(32).and_then(|index| table.get(usize::from(index)).copied()).unwrap_or_default()
    }
}

/// The text in `WinAnsiEncoding`. What the fonts do not have is written in Latin letters
/// (`Ł` as `L`, `≤` as `<=`), or as `?`; control and direction characters are left out.
pub(in crate::paper) fn encoded(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    for c in text.chars() {
        if c.is_whitespace() {
            bytes.push(b' ');
        } else if !is_unseen(c) {
            let mut buffer = [0; 4];
            let (encoded, _, failed) = WINDOWS_1252.encode(c.encode_utf8(&mut buffer));
            if failed { bytes.extend(replaced(c)) } else { bytes.extend(encoded.iter()) }
        }
    }
    bytes
}

/// Characters that nothing is drawn for. The control characters would also pass for those
/// that Windows-1252 leaves free.
fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
        || matches!(c, '\u{300}'..='\u{36f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

fn replaced(c: char) -> Vec<u8> {
    let latin = deunicode_char(c).unwrap_or_default().trim();
    let latin: Vec<u8> = latin.bytes().filter(|byte| matches!(byte, b' '..=b'~')).collect();
    if latin.is_empty() { vec![b'?'] } else { latin }
}

/// The text in lines no wider than this, in points: broken between words, or inside a word
/// that is wider than a line. At least one line.
pub(in crate::paper) fn wrapped(text: &str, font: Font, size: f32, most: f32) -> Vec<Vec<u8>> {
    let text = encoded(text);
    let mut lines = Vec::new();
    let mut line: Vec<u8> = Vec::new();
    for word in text.split(|byte| *byte == b' ').filter(|word| !word.is_empty()) {
        let mut longer = line.clone();
        if !line.is_empty() {
            longer.push(b' ');
        }
        longer.extend(word);
        if font.width(&longer, size) <= most {
            line = longer;
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        for byte in word {
            line.push(*byte);
            if line.len() > 1 && font.width(&line, size) > most {
                line.pop();
                lines.push(std::mem::replace(&mut line, vec![*byte]));
            }
        }
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_outside_the_fonts() {
        assert_eq!(encoded("é – “a”"), b"\xe9 \x96 \x93a\x94");
        assert_eq!(encoded("Łódź ≤ 5"), b"L\xf3dz <= 5");
        assert_eq!(encoded("a\u{a0}b\tc\u{200b}d\u{202e}e\u{81}f\0"), b"a b cdef");
        assert_eq!(encoded("\u{e000}"), b"?");
        assert!(encoded("文件 🙂 Ж").iter().all(|byte| (b' '..=b'~').contains(byte)));
    }

    #[test]
    fn widths() {
        // Adobe's metrics: A 667, space 278, i 222; bold i 278.
        assert!((Font::Regular.width(b"A i", 10.0) - 11.67).abs() < 0.001);
        assert!((Font::Bold.width(b"i", 100.0) - 27.8).abs() < 0.001);
        assert!((Font::Mono.width(b"iW", 10.0) - 12.0).abs() < 0.001);
        assert!((Font::Regular.width(b"\xe9", 10.0) - 5.56).abs() < 0.001);
    }

    #[test]
    fn lines() {
        let fits = |lines: &[Vec<u8>]| lines.iter().all(|line| Font::Regular.width(line, 10.0) <= 60.0);
        let lines = wrapped("satu dua tiga empat lima enam tujuh", Font::Regular, 10.0, 60.0);
        assert!(fits(&lines) && lines.len() > 2);
        assert_eq!(lines.join(&b' '), b"satu dua tiga empat lima enam tujuh");
        let lines = wrapped(&format!("a {}", "m".repeat(50)), Font::Regular, 10.0, 60.0);
        assert!(fits(&lines));
        assert_eq!(lines.concat(), format!("a{}", "m".repeat(50)).as_bytes());
        assert_eq!(wrapped("", Font::Bold, 10.0, 60.0), [b""]);
    }
}
