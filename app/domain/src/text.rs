//! The one guard against characters that people do not see: those that turn the reading direction,
//! take no place, or are no letters at all. A name with one is refused; every other text that
//! somebody gives, or brings in from a file, loses them.

use std::fmt;

/// Why a character is not seen, or not as what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hidden {
    /// It steers a device: C0 and C1, among them tab and line break.
    Control,
    /// It breaks a line where nobody looks for it: U+2028 and U+2029.
    Break,
    /// It turns the reading direction, so that `gpj.exe` shows as `exe.jpg`.
    Direction,
    /// It takes no place, so that two names look the same.
    Invisible,
    /// It takes a place and shows nothing, yet is no space.
    Blank,
    /// It chooses among shapes of the character before it.
    Variation,
    /// It spells a second, unseen text (U+E0000 to U+E0FFF).
    Tag,
    /// What it means is agreed on elsewhere; here it is a box.
    Private,
    /// It is no character, and never will be.
    Nothing,
}

/// What is wrong with a character; `None` if it shows as what it is.
pub fn hidden(c: char) -> Option<Hidden> {
    let kind = match c {
        ' '..='~' => return None,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' => Hidden::Control,
        '\u{2028}' | '\u{2029}' => Hidden::Break,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{206f}' => {
            Hidden::Direction
        }
        '\u{ad}'
        | '\u{34f}'
        | '\u{17b4}'
        | '\u{17b5}'
        | '\u{180e}'
        | '\u{200b}'..='\u{200d}'
        | '\u{2060}'..='\u{2065}'
        | '\u{feff}'
        | '\u{fff0}'..='\u{fffc}'
        | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}' => Hidden::Invisible,
        '\u{115f}' | '\u{1160}' | '\u{2800}' | '\u{3164}' | '\u{ffa0}' => Hidden::Blank,
        '\u{180b}'..='\u{180d}' | '\u{180f}' | '\u{fe00}'..='\u{fe0f}' => Hidden::Variation,
        '\u{e0000}'..='\u{e0fff}' => Hidden::Tag,
        '\u{e000}'..='\u{f8ff}' => Hidden::Private,
        '\u{fdd0}'..='\u{fdef}' => Hidden::Nothing,
        // The last two of each plane.
        _ if u32::from(c) & 0xfffe == 0xfffe => Hidden::Nothing,
        '\u{f0000}'.. => Hidden::Private,
        _ => return None,
    };
    Some(kind)
}

/// Whether a character is one that people do not see, tab and line break included.
pub fn is_hidden(c: char) -> bool {
    hidden(c).is_some()
}

/// Whether a character steers a device. They come from broken sources, not from typing, so a text
/// with one is refused where [`cleaned`] leaves it.
pub fn is_control(c: char) -> bool {
    hidden(c) == Some(Hidden::Control)
}

/// `text` without what cannot be seen. Control characters stay, for the caller to refuse or to
/// take as line breaks; a line separator becomes a line break. What chooses between the two shapes
/// of a symbol, such as ☑, stays behind it.
pub fn cleaned(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    for c in text.chars() {
        clean.extend(kept(c, &clean));
    }
    clean
}

/// [`cleaned`], without control characters either, except line break and tab.
pub fn printable(text: &str) -> String {
    let mut clean = cleaned(text);
    clean.retain(|c| !is_control(c) || matches!(c, '\n' | '\t'));
    clean
}

/// `text` on one line: [`cleaned`], and runs of any white space become one space.
pub fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for c in text.chars() {
        if !c.is_whitespace() {
            line.extend(kept(c, &line));
        } else if !line.is_empty() && !line.ends_with(' ') {
            line.push(' ');
        }
    }
    if line.ends_with(' ') {
        line.pop();
    }
    line
}

/// What becomes of a character behind what was kept so far.
fn kept(c: char, before: &str) -> Option<char> {
    match hidden(c) {
        None | Some(Hidden::Control) => Some(c),
        Some(Hidden::Break) => Some('\n'),
        Some(Hidden::Variation) if is_shape(c) && before.ends_with(is_symbol) => Some(c),
        Some(_) => None,
    }
}

/// A name as somebody types it, with single spaces; it may be empty.
///
/// # Errors
/// A sentence that names what is wrong and where, or says that it is longer than `most` characters.
pub fn name(label: &str, typed: &str, most: usize) -> Result<String, String> {
    if let Some(found) = found(typed.trim()) {
        return Err(format!("{label} memuat {found}. Hapus tanda itu, lalu coba lagi."));
    }
    let name = one_line(typed);
    if name.chars().count() > most {
        return Err(format!("{label} paling panjang {most} huruf."));
    }
    Ok(name)
}

/// The first character of `text` that people do not see.
pub fn found(text: &str) -> Option<Found> {
    let find = |(at, c)| hidden(c).map(|kind| Found { kind, character: c, at });
    (1..).zip(text.chars()).find_map(find)
}

/// The same for a text that may have several lines.
pub fn found_in_lines(text: &str) -> Option<Found> {
    let find = |(at, c)| hidden(c).map(|kind| Found { kind, character: c, at });
    (1..).zip(text.chars()).filter(|(_, c)| !matches!(c, '\n' | '\t')).find_map(find)
}

/// A character that people do not see, and where it stands. As text: words that follow "memuat".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// What it does.
    pub kind: Hidden,
    /// Which it is.
    pub character: char,
    /// Its place, counted in characters from 1.
    pub at: usize,
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.kind {
            Hidden::Control => "tanda kendali yang tidak dapat dicetak",
            Hidden::Break => "pemisah baris yang tidak tampak",
            Hidden::Direction => "tanda yang membalik arah baca",
            Hidden::Invisible => "tanda yang tidak tampak",
            Hidden::Blank => "huruf kosong yang menyerupai spasi",
            Hidden::Variation => "tanda pemilih bentuk huruf",
            Hidden::Tag => "teks tersembunyi",
            Hidden::Private => "tanda yang hanya dikenal aplikasi asalnya",
            Hidden::Nothing => "kode yang bukan huruf",
        };
        write!(f, "{what} (U+{:04X}) pada huruf ke-{}", u32::from(self.character), self.at)
    }
}

/// The two that choose between a symbol as text and as a picture.
fn is_shape(c: char) -> bool {
    matches!(c, '\u{fe0e}' | '\u{fe0f}')
}

/// What has these two shapes: signs, arrows, dingbats, pictures.
fn is_symbol(c: char) -> bool {
    matches!(c, '©' | '®' | '\u{203c}'..='\u{3299}' | '\u{1f000}'..='\u{1faff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// First and last character of a range, and what is wrong with all of it.
    #[rustfmt::skip]
    const TABLE: &[(u32, u32, Hidden)] = &[
        (0x0000, 0x001f, Hidden::Control), (0x007f, 0x009f, Hidden::Control),
        (0x00ad, 0x00ad, Hidden::Invisible), (0x034f, 0x034f, Hidden::Invisible),
        (0x061c, 0x061c, Hidden::Direction), (0x115f, 0x1160, Hidden::Blank),
        (0x17b4, 0x17b5, Hidden::Invisible), (0x180b, 0x180d, Hidden::Variation),
        (0x180e, 0x180e, Hidden::Invisible), (0x180f, 0x180f, Hidden::Variation),
        (0x200b, 0x200d, Hidden::Invisible), (0x200e, 0x200f, Hidden::Direction),
        (0x2028, 0x2029, Hidden::Break), (0x202a, 0x202e, Hidden::Direction),
        (0x2060, 0x2065, Hidden::Invisible), (0x2066, 0x206f, Hidden::Direction),
        (0x2800, 0x2800, Hidden::Blank), (0x3164, 0x3164, Hidden::Blank),
        (0xe000, 0xf8ff, Hidden::Private), (0xfdd0, 0xfdef, Hidden::Nothing),
        (0xfe00, 0xfe0f, Hidden::Variation), (0xfeff, 0xfeff, Hidden::Invisible),
        (0xffa0, 0xffa0, Hidden::Blank), (0xfff0, 0xfffc, Hidden::Invisible),
        (0xfffe, 0xffff, Hidden::Nothing), (0x1bca0, 0x1bca3, Hidden::Invisible),
        (0x1d173, 0x1d17a, Hidden::Invisible), (0x1fffe, 0x1ffff, Hidden::Nothing),
        (0xdfffe, 0xdffff, Hidden::Nothing), (0xe0000, 0xe0fff, Hidden::Tag),
        (0xf0000, 0xffffd, Hidden::Private), (0xffffe, 0xfffff, Hidden::Nothing),
        (0x100000, 0x10fffd, Hidden::Private), (0x10fffe, 0x10ffff, Hidden::Nothing),
    ];

    #[test]
    fn every_character_is_what_the_table_says() {
        // Noncharacters at the end of each plane, of which the table names some.
        let ends = |code: u32| (code & 0xfffe == 0xfffe).then_some(Hidden::Nothing);
        for code in 0..=0x0010_ffff {
            let Some(c) = char::from_u32(code) else { continue };
            let of = TABLE.iter().find(|(from, to, _)| (from..=to).contains(&&code));
            let expected = of.map(|(.., kind)| *kind).or(ends(code));
            assert_eq!(hidden(c), expected, "U+{code:04X}");
        }
    }

    #[test]
    fn what_people_write_stays() {
        for text in ["Siti Nur’aini, S.Sos.", "Ç é ñ ﷺ", "²⁄₃ ≥ 90 %", "文書", "☑️ selesai", "naïve – “ya”…"]
        {
            assert_eq!(cleaned(text), text);
            assert_eq!(one_line(text), text);
        }
        assert_eq!(found("Siti Nur’aini, S.Sos."), None);
    }

    #[test]
    fn a_text_loses_what_is_not_seen() {
        let cases = [
            ("Bu\u{200b}di\u{feff}", "Budi"),
            ("a\u{202e}fdp.exe", "afdp.exe"),
            ("satu\u{2028}dua\tti\nga", "satu\ndua\tti\nga"),
            ("a\u{fe0f}b☑\u{fe0f}☑\u{fe01}", "ab☑\u{fe0f}☑"),
            ("\u{f0b7} butir \u{e0041}", " butir "),
            ("nol\0", "nol\0"),
        ];
        for (given, kept) in cases {
            assert_eq!(cleaned(given), kept, "{given:?}");
        }
        assert_eq!(printable("a\0b\u{85}c\td\n\u{2066}"), "abc\td\n");
        assert_eq!(one_line(" a\u{a0}\u{3000}b\u{2028}c\u{200d}d\0 "), "a b cd\0");
    }

    #[test]
    fn a_name_with_one_is_refused_in_a_sentence() {
        let refused = name("Nama", "Budi\u{202e} Santoso", 120).unwrap_err();
        let expected = "Nama memuat tanda yang membalik arah baca (U+202E) pada huruf ke-5. Hapus tanda itu, \
                        lalu coba lagi.";
        assert_eq!(refused, expected);
        for bad in ["Bu\ndi", "Bu\u{200b}di", "Budi\u{3164}", "\u{e0042}Budi", "B\u{fe0f}udi", "Budi\u{e000}"]
        {
            assert!(name("Nama", bad, 120).is_err(), "{bad:?}");
        }
        assert_eq!(name("Nama", "  Budi \u{2003} Santoso ", 120), Ok("Budi Santoso".to_owned()));
        assert_eq!(name("Nama", "\u{a0}", 120), Ok(String::new()));
        assert!(name("Nama", &"x".repeat(121), 120).unwrap_err().contains("120 huruf"));
        assert!(found_in_lines("baris\nbaru\u{ad}").is_some_and(|found| found.at == 11));
    }
}
