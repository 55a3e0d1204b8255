//! The line to a client, which is patient only for so long: with half a request, with nothing at all,
//! and with what it does not read.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep, sleep_until};

use super::pace::Seen;
use super::patience::{Bucket, Patience, Stage, Stages};

/// A line; what goes with it is let go at its end.
pub(super) struct Patient<T, G> {
    stream: T,
    patience: Patience,
    stages: Arc<Stages>,
    reading: Option<(u32, Pin<Box<Sleep>>)>,
    writing: Bucket,
    _with: G,
}

impl<T, G> Patient<T, G> {
    /// A line on which nothing has come yet, and who sees what becomes of requests on it.
    pub(super) fn new(stream: T, patience: Patience, with: G) -> (Self, Seen) {
        let stages = Arc::<Stages>::default();
        let seen = Seen::new(Arc::clone(&stages));
        let writing = Bucket::new(patience);
        (Self { stream, patience, stages, reading: None, writing, _with: with }, seen)
    }

    /// Waits for the other end; ready when it had its time.
    fn wait_to_read(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let (change, stage) = self.stages.now();
        let patience = match stage {
            Stage::Head => self.patience.head,
            Stage::Idle => self.patience.idle,
            Stage::Busy => {
                self.reading = None;
                return Poll::Pending;
            }
        };
        let fresh = || (change, Box::pin(sleep_until(Instant::now() + patience)));
        if self.reading.as_ref().is_none_or(|(since, _)| *since != change) {
            self.reading = Some(fresh());
        }
        let (_, over) = self.reading.get_or_insert_with(fresh);
        over.as_mut().poll(cx)
    }

    /// What came of writing.
    fn written<N>(
        &mut self,
        cx: &mut Context<'_>,
        done: Poll<io::Result<N>>,
        bytes: impl Fn(&N) -> usize,
    ) -> Poll<io::Result<N>> {
        match done {
            Poll::Ready(Ok(n)) => {
                self.writing.moved(bytes(&n));
                Poll::Ready(Ok(n))
            }
            Poll::Ready(Err(error)) => Poll::Ready(Err(error)),
            Poll::Pending => {
                ready!(self.writing.wait(cx));
                Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
            }
        }
    }
}

impl<T: AsyncRead + Unpin, G: Unpin> AsyncRead for Patient<T, G> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = into.filled().len();
        match Pin::new(&mut self.stream).poll_read(cx, into) {
            Poll::Ready(read) => {
                if into.filled().len() > before && self.stages.now().1 == Stage::Idle {
                    self.stages.change(Stage::Head);
                }
                Poll::Ready(read)
            }
            Poll::Pending => {
                ready!(self.wait_to_read(cx));
                Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
            }
        }
    }
}

impl<T: AsyncWrite + Unpin, G: Unpin> AsyncWrite for Patient<T, G> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let done = Pin::new(&mut self.stream).poll_write(cx, bytes);
        self.written(cx, done, |n| *n)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let done = Pin::new(&mut self.stream).poll_write_vectored(cx, bytes);
        self.written(cx, done, |n| *n)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let done = Pin::new(&mut self.stream).poll_flush(cx);
        self.written(cx, done, |()| 0)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let done = Pin::new(&mut self.stream).poll_shutdown(cx);
        self.written(cx, done, |()| 0)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream, duplex};
    use tokio::time::sleep;

    use super::*;

    /// As short as a busy machine bears.
    const SHORT: Patience = Patience {
        head: Duration::from_millis(200),
        idle: Duration::from_millis(600),
        stall: Duration::from_millis(200),
        byte: Duration::from_millis(1),
    };

    fn line() -> (Patient<DuplexStream, ()>, Seen, DuplexStream) {
        let (here, there) = duplex(64);
        let (line, seen) = Patient::new(here, SHORT, ());
        (line, seen, there)
    }

    async fn ends(line: &mut Patient<DuplexStream, ()>) -> (io::ErrorKind, Duration) {
        let begun = Instant::now();
        let error = loop {
            if let Err(error) = line.read_u8().await {
                break error;
            }
        };
        (error.kind(), begun.elapsed())
    }

    #[tokio::test]
    async fn half_a_head_ends_in_time_though_it_trickles() {
        let (mut line, _seen, mut there) = line();
        let trickle = tokio::spawn(async move {
            while there.write_all(b"G").await.is_ok() {
                sleep(SHORT.head / 10).await;
            }
        });
        let (kind, took) = ends(&mut line).await;
        assert_eq!(kind, io::ErrorKind::TimedOut);
        assert!(took >= SHORT.head && took < SHORT.idle, "{took:?}");
        drop(line);
        trickle.await.unwrap();
    }

    #[tokio::test]
    async fn an_idle_line_has_longer_and_its_next_head_has_its_own_time() {
        let (mut line, seen, mut there) = line();
        seen.is_now(Stage::Busy);
        seen.is_now(Stage::Idle);
        let (kind, took) = ends(&mut line).await;
        assert_eq!(kind, io::ErrorKind::TimedOut);
        assert!(took >= SHORT.idle, "{took:?}");
        seen.is_now(Stage::Idle);
        there.write_all(b"GET").await.unwrap();
        let (_, took) = ends(&mut line).await;
        assert!(took >= SHORT.head && took < SHORT.idle, "{took:?}");
    }

    #[tokio::test]
    async fn while_it_is_our_turn_nobody_is_hurried() {
        let (mut line, seen, mut there) = line();
        seen.is_now(Stage::Busy);
        let waited = tokio::time::timeout(2 * SHORT.idle, line.read_u8()).await;
        assert!(waited.is_err(), "it waits still");
        there.write_all(b"x").await.unwrap();
        assert_eq!(line.read_u8().await.unwrap(), b'x');
    }

    #[tokio::test]
    async fn who_does_not_read_is_given_up_and_who_reads_slowly_is_not() {
        let (mut line, _seen, mut there) = line();
        let error = line.write_all(&[0; 1000]).await.unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::TimedOut);
        let (mut line, _seen, mut slow) = self::line();
        let reading = tokio::spawn(async move {
            let mut buffer = [0; 64];
            while slow.read(&mut buffer).await.unwrap() > 0 {
                sleep(Duration::from_millis(20)).await;
            }
        });
        // Longer altogether than it may stand still.
        line.write_all(&[0; 2000]).await.unwrap();
        drop(line);
        reading.await.unwrap();
        let mut rest = [0; 64];
        assert_eq!(there.read(&mut rest).await.unwrap(), 64);
    }
}
