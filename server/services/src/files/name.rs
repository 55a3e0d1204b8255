//! The name that a file was sent under: kept for people, never used as a path.

use domain::text::is_hidden;
use paper::content::Kind;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

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
    if name.contains(['/', '\\']) || name.chars().any(is_hidden) {
        return Err("Nama berkas memuat tanda yang tidak dapat dipakai; ganti namanya, lalu unggah lagi.");
    }
    Ok(name.to_owned())
}

/// The name with an end that says what the file is. What it is called must not make another program
/// open it: a PDF sent as `LKj.exe` is `LKj.exe.pdf` for whoever receives it. A file of the server's
/// own keeps its name.
pub(crate) fn fitting(name: &str, kind: Option<Kind>) -> String {
    let Some(kind) = kind else { return name.to_owned() };
    let end = name.rsplit_once('.').map_or("", |(_, end)| end);
    if kind.extensions().iter().any(|known| end.eq_ignore_ascii_case(known)) {
        return name.to_owned();
    }
    let usual = kind.extensions().first().copied().unwrap_or_default();
    let stem: String = name.chars().take(LONGEST - usual.len() - 1).collect();
    format!("{}.{usual}", stem.trim_end_matches(['.', ' ']))
}

/// What stands as an escape in a header: all but what RFC 3986 leaves alone everywhere.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The `Content-Disposition` of a download under this name (RFC 6266): an ASCII name for
/// old programs, the real one beside it.
pub(crate) fn disposition(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || " .-_()".contains(c) { c } else { '_' })
        .collect();
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{}", utf8_percent_encode(name, ESCAPED))
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
    fn a_name_ends_as_what_the_file_is() {
        let long = "x".repeat(LONGEST);
        for (name, kind, expected) in [
            ("LKj.pdf", Kind::Pdf, "LKj.pdf"),
            ("LKJ.PDF", Kind::Pdf, "LKJ.PDF"),
            ("foto.jpeg", Kind::Jpeg, "foto.jpeg"),
            ("LKj 2026", Kind::Pdf, "LKj 2026.pdf"),
            ("LKj v1.2", Kind::Pdf, "LKj v1.2.pdf"),
            ("LKj Bappeda.exe", Kind::Pdf, "LKj Bappeda.exe.pdf"),
            ("lampiran.hta. ", Kind::Xlsx, "lampiran.hta.xlsx"),
            ("data.xlsm", Kind::Xlsx, "data.xlsm.xlsx"),
            (long.as_str(), Kind::Docx, &format!("{}.docx", "x".repeat(LONGEST - 5))),
        ] {
            assert_eq!(fitting(name, Some(kind)), expected);
        }
        assert_eq!(fitting("lkj.json", None), "lkj.json");
    }

    #[test]
    fn a_download_keeps_its_name() {
        let expected = "attachment; filename=\"a _b__.pdf\"; filename*=UTF-8''a%20%22b%22%C3%A9.pdf";
        assert_eq!(disposition("a \"b\"é.pdf"), expected);
    }
}
