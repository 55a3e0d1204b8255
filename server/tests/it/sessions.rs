//! Sessions: how long they last, and what ends them.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{StatusCode, header};
use chrono::TimeDelta;
use desk::live::Message;
use domain::id::AccountId;
use services::session::Sessions;
use services::store::Store;

use crate::harness::{House, PASSWORD, Visitor, now, run};

async fn fresh() -> (Store, Arc<Sessions>) {
    let store = Store::open("mem://").await.unwrap();
    let sessions = Sessions::open(store.clone(), now()).await.unwrap();
    (store, Arc::new(sessions))
}

#[test]
fn a_session_ends_when_it_is_not_used_and_after_a_week_in_any_case() {
    run(async || {
        let (_, sessions) = fresh().await;
        let token = sessions.begin(&AccountId::from("staf"), now()).await.unwrap().reveal();
        let present = |hours| sessions.present(&token, now() + TimeDelta::hours(hours)).is_some();
        assert!(!present(12));
        for hours in (0..7 * 24).step_by(11) {
            assert!(present(hours), "used every 11 hours, after {hours}");
        }
        assert!(!present(7 * 24));
        sessions.sweep(now() + TimeDelta::days(8)).await.unwrap();
        assert_eq!(sessions.count(), 0);
    });
}

#[test]
fn only_the_hash_is_kept_and_a_restart_ends_nothing() {
    run(async || {
        let (store, sessions) = fresh().await;
        let token = sessions.begin(&AccountId::from("staf"), now()).await.unwrap();
        let kept = store.sessions().await.unwrap();
        assert_eq!(kept.iter().map(|kept| kept.key).collect::<Vec<_>>(), [token.hash()]);
        let again = Arc::new(Sessions::open(store.clone(), now()).await.unwrap());
        assert_eq!(again.present(&token.reveal(), now()).unwrap().account.as_str(), "staf");
        assert!(again.present(&token.hash().as_hex(), now()).is_none(), "what is stored opens nothing");
        let late = Sessions::open(store.clone(), now() + TimeDelta::days(1)).await.unwrap();
        assert_eq!(late.count(), 0);
        assert!(store.sessions().await.unwrap().is_empty());
    });
}

#[test]
fn whoever_listens_learns_of_the_end() {
    run(async || {
        let (_, sessions) = fresh().await;
        let account = AccountId::from("staf");
        let (one, other) =
            (sessions.begin(&account, now()).await.unwrap(), sessions.begin(&account, now()).await.unwrap());
        let mut end = sessions.present(&one.reveal(), now()).unwrap().end;
        let ended = tokio::spawn(async move { end.0.wait_for(|over| *over).await.is_err() });
        sessions.end_of(&account, Some(other.hash())).await.unwrap();
        assert!(ended.await.unwrap());
        assert!(sessions.present(&other.reveal(), now()).is_some());
    });
}

#[test]
fn an_account_has_at_most_fifty_sessions() {
    run(async || {
        let (store, sessions) = fresh().await;
        let account = AccountId::from("staf");
        let first = sessions.begin(&account, now()).await.unwrap();
        for n in 1..=50 {
            sessions.begin(&account, now() + TimeDelta::seconds(n)).await.unwrap();
        }
        assert!(sessions.present(&first.reveal(), now()).is_none());
        assert_eq!((sessions.count(), store.sessions().await.unwrap().len()), (50, 50));
    });
}

#[test]
fn signing_in_again_leaves_no_session_behind() {
    run(async || {
        let house = House::practice().await;
        let first = house.signed_in("staf").await;
        let again = first.post(&house, "/api/sign-in", &[("akun", "karo"), ("sandi", PASSWORD)]).await;
        let second = Visitor { session: again.session() };
        assert_ne!(second.session, first.session);
        assert_eq!(first.get(&house, "/api/overview").await.status, StatusCode::UNAUTHORIZED);
        assert_eq!(second.get(&house, "/api/overview").await.status, StatusCode::OK);
    });
}

#[test]
fn signing_out_ends_the_session_on_the_server() {
    run(async || {
        let house = House::practice().await;
        let staff = house.signed_in("staf").await;
        let out = staff.post(&house, "/api/sign-out", &[]).await;
        assert_eq!(out.status, StatusCode::OK);
        assert!(out.header("set-cookie").starts_with("alur_sesi=;"));
        assert_eq!(out.header("clear-site-data"), "\"cache\", \"storage\"", "and in the browser");
        assert_eq!(staff.get(&house, "/api/overview").await.status, StatusCode::UNAUTHORIZED);
        assert_eq!(house.opened.deps.sessions.count(), 0);
    });
}

#[test]
fn signing_out_closes_the_live_pages_of_that_session_only() {
    run(async || {
        let house = House::practice().await;
        let server = house.serve().await;
        let seq = house.opened.deps.desk.office().seq;
        let (here, there) = (house.signed_in("staf").await, house.signed_in("staf").await);
        let page = async |visitor: &Visitor| {
            let cookie = format!("alur_sesi={}", visitor.session.clone().unwrap());
            server.try_page(&format!("after={seq}"), &[("cookie", &cookie)]).await
        };
        let (mut one, mut other) = (page(&here).await.unwrap(), page(&there).await.unwrap());
        assert!(matches!(one.next().await, Ok(Message::Beat { .. })));
        here.post(&house, "/api/sign-out", &[]).await;
        assert_eq!(one.next().await, Err(4401));
        assert_eq!(page(&here).await.err(), Some(401));
        let fields = [("run", "1"), ("command_id", "jeda"), ("alasan", "Libur.")];
        assert_eq!(there.post(&house, "/api/pause-run", &fields).await.status, StatusCode::OK);
        assert!(matches!(other.next().await, Ok(Message::Beat { .. })));
        assert!(matches!(other.next().await, Ok(Message::Events { .. })));
    });
}

#[test]
fn the_cookie_is_kept_from_scripts_and_from_plain_lines() {
    run(async || {
        let house = House::practice().await;
        let plain = house.try_sign_in("staf", PASSWORD).await;
        let cookie = plain.header("set-cookie");
        for part in ["HttpOnly", "SameSite=Lax", "Path=/"] {
            assert!(cookie.contains(part), "{cookie}");
        }
        assert!(!cookie.contains("Secure"), "this came over http");
        let over = async |peer: &str| {
            let peer: SocketAddr = format!("{peer}:5000").parse().unwrap();
            let request = Visitor::default()
                .request("POST", "/api/sign-in")
                .header("x-forwarded-proto", "https")
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                .extension(ConnectInfo(peer))
                .body(Body::from(format!("akun=staf&sandi={PASSWORD}")))
                .unwrap();
            house.send(request).await.header("set-cookie").to_owned()
        };
        let told = over("10.0.0.1").await;
        assert!(told.starts_with("__Host-alur_sesi=") && told.ends_with("; Secure"), "{told}");
        let made_up = over("10.9.9.9").await;
        assert!(made_up.starts_with("alur_sesi=") && !made_up.contains("Secure"), "{made_up}");
    });
}

#[test]
fn a_cookie_that_is_no_session_is_nobody() {
    run(async || {
        let house = House::practice().await;
        for session in ["", "abc", &"0".repeat(64), &"x".repeat(10_000)] {
            let stranger = Visitor { session: Some(session.to_owned()) };
            assert_eq!(stranger.get(&house, "/api/overview").await.status, StatusCode::UNAUTHORIZED);
        }
    });
}
