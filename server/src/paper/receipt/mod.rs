//! The receipt for a report that came in (tanda terima LKj), as PDF.

mod flow;
#[cfg(test)]
mod tests;

use chrono::{DateTime, Utc};

use self::flow::{Flow, LEFT, RIGHT, SPAN};
use super::pdf::{About, Colour, Font, Style, document, wrapped};
use super::qr::Modules;

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

const BLACK: Colour = Colour::gray(0.0);
const GRAY: Colour = Colour::gray(0.38);
const RED: Colour = Colour(0.62, 0.1, 0.1);
const PALE: Colour = Colour::gray(0.91);

const OFFICE: Style = Style { font: Font::Bold, size: 10.5, colour: BLACK };
const TITLE: Style = Style { font: Font::Bold, size: 20.0, colour: BLACK };
const SECTION: Style = Style { font: Font::Bold, size: 11.5, colour: BLACK };
const BODY: Style = Style { font: Font::Regular, size: 10.5, colour: BLACK };
const STRONG: Style = Style { font: Font::Bold, size: 10.5, colour: BLACK };
const LABEL: Style = Style { font: Font::Regular, size: 10.5, colour: GRAY };
const SMALL: Style = Style { font: Font::Regular, size: 9.0, colour: GRAY };
const HASH: Style = Style { font: Font::Mono, size: 9.0, colour: Colour::gray(0.25) };
const ADDRESS: Style = Style { font: Font::Mono, size: 9.5, colour: BLACK };
const WARNING: Style = Style { font: Font::Bold, size: 10.5, colour: RED };
const WATERMARK: Style = Style { font: Font::Bold, size: 120.0, colour: PALE };

/// Where the values of facts begin, in points from the left margin.
const VALUES: f32 = 150.0;
/// What is kept free right of a file's name for its size, in points.
const SIZES: f32 = 90.0;
/// Side of the QR code, in points: 38 mm.
const CODE: f32 = 108.0;

/// The receipt as an A4 PDF of one page, or more if the files need them. `created` is the time
/// in the file's properties. If the address is too long for a QR code, it is only printed.
pub fn receipt(paper: &ReceiptPaper, created: DateTime<Utc>) -> Vec<u8> {
    let mut flow = Flow::new(paper.practice.then_some(("LATIHAN", WATERMARK)));
    head(&mut flow, paper);
    facts(&mut flow, paper);
    files(&mut flow, paper);
    check(&mut flow, paper);
    let title = format!("Tanda terima LKj {} - {}", paper.number, paper.agency);
    let footer = format!("{} · Tanda terima {}", paper.office, paper.number);
    document(&About { title: &title, author: &paper.office, created }, flow.finish(&footer, SMALL))
}

fn head(flow: &mut Flow, paper: &ReceiptPaper) {
    flow.paragraph(&paper.office, OFFICE, LEFT, SPAN);
    flow.rule(1.0);
    flow.skip(24.0);
    flow.paragraph("TANDA TERIMA LKj", TITLE, LEFT, SPAN);
    flow.skip(2.0);
    flow.paragraph("Laporan Kinerja Perangkat Daerah", LABEL, LEFT, SPAN);
    if paper.practice {
        flow.skip(6.0);
        flow.paragraph("LATIHAN: bukan tanda terima yang sah, hanya untuk mencoba.", WARNING, LEFT, SPAN);
    }
    flow.skip(14.0);
}

fn facts(flow: &mut Flow, paper: &ReceiptPaper) {
    let facts = [
        ("Nomor", paper.number.clone(), STRONG),
        ("Perangkat Daerah", paper.agency.clone(), STRONG),
        ("Tahun data", paper.data_year.to_string(), BODY),
        ("Putaran", paper.round.to_string(), BODY),
        ("Diterima (WIB)", paper.received_wib.clone(), BODY),
        ("Diterima (UTC)", paper.received_utc.clone(), BODY),
        ("Ketepatan waktu", paper.timing.clone(), BODY),
    ];
    flow.thin_rule();
    for (label, value, style) in facts {
        let lines = wrapped(&value, style.font, style.size, SPAN - VALUES);
        flow.skip(5.0);
        flow.row(|page, y| page.text(LEFT, y, LABEL, label.as_bytes()), LEFT + VALUES, style, &lines);
        flow.skip(4.0);
        flow.thin_rule();
    }
    flow.skip(20.0);
}

fn files(flow: &mut Flow, paper: &ReceiptPaper) {
    flow.together(70.0);
    flow.paragraph(&format!("Berkas yang diterima ({})", paper.files.len()), SECTION, LEFT, SPAN);
    flow.skip(5.0);
    flow.thin_rule();
    for (index, file) in paper.files.iter().enumerate() {
        let name = format!("{}. {}", index + 1, file.name);
        let lines = wrapped(&name, STRONG.font, STRONG.size, SPAN - SIZES);
        let size = super::pdf::encoded(&file.size_words);
        flow.together(52.0);
        flow.skip(6.0);
        flow.row(|page, y| page.text_to(RIGHT, y, LABEL, &size), LEFT, STRONG, &lines);
        flow.skip(1.0);
        fingerprint(flow, "SHA-256", &file.sha256);
        flow.skip(5.0);
        flow.thin_rule();
    }
    flow.together(40.0);
    flow.skip(6.0);
    flow.paragraph("Sidik seluruh isi", LABEL, LEFT, SPAN);
    fingerprint(flow, "SHA-256", &paper.content_sha256);
    flow.skip(22.0);
}

/// A hash in lines, behind its name.
fn fingerprint(flow: &mut Flow, label: &str, hash: &str) {
    const INDENT: f32 = 46.0;
    let lines = wrapped(hash, HASH.font, HASH.size, SPAN - INDENT);
    flow.row(|page, y| page.text(LEFT, y, SMALL, label.as_bytes()), LEFT + INDENT, HASH, &lines);
}

/// Where the receipt can be checked: a code beside words, and the address below.
fn check(flow: &mut Flow, paper: &ReceiptPaper) {
    const WORDS: &str = "Pindai kode ini, atau buka alamat di bawahnya, lalu cocokkan nomor, perangkat daerah, \
         dan sidik berkas dengan yang tercatat. Tanda terima yang tidak tercatat tidak berlaku.";
    let address = wrapped(&paper.check_url, ADDRESS.font, ADDRESS.size, SPAN);
    flow.together(CODE + 40.0);
    let code = Modules::of(&paper.check_url);
    let (x, span) = if code.is_some() { (LEFT + CODE + 18.0, SPAN - CODE - 18.0) } else { (LEFT, SPAN) };
    let top = flow.y();
    if let Some(code) = &code {
        flow.code(code, LEFT, top, CODE);
    }
    flow.skip(8.0);
    flow.paragraph("Periksa tanda terima ini", SECTION, x, span);
    flow.skip(3.0);
    flow.paragraph(WORDS, BODY, x, span);
    if code.is_some() {
        flow.down_to(top - CODE);
    }
    flow.skip(8.0);
    for line in address {
        flow.linked(&line, ADDRESS, LEFT, &paper.check_url);
    }
}
