//! Where a browser without JavaScript is sent after a form: always a path of ours.

use axum::http::{HeaderMap, Uri, header};
use desk::account::local_path;

use crate::live::origin::is_host;

/// The page that a form was on: its field `kembali` if it has one, else the Referer if that
/// is a page of ours, else the home page. An earlier refusal is no longer in it.
pub fn page_of(headers: &HeaderMap, body: &[u8]) -> String {
    let wanted = form_urlencoded::parse(body).find(|(name, _)| name == "kembali").map(|(_, value)| value);
    let page = wanted.as_deref().filter(|wanted| local_path(wanted) == *wanted).map(str::to_owned);
    let page = page.or_else(|| referer(headers)).unwrap_or_else(|| "/".to_owned());
    without(&page, &["gagal"])
}

/// The path with one more field in its query.
pub fn with(page: &str, name: &str, value: &str) -> String {
    let (path, query) = page.split_once('?').unwrap_or((page, ""));
    let pair = form_urlencoded::Serializer::new(String::new()).append_pair(name, value).finish();
    let query = if query.is_empty() { pair } else { format!("{query}&{pair}") };
    format!("{path}?{query}")
}

/// The path without some fields of its query, and without a fragment.
pub fn without(page: &str, names: &[&str]) -> String {
    let page = page.split('#').next().unwrap_or_default();
    let Some((path, query)) = page.split_once('?') else { return page.to_owned() };
    let named = |pair: &&str| !names.contains(&pair.split('=').next().unwrap_or_default());
    let query: Vec<_> = query.split('&').filter(|pair| !pair.is_empty()).filter(named).collect();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{}", query.join("&")) }
}

fn referer(headers: &HeaderMap) -> Option<String> {
    let referer = headers.get(header::REFERER)?.to_str().ok()?;
    let host = headers.get(header::HOST)?.to_str().ok()?;
    let uri: Uri = referer.parse().ok()?;
    let origin = format!("{}://{}", uri.scheme_str()?, uri.authority()?);
    let page = uri.path_and_query().map_or("/", |it| it.as_str());
    (is_host(&origin, host) && local_path(page) == page).then(|| page.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(referer: &str, body: &str, expected: &str) {
        let pairs = [(header::HOST, "alur.kantor:3000"), (header::REFERER, referer)];
        let headers = pairs.map(|(name, value)| (name, value.parse().unwrap())).into_iter().collect();
        assert_eq!(page_of(&headers, body.as_bytes()), expected, "{referer} {body}");
    }

    #[test]
    fn forms_lead_back_to_a_page_of_ours() {
        check("http://alur.kantor:3000/pelaksanaan/1?a=b&gagal=x#k", "", "/pelaksanaan/1?a=b");
        check("http://alur.kantor:3000", "", "/");
        check("http://evil.example/pelaksanaan/1", "", "/");
        check("http://alur.kantor:3000//evil.example", "", "/");
        check("", "", "/");
    }

    #[test]
    fn a_form_may_name_the_page_itself() {
        let here = "http://alur.kantor:3000/a";
        check(here, "kembali=%2Fb%3Fc%3Dd", "/b?c=d");
        check(here, "kembali=%2Fb%3Fgagal%3Dx%26c%3Dd", "/b?c=d");
        for elsewhere in ["%2F%2Fevil", "http%3A%2F%2Fevil", "%2F%5Cevil", "%2Fb%0D%0Ax", ""] {
            check(here, &format!("kembali={elsewhere}"), "/a");
        }
    }

    #[test]
    fn a_field_is_added_to_what_is_there() {
        assert_eq!(with("/a", "gagal", "x y"), "/a?gagal=x+y");
        assert_eq!(with("/a?b=c", "gagal", "é"), "/a?b=c&gagal=%C3%A9");
        assert_eq!(without("/a?berkas=1&b=c&nama=2", &["berkas", "nama"]), "/a?b=c");
    }
}
