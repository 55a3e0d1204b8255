//! Accounts of agencies: made by the administrator, they open an agency's pages and nothing else.

use axum::http::StatusCode;
use desk::account::People;
use desk::office::Desk;
use desk::problem::Problem;
use domain::id::AccountId;

use crate::harness::{House, PASSWORD, RUN, Visitor, run};

const NEW: &str = "kopi hitam jam 9";

fn account<'a>(id: &'a str, pd: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![("akun", id), ("nama", "Rahmat Hidayat"), ("jabatan", "Perencana"), ("pd", pd)]
}

#[test]
fn an_administrator_makes_one_and_it_opens_the_agencys_pages_only() {
    run(async || {
        let house = House::practice().await;
        let admin = house.signed_in("admin").await;
        let answer = admin.post(&house, "/api/add-account", &account("bappeda", "bappeda")).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        let list = admin.get(&house, "/kelola/akun").await.text();
        assert!(list.contains("Akun Perangkat Daerah") && list.contains("Rahmat Hidayat"), "{list}");
        let people = &house.opened.deps.accounts;
        let (account, by) = (AccountId::from("bappeda"), AccountId::from("admin"));
        let slip = people.make_password_link(account, by.clone(), false).await.unwrap();
        let link = people.password_slip(&slip, &by, "").unwrap().url;
        let kunci = link.strip_prefix("/sandi?kunci=").unwrap();
        let fields = [("kunci", kunci), ("sandi_baru", NEW), ("sandi_ulang", NEW)];
        let set = Visitor::default().post(&house, "/api/use-password-link", &fields).await;
        assert_eq!(set.status, StatusCode::OK, "{}", set.text());

        let answer = house.try_sign_in("bappeda", NEW).await;
        let agency = Visitor { session: answer.session() };
        let home = agency.get(&house, "/pd").await;
        assert_eq!(home.status, StatusCode::OK);
        let text = home.text();
        assert!(text.contains("Badan Perencanaan Pembangunan Daerah") && text.contains("Keluar"), "{text}");
        assert_eq!(agency.get(&house, "/pd/lkj/2026").await.status, StatusCode::OK);
        // It leads from the office's pages to its own.
        for page in ["/", "/pelaksanaan", "/pelaksanaan/1", "/pelaksanaan/1/lkj", "/kelola/akun", "/sop"] {
            let answer = agency.get(&house, page).await;
            assert_eq!(answer.header("location"), "/pd", "{page}: {}", answer.status);
        }
        for call in ["overview", "sheet?run=1", "matrix?run=1", "accounts", "events?after=0&wait=0"] {
            let answer = agency.get(&house, &format!("/api/{call}")).await;
            assert_eq!(answer.problem(), Problem::SignedOut, "{call}");
        }
        assert_eq!(house.opened.deps.accounts.caller(&"bappeda".into()), None);
    });
}

#[test]
fn it_is_of_the_office_or_of_an_agency_and_stays_so() {
    run(async || {
        let house = House::practice().await;
        let admin = house.signed_in("admin").await;
        let refused = async |path: &str, fields: &[(&str, &str)], words: &str| {
            let answer = admin.post(&house, path, fields).await;
            assert!(answer.status.is_client_error(), "{path}: {}", answer.text());
            assert!(answer.problem().to_string().contains(words), "{}", answer.problem());
        };
        let with = |more: &[(&'static str, &'static str)]| {
            account("baru", "dinkes").into_iter().chain(more.iter().copied()).collect::<Vec<_>>()
        };
        refused("/api/add-account", &account("baru", "tidak-ada"), "PD ini").await;
        refused("/api/add-account", &with(&[("admin", "ya")]), "peran kantor").await;
        refused("/api/add-account", &with(&[("lajur[staf]", "ya")]), "peran kantor").await;
        // An account of an agency stays that agency's, and gets no part in the office.
        let office = [("akun", "dinkes"), ("nama", "Siti"), ("lajur[staf]", "ya"), ("aktif", "ya")];
        refused("/api/change-account", &office, "peran kantor").await;
        let other = [("akun", "dinkes"), ("nama", "Siti"), ("pd", "bappeda"), ("aktif", "ya")];
        let answer = admin.post(&house, "/api/change-account", &other).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        let dinkes = Visitor { session: house.try_sign_in("dinkes", PASSWORD).await.session() };
        assert!(dinkes.get(&house, "/pd").await.text().contains("Dinas Kesehatan"));
    });
}

#[test]
fn it_changes_its_password_and_ends_with_its_account() {
    run(async || {
        let house = House::practice().await;
        let dinkes = Visitor { session: house.try_sign_in("dinkes", PASSWORD).await.session() };
        assert!(dinkes.get(&house, "/akun").await.text().contains("PD Dinkes"));
        let change = [("sandi_lama", PASSWORD), ("sandi_baru", NEW), ("sandi_ulang", NEW)];
        let answer = dinkes.post(&house, "/api/change-password", &change).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        assert_eq!(house.try_sign_in("dinkes", PASSWORD).await.session(), None);
        assert!(house.try_sign_in("dinkes", NEW).await.session().is_some());

        let admin = house.signed_in("admin").await;
        let close = [("akun", "dinkes"), ("nama", "Siti"), ("pd", "dinkes")];
        let answer = admin.post(&house, "/api/change-account", &close).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        assert_eq!(dinkes.get(&house, "/api/agency-home").await.problem(), Problem::SignedOut);
        assert_eq!(house.try_sign_in("dinkes", NEW).await.session(), None);
    });
}

#[test]
fn whoever_came_by_a_link_has_no_account_to_change() {
    run(async || {
        let house = House::practice().await;
        let sender = crate::harness::Sender::fresh(&house).await;
        let change = [("sandi_lama", PASSWORD), ("sandi_baru", NEW), ("sandi_ulang", NEW)];
        let answer = sender.visitor.post(&house, "/api/change-password", &change).await;
        assert_eq!(answer.problem(), Problem::SignedOut);
        let page = sender.visitor.get(&house, "/pd").await.text();
        assert!(page.contains("lewat tautan") && page.contains("Keluar"), "{page}");
        let out = sender.visitor.post(&house, "/api/sign-out", &[]).await;
        assert_eq!(out.status, StatusCode::OK);
        assert_eq!(sender.visitor.get(&house, "/api/agency-home").await.problem(), Problem::SignedOut);
    });
}

#[test]
fn what_it_sends_bears_its_name() {
    run(async || {
        let house = House::practice().await;
        let session = house.try_sign_in("dinkes", PASSWORD).await.session();
        let sender = crate::harness::Sender {
            code: "dinkes".into(),
            visitor: Visitor { session },
            token: String::new(),
        };
        sender.send(&house, vec![crate::harness::row("Indikator A", "100", "90")]).await;
        let office = house.opened.office.office();
        assert_eq!(office.runs[&RUN].reports[&sender.code].last().unwrap().by, AccountId::from("dinkes"));
        let names = house.opened.deps.accounts.names();
        assert_eq!(names[&AccountId::from("dinkes")].name, "Siti Aminah");
    });
}
