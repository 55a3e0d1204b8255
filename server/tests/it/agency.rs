//! Agencies: their link, their draft, their files, their receipt, and nothing of anybody else's.

use axum::body::Body;
use axum::http::{StatusCode, header};
use desk::office::Desk;
use desk::problem::Problem;
use desk::report::{Draft, Saved, Submissions};
use domain::id::{AgencyCode, RunId};
use domain::office::Refusal;

use crate::harness::{Answer, House, Visitor, run, send_file};

const RUN: RunId = RunId(1);
const PDF: &[u8] = include_bytes!("../../services/practice/lkj-contoh.pdf");

/// Two agencies that have not sent anything in the practice office.
fn idle(house: &House) -> [AgencyCode; 2] {
    let office = house.opened.office.office();
    let reports = &office.runs[&RUN].reports;
    let mut idle = office.agencies.keys().filter(|code| !reports.contains_key(*code)).cloned();
    [idle.next().unwrap(), idle.next().unwrap()]
}

/// The secret of a fresh link.
async fn link(house: &House, agency: &AgencyCode) -> String {
    let (reports, by) = (&house.opened.deps.reports, || "staf".into());
    let sheet = reports.make_links(RUN, vec![agency.clone()], by()).await.unwrap();
    let links = reports.link_sheet(sheet.clone(), by(), "http://alur.kantor".to_owned()).await.unwrap();
    assert_eq!(reports.link_sheet(sheet, by(), String::new()).await, None, "it is shown once");
    links[0].url.strip_prefix("http://alur.kantor/pd/t/").unwrap().to_owned()
}

/// Somebody who has followed an agency's link.
async fn come(house: &House, agency: &AgencyCode) -> Visitor {
    let secret = link(house, agency).await;
    let answer = Visitor::default().post(house, &format!("/pd/t/{secret}"), &[]).await;
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/pd/lkj/2026"));
    Visitor { session: Some(answer.session().unwrap()) }
}

async fn upload(house: &House, visitor: &Visitor, kind: &str, name: &str, bytes: &[u8]) -> Answer {
    send_file(house, visitor, &format!("/pd/kirim-berkas/1/{kind}"), name, bytes).await
}

async fn put(house: &House, visitor: &Visitor, from: usize, to: usize) -> Answer {
    let path = format!("/pd/unggah/1/lkj/abc?dari={from}&ukuran={}&nama=LKj.pdf", PDF.len());
    let request = visitor.request("PUT", &path).header(header::ACCEPT, "application/json");
    house.send(request.body(Body::from(PDF[from..to].to_vec())).unwrap()).await
}

async fn fill_table(house: &House, visitor: &Visitor) {
    let fields = [
        ("run", "1"),
        ("tempelan", "Sasaran A\tIndikator A\t%\t80\t84,5\nSasaran A\tIndikator B\t%\t1.000\t950"),
    ];
    let saved: Saved = visitor.post(house, "/api/paste-rows", &fields).await.json();
    assert_eq!(saved, Saved::Kept(1));
}

async fn send(house: &House, visitor: &Visitor, id: &str) -> Answer {
    let fields = [("run", "1"), ("command_id", id), ("alasan", "menyusul")];
    visitor.post(house, "/api/send-report", &fields).await
}

async fn draft(house: &House, agency: &AgencyCode) -> Draft {
    house.opened.deps.reports.draft(RUN, agency.clone()).await.unwrap()
}

#[test]
fn a_report_is_written_sent_and_has_its_receipt() {
    run(async || {
        let house = House::practice().await;
        let [agency, _] = idle(&house);
        let visitor = come(&house, &agency).await;
        fill_table(&house, &visitor).await;
        assert_eq!(upload(&house, &visitor, "lkj", "LKj 2026.pdf", PDF).await.status, StatusCode::OK);
        let page = visitor.get(&house, "/pd/lkj/2026").await;
        assert!(page.status == StatusCode::OK && page.text().contains("LKj 2026.pdf"), "{}", page.text());
        assert_eq!(send(&house, &visitor, "kirim-1").await.status, StatusCode::OK);
        let seq = house.opened.office.office().seq;
        // The same once more is the same, and not a second one.
        assert_eq!(send(&house, &visitor, "kirim-1").await.status, StatusCode::OK);
        assert_eq!(house.opened.office.office().seq, seq);
        let again = send(&house, &visitor, "kirim-2").await;
        assert!(matches!(again.problem(), Problem::Refused { refusal: Refusal::AlreadySent { .. }, .. }));
        let receipt = visitor.get(&house, "/pd/lkj/2026/tanda-terima/1").await.text();
        assert!(receipt.contains("Tanda terima") && receipt.contains("tepat waktu"), "{receipt}");
        let paper = visitor.get(&house, "/pd/tanda-terima/1/1").await;
        assert_eq!(
            (paper.header("content-type"), paper.body.starts_with(b"%PDF-")),
            ("application/pdf", true)
        );
        let office = house.opened.office.office();
        let sent = office.runs[&RUN].reports[&agency].last().unwrap().clone();
        assert_eq!((sent.digest.rows, sent.digest.measured, sent.digest.files.len()), (2, 2, 1));
        // (105,63 + 95) / 2
        assert_eq!(sent.digest.average, Some(10_032));
        let public = Visitor::default().get(&house, &format!("/cek/{}", sent.code)).await;
        assert!(public.status == StatusCode::OK && public.text().contains(&sent.digest.content));
        assert!(!public.text().contains("LKj 2026.pdf") && !public.text().contains("Indikator A"));
        assert_eq!(Visitor::default().get(&house, "/cek/0000").await.status, StatusCode::NOT_FOUND);
    });
}

#[test]
fn a_link_that_was_replaced_or_made_void_opens_nothing_and_ends_what_it_opened() {
    run(async || {
        let house = House::practice().await;
        let [agency, _] = idle(&house);
        let first = link(&house, &agency).await;
        let visitor = come(&house, &agency).await;
        let void = |answer: Answer| assert_eq!(answer.header("location"), "/pd/tautan-tidak-berlaku");
        for secret in [&first, &"0".repeat(64)] {
            void(Visitor::default().get(&house, &format!("/pd/t/{secret}")).await);
            void(Visitor::default().post(&house, &format!("/pd/t/{secret}"), &[]).await);
        }
        assert_eq!(visitor.get(&house, "/api/agency-home").await.status, StatusCode::OK);
        house.opened.deps.reports.revoke_link(RUN, agency.clone()).await.unwrap();
        assert_eq!(visitor.get(&house, "/api/agency-home").await.problem(), Problem::SignedOut);
        assert_eq!(Visitor::default().get(&house, "/pd/tautan-tidak-berlaku").await.status, StatusCode::OK);
    });
}

/// Whoever merely looks at a link, from another site or to make a preview of it, changes nothing and
/// learns nothing but the name of the office.
#[test]
fn a_link_asks_before_it_opens() {
    run(async || {
        let house = House::practice().await;
        let [agency, other] = idle(&house);
        let (secret, staff) = (link(&house, &agency).await, house.signed_in("staf").await);
        let path = format!("/pd/t/{secret}");
        let sessions = house.opened.deps.sessions.count();
        for method in ["GET", "HEAD"] {
            for visitor in [&Visitor::default(), &staff] {
                let request = visitor.request(method, &path).header("sec-fetch-site", "cross-site");
                let answer = house.send(request.body(Body::empty()).unwrap()).await;
                assert_eq!((answer.status, answer.header("set-cookie")), (StatusCode::OK, ""), "{method}");
            }
        }
        assert_eq!(staff.get(&house, "/api/overview").await.status, StatusCode::OK, "still signed in");
        assert_eq!(house.opened.deps.sessions.count(), sessions);
        let used = house.opened.deps.reports.links(RUN).await.unwrap();
        assert!(used.iter().filter(|link| link.agency == agency).all(|link| link.used_at.is_none()));

        let page = Visitor::default().get(&house, &path).await;
        assert_eq!(page.header("referrer-policy"), "strict-origin");
        let text = page.text();
        let known = house.opened.office.office().agencies[&agency].clone();
        for word in [&secret, known.code.as_str(), &known.name, &known.short] {
            assert!(!text.contains(word), "{word}: {text}");
        }
        assert!(text.contains("og:title\" content=\"Biro Organisasi Setda Provinsi Jambi\""), "{text}");
        assert!(text.contains("<title>Biro Organisasi Setda Provinsi Jambi · Alur</title>"), "{text}");
        assert!(staff.get(&house, &path).await.text().contains("mengeluarkan akun itu"));
        let neighbour = come(&house, &other).await;
        assert!(
            neighbour.get(&house, &path).await.text().contains("yang sudah ditulis di sana tetap tersimpan")
        );

        let foreign = staff.request("POST", &path).header("sec-fetch-site", "cross-site");
        let refused = house.send(foreign.body(Body::empty()).unwrap()).await;
        assert_eq!((refused.status, refused.header("set-cookie")), (StatusCode::FORBIDDEN, ""));
        let opened = staff.submit(&house, &path, &path, &[]).await;
        assert_eq!(opened.header("location"), "/pd/lkj/2026");
        assert_eq!(staff.get(&house, "/api/overview").await.status, StatusCode::UNAUTHORIZED);
        let here = Visitor { session: opened.session() };
        let again = here.get(&house, &path).await.text();
        assert!(again.contains("Lanjutkan") && !again.contains("class=\"notice\">Di"), "{again}");
    });
}

#[test]
fn nothing_of_another_device_is_overwritten() {
    run(async || {
        let house = House::practice().await;
        let [agency, _] = idle(&house);
        let visitor = come(&house, &agency).await;
        let save = async |base: &str, name: &str, page: &str| {
            let fields = [("run", "1"), ("base", base), ("baris[0][indikator]", name), ("halaman", page)];
            visitor.post(&house, "/api/save-rows", &fields).await
        };
        assert_eq!(save("0", "satu", "true").await.json::<Saved>(), Saved::Kept(1));
        // The same twice is no change.
        assert_eq!(save("0", "satu", "true").await.json::<Saved>(), Saved::Kept(1));
        let Saved::Changed(theirs) = save("0", "dua", "true").await.json() else { panic!("overwritten") };
        assert_eq!((theirs.rows[0].indikator.as_str(), theirs.rows_version), ("satu", 1));
        assert!(save("0", "dua", "false").await.problem().to_string().contains("perangkat lain"));
        assert_eq!(save("1", "dua", "true").await.json::<Saved>(), Saved::Kept(2));
        assert_eq!(draft(&house, &agency).await.rows[0].indikator, "dua");
    });
}

#[test]
fn a_lost_answer_is_not_taken_for_another_device() {
    run(async || {
        let house = House::practice().await;
        let [agency, _] = idle(&house);
        let visitor = come(&house, &agency).await;
        let save = async |page: &str, base: &str, name: &str| {
            let fields = [
                ("run", "1"),
                ("base", base),
                ("baris[0][indikator]", name),
                ("halaman", "true"),
                ("perangkat", page),
            ];
            visitor.post(&house, "/api/save-rows", &fields).await.json::<Saved>()
        };
        assert_eq!(save("ponsel", "0", "satu").await, Saved::Kept(1));
        // It did not hear that, and has typed on.
        assert_eq!(save("ponsel", "0", "satu dua").await, Saved::Kept(2));
        assert!(matches!(save("komputer", "0", "lain").await, Saved::Changed(_)));
        assert_eq!(save("komputer", "2", "lain").await, Saved::Kept(3));
        assert!(matches!(save("ponsel", "1", "satu dua tiga").await, Saved::Changed(_)));
        assert_eq!(draft(&house, &agency).await.rows[0].indikator, "lain");
    });
}

#[test]
fn a_broken_upload_goes_on_where_it_stopped_even_after_a_restart() {
    run(async || {
        let house = House::practice().await;
        let [agency, _] = idle(&house);
        let visitor = come(&house, &agency).await;
        let half = PDF.len() / 2;
        assert_eq!(put(&house, &visitor, 0, half).await.text(), format!("{{\"so\":{half}}}"));
        // Lost answers are asked for again, and what comes twice counts once.
        assert_eq!(put(&house, &visitor, 0, half).await.text(), format!("{{\"so\":{half}}}"));
        assert_eq!(put(&house, &visitor, half + 1, PDF.len()).await.text(), format!("{{\"so\":{half}}}"));
        let ask = visitor.get(&house, "/pd/unggah/1/lkj/abc").await;
        assert_eq!(ask.text(), format!("{{\"so\":{half}}}"));
        assert!(put(&house, &visitor, half, PDF.len()).await.text().starts_with("{\"all\""));
        let report = draft(&house, &agency).await.report.unwrap();
        let kept = std::fs::read(house.data().join("files").join(&report.sha256)).unwrap();
        assert_eq!(kept, PDF);
    });
}

#[test]
fn files_are_refused_with_a_sentence_and_leave_nothing_behind() {
    run(async || {
        let house = House::practice().await;
        let [agency, _] = idle(&house);
        let visitor = come(&house, &agency).await;
        let before = std::fs::read_dir(house.data().join("files")).unwrap().count();
        let large = vec![b'x'; 21 << 20];
        let cases: [(&str, &str, &[u8], &str); 6] = [
            ("lkj", "LKj.pdf", b"", "kosong"),
            ("lkj", "LKj.pdf", b"bukan pdf sama sekali", "Tipe berkas"),
            ("lkj", "LKj.pdf", &PDF[..PDF.len() / 2], "terpotong"),
            ("lkj", "foto.pdf", b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01 foto", "PDF"),
            ("lampiran", "../../etc/passwd", PDF, "Nama berkas"),
            ("lampiran", "besar.pdf", &large, "terlalu besar"),
        ];
        for (kind, name, bytes, sentence) in cases {
            let answer = upload(&house, &visitor, kind, name, bytes).await;
            assert!(answer.status.is_client_error(), "{name}: {}", answer.status);
            assert!(answer.problem().to_string().contains(sentence), "{name}: {}", answer.problem());
        }
        assert_eq!(std::fs::read_dir(house.data().join("files")).unwrap().count(), before);
        assert!(draft(&house, &agency).await.is_empty());
    });
}
