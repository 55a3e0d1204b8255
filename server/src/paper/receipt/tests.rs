use super::*;

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

/// The strings that are shown, page by page, as Windows-1252. The streams are not compressed.
fn shown(pdf: &[u8]) -> Vec<Vec<String>> {
    let mut pages = Vec::new();
    let mut rest = pdf;
    while let Some(begin) = find(rest, b"\nstream\n") {
        let end = find(rest, b"\nendstream").unwrap();
        let operators = &rest[begin + 8..end];
        pages.push(operators.split(|byte| *byte == b'\n').filter_map(string).collect());
        rest = &rest[end + 10..];
    }
    pages
}

/// The text of a line such as `(Nomor) Tj` or `<4e6f> Tj`.
fn string(line: &[u8]) -> Option<String> {
    let line = line.strip_suffix(b" Tj")?;
    let bytes: Vec<u8> = match line {
        [b'(', inside @ .., b')'] => {
            let mut escaped = false;
            let keep = |byte: &u8| {
                escaped = *byte == b'\\' && !escaped;
                !escaped
            };
            inside.iter().copied().filter(keep).collect()
        }
        [b'<', inside @ .., b'>'] => inside
            .chunks(2)
            .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
            .collect(),
        other => panic!("{}", String::from_utf8_lossy(other)),
    };
    Some(encoding_rs::WINDOWS_1252.decode(&bytes).0.into_owned())
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

fn made(paper: &ReceiptPaper) -> Vec<u8> {
    receipt(paper, DateTime::from_timestamp(1_767_942_330, 0).unwrap())
}

#[test]
fn a_receipt_says_everything() {
    let paper = paper(2, false);
    let pdf = made(&paper);
    assert_eq!(crate::paper::content::kind_of(&mut std::io::Cursor::new(&pdf)).unwrap().extension(), "pdf");
    let pages = shown(&pdf);
    assert_eq!(pages.len(), 1);
    let text = pages[0].join(" ");
    for words in [
        "TANDA TERIMA LKj",
        &paper.office,
        &paper.number,
        &paper.agency,
        "Tahun data 2025",
        "Putaran 2",
        &paper.received_wib,
        &paper.received_utc,
        &paper.timing,
        "Berkas yang diterima (2)",
        &format!("1,2 MB 1. {}", paper.files[0].name),
        &paper.files[1].sha256,
        &paper.content_sha256,
        &paper.check_url,
        "Halaman 1 dari 1",
    ] {
        assert!(text.contains(words), "{words}\n{text}");
    }
    assert!(!text.contains("LATIHAN"));
    for words in
        ["/Lang (id-ID)", "/CreationDate (D:20260109140530+07'00)", "/URI (https://alur.example.go.id/"]
    {
        assert!(find(&pdf, words.as_bytes()).is_some(), "{words}");
    }
    assert_eq!(pdf, made(&paper), "the same receipt is the same file");
}

#[test]
fn practice_is_written_on_every_page() {
    let pages = shown(&made(&paper(30, true)));
    assert!(pages.len() > 2);
    for page in &pages {
        assert_eq!(page[0], "LATIHAN");
    }
    assert!(pages[0].iter().any(|line| line.starts_with("LATIHAN: bukan tanda terima yang sah")));
}

#[test]
fn many_files_go_on_over_pages() {
    let paper = paper(40, false);
    let pages = shown(&made(&paper));
    let count = pages.len();
    assert!(count > 2);
    for (index, page) in pages.iter().enumerate() {
        assert!(page.contains(&format!("Halaman {} dari {count}", index + 1)), "{page:?}");
    }
    let text = pages.concat().join(" ");
    for file in &paper.files {
        assert!(text.contains(&file.sha256));
    }
    assert!(pages[count - 1].contains(&paper.check_url));
}

#[test]
fn nothing_is_drawn_outside_the_page() {
    let mut paper = paper(1, false);
    paper.agency = "M".repeat(3_000);
    paper.check_url = format!("https://alur.example.go.id/{}", "x".repeat(3_000));
    paper.files[0].name = "(\\) 文件 Ł ≤ \u{202e}🙂".to_owned();
    let pdf = made(&paper);
    let pages = shown(&pdf);
    assert!(pages.concat().contains(&"1. (\\) WenJian L <= slight smile".to_owned()));
    assert_eq!(
        pages.concat().iter().filter(|line| line.starts_with("MMM")).map(String::len).sum::<usize>(),
        3_000
    );
    let mut seen = 0;
    for line in String::from_utf8_lossy(&pdf).lines().filter_map(|line| line.strip_suffix(" Tm")) {
        let numbers: Vec<f32> = line.split(' ').map(|number| number.parse().unwrap()).collect();
        assert!((LEFT - 0.1..RIGHT).contains(&numbers[4]) && (40.0..800.0).contains(&numbers[5]), "{line}");
        seen += 1;
    }
    assert_eq!(seen, pages.concat().len());
}
