//! The live stream: what came after SEQ, then what happens, without a gap and nothing twice.

use std::sync::Arc;
use std::time::{Duration, Instant};

use desk::live::Message;
use domain::office::Office;
use futures::future::join_all;
use tokio::sync::watch;

use crate::harness::{Clerk, LiveServer, TestOffice, finish, run, signed_in, take_back};

/// An office that is served to one session, and the end of that session.
async fn served() -> (TestOffice, LiveServer, watch::Sender<bool>) {
    let test = TestOffice::founded().await;
    let (end, session) = watch::channel(false);
    let server = LiveServer::start(&test.hub, signed_in(session)).await;
    (test, server, end)
}

/// Commits this many records, one by one.
async fn work(test: &TestOffice, records: u64) {
    let clerk = Clerk::staff("staf");
    for n in 0..records {
        let command = if n % 2 == 0 { finish("2.staf", 1) } else { take_back("2.staf", 1) };
        clerk.submit(&test.office, command).await.unwrap();
    }
}

#[test]
fn a_page_gets_what_it_missed_then_a_beat_then_what_happens() {
    run(async || {
        let (test, server, _session) = served().await;
        let mut page = server.page(1).await;
        let Message::Events { records } = page.next().await.unwrap() else { panic!("events come first") };
        assert_eq!(records.iter().map(|record| record.seq).collect::<Vec<_>>(), [2, 3]);
        let Message::Beat { seq, build, .. } = page.next().await.unwrap() else { panic!("then a beat") };
        assert_eq!((seq, build.as_str()), (3, "uji"));
        work(&test, 1).await;
        let Message::Events { records } = page.next().await.unwrap() else { panic!("then what happens") };
        assert_eq!(records[0].seq, 4);
        test.hub.beat();
        assert!(matches!(page.next().await.unwrap(), Message::Beat { seq: 4, .. }));
        // Who is up to date gets the beat at once.
        assert!(matches!(server.page(4).await.next().await.unwrap(), Message::Beat { seq: 4, .. }));
    });
}

#[test]
fn pages_that_come_and_go_while_work_is_done_miss_nothing() {
    run(async || {
        let (test, server, _session) = served().await;
        let server = Arc::new(server);
        let last = test.state().seq + 400;
        let pages = (0..16).map(|n| {
            let server = Arc::clone(&server);
            tokio::spawn(async move {
                let mut office = Office::default();
                // Comes back after a different number of records each time.
                while office.seq < last {
                    let until = (office.seq + 7 * (n + 1)).min(last);
                    server.page(office.seq).await.follow(&mut office, until).await;
                }
                office
            })
        });
        let pages: Vec<_> = pages.collect();
        work(&test, 400).await;
        // Pages hear of a record before its command is answered, so they are compared at the end.
        for page in join_all(pages).await {
            assert!(page.unwrap() == *test.state());
        }
    });
}

#[test]
fn who_is_ahead_or_too_far_behind_starts_anew() {
    run(async || {
        let (test, server, _session) = served().await;
        for after in [4, u64::MAX] {
            let mut ahead = server.page(after).await;
            assert_eq!(ahead.next().await, Ok(Message::Resync { seq: 3 }));
            assert_eq!(ahead.next().await, Err(4409));
        }
        work(&test, 1000).await;
        assert_eq!(server.page(2).await.next().await, Ok(Message::Resync { seq: 1003 }));
        let mut office = Office { seq: 3, ..Office::default() };
        server.page(3).await.follow(&mut office, 1003).await;
        assert_eq!(server.poll("after=2").await, Ok(Message::Resync { seq: 1003 }));
    });
}

#[test]
fn a_page_that_does_not_read_is_told_to_start_anew_and_slows_nobody() {
    run(async || {
        let (test, server, _session) = served().await;
        let mut slow = server.page(3).await;
        let mut quick = server.page(3).await;
        let begin = Instant::now();
        let reading = tokio::spawn(async move {
            let mut office = Office { seq: 3, ..Office::default() };
            quick.follow(&mut office, 1803).await;
        });
        work(&test, 1800).await;
        reading.await.unwrap();
        // Had the writer waited for the slow page, it would have waited its patience of 30 s.
        assert!(begin.elapsed() < Duration::from_secs(25), "{:?}", begin.elapsed());
        let told = loop {
            match slow.next().await.unwrap() {
                Message::Resync { seq } => break seq,
                Message::Events { .. } | Message::Beat { .. } | Message::Call { .. } => {}
            }
        };
        assert_eq!(told, 1803);
        assert_eq!(slow.next().await, Err(4409));
    });
}

#[test]
fn only_who_is_signed_in_and_comes_from_our_pages_is_let_in() {
    run(async || {
        let (test, server, _session) = served().await;
        let nobody = LiveServer::start(&test.hub, |router| router).await;
        assert_eq!(nobody.try_page("after=0", &[]).await.err(), Some(401));
        assert_eq!(nobody.poll("after=0").await, Err(401));
        for origin in ["http://evil.example", "null"] {
            assert_eq!(server.try_page("after=0", &[("origin", origin)]).await.err(), Some(403));
        }
        let ours = format!("http://{}", server.address);
        assert!(server.try_page("after=0", &[("origin", &ours)]).await.is_ok());
        let cross = [("origin", ours.as_str()), ("sec-fetch-site", "cross-site")];
        assert_eq!(server.try_page("after=0", &cross).await.err(), Some(403));
        for query in ["", "after=", "after=-1", "after=x", "after=99999999999999999999"] {
            assert_eq!(server.try_page(query, &[]).await.err(), Some(400), "{query}");
            assert_eq!(server.poll(query).await, Err(400), "{query}");
        }
        let plain = reqwest::get(format!("http://{}/live?after=0", server.address)).await.unwrap();
        assert_eq!(plain.status(), 400);
    });
}

#[test]
fn a_session_that_ends_takes_its_pages_with_it() {
    run(async || {
        let (_test, server, session) = served().await;
        let mut page = server.page(3).await;
        assert!(matches!(page.next().await, Ok(Message::Beat { .. })));
        let server = Arc::new(server);
        let waiting = tokio::spawn({
            let server = Arc::clone(&server);
            async move { server.poll("after=3").await }
        });
        session.send(true).unwrap();
        assert_eq!(page.next().await, Err(4401));
        assert_eq!(waiting.await.unwrap(), Err(401));
        drop(session);
        let mut late = server.page(3).await;
        assert!(matches!(late.next().await, Ok(Message::Beat { .. }) | Err(4401)));
    });
}

#[test]
fn the_long_poll_says_the_same_as_the_socket() {
    run(async || {
        let (test, server, _session) = served().await;
        let missed = server.poll("after=1&wait=20").await.unwrap();
        assert_eq!(missed, server.page(1).await.next().await.unwrap());
        assert!(matches!(server.poll("after=3&wait=0").await, Ok(Message::Beat { seq: 3, .. })));
        let (server, hub) = (Arc::new(server), Arc::clone(&test.hub));
        let connected = hub.connections();
        let waiting = tokio::spawn(async move { server.poll("after=3&wait=25").await });
        while hub.connections() == connected {
            tokio::task::yield_now().await;
        }
        work(&test, 1).await;
        let Ok(Message::Events { records }) = waiting.await.unwrap() else { panic!("events") };
        assert_eq!(records[0].seq, 4);
    });
}

#[test]
fn a_server_that_stops_says_so() {
    run(async || {
        let (test, server, _session) = served().await;
        let mut page = server.page(3).await;
        assert!(matches!(page.next().await, Ok(Message::Beat { .. })));
        test.hub.close();
        assert_eq!(page.next().await, Err(1012));
        assert_eq!(server.page(3).await.next().await, Err(1012));
        assert_eq!(server.poll("after=3&wait=20").await, Err(503));
    });
}
