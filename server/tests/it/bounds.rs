//! No agency fills the disk, and what nobody names goes.

use std::sync::Arc;

use axum::http::StatusCode;
use chrono::{DateTime, TimeDelta, Utc};
use desk::office::Desk;
use desk::report::Submissions;
use server::opening::Keeping;
use services::files::{Bounds, DiskOf, GIVEN_UP, GONE_AFTER, Limits, Politeness, Shelf, Space, Swept};
use services::store::Store;
use sha2::{Digest, Sha256};

use crate::harness::{House, PDF, PIECE, RUN, Sender, Visitor, other_pdf as pdf, piece, run, send_file};

const MB: u64 = 1 << 20;
/// A moment so long after this one.
fn after(time: TimeDelta) -> DateTime<Utc> {
    Utc::now() + time
}

async fn sweep(house: &House, at: DateTime<Utc>) -> Swept {
    house.opened.deps.shelf.sweep(at).await.unwrap()
}

fn sha256(bytes: &[u8]) -> String {
    format!("{:x}", Sha256::digest(bytes))
}

async fn remove(house: &House, sender: &Sender, sha256: &str) {
    let answer = sender.visitor.post(house, "/api/remove-file", &[("run", "1"), ("sha256", sha256)]).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
}

async fn read(house: &House, visitor: &Visitor, sha256: &str) -> StatusCode {
    visitor.get(house, &format!("/pd/berkas/1/{sha256}")).await.status
}

fn on_disk(house: &House, sha256: &str) -> bool {
    house.data().join("files").join(sha256).exists()
}

#[test]
fn of_sixty_uploads_begun_the_next_is_refused_in_a_sentence() {
    run(async || {
        let house = House::practice().await;
        let (one, other) = (Sender::at_work(&house).await, Sender::at_work(&house).await);
        for n in 0..60 {
            let begun = piece(&house, &one.visitor, &format!("u{n}"), 0, 20 << 20, b"%PDF".to_vec()).await;
            assert_eq!(begun.text(), "{\"so\":4}", "upload {n}");
        }
        let refused = piece(&house, &one.visitor, "u60", 0, 9, b"%PDF".to_vec()).await;
        assert_eq!(refused.status, StatusCode::PAYLOAD_TOO_LARGE);
        let sentence = refused.problem().to_string();
        assert!(sentence.starts_with("Sudah ada 60 unggahan Anda yang belum selesai."), "{sentence}");
        println!("upload 61 of one agency: {} {sentence}", refused.status);
        // A file in one go is an upload as well.
        let form = send_file(&house, &one.visitor, "/pd/kirim-berkas/1/lkj", "LKj.pdf", PDF).await;
        assert_eq!(form.status, StatusCode::PAYLOAD_TOO_LARGE, "{}", form.text());
        let more = piece(&house, &one.visitor, "u7", 4, 20 << 20, b"-1.7".to_vec()).await;
        assert_eq!(more.text(), "{\"so\":8}", "what was begun goes on");
        let unhindered = piece(&house, &other.visitor, "u0", 0, 9, b"%PDF".to_vec()).await;
        assert_eq!(unhindered.text(), "{\"so\":4}", "another agency is not concerned");
        // Whose they are is known after a restart, too.
        let (shelf, space) =
            (house.data().join("files"), Space::new(Arc::new(DiskOf(house.data().to_owned())), Some(0), 1));
        let bounds =
            Bounds { limits: Limits::default(), space, held: Vec::new(), politeness: Politeness::default() };
        let again = Shelf::open(shelf, Store::open("mem://").await.unwrap(), bounds).unwrap();
        assert_eq!(again.stock().unwrap().uploads, 61);
        assert_eq!(sweep(&house, after(GIVEN_UP)).await.uploads, 61);
        let begun = piece(&house, &one.visitor, "u60", 0, 9, b"%PDF".to_vec()).await;
        assert_eq!(begun.text(), "{\"so\":4}");
    });
}

#[test]
fn three_hundred_megabytes_that_were_given_up_are_gone_after_a_day() {
    run(async || {
        let house = House::practice().await;
        let sender = Sender::at_work(&house).await;
        let size = 20 << 20;
        for n in 0..15 {
            for from in (0..size).step_by(PIECE) {
                // The last piece lacks a byte.
                let bytes = vec![b'x'; PIECE - usize::from(from + PIECE == size)];
                let answer = piece(&house, &sender.visitor, &format!("u{n}"), from, size, bytes).await;
                assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
            }
        }
        let shelf = &house.opened.deps.shelf;
        let before = shelf.stock().unwrap();
        assert_eq!((before.uploads, before.begun), (15, 15 * (20 * MB - 1)));
        assert_eq!(sweep(&house, after(GIVEN_UP - TimeDelta::minutes(10))).await.uploads, 0);
        let swept = sweep(&house, after(GIVEN_UP)).await;
        println!(
            "given up: {} uploads, {} MB, gone {} hours after their last piece",
            swept.uploads,
            swept.upload_bytes / MB,
            GIVEN_UP.num_hours()
        );
        assert_eq!((swept.uploads, swept.upload_bytes), (15, before.begun));
        assert_eq!((shelf.stock().unwrap().uploads, shelf.stock().unwrap().begun), (0, 0));
        let left = house.data().join("files").read_dir().unwrap();
        assert!(left.map(|entry| entry.unwrap().path()).all(|path| path.extension().is_none()));
    });
}

#[test]
fn what_is_taken_out_again_and_replaced_counts_until_it_is_gone() {
    run(async || {
        let mut keeping = Keeping { reserve: Some(0), ..Keeping::default() };
        keeping.limits.each.bytes = 4 * MB;
        let house = House::bounded(keeping, None).await;
        let (one, other) = (Sender::at_work(&house).await, Sender::at_work(&house).await);
        let shared = pdf(&"s".repeat(1 << 20));
        for sender in [&one, &other] {
            sender.upload(&house, "LKj.pdf", &shared).await;
        }
        for n in 0..2 {
            let annex = pdf(&format!("{n}{}", "x".repeat(1 << 20)));
            let answer =
                send_file(&house, &one.visitor, "/pd/kirim-berkas/1/lampiran", "a.pdf", &annex).await;
            assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
            remove(&house, &one, &sha256(&annex)).await;
        }
        let refused =
            send_file(&house, &one.visitor, "/pd/kirim-berkas/1/lkj", "LKj.pdf", &pdf(&"n".repeat(1 << 20)))
                .await;
        assert_eq!(refused.status, StatusCode::PAYLOAD_TOO_LARGE, "{}", refused.text());
        let sentence = refused.problem().to_string();
        assert!(sentence.starts_with("Ruang unggah Anda penuh: paling banyak 4 MB"), "{sentence}");
        let annex = pdf(&"y".repeat(1 << 20));
        let answer = send_file(&house, &other.visitor, "/pd/kirim-berkas/1/lampiran", "a.pdf", &annex).await;
        assert_eq!(answer.status, StatusCode::OK, "the shared bytes count once for each: {}", answer.text());
        // What is sent is the log's and counts no longer.
        one.submit(&house).await;
        sweep(&house, Utc::now()).await;
        let unsent = house.opened.deps.shelf.stock().unwrap().unsent;
        // What the log names counts for nobody, not for the other who has brought the same either.
        assert!((3 * MB..4 * MB).contains(&unsent), "two taken out, one in a draft: {unsent}");
        sweep(&house, after(GONE_AFTER)).await;
        let unsent = house.opened.deps.shelf.stock().unwrap().unsent;
        assert!((MB..2 * MB).contains(&unsent), "what is in the other's draft: {unsent}");
    });
}

#[test]
fn a_file_that_was_taken_out_is_nobodys_at_once_and_gone_within_the_stated_time() {
    run(async || {
        let house = House::practice().await;
        let staff = house.signed_in("staf").await;
        let (one, other) = (Sender::at_work(&house).await, Sender::at_work(&house).await);
        let [taken, replaced, shared, sent] = ["taken", "replaced", "shared", "sent"].map(pdf);
        let [taken_hash, replaced_hash, shared_hash, sent_hash] =
            [&taken, &replaced, &shared, &sent].map(|bytes| sha256(bytes));
        for bytes in [&taken, &shared] {
            let answer = send_file(&house, &one.visitor, "/pd/kirim-berkas/1/lampiran", "a.pdf", bytes).await;
            assert_eq!(answer.status, StatusCode::OK);
        }
        one.upload(&house, "LKj.pdf", &replaced).await;
        one.upload(&house, "LKj.pdf", &sent).await;
        other.upload(&house, "LKj.pdf", &shared).await;
        assert_eq!(read(&house, &one.visitor, &taken_hash).await, StatusCode::OK);
        let of_staff = async |sha256: &str| staff.get(&house, &format!("/berkas/{sha256}")).await.status;
        assert_eq!(of_staff(&taken_hash).await, StatusCode::NOT_FOUND, "it was not sent");
        remove(&house, &one, &taken_hash).await;
        remove(&house, &one, &shared_hash).await;
        for hash in [&taken_hash, &replaced_hash, &shared_hash] {
            assert_eq!(read(&house, &one.visitor, hash).await, StatusCode::NOT_FOUND, "at once");
            assert_eq!(of_staff(hash).await, StatusCode::NOT_FOUND);
        }
        assert_eq!(read(&house, &other.visitor, &shared_hash).await, StatusCode::OK);
        one.submit(&house).await;
        assert_eq!(of_staff(&sent_hash).await, StatusCode::OK);

        assert_eq!(sweep(&house, Utc::now()).await, Swept::default());
        assert_eq!(sweep(&house, after(TimeDelta::days(27))).await, Swept::default());
        assert!(on_disk(&house, &taken_hash));
        let forgotten = sweep(&house, after(TimeDelta::days(28))).await;
        assert_eq!(
            (forgotten.forgotten, forgotten.removed),
            (2, 0),
            "a backup may just be reading the bytes"
        );
        assert_eq!(house.opened.deps.store.file(&taken_hash).await.unwrap(), None);
        let removed = sweep(&house, after(TimeDelta::days(29))).await;
        assert_eq!((removed.forgotten, removed.removed), (0, 2));
        for hash in [&taken_hash, &replaced_hash] {
            assert!(!on_disk(&house, hash), "gone before {} days", GONE_AFTER.num_days());
        }
        sweep(&house, after(TimeDelta::days(400))).await;
        assert_eq!(
            read(&house, &other.visitor, &shared_hash).await,
            StatusCode::OK,
            "the draft of the other names it"
        );
        assert_eq!(read(&house, &one.visitor, &sent_hash).await, StatusCode::OK, "the log names it");
        assert_eq!(of_staff(&sent_hash).await, StatusCode::OK);
        let office = house.opened.office.office();
        let content = &office.runs[&RUN].reports[&one.code].last().unwrap().digest.content;
        assert!(on_disk(&house, content), "and its document");
    });
}

#[test]
fn what_is_brought_again_while_it_is_taken_away_stays() {
    run(async || {
        let house = House::practice().await;
        let sender = Sender::at_work(&house).await;
        let bytes = pdf("lagi");
        let hash = sha256(&bytes);
        for _ in 0..25 {
            sender.upload(&house, "LKj.pdf", &bytes).await;
            remove(&house, &sender, &hash).await;
            sweep(&house, Utc::now()).await;
            // It is time for it to go just as it comes again.
            let (_, _) = tokio::join!(
                sweep(&house, after(TimeDelta::days(29))),
                sender.upload(&house, "LKj.pdf", &bytes)
            );
            sweep(&house, after(TimeDelta::days(60))).await;
            assert_eq!(read(&house, &sender.visitor, &hash).await, StatusCode::OK);
            let report = house.opened.deps.reports.draft(RUN, sender.code.clone()).await.unwrap().report;
            assert_eq!(report.map(|file| file.sha256), Some(hash.clone()));
        }
    });
}

#[test]
fn files_from_before_there_were_holdings_stay_as_long_as_others() {
    run(async || {
        let house = House::practice().await;
        let sender = Sender::at_work(&house).await;
        let (drafted, loose) = (pdf("dalam draf"), pdf("lepas"));
        let (drafted_hash, loose_hash) = (sha256(&drafted), sha256(&loose));
        sender.upload(&house, "LKj.pdf", &loose).await;
        sender.upload(&house, "LKj.pdf", &drafted).await;
        let store = &house.opened.deps.store;
        for holding in store.holdings().await.unwrap() {
            store.forget_holding(&holding.holder, &holding.sha256).await.unwrap();
        }
        sweep(&house, Utc::now()).await;
        sweep(&house, after(TimeDelta::days(27))).await;
        assert!(on_disk(&house, &loose_hash), "its time begins when it is found");
        sweep(&house, after(TimeDelta::days(28))).await;
        sweep(&house, after(TimeDelta::days(29))).await;
        assert!(!on_disk(&house, &loose_hash) && on_disk(&house, &drafted_hash));
    });
}
