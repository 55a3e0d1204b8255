//! Passwords: who sets them, what wrong tries do and do not do, and look-alikes of names.

use std::net::SocketAddr;

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{StatusCode, header};
use desk::account::{PasswordLink, PasswordState, People};
use desk::problem::Problem;
use domain::id::AccountId;

use crate::harness::{Answer, House, PASSWORD, Visitor, run};

const GOOD: &str = "kuda jambu 7 pagi";
const OTHER: &str = "payung biru tujuh kerbau";
const WRONG: &str = "bukan sandinya";

/// Tries to sign in from an address, perhaps with the cookie of a browser that is known.
async fn try_from(house: &House, from: &str, account: &str, password: &str, browser: Option<&str>) -> Answer {
    let body = form_urlencoded::Serializer::new(String::new())
        .extend_pairs([("akun", account), ("sandi", password)])
        .finish();
    let mut request = Visitor::default()
        .request("POST", "/api/sign-in")
        .header(header::ACCEPT, "application/json")
        .header("x-forwarded-for", from)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    if let Some(browser) = browser {
        request = request.header(header::COOKIE, format!("alur_kenal={browser}"));
    }
    let mut request = request.body(Body::from(body)).unwrap();
    // The proxy that the office trusts.
    let proxy: SocketAddr = "10.0.0.1:1".parse().unwrap();
    request.extensions_mut().insert(ConnectInfo(proxy));
    house.send(request).await
}

/// By what a browser is known after this answer.
fn browser(answer: &Answer) -> String {
    let cookies = answer.headers.get_all("set-cookie").into_iter().map(|value| value.to_str().unwrap());
    let cookie = cookies.into_iter().find_map(|cookie| cookie.strip_prefix("alur_kenal=")).unwrap();
    for part in ["HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=34560000"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    cookie.split(';').next().unwrap().to_owned()
}

#[test]
fn wrong_tries_elsewhere_do_not_lock_the_right_person_out() {
    run(async || {
        let house = House::practice().await;
        for _ in 0..5 {
            let wrong = try_from(&house, "203.0.113.7", "staf", WRONG, None).await;
            assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
        }
        let more = try_from(&house, "203.0.113.7", "staf", PASSWORD, None).await;
        assert_eq!(more.status, StatusCode::TOO_MANY_REQUESTS, "whoever guesses waits");
        let right = try_from(&house, "198.51.100.4", "staf", PASSWORD, None).await;
        assert_eq!(right.status, StatusCode::OK, "the right one, from elsewhere: {}", right.text());
    });
}

#[test]
fn a_browser_that_has_signed_in_before_is_let_through() {
    run(async || {
        let house = House::practice().await;
        let first = try_from(&house, "203.0.113.7", "staf", PASSWORD, None).await;
        let known = browser(&first);
        // Somebody behind the same address, as in an office.
        for _ in 0..5 {
            try_from(&house, "203.0.113.7", "staf", WRONG, None).await;
        }
        let stranger = try_from(&house, "203.0.113.7", "staf", PASSWORD, None).await;
        assert_eq!(stranger.status, StatusCode::TOO_MANY_REQUESTS);
        let planted = try_from(&house, "203.0.113.7", "staf", PASSWORD, Some("ditanam")).await;
        assert_eq!(planted.status, StatusCode::TOO_MANY_REQUESTS);
        let other = try_from(&house, "203.0.113.7", "karo", WRONG, Some(&known)).await;
        assert_eq!(other.status, StatusCode::BAD_REQUEST, "known for one account only");
        let through = try_from(&house, "203.0.113.7", "staf", PASSWORD, Some(&known)).await;
        assert_eq!(through.status, StatusCode::OK, "{}", through.text());
        assert_ne!(browser(&through), known, "the secret changes each time");
    });
}

#[test]
fn many_addresses_that_guess_one_name_are_slowed_and_a_known_browser_is_not() {
    run(async || {
        let house = House::practice().await;
        let known = browser(&try_from(&house, "198.51.100.4", "staf", PASSWORD, None).await);
        for n in 0..50 {
            let wrong = try_from(&house, &format!("203.0.113.{n}"), "staf", WRONG, None).await;
            assert_eq!(wrong.status, StatusCode::BAD_REQUEST, "{n}");
        }
        let next = try_from(&house, "203.0.113.200", "staf", WRONG, None).await;
        assert_eq!(next.status, StatusCode::TOO_MANY_REQUESTS);
        let through = try_from(&house, "198.51.100.9", "staf", PASSWORD, Some(&known)).await;
        assert_eq!(through.status, StatusCode::OK, "{}", through.text());
        house.signed_in("karo").await;
    });
}

/// The buckets were shared by everybody once: an agency's mistakes stopped all.
#[test]
fn wrong_old_passwords_hold_up_their_own_account_only() {
    run(async || {
        let house = House::practice().await;
        let (agency, staff) = (house.signed_in("dinkes").await, house.signed_in("staf").await);
        let change = async |who: &Visitor, old: &str| {
            let fields = [("sandi_lama", old), ("sandi_baru", GOOD), ("sandi_ulang", GOOD)];
            who.post(&house, "/api/change-password", &fields).await.status
        };
        for _ in 0..10 {
            assert_eq!(change(&agency, WRONG).await, StatusCode::BAD_REQUEST);
        }
        assert_eq!(change(&agency, PASSWORD).await, StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(change(&staff, PASSWORD).await, StatusCode::OK);
        assert_eq!(house.try_sign_in("dinkes", PASSWORD).await.status, StatusCode::OK, "signing in goes on");
    });
}

#[test]
fn a_changed_password_makes_other_browsers_strangers() {
    run(async || {
        let house = House::practice().await;
        let here = try_from(&house, "203.0.113.7", "staf", PASSWORD, None).await;
        let there = browser(&try_from(&house, "203.0.113.8", "staf", PASSWORD, None).await);
        let (session, mine) = (here.session().unwrap(), browser(&here));
        let fields = [("sandi_lama", PASSWORD), ("sandi_baru", GOOD), ("sandi_ulang", GOOD)];
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let request = Visitor::default()
            .request("POST", "/api/change-password")
            .header(header::ACCEPT, "application/json")
            .header(header::COOKIE, format!("alur_sesi={session}; alur_kenal={mine}"))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let changed = house.send(request.body(Body::from(body)).unwrap()).await;
        assert_eq!(changed.status, StatusCode::OK, "{}", changed.text());
        for _ in 0..5 {
            try_from(&house, "203.0.113.9", "staf", WRONG, None).await;
        }
        let other = try_from(&house, "203.0.113.9", "staf", GOOD, Some(&there)).await;
        assert_eq!(other.status, StatusCode::TOO_MANY_REQUESTS);
        let own = try_from(&house, "203.0.113.9", "staf", GOOD, Some(&mine)).await;
        assert_eq!(own.status, StatusCode::OK);
    });
}

/// The secret of the link that an administrator has just made.
async fn link(house: &House, admin: &Visitor, path: &str, fields: &[(&str, &str)]) -> String {
    let made = admin.post(house, path, fields).await;
    assert_eq!(made.status, StatusCode::OK, "{}", made.text());
    let slip: String = made.json();
    let page = admin.get(house, &format!("/kelola/akun?lembar={slip}")).await.text();
    let secret = page.split("http://alur.kantor/sandi?kunci=").nth(1).unwrap_or_else(|| panic!("{page}"));
    let secret: String = secret.chars().take_while(char::is_ascii_hexdigit).collect();
    assert_eq!(secret.len(), 64);
    let again = admin.get(house, &format!("/kelola/akun?lembar={slip}")).await.text();
    assert!(!again.contains(&secret), "it is shown once");
    secret
}

async fn use_link(house: &House, secret: &str, password: &str) -> Answer {
    let fields = [("kunci", secret), ("sandi_baru", password), ("sandi_ulang", password)];
    Visitor::default().post(house, "/api/use-password-link", &fields).await
}

#[test]
fn a_new_account_gets_its_password_from_its_owner() {
    run(async || {
        let house = House::practice().await;
        let admin = house.signed_in("admin").await;
        for (id, more) in [("budi", ("lajur[staf]", "ya")), ("bappeda", ("pd", "bappeda"))] {
            let name = format!("Orang Baru {id}");
            let secret =
                link(&house, &admin, "/api/add-account", &[("akun", id), ("nama", &name), more]).await;
            assert_eq!(
                house.try_sign_in(id, "").await.status,
                StatusCode::BAD_REQUEST,
                "no password opens it"
            );
            let page = format!("/sandi?kunci={secret}");
            for method in ["GET", "HEAD", "GET"] {
                let looked =
                    house.send(Visitor::default().request(method, &page).body(Body::empty()).unwrap()).await;
                assert_eq!(
                    (looked.status, looked.session()),
                    (StatusCode::OK, None),
                    "looking changes nothing"
                );
            }
            assert!(Visitor::default().get(&house, &page).await.text().contains("Buat sandi baru"));
            let weak = use_link(&house, &secret, "1234567890").await;
            assert_eq!(weak.status, StatusCode::BAD_REQUEST, "and leaves the link as it is");
            let named = use_link(&house, &secret, &format!("{id}-orang-baru")).await;
            assert!(named.problem().to_string().contains("nama, akun"), "{}", named.problem());
            let used = use_link(&house, &secret, GOOD).await;
            assert_eq!(used.status, StatusCode::OK, "{}", used.text());
            assert!(used.session().is_some(), "whoever has just set it is in");
            assert_eq!(house.try_sign_in(id, GOOD).await.status, StatusCode::OK);
            let twice = use_link(&house, &secret, OTHER).await;
            assert!(twice.problem().to_string().contains("sudah dipakai"), "{}", twice.problem());
            assert!(Visitor::default().get(&house, &page).await.text().contains("sudah dipakai"));
            assert_eq!(house.try_sign_in(id, GOOD).await.status, StatusCode::OK, "the first one stays");
        }
        for page in ["/sandi", "/sandi?kunci=", "/sandi?kunci=abc"] {
            assert!(Visitor::default().get(&house, page).await.text().contains("tidak dikenal"), "{page}");
        }
    });
}

#[test]
fn a_link_replaces_a_password_and_ends_sessions_when_it_is_used() {
    run(async || {
        let house = House::practice().await;
        let (admin, staff) = (house.signed_in("admin").await, house.signed_in("staf").await);
        let make = "/api/make-password-link";
        assert_eq!(staff.post(&house, make, &[("akun", "karo")]).await.status, StatusCode::FORBIDDEN);
        let older = link(&house, &admin, make, &[("akun", "staf")]).await;
        let secret = link(&house, &admin, make, &[("akun", "staf")]).await;
        assert!(use_link(&house, &older, GOOD).await.problem().to_string().contains("tidak dikenal"));
        assert_eq!(
            staff.get(&house, "/api/overview").await.status,
            StatusCode::OK,
            "nothing has changed yet"
        );
        assert_eq!(house.try_sign_in("staf", PASSWORD).await.status, StatusCode::OK);
        assert_eq!(use_link(&house, &secret, GOOD).await.status, StatusCode::OK);
        assert_eq!(staff.get(&house, "/api/overview").await.status, StatusCode::UNAUTHORIZED);
        assert_eq!(house.try_sign_in("staf", PASSWORD).await.status, StatusCode::BAD_REQUEST);
        // At once, where somebody else knows it.
        let staff = Visitor { session: house.try_sign_in("staf", GOOD).await.session() };
        let fields = [("akun", "staf"), ("putus", "ya")];
        let secret = link(&house, &admin, make, &fields).await;
        assert_eq!(staff.get(&house, "/api/overview").await.status, StatusCode::UNAUTHORIZED);
        assert_eq!(house.try_sign_in("staf", GOOD).await.status, StatusCode::BAD_REQUEST);
        assert_eq!(use_link(&house, &secret, OTHER).await.status, StatusCode::OK);
    });
}

#[test]
fn two_cannot_use_a_link_at_once() {
    run(async || {
        let house = House::practice().await;
        let admin = house.signed_in("admin").await;
        let secret = link(&house, &admin, "/api/make-password-link", &[("akun", "staf")]).await;
        let tries =
            [GOOD, OTHER, "gitar basah lampu sore"].map(|password| use_link(&house, &secret, password));
        let used = futures::future::join_all(tries).await;
        assert_eq!(used.iter().filter(|answer| answer.status == StatusCode::OK).count(), 1);
    });
}

#[test]
fn a_link_expires_and_its_account_may_end() {
    run(async || {
        let house = House::practice().await;
        let (people, store) = (&house.opened.deps.accounts, &house.opened.deps.store);
        let admin = house.signed_in("admin").await;
        let secret = link(&house, &admin, "/api/make-password-link", &[("akun", "staf")]).await;
        let mut kept = store.password_links().await.unwrap().remove(0);
        assert_ne!(kept.key.as_hex(), secret, "only the hash is kept");
        assert_eq!((kept.expires - kept.made_at).num_days(), 7);
        kept.expires = kept.made_at;
        store.put_password_link(&kept).await.unwrap();
        assert_eq!(people.password_link(secret.clone()).await, Ok(PasswordLink::Expired));
        assert!(use_link(&house, &secret, GOOD).await.problem().to_string().contains("lewat waktunya"));
        let page = Visitor::default().get(&house, &format!("/sandi?kunci={secret}")).await.text();
        assert!(page.contains("lewat waktunya"));
        people.sweep(kept.made_at + chrono::TimeDelta::days(29)).await.unwrap();
        assert_eq!(store.password_links().await.unwrap().len(), 1, "it is remembered for a month");
        people.sweep(kept.made_at + chrono::TimeDelta::days(31)).await.unwrap();
        assert_eq!(store.password_links().await.unwrap(), []);

        let secret = link(&house, &admin, "/api/make-password-link", &[("akun", "karo")]).await;
        let off = [("akun", "karo"), ("nama", "Kepala Biro")];
        assert_eq!(admin.post(&house, "/api/change-account", &off).await.status, StatusCode::OK);
        assert_eq!(people.password_link(secret.clone()).await, Ok(PasswordLink::Unknown));
        assert_eq!(use_link(&house, &secret, GOOD).await.status, StatusCode::BAD_REQUEST);
        let made = admin.post(&house, "/api/make-password-link", &[("akun", "karo")]).await;
        assert!(made.problem().to_string().contains("nonaktif"), "{}", made.problem());
    });
}

#[test]
fn a_password_of_the_operator_is_changed_first() {
    run(async || {
        let house = House::practice().await;
        let people = &house.opened.deps.accounts;
        people.set_password(&"staf".into(), GOOD.to_owned()).await.unwrap();
        let answer = house.try_sign_in("staf", GOOD).await;
        assert_eq!((answer.status, answer.session()), (StatusCode::OK, None), "not in yet");
        let place = answer.header("location").to_owned();
        let secret = place.strip_prefix("/sandi?kunci=").unwrap().split('&').next().unwrap().to_owned();
        let page = Visitor::default().get(&house, &place).await.text();
        assert!(page.contains("diberikan oleh orang lain"), "{page}");
        assert_eq!(house.try_sign_in("staf", WRONG).await.header("location"), "");
        assert_eq!(use_link(&house, &secret, OTHER).await.status, StatusCode::OK);
        assert!(house.try_sign_in("staf", OTHER).await.session().is_some());
    });
}

#[test]
fn the_list_says_how_each_stands_with_its_password() {
    run(async || {
        let house = House::practice().await;
        let (admin, people) = (house.signed_in("admin").await, &house.opened.deps.accounts);
        link(&house, &admin, "/api/add-account", &[("akun", "budi"), ("nama", "Budi Baru")]).await;
        let states = people.passwords().await.unwrap();
        let set = PasswordState { set: true, ..PasswordState::default() };
        assert_eq!(states[&AccountId::from("staf")], set);
        assert!(!states[&AccountId::from("budi")].set && states[&AccountId::from("budi")].link.is_some());
        let page = admin.get(&house, "/kelola/akun").await.text();
        assert!(page.contains("Tautan sandi belum dipakai") && page.contains("Punya sandi."), "{page}");
        assert!(!page.contains("name=\"sandi\""), "nobody types a password for others");
    });
}

#[test]
fn a_changed_password_ends_the_calendar_if_one_wishes() {
    run(async || {
        let house = House::practice().await;
        let staff = house.signed_in("staf").await;
        assert!(!staff.get(&house, "/akun").await.text().contains("name=\"kalender\""), "there is none yet");
        let feed = async || house.opened.deps.store.feed(&"staf".into()).await.unwrap();
        staff.post(&house, "/api/make-feed", &[]).await;
        assert!(staff.get(&house, "/akun").await.text().contains("name=\"kalender\""));
        let change = async |old: &str, new: &str, more: &[(&str, &str)]| {
            let fields =
                [&[("sandi_lama", old), ("sandi_baru", new), ("sandi_ulang", new)][..], more].concat();
            staff.post(&house, "/api/change-password", &fields).await.status
        };
        assert_eq!(change(PASSWORD, "1234567890", &[("kalender", "ya")]).await, StatusCode::BAD_REQUEST);
        assert!(feed().await.is_some(), "a refused change ends nothing");
        assert_eq!(change(PASSWORD, GOOD, &[]).await, StatusCode::OK);
        assert!(feed().await.is_some());
        assert_eq!(change(GOOD, OTHER, &[("kalender", "ya")]).await, StatusCode::OK);
        assert!(feed().await.is_none());
    });
}

#[test]
fn common_passwords_and_those_of_names_are_refused_everywhere() {
    run(async || {
        let house = House::practice().await;
        let dinkes = house.signed_in("dinkes").await;
        let change = async |new: &str| {
            let fields = [("sandi_lama", PASSWORD), ("sandi_baru", new), ("sandi_ulang", new)];
            dinkes.post(&house, "/api/change-password", &fields).await.problem().to_string()
        };
        assert!(change("P@ssw0rd123").await.contains("paling sering dipakai"));
        assert!(change("Dinas.Kesehatan-27").await.contains("PD Anda"));
        assert!(change("biro-organisasi-2026").await.contains("kata-kata kantor"));
        assert_eq!(house.try_sign_in("dinkes", PASSWORD).await.status, StatusCode::OK);
    });
}

#[test]
fn a_name_that_looks_like_another_has_to_be_confirmed() {
    run(async || {
        let house = House::practice().await;
        let admin = house.signed_in("admin").await;
        let page = "/kelola/akun";
        let (of_id, of_name) =
            ([("akun", "5taf"), ("nama", "X")], [("akun", "baru"), ("nama", "S1ti  AmInah")]);
        let bad_id = admin.post(&house, "/api/add-account", &of_id).await;
        assert_eq!(bad_id.status, StatusCode::BAD_REQUEST, "no id begins with a digit");
        let answer = admin.post(&house, "/api/add-account", &of_name).await;
        assert_eq!(answer.status.as_u16(), 428);
        assert!(
            matches!(answer.problem(), Problem::Alike { others } if others.contains("akun dinkes (Siti Aminah)"))
        );
        let led = admin.submit(&house, page, "/api/add-account", &of_name).await;
        let shown = admin.get(&house, led.header("location")).await.text();
        assert!(shown.contains("Mirip dengan akun dinkes") && shown.contains("name=\"tetap\""), "{shown}");
        assert!(shown.contains("S1ti  AmInah"), "what was typed stays");
        let sure = [&of_name[..], &[("tetap", "ya")]].concat();
        assert_eq!(admin.post(&house, "/api/add-account", &sure).await.status, StatusCode::OK);
        let list = admin.get(&house, page).await.text();
        assert!(list.contains("mirip dengan dinkes") && list.contains("mirip dengan baru"), "{list}");
        // A change that leaves the name as it is does not ask.
        let roles = [("akun", "dinkes"), ("nama", "Siti Aminah"), ("jabatan", "Perencana"), ("aktif", "ya")];
        assert_eq!(admin.post(&house, "/api/change-account", &roles).await.status, StatusCode::OK);
        let renamed = [("akun", "staf"), ("nama", "SITI AMINAH"), ("aktif", "ya")];
        assert_eq!(admin.post(&house, "/api/change-account", &renamed).await.status.as_u16(), 428);
    });
}

#[test]
fn an_agency_that_looks_like_another_has_to_be_confirmed() {
    run(async || {
        let house = House::practice().await;
        let admin = house.signed_in("admin").await;
        let alike = |id: &'static str| {
            vec![("kode", "dinkes-2"), ("nama", "Dinas Kesehatan."), ("singkatan", "DK2"), ("command_id", id)]
        };
        let answer = admin.post(&house, "/api/add-agency", &alike("a")).await;
        assert_eq!(answer.status.as_u16(), 428, "{}", answer.text());
        assert!(answer.problem().to_string().contains("PD Dinas Kesehatan (dinkes)"), "{}", answer.problem());
        let led = admin.submit(&house, "/kelola/pd", "/api/add-agency", &alike("b")).await;
        let shown = admin.get(&house, led.header("location")).await.text();
        assert!(shown.contains("name=\"tetap\""), "{shown}");
        let sure = [alike("c"), vec![("tetap", "ya")]].concat();
        assert_eq!(admin.post(&house, "/api/add-agency", &sure).await.status, StatusCode::OK);
        let rename = |id, tetap| {
            vec![
                ("kode", "bappeda"),
                ("nama", "Dinas  Kesehatan"),
                ("singkatan", "B"),
                ("command_id", id),
                tetap,
            ]
        };
        let answer = admin.post(&house, "/api/rename-agency", &rename("d", ("x", "y"))).await;
        assert_eq!(answer.status.as_u16(), 428, "{}", answer.text());
        let answer = admin.post(&house, "/api/rename-agency", &rename("e", ("tetap", "ya"))).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    });
}
