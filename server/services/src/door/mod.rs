//! Where connections come in: how many, for how long, and at which pace. See decision 0032.

mod count;
mod pace;
mod patience;
mod patient;
mod turn_away;

use std::convert::Infallible;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use axum::http::StatusCode;
use axum::response::Response;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, watch};
use tokio::time::{sleep, timeout};
use tower::ServiceExt;

pub use self::count::Crowd;
use self::count::{Count, Counted};
use self::pace::{Paced, Seen};
use self::patience::{Patience, Stage};
use self::patient::Patient;
use self::turn_away::TurnedAway;

/// Largest head of a request, in bytes; what does not fit is answered 431.
const LARGEST_HEAD: usize = 64 * 1024;
/// How long a line of a trusted proxy may be idle: longer than a proxy itself keeps one, so that it never
/// sends a request on a line that is just being closed.
const PROXY_IDLE: Duration = Duration::from_secs(180);
/// The pause after the system could not give another connection.
const BREATH: Duration = Duration::from_secs(1);

/// Lets connections in.
pub struct Door {
    crowd: Crowd,
    count: Arc<Count>,
    /// Proxies, behind each of which everybody may be.
    trusted: Arc<[IpAddr]>,
    away: Arc<TurnedAway>,
    patience: Patience,
}

/// What every connection is served with.
#[derive(Clone)]
struct Served {
    router: Router,
    stop: watch::Receiver<bool>,
    /// Dropped with the connection.
    _open: mpsc::Sender<Infallible>,
}

impl Door {
    /// A door for a crowd.
    pub fn new(crowd: Crowd, trusted: Arc<[IpAddr]>) -> Self {
        let (count, away) = Default::default();
        Self { crowd, count, trusted, away, patience: Patience::USUAL }
    }

    /// Serves until told to stop, then lets requests in progress come to their end for a while.
    /// Whether all have.
    pub async fn serve(
        &self,
        listener: TcpListener,
        router: Router,
        stop: impl Future<Output = ()>,
        drain: Duration,
    ) -> bool {
        let (tell, told) = watch::channel(false);
        let (open, mut gone) = mpsc::channel(1);
        let served = Served { router, stop: told, _open: open };
        tokio::select! {
            never = self.accept(&listener, served) => match never {},
            () = stop => {}
        }
        drop(listener);
        // An error means that there is no connection left.
        let _ = tell.send(true);
        timeout(drain, gone.recv()).await.is_ok()
    }

    async fn accept(&self, listener: &TcpListener, served: Served) -> Infallible {
        loop {
            let (stream, peer) = match listener.accept().await {
                Ok(accepted) => accepted,
                Err(error) if is_of_one(&error) => continue,
                Err(error) => {
                    tracing::error!(%error, "no connection can be accepted");
                    sleep(BREATH).await;
                    continue;
                }
            };
            // Events are small and somebody waits for each, so they are sent at once.
            if stream.set_nodelay(true).is_err() {
                continue;
            }
            let ip = peer.ip().to_canonical();
            let (from, patience) = if self.trusted.contains(&ip) {
                (None, Patience { idle: PROXY_IDLE.max(self.patience.idle), ..self.patience })
            } else {
                (Some(ip), self.patience)
            };
            match self.count.enter(from, &self.crowd) {
                Some(counted) => {
                    drop(tokio::spawn(serve_one(stream, peer, patience, counted, served.clone())));
                }
                None => self.away.turn_away(stream),
            }
        }
    }
}

/// Serves one connection to its end, or until it becomes a socket, which goes on by itself.
async fn serve_one(
    stream: TcpStream,
    peer: SocketAddr,
    patience: Patience,
    counted: Counted,
    served: Served,
) {
    let Served { router, mut stop, _open } = served;
    let (line, seen) = Patient::new(stream, patience, counted);
    let service = service_fn(move |request| {
        let request = paced(request, peer, patience);
        answer(router.clone(), seen.clone(), request)
    });
    let mut server = http1::Builder::new();
    // The line itself is patient only for so long; hyper would count an idle line like half a head.
    server.max_buf_size(LARGEST_HEAD);
    let mut serving = std::pin::pin!(server.serve_connection(TokioIo::new(line), service).with_upgrades());
    tokio::select! {
        ended = serving.as_mut() => return told(ended),
        // An error means that nobody is there to tell it to stop.
        _ = stop.wait_for(|stop| *stop) => serving.as_mut().graceful_shutdown(),
    }
    told(serving.await);
}

fn told(ended: hyper::Result<()>) {
    if let Err(error) = ended {
        // Somebody hung up, or was too slow.
        tracing::debug!(%error, "a connection ended early");
    }
}

/// A request as the rest of the server knows it.
fn paced(request: hyper::Request<Incoming>, peer: SocketAddr, patience: Patience) -> Request {
    let (mut parts, body) = request.into_parts();
    parts.extensions.insert(ConnectInfo(peer));
    Request::from_parts(parts, Body::new(Paced::new(body, patience)))
}

async fn answer(router: Router, seen: Seen, request: Request) -> Result<Response, Infallible> {
    seen.is_now(Stage::Busy);
    let response = router.oneshot(request).await?;
    if response.status() == StatusCode::SWITCHING_PROTOCOLS {
        return Ok(response);
    }
    Ok(response.map(|body| Body::new(seen.until_sent(body))))
}

/// Whether only this connection is concerned.
fn is_of_one(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset, Interrupted};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset | Interrupted)
}

#[cfg(test)]
mod tests;
