//! People who pause the run of the practice office and let it go on, over HTTP.

use std::time::Duration;

use desk::office::Accepted;
use reqwest::StatusCode;

use super::{PASSWORD, Program};

const ACCOUNTS: [&str; 4] = ["staf", "kasubbag", "kabag", "karo"];

/// A command as it was sent: to pause the run of the practice office, or to let it go on.
#[derive(Clone, Debug)]
pub(crate) struct Sent {
    pub(crate) person: usize,
    pub(crate) id: String,
    pub(crate) pause: bool,
}

/// What came of it, as far as the person knows.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Heard {
    Accepted(Accepted),
    Refused,
    /// The server was gone before it had answered.
    Nothing,
}

/// Signs in all accounts that take part.
pub(crate) async fn sign_in(program: &Program) -> Vec<String> {
    let client = reqwest::Client::new();
    let mut sessions = Vec::new();
    for account in ACCOUNTS {
        let answer = client
            .post(format!("{}/api/sign-in", program.site))
            .header("accept", "application/json")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(format!("akun={account}&sandi={PASSWORD}"))
            .send()
            .await
            .unwrap();
        let cookie = answer.headers()["set-cookie"].to_str().unwrap();
        sessions.push(cookie.split(';').next().unwrap().to_owned());
    }
    sessions
}

/// A running server as the people see it.
pub(crate) struct People {
    client: reqwest::Client,
    site: String,
    sessions: Vec<String>,
}

impl People {
    /// The people of a server that has just started.
    pub(crate) fn at(program: &Program, sessions: &[String]) -> Self {
        let client = reqwest::Client::builder().timeout(Duration::from_secs(30)).build().unwrap();
        Self { client, site: program.site.clone(), sessions: sessions.to_vec() }
    }

    /// Sends a command, and hears what came of it.
    pub(crate) async fn send(&self, sent: &Sent) -> Heard {
        let (path, reason) = if sent.pause { ("pause-run", "&alasan=uji") } else { ("resume-run", "") };
        let request = self
            .client
            .post(format!("{}/api/{path}", self.site))
            .header("accept", "application/json")
            .header("content-type", "application/x-www-form-urlencoded")
            .header("cookie", &self.sessions[sent.person % self.sessions.len()])
            .body(format!("run=1&command_id={}{reason}", sent.id));
        let Ok(answer) = request.send().await else { return Heard::Nothing };
        match (answer.status(), answer.bytes().await) {
            (StatusCode::OK, Ok(body)) => Heard::Accepted(serde_json::from_slice(&body).unwrap()),
            (StatusCode::CONFLICT, _) => Heard::Refused,
            (_, Err(_)) => Heard::Nothing,
            (status, Ok(body)) => panic!("{status}: {}", String::from_utf8_lossy(&body)),
        }
    }
}
