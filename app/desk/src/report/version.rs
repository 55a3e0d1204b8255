//! Versions of a part of a draft: whose change may follow on whose.

use serde::{Deserialize, Serialize};

/// What a page had seen of a part of a draft when it changed it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// The version.
    pub version: u32,
    /// A random name of the page, so that a change whose answer was lost on the line is not
    /// taken for somebody else's. Empty: a form without JavaScript.
    pub page: String,
}

/// Longest name of a page, in characters; it is kept with the draft.
const LONGEST_PAGE: usize = 64;

impl Seen {
    /// What a page says that it had seen. A name that no page of ours has counts as none.
    pub fn by(version: u32, page: String) -> Self {
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
        let ours = page.len() <= LONGEST_PAGE && page.chars().all(plain);
        Self { version, page: if ours { page } else { String::new() } }
    }
}

impl From<u32> for Seen {
    fn from(version: u32) -> Self {
        Self { version, page: String::new() }
    }
}

/// The page that wrote a part of a draft last.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Writer {
    /// Its name.
    pub page: String,
    /// Since which version nobody else has written.
    pub since: u32,
}

impl Writer {
    /// Whether a change may be written over `version`, of which this was the writer: nothing
    /// that the changing page has not seen, or written itself, is lost with it.
    pub fn admits(&self, version: u32, seen: &Seen) -> bool {
        let own = !seen.page.is_empty() && seen.page == self.page && seen.version >= self.since;
        seen.version == version || own
    }

    /// The writer after a change that was admitted.
    pub fn after(&self, seen: &Seen) -> Self {
        let goes_on = !seen.page.is_empty() && seen.page == self.page;
        if goes_on { self.clone() } else { Self { page: seen.page.clone(), since: seen.version } }
    }

    /// Whether nobody has written yet, or nobody that has a name.
    pub fn is_nobody(&self) -> bool {
        *self == Self::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Plays saves of (page, version seen); each is told whether it was taken.
    fn play(saves: &[(&str, u32)]) -> Vec<bool> {
        let (mut version, mut writer) = (0, Writer::default());
        let mut taken = Vec::new();
        for (page, seen) in saves {
            let seen = Seen { version: *seen, page: (*page).to_owned() };
            let admitted = writer.admits(version, &seen);
            if admitted {
                (version, writer) = (version + 1, writer.after(&seen));
            }
            taken.push(admitted);
        }
        taken
    }

    #[test]
    fn a_page_follows_on_itself_even_if_it_did_not_hear_the_answer() {
        assert_eq!(play(&[("a", 0), ("a", 0), ("a", 1), ("a", 0)]), [true; 4]);
    }

    #[test]
    fn nothing_of_another_page_is_overwritten() {
        assert_eq!(play(&[("a", 0), ("b", 0)]), [true, false]);
        assert_eq!(
            play(&[("a", 0), ("b", 1), ("a", 1), ("a", 0), ("a", 2)]),
            [true, true, false, false, true]
        );
        // After b has chosen to write over a, a must choose as well.
        assert_eq!(
            play(&[("a", 0), ("b", 0), ("b", 1), ("a", 1), ("b", 1)]),
            [true, false, true, false, true]
        );
    }

    #[test]
    fn a_name_that_no_page_of_ours_has_counts_as_none() {
        let page = |name: &str| Seen::by(3, name.to_owned()).page;
        assert_eq!(page("0f3a-91"), "0f3a-91");
        assert_eq!(page(&"a".repeat(LONGEST_PAGE)).len(), LONGEST_PAGE);
        for strange in ["a".repeat(LONGEST_PAGE + 1), "a b".to_owned(), "é".to_owned(), "\0".to_owned()] {
            assert_eq!(page(&strange), "", "{strange:?}");
        }
    }

    #[test]
    fn a_form_without_a_name_is_never_taken_for_itself() {
        assert_eq!(play(&[("", 0), ("", 0), ("", 1)]), [true, false, true]);
    }
}
