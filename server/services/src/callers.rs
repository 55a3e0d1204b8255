//! Who a handler answers, as extractors: whoever may not ask is refused before anything else is looked at.
//!
//! The layers have put the callers into the request's extensions. A display is none of them.

use axum::extract::FromRequestParts;
use axum::http::Extensions;
use axum::http::request::Parts;
use desk::account::Caller;
use desk::problem::Problem;
use desk::report::AgencyCaller;
use domain::id::RunId;

use crate::refuse::Refusal;

/// Somebody of the office who is signed in.
pub struct Staff(pub Caller);

/// An administrator.
pub struct Admin(pub Caller);

/// Somebody who sends reports for an agency.
pub struct Agency(pub AgencyCaller);

/// Either of the office or of an agency.
pub enum Anyone {
    /// Of the office.
    Staff(Caller),
    /// Of an agency.
    Agency(Agency),
}

impl Agency {
    /// The caller, if this run is open to them: a link is for one run only.
    ///
    /// # Errors
    /// For any other run they are nobody.
    pub fn in_run(self, run: RunId) -> Result<AgencyCaller, Problem> {
        let Self(caller) = self;
        if caller.run.is_none_or(|only| only == run) { Ok(caller) } else { Err(Problem::SignedOut) }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Staff {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Refusal> {
        Ok(Self(known(&parts.extensions)?))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Admin {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Refusal> {
        let caller: Caller = known(&parts.extensions)?;
        let who = "administrator".to_owned();
        if caller.actor.admin { Ok(Self(caller)) } else { Err(Problem::Forbidden { who }.into()) }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Agency {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Refusal> {
        Ok(Self(known(&parts.extensions)?))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Anyone {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Refusal> {
        match known(&parts.extensions) {
            Ok(agency) => Ok(Self::Agency(Agency(agency))),
            Err(_) => Ok(Self::Staff(known(&parts.extensions)?)),
        }
    }
}

fn known<C: Clone + Send + Sync + 'static>(extensions: &Extensions) -> Result<C, Problem> {
    extensions.get().cloned().ok_or(Problem::SignedOut)
}
