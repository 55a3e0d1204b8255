//! What cannot be read is never taken for nothing: it is named, and it stays.

use axum::http::StatusCode;
use desk::problem::Problem;
use desk::reminder::Mailing;
use desk::report::{Draft, Submissions};
use domain::reminder::{About, Ladder, Reminder, Step, To};
use server::cli::verify::verify;
use server::opening::OpeningError;
use services::backup::write;

use crate::harness::{House, RUN, Sender, now, row, run};

/// What a check of everything says to the office.
async fn checked(house: &House) -> String {
    match verify(&house.opened.deps.store, house.data(), false).await {
        Ok(said) => said,
        Err(failure) => failure.to_string(),
    }
}

/// What a backup that is made now holds.
async fn backed_up(house: &House) -> String {
    let path = house.data().join("arsip.tar");
    let file = std::fs::File::create(&path).unwrap();
    let made = write(&house.opened.deps.store, house.data(), file, now()).await;
    made.unwrap();
    String::from_utf8_lossy(&std::fs::read(path).unwrap()).into_owned()
}

#[test]
fn an_unreadable_draft_is_named_and_never_written_over() {
    run(async || {
        let house = House::on_disk().await;
        let sender = Sender::fresh(&house).await;
        sender.save(&house, vec![row("Indikator A", "80", "84,5")]).await;
        let (code, year) = (sender.code.clone(), house.opened.deps.desk.office().runs[&RUN].data_year);
        let spoil = format!("UPDATE draft SET body = '{{\"rows\": 7' WHERE agency = '{code}'");
        let house = house.tampered(&spoil).await.unwrap();
        let reports = &house.opened.deps.reports;
        let name = format!("draft:1:{code}");

        let what = format!("Draf LKj ini ({name})");
        let problem = Problem::Unreadable { what };
        assert_eq!(reports.draft(RUN, code.clone()).await, Err(problem.clone()));
        let page = sender.visitor.get(&house, &format!("/pd/lkj/{year}")).await.text();
        assert!(page.contains("tidak dapat dibaca") && page.contains(&name), "{page}");
        let saved = reports.save_rows(RUN, code.clone(), 0.into(), vec![row("Baru", "1", "1")]).await;
        assert_eq!(saved, Err(problem.clone()));
        let fields = [("run", "1"), ("command_id", "kirim-rusak"), ("alasan", "")];
        let sent = sender.visitor.post(&house, "/api/send-report", &fields).await;
        assert_eq!((sent.status, sent.problem()), (StatusCode::INTERNAL_SERVER_ERROR, problem));
        // The office sees that there is one, and not how far it is.
        let briefs = reports.drafts(RUN).await.unwrap();
        assert_eq!(briefs.iter().find(|brief| brief.agency == code).unwrap().have, None);
        assert!(checked(&house).await.contains(&name), "{}", checked(&house).await);

        // It is still there: whoever can mend it has it back.
        let empty = serde_json::to_string(&Draft::default()).unwrap();
        let mend =
            format!("UPDATE draft SET body = '{empty}' WHERE agency = '{code}' AND body = '{{\"rows\": 7'");
        let house = house.tampered(&mend).await.unwrap();
        assert!(house.opened.deps.reports.draft(RUN, code).await.is_ok());
        assert!(checked(&house).await.starts_with("Utuh: "), "{}", checked(&house).await);
    });
}

#[test]
fn an_unreadable_ladder_is_not_set_back() {
    run(async || {
        let house = House::on_disk().await;
        let spoil = "UPSERT ladder:1 SET body = 'bukan tangga', by = 'admin', at = 0";
        let house = house.tampered(spoil).await.unwrap();
        let mailroom = &house.opened.deps.mailroom;
        let problem = Problem::Unreadable { what: "Pengaturan pengingat (ladder:1)".to_owned() };
        assert_eq!(mailroom.rules(), Err(problem.clone()));
        assert_eq!(mailroom.set_ladder(Ladder::default(), "admin".into()).await, Err(problem.clone()));
        assert_eq!(mailroom.set_automatic(RUN, true, "admin".into()).await, Err(problem));
        let admin = house.signed_in("admin").await;
        let page = admin.get(&house, "/kelola/pengingat").await.text();
        assert!(page.contains("tidak dapat dibaca") && page.contains("ladder:1"), "{page}");
        assert!(checked(&house).await.contains("ladder:1"), "{}", checked(&house).await);
    });
}

#[test]
fn an_unreadable_letter_is_not_dropped() {
    run(async || {
        let house = House::on_disk().await;
        let to = To::Agency("dinkes".into());
        let reminder = Reminder { run: RUN, about: About::Report(Step::One), to };
        assert!(house.opened.deps.store.enqueue(&reminder, None, now()).await.unwrap());
        let house = house.tampered("UPDATE outbox SET state = 'entah'").await.unwrap();
        let name = format!("outbox:{}", reminder.key());
        let said = house.opened.deps.mailroom.letters(RUN).await.unwrap_err().to_string();
        assert!(said.contains(&name), "{said}");
        assert!(checked(&house).await.contains(&name));
        // An archive without it would say that it was never said. It goes in as it is.
        assert!(backed_up(&house).await.contains("\"state\":\"entah\""));
        assert!(!house.opened.deps.store.enqueue(&reminder, None, now()).await.unwrap(), "it is still there");
    });
}

#[test]
fn an_unreadable_address_is_a_reason_not_to_start() {
    run(async || {
        let house = House::on_disk().await;
        let refused =
            house.tampered("CREATE address:⟨entah⟩ SET mail = 'a@b.id'").await.map(drop).unwrap_err();
        assert!(matches!(refused, OpeningError::Store(_)));
        assert!(refused.to_string().contains("address:entah"), "{refused}");
    });
}

#[test]
fn what_lets_nobody_in_is_left_out_and_named() {
    run(async || {
        let house = House::on_disk().await;
        let spoil = "CREATE session:zz SET account = 'staf', begun = 0, seen = 0; \
             CREATE display:zz SET name = 'Lobi', paired = 0, seen = 0";
        let house = house.tampered(spoil).await.unwrap();
        let said = checked(&house).await;
        assert!(said.contains("session:zz") && said.contains("display:zz"), "{said}");
        assert!(said.starts_with("riwayat utuh"), "{said}");
    });
}

#[test]
fn a_document_that_is_not_the_one_that_was_sent_is_not_shown() {
    run(async || {
        let house = House::on_disk().await;
        let sender = Sender::fresh(&house).await;
        sender.send(&house, vec![row("Indikator A", "80", "84,5")]).await;
        let office = house.opened.deps.desk.office();
        let sha256 = office.runs[&RUN].reports[&sender.code].last().unwrap().digest.content.clone();
        let path = house.data().join("files").join(&sha256);
        let text = std::fs::read_to_string(&path).unwrap();
        // One figure that is another, and the text reads as well as before.
        std::fs::write(&path, text.replace("84,5", "94,5")).unwrap();
        let shown = house.opened.deps.reports.content(sha256.clone()).await;
        assert!(matches!(shown, Err(Problem::Unreadable { what }) if what.contains(&sha256)));
        assert!(checked(&house).await.contains(&sha256));
    });
}
