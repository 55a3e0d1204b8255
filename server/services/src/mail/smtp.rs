//! The mail server: where it is, and a conversation with it.
//!
//! The conversation is led step by step, not by lettre's transport, because it matters at which
//! step it breaks: before the text was handed over the mail has not gone, for certain; after
//! it, only the server's answer says.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use axum::http::Uri;
use domain::text::is_hidden;
use lettre::Address;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{AsyncSmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt, Rset};
use lettre::transport::smtp::extension::ClientId;
use lettre::transport::smtp::response::Response;
use percent_encoding::percent_decode_str;
use tokio::time::timeout;

/// How long a step may take.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long the server may take to answer to a whole mail, during which it may look for viruses.
const LONG_PATIENCE: Duration = Duration::from_secs(120);
/// Longest answer that is kept, in characters.
const LONGEST_ANSWER: usize = 200;

/// Where mail is handed in, as told by `ALUR_SMTP`.
#[derive(Clone, PartialEq, Eq)]
pub struct MailServer {
    host: String,
    port: u16,
    security: Security,
    login: Option<(String, String)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Security {
    /// TLS from the first byte.
    Wrapped,
    /// TLS after STARTTLS, or nothing.
    StartTls,
    /// None: on this machine, or because it was told so.
    Plain,
}

/// `smtps://user:password@host:465`, `smtp://user:password@host:587` (STARTTLS), and without
/// encryption on this machine itself, or with `?tls=off` and no password.
impl FromStr for MailServer {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let shape = || "tulis seperti smtps://akun:sandi@surel.contoh.go.id:465".to_owned();
        let uri: Uri = text.parse().map_err(|_| shape())?;
        let (scheme, authority) = uri.scheme_str().zip(uri.authority()).ok_or_else(shape)?;
        if !matches!(uri.path(), "" | "/") {
            return Err(shape());
        }
        let host = authority.host().trim_matches(['[', ']']).to_owned();
        let here = matches!(host.as_str(), "localhost" | "127.0.0.1" | "::1");
        let security = match (scheme, uri.query()) {
            ("smtps", None) => Security::Wrapped,
            ("smtp", None) if here => Security::Plain,
            ("smtp", None) => Security::StartTls,
            ("smtp", Some("tls=off")) => Security::Plain,
            _ => return Err(shape()),
        };
        let usual = match security {
            Security::Wrapped => 465,
            Security::StartTls => 587,
            Security::Plain => 25,
        };
        let login = authority.as_str().rsplit_once('@').map(|(login, _)| login);
        let decoded =
            |text: &str| percent_decode_str(text).decode_utf8().map(Into::into).map_err(|_| shape());
        let login = match login.map(|login| login.split_once(':').ok_or_else(shape)) {
            None => None,
            Some(login) => {
                let (user, password) = login?;
                Some((decoded(user)?, decoded(password)?))
            }
        };
        if login.is_some() && security == Security::Plain && !here {
            return Err("sandi tidak boleh dikirim tanpa enkripsi; hapus ?tls=off".to_owned());
        }
        Ok(Self { host, port: authority.port_u16().unwrap_or(usual), security, login })
    }
}

/// Without the password.
impl fmt::Debug for MailServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{} ({:?})", self.host, self.port, self.security)
    }
}

/// An open conversation.
pub(super) struct Talk(AsyncSmtpConnection);

/// Why a mail was not taken.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum NotTaken {
    /// The server said no to this mail.
    Refused {
        /// Whether trying again makes no sense.
        for_good: bool,
        /// What it said.
        said: String,
    },
    /// The conversation broke over this mail: the server was there, and went away, or said that it
    /// goes away, when it heard for whom the mail is or was to take its text.
    Dropped(String),
    /// The conversation broke, whatever the mail.
    Broken(String),
}

impl Talk {
    /// Opens a conversation, up to where mails can be handed in.
    pub(super) async fn begin(server: &MailServer, own_name: &str) -> Result<Self, String> {
        let name = ClientId::Domain(own_name.to_owned());
        let begin = async {
            let tls = || TlsParameters::new(server.host.clone());
            let wrapped = (server.security == Security::Wrapped).then(tls).transpose()?;
            let address = (server.host.as_str(), server.port);
            let mut open =
                AsyncSmtpConnection::connect_tokio1(address, Some(PATIENCE), &name, wrapped, None).await?;
            if server.security == Security::StartTls {
                open.starttls(tls()?, &name).await?;
            }
            if let Some((user, password)) = server.login.clone() {
                let known = [Mechanism::Plain, Mechanism::Login];
                open.auth(&known, &Credentials::new(user, password)).await?;
            }
            Ok::<_, Error>(Self(open))
        };
        match timeout(PATIENCE, begin).await {
            Ok(begun) => begun.map_err(|error| told(&error)),
            Err(_) => Err(silent(PATIENCE)),
        }
    }

    /// Offers a mail, up to where the server waits for its text.
    pub(super) async fn offer(&mut self, from: &Address, to: &Address) -> Result<(), NotTaken> {
        let mut about_this = false;
        let offer = async {
            self.0.command(Mail::new(Some(from.clone()), Vec::new())).await?;
            about_this = true;
            self.0.command(Rcpt::new(to.clone(), Vec::new())).await?;
            self.0.command(Data).await
        };
        let broken = match timeout(PATIENCE, offer).await {
            Ok(Ok(_)) => return Ok(()),
            Ok(Err(error)) => match judge(&error) {
                // So that the next mail can be offered.
                no @ NotTaken::Refused { .. } if self.reset().await.is_ok() => return Err(no),
                _ => told(&error),
            },
            Err(_) => silent(PATIENCE),
        };
        Err(if about_this { NotTaken::Dropped(broken) } else { NotTaken::Broken(broken) })
    }

    /// Hands over the text. If the conversation breaks now, nobody knows whether it was taken.
    pub(super) async fn text(&mut self, text: &[u8]) -> Result<String, NotTaken> {
        match timeout(LONG_PATIENCE, self.0.message(text)).await {
            Ok(Ok(answer)) => Ok(said(&answer)),
            Ok(Err(error)) => Err(judge(&error)),
            Err(_) => Err(NotTaken::Broken(silent(LONG_PATIENCE))),
        }
    }

    /// Ends the conversation. How that ends is of no interest.
    pub(super) async fn end(mut self) {
        let _ = timeout(PATIENCE, self.0.quit()).await;
    }

    async fn reset(&mut self) -> Result<(), ()> {
        let reset = timeout(PATIENCE, self.0.command(Rset)).await;
        reset.map_err(drop)?.map(drop).map_err(drop)
    }
}

fn judge(error: &Error) -> NotTaken {
    match error.status() {
        // 421: the server closes the line, whatever the mail.
        Some(code) if code.to_string() != "421" => {
            NotTaken::Refused { for_good: error.is_permanent(), said: told(error) }
        }
        _ => NotTaken::Broken(told(error)),
    }
}

fn said(answer: &Response) -> String {
    let lines: Vec<_> = answer.message().collect();
    clip(&format!("{} {}", answer.code(), lines.join(" ")))
}

fn told(error: &Error) -> String {
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(deeper) = cause {
        let words = deeper.to_string();
        if !text.contains(&words) {
            text = format!("{text}: {words}");
        }
        cause = deeper.source();
    }
    clip(&text)
}

fn silent(patience: Duration) -> String {
    format!("tidak menjawab dalam {} detik", patience.as_secs())
}

fn clip(text: &str) -> String {
    text.chars().map(|c| if is_hidden(c) { ' ' } else { c }).take(LONGEST_ANSWER).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<(String, u16, Security, bool), String> {
        let server: MailServer = text.parse()?;
        Ok((server.host, server.port, server.security, server.login.is_some()))
    }

    #[test]
    fn an_address_says_how_it_is_protected() {
        let host = || "surel.contoh.go.id".to_owned();
        for (text, expected) in [
            ("smtps://surel.contoh.go.id", (host(), 465, Security::Wrapped, false)),
            ("smtps://a:b@surel.contoh.go.id:1465", (host(), 1465, Security::Wrapped, true)),
            ("smtp://a%40x:p%3Aq@surel.contoh.go.id", (host(), 587, Security::StartTls, true)),
            ("smtp://surel.contoh.go.id?tls=off", (host(), 25, Security::Plain, false)),
            ("smtp://127.0.0.1:2525", ("127.0.0.1".to_owned(), 2525, Security::Plain, false)),
            ("smtp://a:b@localhost", ("localhost".to_owned(), 25, Security::Plain, true)),
        ] {
            assert_eq!(read(text), Ok(expected), "{text}");
        }
        for bad in [
            "",
            "surel.contoh.go.id",
            "http://surel.contoh.go.id",
            "smtp://a:b@surel.contoh.go.id?tls=off",
            "smtps://surel.contoh.go.id?tls=off",
            "smtp://a@surel.contoh.go.id",
            "smtp://surel.contoh.go.id/x",
        ] {
            assert!(read(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_password_is_never_shown() {
        let server: MailServer = "smtps://akun:rahasia@surel.contoh.go.id".parse().unwrap();
        assert!(!format!("{server:?}").contains("rahasia"));
    }
}
