//! What a file is, by its content; its name may say anything.

/// How many bytes from the beginning are needed to tell.
pub(super) const TELLING: usize = 8;

/// The media type of what begins so; `None` if it is none that is accepted.
pub(super) fn media_type(beginning: &[u8]) -> Option<&'static str> {
    let known: [(&[u8], &str); 3] =
        [(b"%PDF-", "application/pdf"), (b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg")];
    known.iter().find(|(signature, _)| beginning.starts_with(signature)).map(|(_, media_type)| *media_type)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_tells_the_type() {
        assert_eq!(media_type(b"%PDF-1.7"), Some("application/pdf"));
        assert_eq!(media_type(b"\x89PNG\r\n\x1a\n"), Some("image/png"));
        assert_eq!(media_type(b"\xff\xd8\xff\xe0\0\x10JF"), Some("image/jpeg"));
        for other in [&b""[..], b"%PDF", b"PK\x03\x04", b"<html>", b" %PDF-1."] {
            assert_eq!(media_type(other), None);
        }
    }
}
