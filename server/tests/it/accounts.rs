//! Accounts: signing in, passwords, the first administrator, the administrator's list.

use axum::http::StatusCode;
use desk::account::{AccountDraft, AccountView, People, Visit};
use desk::problem::Problem;

use crate::harness::{House, PASSWORD, Visitor, run};

const GOOD: &str = "kuda jambu 7 pagi";

fn visit() -> Visit {
    Visit { from: [127, 0, 0, 1].into(), browser: None }
}

fn draft(id: &str) -> AccountDraft {
    let (id, name) = (id.to_owned(), "Budi Santoso".to_owned());
    AccountDraft {
        id,
        name,
        lanes: ["staf".into()].into(),
        password: GOOD.to_owned(),
        ..AccountDraft::default()
    }
}

#[test]
fn a_wrong_password_and_an_unknown_account_are_told_the_same() {
    run(async || {
        let house = House::practice().await;
        let wrong = house.try_sign_in("staf", "bukan sandinya").await;
        let unknown = house.try_sign_in("tidak.ada", PASSWORD).await;
        assert_eq!((wrong.status, wrong.text()), (unknown.status, unknown.text()));
        assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
        assert_eq!(wrong.session(), None);
        assert!(house.signed_in(" STAF ").await.session.is_some(), "case and spaces do not matter");
    });
}

#[test]
fn after_five_wrong_tries_one_has_to_wait_and_others_do_not() {
    run(async || {
        let house = House::practice().await;
        for _ in 0..5 {
            assert_eq!(house.try_sign_in("staf", "bukan sandinya").await.status, StatusCode::BAD_REQUEST);
        }
        let waiting = house.try_sign_in("staf", PASSWORD).await;
        assert_eq!(waiting.status, StatusCode::TOO_MANY_REQUESTS);
        assert!(matches!(waiting.problem(), Problem::TooMany { seconds: 1..=11 }));
        house.signed_in("karo").await;
    });
}

#[test]
fn the_first_administrator_is_made_once_with_the_link() {
    run(async || {
        let house = House::empty().await;
        let accounts = &house.opened.deps.accounts;
        let (old, link) = (accounts.make_first_link().unwrap(), accounts.make_first_link().unwrap());
        assert!(!accounts.first_link_is_good(old).await, "a newer link makes the older one void");
        assert!(accounts.first_link_is_good(link.clone()).await);
        let visitor = Visitor::default();
        let fields = |key: &str, password: &str| {
            [("kunci", key), ("akun", "kepala"), ("nama", "Siti"), ("sandi", password)]
                .map(|(k, v)| (k.to_owned(), v.to_owned()))
        };
        let make = async |key: &str, password: &str| {
            let fields = fields(key, password);
            let fields: Vec<_> = fields.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
            visitor.post(&house, "/api/first-admin", &fields).await
        };
        assert_eq!(make("salah", GOOD).await.status, StatusCode::BAD_REQUEST);
        assert_eq!(make(&link, "pendek").await.status, StatusCode::BAD_REQUEST);
        let made = make(&link, GOOD).await;
        assert_eq!(made.status, StatusCode::OK, "{}", made.text());
        let admin = Visitor { session: made.session() };
        let list: serde_json::Value = admin.get(&house, "/api/accounts").await.json();
        assert_eq!(list["accounts"][0]["admin"], true);
        assert_eq!(make(&link, GOOD).await.status, StatusCode::BAD_REQUEST, "used up");
        let again = accounts.make_first_link().unwrap();
        assert!(!accounts.first_link_is_good(again).await, "there is an administrator now");
    });
}

#[test]
fn two_people_cannot_use_the_first_link_at_once() {
    run(async || {
        let house = House::empty().await;
        let accounts = &house.opened.deps.accounts;
        let link = accounts.make_first_link().unwrap();
        let tries = ["satu", "dua", "tiga"].map(|id| accounts.first_admin(link.clone(), draft(id), visit()));
        let made = futures::future::join_all(tries).await;
        assert_eq!(made.iter().filter(|made| made.is_ok()).count(), 1);
        assert_eq!(accounts.list().await.unwrap().len(), 1);
    });
}

#[test]
fn one_changes_ones_own_password_and_other_sessions_end() {
    run(async || {
        let house = House::practice().await;
        let (here, there) = (house.signed_in("staf").await, house.signed_in("staf").await);
        let change = async |old: &str, new: &str| {
            let fields = [("sandi_lama", old), ("sandi_baru", new), ("sandi_ulang", new)];
            here.post(&house, "/api/change-password", &fields).await
        };
        assert_eq!(
            change("bukan sandinya", GOOD).await.problem(),
            Problem::invalid("Sandi lama tidak cocok.")
        );
        assert_eq!(change(PASSWORD, "1234567890").await.status, StatusCode::BAD_REQUEST);
        assert_eq!(change(PASSWORD, GOOD).await.status, StatusCode::OK);
        assert_eq!(here.get(&house, "/api/overview").await.status, StatusCode::OK);
        assert_eq!(there.get(&house, "/api/overview").await.status, StatusCode::UNAUTHORIZED);
        assert_eq!(house.try_sign_in("staf", PASSWORD).await.status, StatusCode::BAD_REQUEST);
        assert_eq!(house.try_sign_in("staf", GOOD).await.status, StatusCode::OK);
    });
}

#[test]
fn an_account_that_is_switched_off_is_out_at_once() {
    run(async || {
        let house = House::practice().await;
        let (people, staff) = (&house.opened.deps.accounts, house.signed_in("staf").await);
        let mut change = draft("staf");
        change.password.clear();
        people.change(change.clone(), false).await.unwrap();
        assert_eq!(staff.get(&house, "/api/overview").await.status, StatusCode::UNAUTHORIZED);
        assert_eq!(house.try_sign_in("staf", PASSWORD).await.status, StatusCode::BAD_REQUEST);
        people.change(change, true).await.unwrap();
        house.signed_in("staf").await;
    });
}

#[test]
fn roles_change_without_signing_in_again() {
    run(async || {
        let house = House::practice().await;
        let staff = house.signed_in("staf").await;
        assert_eq!(staff.get(&house, "/api/accounts").await.status, StatusCode::FORBIDDEN);
        let mut change = draft("staf");
        (change.admin, change.password) = (true, String::new());
        house.opened.deps.accounts.change(change, true).await.unwrap();
        assert_eq!(staff.get(&house, "/api/accounts").await.status, StatusCode::OK);
    });
}

#[test]
fn the_last_administrator_cannot_be_lost() {
    run(async || {
        let house = House::practice().await;
        let people = &house.opened.deps.accounts;
        let admin = AccountDraft { admin: true, password: String::new(), ..draft("admin") };
        let demoted = AccountDraft { admin: false, ..admin.clone() };
        assert!(people.change(demoted.clone(), true).await.is_err());
        assert!(people.change(admin, false).await.is_err());
        people.add(AccountDraft { admin: true, ..draft("admin2") }).await.unwrap();
        people.change(demoted, true).await.unwrap();
    });
}

#[test]
fn accounts_are_added_once_and_survive_a_restart() {
    run(async || {
        let house = House::empty().await;
        let people = &house.opened.deps.accounts;
        people.add(draft("budi")).await.unwrap();
        assert!(people.add(draft("Budi")).await.is_err());
        assert!(people.add(draft("tidak sah")).await.is_err());
        let kept = house.opened.deps.store.accounts().await.unwrap();
        let views: Vec<AccountView> = kept.into_iter().map(|account| account.view).collect();
        assert_eq!(people.list().await.unwrap(), views);
        assert_eq!(people.names()[&"budi".into()].name, "Budi Santoso");
        assert!(people.practice_accounts().is_empty());
    });
}
