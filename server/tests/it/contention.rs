//! Many hands on one cell, one command many times, two servers on one database.

use std::collections::BTreeSet;
use std::sync::Arc;

use desk::office::{Accepted, Desk};
use desk::problem::Problem;
use domain::id::RunId;
use domain::office::{Command, Refusal};
use futures::future::join_all;
use services::office::OfficeService;
use services::store::verify;

use crate::harness::{Clerk, TestOffice, finish, return_cell, run, take_back};

#[test]
fn of_64_who_finish_the_same_cell_one_wins_in_each_of_1000_rounds() {
    run(async || {
        let test = TestOffice::founded().await;
        let clerks: Vec<_> = (0..64).map(|n| Clerk::staff(&format!("staf-{n}"))).collect();
        for _ in 0..1000 {
            let before = test.state().seq;
            let tries = clerks.iter().map(|clerk| {
                let (office, clerk) = (Arc::clone(&test.office), clerk.clone());
                tokio::spawn(async move { clerk.submit(&office, finish("2.staf", 1)).await })
            });
            let answers: Vec<_> = join_all(tries).await.into_iter().map(Result::unwrap).collect();
            let winners: Vec<_> = answers.iter().zip(&clerks).filter(|(answer, _)| answer.is_ok()).collect();
            assert_eq!(winners.len(), 1);
            for refused in answers.iter().filter_map(|answer| answer.as_ref().err()) {
                let Problem::Refused { refusal: Refusal::NotItsTurn { done_at, .. }, seq } = refused else {
                    panic!("{refused:?}")
                };
                assert!(done_at.is_some());
                assert_eq!(*seq, before + 1);
            }
            let (_, winner) = winners[0];
            winner.submit(&test.office, take_back("2.staf", 1)).await.unwrap();
        }
        assert_eq!(verify(&test.store).await.unwrap().records, test.state().seq);
        assert_eq!(test.state().seq, 3 + 2 * 1000);
    });
}

#[test]
fn the_same_command_1000_times_has_one_effect_and_one_answer() {
    run(async || {
        let test = TestOffice::founded().await;
        let clerk = Clerk::staff("staf");
        let first = clerk.submit_as(&test.office, "sekali", finish("2.staf", 1)).await.unwrap();
        let tries = (0..1000).map(|n| {
            let (office, clerk) = (Arc::clone(&test.office), clerk.clone());
            // Every other one under a new id: those are refused.
            let id = if n % 2 == 0 { "sekali".to_owned() } else { format!("lagi-{n}") };
            tokio::spawn(async move { (n, clerk.submit_as(&office, &id, finish("2.staf", 1)).await) })
        });
        for answer in join_all(tries).await {
            match answer.unwrap() {
                (n, Ok(accepted)) => assert!(n % 2 == 0 && accepted == first),
                (n, Err(problem)) => assert!(n % 2 == 1 && matches!(problem, Problem::Refused { .. })),
            }
        }
        assert_eq!(test.state().seq, first.last);

        // Together in one batch, and never answered before.
        let tries = (0..1000).map(|_| {
            let (office, head) = (Arc::clone(&test.office), Clerk::head());
            tokio::spawn(async move { head.submit_as(&office, "bersama", return_cell("2.kepala", 1)).await })
        });
        let answers: Vec<_> =
            join_all(tries).await.into_iter().map(|answer| answer.unwrap().unwrap()).collect();
        assert!(answers.iter().all(|answer| *answer == answers[0]));
        assert_eq!(test.state().seq, answers[0].last);

        // The id belongs to who used it first, and it has to look like one.
        let other = Clerk::staff("lain").submit_as(&test.office, "sekali", finish("2.staf", 2)).await;
        assert!(matches!(other, Err(Problem::Invalid { .. })));
        let long = "x".repeat(65);
        for bad in ["", "a b", "é", long.as_str()] {
            let answer = clerk.submit_as(&test.office, bad, finish("2.staf", 2)).await;
            assert!(matches!(answer, Err(Problem::Invalid { .. })), "{bad:?}");
        }
        assert_eq!(test.state().seq, answers[0].last);
    });
}

#[test]
fn a_command_is_known_after_a_restart() {
    run(async || {
        let test = TestOffice::founded().await;
        let clerk = Clerk::staff("staf");
        let first = clerk.submit_as(&test.office, "sekali", finish("2.staf", 1)).await.unwrap();
        let test = TestOffice::open(test.close().await).await.unwrap();
        assert_eq!(clerk.submit_as(&test.office, "sekali", finish("2.staf", 1)).await.unwrap(), first);
        assert_eq!(test.state().seq, first.last);
    });
}

#[test]
fn two_servers_on_one_database_write_one_log() {
    run(async || {
        let test = TestOffice::founded().await;
        let [one, two] = [test.other_server().await, test.other_server().await];
        let accepted =
            join_all([pause_and_resume(&one, "satu"), pause_and_resume(&two, "dua")]).await.concat();
        let places: BTreeSet<_> = accepted.iter().map(|answer| answer.first).collect();
        assert_eq!(places.len(), accepted.len(), "one place was promised twice");
        let last = 3 + accepted.len() as u64;
        assert_eq!(verify(&test.store).await.unwrap().records, last);

        while one.office().seq < last || two.office().seq < last {
            tokio::task::yield_now().await;
        }
        assert_eq!(one.office(), two.office());

        // Nobody is refused on the ground of an old state: the other one finished the cell.
        Clerk::staff("satu").submit_as(&one, "sekali", finish("2.staf", 1)).await.unwrap();
        Clerk::head().submit(&two, return_cell("2.kepala", 1)).await.unwrap();
        Clerk::staff("satu").submit(&one, finish("2.staf", 2)).await.unwrap();
        // And a command that went to one server is known to the other.
        let again = Clerk::staff("satu").submit_as(&two, "sekali", finish("2.staf", 1)).await.unwrap();
        assert_eq!(again.first, last + 1);
        join_all([one.stop(), two.stop()]).await;
    });
}

/// Pauses and resumes the run in turn, and says what was accepted.
async fn pause_and_resume(office: &OfficeService, name: &str) -> Vec<Accepted> {
    let (clerk, run) = (Clerk::staff(name), RunId(1));
    let mut accepted = Vec::new();
    for n in 0..200 {
        let pause = Command::PauseRun { run, reason: "uji".to_owned() };
        let command = if n % 2 == 0 { pause } else { Command::ResumeRun { run } };
        match clerk.submit(office, command).await {
            Ok(answer) => accepted.push(answer),
            Err(Problem::Refused { refusal: Refusal::Paused | Refusal::NotPaused, .. }) => {}
            Err(problem) => panic!("{problem:?}"),
        }
    }
    // Whoever comes last leaves the run going: paused and not resumed by the other.
    match clerk.submit(office, Command::ResumeRun { run }).await {
        Ok(answer) => accepted.push(answer),
        Err(problem) => assert!(matches!(problem, Problem::Refused { refusal: Refusal::NotPaused, .. })),
    }
    accepted
}
