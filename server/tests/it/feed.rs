//! Due dates as a calendar, under a secret address: read by another library, moved, made void.

use std::io::Write;
use std::process::Stdio;

use axum::http::StatusCode;
use desk::reminder::Feeds;
use serde::Deserialize;

use crate::harness::{Answer, House, Visitor, python, run};

#[derive(Debug, Deserialize)]
struct Facts {
    name: String,
    events: Vec<Event>,
}

#[derive(Debug, Deserialize)]
struct Event {
    uid: String,
    sequence: u64,
    stamp: String,
    due: String,
    summary: String,
    description: String,
    status: String,
}

/// What the Python library `icalendar` reads.
#[track_caller]
fn facts(answer: &Answer) -> Facts {
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    assert_eq!(answer.header("content-type"), "text/calendar; charset=utf-8");
    assert_eq!((answer.header("cache-control"), answer.header("x-robots-tag")), ("no-store", "noindex"));
    let mut child = python("calendar_facts.py").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(&answer.body).unwrap();
    let read = child.wait_with_output().unwrap();
    assert!(read.status.success(), "{}", answer.text());
    serde_json::from_slice(&read.stdout).unwrap()
}

/// A fresh address, as a path.
async fn make(house: &House, who: &Visitor, account: &str) -> String {
    let slip: String = who.post(house, "/api/make-feed", &[]).await.json();
    let feeds = &house.opened.deps.feeds;
    let url = feeds.slip(&slip, &account.into(), "https://alur.uji").unwrap();
    assert_eq!(feeds.slip(&slip, &account.into(), ""), None, "it is shown once");
    url.strip_prefix("https://alur.uji").unwrap().to_owned()
}

#[test]
fn another_library_reads_the_due_dates_and_sees_them_move() {
    run(async || {
        let house = House::practice().await;
        let staff = house.signed_in("staf").await;
        let path = make(&house, &staff, "staf").await;
        // A program has no session.
        let program = Visitor::default();
        let before = facts(&program.get(&house, &path).await);
        assert_eq!(before.name, "Alur: jatuh tempo");
        let row = |facts: &Facts, row: &str| {
            let end = format!("-{row}@alur");
            let event = facts.events.iter().find(|event| event.uid.ends_with(&end)).unwrap();
            (event.uid.clone(), event.sequence, event.due.clone(), event.status.clone())
        };
        // "Sebelum 11 Januari", in WIB.
        let (uid, sequence, due, status) = row(&before, "6");
        assert_eq!((due.as_str(), status.as_str()), ("2027-01-10 23.59.59", "CONFIRMED"));
        assert!(before.events.iter().any(|event| event.summary.starts_with("Selesai: ")));
        assert!(before.events.iter().all(|event| event.stamp.ends_with("+00:00")));
        for person in ["Rina", "Hendra", "staf@"] {
            let named = |event: &&Event| event.summary.contains(person) || event.description.contains(person);
            assert!(before.events.iter().find(named).is_none(), "it names nobody");
        }
        let again = program.get(&house, &path).await;
        assert_eq!(again.body, program.get(&house, &path).await.body, "the same log, the same bytes");

        let kasubbag = house.signed_in("kasubbag").await;
        let pause = [("run", "1"), ("command_id", "jeda-1"), ("alasan", "rahasia")];
        assert_eq!(kasubbag.post(&house, "/api/pause-run", &pause).await.status, StatusCode::OK);
        let paused = facts(&program.get(&house, &path).await);
        let (same, grown, _, status) = row(&paused, "6");
        assert_eq!((same, status.as_str()), (uid.clone(), "TENTATIVE"));
        assert!(grown > sequence);
        let karo = house.signed_in("karo").await;
        let cancel = [("run", "1"), ("command_id", "batal-1"), ("alasan", "rahasia")];
        assert_eq!(karo.post(&house, "/api/cancel-run", &cancel).await.status, StatusCode::OK);
        let answer = program.get(&house, &path).await;
        assert!(!answer.text().contains("rahasia"));
        let (same, last, _, status) = row(&facts(&answer), "6");
        assert_eq!((same, status.as_str()), (uid, "CANCELLED"));
        assert!(last > grown);
    });
}

#[test]
fn an_address_is_void_when_it_is_replaced_revoked_or_its_account_is_closed() {
    run(async || {
        let house = House::practice().await;
        let staff = house.signed_in("staf").await;
        let program = Visitor::default();
        let first = make(&house, &staff, "staf").await;
        let second = make(&house, &staff, "staf").await;
        let void = async |path: &str| {
            let answer = program.get(&house, path).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
            assert!(answer.text().contains("tidak berlaku lagi"), "{}", answer.text());
        };
        void(&first).await;
        void("/kalender/x.ics").await;
        void("/kalender/%FF.ics").await;
        void(second.strip_suffix(".ics").unwrap()).await;
        assert_eq!(program.get(&house, &second).await.status, StatusCode::OK);
        assert_eq!(staff.post(&house, "/api/revoke-feed", &[]).await.status, StatusCode::OK);
        void(&second).await;

        let karo = house.signed_in("karo").await;
        let third = make(&house, &karo, "karo").await;
        assert_eq!(program.get(&house, &third).await.status, StatusCode::OK);
        let admin = house.signed_in("admin").await;
        let closed = [("akun", "karo"), ("nama", "Zulkifli"), ("lajur[karo]", "ya")];
        assert_eq!(admin.post(&house, "/api/change-account", &closed).await.status, StatusCode::OK);
        void(&third).await;
    });
}

#[test]
fn guessing_is_slowed_down_and_a_program_that_comes_often_is_not() {
    run(async || {
        let house = House::practice().await;
        let staff = house.signed_in("staf").await;
        let (path, program) = (make(&house, &staff, "staf").await, Visitor::default());
        for _ in 0..20 {
            assert_eq!(program.get(&house, &path).await.status, StatusCode::OK);
        }
        let mut slowed = false;
        for n in 0..200 {
            let status = program.get(&house, &format!("/kalender/{n}.ics")).await.status;
            slowed |= status == StatusCode::TOO_MANY_REQUESTS;
        }
        assert!(slowed);
    });
}
