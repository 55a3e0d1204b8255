//! A mail as bytes.

use std::time::SystemTime;

use chrono::{DateTime, Utc};
use domain::reminder::Mail;
use domain::text::is_hidden;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message};
use lettre::{Address, error::Error};

/// Puts a mail together. `id` is the same each time that the same mail is sent, so that a
/// mailbox can tell that it came twice.
///
/// # Errors
/// If a part cannot stand in a mail.
pub(super) fn compose(
    from: &Mailbox,
    to: &Address,
    mail: &Mail,
    id: &str,
    now: DateTime<Utc>,
) -> Result<Vec<u8>, Error> {
    let subject: String = mail.subject.chars().map(|c| if is_hidden(c) { ' ' } else { c }).collect();
    let mut message = Message::builder()
        .from(from.clone())
        .to(Mailbox::new(None, to.clone()))
        .subject(subject)
        .date(SystemTime::from(now))
        .message_id(Some(format!("<{id}@{}>", from.email.domain())))
        .header(ContentType::TEXT_PLAIN)
        .body(mail.body.clone())?;
    // No answers by machines on holiday.
    let name = HeaderName::new_from_ascii_str("Auto-Submitted");
    message.headers_mut().insert_raw(HeaderValue::new(name, "auto-generated".to_owned()));
    Ok(message.formatted())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_is_ascii_and_the_same_again() {
        let mail = Mail {
            subject: "Giliran: Analisa – §1\r\nBcc: x@y".into(),
            body: "Yth. Pemprov é\n.\n".into(),
        };
        let from: Mailbox = "Biro Organisasi <biro@contoh.go.id>".parse().unwrap();
        let to: Address = "dinkes@contoh.go.id".parse().unwrap();
        let now = "2027-01-07T03:47:00Z".parse().unwrap();
        let bytes = compose(&from, &to, &mail, "1_lkj-h1_pd_dinkes", now).unwrap();
        assert!(bytes.is_ascii(), "so that every server takes it");
        let text = String::from_utf8(bytes.clone()).unwrap();
        assert!(text.contains("Message-ID: <1_lkj-h1_pd_dinkes@contoh.go.id>\r\n"), "{text}");
        assert!(text.contains("Auto-Submitted: auto-generated\r\n"), "{text}");
        assert!(!text.contains("\r\nBcc:"), "{text}");
        assert_eq!(compose(&from, &to, &mail, "1_lkj-h1_pd_dinkes", now).unwrap(), bytes);
    }
}
