//! What a file is, by its content; its name may say anything.

use std::io::{self, Read, Seek, SeekFrom};

use super::zipped::{self, Allowed, Refused};

/// A kind of file that is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// PDF.
    Pdf,
    /// PNG picture.
    Png,
    /// JPEG picture.
    Jpeg,
    /// WebP picture.
    Webp,
    /// Excel workbook without macros.
    Xlsx,
    /// Word document without macros.
    Docx,
}

impl Kind {
    /// The media type for `Content-Type`.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Webp => "image/webp",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        }
    }

    /// The kind that has this media type.
    pub fn of_media_type(media_type: &str) -> Option<Self> {
        let all = [Self::Pdf, Self::Png, Self::Jpeg, Self::Webp, Self::Xlsx, Self::Docx];
        all.into_iter().find(|kind| kind.media_type() == media_type)
    }

    /// Its extensions, without their dots, the usual one first.
    pub fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::Pdf => &["pdf"],
            Self::Png => &["png"],
            Self::Jpeg => &["jpg", "jpeg"],
            Self::Webp => &["webp"],
            Self::Xlsx => &["xlsx"],
            Self::Docx => &["docx"],
        }
    }
}

/// Why a file is not taken, in sentences for whoever sent it.
#[derive(Debug, thiserror::Error)]
pub enum ContentProblem {
    /// Nothing was sent.
    #[error("Berkas kosong (0 bita); periksa berkasnya, lalu unggah lagi.")]
    Empty,
    /// The end is missing.
    #[error("Berkas terpotong atau rusak; periksa apakah dapat dibuka, lalu unggah lagi.")]
    Truncated,
    /// None of the kinds that are taken.
    #[error(
        "Tipe berkas ini tidak diterima; kirim PDF, gambar (PNG, JPEG, WebP), Word (.docx), atau Excel (.xlsx)."
    )]
    Unknown,
    /// It carries a program.
    #[error("Berkas ini berisi makro; simpan tanpa makro (.docx atau .xlsx), lalu unggah lagi.")]
    Macros,
    /// It is encrypted, if only against changes; or an office file from before 2007, which
    /// looks the same.
    #[error(
        "Berkas ini memuat enkripsi (kata sandi) atau berformat Office lama; simpan tanpa kata sandi, lalu unggah lagi."
    )]
    Encrypted,
    /// An office file that says it is far larger than any is.
    #[error("Isi berkas ini terlalu besar saat dibuka; kecilkan gambar di dalamnya, lalu unggah lagi.")]
    Bomb,
    /// The file cannot be read.
    #[error("Berkas tidak dapat dibaca; unggah lagi.")]
    Unread(#[from] io::Error),
}

/// How programs, scripts and pages begin. With `%PDF-` behind it such a file would be both.
const PROGRAMS: [&[u8]; 4] = [b"MZ", b"\x7fELF", b"#!", b"<"];
/// How far into a file its head reaches: a PDF may begin as late as this.
const HEAD: u64 = 1024;
/// How far from the end a PDF must end.
const TAIL: u64 = 2048;
/// How old and encrypted office files begin (OLE2).
const OLE2: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
/// What an office file may say it holds. Nothing is inflated here, so this guards only those
/// who open it.
const ALLOWED: Allowed =
    Allowed { entries: 10_000, entry_bytes: 256 * 1024 * 1024, total_bytes: 512 * 1024 * 1024 };

/// Tells what a file is. Reads its head, its tail and the directory of a zip, never all of it.
///
/// # Errors
/// [`ContentProblem`], in a sentence for the sender.
pub fn kind_of<R: Read + Seek>(reader: &mut R) -> Result<Kind, ContentProblem> {
    let length = reader.seek(SeekFrom::End(0))?;
    if length == 0 {
        return Err(ContentProblem::Empty);
    }
    let head = slice(reader, 0, HEAD)?;
    if head.starts_with(b"PK") {
        return office(reader, length);
    }
    if head.starts_with(OLE2) {
        return Err(ContentProblem::Encrypted);
    }
    let tail = slice(reader, length.saturating_sub(TAIL), TAIL)?;
    if head.starts_with(b"\x89PNG\r\n\x1a\n") {
        return if holds(&tail, b"IEND") { Ok(Kind::Png) } else { Err(ContentProblem::Truncated) };
    }
    if head.starts_with(b"\xff\xd8\xff") {
        return Ok(Kind::Jpeg);
    }
    if head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WEBP") {
        return webp(&head, length);
    }
    if PROGRAMS.iter().any(|program| head.trim_ascii_start().starts_with(program)) {
        return Err(ContentProblem::Unknown);
    }
    if holds(&head, b"%PDF-") {
        return pdf(reader, &head, &tail);
    }
    Err(ContentProblem::Unknown)
}

/// At most so many bytes from a place on.
fn slice<R: Read + Seek>(reader: &mut R, from: u64, most: u64) -> io::Result<Vec<u8>> {
    reader.seek(SeekFrom::Start(from))?;
    let mut bytes = Vec::new();
    reader.by_ref().take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn holds(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

/// A WebP says how long it is.
fn webp(head: &[u8], length: u64) -> Result<Kind, ContentProblem> {
    let stated = head.get(4..8).and_then(|bytes| bytes.try_into().ok()).map_or(0, u32::from_le_bytes);
    if length < u64::from(stated) + 8 { Err(ContentProblem::Truncated) } else { Ok(Kind::Webp) }
}

/// A PDF must have its end. Its trailer, which says whether it is encrypted, stands before the
/// end, or where `startxref` points to, or at the beginning of one that is made for the web.
fn pdf<R: Read + Seek>(reader: &mut R, head: &[u8], tail: &[u8]) -> Result<Kind, ContentProblem> {
    const START: &[u8] = b"startxref";
    if !holds(tail, b"%%EOF") {
        return Err(ContentProblem::Truncated);
    }
    let mut trailer = Vec::new();
    if let Some(at) = tail.windows(START.len()).rposition(|window| window == START) {
        let digits = tail.get(at + START.len()..).unwrap_or_default().trim_ascii_start();
        let digits = digits.iter().take_while(|byte| byte.is_ascii_digit());
        let place = digits.take(15).fold(0_u64, |place, digit| place * 10 + u64::from(digit - b'0'));
        trailer = slice(reader, place, TAIL)?;
    }
    if [head, tail, &trailer].iter().any(|part| holds(part, b"/Encrypt")) {
        return Err(ContentProblem::Encrypted);
    }
    Ok(Kind::Pdf)
}

/// A workbook or a document: a zip with a list of types and the main part.
fn office<R: Read + Seek>(reader: &mut R, length: u64) -> Result<Kind, ContentProblem> {
    let (_, entries) = zipped::open(reader, length, ALLOWED).map_err(|refused| match refused {
        Refused::Damaged => ContentProblem::Truncated,
        Refused::Bomb => ContentProblem::Bomb,
        Refused::Locked => ContentProblem::Encrypted,
        Refused::Macros => ContentProblem::Macros,
    })?;
    let has = |path: &str| entries.position(path).is_some();
    if !has("[Content_Types].xml") {
        return Err(ContentProblem::Unknown);
    }
    // Word on the web writes `word/document2.xml` at times.
    match (has("word/document.xml") || has("word/document2.xml"), has("xl/workbook.xml")) {
        (true, false) => Ok(Kind::Docx),
        (false, true) => Ok(Kind::Xlsx),
        _ => Err(ContentProblem::Unknown),
    }
}

#[cfg(test)]
mod tests;
