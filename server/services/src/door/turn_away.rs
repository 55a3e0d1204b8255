//! Those for whom there is no room hear so in words, as far as that costs little.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use metrics::counter;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// How many hear so at the same time; others are hung up on.
const AT_ONCE: usize = 200;
/// How long that may take.
const PATIENCE: Duration = Duration::from_secs(2);

const WORDS: &str =
    "Alur sedang menerima terlalu banyak sambungan. Tunggu sebentar, lalu muat ulang halaman.\n";

/// Those who are being told.
#[derive(Default)]
pub(super) struct TurnedAway(AtomicUsize);

/// One of them.
struct One(Arc<TurnedAway>);

impl Drop for One {
    fn drop(&mut self) {
        self.0.0.fetch_sub(1, Ordering::AcqRel);
    }
}

impl TurnedAway {
    /// Tells one.
    pub(super) fn turn_away(self: &Arc<Self>, stream: TcpStream) {
        counter!("alur_connections_refused_total").increment(1);
        let one = One(Arc::clone(self));
        if self.0.fetch_add(1, Ordering::AcqRel) < AT_ONCE {
            tokio::spawn(async move {
                // Whoever does not listen is hung up on.
                let _ = timeout(PATIENCE, tell(stream)).await;
                drop(one);
            });
        }
    }
}

async fn tell(mut stream: TcpStream) -> std::io::Result<()> {
    let answer = format!(
        "HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nRetry-After: 5\r\nCache-Control: no-store\r\n\
         Content-Type: text/plain; charset=utf-8\r\nContent-Length: {}\r\n\r\n{WORDS}",
        WORDS.len()
    );
    // An answer that comes before the question is an error to many clients, so who asks nothing hears
    // nothing.
    if stream.peek(&mut [0]).await? == 0 {
        return Ok(());
    }
    stream.write_all(answer.as_bytes()).await?;
    stream.shutdown().await?;
    // What they have asked is read and thrown away: hung up on with it unread, they would not hear us.
    let mut nowhere = [0; 1024];
    while stream.read(&mut nowhere).await? > 0 {}
    Ok(())
}
