//! The plan of a run, put into words and stretches for its page.

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc};
use desk::problem::Problem;
use domain::calendar::{Calendar, DAY_MINUTES, Undecreed, WorkMinutes, date_of, start_of_day, words};
use domain::forecast::{Basis, Forecast};
use domain::id::RunId;
use domain::office::Office;
use domain::plan::{Latest, Plan, RowState, Span, begun, margins};
use domain::run::{Due, Run, Status};
use domain::sop::Sop;

use super::axis::{Axis, Off};
use super::model::{Band, Fact, OuterDate, PlanRow, PlanSheet, Stretch};
use crate::office::words::times;

/// A run with its plans at one moment.
struct Planned<'a> {
    sop: &'a Sop,
    run: &'a Run,
    calendar: &'a Calendar,
    now: DateTime<Utc>,
    plan: Plan,
    first: Plan,
    latest: Latest,
}

/// The plan of a run.
///
/// # Errors
/// If there is no such run.
pub(super) fn plan_sheet(office: &Office, id: RunId, now: DateTime<Utc>) -> Result<PlanSheet, Problem> {
    let found = office.run(id).ok_or_else(|| Problem::not_found(format!("Pelaksanaan nomor {id}")));
    let (run, sop) = found?;
    let calendar = &office.calendar;
    let planned = Planned {
        plan: Plan::of_run(sop, run, calendar, now),
        first: Plan::at_first(sop, run, calendar, now),
        latest: Latest::of(sop, run.data_year, calendar),
        sop,
        run,
        calendar,
        now,
    };
    let forecast = Forecast::of(office, run, sop, now);
    let band = forecast.as_ref().and_then(|forecast| forecast.as_ref().ok()).map(band);
    let (rows, limits) = (planned.rows(), planned.limits());
    let mut facts = vec![planned.start(), planned.end()];
    facts.push(forecast.as_ref().map(|forecast| forecast_fact(forecast.as_ref())));
    facts.push(planned.spare());
    Ok(PlanSheet {
        run: id,
        collects: sop.collects_reports(),
        name: sop.name.clone(),
        data_year: run.data_year,
        now,
        axis: planned.axis(&rows, &limits, band),
        facts: facts.into_iter().flatten().collect(),
        rows,
        limits,
        forecast: band,
        reasons: forecast.and_then(Result::ok).map(|forecast| reasons(sop, &forecast)).unwrap_or_default(),
    })
}

impl Planned<'_> {
    fn start(&self) -> Option<Fact> {
        let latest = self.latest.start()?;
        let what = latest.map_or_else(|undecreed| undecreed.to_string(), words::full);
        let (mut more, mut tone) = (Vec::new(), "");
        if let (Some(begun), Ok(latest)) = (begun(self.run), latest) {
            more.push(format!("dimulai {}", words::full(begun)));
            match self.calendar.working_between(begun, latest) {
                Ok(early) if early.0 >= 0 => {
                    more.push(format!("{} lebih awal", words::span(early, DAY_MINUTES)));
                }
                Ok(late) => {
                    tone = "late";
                    more.push(format!("{} lebih lambat", words::span(late, DAY_MINUTES)));
                }
                Err(undecreed) => more.push(undecreed.to_string()),
            }
        } else if begun(self.run).is_none() {
            more.push("belum dimulai".to_owned());
        }
        Some(fact("Mulai paling lambat", what, more, tone))
    }

    fn end(&self) -> Option<Fact> {
        let head = if matches!(self.run.status, Status::Finished(_)) {
            "Selesai"
        } else {
            "Selesai menurut rencana"
        };
        let Some(end) = self.plan.end() else {
            return Some(fact("Selesai", "Dibatalkan".to_owned(), Vec::new(), ""));
        };
        let what = end.map_or_else(|undecreed| undecreed.to_string(), words::full);
        let (more, tone) = match self.plan.later_than(&self.first, self.calendar) {
            Some(Ok(shift)) if shift.0 > 0 => {
                let by = words::span(shift, DAY_MINUTES);
                (format!("{by} sesudah rencana semula"), "late")
            }
            Some(Ok(shift)) if shift.0 < 0 => {
                (format!("{} sebelum rencana semula", words::span(shift, DAY_MINUTES)), "good")
            }
            Some(Ok(_)) => ("seperti rencana semula".to_owned(), "good"),
            _ => (String::new(), ""),
        };
        let late_now =
            self.plan.rows.iter().find(|row| row.state == RowState::Open && row.due.is_late(self.now));
        let late_now = late_now.and_then(|row| match row.due {
            Due::At(due) => self.calendar.working_between(due, self.now).ok(),
            _ => None,
        });
        let late_now =
            late_now.map(|by| format!("baris yang sedang berjalan lewat {}", words::span(by, DAY_MINUTES)));
        let more = Some(more).filter(|more| !more.is_empty()).into_iter().chain(late_now).collect();
        Some(fact(head, what, more, tone))
    }

    fn spare(&self) -> Option<Fact> {
        if self.run.status != Status::Going {
            return None;
        }
        let date = self.sop.activities.iter().find_map(|row| row.before.as_ref())?;
        let head = format!("Cadangan {}", date.words(self.run.data_year));
        Some(match self.latest.spare(&self.plan, self.calendar)? {
            Ok(spare) if spare.0 < 0 => {
                fact(&head, format!("kurang {}", words::span(spare, DAY_MINUTES)), Vec::new(), "late")
            }
            Ok(spare) if spare.0 == 0 => {
                let open = self.plan.rows.iter().find(|row| row.state == RowState::Open);
                let dated =
                    open.and_then(|row| self.sop.activity(row.order)).is_some_and(|row| row.before.is_some());
                let what = if dated { "menunggu sampai batasnya" } else { "tidak ada lagi" };
                fact(&head, what.to_owned(), Vec::new(), "")
            }
            Ok(spare) => fact(&head, words::span(spare, DAY_MINUTES), Vec::new(), "good"),
            Err(undecreed) => fact(&head, undecreed.to_string(), Vec::new(), ""),
        })
    }

    fn rows(&self) -> Vec<PlanRow> {
        let rows = self.plan.rows.iter().zip(&self.first.rows).zip(&self.sop.activities);
        rows.map(|((row, first), activity)| {
            let lanes: Vec<_> = activity.cells.iter().map(|cell| self.sop.lane_name(&cell.lane)).collect();
            let mut lanes = lanes.join(" → ");
            if !activity.time.trim_matches(['-', ' ']).is_empty() {
                lanes = format!("{lanes} · {}", activity.time);
            }
            let dropped = row.state == RowState::Dropped;
            let slack = self.latest.slack(row, self.calendar);
            PlanRow {
                order: row.order,
                printed: activity.printed.clone(),
                short: activity.short.clone(),
                lanes,
                state: state(row.state).to_owned(),
                first: stretch(first.span),
                span: stretch(row.span).filter(|_| !dropped),
                unknown: match row.span {
                    Err(undecreed) => undecreed.to_string(),
                    Ok(_) if dropped => "tidak dilalui".to_owned(),
                    Ok(_) => String::new(),
                },
                due: match row.due {
                    Due::At(due) if row.state == RowState::Open => Some(due),
                    _ => None,
                },
                latest: self.latest.row(row.order).and_then(Result::ok).map(|span| span.to),
                slack: slack.map(slack_words).unwrap_or_default(),
                short_of_time: slack.is_some_and(|slack| slack.is_ok_and(|slack| slack.0 < 0)),
            }
        })
        .collect()
    }

    fn limits(&self) -> Vec<OuterDate> {
        let beside = margins(self.sop, self.run.data_year, &self.plan, self.calendar);
        let of = |margin: domain::plan::Margin<'_>| OuterDate {
            what: margin.limit.what.clone(),
            until: margin.until,
            basis: margin.limit.basis.clone(),
            late: matches!(margin.margin, Some(Ok(left)) if left.0 < 0),
            margin: match margin.margin {
                None => String::new(),
                Some(Err(undecreed)) => undecreed.to_string(),
                Some(Ok(left)) if left.0 < 0 => format!("rencana lewat {}", words::span(left, DAY_MINUTES)),
                Some(Ok(left)) => format!("{} sesudah rencana", words::span(left, DAY_MINUTES)),
            },
        };
        beside.into_iter().map(of).collect()
    }

    fn axis(&self, rows: &[PlanRow], limits: &[OuterDate], band: Option<Band>) -> Axis {
        let stretches = rows.iter().flat_map(|row| [row.first, row.span]).flatten();
        let ends = stretches.flat_map(|stretch| [stretch.from, stretch.to]);
        let ends = ends.chain(limits.iter().map(|limit| limit.until)).chain(band.map(|band| band.ninety.to));
        let ends: Vec<_> = ends.chain(rows.iter().filter_map(|row| row.latest)).collect();
        let first = date_of(ends.iter().min().copied().unwrap_or(self.now));
        let last = date_of(ends.iter().max().copied().unwrap_or(self.now));
        let day = |date: NaiveDate, days: i64| date.checked_add_signed(TimeDelta::days(days)).unwrap_or(date);
        // A plan that reaches into years is drawn up to three of them.
        let (from, to) = (day(first, -1), day(last, 2).min(day(first, 3 * 366)));
        Axis {
            from: start_of_day(from),
            to: start_of_day(to),
            off: self.days_off(from, to),
            months: days(from, to)
                .filter(|date| *date == from || date.day() == 1)
                .map(|date| (date, words::month(date.month()).to_owned()))
                .collect(),
        }
    }

    /// Weekends and holidays, those in a row together. Of a year without a decree, none.
    fn days_off(&self, from: NaiveDate, to: NaiveDate) -> Vec<Off> {
        let mut off: Vec<Off> = Vec::new();
        for date in days(from, to) {
            if self.calendar.is_working_day(date) != Ok(false) {
                continue;
            }
            let (from, to) = (start_of_day(date), start_of_day(date) + TimeDelta::days(1));
            let holiday = !self.calendar.days_off_on(date).is_empty();
            match off.last_mut().filter(|last| last.to == from && last.holiday == holiday) {
                Some(last) => last.to = to,
                None => off.push(Off { from, to, holiday }),
            }
        }
        off
    }
}

fn days(from: NaiveDate, to: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    from.iter_days().take_while(move |date| *date < to)
}

fn stretch(span: Result<Span, Undecreed>) -> Option<Stretch> {
    span.ok().map(|span| Stretch { from: span.from, to: span.to })
}

fn state(state: RowState) -> &'static str {
    match state {
        RowState::Done => "done",
        RowState::Open => "open",
        RowState::Coming => "coming",
        RowState::Dropped => "dropped",
    }
}

fn fact(head: &str, what: String, more: Vec<String>, tone: &str) -> Fact {
    Fact { head: head.to_owned(), what, more, tone: tone.to_owned() }
}

fn slack_words(slack: Result<WorkMinutes, Undecreed>) -> String {
    match slack {
        Ok(slack) if slack.0 > 0 => words::span(slack, DAY_MINUTES),
        Ok(WorkMinutes(0)) => "tidak ada".to_owned(),
        Ok(slack) => format!("kurang {}", words::span(slack, DAY_MINUTES)),
        Err(undecreed) => undecreed.to_string(),
    }
}

fn band(forecast: &Forecast) -> Band {
    let stretch = |(from, to)| Stretch { from, to };
    Band { middle: forecast.middle, half: stretch(forecast.half), ninety: stretch(forecast.ninety) }
}

fn forecast_fact(forecast: Result<&Forecast, &Undecreed>) -> Fact {
    let head = "Perkiraan selesai";
    match forecast {
        Err(undecreed) => fact(head, undecreed.to_string(), Vec::new(), ""),
        Ok(forecast) => {
            let between = |(from, to)| {
                format!("{} sampai {}", words::weekday_date(date_of(from)), words::weekday_date(date_of(to)))
            };
            let more = vec![
                format!("1 dari 2: {}", between(forecast.half)),
                format!("9 dari 10: {}", between(forecast.ninety)),
            ];
            fact(head, format!("sekitar {}", words::weekday_date(date_of(forecast.middle))), more, "")
        }
    }
}

/// Why, a sentence each: first what the office's own runs say, then what is assumed.
fn reasons(sop: &Sop, forecast: &Forecast) -> Vec<String> {
    let short = |order: u16| sop.activity(order).map_or("", |row| row.short.as_str());
    let usual = |(order, basis): &(u16, Basis)| match *basis {
        Basis::Usual { runs, percent } => {
            Some(format!("{} biasanya {} × waktu baku ({runs} pelaksanaan).", short(*order), times(percent)))
        }
        Basis::UsualLag { runs, lag } => {
            let when = match lag.0 {
                0 => "pada batasnya".to_owned(),
                1.. => format!("{} sesudah batasnya", words::span(lag, DAY_MINUTES)),
                _ => format!("{} sebelum batasnya", words::span(lag, DAY_MINUTES)),
            };
            Some(format!("{} biasanya selesai {when} ({runs} pelaksanaan).", short(*order)))
        }
        Basis::UsualTime { runs, spent } if spent.0 > 0 => {
            let spent = words::span(spent, DAY_MINUTES);
            Some(format!("{} biasanya {spent} ({runs} pelaksanaan).", short(*order)))
        }
        _ => None,
    };
    let mut reasons: Vec<_> = forecast.bases.iter().filter_map(usual).collect();
    let named = |wanted: Basis| {
        let of = forecast.bases.iter().filter(move |(_, basis)| *basis == wanted);
        of.map(|(order, _)| short(*order)).collect::<Vec<_>>()
    };
    let (waktu, date) = (named(Basis::Waktu), named(Basis::Date));
    if !date.is_empty() {
        reasons.push(format!("{}: dianggap selesai tepat pada batas tanggalnya.", date.join(", ")));
    }
    if !waktu.is_empty() {
        reasons.push(format!(
            "{}: belum ada {} pelaksanaan terdahulu, jadi dipakai waktu baku dengan rentang anggapan 0,8 sampai 1,6 ×.",
            waktu.join(", "),
            domain::forecast::ENOUGH
        ));
    }
    reasons
}
