//! QR codes: an SVG for pages, and the modules for papers.

use std::fmt::Write;

use qrcode::{Color, EcLevel, QrCode};

/// The light border around a code, in modules; readers need it (ISO 18004).
pub const QUIET: usize = 4;

/// A QR code as a square of modules, without its quiet zone.
pub struct Modules {
    size: usize,
    dark: Vec<bool>,
}

/// A horizontal run of dark modules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// Column of the first module, from the left, counted from 0 without the quiet zone.
    pub x: usize,
    /// Row, from the top, counted from 0 without the quiet zone.
    pub y: usize,
    /// How many modules.
    pub length: usize,
}

impl Modules {
    /// The code that holds `text`, with error correction M (15 % may be dirty);
    /// `None` if the text is too long for a QR code (over 2,331 bytes).
    pub fn of(text: &str) -> Option<Self> {
        let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
        let dark = code.to_colors().into_iter().map(|color| color == Color::Dark).collect();
        Some(Self { size: code.width(), dark })
    }

    /// Modules on a side, without the quiet zone.
    pub fn size(&self) -> usize {
        self.size
    }

    /// Whether a module is dark; everything outside the code is light.
    pub fn is_dark(&self, x: usize, y: usize) -> bool {
        x < self.size && self.dark.get(y * self.size + x).is_some_and(|dark| *dark)
    }

    /// The dark modules as horizontal runs: fewer shapes, and no seams between neighbours.
    pub fn runs(&self) -> Vec<Run> {
        let mut runs = Vec::new();
        for y in 0..self.size {
            let mut x = 0;
            while x < self.size {
                let length = (x..self.size).take_while(|&x| self.is_dark(x, y)).count();
                if length > 0 {
                    runs.push(Run { x, y, length });
                }
                x += length.max(1);
            }
        }
        runs
    }
}

/// An SVG of the QR code that holds `text`, one unit a module, quiet zone included.
/// `title` is what a screen reader says. `None` if the text is too long.
///
/// The modules take the colour of the text around and the ground is clear, without any
/// inline style. A page must show it on a light ground: readers fail on inverted codes.
pub fn qr_svg(text: &str, title: &str) -> Option<String> {
    let modules = Modules::of(text)?;
    let side = modules.size() + 2 * QUIET;
    let mut path = String::new();
    for Run { x, y, length } in modules.runs() {
        // Writing to a String cannot fail.
        let _ = write!(path, "M{} {}h{length}v1h-{length}z", x + QUIET, y + QUIET);
    }
    Some(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" role=\"img\" \
         shape-rendering=\"crispEdges\"><title>{}</title><path fill=\"currentColor\" d=\"{path}\"/></svg>",
        escaped(title)
    ))
}

/// Text for between two XML tags.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    const ADDRESS: &str = "https://alur.example.go.id/periksa/LKj-2025-0042?k=6f1a";

    /// What a camera reads of modules drawn with 5 pixels each.
    fn read(side: usize, dark: impl Fn(usize, usize) -> bool) -> String {
        let mut image =
            rqrr::PreparedImage::prepare_from_bitmap(side * 5, side * 5, |x, y| dark(x / 5, y / 5));
        let grids = image.detect_grids();
        assert_eq!(grids.len(), 1);
        grids[0].decode().unwrap().1
    }

    #[test]
    fn a_reader_reads_the_modules() {
        let modules = Modules::of(ADDRESS).unwrap();
        let shifted = |x: usize, y: usize| {
            x.checked_sub(QUIET).zip(y.checked_sub(QUIET)).is_some_and(|(x, y)| modules.is_dark(x, y))
        };
        assert_eq!(read(modules.size() + 2 * QUIET, shifted), ADDRESS);
    }

    #[test]
    fn a_reader_reads_the_svg() {
        let svg = qr_svg(ADDRESS, "Kode QR <periksa> & cocokkan").unwrap();
        assert!(svg.contains("<title>Kode QR &lt;periksa&gt; &amp; cocokkan</title>"));
        assert!(!svg.contains("style="));
        let side: usize =
            svg.split("viewBox=\"0 0 ").nth(1).unwrap().split(' ').next().unwrap().parse().unwrap();
        let mut drawn = vec![vec![false; side]; side];
        let path = svg.split(" d=\"").nth(1).unwrap().split('"').next().unwrap();
        for run in path.split('M').skip(1) {
            let (x, rest) = run.split_once(' ').unwrap();
            let (y, rest) = rest.split_once('h').unwrap();
            let length: usize = rest.split_once('v').unwrap().0.parse().unwrap();
            let x: usize = x.parse().unwrap();
            drawn[y.parse::<usize>().unwrap()][x..x + length].fill(true);
        }
        assert_eq!(read(side, |x, y| drawn[y][x]), ADDRESS);
    }

    #[test]
    fn too_long_a_text_has_no_code() {
        assert!(qr_svg(&"x".repeat(2331), "").is_some());
        assert!(qr_svg(&"x".repeat(2332), "").is_none());
    }
}
