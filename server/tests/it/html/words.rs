//! Texts that try to be markup, and harmless ones of the same shape.

/// What people may type to get out of the place where their text stands.
const PIECES: [&str; 20] = [
    "</textarea><form method=post action=/api/add-account><input name=akun value=jahat>",
    "</title><base href=//jahat.example>",
    "</style><link rel=stylesheet href=//jahat.example>",
    "</script><script>alert(1)</script>",
    "<!--",
    "--><b>",
    "]]>",
    "<![CDATA[",
    "\"><img src=x onerror=alert(1)>",
    "' onfocus='alert(1)' autofocus='",
    "\" onfocus=\"alert(1)\" autofocus=\"",
    "&amp;&lt;&#60;&quot;",
    "</option></select><iframe>",
    "</noscript><p title=\"</noscript><img>\">",
    "<!--HEAD-->",
    "</head><body>",
    "</leptos-island><leptos-island data-component=x>",
    "<svg><style><img>",
    "'],['\",\"[{'}\\",
    "<template><table><td>",
];

/// Where a text has to fit.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Room {
    /// A name of a file: no slash.
    File,
    /// One line of at most 60 letters.
    Short,
    /// One line.
    Line,
    /// Several lines, which begin with an empty one.
    Lines,
}

/// Whether the texts of an office are meant to do harm.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Tone {
    Hostile,
    Harmless,
}

/// The texts of one run of the test.
#[derive(Clone, Copy)]
pub(super) struct Words {
    pub(super) seed: u64,
    pub(super) tone: Tone,
}

impl Words {
    /// The text with this number: the same in both offices but for the letters that could do harm.
    pub(super) fn say(&self, number: usize, room: Room) -> String {
        let mut dice = self.seed.wrapping_mul(0x9e37_79b9_7f4a_7c15)
            ^ (number as u64 + 1).wrapping_mul(0xff51_afd7_ed55_8ccd);
        let mut text = mark(number);
        let limit = match room {
            Room::Short => 58,
            Room::Line | Room::File => 110,
            Room::Lines => 400,
        };
        for _ in 0..12 {
            dice ^= dice << 13;
            dice ^= dice >> 7;
            dice ^= dice << 17;
            let piece = PIECES[(dice % PIECES.len() as u64) as usize];
            if text.len() + piece.len() <= limit {
                text.push_str(piece);
            }
            if room == Room::Lines && dice.is_multiple_of(5) {
                text.push_str("\n\u{2028}");
            }
        }
        text.push('.');
        if room == Room::File {
            text = text.replace(['/', '\\'], "-") + ".pdf";
        }
        if room == Room::Lines {
            text.insert(0, '\n');
        }
        if self.tone == Tone::Harmless { soft(&text) } else { text }
    }
}

/// What every text with this number begins with, and nothing else has in it.
pub(super) fn mark(number: usize) -> String {
    format!("Uj{number:03}xQ ")
}

/// The numbers of the texts that stand in a text.
pub(super) fn marks(text: &str) -> impl Iterator<Item = usize> + '_ {
    text.split("Uj")
        .skip(1)
        .filter_map(|rest| rest.get(3..5).filter(|end| *end == "xQ").and_then(|_| rest[..3].parse().ok()))
}

/// The text with other letters in the place of those that could do harm.
pub(super) fn soft(text: &str) -> String {
    let soft = |letter| match letter {
        '<' => '(',
        '>' => ')',
        '&' => '+',
        '"' | '\'' => '*',
        '\\' => '|',
        other => other,
    };
    text.chars().map(soft).collect()
}

/// Whether what stands in a place of the hostile page is, letter by letter, what stands there in the
/// harmless one: as it is, as JSON, as JSON with its quotation marks exchanged, as CSV, or in an address.
pub(super) fn same(harmless: &str, hostile: &str) -> bool {
    if soft(harmless) == soft(hostile) {
        return true;
    }
    let exchange = |text: &str| {
        text.chars()
            .map(|c| match c {
                '"' => '\'',
                '\'' => '"',
                other => other,
            })
            .collect::<String>()
    };
    let json = |text: &str| serde_json::from_str::<serde_json::Value>(text).ok();
    if let (Some(one), Some(other)) = (json(harmless), json(hostile)) {
        return same_value(&one, &other);
    }
    if let (Some(one), Some(other)) = (json(&exchange(harmless)), json(&exchange(hostile))) {
        return same_value(&one, &other);
    }
    let csv = |text: &str| {
        let mut reader =
            csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
        let rows = reader.records().filter_map(Result::ok);
        rows.map(|row| row.iter().map(soft).collect::<Vec<_>>()).collect::<Vec<_>>()
    };
    if csv(harmless) == csv(hostile) {
        return true;
    }
    let plain = |text: &str| percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned();
    let (one, other) = (plain(harmless), plain(hostile));
    (one != harmless || other != hostile) && soft(&one) == soft(&other)
}

fn same_value(harmless: &serde_json::Value, hostile: &serde_json::Value) -> bool {
    use serde_json::Value::{Array, Object, String};
    match (harmless, hostile) {
        (String(one), String(other)) => same_if_marked(one, other),
        (Array(one), Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(a, b)| same_value(a, b))
        }
        (Object(one), Object(other)) => {
            one.len() == other.len()
                && one.iter().zip(other).all(|((k, a), (l, b))| same_if_marked(k, l) && same_value(a, b))
        }
        _ => std::mem::discriminant(harmless) == std::mem::discriminant(hostile),
    }
}

/// The same for what may be made anew in each office, such as an id: it counts only with a mark in it.
pub(super) fn same_if_marked(harmless: &str, hostile: &str) -> bool {
    let marked = marks(harmless).next().is_some() || marks(hostile).next().is_some();
    !marked || same(harmless, hostile)
}
