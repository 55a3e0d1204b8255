//! The name that a file was sent under: kept for people, never used as a path.

use std::fmt::Write;

/// Longest name, in characters.
const LONGEST: usize = 150;

/// Checks a name.
///
/// # Errors
/// A sentence that says what is wrong.
pub(crate) fn read(sent: Option<&str>) -> Result<String, &'static str> {
    let name = sent.unwrap_or_default().trim();
    if name.is_empty() || name == "." || name == ".." {
        return Err("Berkas tidak bernama; beri nama, lalu unggah lagi.");
    }
    if name.chars().count() > LONGEST {
        return Err("Nama berkas terlalu panjang; paling banyak 150 huruf.");
    }
    if name.contains(['/', '\\']) || name.chars().any(misleads) {
        return Err("Nama berkas memuat tanda yang tidak dapat dipakai; ganti namanya, lalu unggah lagi.");
    }
    Ok(name.to_owned())
}

/// Control characters, and those that turn the reading direction so that `gpj.exe` shows
/// as `exe.jpg`.
fn misleads(c: char) -> bool {
    c.is_control() || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The `Content-Disposition` of a download under this name (RFC 6266): an ASCII name for
/// old programs, the real one beside it.
pub(crate) fn disposition(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || " .-_()".contains(c) { c } else { '_' })
        .collect();
    let mut header = format!("attachment; filename=\"{plain}\"; filename*=UTF-8''");
    for byte in name.bytes() {
        // Writing to a String cannot fail.
        let _ = match byte {
            b if b.is_ascii_alphanumeric() || b"-._~".contains(&b) => write!(header, "{}", char::from(b)),
            b => write!(header, "%{b:02X}"),
        };
    }
    header
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_names_and_not_paths() {
        assert_eq!(read(Some(" Surat 12 (final).pdf ")), Ok("Surat 12 (final).pdf".to_owned()));
        assert_eq!(read(Some("pindaian é.jpg")), Ok("pindaian é.jpg".to_owned()));
        let long = "x".repeat(151);
        for bad in [None, Some(""), Some(".."), Some("../a.pdf"), Some("a\\b.pdf"), Some("a\u{202e}fdp.exe")]
        {
            assert!(read(bad).is_err(), "{bad:?}");
        }
        assert!(read(Some("a\r\nb.pdf")).is_err());
        assert!(read(Some(&long)).is_err());
    }

    #[test]
    fn a_download_keeps_its_name() {
        let expected = "attachment; filename=\"a _b__.pdf\"; filename*=UTF-8''a%20%22b%22%C3%A9.pdf";
        assert_eq!(disposition("a \"b\"é.pdf"), expected);
    }
}
