//! Files that nobody honest sends, one table: each is refused with a sentence in under a second,
//! leaves nothing behind, and costs little memory.

use std::io::{Cursor, Write};
use std::time::{Duration, Instant};

use axum::body::{Body, Bytes};
use axum::http::{StatusCode, header};
use desk::report::Submissions;
use futures::{StreamExt, stream};
use zip::write::SimpleFileOptions;

use crate::harness::{Answer, House, PDF, RUN, Sender, run, send_file};

/// What a refusal may take. The best of three counts, since a machine may be busy.
const QUICK: Duration = Duration::from_secs(1);
/// How much more memory than before may be in use at the worst moment of all of it, in kB.
const MEMORY: u64 = 160 * 1024;

/// A zip of these files.
fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        archive.start_file(*name, SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

const TYPES: &str = r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"#;
const RELS: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const BOOK: &str = r#"<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="A" sheetId="1" r:id="a"/></sheets></workbook>"#;
const BOOK_RELS: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;

/// A workbook with these rows and more files.
fn workbook(rows: &str, more: &[(&str, &[u8])]) -> Vec<u8> {
    let sheet = format!(
        r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>"#
    );
    let mut files = vec![
        ("[Content_Types].xml", TYPES.as_bytes()),
        ("_rels/.rels", RELS.as_bytes()),
        ("xl/workbook.xml", BOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", BOOK_RELS.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ];
    files.extend_from_slice(more);
    zipped(&files)
}

fn million_rows() -> Vec<u8> {
    let rows: String = (1..=1_000_000).map(|row| format!("<row r=\"{row}\"><c><v>1</v></c></row>")).collect();
    workbook(&rows, &[])
}

/// Largest use of memory of this process so far, in kB.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

/// Sends, again if the machine was busy, and sees to it that the answer comes quickly.
async fn quickly(name: &str, ask: impl AsyncFn() -> Answer) -> Answer {
    let mut took = Duration::ZERO;
    for _ in 0..3 {
        let begun = Instant::now();
        let answer = ask().await;
        took = begun.elapsed();
        if took < QUICK {
            return answer;
        }
    }
    panic!("{name} took {took:?}");
}

#[test]
fn hostile_files_are_refused_quickly_and_in_words() {
    run(async || {
        let house = House::practice().await;
        let sender = Sender::fresh(&house).await;
        let blank = " ".repeat(11 << 20);
        let bomb = workbook(&blank, &[]);
        let (rows, macros) = (million_rows(), workbook("", &[("xl/vbaProject.bin", b"\xcc\x61")]));
        let large = [PDF, &vec![b'x'; 21 << 20]].concat();
        let cut = &PDF[..PDF.len() / 2];
        let many = "Sasaran;Indikator;Satuan;Target;Realisasi\n".to_owned() + &"S;I;%;1;2\n".repeat(100_000);
        let before = std::fs::read_dir(house.data().join("files")).unwrap().count();
        let memory = peak();
        let (report, annex, import) =
            ("/pd/kirim-berkas/1/lkj", "/pd/kirim-berkas/1/lampiran", "/pd/impor/1");
        let both = [b"MZ\x90\0\x03\0\0\0 ", PDF].concat();
        let cases: [(&str, &str, &[u8], &str); 25] = [
            // The wrong thing under the right name.
            (report, "LKj.pdf", b"<html><script>alert(1)</script></html>", "Tipe berkas"),
            (report, "LKj.pdf", b"MZ\x90\0\x03\0\0\0 program", "Tipe berkas"),
            (report, "LKj Bappeda.exe", &both, "Tipe berkas"),
            (report, "LKj.pdf", &bomb, "terlalu besar saat dibuka"),
            (report, "LKj.pdf", b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01 foto", "harus berupa PDF"),
            (annex, "data.xlsx", b"sasaran;indikator", "Tipe berkas"),
            (annex, "arsip.docx", &zipped(&[("catatan.txt", b"bukan Word")]), "Tipe berkas"),
            (annex, "lama.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 Office lama", "enkripsi"),
            (annex, "makro.xlsx", &macros, "makro"),
            // Nothing, or not all of it.
            (report, "LKj.pdf", b"", "kosong"),
            (report, "LKj.pdf", cut, "terpotong"),
            (annex, "foto.png", b"\x89PNG\r\n\x1a\n separuh", "terpotong"),
            (report, "LKj.pdf", &large, "paling besar 20 MB"),
            (annex, "besar.pdf", &large, "paling besar 20 MB"),
            // Names.
            (report, "../../etc/passwd", PDF, "Nama berkas"),
            (report, "..\\\\..\\\\windows.pdf", PDF, "Nama berkas"),
            (report, "a\u{7}b.pdf", PDF, "erkas"),
            (annex, "gaji\u{202e}fdp.exe", PDF, "Nama berkas"),
            (annex, &"x".repeat(200), PDF, "terlalu panjang"),
            // Tables.
            (import, "bom.xlsx", &bomb, "terlalu banyak"),
            (import, "sejuta.xlsx", &rows, "terlalu banyak"),
            (import, "panjang.csv", many.as_bytes(), "terlalu panjang"),
            (import, "makro.xlsx", &macros, "makro"),
            (import, "rusak.xlsx", b"PK\x03\x04 separuh", "rusak"),
            (import, "gambar.xlsx", b"\x89PNG\r\n\x1a\n", "bukan Excel"),
        ];
        for (path, name, bytes, sentence) in cases {
            let ask = async || send_file(&house, &sender.visitor, path, name, bytes).await;
            let answer = quickly(name, ask).await;
            assert!(answer.status.is_client_error(), "{path} {name}: {} {}", answer.status, answer.text());
            let problem = answer.problem().to_string();
            assert!(problem.contains(sentence), "{path} {name}: {problem}");
        }
        assert_eq!(std::fs::read_dir(house.data().join("files")).unwrap().count(), before);
        assert!(house.opened.deps.reports.draft(RUN, sender.code.clone()).await.unwrap().is_empty());
        let used = peak().saturating_sub(memory);
        println!("memory at the worst moment: {used} kB more than before");
        assert!(used < MEMORY, "{used} kB");
    });
}

/// One agency sends forty at once: one is read at a time, one waits, and the rest is told to come later.
#[test]
fn forty_bombs_at_once_cost_no_more_than_one() {
    run(async || {
        let house = House::practice().await;
        let sender = Sender::fresh(&house).await;
        let rows = million_rows();
        let memory = peak();
        let bomb = || send_file(&house, &sender.visitor, "/pd/impor/1", "sejuta.xlsx", &rows);
        let answers = futures::future::join_all((0..40).map(|_| bomb())).await;
        for answer in answers {
            assert!(answer.status.is_client_error(), "{} {}", answer.status, answer.text());
        }
        assert!(bomb().await.problem().to_string().contains("terlalu banyak"), "the places are free again");
        let used = peak().saturating_sub(memory);
        assert!(used < MEMORY, "{used} kB");
    });
}

/// 2 GB, in a form and in pieces: told before it is sent; and if it does not say so, cut off.
#[test]
fn two_gigabytes_are_refused_before_they_come() {
    const SIZE: u64 = 2 << 30;
    run(async || {
        let house = House::practice().await;
        let sender = Sender::fresh(&house).await;
        let kind = "multipart/form-data; boundary=batas";
        let memory = peak();
        for path in ["/pd/kirim-berkas/1/lkj", "/pd/impor/1"] {
            let answer = quickly(path, async || {
                let request = sender.visitor.request("POST", path).header(header::CONTENT_TYPE, kind);
                let request = request.header(header::CONTENT_LENGTH, SIZE);
                house.send(request.body(endless(SIZE)).unwrap()).await
            });
            let answer = answer.await;
            assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE, "{path}: {}", answer.text());
            assert!(answer.problem().to_string().contains("paling besar 20 MB"), "{}", answer.problem());
        }
        let path = format!("/pd/unggah/1/lkj/besar?dari=0&ukuran={SIZE}&nama=LKj.pdf");
        let answer = quickly(&path, async || {
            house.send(sender.visitor.request("PUT", &path).body(Body::from("%PDF-1.7")).unwrap()).await
        });
        assert!(answer.await.problem().to_string().contains("paling besar 20 MB"));
        // Whoever hides how much comes is heard until the limit, and no further.
        let request =
            sender.visitor.request("POST", "/pd/kirim-berkas/1/lkj").header(header::CONTENT_TYPE, kind);
        let answer = house.send(request.body(endless(SIZE)).unwrap()).await;
        assert!(answer.status.is_client_error(), "{}", answer.text());
        let used = peak().saturating_sub(memory);
        println!("2 GB: {used} kB more than before");
        assert!(used < MEMORY, "{used} kB");
        assert!(house.opened.deps.reports.draft(RUN, sender.code.clone()).await.unwrap().is_empty());
    });
}

/// A form with a file of so many bytes, which are made while they are read.
fn endless(size: u64) -> Body {
    let head =
        "--batas\r\nContent-Disposition: form-data; name=\"berkas\"; filename=\"LKj.pdf\"\r\n\r\n%PDF-1.7\n";
    let chunk = Bytes::from(vec![b'x'; 64 * 1024]);
    let chunks = stream::repeat(chunk).take(usize::try_from(size / (64 * 1024)).unwrap());
    let all = stream::once(async move { Bytes::from(head) }).chain(chunks);
    Body::from_stream(all.map(Ok::<_, std::io::Error>))
}
