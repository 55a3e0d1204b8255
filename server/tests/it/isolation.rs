//! An agency reaches nothing of another one: every address of the server, tried with the other's
//! ids, file names, tokens and receipts. An address that is not in the table fails the test.

use std::collections::BTreeSet;
use std::path::Path;

use axum::body::Body;
use axum::http::{StatusCode, header};
use desk::office::Desk;
use desk::report::Submissions;
use leptos::server_fn::axum::server_fn_paths;
use paper::sheet_in::{Limits, read_table};

use crate::harness::{Answer, House, PDF, RUN, Sender, Visitor, row, run};

/// What everything of the other agency has in it.
const SECRET: &str = "RAHASIA";

/// What may come of trying.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Expect {
    /// For the office, or for nobody: refused, or led away.
    No,
    /// Answered, with what is one's own.
    Own,
    /// The same, for who has an account.
    Account,
    /// For everybody, also for those who are nobody.
    All,
}
use Expect::{Account, All, No, Own};

/// Address as the code knows it, method, what is asked, form, expected. `{pd}`, `{sha}`,
/// `{content}`, `{code}` and `{token}` are the other agency's.
#[rustfmt::skip]
pub(crate) const TABLE: &[(&str, &str, &str, &str, Expect)] = &[
    // Pages.
    ("/", "GET", "/?pd={pd}", "", No),
    ("/masuk", "GET", "/masuk?ke=/pd/lkj/2026", "", All),
    ("/keluar", "GET", "/keluar", "", All),
    ("/pertama", "GET", "/pertama?kunci={token}", "", All),
    ("/sandi", "GET", "/sandi?kunci={token}", "", All),
    ("/akun", "GET", "/akun?akun={pd}", "", Account),
    ("/pelaksanaan", "GET", "/pelaksanaan", "", No),
    ("/pelaksanaan/:id", "GET", "/pelaksanaan/1", "", No),
    ("/pelaksanaan/:id/lkj", "GET", "/pelaksanaan/1/lkj", "", No),
    ("/pelaksanaan/:id/lkj/:pd", "GET", "/pelaksanaan/1/lkj/{pd}", "", No),
    ("/pelaksanaan/:id/rekap", "GET", "/pelaksanaan/1/rekap", "", No),
    ("/pelaksanaan/:id/tautan", "GET", "/pelaksanaan/1/tautan?lembar={token}", "", No),
    ("/pd", "GET", "/pd?pd={pd}", "", Own),
    ("/pd/t/:token", "GET", "/pd/t/{token}", "", All),
    ("/pd/t/:token", "GET", "/pd/t/{token}0", "", No),
    ("/pd/t/:token", "GET", "/pd/t/{code}", "", No),
    ("/pd/tautan-tidak-berlaku", "GET", "/pd/tautan-tidak-berlaku", "", All),
    ("/pd/lkj/:tahun", "GET", "/pd/lkj/2026?pd={pd}", "", Own),
    ("/pd/lkj/:tahun/impor", "GET", "/pd/lkj/2026/impor?pd={pd}", "", Own),
    ("/pd/lkj/:tahun/tanda-terima/:putaran", "GET", "/pd/lkj/2026/tanda-terima/1?pd={pd}", "", No),
    ("/cek/:kode", "GET", "/cek/{code}", "", All),
    ("/cek/:kode", "GET", "/cek/{content}", "", No),
    ("/sop", "GET", "/sop", "", No),
    ("/sop/:nomor", "GET", "/sop/ORG.2.2.2", "", No),
    ("/kelola", "GET", "/kelola", "", No),
    ("/kelola/akun", "GET", "/kelola/akun", "", No),
    ("/kelola/pd", "GET", "/kelola/pd", "", No),
    ("/kelola/sop", "GET", "/kelola/sop", "", No),
    ("/kelola/papan", "GET", "/kelola/papan", "", No),
    ("/kelola/kalender", "GET", "/kelola/kalender", "", No),
    ("/kelola/kalender/:tahun", "GET", "/kelola/kalender/2027", "", No),
    ("/kelola/pengganti", "GET", "/kelola/pengganti", "", No),
    ("/kelola/pengingat", "GET", "/kelola/pengingat", "", No),
    ("/kelola/jejak", "GET", "/kelola/jejak?siapa={pd}", "", No),
    ("/pelaksanaan/:id/rencana", "GET", "/pelaksanaan/1/rencana", "", No),
    ("/pelaksanaan/:id/pengingat", "GET", "/pelaksanaan/1/pengingat", "", No),
    ("/sop/:nomor/waktu", "GET", "/sop/ORG.2.2.2/waktu", "", No),
    ("/papan", "GET", "/papan", "", All),
    ("/papan/pasang", "GET", "/papan/pasang", "", All),
    // Files, and what is no page.
    ("/healthz", "GET", "/healthz", "", All),
    ("/readyz", "GET", "/readyz", "", All),
    ("/metrics", "GET", "/metrics", "", All),
    ("/live", "GET", "/live?after=0", "", No),
    ("/api/events", "GET", "/api/events?after=0&wait=0", "", No),
    ("/api/{*other}", "GET", "/api/tidak-ada?pd={pd}", "", No),
    ("/berkas", "POST", "/berkas", "berkas={sha}", No),
    ("/berkas/{sha256}", "GET", "/berkas/{sha}", "", No),
    ("/berkas/{sha256}", "GET", "/berkas/{content}?lihat", "", No),
    ("/pelaksanaan/{id}/lkj.xlsx", "GET", "/pelaksanaan/1/lkj.xlsx", "", No),
    ("/pelaksanaan/{id}/lkj.zip", "GET", "/pelaksanaan/1/lkj.zip", "", No),
    ("/sop/{nomor}/waktu.csv", "GET", "/sop/ORG.2.2.2/waktu.csv", "", No),
    ("/sop/{nomor}/waktu.xes", "GET", "/sop/ORG.2.2.2/waktu.xes", "", No),
    ("/sop/{nomor}/waktu.ocel.json", "GET", "/sop/ORG.2.2.2/waktu.ocel.json", "", No),
    ("/kalender/{file}", "GET", "/kalender/{token}.ics", "", No),
    ("/kelola/pd.csv", "GET", "/kelola/pd.csv", "", No),
    ("/kelola/jejak.csv", "GET", "/kelola/jejak.csv?siapa={pd}", "", No),
    ("/kelola/kalender/{tahun}/hari-libur.csv", "GET", "/kelola/kalender/2027/hari-libur.csv", "", No),
    ("/kelola/kalender/{tahun}/impor", "POST", "/kelola/kalender/2027/impor", "berkas=x", No),
    ("/kelola/pd/impor", "POST", "/kelola/pd/impor", "berkas=x", No),
    ("/pd/t/{token}", "POST", "/pd/t/{token}0", "", No),
    ("/pd/t/{token}", "POST", "/pd/t/{sha}", "", No),
    ("/pd/t/{token}", "POST", "/pd/t/{code}", "", No),
    ("/pd/kirim-berkas/{run}/{kind}", "POST", "/pd/kirim-berkas/1/lkj?pd={pd}", "pd={pd}", No),
    ("/pd/kirim-berkas/{run}/{kind}", "POST", "/pd/kirim-berkas/2/lkj", "", No),
    ("/pd/unggah/{run}/{kind}/{id}", "GET", "/pd/unggah/1/lkj/milik-lain?pd={pd}", "", Own),
    ("/pd/unggah/{run}/{kind}/{id}", "PUT", "/pd/unggah/1/lkj/milik-lain?dari=4&ukuran=9&nama=a.pdf&pd={pd}", "x", Own),
    ("/pd/unggah/{run}/{kind}/{id}", "PUT", "/pd/unggah/2/lkj/milik-lain?dari=4&ukuran=9&nama=a.pdf", "x", No),
    ("/pd/impor/{run}", "POST", "/pd/impor/1?pd={pd}", "pd={pd}", No),
    ("/pd/templat/{run}", "GET", "/pd/templat/1?pd={pd}", "", Own),
    ("/pd/templat/{run}", "GET", "/pd/templat/2", "", No),
    ("/pd/berkas/{run}/{sha256}", "GET", "/pd/berkas/1/{sha}?pd={pd}", "", No),
    ("/pd/berkas/{run}/{sha256}", "GET", "/pd/berkas/1/{content}?pd={pd}", "", No),
    ("/pd/berkas/{run}/{sha256}", "GET", "/pd/berkas/1/..%2f..%2fcontrol.sock", "", No),
    ("/pd/tanda-terima/{run}/{round}", "GET", "/pd/tanda-terima/1/1?pd={pd}", "", No),
    // Server functions.
    ("/api/sign-in", "POST", "/api/sign-in", "akun={pd}&sandi={token}", No),
    ("/api/change-password", "POST", "/api/change-password", "akun={pd}&sandi_lama=x&sandi_baru=kuda jambu 7&sandi_ulang=kuda jambu 7", No),
    ("/api/first-link", "GET", "/api/first-link?kunci={token}", "", All),
    ("/api/first-admin", "POST", "/api/first-admin", "kunci={token}&akun=jahat&nama=J&sandi=kuda jambu 7", No),
    ("/api/password-link", "GET", "/api/password-link?kunci={token}", "", All),
    ("/api/use-password-link", "POST", "/api/use-password-link", "kunci={token}&sandi_baru=kuda jambu 7&sandi_ulang=kuda jambu 7", No),
    ("/api/make-password-link", "POST", "/api/make-password-link", "akun={pd}&putus=ya", No),
    ("/api/trail", "GET", "/api/trail?siapa={pd}", "", No),
    ("/api/practice-accounts", "GET", "/api/practice-accounts", "", All),
    ("/api/frame", "GET", "/api/frame?pd={pd}", "", All),
    ("/api/flash", "GET", "/api/flash?id={token}", "", All),
    ("/api/overview", "GET", "/api/overview", "", No),
    ("/api/sheet", "GET", "/api/sheet?run=1", "", No),
    ("/api/sops", "GET", "/api/sops", "", No),
    ("/api/sop", "GET", "/api/sop?number=ORG.2.2.2", "", No),
    ("/api/start-run", "POST", "/api/start-run", "sop=ORG.2.2.2/1&data_year=2027&command_id=i-1", No),
    ("/api/finish-cell", "POST", "/api/finish-cell", "run=1&cell=6.staf&round=1&command_id=i-2&isi[lkj.alasan]=x", No),
    ("/api/return-cell", "POST", "/api/return-cell", "run=1&cell=6.staf&round=1&command_id=i-3&alasan=x", No),
    ("/api/take-back", "POST", "/api/take-back", "run=1&cell=5.staf&round=1&command_id=i-4", No),
    ("/api/pause-run", "POST", "/api/pause-run", "run=1&command_id=i-5&alasan=x", No),
    ("/api/resume-run", "POST", "/api/resume-run", "run=1&command_id=i-6", No),
    ("/api/cancel-run", "POST", "/api/cancel-run", "run=1&command_id=i-7&alasan=x", No),
    ("/api/agency-home", "GET", "/api/agency-home?pd={pd}&agency={pd}", "", Own),
    ("/api/agency-report", "GET", "/api/agency-report?data_year=2026&pd={pd}&agency={pd}", "", Own),
    ("/api/agency-report", "GET", "/api/agency-report?data_year=2025", "", No),
    ("/api/save-rows", "POST", "/api/save-rows", "run=1&base=0&baris[0][indikator]=punya saya&pd={pd}&agency={pd}", Own),
    ("/api/save-rows", "POST", "/api/save-rows", "run=2&base=0&baris[0][indikator]=x", No),
    ("/api/paste-rows", "POST", "/api/paste-rows", "run=1&tempelan=S\tI\t%\t1\t2&pd={pd}&agency={pd}", Own),
    ("/api/paste-rows", "POST", "/api/paste-rows", "run=2&tempelan=S\tI\t%\t1\t2", No),
    ("/api/import-preview", "GET", "/api/import-preview?data_year=2026&pd={pd}&agency={pd}", "", Own),
    ("/api/import-preview", "GET", "/api/import-preview?data_year=2025", "", No),
    ("/api/import-rows", "POST", "/api/import-rows", "run=1&base=0&cara=ganti&pd={pd}&agency={pd}", No),
    ("/api/import-rows", "POST", "/api/import-rows", "run=2&base=0&cara=ganti", No),
    ("/api/save-parts", "POST", "/api/save-parts", "run=1&base=0&ada[]=bab1&pd={pd}&agency={pd}", Own),
    ("/api/save-parts", "POST", "/api/save-parts", "run=2&base=0&ada[]=bab1", No),
    ("/api/remove-file", "POST", "/api/remove-file", "run=1&sha256={sha}&pd={pd}&agency={pd}", Own),
    ("/api/send-report", "POST", "/api/send-report", "run=1&command_id=i-8&alasan=x&pd={pd}&agency={pd}", No),
    ("/api/receipt", "GET", "/api/receipt?data_year=2026&round=1&pd={pd}&agency={pd}", "", No),
    ("/api/check-receipt", "GET", "/api/check-receipt?code={code}", "", All),
    ("/api/check-receipt", "GET", "/api/check-receipt?code=", "", No),
    ("/api/look-at-link", "GET", "/api/look-at-link?kunci={token}", "", All),
    ("/api/links", "GET", "/api/links?run=1&lembar={token}", "", No),
    ("/api/make-links", "POST", "/api/make-links", "run=1&pd={pd}", No),
    ("/api/revoke-link", "POST", "/api/revoke-link", "run=1&pd={pd}", No),
    ("/api/matrix", "GET", "/api/matrix?run=1", "", No),
    ("/api/report-of", "GET", "/api/report-of?run=1&pd={pd}", "", No),
    ("/api/recap", "GET", "/api/recap?run=1", "", No),
    ("/api/judge-report", "POST", "/api/judge-report", "run=1&pd={pd}&round=1&command_id=i-9", No),
    ("/api/review-report", "POST", "/api/review-report", "run=1&pd={pd}&round=1&command_id=i-10&daftar=1", No),
    ("/api/return-report", "POST", "/api/return-report", "run=1&pd={pd}&round=1&command_id=i-11&temuan[umum]=x", No),
    ("/api/accept-report", "POST", "/api/accept-report", "run=1&pd={pd}&round=1&command_id=i-12", No),
    ("/api/assign-review", "POST", "/api/assign-review", "run=1&pd={pd}&command_id=i-13&penelaah=staf", No),
    ("/api/divide-reviews", "POST", "/api/divide-reviews", "run=1&command_id=i-18&penelaah[staf]=ya", No),
    ("/api/agencies", "GET", "/api/agencies", "", No),
    ("/api/plan", "GET", "/api/plan?run=1", "", No),
    ("/api/timing", "GET", "/api/timing?number=ORG.2.2.2", "", No),
    ("/api/reminders", "GET", "/api/reminders?run=1", "", No),
    ("/api/release-reminders", "POST", "/api/release-reminders", "run=1&langkah=h3", No),
    ("/api/set-automatic", "POST", "/api/set-automatic", "run=1&otomatis=ya", No),
    ("/api/told", "GET", "/api/told?akun={pd}", "", No),
    ("/api/set-mail", "POST", "/api/set-mail", "surel=jahat@jahat.example", No),
    ("/api/set-mail-of", "POST", "/api/set-mail-of", "akun={pd}&surel=jahat@jahat.example", No),
    ("/api/make-feed", "POST", "/api/make-feed", "akun={pd}", No),
    ("/api/revoke-feed", "POST", "/api/revoke-feed", "akun={pd}", No),
    ("/api/ladder", "GET", "/api/ladder", "", No),
    ("/api/change-ladder", "POST", "/api/change-ladder", "aktif=ya&persen=80&hari=1", No),
    ("/api/set-contact", "POST", "/api/set-contact", "kode={pd}&surel=jahat@jahat.example", No),
    ("/api/add-agency", "POST", "/api/add-agency", "kode=x&nama=X&singkatan=X&command_id=i-14", No),
    ("/api/rename-agency", "POST", "/api/rename-agency", "kode={pd}&nama=X&singkatan=X&command_id=i-15", No),
    ("/api/close-agency", "POST", "/api/close-agency", "kode={pd}&command_id=i-16", No),
    ("/api/storage", "GET", "/api/storage", "", No),
    ("/api/accounts", "GET", "/api/accounts", "", No),
    ("/api/add-account", "POST", "/api/add-account", "akun=jahat&nama=J&pd={pd}&tetap=ya", No),
    ("/api/change-account", "POST", "/api/change-account", "akun=dinkes&nama=J&pd={pd}&aktif=ya", No),
    ("/api/publish-sop", "POST", "/api/publish-sop", "berkas={}&command_id=i-17", No),
    ("/api/calendar", "GET", "/api/calendar", "", No),
    ("/api/change-calendar", "POST", "/api/change-calendar", "apa=x&command_id=i-19", No),
    ("/api/substitutes", "GET", "/api/substitutes", "", No),
    ("/api/name-substitute", "POST", "/api/name-substitute", "akun={pd}&lajur=staf&jenis=plh&mulai=2027-01-07&selesai=2027-01-09&command_id=i-20", No),
    ("/api/end-substitute", "POST", "/api/end-substitute", "nomor=1&command_id=i-21", No),
    ("/api/wall", "GET", "/api/wall", "", All),
    ("/api/pairing", "GET", "/api/pairing", "", All),
    ("/api/displays", "GET", "/api/displays", "", No),
    ("/api/pair-display", "POST", "/api/pair-display", "kode=x&nama=x", No),
    ("/api/rename-display", "POST", "/api/rename-display", "papan=x&nama=x", No),
    ("/api/identify-display", "POST", "/api/identify-display", "papan=x", No),
    ("/api/revoke-display", "POST", "/api/revoke-display", "papan=x", No),
    // Last, because it ends the session.
    ("/api/sign-out", "POST", "/api/sign-out", "", All),
];

/// The other agency: it has sent a report, which went back, and writes the next.
struct Other {
    sender: Sender,
    sha: String,
    content: String,
    code: String,
    token: String,
}

impl Other {
    async fn settle(house: &House) -> Self {
        let sender = Sender::fresh(house).await;
        sender.save(house, vec![row(&format!("Indikator {SECRET}"), "100", "90")]).await;
        let pdf = [PDF, b"\n% RAHASIA\n%%EOF\n"].concat();
        sender.upload(house, &format!("LKj {SECRET}.pdf"), &pdf).await;
        sender.submit(house).await;
        let staff = house.signed_in("staf").await;
        let back = [
            ("run", "1"),
            ("pd", sender.code.as_str()),
            ("round", "1"),
            ("command_id", "kembali"),
            ("temuan[umum]", "Temuan RAHASIA."),
        ];
        let answer = staff.post(house, "/api/return-report", &back).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        sender.save(house, vec![row(&format!("Draf {SECRET}"), "1", "1")]).await;
        let piece = sender.visitor.request("PUT", "/pd/unggah/1/lkj/milik-lain?dari=0&ukuran=9&nama=a.pdf");
        let answer = house.send(piece.body(Body::from("%PDF")).unwrap()).await;
        assert_eq!(answer.text(), "{\"so\":4}");
        let office = house.opened.office.office();
        let sent = office.runs[&RUN].reports[&sender.code].last().unwrap().clone();
        let token = sender.token.clone();
        Self {
            sha: sent.digest.files[0].sha256.clone(),
            content: sent.digest.content,
            code: sent.code,
            token,
            sender,
        }
    }

    fn fill(&self, text: &str) -> String {
        let values = [
            ("{pd}", self.sender.code.as_str()),
            ("{sha}", &self.sha),
            ("{content}", &self.content),
            ("{code}", &self.code),
            ("{token}", &self.token),
        ];
        values.into_iter().fold(text.to_owned(), |text, (name, value)| text.replace(name, value))
    }

    /// Everything that is its own, as the server knows it.
    async fn all(&self, house: &House) -> String {
        let reports = &house.opened.deps.reports;
        let draft = reports.draft(RUN, self.sender.code.clone()).await.unwrap();
        let links = reports.links(RUN).await.unwrap();
        let link = links.into_iter().find(|link| link.agency == self.sender.code);
        let pieces = self.sender.visitor.get(house, "/pd/unggah/1/lkj/milik-lain").await.text();
        format!("{draft:?} {link:?} {pieces}")
    }
}

#[test]
fn nothing_of_another_agency_is_reached_by_any_address() {
    run(async || {
        let house = House::practice().await;
        let other = Other::settle(&house).await;
        let (mine, log) = (other.all(&house).await, house.opened.office.office().seq);
        let by_link = Sender::fresh(&house).await;
        let by_account = house.signed_in("dinkes").await;
        assert!(by_link.code != other.sender.code && other.sender.code.as_str() != "dinkes");
        let visitors = [
            ("by link", by_link.visitor, [Own, All].as_slice()),
            ("by account", by_account, &[Own, Account, All]),
            ("nobody", Visitor::default(), &[All]),
        ];
        for (name, visitor, may) in visitors {
            for (_, method, target, form, expect) in TABLE {
                let shown = format!("{name}: {method} {target} {form}");
                let answer = ask(&house, &visitor, method, &other.fill(target), &other.fill(form)).await;
                assert!(!answer.status.is_server_error(), "{shown}: {}", answer.status);
                let text = words(&answer);
                assert!(!text.contains(SECRET), "{shown}: {text}");
                assert!(!text.contains(&other.token) || target.contains("{token}"), "{shown}: {text}");
                assert!(!text.contains(&other.sha) || target.contains("{sha}"), "{shown}: {text}");
                let open = may.contains(expect);
                assert_eq!(is_refused(&answer), !open, "{shown}: {} {text}", answer.status);
            }
        }
        assert_eq!(other.all(&house).await, mine, "its draft, link and uploads are as they were");
        assert_eq!(house.opened.office.office().seq, log, "and nothing was done in its name");
    });
}

/// The table has every address that there is, so that a new one cannot be forgotten.
#[test]
fn every_address_is_in_the_table() {
    let known: BTreeSet<_> = TABLE.iter().map(|(address, ..)| (*address).to_owned()).collect();
    let mut there: BTreeSet<String> = server_fn_paths().map(|(path, _)| path.to_owned()).collect();
    assert!(there.len() > 40, "the server functions are known");
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    collect(&root.join("src"), ".route(\"", &mut there);
    collect(&root.join("services/src"), ".route(\"", &mut there);
    collect(&root.join("../app/src/shell"), "path!(\"", &mut there);
    assert!(there.contains("/berkas/{sha256}") && there.contains("/pd/lkj/:tahun"), "routes are found");
    let new: Vec<_> = there.difference(&known).collect();
    assert!(new.is_empty(), "say in TABLE what an agency may not do there: {new:?}");
    let gone: Vec<_> = known.difference(&there).collect();
    assert!(gone.is_empty(), "{gone:?}");
}

/// What stands between `before` and the next quote in the Rust files of a folder.
fn collect(folder: &Path, before: &str, into: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, before, into);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = std::fs::read_to_string(path).unwrap();
            let found = text.split(before).skip(1).filter_map(|rest| rest.split('"').next());
            into.extend(found.map(str::to_owned));
        }
    }
}

async fn ask(house: &House, visitor: &Visitor, method: &str, target: &str, form: &str) -> Answer {
    let target = target.replace(' ', "%20");
    // A page leads on only who can show pages.
    let accept = if method == "GET" { "text/html,*/*;q=0.8" } else { "application/json" };
    let request = visitor
        .request(method, &target)
        .header(header::ACCEPT, accept)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    let body = form.replace(' ', "+").replace('\t', "%09").replace("{}", "%7B%7D");
    house.send(request.body(Body::from(body)).unwrap()).await
}

/// What an answer says, also inside a workbook.
fn words(answer: &Answer) -> String {
    match read_table(&answer.body, &Limits::default()) {
        Ok(table) if answer.body.starts_with(b"PK") => format!("{table:?}"),
        _ => format!("{} {}", answer.text(), answer.header("location")),
    }
}

/// Refused, or led to one's own pages or to the sign-in page.
fn is_refused(answer: &Answer) -> bool {
    let led = ["/pd", "/masuk", "/pd/tautan-tidak-berlaku"];
    let away = answer.status.is_redirection()
        && led.iter().any(|place| answer.header("location").split('?').next() == Some(place));
    answer.status.is_client_error() || away
}
