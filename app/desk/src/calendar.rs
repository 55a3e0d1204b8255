//! What was typed on the calendar's pages, as a command.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::calendar::{DayOff, DayOffKind, HoursException, WeekHours, parse_csv, read_csv, words};
use domain::office::Command;

use crate::problem::Problem;

/// Where the calendar's forms are sent to.
pub const ADDRESS: &str = "/api/change-calendar";

/// How many bad lines of a file are named at once.
const NAMED: usize = 6;

/// The command that a form of these pages is for.
///
/// # Errors
/// [`Problem::Invalid`] with what cannot be read.
pub fn command(what: &str, typed: &BTreeMap<String, String>) -> Result<Command, Problem> {
    let form = Form(typed);
    match what {
        "tambah" => Ok(Command::ChangeDaysOff { remove: Vec::new(), add: vec![form.day()?] }),
        "ubah" => Ok(Command::ChangeDaysOff { remove: vec![form.old_day()?], add: vec![form.day()?] }),
        "hapus" => Ok(Command::ChangeDaysOff { remove: vec![form.old_day()?], add: Vec::new() }),
        "impor" => form.decree(),
        "jam" => Ok(Command::SetHours { from: form.date("mulai", "Berlaku mulai")?, hours: form.hours()? }),
        "khusus" => form.special(),
        "hapus_khusus" => Ok(Command::RemoveSpecialHours { from: form.date("mulai", "Tanggal mulai")? }),
        _ => Err(Problem::invalid("Perubahan kalender ini tidak dikenal.")),
    }
}

struct Form<'a>(&'a BTreeMap<String, String>);

impl Form<'_> {
    fn text(&self, field: &str) -> &str {
        self.0.get(field).map_or("", |text| text.trim())
    }

    fn date(&self, field: &str, label: &str) -> Result<NaiveDate, Problem> {
        let text = self.text(field);
        let read = text.parse::<NaiveDate>().ok().filter(|date| date.to_string() == text);
        read.ok_or_else(|| Problem::invalid(format!("{label}: tulis tanggal seperti 2026-12-31.")))
    }

    fn day(&self) -> Result<DayOff, Problem> {
        let kind = DayOffKind::from_code(self.text("jenis"));
        Ok(DayOff {
            date: self.date("tanggal", "Tanggal")?,
            kind: kind.ok_or_else(|| Problem::invalid("Pilih jenis hari libur."))?,
            name: self.text("nama").to_owned(),
            decree: self.text("dasar").to_owned(),
        })
    }

    /// The day that a form is about, as a line of the CSV.
    fn old_day(&self) -> Result<DayOff, Problem> {
        let text = format!("tanggal,jenis,nama,dasar\n{}\n", self.text("lama"));
        let day = parse_csv(&text).ok().and_then(|days| days.into_iter().next());
        day.ok_or_else(|| Problem::not_found("Hari libur itu"))
    }

    fn decree(&self) -> Result<Command, Problem> {
        let year = self.text("tahun").parse().map_err(|_| Problem::not_found("Tahun itu"))?;
        let (days, problems) = read_csv(self.text("csv"));
        if problems.is_empty() {
            return Ok(Command::DecreeYear { year, days });
        }
        let named: Vec<_> = problems.iter().take(NAMED).map(ToString::to_string).collect();
        let more = problems.len() - named.len();
        let more = if more > 0 { format!("; dan {more} baris lain") } else { String::new() };
        Err(Problem::invalid(format!("CSV belum dapat dipakai: {}{more}.", named.join("; "))))
    }

    fn hours(&self) -> Result<WeekHours, Problem> {
        let texts =
            ["0", "1", "2", "3", "4", "5", "6"].map(|day| self.text(&format!("hari{day}")).to_owned());
        WeekHours::parse(&texts).map_err(|(day, problem)| {
            let monday = NaiveDate::default().week(chrono::Weekday::Mon).first_day();
            let date = monday + chrono::Days::new(u64::try_from(day).unwrap_or_default());
            Problem::invalid(format!("{}: {problem}.", words::weekday(date)))
        })
    }

    fn special(&self) -> Result<Command, Problem> {
        let special = HoursException {
            from: self.date("mulai", "Tanggal mulai")?,
            to: self.date("selesai", "Tanggal selesai")?,
            name: self.text("nama").to_owned(),
            hours: self.hours()?,
        };
        if self.text("cocok").is_empty() {
            return Err(Problem::invalid(
                "Jam yang terisi hanya usulan. Cocokkan dengan surat edaran, lalu tandai kotaknya.",
            ));
        }
        Ok(Command::AddSpecialHours { special })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(what: &str, pairs: &[(&str, &str)]) -> Result<Command, String> {
        let typed = pairs.iter().map(|(key, text)| ((*key).to_owned(), (*text).to_owned())).collect();
        command(what, &typed).map_err(|problem| problem.to_string())
    }

    #[test]
    fn a_day_is_read_with_or_without_what_it_was() {
        let day = [("tanggal", "2027-01-20"), ("jenis", "kantor_tutup"), ("nama", " Pindah ruang ")];
        let Ok(Command::ChangeDaysOff { remove, add }) = read("tambah", &day) else { panic!("not read") };
        assert!(remove.is_empty());
        assert_eq!(add[0].name, "Pindah ruang");
        let old = ("lama", "2027-01-19,libur_nasional,\"Satu, dua\",SKB");
        let Ok(Command::ChangeDaysOff { remove, .. }) = read("ubah", &[&day[..], &[old]].concat()) else {
            panic!("not read")
        };
        assert_eq!(remove[0].name, "Satu, dua");
        assert_eq!(read("hapus", &[]), Err("Hari libur itu tidak ditemukan.".to_owned()));
        assert_eq!(read("tambah", &[]), Err("Tanggal: tulis tanggal seperti 2026-12-31.".to_owned()));
        assert_eq!(read("tambah", &day[..1]), Err("Pilih jenis hari libur.".to_owned()));
    }

    #[test]
    fn every_bad_line_of_a_file_is_named() {
        let csv = "tanggal,jenis,nama,dasar\n2027-1-1,libur_nasional,A,B\n2027-01-02,libur,A,B";
        let problem = read("impor", &[("tahun", "2027"), ("csv", csv)]).unwrap_err();
        assert!(problem.contains("baris 2: tanggal") && problem.contains("baris 3: jenis"), "{problem}");
    }

    #[test]
    fn hours_say_on_which_day_they_cannot_be_read() {
        let problem = read("jam", &[("mulai", "2027-01-04"), ("hari1", "pagi")]).unwrap_err();
        assert!(problem.starts_with("Selasa: jam kerja \"pagi\" tidak terbaca"), "{problem}");
    }

    #[test]
    fn a_proposal_has_to_be_compared_with_the_circular() {
        let typed = [
            ("mulai", "2027-02-08"),
            ("selesai", "2027-03-09"),
            ("nama", "Ramadan"),
            ("hari0", "08.00-12.00"),
        ];
        assert!(read("khusus", &typed).unwrap_err().contains("hanya usulan"));
        assert!(read("khusus", &[&typed[..], &[("cocok", "ya")]].concat()).is_ok());
    }
}
