//! Links by which agencies without an account send their reports.

use chrono::{DateTime, Utc};
use domain::id::{AccountId, AgencyCode};
use serde::{Deserialize, Serialize};

/// A link that was just made: the only time that it can be seen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FreshLink {
    /// Whose it is.
    pub agency: AgencyCode,
    /// The address.
    pub url: String,
    /// The address as a QR code, an SVG.
    pub qr: String,
    /// Until when it opens the page.
    pub expires: DateTime<Utc>,
}

/// An agency's link, as the office sees it. The link itself is shown once only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkView {
    /// Whose it is.
    pub agency: AgencyCode,
    /// Who made it.
    pub made_by: AccountId,
    /// When.
    pub made_at: DateTime<Utc>,
    /// Until when it opens the page.
    pub expires: DateTime<Utc>,
    /// When it was last used.
    pub used_at: Option<DateTime<Utc>>,
}
