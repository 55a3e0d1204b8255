//! The moment of receipt: when the last byte of the sending arrived, to the millisecond.

use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use desk::office::Desk;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::harness::{House, RUN, Sender, run};

const LAST: &str = "2027-01-10T23:59:59.999+07:00";
const FIRST_LATE: &str = "2027-01-11T00:00:00.000+07:00";

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// Sends a report over a socket: all but the last byte while the clock shows `begun`, the last
/// one when it shows `ended`.
async fn send(house: &House, begun: &str, ended: &str) -> Sender {
    let sender = Sender::fresh(house).await;
    sender.prepare(house, vec![crate::harness::row("Indikator A", "100", "90")]).await;
    let server = house.serve().await;
    house.clock.set(at(begun));
    let body = format!("run=1&command_id=kirim-{}&alasan=menyusul", sender.code);
    let head = format!(
        "POST /api/send-report HTTP/1.1\r\nhost: alur.kantor\r\naccept: application/json\r\n\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\nconnection: close\r\n\
         cookie: alur_sesi={}\r\n\r\n",
        body.len(),
        sender.visitor.session.as_deref().unwrap()
    );
    let (most, last) = body.split_at(body.len() - 1);
    let mut line = TcpStream::connect(server.address).await.unwrap();
    line.set_nodelay(true).unwrap();
    line.write_all(format!("{head}{most}").as_bytes()).await.unwrap();
    // Another request goes through meanwhile: the server has read what there is, and waits.
    let answer = sender.visitor.get(house, "/api/agency-home").await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    house.clock.set(at(ended));
    line.write_all(last.as_bytes()).await.unwrap();
    let mut answer = String::new();
    line.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    sender
}

#[test]
fn the_last_byte_decides_and_not_the_first() {
    run(async || {
        let house = House::practice().await;
        for (begun, ended, timing) in [
            ("2027-01-10T23:58:00.000+07:00", LAST, "tepat waktu"),
            (LAST, FIRST_LATE, "terlambat"),
            (FIRST_LATE, FIRST_LATE, "terlambat"),
        ] {
            let sender = send(&house, begun, ended).await;
            let office = house.opened.office.office();
            let sent = office.runs[&RUN].reports[&sender.code].last().unwrap().clone();
            assert_eq!(sent.received, at(ended), "{begun} to {ended}");
            let receipt = desk::report::Receipt::of(&office, RUN, &sender.code, 1).unwrap();
            assert!(receipt.timing.starts_with(timing), "{begun} to {ended}: {}", receipt.timing);
            assert_eq!(receipt.on_time, timing == "tepat waktu");
            let page = sender.visitor.get(&house, "/pd/lkj/2026/tanda-terima/1").await.text();
            assert!(page.contains(timing) && page.contains(&receipt.received_utc), "{page}");
        }
    });
}

/// What was uploaded before midnight does not make a report that was sent after it punctual.
#[test]
fn files_that_came_in_time_do_not_count() {
    run(async || {
        let house = House::practice().await;
        let sender = Sender::fresh(&house).await;
        house.clock.set(at("2027-01-10T20:00:00.000+07:00"));
        sender.prepare(&house, vec![crate::harness::row("Indikator A", "100", "90")]).await;
        house.clock.set(at(FIRST_LATE));
        sender.submit(&house).await;
        let office = house.opened.office.office();
        let receipt = desk::report::Receipt::of(&office, RUN, &sender.code, 1).unwrap();
        let (late, at) = (!receipt.on_time, receipt.received_wib);
        assert!(late && at.starts_with("Senin, 11 Januari 2027 pukul 00.00"), "{at}");
    });
}
