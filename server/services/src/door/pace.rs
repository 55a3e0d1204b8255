//! What travels on a line: bodies that have to come at some pace, and answers whose end is seen.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::body::{Body, Bytes, HttpBody};
use hyper::body::{Frame, SizeHint};
use thiserror::Error;

use super::patience::{Bucket, Patience, Stage, Stages};

/// A body came more slowly than any line is.
#[derive(Debug, Error)]
#[error("the body came too slowly")]
struct TooSlow;

/// The body of a request, which ends in an error when it does not come at some pace. Only waiting for
/// the client counts, not that we have no time for it.
pub(super) struct Paced<B> {
    body: B,
    bucket: Bucket,
}

impl<B> Paced<B> {
    pub(super) fn new(body: B, patience: Patience) -> Self {
        Self { body, bucket: Bucket::new(patience) }
    }
}

impl<B> HttpBody for Paced<B>
where
    B: HttpBody<Data = Bytes> + Unpin,
    B::Error: Into<axum::BoxError>,
{
    type Data = Bytes;
    type Error = axum::BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::BoxError>>> {
        match Pin::new(&mut self.body).poll_frame(cx) {
            Poll::Ready(Some(Ok(frame))) => {
                self.bucket.moved(frame.data_ref().map_or(0, Bytes::len));
                Poll::Ready(Some(Ok(frame)))
            }
            Poll::Ready(other) => Poll::Ready(other.map(|frame| frame.map_err(Into::into))),
            Poll::Pending => self.bucket.wait(cx).map(|()| Some(Err(TooSlow.into()))),
        }
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// Sees how far the requests of a line are.
#[derive(Clone)]
pub(super) struct Seen(Arc<Stages>);

impl Seen {
    pub(super) fn new(stages: Arc<Stages>) -> Self {
        Self(stages)
    }

    /// The line is at this stage now.
    pub(super) fn is_now(&self, stage: Stage) {
        self.0.change(stage);
    }

    /// When this body is sent, the line is idle.
    pub(super) fn until_sent(self, body: Body) -> Sent {
        Sent { body, seen: self }
    }
}

/// An answer on its way.
pub(super) struct Sent {
    body: Body,
    seen: Seen,
}

impl Drop for Sent {
    fn drop(&mut self) {
        self.seen.is_now(Stage::Idle);
    }
}

impl HttpBody for Sent {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use axum::body::to_bytes;
    use futures::stream::{self, StreamExt};

    use super::*;

    const SHORT: Patience = Patience {
        head: Duration::ZERO,
        idle: Duration::ZERO,
        stall: Duration::from_millis(200),
        byte: Duration::from_millis(1),
    };

    /// So many pieces of so many bytes, one after each pause.
    fn body(pieces: usize, bytes: usize, pause: Duration) -> Body {
        let pieces = stream::iter(0..pieces).then(move |_| async move {
            tokio::time::sleep(pause).await;
            Ok::<_, std::io::Error>(Bytes::from(vec![b'x'; bytes]))
        });
        Body::new(Paced::new(Body::from_stream(pieces.boxed()), SHORT))
    }

    #[tokio::test]
    async fn a_body_that_trickles_ends_and_a_slow_one_comes() {
        let begun = Instant::now();
        assert!(to_bytes(body(1_000, 1, Duration::from_millis(50)), 10_000).await.is_err());
        assert!(begun.elapsed() < Duration::from_secs(10), "long before all of it has come");
        let slow = to_bytes(body(20, 100, Duration::from_millis(50)), 10_000).await.unwrap();
        assert_eq!(slow.len(), 2_000);
    }
}
