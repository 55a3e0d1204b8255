//! How handlers tell the trail what was done.

use std::convert::Infallible;
use std::net::IpAddr;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use desk::problem::Problem;
use desk::request::RemoteAddress;
use desk::trail::{Kind, Note, Trail};
use domain::id::AccountId;

use super::Journal;

/// How a handler that is no server function tells the trail what was done.
#[derive(Clone)]
pub struct Trace {
    journal: Option<Journal>,
    /// The address that the request came from.
    pub origin: IpAddr,
}

impl Trace {
    /// The trace of a request.
    pub fn of(extensions: &axum::http::Extensions) -> Self {
        let origin = extensions.get::<RemoteAddress>().map_or([127, 0, 0, 1].into(), |remote| remote.0);
        Self { journal: extensions.get().cloned(), origin }
    }

    /// Whether an act may go on; see [`Trail::ready`].
    ///
    /// # Errors
    /// [`Problem::Unwell`].
    pub async fn ready(&self) -> Result<(), Problem> {
        match &self.journal {
            Some(journal) => journal.ready().await,
            None => Ok(()),
        }
    }

    /// Writes down what somebody did.
    pub async fn note(&self, who: &AccountId, kind: Kind, whom: impl ToString, facts: impl Into<String>) {
        let note = Note::new(who.clone(), self.origin, kind).on(whom).with(facts);
        match &self.journal {
            Some(journal) => journal.note(note).await,
            None => tracing::error!(?note, "a request came past the trail"),
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Trace {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self::of(&parts.extensions))
    }
}
