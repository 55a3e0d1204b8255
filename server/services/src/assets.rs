//! The browser's program, the style and other public files, from one folder.

use std::convert::Infallible;
use std::io;
use std::path::{Path, PathBuf};

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};
use tower::ServiceExt;
use tower_http::services::ServeDir;

use crate::token::hex;

/// For an address that names the build: it never changes.
const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// What a display's service worker is, and may do: ask this server, nothing else.
const WORKER: (&str, &str) =
    ("/papan-sw.js", "default-src 'none'; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'");
/// For any other: kept, but asked for again each time.
const ASK_AGAIN: &str = "no-cache";

/// The folder with `pkg/` and the public files, and what build it is.
#[derive(Clone, Debug)]
pub struct Assets {
    folder: PathBuf,
    build: String,
}

impl Assets {
    /// Looks at the folder. One that is not there is an empty one: pages work without it,
    /// though they look plain.
    ///
    /// # Errors
    /// If a file in it cannot be read.
    pub fn open(folder: PathBuf) -> io::Result<Self> {
        let build = build_of(&folder.join("pkg"))?;
        Ok(Self { folder, build })
    }

    /// A hash of the browser's program and style.
    pub fn build(&self) -> &str {
        &self.build
    }

    /// The file that a request asks for; `None` if there is none of that name.
    pub fn serve(&self, request: &Request) -> impl Future<Output = Option<Response>> + Send + use<'_> {
        let immutable = names_build(request.uri(), &self.build);
        let mut asked = axum::http::Request::new(Body::empty());
        *asked.method_mut() = request.method().clone();
        *asked.uri_mut() = request.uri().clone();
        *asked.headers_mut() = request.headers().clone();
        // The request itself stays out of the future: its body cannot be shared.
        async move { self.find(asked, immutable).await }
    }

    async fn find(&self, asked: Request, immutable: bool) -> Option<Response> {
        let worker = asked.uri().path() == WORKER.0;
        let files = ServeDir::new(&self.folder)
            .append_index_html_on_directories(false)
            .precompressed_br()
            .precompressed_gzip();
        let served: Result<_, Infallible> = files.oneshot(asked).await;
        let mut response = served.into_response().map(Body::new);
        if response.status() == StatusCode::NOT_FOUND {
            return None;
        }
        name_charset(response.headers_mut());
        let cached = if immutable { FOR_EVER } else { ASK_AGAIN };
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(cached));
        if worker {
            let policy = HeaderValue::from_static(WORKER.1);
            response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
        }
        Some(response)
    }
}

/// Text is UTF-8, and says so.
fn name_charset(headers: &mut HeaderMap) {
    let text = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let plain = text.filter(|kind| kind.starts_with("text/") && !kind.contains(';'));
    if let Some(Ok(named)) = plain.map(|kind| HeaderValue::from_str(&format!("{kind}; charset=utf-8"))) {
        headers.insert(header::CONTENT_TYPE, named);
    }
}

fn names_build(uri: &Uri, build: &str) -> bool {
    let mut fields = uri.query().unwrap_or_default().split('&');
    fields.any(|field| field.strip_prefix("v=") == Some(build))
}

/// The hash over names and contents, in the order of the names. The compressed copies say
/// the same as what they are copies of.
fn build_of(folder: &Path) -> io::Result<String> {
    let mut paths: Vec<PathBuf> = match std::fs::read_dir(folder) {
        Ok(entries) => entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?,
        Err(missing) if missing.kind() == io::ErrorKind::NotFound => Vec::new(),
        Err(error) => return Err(error),
    };
    let counts = |path: &PathBuf| {
        path.extension()
            .is_some_and(|extension| ["js", "wasm", "css"].iter().any(|known| extension == *known))
    };
    paths.retain(counts);
    paths.sort();
    let mut sha256 = Sha256::new();
    for path in paths {
        sha256.update(path.file_name().unwrap_or_default().as_encoded_bytes());
        sha256.update([0]);
        sha256.update(Sha256::digest(std::fs::read(&path)?));
    }
    Ok(hex(&sha256.finalize()).split_off(48))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_build_changes_with_what_the_browser_runs() {
        let folder = tempfile::tempdir().unwrap();
        let pkg = folder.path().join("pkg");
        let build = || Assets::open(folder.path().to_owned()).unwrap().build;
        let empty = build();
        assert_eq!(empty.len(), 16);
        std::fs::create_dir(&pkg).unwrap();
        std::fs::write(pkg.join("alur.js"), "1").unwrap();
        let first = build();
        assert_ne!(first, empty);
        std::fs::write(pkg.join("alur.js.br"), "compressed").unwrap();
        assert_eq!(build(), first);
        std::fs::write(pkg.join("alur.js"), "2").unwrap();
        assert_ne!(build(), first);
    }

    #[test]
    fn only_the_present_build_is_kept_for_ever() {
        let names = |uri: &str| names_build(&uri.parse().unwrap(), "abc");
        assert!(names("/pkg/alur.js?v=abc"));
        assert!(!names("/pkg/alur.js?v=abcd"));
        assert!(!names("/pkg/alur.js"));
    }
}
