//! The real server, killed while a report is uploaded and while it is sent: the draft is there,
//! the upload goes on where it stopped, and a report has its receipt or is still a draft.

use std::time::Duration;

use reqwest::{Client, RequestBuilder, Response, StatusCode};
use serde_json::Value;
use tempfile::TempDir;

use crate::harness::pausing::sign_in;
use crate::harness::{PDF, Program, run};

/// How often it is killed while a file comes, and while a report is sent.
const UPLOADS: usize = 6;
const SENDINGS: usize = 12;
/// Bytes of a piece.
const PIECE: usize = 128 * 1024;

/// An agency's browser.
pub(crate) struct Browser {
    client: Client,
    cookie: String,
    year: String,
}

impl Browser {
    /// Comes by a fresh link, which a clerk of the office makes.
    pub(crate) async fn come(program: &Program, staff: &str, agency: &str) -> Self {
        let client = Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        let staff = Self { client: client.clone(), cookie: staff.to_owned(), year: String::new() };
        let sheet =
            staff.post(program, "/api/make-links", &[("run", "1"), ("pd", agency)]).send().await.unwrap();
        let sheet: String = sheet.json().await.unwrap();
        let links = staff.get(program, &format!("/api/links?run=1&lembar={sheet}")).await;
        let links: Value = links.json().await.unwrap();
        let url = links["fresh"][0]["url"].as_str().unwrap();
        let path = &url[url.find("/pd/t/").unwrap()..];
        let came = client.post(format!("{}{path}", program.site)).send().await.unwrap();
        let header = |name: &str| came.headers()[name].to_str().unwrap().to_owned();
        let year = header("location").rsplit('/').next().unwrap().to_owned();
        Self { client, cookie: header("set-cookie").split(';').next().unwrap().to_owned(), year }
    }

    async fn get(&self, program: &Program, path: &str) -> Response {
        let request = self.client.get(format!("{}{path}", program.site));
        request.header("cookie", &self.cookie).header("accept", "application/json").send().await.unwrap()
    }

    fn post(&self, program: &Program, path: &str, fields: &[(&str, &str)]) -> RequestBuilder {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let request = self.client.post(format!("{}{path}", program.site)).body(body);
        let request = request.header("cookie", &self.cookie).header("accept", "application/json");
        request.header("content-type", "application/x-www-form-urlencoded")
    }

    /// Sends a piece; `None` if the server is gone.
    fn piece(&self, program: &Program, file: &[u8], from: usize) -> RequestBuilder {
        let to = (from + PIECE).min(file.len());
        let path = format!("/pd/unggah/1/lkj/satu?dari={from}&ukuran={}&nama=LKj.pdf", file.len());
        let request = self.client.put(format!("{}{path}", program.site)).header("cookie", &self.cookie);
        request.body(file[from..to].to_vec())
    }

    async fn so_far(&self, program: &Program) -> usize {
        let answer: Value = self.get(program, "/pd/unggah/1/lkj/satu").await.json().await.unwrap();
        usize::try_from(answer["so"].as_u64().unwrap()).unwrap()
    }

    async fn report(&self, program: &Program) -> Value {
        let answer = self.get(program, &format!("/api/agency-report?data_year={}", self.year)).await;
        assert_eq!(answer.status(), StatusCode::OK);
        answer.json().await.unwrap()
    }

    /// Uploads the report itself, a small one.
    pub(crate) async fn upload(&self, program: &Program) {
        let path = format!("/pd/unggah/1/lkj/kecil?dari=0&ukuran={}&nama=LKj.pdf", PDF.len());
        let file = self.client.put(format!("{}{path}", program.site)).header("cookie", &self.cookie);
        assert_eq!(file.body(PDF).send().await.unwrap().status(), StatusCode::OK);
    }

    async fn fill(&self, program: &Program) {
        self.fill_rows(program, 1).await;
    }

    /// Fills the table with so many rows.
    pub(crate) async fn fill_rows(&self, program: &Program, count: usize) {
        let rows = vec!["Sasaran\tIndikator A\t%\t80\t84,5"; count].join("\n");
        let rows = [("run", "1"), ("tempelan", &*rows)];
        let answer = self.post(program, "/api/paste-rows", &rows).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK, "{}", answer.text().await.unwrap());
    }
}

/// Agencies that have not sent anything.
pub(crate) async fn idle(program: &Program, staff: &str) -> Vec<String> {
    let staff = Browser { client: Client::new(), cookie: staff.to_owned(), year: String::new() };
    let matrix: Value = staff.get(program, "/api/matrix?run=1").await.json().await.unwrap();
    let office = &matrix["snapshot"]["office"];
    let reports = office["runs"]["1"]["reports"].as_object().unwrap();
    let agencies = office["agencies"].as_object().unwrap().keys();
    agencies.filter(|code| !reports.contains_key(*code)).cloned().collect()
}

/// A PDF of some megabytes.
fn large() -> Vec<u8> {
    let filling: Vec<u8> = (0..2_000_000_u32).map(|n| b'a' + u8::try_from(n % 23).unwrap()).collect();
    [PDF, b"\n%", &filling, b"\n%%EOF\n"].concat()
}

#[test]
fn an_upload_goes_on_after_the_server_was_killed() {
    run(async || {
        let folder = TempDir::new().unwrap();
        let file = large();
        let mut program = Program::start(folder.path(), "practice");
        let staff = sign_in(&program).await.remove(0);
        let agency = idle(&program, &staff).await.remove(0);
        let browser = Browser::come(&program, &staff, &agency).await;
        browser.fill(&program).await;
        let pieces = file.len().div_ceil(PIECE);
        let mut from = 0;
        for kill in 1..=UPLOADS {
            while from < kill * pieces / (UPLOADS + 1) * PIECE {
                let answer = browser.piece(&program, &file, from).send().await.unwrap();
                let answer: Value = answer.json().await.unwrap();
                from = usize::try_from(answer["so"].as_u64().unwrap()).unwrap();
            }
            // One piece is on its way when the power goes.
            let last = tokio::spawn(browser.piece(&program, &file, from).send());
            tokio::task::yield_now().await;
            drop(program);
            // Whether it was heard or not.
            let _ = last.await.unwrap();
            program = Program::start(folder.path(), "practice");
            let there = browser.so_far(&program).await;
            assert!((from..=from + PIECE).contains(&there), "{from} became {there}");
            let rows = browser.report(&program).await["draft"]["rows"].clone();
            assert_eq!(rows[0]["indikator"], "Indikator A", "the draft is there");
            from = there;
        }
        let mut kept = Value::Null;
        while from < file.len() {
            let answer = browser.piece(&program, &file, from).send().await.unwrap();
            kept = answer.json().await.unwrap();
            from = kept["so"].as_u64().map_or(file.len(), |so| usize::try_from(so).unwrap());
        }
        let hash = kept["all"]["sha256"].as_str().unwrap();
        assert_eq!(hash, format!("{:x}", <sha2::Sha256 as sha2::Digest>::digest(&file)));
        let draft = browser.report(&program).await["draft"]["report"].clone();
        assert_eq!((&draft["sha256"], &draft["size"]), (&Value::from(hash), &Value::from(file.len())));
    });
}

#[test]
fn a_report_has_its_receipt_or_is_still_a_draft_after_the_server_was_killed() {
    run(async || {
        let folder = TempDir::new().unwrap();
        let mut program = Program::start(folder.path(), "practice");
        let staff = sign_in(&program).await.remove(0);
        let agencies = idle(&program, &staff).await;
        let (mut receipts, mut drafts) = (0, 0);
        for (n, agency) in (0..SENDINGS).zip(&agencies) {
            let browser = Browser::come(&program, &staff, agency).await;
            browser.fill(&program).await;
            browser.upload(&program).await;
            let id = format!("kirim-{n}");
            let fields = [("run", "1"), ("command_id", &id), ("alasan", "Menyusul.")];
            let sending = tokio::spawn(browser.post(&program, "/api/send-report", &fields).send());
            // No waiting for something to happen, but the moment of the kill, later each time.
            tokio::time::sleep(Duration::from_millis(3 * n as u64)).await;
            drop(program);
            let heard = matches!(sending.await.unwrap(), Ok(answer) if answer.status() == StatusCode::OK);
            program = Program::start(folder.path(), "practice");
            let view = browser.report(&program).await;
            let rounds = view["report"]["rounds"].as_array().unwrap().len();
            let receipt = browser.get(&program, "/pd/tanda-terima/1/1").await.status();
            if rounds == 1 {
                receipts += 1;
                assert_eq!(receipt, StatusCode::OK, "a report that was sent has its receipt");
            } else {
                drafts += 1;
                assert!(!heard, "an acknowledged report was lost");
                assert_eq!(receipt, StatusCode::NOT_FOUND, "a draft has no receipt");
                assert_eq!(view["draft"]["rows"][0]["indikator"], "Indikator A", "the draft is there");
            }
            // Sent again by the same page, it is sent once.
            let again = browser.post(&program, "/api/send-report", &fields).send().await.unwrap();
            assert_eq!(again.status(), StatusCode::OK, "{}", again.text().await.unwrap());
            let view = browser.report(&program).await;
            assert_eq!(view["report"]["rounds"].as_array().unwrap().len(), 1);
        }
        println!("{SENDINGS} kills while sending: {receipts} had arrived, {drafts} were still drafts");
    });
}
