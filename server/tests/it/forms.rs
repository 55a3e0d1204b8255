//! Forms and calls: the right status for programs, the way back for browsers without JavaScript.

use app::ui::Flashed;
use axum::body::Body;
use axum::http::{StatusCode, header};
use desk::problem::Problem;
use domain::office::Refusal;

use crate::harness::{Answer, House, PASSWORD, Visitor, run};

const PAGE: &str = "/pelaksanaan/1?gagal=lama";
const FINISH: &str = "/api/finish-cell";

fn finish<'a>(cell: &'a str, id: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![("run", "1"), ("cell", cell), ("round", "1"), ("command_id", id)]
}

/// The id under which a refused form is kept.
fn kept(answer: &Answer) -> String {
    answer.header("location").split("gagal=").nth(1).unwrap().to_owned()
}

/// What the page that a refused form leads to will show.
async fn flash(house: &House, visitor: &Visitor, answer: &Answer) -> Flashed {
    visitor.get(house, &format!("/api/flash?id={}", kept(answer))).await.json()
}

/// The same for somebody who has not signed in, and is known by the cookie that came with the answer.
async fn flash_before_signing_in(house: &House, cookie: &str, answer: &Answer) -> Flashed {
    let request = Visitor::default().request("GET", &format!("/api/flash?id={}", kept(answer)));
    house.send(request.header(header::COOKIE, cookie).body(Body::empty()).unwrap()).await.json()
}

#[test]
fn every_refusal_has_its_status() {
    run(async || {
        let house = House::practice().await;
        let (staff, nobody) = (house.signed_in("staf").await, Visitor::default());
        let status = async |visitor: &Visitor, fields: &[(&str, &str)]| {
            let answer = visitor.post(&house, FINISH, fields).await;
            let problem = answer.problem();
            assert_eq!(answer.header("content-type"), "application/json");
            (answer.status.as_u16(), problem)
        };
        assert_eq!(status(&nobody, &finish("6.staf", "a")).await, (401, Problem::SignedOut));
        assert_eq!(status(&staff, &finish("7.staf", "a")).await.0, 409);
        assert_eq!(status(&staff, &finish("8.kasubbag", "a")).await.0, 403);
        assert_eq!(status(&staff, &finish("99.staf", "a")).await.0, 404);
        let (code, problem) = status(&staff, &finish("6.staf", "a")).await;
        assert_eq!(code, 422);
        let seq = house.opened.deps.desk.office().seq;
        assert!(
            matches!(problem, Problem::Refused { refusal: Refusal::Answers { .. }, seq: at } if at == seq)
        );
        for unreadable in [vec![], vec![("run", "satu")], finish("enam", "a"), finish("6.staf", "tidak sah!")]
        {
            assert_eq!(status(&staff, &unreadable).await.0, 400, "{unreadable:?}");
        }
    });
}

#[test]
fn what_is_too_large_or_unreadable_is_refused_in_words() {
    run(async || {
        let house = House::practice().await;
        let staff = house.signed_in("staf").await;
        let send = async |body: Vec<u8>, kind: &str| {
            let request = staff.request("POST", FINISH).header(header::CONTENT_TYPE, kind);
            house.send(request.body(Body::from(body)).unwrap()).await
        };
        let form = "application/x-www-form-urlencoded";
        assert_eq!(send(vec![b'a'; 300 * 1024], form).await.status, StatusCode::PAYLOAD_TOO_LARGE);
        assert_eq!(send(b"run=\xff\xfe&cell=%FF".to_vec(), form).await.status, StatusCode::BAD_REQUEST);
        assert_eq!(send(b"{\"run\":1}".to_vec(), "application/json").await.status, StatusCode::BAD_REQUEST);
        let unknown = staff.post(&house, "/api/tidak-ada", &[]).await;
        assert_eq!(
            (unknown.status, unknown.problem()),
            (StatusCode::NOT_FOUND, Problem::not_found("Alamat ini"))
        );
        let wrong = staff.get(&house, FINISH).await;
        assert_eq!(wrong.status, StatusCode::METHOD_NOT_ALLOWED);
        assert!(matches!(wrong.problem(), Problem::Invalid { .. }));
    });
}

#[test]
fn without_javascript_a_refused_form_comes_back_with_what_was_typed() {
    run(async || {
        let house = House::practice().await;
        let staff = house.signed_in("staf").await;
        let mut fields = finish("6.staf", "tanpa-js");
        fields.push(("isi[diterima.setda]", "ya"));
        let answer = staff.submit(&house, PAGE, FINISH, &fields).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        assert!(
            answer.header("location").starts_with("/pelaksanaan/1?gagal="),
            "{}",
            answer.header("location")
        );
        let flash = flash(&house, &staff, &answer).await;
        assert_eq!(flash.path, FINISH);
        assert!(matches!(flash.problem, Some(Problem::Refused { .. })));
        assert_eq!(flash.typed["isi[diterima.setda]"], "ya");
        let answer = staff.submit(&house, PAGE, FINISH, &fields).await;
        let page = staff.get(&house, answer.header("location")).await;
        assert!(page.text().contains("Tunggu, atau isi alasan"), "the page says what was wrong");
    });
}

#[test]
fn without_javascript_an_accepted_form_leads_on() {
    run(async || {
        let house = House::practice().await;
        let staff = house.signed_in("staf").await;
        let mut fields = finish("6.staf", "tanpa-js");
        fields.push(("isi[diterima.alasan]", "Menyusul."));
        let answer = staff.submit(&house, PAGE, FINISH, &fields).await;
        assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/pelaksanaan/1"));
        let again = staff.submit(&house, PAGE, FINISH, &fields).await;
        assert_eq!(again.header("location"), "/pelaksanaan/1", "sent twice, done once");
        fields.push(("kembali", "/?dari=form"));
        let named = staff.submit(&house, PAGE, FINISH, &fields).await;
        assert_eq!(named.header("location"), "/?dari=form");
        let away = staff.submit(&house, PAGE, FINISH, &[("kembali", "//evil.example")]).await;
        assert!(away.header("location").starts_with("/pelaksanaan/1?gagal="));
    });
}

#[test]
fn one_signs_in_and_out_without_javascript() {
    run(async || {
        let house = House::practice().await;
        let visitor = Visitor::default();
        let sign_in = async |password: &str, to: &str| {
            let fields = [("akun", "staf"), ("sandi", password), ("ke", to)];
            visitor.submit(&house, "/masuk?ke=%2Fsop", "/api/sign-in", &fields).await
        };
        let wrong = sign_in("salah", "/sop").await;
        assert!(
            wrong.header("location").starts_with("/masuk?ke=%2Fsop&gagal="),
            "{}",
            wrong.header("location")
        );
        let cookie = wrong.header("set-cookie").split(';').next().unwrap();
        assert!(cookie.starts_with("alur_isian=") && wrong.header("set-cookie").contains("HttpOnly"));
        let kept = flash_before_signing_in(&house, cookie, &wrong).await;
        assert_eq!(kept.typed.get("akun").map(String::as_str), Some("staf"));
        assert!(!kept.typed.contains_key("sandi"));
        let right = sign_in(PASSWORD, "/sop").await;
        assert_eq!((right.status, right.header("location")), (StatusCode::SEE_OTHER, "/sop"));
        let staff = Visitor { session: right.session() };
        assert_eq!(sign_in(PASSWORD, "https://evil.example").await.header("location"), "/");
        let out = staff.submit(&house, "/", "/api/sign-out", &[]).await;
        assert_eq!((out.status, out.header("location")), (StatusCode::SEE_OTHER, "/masuk"));
        assert!(out.header("set-cookie").contains("Max-Age=0"));
    });
}

#[test]
fn pages_send_strangers_to_the_sign_in_page_and_say_when_they_are_none() {
    run(async || {
        let house = House::practice().await;
        let nobody = Visitor::default();
        let page = nobody.get(&house, "/pelaksanaan/1").await;
        assert_eq!(page.header("location"), "/masuk?ke=%2Fpelaksanaan%2F1", "{}", page.status);
        let staff = house.signed_in("staf").await;
        assert_eq!(staff.get(&house, "/pelaksanaan/1").await.status, StatusCode::OK);
        assert_eq!(staff.get(&house, "/pelaksanaan/77").await.status, StatusCode::NOT_FOUND);
        assert_eq!(staff.get(&house, "/tidak-ada").await.status, StatusCode::NOT_FOUND);
        assert_eq!(staff.get(&house, "/kelola/akun").await.status, StatusCode::FORBIDDEN);
    });
}

/// What is kept for one is nothing to anybody else: not with its address, not with another session of
/// the same account, and not a second time.
#[test]
fn a_refused_form_is_shown_to_who_sent_it_and_once() {
    run(async || {
        let house = House::practice().await;
        let (staff, other) = (house.signed_in("staf").await, house.signed_in("staf").await);
        let admin = house.signed_in("admin").await;
        let answer = staff.submit(&house, PAGE, FINISH, &finish("6.staf", "sekali")).await;
        for stranger in [&other, &admin, &Visitor::default()] {
            assert_eq!(flash(&house, stranger, &answer).await, Flashed::default());
        }
        let page = answer.header("location").to_owned();
        assert!(!admin.get(&house, &page).await.text().contains("Tunggu, atau isi alasan"));
        // Looking at the head of a page shows nothing, so it uses up nothing.
        house.send(staff.request("HEAD", &page).body(Body::empty()).unwrap()).await;
        assert!(staff.get(&house, &page).await.text().contains("Tunggu, atau isi alasan"));
        assert!(!staff.get(&house, &page).await.text().contains("Tunggu, atau isi alasan"), "once");
        assert_eq!(flash(&house, &staff, &answer).await, Flashed::default());
    });
}

#[test]
fn nothing_is_kept_of_strangers_on_pages_that_are_not_for_them() {
    run(async || {
        let house = House::practice().await;
        let nobody = Visitor::default();
        for (path, field) in
            [("/api/publish-sop", "berkas"), ("/api/add-account", "nama"), ("/api/tidak-ada", "x")]
        {
            let answer = nobody.submit(&house, "/kelola/sop", path, &[(field, "</textarea><form>")]).await;
            assert_eq!(
                (answer.status, answer.header("location")),
                (StatusCode::SEE_OTHER, "/kelola/sop"),
                "{path}"
            );
            assert_eq!(answer.header("set-cookie"), "", "{path}");
        }
        // Who tries twice gets a cookie twice: one that somebody planted is never taken over.
        let form = async || {
            let fields = [("akun", "staf"), ("sandi", "salah")];
            let answer = nobody.submit(&house, "/masuk", "/api/sign-in", &fields).await;
            answer.header("set-cookie").split(';').next().unwrap().to_owned()
        };
        assert_ne!(form().await, form().await);
    });
}
