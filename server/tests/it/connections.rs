//! Connections that want nothing but to be there: half a request, nothing, too many pages.

use std::time::{Duration, Instant};

use futures::future::join_all;
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::harness::{House, Program, run};

/// How many send half a head, and how long a head may take.
const HALF_SENT: usize = 1_500;
const HEAD: Duration = Duration::from_secs(10);
/// What the slowest ordinary page may take meanwhile, on a machine that tests something else as well.
const PAGE: Duration = Duration::from_secs(3);
/// Live pages of one session.
const PER_SESSION: usize = 40;

async fn page(address: &str) -> Duration {
    let begun = Instant::now();
    let mut stream = TcpStream::connect(address).await.unwrap();
    let ask = format!("GET /masuk HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    stream.write_all(ask.as_bytes()).await.unwrap();
    let mut said = Vec::new();
    stream.read_to_end(&mut said).await.unwrap();
    assert!(said.starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&said));
    begun.elapsed()
}

#[test]
fn fifteen_hundred_half_sent_heads_are_gone_after_ten_seconds_and_pages_come_meanwhile() {
    rlimit::increase_nofile_limit(u64::MAX).unwrap();
    run(async || {
        let folder = TempDir::new().unwrap();
        let program = Program::start(folder.path(), "practice");
        let address = program.site.strip_prefix("http://").unwrap().to_owned();
        let mut halves = Vec::new();
        for _ in 0..HALF_SENT {
            let mut half = TcpStream::connect(&address).await.unwrap();
            half.write_all(b"GET /masuk HTTP/1.1\r\nHost: alur\r\nX-Lambat: ").await.unwrap();
            halves.push((Instant::now(), half));
        }
        let gone = tokio::spawn(join_all(halves.into_iter().map(|(begun, mut half)| async move {
            let mut rest = Vec::new();
            // Closed with a word or without one.
            let _ = half.read_to_end(&mut rest).await;
            begun.elapsed()
        })));
        let mut times = Vec::new();
        while !gone.is_finished() {
            times.push(page(&address).await);
        }
        let mut lasted = gone.await.unwrap();
        lasted.sort();
        times.sort();
        let p99 = times[(times.len() - 1) * 99 / 100];
        let (first, last) = (lasted[0], lasted[HALF_SENT - 1]);
        println!(
            "{HALF_SENT} half-sent heads: gone after {first:.1?} to {last:.1?}; a page meanwhile: p99 {p99:.1?} of {}",
            times.len()
        );
        assert!(first >= HEAD - Duration::from_secs(1), "{first:?}");
        assert!(last < HEAD + Duration::from_secs(5), "{last:?}");
        assert!(p99 < PAGE, "{p99:?}");
    });
}

#[test]
fn a_session_has_so_many_live_pages_and_the_next_hears_why() {
    run(async || {
        let house = House::practice().await;
        let server = house.serve().await;
        let cookie =
            async |account: &str| format!("alur_sesi={}", house.signed_in(account).await.session.unwrap());
        let (staff, other) = (cookie("staf").await, cookie("karo").await);
        let open = async |cookie: &str| server.try_page("after=0", &[("cookie", cookie)]).await;
        let mut pages = Vec::new();
        for _ in 0..PER_SESSION {
            pages.push(open(&staff).await.ok().unwrap());
        }
        assert_eq!(open(&staff).await.err(), Some(429));
        let poll = async |cookie: &str| {
            let asked = format!("http://{}/api/events?after=0&wait=0", server.address);
            reqwest::Client::new().get(asked).header("cookie", cookie).send().await.unwrap()
        };
        let refused = poll(&staff).await;
        assert_eq!(refused.status(), 429);
        assert!(refused.text().await.unwrap().contains("Tutup beberapa di antaranya"));
        assert_eq!(poll(&other).await.status(), 200, "another session has its own");
        assert!(open(&other).await.is_ok());
        pages.pop();
        // The server hears of it when the line has ended.
        while let Err(status) = open(&staff).await {
            assert_eq!(status, 429);
        }
    });
}

#[test]
fn one_address_has_so_many_connections_and_the_next_hears_why() {
    run(async || {
        let folder = TempDir::new().unwrap();
        let program = Program::start_with(folder.path(), "practice", &[("ALUR_PER_ADDRESS", "20")]);
        let address = program.site.strip_prefix("http://").unwrap().to_owned();
        let mut twenty = Vec::new();
        for _ in 0..20 {
            twenty.push(TcpStream::connect(&address).await.unwrap());
        }
        let mut one_more = TcpStream::connect(&address).await.unwrap();
        one_more.write_all(b"GET / HTTP/1.1\r\n").await.unwrap();
        let mut said = String::new();
        one_more.read_to_string(&mut said).await.unwrap();
        assert!(said.starts_with("HTTP/1.1 503") && said.contains("Tunggu sebentar"), "{said}");
        drop(twenty);
        let client = reqwest::Client::new();
        while client.get(format!("{}/masuk", program.site)).send().await.unwrap().status() != 200 {}
    });
}
