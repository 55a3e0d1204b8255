//! What every request must pass and every response carries.

use axum::body::Body;
use axum::http::StatusCode;

use crate::harness::{House, Visitor, run};

#[test]
fn requests_from_other_sites_change_nothing() {
    run(async || {
        let house = House::practice().await;
        let staff = house.signed_in("staf").await;
        let foreign: [&[(&str, &str)]; 4] = [
            &[("sec-fetch-site", "cross-site")],
            &[("sec-fetch-site", "same-site"), ("origin", "http://lain.kantor")],
            &[("origin", "http://evil.example")],
            &[("origin", "null")],
        ];
        for headers in foreign {
            for path in ["/api/sign-out", "/berkas", "/apa-saja"] {
                let mut request = staff.request("POST", path);
                for (name, value) in headers {
                    request = request.header(*name, *value);
                }
                let answer = house.send(request.body(Body::empty()).unwrap()).await;
                assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path} {headers:?}");
            }
        }
        assert_eq!(staff.get(&house, "/api/overview").await.status, StatusCode::OK, "still signed in");
        let own = staff.request("POST", "/api/sign-out").header("origin", "http://alur.kantor");
        let own = own.header("sec-fetch-site", "same-origin").body(Body::empty()).unwrap();
        assert_eq!(house.send(own).await.status, StatusCode::OK);
    });
}

#[test]
fn a_page_runs_only_its_own_scripts() {
    run(async || {
        let house = House::practice().await;
        let page = Visitor::default().get(&house, "/masuk").await;
        assert_eq!(page.status, StatusCode::OK);
        let policy = page.header("content-security-policy");
        let nonce = policy.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next()).unwrap();
        let text = page.text();
        let scripts = text.matches("<script").count();
        assert!(scripts > 0);
        assert_eq!(
            text.matches(&format!("nonce=\"{nonce}\"")).count(),
            scripts,
            "every script has the nonce"
        );
        for part in ["default-src 'self'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"] {
            assert!(policy.contains(part), "{policy}");
        }
        assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{policy}");
        assert_eq!(page.header("cache-control"), "no-store");
        let other = Visitor::default().get(&house, "/masuk").await;
        assert!(!other.header("content-security-policy").contains(nonce), "a nonce is used once");
    });
}

#[test]
fn every_answer_carries_the_usual_headers() {
    run(async || {
        let house = House::practice().await;
        let visitor = Visitor::default();
        for path in [
            "/",
            "/masuk",
            "/tidak-ada",
            "/pkg/alur.js",
            "/api/overview",
            "/healthz",
            "/metrics",
            "/berkas/x",
        ] {
            let answer = visitor.get(&house, path).await;
            assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
            assert_eq!(answer.header("referrer-policy"), "same-origin", "{path}");
            assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin", "{path}");
            assert!(answer.header("content-security-policy").contains("frame-ancestors 'none'"), "{path}");
            assert!(!answer.header("cache-control").is_empty(), "{path}");
            assert_eq!(answer.header("x-request-id").len(), 16, "{path}");
        }
    });
}

#[test]
fn files_of_this_build_are_kept_and_others_asked_for_again() {
    run(async || {
        let house = House::practice().await;
        let build = house.opened.deps.assets.build();
        let cache = async |path: &str| {
            let answer = Visitor::default().get(&house, path).await;
            assert_eq!(answer.status, StatusCode::OK, "{path}");
            answer.header("cache-control").to_owned()
        };
        assert!(cache(&format!("/pkg/alur.js?v={build}")).await.contains("immutable"));
        assert_eq!(cache("/pkg/alur.js?v=lama").await, "no-cache");
        assert_eq!(cache("/ikon.svg").await, "no-cache");
        for path in ["/pkg/../../db", "/pkg/%2e%2e/%2e%2e/etc/passwd", "/pkg", "/.env"] {
            assert_eq!(Visitor::default().get(&house, path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
    });
}

#[test]
fn machines_see_signs_of_life() {
    run(async || {
        let house = House::practice().await;
        let visitor = Visitor::default();
        assert_eq!(visitor.get(&house, "/healthz").await.text(), "ok\n");
        assert_eq!(visitor.get(&house, "/readyz").await.text(), "ok\n");
        visitor.get(&house, "/masuk").await;
        let numbers = visitor.get(&house, "/metrics").await.text();
        for name in
            ["alur_http_requests_total{route=\"/masuk\"", "alur_http_request_seconds_bucket", "alur_log_seq"]
        {
            assert!(numbers.contains(name), "{name}\n{numbers}");
        }
    });
}

#[test]
fn text_says_that_it_is_utf_8_and_the_worker_is_nobodys_frame() {
    run(async || {
        let house = House::practice().await;
        let script = Visitor::default().get(&house, "/pkg/alur.js").await;
        assert_eq!(script.header("content-type"), "text/javascript; charset=utf-8");
        let worker = Visitor::default().get(&house, "/papan-sw.js").await;
        assert!(worker.header("content-security-policy").contains("frame-ancestors 'none'"));
    });
}
