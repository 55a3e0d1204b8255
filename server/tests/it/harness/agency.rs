//! An agency that came by its link, and the report that it sends.

use app::submission::port::Submissions;
use axum::body::Body;
use axum::http::{StatusCode, header};
use domain::achievement::Row;
use domain::id::{AccountId, AgencyCode, RunId};

use super::{House, Visitor};

/// The run of the practice office.
pub(crate) const RUN: RunId = RunId(1);
/// What it sends as its report.
pub(crate) const PDF: &[u8] = include_bytes!("../../../practice/lkj-contoh.pdf");

/// An agency with the session of its link.
pub(crate) struct Sender {
    /// Which one.
    pub(crate) code: AgencyCode,
    /// Its browser.
    pub(crate) visitor: Visitor,
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
        let answer = Visitor::default().get(house, &links[0].url).await;
        let visitor = Visitor { session: Some(answer.session().unwrap()) };
        Self { code, visitor }
    }

    /// Sends a report with these rows, all parts but the last, and a small PDF.
    pub(crate) async fn send(&self, house: &House, rows: Vec<Row>) {
        let reports = &house.opened.deps.reports;
        let draft = reports.draft(RUN, self.code.clone()).await.unwrap();
        let have =
            domain::report::parts::PARTS.iter().rev().skip(1).map(|part| part.key.to_owned()).collect();
        reports.save_rows(RUN, self.code.clone(), draft.rows_version.into(), rows).await.unwrap();
        reports.save_parts(RUN, self.code.clone(), draft.have_version.into(), have).await.unwrap();
        let mut body =
            b"--batas\r\nContent-Disposition: form-data; name=\"berkas\"; filename=\"LKj.pdf\"\r\n\r\n"
                .to_vec();
        body.extend_from_slice(PDF);
        body.extend_from_slice(b"\r\n--batas--\r\n");
        let upload = self.visitor.request("POST", "/pd/kirim-berkas/1/lkj");
        let upload = upload.header(header::CONTENT_TYPE, "multipart/form-data; boundary=batas");
        let answer = house.send(upload.body(Body::from(body)).unwrap()).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        let office = house.opened.deps.desk.office();
        let round = office.runs[&RUN].reports.get(&self.code).map_or(1, |report| report.rounds.len() + 1);
        let id = format!("kirim-{}-{round}", self.code);
        let fields = [("run", "1"), ("command_id", &id), ("alasan", "Lampiran menyusul.")];
        let answer = self.visitor.post(house, "/api/send-report", &fields).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    }
}

/// A row of the capaian table.
pub(crate) fn row(indikator: &str, target: &str, realisasi: &str) -> Row {
    Row {
        sasaran: "Meningkatnya kinerja".to_owned(),
        indikator: indikator.to_owned(),
        target: target.to_owned(),
        realisasi: realisasi.to_owned(),
        ..Row::default()
    }
}
