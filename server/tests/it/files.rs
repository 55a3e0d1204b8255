//! Files: what is taken, what is refused, and how they are handed out.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use axum::body::Body;
use axum::http::{StatusCode, header};
use desk::file::FileView;
use desk::office::Desk;
use desk::problem::Problem;
use desk::report::Submissions;
use domain::report::Submission;
use services::files::{Bounds, DiskOf, LARGEST, Limits, Politeness, Shelf, Space};
use sha2::{Digest, Sha256};

use crate::harness::{Answer, House, RUN, Sender, Visitor, row, run};

const PDF: &[u8] = b"%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n";

/// Sends a file as a browser does.
async fn send(house: &House, visitor: &Visitor, name: &str, bytes: &[u8], accept: &str) -> Answer {
    let head = format!(
        "--batas\r\nContent-Disposition: form-data; name=\"berkas\"; filename=\"{name}\"\r\n\
         Content-Type: application/octet-stream\r\n\r\n"
    );
    let body = [head.as_bytes(), bytes, b"\r\n--batas--\r\n"].concat();
    let request = visitor
        .request("POST", "/berkas")
        .header(header::ACCEPT, accept)
        .header(header::REFERER, "http://alur.kantor/pelaksanaan/1?berkas=lama&nama=lama&a=b")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=batas");
    house.send(request.body(Body::from(body)).unwrap()).await
}

async fn sent(house: &House, visitor: &Visitor, name: &str, bytes: &[u8]) -> Answer {
    send(house, visitor, name, bytes, "application/json").await
}

/// What lies on the shelf, without the sample reports.
fn lying_about(house: &House) -> Vec<String> {
    let office = house.opened.office.office();
    let rounds = office.runs.values().flat_map(|run| run.reports.values()).flat_map(|report| &report.rounds);
    let of_reports = |round: &Submission| {
        let files = round.digest.files.iter().map(|file| file.sha256.clone());
        files.chain([round.digest.content.clone()]).collect::<Vec<_>>()
    };
    let samples: BTreeSet<_> = rounds.flat_map(of_reports).collect();
    let entries = std::fs::read_dir(house.data().join("files")).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| !samples.contains(name)).collect()
}

#[test]
fn a_file_is_kept_under_its_hash_and_handed_out_as_an_attachment() {
    run(async || {
        let house = House::practice().await;
        let (staff, other) = (house.signed_in("staf").await, house.signed_in("karo").await);
        let answer = sent(&house, &staff, "Surat \u{e9} 12.pdf", PDF).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        let sha256 = format!("{:x}", Sha256::digest(PDF));
        let expected = FileView {
            sha256: sha256.clone(),
            name: "Surat \u{e9} 12.pdf".to_owned(),
            size: PDF.len() as u64,
            media_type: "application/pdf".to_owned(),
        };
        assert_eq!(answer.json::<FileView>(), expected);
        assert_eq!(lying_about(&house), [sha256.as_str()]);
        let got = other.get(&house, &format!("/berkas/{sha256}")).await;
        assert_eq!((got.status, got.body.as_slice()), (StatusCode::OK, PDF));
        assert_eq!(got.header("content-type"), "application/pdf");
        assert!(got.header("content-disposition").starts_with("attachment; filename=\"Surat _ 12.pdf\""));
        assert_eq!(got.header("x-content-type-options"), "nosniff");
        assert!(sent(&house, &staff, "lagi.pdf", PDF).await.status.is_success(), "the same bytes again");
        assert_eq!(lying_about(&house).len(), 1);
    });
}

#[test]
fn only_those_who_may_send_and_read() {
    run(async || {
        let house = House::practice().await;
        let (admin, nobody) = (house.signed_in("admin").await, Visitor::default());
        assert_eq!(sent(&house, &nobody, "a.pdf", PDF).await.problem(), Problem::SignedOut);
        assert_eq!(sent(&house, &admin, "a.pdf", PDF).await.status, StatusCode::FORBIDDEN);
        let staff = house.signed_in("staf").await;
        let file: FileView = sent(&house, &staff, "a.pdf", PDF).await.json();
        let path = format!("/berkas/{}", file.sha256);
        assert_eq!(nobody.get(&house, &path).await.status, StatusCode::UNAUTHORIZED);
        assert_eq!(admin.get(&house, &path).await.status, StatusCode::OK);
        for other in ["/berkas/..%2Fdb", "/berkas/abc", "/berkas/%FF", &format!("/berkas/{}", "0".repeat(64))]
        {
            assert_eq!(staff.get(&house, other).await.status, StatusCode::NOT_FOUND, "{other}");
        }
        assert_eq!(staff.get(&house, &path.to_uppercase()).await.status, StatusCode::NOT_FOUND);
    });
}

#[test]
fn what_is_no_good_file_is_refused_in_words_and_leaves_nothing() {
    run(async || {
        let house = House::practice().await;
        let staff = house.signed_in("staf").await;
        let large = [PDF, &vec![b'x'; LARGEST as usize]].concat();
        let cases: [(&str, &[u8], u16, &str); 7] = [
            ("a.pdf", b"", 422, "kosong"),
            ("a.pdf", b"<html><script>alert(1)</script>", 415, "bukan PDF"),
            ("a.pdf", b"%PD", 415, "bukan PDF"),
            ("a.pdf", &large, 413, "20 MB"),
            ("../a.pdf", PDF, 422, "Nama berkas"),
            ("", PDF, 422, "Belum ada berkas"),
            ("a\u{202e}fdp.exe", PDF, 422, "Nama berkas"),
        ];
        for (name, bytes, status, words) in cases {
            let answer = sent(&house, &staff, name, bytes).await;
            let problem = answer.problem();
            assert_eq!(answer.status.as_u16(), status, "{name}: {problem}");
            assert!(problem.to_string().contains(words), "{name}: {problem}");
        }
        for (kind, body) in [
            (
                "multipart/form-data; boundary=batas",
                "--batas\r\nContent-Disposition: form-data; name=\"berkas\"; filename=\"a.pdf\"\r\n\r\n%PDF-1.7 cut",
            ),
            ("multipart/form-data", "x"),
            ("application/json", "{}"),
        ] {
            let request = staff.request("POST", "/berkas").header(header::CONTENT_TYPE, kind);
            let answer = house.send(request.body(Body::from(body)).unwrap()).await;
            assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{kind}: {}", answer.text());
        }
        assert_eq!(lying_about(&house), Vec::<String>::new());
    });
}

#[test]
fn without_javascript_the_page_comes_back_with_the_file_or_the_reason() {
    run(async || {
        let house = House::practice().await;
        let staff = house.signed_in("staf").await;
        let html = "text/html,*/*;q=0.8";
        let taken = send(&house, &staff, "a b.pdf", PDF, html).await;
        let sha256 = format!("{:x}", Sha256::digest(PDF));
        let expected = format!("/pelaksanaan/1?a=b&berkas={sha256}&nama=a+b.pdf");
        assert_eq!((taken.status, taken.header("location")), (StatusCode::SEE_OTHER, expected.as_str()));
        let refused = send(&house, &staff, "a.pdf", b"", html).await;
        assert_eq!(refused.status, StatusCode::SEE_OTHER);
        assert!(refused.header("location").contains("&gagal="), "{}", refused.header("location"));
    });
}

fn bounds(folder: &Path) -> Bounds {
    let space = Space::new(Arc::new(DiskOf(folder.to_owned())), None, LARGEST);
    Bounds { limits: Limits::default(), space, held: Vec::new(), politeness: Politeness::default() }
}

#[test]
fn what_a_crash_left_half_received_is_swept_up() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("abc.part"), "half").unwrap();
    std::fs::write(folder.path().join("whole"), "whole").unwrap();
    run(async move || {
        let store = services::store::Store::open("mem://").await.unwrap();
        Shelf::open(folder.path().to_owned(), store, bounds(folder.path())).unwrap();
        assert!(!folder.path().join("abc.part").exists());
        assert!(folder.path().join("whole").exists());
    });
}

/// A name that makes another program open a file is given the end of what the file is.
#[test]
fn what_is_handed_out_is_called_what_it_is() {
    run(async || {
        let house = House::practice().await;
        let sender = Sender::fresh(&house).await;
        sender.save(&house, vec![row("A", "1", "1")]).await;
        sender.upload(&house, "LKj Bappeda.exe", PDF).await;
        let draft = house.opened.deps.reports.draft(RUN, sender.code.clone()).await.unwrap();
        let file = draft.report.unwrap();
        assert_eq!(file.name, "LKj Bappeda.exe.pdf");
        let own = sender.visitor.get(&house, &format!("/pd/berkas/1/{}", file.sha256)).await;
        assert!(own.header("content-disposition").contains("filename=\"LKj Bappeda.exe.pdf\""));
        assert_eq!(own.header("cache-control"), "no-store");
    });
}
