//! The receipt for a report that came in (tanda terima LKj), as PDF.

mod flow;
#[cfg(test)]
mod tests;

use chrono::{DateTime, Utc};

use self::flow::{Flow, LEFT, SPAN, Words};
pub use crate::pdf::PdfProblem;
use crate::pdf::{About, Colour, Font, Kind, Page, Structure, Style, document};
use crate::qr::Modules;

/// What a receipt says. All words are ready to be printed.
#[derive(Clone, Debug)]
pub struct ReceiptPaper {
    /// The office that received, such as `Biro Organisasi Sekretariat Daerah`.
    pub office: String,
    /// Number of the receipt.
    pub number: String,
    /// The agency that sent.
    pub agency: String,
    /// Year that the report is about.
    pub data_year: i32,
    /// Which time it was sent, from 1.
    pub round: u16,
    /// When it was received, in WIB, in words.
    pub received_wib: String,
    /// The same in UTC.
    pub received_utc: String,
    /// `tepat waktu`, or how late.
    pub timing: String,
    /// The files, in order.
    pub files: Vec<ReceiptFile>,
    /// SHA-256 over all that was sent, in hexadecimal.
    pub content_sha256: String,
    /// Where anyone can check the receipt.
    pub check_url: String,
    /// Whether it comes from an office in which nothing counts.
    pub practice: bool,
}

/// A file on a receipt.
#[derive(Clone, Debug)]
pub struct ReceiptFile {
    /// Its name.
    pub name: String,
    /// Its size in words, such as `1,2 MB`.
    pub size_words: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
}

const BLACK: Colour = Colour::gray(0);
const GRAY: Colour = Colour::gray(97);
const RED: Colour = Colour(158, 26, 26);
const PALE: Colour = Colour::gray(232);

const OFFICE: Style = Style { font: Font::Bold, size: 10.5, colour: BLACK };
const TITLE: Style = Style { font: Font::Bold, size: 20.0, colour: BLACK };
const SECTION: Style = Style { font: Font::Bold, size: 11.5, colour: BLACK };
const BODY: Style = Style { font: Font::Regular, size: 10.5, colour: BLACK };
const STRONG: Style = Style { font: Font::Bold, size: 10.5, colour: BLACK };
const LABEL: Style = Style { font: Font::Regular, size: 10.5, colour: GRAY };
const SMALL: Style = Style { font: Font::Regular, size: 9.0, colour: GRAY };
const HASH: Style = Style { font: Font::Mono, size: 9.0, colour: Colour::gray(64) };
const ADDRESS: Style = Style { font: Font::Mono, size: 9.5, colour: BLACK };
const WARNING: Style = Style { font: Font::Bold, size: 10.5, colour: RED };
const WATERMARK: Style = Style { font: Font::Bold, size: 112.0, colour: PALE };

/// Where the values of facts begin, in points from the left margin.
const VALUES: f32 = 150.0;
/// Where the names of files begin, in points from the left margin: behind their numbers.
const NAMES: f32 = 22.0;
/// What is kept free right of a file's name for its size, in points.
const SIZES: f32 = 90.0;
/// Where hashes begin, in points from the names.
const HASHES: f32 = 46.0;
/// Side of the QR code, in points: 38 mm.
const CODE: f32 = 108.0;

/// The receipt as an A4 PDF of one page, or more if the files need them. `created` is the time
/// in the file's properties. If the address is too long for a QR code, it is only printed.
///
/// # Errors
/// [`PdfProblem`], which nothing that anybody typed leads to.
pub fn receipt(paper: &ReceiptPaper, created: DateTime<Utc>) -> Result<Vec<u8>, PdfProblem> {
    let title = format!("Tanda terima LKj {} - {}", paper.number, paper.agency);
    let (pages, structure) = set(paper);
    document(&About { title: &title, author: &paper.office, created }, &pages, structure)
}

fn set(paper: &ReceiptPaper) -> (Vec<Page>, Structure) {
    let mut flow = Flow::new(paper.practice.then_some(("LATIHAN", WATERMARK)));
    head(&mut flow, paper);
    facts(&mut flow, paper);
    files(&mut flow, paper);
    check(&mut flow, paper);
    flow.finish(&format!("{} · Tanda terima {}", paper.office, paper.number), SMALL)
}

fn head(flow: &mut Flow, paper: &ReceiptPaper) {
    flow.paragraph(Words::name(&paper.office, OFFICE), LEFT, SPAN);
    flow.rule(1.0);
    flow.skip(24.0);
    flow.heading(1, Words::own("TANDA TERIMA LKj", TITLE), LEFT, SPAN);
    flow.skip(2.0);
    flow.paragraph(Words::own("Laporan Kinerja Perangkat Daerah", LABEL), LEFT, SPAN);
    if paper.practice {
        flow.skip(6.0);
        let words = "LATIHAN: bukan tanda terima yang sah, hanya untuk mencoba.";
        flow.paragraph(Words::own(words, WARNING), LEFT, SPAN);
    }
    flow.skip(14.0);
}

fn facts(flow: &mut Flow, paper: &ReceiptPaper) {
    let (year, round) = (paper.data_year.to_string(), paper.round.to_string());
    let facts = [
        ("Nomor", Words::own(&paper.number, STRONG)),
        ("Perangkat Daerah", Words::name(&paper.agency, STRONG)),
        ("Tahun data", Words::own(&year, BODY)),
        ("Putaran", Words::own(&round, BODY)),
        ("Diterima (WIB)", Words::own(&paper.received_wib, BODY)),
        ("Diterima (UTC)", Words::own(&paper.received_utc, BODY)),
        ("Ketepatan waktu", Words::own(&paper.timing, BODY)),
    ];
    flow.thin_rule();
    flow.part(Kind::Table, |flow| {
        for (label, value) in facts {
            flow.skip(5.0);
            flow.part(Kind::Row, |flow| {
                let label = (Words::own(label, LABEL), LEFT);
                flow.row([Kind::RowHeading, Kind::Cell], label, (value, LEFT + VALUES, SPAN - VALUES));
            });
            flow.skip(4.0);
            flow.thin_rule();
        }
    });
    flow.skip(20.0);
}

fn files(flow: &mut Flow, paper: &ReceiptPaper) {
    flow.together(70.0);
    let heading = format!("Berkas yang diterima ({})", paper.files.len());
    flow.heading(2, Words::own(&heading, SECTION), LEFT, SPAN);
    flow.skip(5.0);
    flow.thin_rule();
    flow.part(Kind::List, |flow| {
        for (index, file) in paper.files.iter().enumerate() {
            flow.together(52.0);
            flow.skip(6.0);
            flow.part(Kind::Item, |flow| item(flow, index + 1, file));
            flow.skip(5.0);
            flow.thin_rule();
        }
    });
    flow.together(40.0);
    flow.skip(6.0);
    flow.paragraph(Words::own("Sidik seluruh isi", LABEL), LEFT, SPAN);
    fingerprint(flow, LEFT, &paper.content_sha256);
    flow.skip(22.0);
}

fn item(flow: &mut Flow, number: usize, file: &ReceiptFile) {
    let number = format!("{number}.");
    let name = Words::own(&file.name, STRONG).lines(SPAN - NAMES - SIZES);
    flow.number(Words::own(&number, STRONG), LEFT, &name);
    flow.part(Kind::Body, |flow| {
        flow.row_to(name, LEFT + NAMES, STRONG, Words::own(&file.size_words, LABEL));
        flow.skip(1.0);
        fingerprint(flow, LEFT + NAMES, &file.sha256);
    });
}

/// A hash in lines, behind its name.
fn fingerprint(flow: &mut Flow, x: f32, hash: &str) {
    let label = (Words::own("SHA-256", SMALL), x);
    let from = x + HASHES;
    let hash = (Words::own(hash, HASH), from, LEFT + SPAN - from);
    flow.row([Kind::Paragraph, Kind::Paragraph], label, hash);
}

/// Where the receipt can be checked: a code beside words, and the address below.
fn check(flow: &mut Flow, paper: &ReceiptPaper) {
    const WORDS: &str = "Pindai kode ini, atau buka alamat di bawahnya, lalu cocokkan nomor, perangkat daerah, \
         dan sidik berkas dengan yang tercatat. Tanda terima yang tidak tercatat tidak berlaku.";
    flow.together(CODE + 40.0);
    let code = Modules::of(&paper.check_url);
    let (x, span) = if code.is_some() { (LEFT + CODE + 18.0, SPAN - CODE - 18.0) } else { (LEFT, SPAN) };
    let top = flow.y();
    flow.skip(8.0);
    flow.heading(2, Words::own("Periksa tanda terima ini", SECTION), x, span);
    flow.skip(3.0);
    flow.paragraph(Words::own(WORDS, BODY), x, span);
    if let Some(code) = &code {
        flow.code(code, &format!("Kode QR ke {}", paper.check_url), LEFT, top, CODE);
        flow.down_to(top + CODE);
    }
    flow.skip(8.0);
    flow.linked(&paper.check_url, ADDRESS);
}
