//! A real mail server and the real program, each killed in the middle: every mail arrives once,
//! or once more only where the server's answer was lost, which the outbox shows.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

use desk::reminder::LetterState;
use serde_json::Value;
use tempfile::TempDir;

use crate::harness::{Mailbox, PASSWORD, Program, run};

const BEGIN: &str = "2027-01-07T10:47:00+07:00";
const LATER: &str = "2027-01-07T11:15:00+07:00";
/// How many agencies get a mail.
const MAILS: usize = 6;
/// Longer than anything takes; a test that waits this long has failed.
const PATIENCE: Duration = Duration::from_secs(60);

/// The program, and its administrator at it.
struct Office {
    program: Program,
    client: reqwest::Client,
    session: String,
}

impl Office {
    async fn start(data: &Path, port: u16, now: &str) -> Self {
        let server = format!("smtp://127.0.0.1:{port}");
        let variables =
            [("ALUR_SMTP", server.as_str()), ("ALUR_MAIL_FROM", "biro@uji.go.id"), ("ALUR_NOW", now)];
        let program = Program::start_with(data, "practice", &variables);
        let client = reqwest::Client::new();
        let body = format!("akun=admin&sandi={PASSWORD}");
        let answer = client
            .post(format!("{}/api/sign-in", program.site))
            .header("accept", "application/json")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(body)
            .send()
            .await
            .unwrap();
        let session = answer.headers()["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
        Self { program, client, session }
    }

    async fn get(&self, path: &str) -> Value {
        let request = self.client.get(format!("{}{path}", self.program.site)).header("cookie", &self.session);
        request.header("accept", "application/json").send().await.unwrap().json().await.unwrap()
    }

    async fn post(&self, path: &str, body: String) -> Value {
        let answer = self
            .client
            .post(format!("{}{path}", self.program.site))
            .header("accept", "application/json")
            .header("content-type", "application/x-www-form-urlencoded")
            .header("cookie", &self.session)
            .body(body)
            .send()
            .await
            .unwrap();
        assert!(answer.status().is_success(), "{path}: {}", answer.status());
        answer.json().await.unwrap()
    }

    /// Gives agencies addresses, and releases their reminders.
    async fn release(&self) -> Value {
        let view = self.get("/api/reminders?run=1").await;
        for agency in view["missing"].as_array().unwrap().iter().take(MAILS) {
            let code = agency["agency"]["code"].as_str().unwrap();
            self.post("/api/set-contact", format!("kode={code}&surel={code}@pd.uji")).await;
        }
        self.post("/api/release-reminders", "run=1&langkah=h1".to_owned()).await
    }

    /// The mails by whom they went to: state and whether it was repeated, once all have ended.
    async fn ended(&self) -> BTreeMap<String, (LetterState, bool, u64)> {
        let began = Instant::now();
        loop {
            let letters = self.letters().await;
            let open = |(state, _, _): &(LetterState, bool, u64)| {
                matches!(state, LetterState::Waiting | LetterState::Sending)
            };
            if letters.len() == MAILS && !letters.values().any(open) {
                return letters;
            }
            assert!(began.elapsed() < PATIENCE, "{letters:?}");
        }
    }

    async fn letters(&self) -> BTreeMap<String, (LetterState, bool, u64)> {
        let view = self.get("/api/reminders?run=1").await;
        let letters = view["letters"].as_array().unwrap().iter().map(|letter| {
            let letter = &letter[1];
            let code = letter["reminder"]["to"]["agency"].as_str().unwrap().to_owned();
            let state = serde_json::from_value(letter["state"].clone()).unwrap();
            (code, (state, letter["repeated"].as_bool().unwrap(), letter["tries"].as_u64().unwrap()))
        });
        letters.collect()
    }
}

/// How often each mail arrived, by whom it was for; the ids of those that came twice are the
/// same both times.
fn arrived(mailbox: &Mailbox) -> BTreeMap<String, usize> {
    let mut ids: BTreeMap<String, String> = BTreeMap::new();
    let mut counts = BTreeMap::new();
    for mail in mailbox.taken() {
        let to = mail.to.join(",").strip_suffix("@pd.uji").unwrap().to_owned();
        assert_eq!(*ids.entry(to.clone()).or_insert_with(|| mail.id.clone()), mail.id);
        *counts.entry(to).or_default() += 1;
    }
    counts
}

/// Everybody got one mail; whoever got two is the one whose answer was lost, which the outbox
/// says of nobody else.
#[track_caller]
fn once_or_marked(mailbox: &Mailbox, letters: &BTreeMap<String, (LetterState, bool, u64)>, twice: usize) {
    let arrived = arrived(mailbox);
    assert_eq!(arrived.len(), MAILS, "{arrived:?}");
    for (code, count) in &arrived {
        let (state, repeated, _) = letters[code];
        assert_eq!(state, LetterState::Sent, "{code}");
        assert!(*count == 1 || (*count == 2 && repeated), "{code}: {count} times, repeated: {repeated}");
    }
    assert_eq!(letters.values().filter(|(_, repeated, _)| *repeated).count(), 1, "{letters:?}");
    assert_eq!(arrived.values().filter(|count| **count == 2).count(), twice, "{arrived:?}");
}

#[test]
fn a_mail_server_that_dies_after_taking_a_mail_gets_that_one_twice_and_it_is_marked() {
    run(async || {
        let (data, mut mailbox) = (TempDir::new().unwrap(), Mailbox::start("die-after", 3));
        let office = Office::start(data.path(), mailbox.port, BEGIN).await;
        assert_eq!(office.release().await, MAILS);
        mailbox.wait_until_dead();
        mailbox.restart("", 0);
        let letters = office.ended().await;
        once_or_marked(&mailbox, &letters, 1);
        assert!(office.program.stop(), "it stops well with mail");
    });
}

#[test]
fn a_mail_server_that_dies_before_taking_a_mail_gets_every_mail_once() {
    run(async || {
        let (data, mut mailbox) = (TempDir::new().unwrap(), Mailbox::start("die-before", 2));
        let office = Office::start(data.path(), mailbox.port, BEGIN).await;
        office.release().await;
        mailbox.wait_until_dead();
        mailbox.restart("", 0);
        let letters = office.ended().await;
        once_or_marked(&mailbox, &letters, 0);
    });
}

#[test]
fn a_program_that_is_killed_while_a_mail_is_on_its_way_says_so_and_sends_no_other_twice() {
    for (behaviour, twice) in [("stall", 1), ("stall-before", 0)] {
        run(async move || {
            let (data, mut mailbox) = (TempDir::new().unwrap(), Mailbox::start(behaviour, 4));
            let office = Office::start(data.path(), mailbox.port, BEGIN).await;
            office.release().await;
            mailbox.wait_until_stalled();
            // As a power cut would.
            drop(office);
            mailbox.restart("", 0);
            let office = Office::start(data.path(), mailbox.port, LATER).await;
            let letters = office.ended().await;
            once_or_marked(&mailbox, &letters, twice);
            assert_eq!(office.post("/api/release-reminders", "run=1&langkah=h1".to_owned()).await, 0);
            drop(office);
            let office = Office::start(data.path(), mailbox.port, LATER).await;
            assert_eq!(office.ended().await, letters);
            assert_eq!(arrived(&mailbox).values().sum::<usize>(), MAILS + twice, "nothing more");
        });
    }
}

#[test]
fn a_mail_that_was_put_off_goes_later_and_once() {
    run(async || {
        let (data, mailbox) = (TempDir::new().unwrap(), Mailbox::start("put-off", 2));
        let office = Office::start(data.path(), mailbox.port, BEGIN).await;
        office.release().await;
        let began = Instant::now();
        let late = loop {
            let letters = office.letters().await;
            let sent = letters.values().filter(|(state, _, _)| *state == LetterState::Sent).count();
            let tried =
                letters.iter().find(|(_, (state, _, tries))| *state == LetterState::Waiting && *tries > 0);
            if let (Some((code, _)), true) = (tried, sent == MAILS - 1) {
                break code.clone();
            }
            assert!(began.elapsed() < PATIENCE, "{letters:?}");
        };
        drop(office);
        let office = Office::start(data.path(), mailbox.port, LATER).await;
        let letters = office.ended().await;
        assert_eq!(letters[&late], (LetterState::Sent, false, 2));
        assert!(arrived(&mailbox).values().all(|count| *count == 1));
        assert_eq!(mailbox.taken().len(), MAILS);
    });
}
