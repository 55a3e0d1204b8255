//! Words beside a number that make it something else than a number.

/// Names of months, in full and as they are shortened.
const MONTHS: [&str; 28] = [
    "januari",
    "jan",
    "februari",
    "pebruari",
    "feb",
    "peb",
    "maret",
    "mar",
    "april",
    "apr",
    "mei",
    "juni",
    "jun",
    "juli",
    "jul",
    "agustus",
    "agu",
    "agt",
    "ags",
    "september",
    "sept",
    "sep",
    "oktober",
    "okt",
    "november",
    "nopember",
    "nov",
    "nop",
];
/// The last month, which does not fit above.
const LAST_MONTH: [&str; 2] = ["desember", "des"];

/// Grades and predicates that stand beside the number that they were given for.
const GRADES: [&str; 16] = [
    "aa",
    "a",
    "a-",
    "bb",
    "b",
    "b+",
    "b-",
    "cc",
    "c",
    "d",
    "e",
    "baik",
    "sangat baik",
    "cukup",
    "memuaskan",
    "sangat memuaskan",
];
/// Grades that are clear without a sign before them: a lone "C" may be a unit.
const CLEAR: [&str; 7] = ["aa", "bb", "cc", "baik", "sangat baik", "memuaskan", "sangat memuaskan"];

/// Whether a word is the name of a month.
pub(super) fn is_month(word: &str) -> bool {
    month(word).is_some()
}

/// The number of a month by its name.
pub(super) fn month(word: &str) -> Option<u8> {
    let word = word.trim_end_matches(['.', ',']).to_lowercase();
    let known = MONTHS.iter().chain(&LAST_MONTH).any(|name| *name == word);
    let starts = [
        ("jan", 1),
        ("feb", 2),
        ("peb", 2),
        ("mar", 3),
        ("apr", 4),
        ("mei", 5),
        ("jun", 6),
        ("jul", 7),
        ("ag", 8),
        ("sep", 9),
        ("okt", 10),
        ("no", 11),
        ("des", 12),
    ];
    let found = starts.iter().find(|(start, _)| word.starts_with(start)).map(|(_, month)| *month);
    found.filter(|_| known)
}

/// Whether digits and what follows them are a date without a year ("31 Desember") or a time of
/// day ("07.30 WIB").
pub(super) fn is_moment(digits: &str, rest: &str) -> bool {
    let word = rest.trim_start().split(' ').next().unwrap_or_default();
    let day = digits.trim_end_matches(['.', ',']).parse::<u8>().is_ok_and(|day| (1..=31).contains(&day));
    let zone = ["wib", "wita", "wit"].contains(&word.trim_end_matches('.').to_lowercase().as_str());
    (day && is_month(word)) || (zone && is_time(digits))
}

/// "07.30", "7.30", "24.00" and "8".
fn is_time(digits: &str) -> bool {
    let (hours, minutes) = digits.trim().split_once(['.', ',']).unwrap_or((digits.trim(), "00"));
    let within = |text: &str, most: u8| text.len() <= 2 && text.parse::<u8>().is_ok_and(|part| part <= most);
    within(hours, 24) && minutes.len() == 2 && within(minutes, 59)
}

/// Whether what stands behind a number is its grade: "/A", "/ Sangat Baik", "BB".
pub(super) fn is_grade(words: &str) -> bool {
    let words = words.trim().to_lowercase();
    match words.strip_prefix(['/', '-', '–']) {
        Some(grade) => GRADES.contains(&grade.trim()),
        None => CLEAR.contains(&words.as_str()),
    }
}
