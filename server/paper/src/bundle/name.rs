//! Names in a bundle: what people wrote, made safe for every system.

use domain::text::is_hidden;

/// Longest name of a file or folder, in characters; Windows takes 260 for the whole path.
const LONGEST: usize = 100;
/// Longest name in bytes; file systems of Linux take 255.
const LONGEST_BYTES: usize = 200;
/// Longest extension that is kept when a name is cut, in characters with its dot.
const LONGEST_EXTENSION: usize = 10;
/// Names that Windows keeps for devices, whatever extension follows.
const DEVICES: [&str; 4] = ["CON", "PRN", "AUX", "NUL"];

/// A name that every system takes for a file or folder: no separators, nothing that is
/// not seen, none of the names of Windows' devices, at most 100 characters.
/// The extension stays. Never empty.
pub fn safe_name(name: &str) -> String {
    let kept: String = name.chars().filter(|c| !is_hidden(*c)).map(plain).collect();
    let trimmed = kept.trim().trim_end_matches(['.', ' ']).trim_start();
    if trimmed.is_empty() {
        return "tanpa-nama".to_owned();
    }
    let mut name = shortened(trimmed);
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_ascii_uppercase();
    let numbered = |device: &str| {
        stem.strip_prefix(device).is_some_and(|number| matches!(number.as_bytes(), [b'1'..=b'9']))
    };
    if DEVICES.contains(&stem.as_str()) || numbered("COM") || numbered("LPT") {
        name.insert(0, '_');
    }
    name
}

/// What Windows forbids in a name becomes a hyphen.
fn plain(c: char) -> char {
    if "/\\:*?\"<>|".contains(c) { '-' } else { c }
}

/// The stem and the extension with its dot; a name may have none.
pub(super) fn split(name: &str) -> (&str, &str) {
    match name.rfind('.') {
        Some(dot) if dot > 0 && name.len() - dot <= LONGEST_EXTENSION => name.split_at(dot),
        _ => (name, ""),
    }
}

/// The name cut to its longest, in its stem.
fn shortened(name: &str) -> String {
    let (stem, extension) = split(name);
    let mut left = LONGEST_BYTES - extension.len();
    let cut: String = stem
        .chars()
        .take(LONGEST - extension.chars().count())
        .take_while(|c| {
            let fits = c.len_utf8() <= left;
            left = left.saturating_sub(c.len_utf8());
            fits
        })
        .collect();
    format!("{}{extension}", cut.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_safe() {
        for (sent, safe) in [
            ("LKj 2025 (final).pdf", "LKj 2025 (final).pdf"),
            ("12/ST/2025.pdf", "12-ST-2025.pdf"),
            ("../../etc/passwd", "..-..-etc-passwd"),
            ("C:\\LKj.pdf", "C--LKj.pdf"),
            ("a\r\n\0b.pdf", "ab.pdf"),
            ("a\u{202e}fdp.exe", "afdp.exe"),
            ("LKj?*\"<>|.pdf", "LKj------.pdf"),
            ("con", "_con"),
            ("Aux.pdf", "_Aux.pdf"),
            ("com1.tar.gz", "_com1.tar.gz"),
            ("com10.pdf", "com10.pdf"),
            ("nama. . ", "nama"),
            ("..", "tanpa-nama"),
            (" \t ", "tanpa-nama"),
            (".gitignore", ".gitignore"),
        ] {
            assert_eq!(safe_name(sent), safe, "{sent:?}");
        }
    }

    #[test]
    fn long_names_keep_their_extension() {
        let long = safe_name(&format!("{}.pdf", "x".repeat(300)));
        assert_eq!((long.chars().count(), long.ends_with("x.pdf")), (100, true));
        let wide = safe_name(&format!("{}.pdf", "文".repeat(90)));
        assert!(wide.len() <= 200 && wide.ends_with("文.pdf"), "{wide}");
        assert_eq!(safe_name(&"y".repeat(300)).len(), 100);
    }
}
