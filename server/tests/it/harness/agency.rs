//! An agency that came by its link, and the report that it sends.

use axum::body::Body;
use axum::http::{StatusCode, header};
use desk::report::Submissions;
use domain::achievement::Row;
use domain::id::{AccountId, AgencyCode, RunId};

use super::{Answer, House, Visitor};

/// The run of the practice office.
pub(crate) const RUN: RunId = RunId(1);
/// What it sends as its report.
pub(crate) const PDF: &[u8] = include_bytes!("../../../services/practice/lkj-contoh.pdf");

/// Length of the largest piece of a file.
pub(crate) const PIECE: usize = 1 << 20;

/// An agency with the session of its link.
pub(crate) struct Sender {
    /// Which one.
    pub(crate) code: AgencyCode,
    /// Its browser.
    pub(crate) visitor: Visitor,
    /// The secret of the link that it came by; empty if it signed in.
    pub(crate) token: String,
}

impl Sender {
    /// The first agency that has neither sent nor drafted anything.
    pub(crate) async fn fresh(house: &House) -> Self {
        let deps = &house.opened.deps;
        let office = deps.desk.office();
        let drafts = deps.reports.drafts(RUN).await.unwrap();
        let idle = |code: &&AgencyCode| {
            !office.runs[&RUN].reports.contains_key(*code)
                && drafts.iter().all(|draft| draft.agency != **code)
        };
        let code = office.agencies.keys().find(idle).unwrap().clone();
        let staff = AccountId::from("staf");
        let sheet = deps.reports.make_links(RUN, vec![code.clone()], staff.clone()).await.unwrap();
        let links = deps.reports.link_sheet(sheet, staff, String::new()).await.unwrap();
        let answer = Visitor::default().post(house, &links[0].url, &[]).await;
        let visitor = Visitor { session: Some(answer.session().unwrap()) };
        Self { code, visitor, token: links[0].url.replace("/pd/t/", "") }
    }

    /// The same, and it has begun to write, so that the next one is another.
    pub(crate) async fn at_work(house: &House) -> Self {
        let sender = Self::fresh(house).await;
        sender.save(house, vec![row("Indikator", "80", "84,5")]).await;
        sender
    }

    /// Sends a report with these rows, all parts but the last, and a small PDF.
    pub(crate) async fn send(&self, house: &House, rows: Vec<Row>) {
        self.prepare(house, rows).await;
        self.submit(house).await;
    }

    /// Writes all of it.
    pub(crate) async fn prepare(&self, house: &House, rows: Vec<Row>) {
        self.save(house, rows).await;
        self.upload(house, "LKj.pdf", PDF).await;
    }

    /// Writes the table, and ticks all parts but the last.
    pub(crate) async fn save(&self, house: &House, rows: Vec<Row>) {
        let reports = &house.opened.deps.reports;
        let draft = reports.draft(RUN, self.code.clone()).await.unwrap();
        let have =
            domain::report::parts::PARTS.iter().rev().skip(1).map(|part| part.key.to_owned()).collect();
        reports.save_rows(RUN, self.code.clone(), draft.rows_version.into(), rows).await.unwrap();
        reports.save_parts(RUN, self.code.clone(), draft.have_version.into(), have).await.unwrap();
    }

    /// Uploads the report itself.
    pub(crate) async fn upload(&self, house: &House, name: &str, pdf: &[u8]) {
        let answer = send_file(house, &self.visitor, "/pd/kirim-berkas/1/lkj", name, pdf).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    }

    /// Sends what is written.
    pub(crate) async fn submit(&self, house: &House) {
        let office = house.opened.deps.desk.office();
        let round = office.runs[&RUN].reports.get(&self.code).map_or(1, |report| report.rounds.len() + 1);
        let id = format!("kirim-{}-{round}", self.code);
        let fields = [("run", "1"), ("command_id", &id), ("alasan", "Lampiran menyusul.")];
        let answer = self.visitor.post(house, "/api/send-report", &fields).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    }
}

/// A row of the table of achievement.
pub(crate) fn row(indikator: &str, target: &str, realisasi: &str) -> Row {
    Row {
        sasaran: "Meningkatnya kinerja".to_owned(),
        indikator: indikator.to_owned(),
        target: target.to_owned(),
        realisasi: realisasi.to_owned(),
        ..Row::default()
    }
}

/// Sends a file as a browser's form does.
pub(crate) async fn send_file(
    house: &House,
    visitor: &Visitor,
    path: &str,
    name: &str,
    bytes: &[u8],
) -> Answer {
    let mut body = format!(
        "--batas\r\nContent-Disposition: form-data; name=\"berkas\"; filename=\"{name}\"\r\n\
         Content-Type: application/octet-stream\r\n\r\n"
    )
    .into_bytes();
    body.extend_from_slice(bytes);
    body.extend_from_slice(b"\r\n--batas--\r\n");
    let request = visitor
        .request("POST", path)
        .header(header::ACCEPT, "application/json")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=batas");
    house.send(request.body(Body::from(body)).unwrap()).await
}

/// Sends a piece of an annex.
pub(crate) async fn piece(
    house: &House,
    visitor: &Visitor,
    id: &str,
    from: usize,
    size: usize,
    bytes: Vec<u8>,
) -> Answer {
    let path = format!("/pd/unggah/1/lampiran/{id}?dari={from}&ukuran={size}&nama=Lampiran.pdf");
    let request = visitor.request("PUT", &path).header(header::ACCEPT, "application/json");
    house.send(request.body(Body::from(bytes)).unwrap()).await
}

/// A PDF that nobody else has.
pub(crate) fn other_pdf(mark: &str) -> Vec<u8> {
    [PDF, format!("\n% {mark}\n%%EOF\n").as_bytes()].concat()
}
