//! A crowd of pages: each reads what comes over its WebSocket, and all together know when the
//! last of them has a record.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use domain::id::Seq;
use futures::{StreamExt, TryStreamExt, stream};
use tokio::net::TcpStream;
use tokio::sync::Notify;
use tokio::task::JoinSet;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::tungstenite::{Message, Utf8Bytes};
use tokio_tungstenite::{WebSocketStream, client_async_with_config};

use crate::Outcome;

/// How many connect at a time.
const AT_ONCE: usize = 64;
/// All have to be connected by then.
const CONNECTING: Duration = Duration::from_secs(60);
/// What has not come by then is lost.
const PATIENCE: Duration = Duration::from_secs(10);

type Page = WebSocketStream<TcpStream>;

/// Pages that are connected to one server; they go when this is dropped.
pub(crate) struct Crowd {
    address: SocketAddr,
    cookie: String,
    /// What is added to the address that they connect to.
    query: &'static str,
    receipts: Arc<Receipts>,
    pages: JoinSet<()>,
}

/// Who has what.
#[derive(Default)]
struct Receipts {
    awaited: AtomicU64,
    missing: AtomicUsize,
    all: Notify,
    /// What the last page read, and when.
    last: Mutex<Option<(Utf8Bytes, Instant)>>,
}

/// A record that everybody waits for.
pub(crate) struct Awaited {
    receipts: Arc<Receipts>,
    seq: Seq,
}

impl Crowd {
    /// An empty crowd before a server.
    pub(crate) fn new(address: SocketAddr, cookie: &str) -> Self {
        let (cookie, receipts) = (cookie.to_owned(), Arc::default());
        Self { address, cookie, query: "", receipts, pages: JoinSet::new() }
    }

    /// An empty crowd of walls before a practice office.
    pub(crate) fn of_walls(address: SocketAddr) -> Self {
        Self { query: "&papan=1", ..Self::new(address, "") }
    }

    /// How many there are.
    pub(crate) fn count(&self) -> usize {
        self.pages.len()
    }

    /// Lets it grow to `count` pages, the new ones having folded everything up to `after`.
    pub(crate) async fn grow(&mut self, count: usize, after: Seq) -> Outcome {
        let newcomers = stream::iter(self.count()..count).map(|_| self.connect(after));
        let newcomers = newcomers.buffer_unordered(AT_ONCE).try_collect::<Vec<_>>();
        let newcomers = timeout(CONNECTING, newcomers).await.map_err(|_| "connecting took too long")??;
        for page in newcomers {
            self.pages.spawn(read(page, Arc::clone(&self.receipts)));
        }
        Ok(())
    }

    async fn connect(&self, after: Seq) -> Outcome<Page> {
        let stream = TcpStream::connect(self.address).await?;
        stream.set_nodelay(true)?;
        let (address, query) = (self.address, self.query);
        let mut request = format!("ws://{address}/live?after={after}{query}").into_client_request()?;
        if !self.cookie.is_empty() {
            request.headers_mut().insert("cookie", self.cookie.parse()?);
        }
        let small = WebSocketConfig::default().read_buffer_size(1024).write_buffer_size(0);
        let (page, _) = client_async_with_config(request, stream, Some(small)).await?;
        Ok(page)
    }

    /// Begins to wait for a record that is about to be sent.
    pub(crate) fn expect(&self, seq: Seq) -> Awaited {
        let receipts = Arc::clone(&self.receipts);
        receipts.missing.store(self.count(), Ordering::SeqCst);
        receipts.awaited.store(seq, Ordering::SeqCst);
        Awaited { receipts, seq }
    }
}

impl Awaited {
    /// When the last page had it, and the text that they all got.
    ///
    /// # Errors
    /// How many have not got it in time.
    pub(crate) async fn by_all(self) -> Result<(Utf8Bytes, Instant), usize> {
        let complete = async {
            loop {
                self.receipts.all.notified().await;
                // A notice may be left over from a record that was given up.
                let last = self.receipts.last.lock().unwrap_or_else(PoisonError::into_inner).take();
                if let Some(last) = last.filter(|(text, _)| seq_of(text) == Some(self.seq)) {
                    return last;
                }
            }
        };
        timeout(PATIENCE, complete).await.map_err(|_| self.receipts.missing.load(Ordering::SeqCst))
    }
}

impl Receipts {
    fn note(&self, text: Utf8Bytes) {
        if seq_of(&text) != Some(self.awaited.load(Ordering::SeqCst)) {
            return;
        }
        if self.missing.fetch_sub(1, Ordering::SeqCst) == 1 {
            *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Some((text, Instant::now()));
            self.all.notify_one();
        }
    }
}

/// Reads until the connection ends; from then on this page is missing everywhere.
async fn read(mut page: Page, receipts: Arc<Receipts>) {
    while let Some(Ok(message)) = page.next().await {
        if let Message::Text(text) = message {
            receipts.note(text);
        }
    }
}

/// The record that a message carries; acts come one at a time, so it is one.
fn seq_of(text: &str) -> Option<Seq> {
    let rest = text.strip_prefix(r#"{"events":{"records":[{"seq":"#)?;
    rest.split(',').next()?.parse().ok()
}
