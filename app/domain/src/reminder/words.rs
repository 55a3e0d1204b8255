//! Reminders in words: mails, and texts to copy into WhatsApp. No names of people, and no
//! secret address.

use chrono::{DateTime, Utc};

use super::{About, Reminder, Rung, Schedule, To};
use crate::agency::Agency;
use crate::calendar::{FixedDate, date_of, words};
use crate::id::{AgencyCode, LaneId, RunId};
use crate::office::Office;
use crate::report::Stage;
use crate::run::{Due, Run};
use crate::sop::Sop;

/// A mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// Subject line.
    pub subject: String,
    /// Plain text, lines ended by `\n`.
    pub body: String,
}

/// What the texts are made of.
#[derive(Clone, Copy, Debug)]
pub struct Words<'a> {
    /// The office.
    pub office: &'a Office,
    /// How people reach Alur: `https://alur.example.go.id`, without a slash at its end.
    pub site: Option<&'a str>,
    /// Whether nothing here counts.
    pub practice: bool,
    /// The moment.
    pub now: DateTime<Utc>,
}

/// The facts that every text to an agency is made of.
struct Facts<'a> {
    sop: &'a Sop,
    data_year: i32,
    before: &'a FixedDate,
    /// "paling lambat Jumat, 8 Januari 2027 (2 hari kerja lagi)"
    last: String,
}

impl Words<'_> {
    /// The mail for a reminder; `None` if what it is about is not there any more.
    pub fn mail(&self, reminder: &Reminder) -> Option<Mail> {
        let (run, sop) = self.office.run(reminder.run)?;
        let mail = match (&reminder.about, &reminder.to) {
            (About::Report(_), To::Agency(code)) => self.missing(run, sop, code)?,
            (About::Turn(cell, _), To::Account(_)) => self.turn(run, sop, cell.activity, &cell.lane)?,
            (About::Row(row, rung), To::Account(_)) => self.row(run, sop, *row, *rung)?,
            _ => return None,
        };
        let subject = if self.practice { format!("[LATIHAN] {}", mail.subject) } else { mail.subject };
        let practice = if self.practice { "Ini surel latihan; abaikan saja.\n\n" } else { "" };
        Some(Mail { subject, body: format!("{practice}{}", mail.body) })
    }

    /// The text for one agency.
    pub fn whatsapp(&self, run: RunId, code: &AgencyCode) -> Option<String> {
        let (run, sop) = self.office.run(run)?;
        let (agency, facts) = (self.office.agencies.get(code)?, self.facts(run, sop)?);
        let Facts { data_year, last, .. } = facts;
        Some(format!(
            "Yth. {name}. Menurut catatan Biro Organisasi, LKj tahun {data_year} dari {short} *belum kami \
             terima*. Mohon dikirim {last}, melalui tautan pengiriman yang diterima bersama surat. Jika \
             tautannya hilang atau ada kendala, silakan balas pesan ini. Terima kasih.",
            name = agency.name,
            short = agency.short,
        ))
    }

    /// The text for a group in which all agencies are.
    pub fn whatsapp_all(&self, id: RunId) -> Option<String> {
        let (run, sop) = self.office.run(id)?;
        let Facts { data_year, last, .. } = self.facts(run, sop)?;
        let (sent, missing) = Stage::Received.split(run, &self.office.agencies);
        let all = sent.len() + missing.len();
        if missing.is_empty() {
            return Some(format!(
                "Yth. Bapak/Ibu. LKj tahun {data_year} dari seluruh {all} PD sudah kami terima. Terima kasih."
            ));
        }
        let names: Vec<_> = missing.iter().filter_map(|code| self.office.agencies.get(code)).collect();
        let list: String = (1..).zip(names).map(|(n, agency)| format!("{n}. {}\n", agency.short)).collect();
        Some(format!(
            "Yth. Bapak/Ibu. LKj tahun {data_year}: *{sent} dari {all} PD* sudah mengirim. Mohon dikirim {last}, \
             melalui tautan pengiriman yang diterima bersama surat.\n\nBelum kami terima dari:\n{list}\nTerima \
             kasih.",
            sent = sent.len(),
        ))
    }

    fn facts<'a>(&self, run: &Run, sop: &'a Sop) -> Option<Facts<'a>> {
        let row = sop.activity(sop.row_of_stage(Stage::Received)?)?;
        let before = row.before.as_ref()?;
        let data_year = run.data_year;
        Some(Facts { sop, data_year, before, last: self.last(before, data_year) })
    }

    /// "paling lambat Jumat, 8 Januari 2027 (2 hari kerja lagi)"
    fn last(&self, before: &FixedDate, data_year: i32) -> String {
        let calendar = &self.office.calendar;
        if before.is_late(data_year, self.now) {
            return format!("segera, karena batasnya ({}) sudah lewat", before.words(data_year));
        }
        // Without a decree the date itself is still certain.
        let Ok(schedule) = Schedule::of(calendar, before, data_year) else {
            return before.words(data_year);
        };
        let day = words::weekday_date(schedule.last_day);
        let left = match calendar.working_days_between(date_of(self.now), schedule.last_day) {
            Ok(0) => "hari ini hari kerja terakhir".to_owned(),
            Ok(days) if days > 0 => words::working_days_left(days),
            _ => return format!("segera, {}", before.words(data_year)),
        };
        format!("paling lambat {day} ({left})")
    }

    fn missing(&self, run: &Run, sop: &Sop, code: &AgencyCode) -> Option<Mail> {
        let Agency { name, short, .. } = self.office.agencies.get(code)?;
        let Facts { sop, data_year, before, last } = self.facts(run, sop)?;
        let until = words::full(self.now);
        let fixed = before.words(data_year);
        let reach = self.site.map(|site| format!(" Halaman Alur: {site}/pd")).unwrap_or_default();
        let body = format!(
            "Yth. {name}\n\n\
             Menurut catatan Biro Organisasi sampai {until} WIB, LKj tahun {data_year} dari {short} belum \
             kami terima.\n\n\
             Mohon dikirim {last}. Batas menurut SOP {number}: {fixed}.\n\n\
             Kirimlah melalui tautan pengiriman yang diterima bersama surat permintaan data.{reach} Jika \
             tautannya hilang atau ada kendala, balaslah surel ini.\n\n\
             Abaikan surel ini bila LKj baru saja dikirim.\n\n\
             Biro Organisasi\n",
            number = sop.key.number,
        );
        Some(Mail { subject: format!("Pengingat: LKj tahun {data_year} belum kami terima"), body })
    }

    fn turn(&self, run: &Run, sop: &Sop, row: u16, lane: &LaneId) -> Option<Mail> {
        let text = &sop.activity(row)?.text;
        let (place, due) = (self.place(run, sop, row), self.due(run, sop, row));
        let lane = sop.lane_name(lane);
        Some(Mail {
            subject: format!("Giliran {lane}: {}", sop.activity(row)?.short),
            body: format!("Giliran {lane}:\n\n{text}\n\n{place}\n{due}\n{}", self.link(run.id)),
        })
    }

    fn row(&self, run: &Run, sop: &Sop, row: u16, rung: Rung) -> Option<Mail> {
        let activity = sop.activity(row)?;
        let waits = run.open().map(|open| sop.lane_name(&open.cell.lane)).unwrap_or_default();
        let (word, says) = match rung {
            Rung::Early => ("Waktu hampir habis", "hampir menghabiskan waktunya"),
            Rung::Due => ("Terlambat", "sudah lewat jatuh tempo"),
            Rung::Over => ("Masih terlambat", "masih menunggu lama setelah jatuh tempo"),
        };
        let (place, due) = (self.place(run, sop, row), self.due(run, sop, row));
        Some(Mail {
            subject: format!("{word}: {}", activity.short),
            body: format!(
                "Baris ini {says} dan menunggu {waits}:\n\n{}\n\n{place}\n{due}\n{}",
                activity.text,
                self.link(run.id)
            ),
        })
    }

    fn place(&self, run: &Run, sop: &Sop, row: u16) -> String {
        format!("{}, data tahun {}, baris {row}.", sop.name, run.data_year)
    }

    fn due(&self, run: &Run, sop: &Sop, row: u16) -> String {
        match run.due(row, sop, &self.office.calendar, self.now) {
            Due::At(due) => format!("Jatuh tempo: {} WIB.", words::full(due)),
            Due::Open => "Tanpa batas waktu.".to_owned(),
            Due::Unknown(undecreed) => format!("Jatuh tempo belum diketahui: {undecreed}."),
        }
    }

    fn link(&self, run: RunId) -> String {
        match self.site {
            Some(site) => format!("\nBuka lembarnya: {site}/pelaksanaan/{run}\n"),
            None => format!("\nBuka Alur, Pelaksanaan nomor {run}.\n"),
        }
    }
}
