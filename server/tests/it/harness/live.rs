//! The live stream of a test office over real sockets, and a page that follows it.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::{Extension, Router};
use desk::account::{Caller, Person};
use desk::live::Message;
use domain::office::{Office, evolve};
use futures::StreamExt;
use services::door::Crowd;
use services::live::{Hub, Seats, SessionEnd, routes};
use tokio::net::{TcpSocket, TcpStream};
use tokio::sync::watch;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message as Frame;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::{WebSocketStream, client_async};

use super::Clerk;

/// Longer than anything takes; a test that waits this long has failed.
const PATIENCE: Duration = Duration::from_secs(20);

/// Serves `/live` and `/api/events` of a hub.
pub(crate) struct LiveServer {
    /// Where it listens.
    pub(crate) address: SocketAddr,
}

/// A page that is connected to the live stream.
pub(crate) struct LivePage(WebSocketStream<TcpStream>);

/// What the session layer of the real server adds to a request of somebody signed in.
pub(crate) fn signed_in(session: watch::Receiver<bool>) -> impl Fn(Router) -> Router {
    move |router| {
        let caller = Caller { actor: Clerk::staff("staf").0, person: Person::default() };
        router.layer(Extension(caller)).layer(Extension(SessionEnd(session.clone())))
    }
}

impl LiveServer {
    /// Begins to serve. `wrap` adds what the other layers of the server would add.
    pub(crate) async fn start(hub: &Arc<Hub>, wrap: impl Fn(Router) -> Router) -> Self {
        let socket = TcpSocket::new_v4().unwrap();
        // Small, so that a page that does not read is noticed within a few records.
        socket.set_send_buffer_size(4096).unwrap();
        socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
        let listener = socket.listen(1024).unwrap();
        let address = listener.local_addr().unwrap();
        let router = wrap(routes(Arc::clone(hub), Arc::new(Seats::new(Crowd::default()))));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { address }
    }

    /// Connects a page that has folded everything up to `after`.
    pub(crate) async fn page(&self, after: u64) -> LivePage {
        self.try_page(&format!("after={after}"), &[]).await.unwrap()
    }

    /// Tries to connect; else the status that the server answered with.
    pub(crate) async fn try_page(
        &self,
        query: &str,
        headers: &[(&'static str, &str)],
    ) -> Result<LivePage, u16> {
        let socket = TcpSocket::new_v4().unwrap();
        socket.set_recv_buffer_size(4096).unwrap();
        let stream = socket.connect(self.address).await.unwrap();
        let mut request = format!("ws://{}/live?{query}", self.address).into_client_request().unwrap();
        for (name, value) in headers {
            request.headers_mut().insert(*name, value.parse().unwrap());
        }
        match client_async(request, stream).await {
            Ok((socket, _)) => Ok(LivePage(socket)),
            Err(tokio_tungstenite::tungstenite::Error::Http(response)) => Err(response.status().as_u16()),
            Err(error) => panic!("{error}"),
        }
    }

    /// Asks the long poll.
    pub(crate) async fn poll(&self, query: &str) -> Result<Message, u16> {
        let response = reqwest::get(format!("http://{}/api/events?{query}", self.address)).await.unwrap();
        let status = response.status().as_u16();
        if status == 200 { Ok(response.json().await.unwrap()) } else { Err(status) }
    }
}

impl LivePage {
    /// The next message; the close code if the server closed instead.
    pub(crate) async fn next(&mut self) -> Result<Message, u16> {
        loop {
            let frame = timeout(PATIENCE, self.0.next()).await.expect("the server says nothing");
            match frame.expect("closed without a word").unwrap() {
                Frame::Text(text) => return Ok(serde_json::from_str(&text).unwrap()),
                Frame::Close(frame) => return Err(frame.map_or(1005, |frame| frame.code.into())),
                _ => {}
            }
        }
    }

    /// Follows the stream until an office has folded record `last`, and checks on the way
    /// that every record comes once and in order.
    pub(crate) async fn follow(&mut self, office: &mut Office, last: u64) {
        while office.seq < last {
            match self.next().await.unwrap() {
                Message::Events { records } => {
                    for record in &records {
                        assert_eq!(record.seq, office.seq + 1, "a gap or a record twice");
                        evolve(office, record);
                    }
                }
                Message::Beat { seq, .. } => assert_eq!(seq, office.seq, "a beat ahead of its events"),
                Message::Call { .. } => panic!("this is no display"),
                Message::Resync { .. } => panic!("told to resync at {}", office.seq),
            }
        }
    }
}
