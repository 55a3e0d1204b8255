//! What is due to be sent, moment by moment; to whom; and that it is the same each time.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use domain::calendar::{Calendar, FixedDate, Undecreed};
use domain::id::RunId;
use domain::log::ActingKind;
use domain::office::{Actor, Command};
use domain::reminder::{
    About, Closed, Ladder, Member, Members, Reminder, Rules, Rung, Schedule, Step, To, Words, Worth, due,
    of_step, worth,
};
use proptest::prelude::*;

use crate::ledger::{Ledger, full_digest, moment};
use crate::people::{admin, in_role, of_agency};
use crate::walk::{cases, steps, walk};

const RUN: RunId = RunId(1);

/// Run 1 of the shipped procedure, waiting for reports since 7 December.
fn waiting() -> Ledger {
    at("6.staf")
}

fn at(cell: &str) -> Ledger {
    let mut ledger = Ledger::founded();
    ledger.start_org();
    ledger.walk_to(1, cell);
    ledger
}

fn send(ledger: &mut Ledger, agency: &str, when: &str) {
    let (received, digest) = (moment(when), Box::new(full_digest()));
    let code = format!("{agency}-{}", ledger.office.seq);
    let submit = Command::SubmitReport { run: RUN, agency: agency.into(), received, code, digest };
    ledger.act(&of_agency(agency), submit, moment(when)).unwrap();
}

/// Everybody with one role each, by the name of the role.
fn members() -> Members {
    let roles = ["staf", "kasubbag", "kabag", "karo", "gubernur"];
    let mut members: Members =
        roles.iter().map(|role| ((*role).into(), Member { lanes: [(*role).into()].into() })).collect();
    members.insert("staf-lain".into(), Member { lanes: ["staf".into()].into() });
    members
}

fn rules(automatic: bool, ladder: bool) -> Rules {
    let automatic = automatic.then_some(RUN).into_iter().collect();
    Rules { automatic, ladder: Ladder { on: ladder, ..Ladder::default() } }
}

/// The keys of what is due, or why nothing is.
fn keys(ledger: &Ledger, rules: &Rules, when: &str) -> Result<Vec<String>, Closed> {
    let found = due(&ledger.office, &members(), rules, moment(when))?;
    Ok(found.iter().map(Reminder::key).collect())
}

#[test]
fn the_steps_are_working_days_before_the_last_working_day() {
    // Deadline "sebelum …" of the year after; the days of H-7, H-3, H-1 and the last day.
    let table = [
        // 1 and 5 January are off: the golden case of `domain.md`.
        (2026, (1, 11), ["2026-12-28 07.30", "2027-01-04 07.30", "2027-01-07 07.30", "2027-01-08 07.30"]),
        // The day before the deadline is a working day: it is the last one.
        (2026, (1, 8), ["2026-12-23 07.30", "2026-12-31 07.30", "2027-01-06 07.30", "2027-01-07 07.30"]),
        // The deadline falls on the day after a holiday.
        (2026, (1, 6), ["2026-12-21 07.30", "2026-12-29 07.30", "2026-12-31 07.30", "2027-01-04 07.30"]),
        (2026, (2, 1), ["2027-01-20 07.30", "2027-01-26 07.30", "2027-01-28 07.30", "2027-01-29 07.30"]),
    ];
    let calendar = Calendar::shipped().unwrap();
    for (year, (month, day), days) in table {
        let before = FixedDate::new(month, day, 1).unwrap();
        let schedule = Schedule::of(&calendar, &before, year).unwrap();
        assert_eq!(schedule.begins, [0, 1, 2, 3].map(|n| (Step::ALL[n], moment(days[n]))), "{before}");
        assert_eq!(schedule.end(Step::Seven) + TimeDelta::milliseconds(1), moment(days[1]));
        assert_eq!(schedule.end(Step::Last), before.last_moment(year));
    }
    let unknown = Schedule::of(&calendar, &FixedDate::new(1, 11, 1).unwrap(), 2027);
    assert_eq!(unknown, Err(Undecreed { year: 2028 }));
}

#[test]
fn only_agencies_that_have_not_sent_are_reminded_and_only_at_work() {
    let (automatic, by_hand) = (rules(true, false), rules(false, false));
    let mut ledger = waiting();
    let lkj = |step: &str, codes: &[&str]| -> Vec<String> {
        codes.iter().map(|code| format!("1_lkj-{step}_pd_{code}")).collect()
    };
    let all = ["bappeda", "dinkes", "disdik"];
    // The turn of 6.staf is nobody's news but the other STAF's.
    let turn = "1_giliran-6.staf-1_akun_staf-lain".to_owned();
    let found = |ledger: &Ledger, when| keys(ledger, &automatic, when).map(|mut keys| keys.split_off(1));
    assert_eq!(keys(&ledger, &by_hand, "2026-12-28 07.30"), Ok(vec![turn.clone()]));
    assert_eq!(keys(&ledger, &automatic, "2026-12-23 15.00"), Ok(vec![turn]), "before H-7");
    for (when, step) in [
        ("2026-12-28 07.30", "h7"),
        ("2026-12-30 15.59", "h7"),
        ("2027-01-04 07.30", "h3"),
        ("2027-01-06 15.00", "h3"),
        ("2027-01-07 10.47", "h1"),
        ("2027-01-08 07.30", "h0"),
    ] {
        assert_eq!(found(&ledger, when), Ok(lkj(step, &all)), "{when}");
    }
    send(&mut ledger, "dinkes", "2027-01-07 11.00");
    assert_eq!(found(&ledger, "2027-01-07 13.00"), Ok(lkj("h1", &["bappeda", "disdik"])));
    for (when, next) in [
        ("2027-01-07 07.29", "2027-01-07 07.30"),
        ("2027-01-07 12.00", "2027-01-07 13.00"),
        ("2027-01-08 16.30", "2027-01-11 07.30"),
        ("2027-01-05 09.00", "2027-01-06 07.30"),
        ("2027-01-09 09.00", "2027-01-11 07.30"),
    ] {
        assert_eq!(found(&ledger, when), Err(Closed::OutsideHours(Some(moment(next)))), "{when}");
    }
    assert_eq!(found(&ledger, "2028-01-03 09.00"), Err(Closed::Undecreed(Undecreed { year: 2028 })));
    assert_eq!(found(&ledger, "2027-01-11 07.30"), Ok(vec![]), "after the deadline");
}

#[test]
fn agencies_are_reminded_only_while_their_row_has_its_turn() {
    let codes = |ledger: &Ledger| of_step(&ledger.office, RUN, Step::One).len();
    assert_eq!((codes(&at("5.staf")), codes(&waiting()), codes(&at("7.staf"))), (0, 3, 0));
    let mut ledger = waiting();
    let pause = Command::PauseRun { run: RUN, reason: "menunggu pimpinan".into() };
    ledger.act(&in_role("kasubbag"), pause, moment("2027-01-06 09.00")).unwrap();
    assert_eq!(keys(&ledger, &rules(true, true), "2027-01-07 09.00"), Ok(vec![]));
    let reminder = &of_step(&ledger.office, RUN, Step::One)[0];
    assert_eq!(worth(&ledger.office, &members(), reminder, moment("2027-01-07 09.00")), Worth::Later);
}

#[test]
fn what_was_found_due_is_looked_at_again_before_it_goes() {
    let mut ledger = waiting();
    let seen = |ledger: &Ledger, reminder: &Reminder, when: &str| {
        worth(&ledger.office, &members(), reminder, moment(when))
    };
    let agency = Reminder { run: RUN, about: About::Report(Step::One), to: To::Agency("dinkes".into()) };
    assert_eq!(seen(&ledger, &agency, "2027-01-07 16.00"), Worth::Yes);
    assert_eq!(seen(&ledger, &agency, "2027-01-08 07.30"), Worth::No("waktunya sudah lewat"));
    send(&mut ledger, "dinkes", "2027-01-07 15.00");
    assert_eq!(seen(&ledger, &agency, "2027-01-07 16.00"), Worth::No("LKj sudah terkirim"));
    let to = To::Account("staf-lain".into());
    let turn = Reminder { run: RUN, about: About::Turn("6.staf".to_owned().try_into().unwrap(), 1), to };
    assert_eq!(seen(&ledger, &turn, "2027-01-07 16.00"), Worth::Yes);
    let wrong = Reminder { to: To::Account("karo".into()), ..turn.clone() };
    assert_eq!(seen(&ledger, &wrong, "2027-01-07 16.00"), Worth::No("bukan perannya lagi"));
    ledger.finish_open(1, moment("2027-01-11 08.00"));
    assert_eq!(seen(&ledger, &turn, "2027-01-11 09.00"), Worth::No("gilirannya sudah lewat"));
}

#[test]
fn a_turn_is_told_once_for_each_round_to_those_who_may_act() {
    let ledger = at("3.gubernur");
    let found = keys(&ledger, &rules(true, false), "2026-12-08 08.00").unwrap();
    // KARO brought it there; STAF records for GUBERNUR.
    let expected = ["gubernur", "staf", "staf-lain"].map(|to| format!("1_giliran-3.gubernur-1_akun_{to}"));
    assert_eq!(found, expected);
    let mut ledger = at("8.kasubbag");
    let first = keys(&ledger, &rules(false, false), "2027-01-12 09.00").unwrap();
    assert_eq!(first, ["1_giliran-8.kasubbag-1_akun_kasubbag"]);
    ledger.finish_open(1, moment("2027-01-12 10.00"));
    let back = Command::ReturnCell {
        run: RUN,
        cell: "8.kabag".to_owned().try_into().unwrap(),
        round: 1,
        reason: "kurang".into(),
    };
    ledger.act(&in_role("kabag"), back, moment("2027-01-12 11.00")).unwrap();
    let second = keys(&ledger, &rules(false, false), "2027-01-12 13.00").unwrap();
    assert_eq!(second, ["1_giliran-8.kasubbag-2_akun_kasubbag"]);
}

#[test]
fn the_ladder_goes_up_with_the_working_time_used() {
    // Row 7, 10 Hari for STAF, from Monday 11 January 2027, 08.00: due on Monday 25 January, 08.00.
    let mut ledger = waiting();
    ledger.finish_open(1, moment("2027-01-11 08.00"));
    let table = [
        ("2027-01-11 08.00", None),
        ("2027-01-20 15.59", None),
        ("2027-01-21 07.59", None),
        ("2027-01-21 08.00", Some("awal_akun_staf")),
        ("2027-01-25 08.00", Some("awal_akun_staf")),
        ("2027-01-25 08.01", Some("jatuh-tempo_akun_kasubbag")),
        ("2027-01-26 07.59", Some("jatuh-tempo_akun_kasubbag")),
        ("2027-01-26 08.00", Some("lewat_akun_kabag")),
        ("2027-02-22 09.00", Some("lewat_akun_kabag")),
    ];
    for (when, expected) in table {
        let found = keys(&ledger, &rules(false, true), when).unwrap();
        let rung = found.iter().filter_map(|key| key.strip_prefix("1_baris-7-")).collect::<Vec<_>>();
        assert_eq!(rung.first().copied(), expected, "{when}");
        let off = keys(&ledger, &rules(false, false), when).unwrap();
        assert!(off.iter().all(|key| !key.contains("baris")), "off unless turned on");
    }
    let pause = Command::PauseRun { run: RUN, reason: "libur bersama".into() };
    ledger.act(&in_role("kasubbag"), pause, moment("2027-01-25 10.00")).unwrap();
    assert_eq!(keys(&ledger, &rules(false, true), "2027-01-26 08.00"), Ok(vec![]));
}

#[test]
fn the_ladder_ends_below_those_who_rarely_sign_in_and_counts_from_who_records() {
    let members = members();
    let told = |ledger: &Ledger, ladder: Ladder, when: &str| -> BTreeSet<String> {
        let rules = Rules { ladder, ..Rules::default() };
        let found = due(&ledger.office, &members, &rules, moment(when)).unwrap();
        let rows = found.into_iter().filter(|found| matches!(found.about, About::Row(..)));
        rows.map(|found| found.key().split('_').next_back().unwrap().to_owned()).collect()
    };
    let up = |up| Ladder { on: true, up: [Some(up); 3], ..Ladder::default() };
    let set = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<BTreeSet<_>>();
    // Row 3, 1 Hari for GUBERNUR, whose acts STAF records, long past due.
    let governor = at("3.gubernur");
    let late = "2026-12-16 09.00";
    assert_eq!(told(&governor, up(0), late), set(&["staf", "staf-lain"]));
    assert_eq!(told(&governor, up(1), late), set(&["kasubbag"]));
    assert_eq!(told(&governor, up(5), late), set(&["karo"]), "not the governor");
    // KARO is the highest who signs in.
    let karo = at("2.karo");
    assert_eq!((told(&karo, up(0), late), told(&karo, up(1), late)), (set(&["karo"]), set(&[])));
    let left_out = Ladder { up: [Some(1), Some(1), None], ..up(1) };
    assert_eq!(told(&karo, left_out, late), set(&[]));
}

#[test]
fn a_ladder_that_makes_no_sense_is_refused() {
    let good = Ladder::default();
    assert_eq!((good.on, good.fault()), (false, None));
    for bad in [
        Ladder { percent: 0, ..good.clone() },
        Ladder { percent: 100, ..good.clone() },
        Ladder { days_over: 0, ..good.clone() },
        Ladder { days_over: 21, ..good.clone() },
        Ladder { up: [None, Some(6), None], ..good.clone() },
    ] {
        assert!(bad.fault().is_some(), "{bad:?}");
    }
    assert_eq!(Rung::ALL.map(|rung| good.up(rung)), [Some(0), Some(1), Some(2)]);
}

#[test]
fn the_texts_say_who_until_when_and_nothing_secret() {
    let mut ledger = waiting();
    send(&mut ledger, "disdik", "2027-01-06 09.00");
    let now = moment("2027-01-07 10.47");
    let words =
        Words { office: &ledger.office, site: Some("https://alur.contoh.go.id"), practice: false, now };
    let agency = Reminder { run: RUN, about: About::Report(Step::One), to: To::Agency("dinkes".into()) };
    let mail = words.mail(&agency).unwrap();
    assert_eq!(mail.subject, "Pengingat: LKj tahun 2026 belum kami terima");
    assert!(mail.body.contains("paling lambat Jumat, 8 Januari 2027 (1 hari kerja lagi)"), "{}", mail.body);
    assert!(mail.body.contains("sebelum 11 Januari 2027") && mail.body.contains("Dinkes"), "{}", mail.body);
    let practice = Words { practice: true, ..words }.mail(&agency).unwrap();
    assert!(practice.subject.starts_with("[LATIHAN] ") && practice.body.contains("latihan"));
    let one = words.whatsapp(RUN, &"dinkes".into()).unwrap();
    assert!(one.contains("Dinkes") && one.contains("8 Januari 2027") && !one.contains('\n'), "{one}");
    let all = words.whatsapp_all(RUN).unwrap();
    assert!(all.contains("*1 dari 3 PD*") && all.contains("1. Bappeda\n2. Dinkes\n"), "{all}");
    assert!(!all.contains("Disdik"), "{all}");
    for (when, says) in [
        ("2027-01-08 09.00", "hari ini hari kerja terakhir"),
        ("2027-01-09 09.00", "segera, sebelum 11 Januari 2027"),
        ("2027-01-11 00.00", "sudah lewat"),
    ] {
        let later = Words { now: moment(when), ..words }.whatsapp_all(RUN).unwrap();
        assert!(later.contains(says), "{when}: {later}");
    }
    let turn = About::Turn("6.staf".to_owned().try_into().unwrap(), 1);
    let turn = Reminder { run: RUN, about: turn, to: To::Account("staf-lain".into()) };
    let mail = words.mail(&turn).unwrap();
    assert!(mail.body.contains("https://alur.contoh.go.id/pelaksanaan/1"), "{}", mail.body);
    assert!(!mail.subject.contains('\n'));
}

#[test]
fn who_stands_in_is_told_while_they_do_but_not_of_their_own_work() {
    let mut ledger = at("2.kabag");
    for (account, from, to) in
        [("staf-lain", "2026-12-08", "2026-12-08"), ("kasubbag", "2026-12-09", "2026-12-10")]
    {
        let (account, lane, kind) = (account.into(), "kabag".into(), ActingKind::Plh);
        let (from, to) = (from.parse().unwrap(), to.parse().unwrap());
        let name = Command::NameSubstitute { account, lane, kind, from, to };
        ledger.act(&admin(), name, moment("2026-12-07 12.00")).unwrap();
    }
    let told = |when: &str| {
        let mut found = due(&ledger.office, &members(), &rules(false, false), moment(when)).unwrap();
        assert!(found.iter().all(|it| worth(&ledger.office, &members(), it, moment(when)) == Worth::Yes));
        found.sort_by_key(Reminder::key);
        found.into_iter().map(|it| it.to).collect::<Vec<_>>()
    };
    let (own, other) = (To::Account("kabag".into()), To::Account("staf-lain".into()));
    assert_eq!(told("2026-12-07 15.00"), std::slice::from_ref(&own));
    assert_eq!(told("2026-12-08 09.00"), [own.clone(), other.clone()]);
    // KASUBBAG has passed this very work on: it is not theirs to decide in another's place.
    assert_eq!(told("2026-12-09 09.00"), [own]);
    let turn = About::Turn("2.kabag".to_owned().try_into().unwrap(), 1);
    let late = Reminder { run: RUN, about: turn, to: other };
    let gone = worth(&ledger.office, &members(), &late, moment("2026-12-09 09.00"));
    assert_eq!(gone, Worth::No("bukan perannya lagi"));
}

proptest! {
    #![proptest_config(cases(200))]

    /// Whatever happened: what is due has one key each, is the same when asked again, is worth
    /// sending, and has its words; nothing is due when nobody works.
    #[test]
    fn what_is_due_is_sound(steps in steps(60), later in 0..60_000i64) {
        let (ledger, now) = walk(&steps);
        let now = now + TimeDelta::minutes(later);
        let members = members();
        let all = ledger.office.runs.keys().copied().collect();
        let rules = Rules { automatic: all, ladder: Ladder { on: true, ..Ladder::default() } };
        match due(&ledger.office, &members, &rules, now) {
            Err(_) => prop_assert_ne!(ledger.office.calendar.is_working(now), Ok(true)),
            Ok(found) => {
                prop_assert_eq!(ledger.office.calendar.is_working(now), Ok(true));
                let keys: BTreeSet<_> = found.iter().map(Reminder::key).collect();
                prop_assert_eq!(keys.len(), found.len());
                let again = due(&ledger.office, &members, &rules, now);
                prop_assert_eq!(again.as_ref(), Ok(&found));
                let words = Words { office: &ledger.office, site: None, practice: false, now };
                for reminder in &found {
                    prop_assert_eq!(worth(&ledger.office, &members, reminder, now), Worth::Yes);
                    prop_assert!(words.mail(reminder).is_some());
                    let key = reminder.key();
                    let plain = |c: char| c.is_ascii_alphanumeric() || ".-_".contains(c);
                    prop_assert!(key.chars().all(plain), "{}", key);
                }
            }
        }
    }
}

#[test]
fn the_system_is_nobody_to_write_to() {
    let system = Actor::system().account;
    assert!(!members().contains_key(&system));
}
