use proptest::prelude::*;

use super::*;
use crate::pdf::{HEIGHT, WIDTH};

fn paper(files: usize, practice: bool) -> ReceiptPaper {
    let file = |number: usize| ReceiptFile {
        name: format!("Laporan Kinerja Dinas Pekerjaan Umum (final) {number} – ditandatangani.pdf"),
        size_words: "1,2 MB".to_owned(),
        sha256: format!("{number:064x}"),
    };
    ReceiptPaper {
        office: "Biro Organisasi Sekretariat Daerah Provinsi Contoh".to_owned(),
        number: "0042/LKj/2026".to_owned(),
        agency: "Dinas Pekerjaan Umum, Penataan Ruang, Perumahan Rakyat, Kawasan Permukiman, dan Pertanahan"
            .to_owned(),
        data_year: 2025,
        round: 2,
        received_wib: "Jumat, 9 Januari 2026 pukul 14.05.30 WIB".to_owned(),
        received_utc: "2026-01-09 07:05:30 UTC".to_owned(),
        timing: "terlambat 2 hari 3 jam".to_owned(),
        files: (1..=files).map(file).collect(),
        content_sha256: "ab".repeat(32),
        check_url: "https://alur.example.go.id/periksa/0042-LKj-2026?k=6f1a2b3c4d5e".to_owned(),
        practice,
    }
}

/// The lines that are shown, page by page.
fn shown(paper: &ReceiptPaper) -> Vec<Vec<String>> {
    let (pages, _) = set(paper);
    pages.iter().map(|page| page.texts().map(|(text, _)| text.to_owned()).collect()).collect()
}

fn made(paper: &ReceiptPaper) -> Vec<u8> {
    receipt(paper, DateTime::from_timestamp(1_767_942_330, 0).unwrap()).unwrap()
}

fn at(bytes: &[u8], wanted: &str) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted.as_bytes())
}

fn holds(bytes: &[u8], wanted: &str) -> bool {
    at(bytes, wanted).is_some()
}

#[test]
fn a_receipt_says_everything() {
    let paper = paper(2, false);
    let pages = shown(&paper);
    assert_eq!(pages.len(), 1);
    let text = pages[0].join("|");
    for words in [
        "TANDA TERIMA LKj",
        &paper.office,
        &format!("Nomor|{}", paper.number),
        "Perangkat Daerah|Dinas Pekerjaan Umum, Penataan Ruang, Perumahan",
        "Tahun data|2025",
        "Putaran|2",
        &paper.received_wib,
        &paper.received_utc,
        &paper.timing,
        "Berkas yang diterima (2)",
        "1.|Laporan Kinerja Dinas",
        "pdf|1,2 MB|SHA-256",
        &paper.files[1].sha256,
        &paper.content_sha256,
        &paper.check_url,
        "Halaman 1 dari 1",
    ] {
        assert!(text.contains(words), "{words}\n{text}");
    }
    assert!(!text.contains("LATIHAN"));
}

#[test]
fn the_file_is_for_decades_and_for_everybody() {
    let paper = paper(2, false);
    let pdf = made(&paper);
    let kind = crate::content::kind_of(&mut std::io::Cursor::new(&pdf)).unwrap();
    assert_eq!(kind.extensions(), ["pdf"]);
    for words in [
        "%PDF-1.7",
        "/Lang(id-ID)",
        "/MarkInfo<</Marked true",
        "/CreationDate(D:20260109140530+07",
        "/URI(https://alur.example.go.id/",
        "<pdfaid:part>2</pdfaid:part>",
        "<pdfaid:conformance>A</pdfaid:conformance>",
        "<pdfuaid:part>1</pdfuaid:part>",
        "PlusJakartaSans-Bold",
        "/S/Table",
        "/S/H1",
        "/S/Figure",
    ] {
        assert!(holds(&pdf, words), "{words}");
    }
    assert!(!holds(&pdf, "NotoSansArabic") && !holds(&pdf, "Helvetica"));
    assert_eq!(pdf, made(&paper), "the same receipt is the same file");
}

#[test]
fn names_are_shown_in_their_scripts() {
    let mut paper = paper(3, false);
    paper.office = "ꦢꦶꦤꦱ꧀ꦥꦼꦤ꧀ꦢꦶꦢꦶꦏꦤ꧀".to_owned();
    paper.agency = "وزارة الداخلية · Dinas Łódź ᬩᬮᬶ".to_owned();
    let names = ["Siti Nurhaliza – Žižek.pdf", "محمد يوسف.pdf", "ꦫꦢꦺꦤ꧀ꦄꦗꦼꦁꦏꦂꦠꦶꦤꦶ 文件.pdf"];
    for (file, name) in paper.files.iter_mut().zip(names) {
        file.name = name.to_owned();
    }
    let text = shown(&paper).concat();
    for words in [&paper.office, &paper.agency, &paper.files[0].name, &paper.files[1].name] {
        assert!(text.contains(words), "{words}\n{text:?}");
    }
    assert!(text.contains(&"ꦫꦢꦺꦤ꧀ꦄꦗꦼꦁꦏꦂꦠꦶꦤꦶ [U+6587][U+4EF6].pdf".to_owned()), "{text:?}");
    let pdf = made(&paper);
    for font in ["Vazirmatn-Medium", "NotoSansJavanese-Medium", "NotoSansBalinese-Medium"] {
        assert!(holds(&pdf, font), "{font}");
    }
}

#[test]
fn practice_is_written_on_every_page() {
    let (pages, _) = set(&paper(30, true));
    assert!(pages.len() > 2);
    for page in &pages {
        assert_eq!(page.watermarks().collect::<Vec<_>>(), ["LATIHAN"]);
    }
    assert!(pages[0].texts().any(|(line, _)| line.starts_with("LATIHAN: bukan tanda terima yang sah")));
}

#[test]
fn many_files_go_on_over_pages() {
    let paper = paper(40, false);
    let pages = shown(&paper);
    let count = pages.len();
    assert!(count > 2);
    for (index, page) in pages.iter().enumerate() {
        assert!(page.contains(&format!("Halaman {} dari {count}", index + 1)), "{page:?}");
    }
    let text = pages.concat();
    for file in &paper.files {
        assert!(text.contains(&file.sha256));
    }
    assert!(pages[count - 1].contains(&paper.check_url));
    made(&paper);
}

/// Every text of a receipt is this one. It becomes a file, and nothing of it lies outside its page.
fn survives(text: &str) {
    let file = ReceiptFile { name: text.to_owned(), size_words: text.to_owned(), sha256: text.to_owned() };
    let paper = ReceiptPaper {
        office: text.to_owned(),
        number: text.to_owned(),
        agency: text.to_owned(),
        received_wib: text.to_owned(),
        received_utc: text.to_owned(),
        timing: text.to_owned(),
        files: vec![file.clone(), file],
        content_sha256: text.to_owned(),
        check_url: text.to_owned(),
        ..paper(0, true)
    };
    let (pages, _) = set(&paper);
    for (line, [left, top, right, bottom]) in pages.iter().flat_map(Page::texts) {
        assert!(left >= 0.0 && right <= WIDTH && top >= 0.0 && bottom <= HEIGHT, "{line:?} of {text:?}");
    }
    let pdf = made(&paper);
    assert!(pdf.starts_with(b"%PDF-"), "{text:?}");
    let [begin, end] = ["<?xpacket begin", "<?xpacket end"].map(|mark| at(&pdf, mark).unwrap());
    let properties = std::str::from_utf8(&pdf[begin..end]).unwrap();
    assert!(properties.chars().all(|c| c >= ' ' || c.is_ascii_whitespace()), "{text:?}");
}

#[test]
fn hostile_names_stay_on_the_page() {
    let long = "M".repeat(3_000);
    let tower = format!("a{}", "\u{302}".repeat(100));
    let arabic = "لا".repeat(200);
    let javanese = "ꦤ꧀".repeat(50);
    for text in [
        "",
        " ",
        long.as_str(),
        tower.as_str(),
        arabic.as_str(),
        javanese.as_str(),
        "\0\u{1}\u{7f}\u{9f}\u{1c}\u{2028}\u{2029}\r\n\t",
        "gpj.\u{202e}exe \u{2066}\u{2069}\u{200f}\u{61c}",
        "\u{301}\u{302} ꧀ꦶ ّ ᬵ",
        "👩\u{200d}👩\u{200d}👧\u{1f3fd} \u{fe0f}\u{e0041}",
        "\u{fffd}\u{fffe}\u{ffff}\u{feff}\u{10ffff}\u{e000}",
        "(\\) /Type <</S>> endobj ]]> <x>&amp;",
        "ﷺ ﷽ \u{1ee00} \u{10a00} \u{2067}אבג\u{2069}",
    ] {
        survives(text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn no_text_is_too_much(text in any::<String>()) {
        survives(&text);
    }

    #[test]
    fn no_text_of_the_scripts_at_hand_is_too_much(text in "[a-zÀ-ž\u{300}-\u{36f} ا-ۿ\u{a980}-\u{a9df}\u{1b00}-\u{1b7f}\u{1b80}-\u{1bbf}\u{1a00}-\u{1a1f}Ѐ-џ\u{200b}-\u{206f}]{0,60}") {
        survives(&text);
    }
}
