//! The door with real sockets and little patience.

use std::net::Ipv4Addr;
use std::time::Instant;

use axum::body::to_bytes;
use axum::extract::WebSocketUpgrade;
use axum::routing::{get, post};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::sync::{Notify, oneshot};
use tokio::task::JoinHandle;

use super::*;

const SHORT: Patience = Patience {
    head: Duration::from_millis(300),
    idle: Duration::from_millis(900),
    stall: Duration::from_millis(300),
    byte: Duration::from_micros(10),
};
/// Addresses that only these tests have.
const UNREAD: &str = "/besar";
const NEVER: &str = "/lambat";
const SEND: &str = "/kirim";
const SOCKET: &str = "/soket";
/// What is more than any buffer between the two ends.
const LARGE: usize = 64 << 20;

struct Opened {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    serving: JoinHandle<bool>,
}

async fn open(crowd: Crowd) -> Opened {
    open_to(crowd, Arc::new([])).await
}

async fn open_to(crowd: Crowd, trusted: Arc<[IpAddr]>) -> Opened {
    let slow = Arc::new(Notify::new());
    let router = Router::new()
        .route("/", get(async || "halo"))
        .route(UNREAD, get(async || vec![b'x'; LARGE]))
        .route(NEVER, get(async move || slow.notified().await))
        .route(
            SEND,
            post(async |body: Body| match to_bytes(body, LARGE).await {
                Ok(bytes) => bytes.len().to_string(),
                Err(_) => "tidak utuh".to_owned(),
            }),
        )
        .route(
            SOCKET,
            get(async |upgrade: WebSocketUpgrade| {
                upgrade.on_upgrade(async |mut socket| {
                    while let Some(Ok(message)) = socket.recv().await {
                        let _ = socket.send(message).await;
                    }
                })
            }),
        );
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, told) = oneshot::channel();
    let door = Door { patience: SHORT, ..Door::new(crowd, trusted) };
    let serving = tokio::spawn(async move {
        let stopped = async { drop(told.await) };
        door.serve(listener, router, stopped, Duration::from_millis(500)).await
    });
    Opened { address, stop, serving }
}

impl Opened {
    async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).await.unwrap()
    }

    async fn say(&self, text: &str) -> TcpStream {
        let mut stream = self.connect().await;
        stream.write_all(text.as_bytes()).await.unwrap();
        stream
    }
}

/// Reads to the end. What was said, and how long it took.
async fn to_end(mut stream: TcpStream) -> (String, Duration) {
    let (begun, mut said) = (Instant::now(), Vec::new());
    // Hung up on with something unsent, we hear of a reset.
    let _ = stream.read_to_end(&mut said).await;
    (String::from_utf8_lossy(&said).into_owned(), begun.elapsed())
}

const ASK: &str = "GET / HTTP/1.1\r\nHost: alur\r\n\r\n";

#[tokio::test]
async fn half_a_head_and_silence_end_in_time() {
    let door = open(Crowd::default()).await;
    for head in ["GET / HTTP/1.1\r\nHost: al", ""] {
        let (said, took) = to_end(door.say(head).await).await;
        assert!(!said.contains("200 OK"), "{said}");
        assert!(took >= SHORT.head && took < SHORT.idle, "{head:?}: {took:?}");
    }
}

#[tokio::test]
async fn a_line_that_is_kept_alive_is_idle_for_longer_and_serves_again() {
    let door = open(Crowd::default()).await;
    let mut stream = door.say(ASK).await;
    let mut answer = [0; 12];
    stream.read_exact(&mut answer).await.unwrap();
    // Longer than a head may take.
    tokio::time::sleep(SHORT.head * 2).await;
    stream.write_all(ASK.as_bytes()).await.unwrap();
    let (said, took) = to_end(stream).await;
    assert!(said.matches("halo").count() == 2, "{said}");
    assert!(took >= SHORT.idle && took < SHORT.idle * 3, "{took:?}");
}

#[tokio::test]
async fn a_proxy_may_keep_its_line_and_have_many() {
    let crowd = Crowd { per_address: 1, ..Crowd::default() };
    let door = open_to(crowd, Arc::new([Ipv4Addr::LOCALHOST.into()])).await;
    let mut lines = [door.say(ASK).await, door.say(ASK).await];
    tokio::time::sleep(SHORT.idle * 2).await;
    for line in &mut lines {
        line.write_all(ASK.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n").as_bytes()).await.unwrap();
    }
    for line in lines {
        assert_eq!(to_end(line).await.0.matches("halo").count(), 2);
    }
}

#[tokio::test]
async fn a_second_half_head_on_the_same_line_has_no_more_time_than_the_first() {
    let door = open(Crowd::default()).await;
    let mut stream = door.say(ASK).await;
    stream.write_all(b"GET / HTTP/1.1\r\nHo").await.unwrap();
    let (said, took) = to_end(stream).await;
    assert!(said.contains("halo"), "{said}");
    assert!(took < SHORT.idle * 3, "{took:?}");
}

#[tokio::test]
async fn a_body_that_does_not_come_ends_and_the_handler_hears_of_it() {
    let door = open(Crowd::default()).await;
    let head = "POST /kirim HTTP/1.1\r\nHost: alur\r\nContent-Length: 1000\r\n\r\nab";
    let (said, took) = to_end(door.say(head).await).await;
    assert!(said.contains("tidak utuh"), "{said}");
    assert!(took >= SHORT.stall && took < SHORT.idle * 3, "{took:?}");
}

#[tokio::test]
async fn an_answer_that_is_not_read_is_given_up() {
    let door = open(Crowd { all: 1, ..Crowd::default() }).await;
    let _unread = door.say("GET /besar HTTP/1.1\r\nHost: alur\r\n\r\n").await;
    // There is room for one, so the next is let in when the first was given up.
    let begun = Instant::now();
    while !to_end(door.say(&ASK.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n")).await)
        .await
        .0
        .contains("halo")
    {
        assert!(begun.elapsed() < Duration::from_secs(20), "it is kept for ever");
    }
    assert!(begun.elapsed() >= SHORT.stall);
}

#[tokio::test]
async fn a_socket_lives_on_and_counts() {
    let door = open(Crowd { all: 1, ..Crowd::default() }).await;
    let address = format!("ws://{}/soket", door.address);
    let (mut socket, _) = tokio_tungstenite::connect_async(&address).await.unwrap();
    tokio::time::sleep(SHORT.idle + SHORT.head).await;
    use futures::{SinkExt, StreamExt};
    socket.send("masih di sini".into()).await.unwrap();
    assert_eq!(socket.next().await.unwrap().unwrap().into_text().unwrap().as_str(), "masih di sini");
    let (said, _) = to_end(door.say(ASK).await).await;
    assert!(said.starts_with("HTTP/1.1 503") && said.contains("terlalu banyak sambungan"), "{said}");
}

#[tokio::test]
async fn one_address_is_told_in_words_that_it_has_too_many_and_may_come_again() {
    let door = open(Crowd { all: 10, per_address: 2, per_session: 1 }).await;
    let two = [door.connect().await, door.say("GET / HTTP/1.1\r\n").await];
    let (said, took) = to_end(door.say(ASK).await).await;
    assert!(said.starts_with("HTTP/1.1 503") && said.contains("Retry-After: 5"), "{said}");
    assert!(took < Duration::from_secs(3), "{took:?}");
    for one in two {
        drop(to_end(one).await);
    }
    let (said, _) = to_end(door.say(ASK).await).await;
    assert!(said.contains("halo"), "{said}");
}

#[tokio::test]
async fn who_is_being_answered_when_it_stops_still_is_and_the_idle_are_let_go() {
    let door = open(Crowd::default()).await;
    let idle = door.connect().await;
    let mut stream = door.say("POST /kirim HTTP/1.1\r\nHost: alur\r\nContent-Length: 4\r\n\r\nab").await;
    // Connected and heard before it stops: an answer to somebody else says so.
    drop(to_end(door.say(&ASK.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n")).await).await);
    door.stop.send(()).unwrap();
    stream.write_all(b"cd").await.unwrap();
    let (said, _) = to_end(stream).await;
    assert!(said.contains("200 OK") && said.ends_with('4'), "{said}");
    drop(idle);
    assert!(door.serving.await.unwrap(), "all came to their end");
    assert!(TcpStream::connect(door.address).await.is_err());
}

#[tokio::test]
async fn who_never_comes_to_an_end_does_not_keep_it_from_stopping() {
    let door = open(Crowd::default()).await;
    let _stuck = door.say("GET /lambat HTTP/1.1\r\nHost: alur\r\n\r\n").await;
    drop(to_end(door.say(&ASK.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n")).await).await);
    door.stop.send(()).unwrap();
    assert!(!door.serving.await.unwrap());
}
