//! How much waits for the viewer, in the tab's title; and a notification when more does, if the
//! person has asked this browser for it.

use leptos::prelude::*;

/// A title with how much waits before it: "(2) Beranda". Replaces a count that is there.
pub fn counted(title: &str, count: usize) -> String {
    let bare = title.strip_prefix('(').and_then(|rest| rest.split_once(") "));
    let is_count = |digits: &str| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    let bare = bare.filter(|(digits, _)| is_count(digits)).map_or(title, |(_, bare)| bare);
    if count == 0 { bare.to_owned() } else { format!("({count}) {bare}") }
}

/// Keeps the count in the tab's title for as long as the page is open.
pub fn count_in_title(count: Signal<usize>) {
    Effect::new(move |before: Option<usize>| {
        let (page, now) = (document(), count.get());
        page.set_title(&counted(&page.title(), now));
        if before.is_some_and(|before| before < now) && page.hidden() {
            super::tell::tell();
        }
        now
    });
}

#[cfg(test)]
mod tests {
    use super::counted;

    #[test]
    fn a_count_replaces_the_one_before_and_goes_with_the_last_task() {
        for (title, count, expected) in [
            ("Beranda · Alur", 0, "Beranda · Alur"),
            ("Beranda · Alur", 2, "(2) Beranda · Alur"),
            ("(2) Beranda · Alur", 13, "(13) Beranda · Alur"),
            ("(13) Beranda · Alur", 0, "Beranda · Alur"),
            ("(dijeda) Beranda", 1, "(1) (dijeda) Beranda"),
            ("() Beranda", 0, "() Beranda"),
        ] {
            assert_eq!(counted(title, count), expected);
        }
    }
}
