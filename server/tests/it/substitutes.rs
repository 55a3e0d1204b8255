//! Plt. and Plh.: named by the administrator, working for some days, never on their own work.

use axum::http::StatusCode;
use domain::log::SubstituteId;
use domain::office::Command;
use domain::run::OutcomeKind;
use domain::sop::CellRef;

use crate::harness::{House, RUN, Visitor, run};

const NAME: &str = "/api/name-substitute";

fn named<'a>(id: &'a str, account: &'a str, lane: &'a str, to: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("command_id", id),
        ("akun", account),
        ("lajur", lane),
        ("jenis", "plh"),
        ("mulai", "2027-01-07"),
        ("selesai", to),
    ]
}

async fn finish(house: &House, who: &Visitor, cell: &str, id: &str) -> StatusCode {
    let fields = [
        ("run", "1"),
        ("cell", cell),
        ("round", "1"),
        ("command_id", id),
        ("isi[diterima.alasan]", "cukup"),
        ("isi[dinilai.alasan]", "cukup"),
        ("isi[direviu.alasan]", "cukup"),
    ];
    let answer = who.post(house, "/api/finish-cell", &fields).await;
    println!("{cell}: {} {}", answer.status, answer.text());
    answer.status
}

#[test]
fn a_substitute_acts_in_the_lane_and_everything_says_so() {
    run(async || {
        let house = House::practice().await;
        let (admin, staff) = (house.signed_in("admin").await, house.signed_in("staf").await);
        let head = house.signed_in("kasubbag").await;
        for (id, cell) in [("a", "6.staf"), ("b", "7.staf")] {
            assert_eq!(finish(&house, &staff, cell, id).await, StatusCode::OK);
        }
        assert_eq!(finish(&house, &head, "8.kasubbag", "c").await, StatusCode::OK);

        let answer =
            admin.submit(&house, "/kelola/pengganti", NAME, &named("d", "staf", "kabag", "2027-01-08")).await;
        assert_eq!(answer.header("location"), "/kelola/pengganti?sudah=ya", "{}", answer.text());
        let page = admin.get(&house, "/kelola/pengganti").await.text();
        assert!(page.contains("Plh. KABAG") && page.contains("Rina Marlina"), "{page}");
        // What waits for the lane waits for whoever stands in for it.
        let home = staff.get(&house, "/").await.text();
        assert!(home.contains("a.n. KABAG (Plh.)") && home.contains("Plh. KABAG"), "{home}");
        let dialog = staff.get(&house, "/pelaksanaan/1?sel=8.kabag").await.text();
        assert!(dialog.contains("Anda bertindak a.n. KABAG (Plh.)."), "{dialog}");
        assert_eq!(finish(&house, &staff, "8.kabag", "e").await, StatusCode::OK);
        let office = house.opened.deps.desk.office();
        let run = &office.runs[&RUN];
        let at = CellRef::new(8, "kabag");
        let outcome = run.visits_of(&at).next_back().unwrap().outcome.as_ref().unwrap();
        assert!(matches!(outcome.kind, OutcomeKind::Finished(_)));
        assert_eq!(outcome.stamp.acting.as_ref().unwrap().substitute, SubstituteId(1));
        let sheet = staff.get(&house, "/pelaksanaan/1").await.text();
        assert!(sheet.contains("Rina Marlina, a.n. KABAG (Plh.)"), "{sheet}");

        let ended = admin.post(&house, "/api/end-substitute", &[("nomor", "1"), ("command_id", "f")]).await;
        assert_eq!(ended.status, StatusCode::OK, "{}", ended.text());
        let back = [("run", "1"), ("cell", "8.kabag"), ("round", "1"), ("command_id", "g")];
        let answer = staff.post(&house, "/api/take-back", &back).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        assert!(
            answer.problem().to_string().contains("Masa penugasan Anda sebagai Plh. KABAG sudah berakhir")
        );
    });
}

#[test]
fn nobody_checks_their_own_work_by_substituting() {
    run(async || {
        let house = House::practice().await;
        let (admin, staff) = (house.signed_in("admin").await, house.signed_in("staf").await);
        let head = house.signed_in("kasubbag").await;
        for (id, cell) in [("a", "6.staf"), ("b", "7.staf")] {
            assert_eq!(finish(&house, &staff, cell, id).await, StatusCode::OK);
        }
        assert_eq!(finish(&house, &head, "8.kasubbag", "c").await, StatusCode::OK);
        let answer = admin.post(&house, NAME, &named("d", "kasubbag", "kabag", "2027-01-08")).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        let fields = [("run", "1"), ("cell", "8.kabag"), ("round", "1"), ("command_id", "e")];
        let answer = head.post(&house, "/api/finish-cell", &fields).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        let sentence = "Pekerjaan sendiri tidak diperiksa sendiri";
        assert!(answer.problem().to_string().contains(sentence), "{}", answer.text());
        let dialog = head.get(&house, "/pelaksanaan/1?sel=8.kabag").await.text();
        assert!(dialog.contains(sentence), "the dialog says so before anybody tries: {dialog}");
        assert!(!head.get(&house, "/").await.text().contains("a.n. KABAG"));
    });
}

#[test]
fn who_cannot_stand_in_is_refused_and_what_was_typed_stays() {
    run(async || {
        let house = House::practice().await;
        let (admin, staff) = (house.signed_in("admin").await, house.signed_in("staf").await);
        let cases = [
            (named("a", "tidak-ada", "kabag", "2027-01-08"), "Akun itu tidak ada"),
            (named("b", "kabag", "kabag", "2027-01-08"), "sudah bekerja di lajur ini"),
            (named("c", "staf", "camat", "2027-01-08"), "Lajur camat tidak ada"),
            (named("d", "staf", "kabag", "besok"), "Sampai dengan: tulis tanggal"),
            (named("e", "staf", "kabag", "2027-01-06"), "Tanggal selesai harus"),
        ];
        for (fields, words) in cases {
            let answer = admin.submit(&house, "/kelola/pengganti", NAME, &fields).await;
            let page = admin.get(&house, answer.header("location")).await.text();
            assert!(page.contains(words), "{words}: {page}");
        }
        let answer = staff.post(&house, NAME, &named("f", "staf", "kabag", "2027-01-08")).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        let office = house.opened.deps.desk.office();
        assert!(office.substitutes.is_empty());
        let missing = Command::EndSubstitute { substitute: SubstituteId(1) };
        assert_eq!(missing.run(), None);
        let answer = admin.post(&house, "/api/end-substitute", &[("nomor", "1"), ("command_id", "g")]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    });
}
