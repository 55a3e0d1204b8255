//! A QR code as the path of an SVG.

use std::fmt::Write;

use qrcode::{Color, EcLevel, QrCode};

/// The dark squares of the code as one path in units of a square, and how many squares its
/// side has; nothing for a text that is too long.
pub(super) fn path(text: &str) -> (String, u32) {
    let Ok(code) = QrCode::with_error_correction_level(text, EcLevel::M) else { return Default::default() };
    let width = code.width();
    let dark = code.to_colors().into_iter().enumerate().filter(|(_, colour)| *colour == Color::Dark);
    let path = dark.fold(String::new(), |mut path, (at, _)| {
        // Writing to a String cannot fail.
        let _ = write!(path, "M{} {}h1v1h-1z", at % width, at / width);
        path
    });
    (path, u32::try_from(width).unwrap_or_default())
}
