//! Where the database is: an address of one of the three kinds that Alur runs on.

use std::path::Path;
use std::str::FromStr;

use percent_encoding::percent_decode_str;

use crate::store::StoreError;

/// A checked address, with its login kept apart so that it is never printed.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct DbUrl {
    endpoint: String,
    login: Option<(String, String)>,
    remote: bool,
}

impl DbUrl {
    /// What the database library is given.
    pub(super) fn endpoint(&self) -> &str {
        &self.endpoint
    }

    /// Name and password of a remote database.
    pub(super) fn login(&self) -> Option<(String, String)> {
        self.login.clone()
    }

    /// The folder of a database that lives in this process.
    pub(super) fn folder(&self) -> Option<&Path> {
        let path = self.endpoint.strip_prefix("surrealkv://")?;
        Some(Path::new(path.split('?').next()?))
    }

    /// Whether it is a server of its own.
    pub(super) fn is_remote(&self) -> bool {
        self.remote
    }

    /// The error for a database that did not open.
    pub(super) fn failed(&self, source: surrealdb::Error) -> StoreError {
        let url = self.endpoint.clone();
        if is_locked(&source.to_string()) {
            return StoreError::InUse { url };
        }
        StoreError::Open { url, source: Box::new(source) }
    }

    /// The error for a folder whose write-ahead log was not put away.
    pub(super) fn left_behind(&self, why: String) -> StoreError {
        let url = self.endpoint.clone();
        if is_locked(&why) { StoreError::InUse { url } } else { StoreError::WriteAhead { url, why } }
    }
}

/// Whether somebody else holds the folder. The engine has no error kind for this, only its text.
fn is_locked(why: &str) -> bool {
    why.contains("already locked")
}

impl FromStr for DbUrl {
    type Err = StoreError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let bad = |why: &str| StoreError::Url(why.to_owned());
        let Some((scheme, rest)) = text.split_once("://") else {
            return Err(bad("tulis surrealkv://…, mem:// atau ws://…"));
        };
        match scheme {
            "mem" => Ok(Self { endpoint: "mem://".to_owned(), login: None, remote: false }),
            "surrealkv" if rest.is_empty() || rest.starts_with('?') => Err(bad("surrealkv:// tanpa folder")),
            "surrealkv" => {
                // An event is acknowledged only once it is on disk, so no other sync mode fits.
                let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
                let other = |pair: &&str| pair.starts_with("sync=") && *pair != "sync=every";
                if query.split('&').any(|pair| other(&pair)) {
                    return Err(bad("hanya sync=every yang menjamin tidak ada data hilang"));
                }
                let mut pairs: Vec<_> = query.split('&').filter(|pair| !pair.is_empty()).collect();
                if !pairs.contains(&"sync=every") {
                    pairs.push("sync=every");
                }
                let endpoint = format!("surrealkv://{path}?{}", pairs.join("&"));
                Ok(Self { endpoint, login: None, remote: false })
            }
            "ws" | "wss" => {
                let (login, host) = match rest.rsplit_once('@') {
                    None => (None, rest),
                    Some((login, host)) => (Some(read_login(login).ok_or_else(|| bad("nama:sandi"))?), host),
                };
                if host.is_empty() {
                    return Err(bad("ws:// tanpa alamat server"));
                }
                Ok(Self { endpoint: format!("{scheme}://{host}"), login, remote: true })
            }
            _ => Err(bad("tulis surrealkv://…, mem:// atau ws://…")),
        }
    }
}

fn read_login(text: &str) -> Option<(String, String)> {
    let decode = |part: &str| Some(percent_decode_str(part).decode_utf8().ok()?.into_owned());
    let (name, password) = text.split_once(':')?;
    Some((decode(name)?, decode(password)?)).filter(|(name, _)| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durable_writes_are_always_asked_for() {
        let endpoint = |text: &str| text.parse::<DbUrl>().map(|url| url.endpoint);
        assert_eq!(endpoint("surrealkv://./data/db").unwrap(), "surrealkv://./data/db?sync=every");
        assert_eq!(endpoint("surrealkv:///d?sync=every").unwrap(), "surrealkv:///d?sync=every");
        assert!(endpoint("surrealkv:///d?sync=never").is_err());
        assert!(endpoint("surrealkv://").is_err());
        assert!(endpoint("rocksdb:///d").is_err());
        assert!(endpoint("data/db").is_err());
    }

    #[test]
    fn a_login_is_kept_out_of_the_address() {
        let url: DbUrl = "ws://alur:s%40ndi:x@db.kantor:8000".parse().unwrap();
        assert_eq!(url.endpoint(), "ws://db.kantor:8000");
        assert_eq!(url.login(), Some(("alur".to_owned(), "s@ndi:x".to_owned())));
        assert!(url.is_remote());
        assert!("ws://alur@db:8000".parse::<DbUrl>().is_err());
    }
}
