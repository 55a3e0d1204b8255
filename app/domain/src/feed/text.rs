//! The text form of RFC 5545: escaped, folded, in order.

use chrono::{DateTime, Utc};

use super::entry::{Entry, Holds, SHOWN};
use crate::text::printable;

/// Longest line, in octets, without its end.
const LONGEST: usize = 75;

pub(super) fn calendar(name: &str, entries: &[Entry]) -> String {
    let mut text = Text::default();
    text.line("BEGIN:VCALENDAR");
    text.line("VERSION:2.0");
    text.line("PRODID:-//Alur//Jatuh tempo//ID");
    text.line("CALSCALE:GREGORIAN");
    text.value("X-WR-CALNAME", name);
    text.line("X-WR-TIMEZONE:Asia/Jakarta");
    text.line("REFRESH-INTERVAL;VALUE=DURATION:PT1H");
    text.line("X-PUBLISHED-TTL:PT1H");
    for entry in entries {
        text.entry(entry);
    }
    text.line("END:VCALENDAR");
    text.0
}

#[derive(Default)]
struct Text(String);

impl Text {
    fn entry(&mut self, entry: &Entry) {
        self.line("BEGIN:VEVENT");
        self.line(&format!("UID:{}", entry.uid));
        self.line(&format!("DTSTAMP:{}", utc(entry.changed)));
        self.line(&format!("LAST-MODIFIED:{}", utc(entry.changed)));
        self.line(&format!("SEQUENCE:{}", entry.sequence));
        self.line(&format!("DTSTART:{}", utc(entry.due - SHOWN)));
        self.line(&format!("DTEND:{}", utc(entry.due)));
        self.value("SUMMARY", &entry.summary);
        self.value("DESCRIPTION", &entry.description);
        if let Some(url) = &entry.url {
            self.line(&format!("URL:{url}"));
        }
        self.line(match entry.holds {
            Holds::Confirmed => "STATUS:CONFIRMED",
            Holds::Tentative => "STATUS:TENTATIVE",
            Holds::Cancelled => "STATUS:CANCELLED",
        });
        // A due date takes nobody's time.
        self.line("TRANSP:TRANSPARENT");
        self.line("END:VEVENT");
    }

    /// A property whose value is text.
    fn value(&mut self, name: &str, value: &str) {
        let escaped = printable(&value.replace("\r\n", "\n").replace('\r', "\n"))
            .replace('\t', " ")
            .replace('\\', "\\\\")
            .replace(';', "\\;")
            .replace(',', "\\,")
            .replace('\n', "\\n");
        self.line(&format!("{name}:{escaped}"));
    }

    /// A line, folded so that no part of it is longer than allowed, and none begins or ends
    /// within a character.
    fn line(&mut self, line: &str) {
        let mut length = 0;
        for c in line.chars() {
            if length + c.len_utf8() > LONGEST {
                self.0.push_str("\r\n ");
                length = 1;
            }
            self.0.push(c);
            length += c.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

fn utc(at: DateTime<Utc>) -> String {
    at.format("%Y%m%dT%H%M%SZ").to_string()
}
