//! What was acknowledged is there after a restart, and nothing else.

use std::sync::Arc;

use chrono::TimeDelta;
use desk::office::Desk;
use domain::id::CommandId;
use futures::future::join_all;

use crate::harness::{Clerk, TestOffice, finish, now, run, take_back};

#[test]
fn the_office_is_the_same_after_a_restart() {
    run(async || {
        let test = TestOffice::founded().await;
        let clerks: Vec<_> = (0..8).map(|n| Clerk::staff(&format!("staf-{n}"))).collect();
        for _ in 0..50 {
            let tries = clerks.iter().map(|clerk| async {
                if clerk.submit(&test.office, finish("2.staf", 1)).await.is_ok() {
                    clerk.submit(&test.office, take_back("2.staf", 1)).await.unwrap();
                }
            });
            join_all(tries).await;
        }
        let before = test.state();
        assert!(before.seq > 100);
        let test = TestOffice::open(test.close().await).await.unwrap();
        assert_eq!(test.state(), before);
        // And it goes on from there.
        let accepted = clerks[0].submit(&test.office, finish("2.staf", 1)).await.unwrap();
        assert_eq!(accepted.first, before.seq + 1);
    });
}

#[test]
fn a_stopped_office_answers_what_it_took_and_takes_no_more() {
    run(async || {
        let test = TestOffice::founded().await;
        let waiting: Vec<_> = (0..32)
            .map(|n| {
                let (office, clerk) = (Arc::clone(&test.office), Clerk::staff(&format!("staf-{n}")));
                tokio::spawn(async move { clerk.submit(&office, finish("2.staf", 1)).await })
            })
            .collect();
        test.office.stop().await;
        let answers = join_all(waiting).await;
        let accepted = answers.iter().filter(|answer| matches!(answer, Ok(Ok(_)))).count();
        assert!(accepted <= 1);
        assert_eq!(test.state().seq, 3 + accepted as u64);
        let late = Clerk::staff("staf").submit(&test.office, finish("2.staf", 1)).await;
        assert_eq!(late, Err(desk::problem::Problem::Unwell));
    });
}

#[test]
fn records_never_go_back_in_time() {
    run(async || {
        let test = TestOffice::founded().await;
        let clerk = Clerk::staff("staf");
        let id = |text: &str| CommandId::from(text);
        let later = now() + TimeDelta::hours(3);
        let earlier = now() - TimeDelta::days(3);
        test.office.submit_at(clerk.0.clone(), id("a"), finish("2.staf", 1), later).await.unwrap();
        test.office.submit_at(Clerk::head().0, id("b"), finish("2.kepala", 1), earlier).await.unwrap();
        clerk.submit(&test.office, finish("3.staf", 1)).await.unwrap();
        let office = test.office.office();
        let (run, _) = office.run(domain::id::RunId(1)).unwrap();
        let times: Vec<_> = run.history.iter().map(|record| record.at).collect();
        assert_eq!(times, [now(), now(), later, later, later]);
    });
}
