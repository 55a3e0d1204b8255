//! The office's side of reports: judging, reviewing, sending back, accepting.

use app::review::model::{MatrixView, Recap, ReportSheet};
use axum::http::StatusCode;
use domain::report::{ReportState, Verdict};

use crate::harness::{House, RUN, Sender, Visitor, row, run};

/// The fields that every form about a report has.
fn fields<'a>(sender: &'a Sender, round: &'a str, id: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![("run", "1"), ("pd", sender.code.as_str()), ("round", round), ("command_id", id)]
}

#[test]
fn a_report_is_judged_sent_back_improved_and_accepted() {
    run(async || {
        let house = House::practice().await;
        let sender = Sender::fresh(&house).await;
        sender.send(&house, vec![row("Indikator A", "100", "90"), row("Indikator B", "0", "1")]).await;
        let (staff, head) = (house.signed_in("staf").await, house.signed_in("kasubbag").await);

        let mut judged = fields(&sender, "1", "nilai-1");
        judged.extend([("kurang[lampiran]", "ya"), ("catatan", "Lampiran belum ada.")]);
        let answer = staff.post(&house, "/api/judge-report", &judged).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        let page = format!("/pelaksanaan/1/lkj/{}?sudah=nilai", sender.code);
        assert_eq!(answer.header("location"), page);

        let mut reviewed = fields(&sender, "1", "reviu-1");
        reviewed.extend([
            ("daftar", "1"),
            ("jawab[I.1]", "ya"),
            ("jawab[III.1]", "tidak"),
            ("jawab[III.3]", "ya"),
        ]);
        let answer = head.post(&house, "/api/review-report", &reviewed).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());

        let mut returned = fields(&sender, "1", "kembali-1");
        returned.extend([
            ("temuan[baris.2]", "Target 0?"),
            ("temuan[umum]", "Rapikan."),
            ("temuan[bab1]", ""),
        ]);
        let answer = staff.post(&house, "/api/return-report", &returned).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        let report = house.opened.deps.desk.office().runs[&RUN].reports[&sender.code].clone();
        let last = report.last().unwrap();
        let places: Vec<_> = last.findings().iter().map(|finding| finding.place.as_str()).collect();
        assert_eq!(places, ["umum", "baris.2"]);
        assert_eq!(last.review.as_ref().unwrap().1.progress(), (3, 21));
        assert_eq!(last.judgement.as_ref().unwrap().1.missing, ["lampiran"]);

        sender.send(&house, vec![row("Indikator A", "100", "95"), row("Indikator C", "10", "10")]).await;
        let stale = head.post(&house, "/api/accept-report", &fields(&sender, "1", "terima-1")).await;
        assert_eq!(stale.status, StatusCode::CONFLICT, "{}", stale.text());
        let answer = head.post(&house, "/api/accept-report", &fields(&sender, "2", "terima-2")).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        let report = house.opened.deps.desk.office().runs[&RUN].reports[&sender.code].clone();
        assert_eq!(report.state(), Some(ReportState::Accepted));
        assert!(matches!(report.rounds[0].verdict, Some((_, Verdict::Returned(_)))));

        let html = head.get(&house, &format!("/pelaksanaan/1/lkj/{}", sender.code)).await.text();
        for words in ["Baris dihapus", "Baris baru", "Indikator C", "LKj diterima", "Rapikan."] {
            assert!(html.contains(words), "{words}");
        }
        assert!(!html.contains("style=\""), "no inline styles");
    });
}

#[test]
fn the_matrix_shows_how_complete_and_how_good_a_report_is() {
    run(async || {
        let house = House::practice().await;
        let sender = Sender::fresh(&house).await;
        sender.send(&house, vec![row("Indikator A", "100", "90"), row("Indikator B", "100", "93,5")]).await;
        let html = house.signed_in("karo").await.get(&house, "/pelaksanaan/1/lkj").await.text();
        let link = format!("/pelaksanaan/1/lkj/{}\"", sender.code);
        let row = html.split("<tr").find(|row| row.contains(&link)).unwrap();
        for words in ["terkirim", "12/13", "91,75"] {
            assert!(row.contains(words), "{words}: {row}");
        }
    });
}

#[test]
fn what_is_wrong_is_refused_with_a_sentence_and_what_was_typed() {
    run(async || {
        let house = House::practice().await;
        let sender = Sender::fresh(&house).await;
        sender.send(&house, vec![row("Indikator A", "100", "90")]).await;
        let staff = house.signed_in("staf").await;
        let page = format!("/pelaksanaan/1/lkj/{}", sender.code);
        let mut returned = fields(&sender, "1", "kembali-1");
        returned.push(("temuan[baris.1]", " "));
        let answer = staff.submit(&house, &page, "/api/return-report", &returned).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        let again = staff.get(&house, answer.header("location")).await.text();
        assert!(again.contains("paling sedikit satu temuan"), "the reason is shown");

        let mut returned = fields(&sender, "1", "kembali-2");
        returned.extend([("temuan[baris.9]", "Baris itu?"), ("temuan[umum]", "Ketikan ini tetap")]);
        let answer = staff.submit(&house, &page, "/api/return-report", &returned).await;
        let again = staff.get(&house, answer.header("location")).await.text();
        assert!(again.contains("Ketikan ini tetap"), "what was typed stays");

        let mut reviewed = fields(&sender, "1", "reviu-1");
        reviewed.extend([("daftar", "1"), ("jawab[I.1]", "mungkin")]);
        let head = house.signed_in("kasubbag").await;
        let answer = head.post(&house, "/api/review-report", &reviewed).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST);
        let assign =
            [("run", "1"), ("pd", sender.code.as_str()), ("command_id", "p-1"), ("penelaah", "gubernur")];
        let answer = staff.post(&house, "/api/assign-review", &assign).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{}", answer.text());
    });
}

#[test]
fn the_matrix_the_recap_and_a_report_are_for_those_who_work_here() {
    run(async || {
        let house = House::practice().await;
        let sender = Sender::fresh(&house).await;
        sender.send(&house, vec![row("Indikator A", "100", "90")]).await;
        let (staff, admin) = (house.signed_in("staf").await, house.signed_in("admin").await);
        let one = format!("/api/report-of?run=1&pd={}", sender.code);
        let addresses = [
            "/api/matrix?run=1",
            "/api/recap?run=1",
            &one,
            "/pelaksanaan/1/lkj.xlsx",
            "/pelaksanaan/1/lkj.zip",
        ];
        for address in addresses {
            for (visitor, expected) in [
                (&Visitor::default(), StatusCode::UNAUTHORIZED),
                (&sender.visitor, StatusCode::UNAUTHORIZED),
                (&staff, StatusCode::OK),
                (&admin, StatusCode::OK),
            ] {
                let answer = visitor.get(&house, address).await;
                assert_eq!(answer.status, expected, "{address}: {}", answer.text());
            }
        }
        let matrix: MatrixView = staff.get(&house, "/api/matrix?run=1").await.json();
        assert!(matrix.snapshot.office.runs[&RUN].reports.contains_key(&sender.code));
        let recap: Recap = staff.get(&house, "/api/recap?run=1").await.json();
        assert!(recap.parts.iter().any(|part| part.average == Some(9000)));
        let sheet: ReportSheet = admin.get(&house, &one).await.json();
        assert_eq!(sheet.contents.len(), 1);
        assert_eq!(sheet.may, Default::default(), "an administrator without a lane only looks");
        let none = staff.get(&house, "/api/report-of?run=1&pd=tidak-ada").await;
        assert_eq!(none.status, StatusCode::NOT_FOUND);
        assert_eq!(staff.get(&house, "/api/matrix?run=9").await.status, StatusCode::NOT_FOUND);

        let html =
            staff.get(&house, "/pelaksanaan/1/lkj?keadaan=terkirim&urut=capaian&arah=turun").await.text();
        assert!(html.contains(&format!("data-pd=\"{}\"", sender.code)));
        assert!(!html.contains("data-report=\"belum\""), "only what was asked for");
        assert!(staff.get(&house, "/pelaksanaan/1/rekap").await.text().contains("90,00%"));
    });
}

#[test]
fn nobody_but_the_lanes_acts_on_reports() {
    run(async || {
        let house = House::practice().await;
        let sender = Sender::fresh(&house).await;
        sender.send(&house, vec![row("Indikator A", "100", "90")]).await;
        let (admin, staff) = (house.signed_in("admin").await, house.signed_in("staf").await);
        let (governor, nobody) = (house.signed_in("gubernur").await, Visitor::default());
        let before = house.opened.deps.desk.office().seq;
        for path in ["judge-report", "review-report", "return-report", "accept-report", "assign-review"] {
            let path = format!("/api/{path}");
            let mut form = fields(&sender, "1", "coba");
            form.extend([("daftar", "1"), ("temuan[umum]", "x"), ("jawab[I.1]", "ya"), ("penelaah", "staf")]);
            for (visitor, expected) in [
                (&nobody, StatusCode::UNAUTHORIZED),
                (&sender.visitor, StatusCode::UNAUTHORIZED),
                (&admin, StatusCode::FORBIDDEN),
                (&governor, StatusCode::FORBIDDEN),
            ] {
                let answer = visitor.post(&house, &path, &form).await;
                assert_eq!(answer.status, expected, "{path}: {}", answer.text());
            }
            if path.ends_with("review-report") || path.ends_with("accept-report") {
                let answer = staff.post(&house, &path, &form).await;
                assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}: STAF judges but does not review");
            }
        }
        assert_eq!(house.opened.deps.desk.office().seq, before, "nothing has happened");
    });
}

#[test]
fn what_nobody_reviews_is_divided_evenly() {
    run(async || {
        let house = House::practice().await;
        let (staff, admin) = (house.signed_in("staf").await, house.signed_in("admin").await);
        let form = |id: &'static str, who: &[&'static str]| {
            let people = who.iter().map(|who| (*who, "ya"));
            [("run", "1"), ("command_id", id)].into_iter().chain(people).collect::<Vec<_>>()
        };
        let path = "/api/divide-reviews";
        let both = ["penelaah[staf]", "penelaah[kasubbag]"];
        assert_eq!(admin.post(&house, path, &form("b-1", &both)).await.status, StatusCode::FORBIDDEN);
        let nobody = staff.post(&house, path, &form("b-2", &["penelaah[gubernur]"])).await;
        assert!(nobody.problem().to_string().contains("paling sedikit satu"), "{}", nobody.text());
        let answer = staff.post(&house, path, &form("b-3", &both)).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        let office = house.opened.deps.desk.office();
        let reports = office.runs[&RUN].reports.values();
        let of = |who: &str| {
            reports.clone().filter(|it| it.reviewer.as_ref().is_some_and(|it| it.0 == who)).count()
        };
        assert_eq!(of("staf") + of("kasubbag"), reports.len());
        assert!(of("staf").abs_diff(of("kasubbag")) <= 1);
        assert_eq!(staff.post(&house, path, &form("b-4", &both)).await.status, StatusCode::BAD_REQUEST);
        let mine = staff.get(&house, "/pelaksanaan/1/lkj?penelaah=kasubbag").await.text();
        assert_eq!(mine.matches("data-pd=").count(), of("kasubbag"), "only those of one person");
    });
}
