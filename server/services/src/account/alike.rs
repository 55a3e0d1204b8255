//! Names that are easily taken for one another: by the skeletons of Unicode's confusables, and
//! regardless of case, spaces, signs, and of i, l and 1.

use unicode_security::skeleton;

/// What is left of a name as the eye reads it; two names with the same are look-alikes.
pub(crate) fn as_seen(name: &str) -> String {
    // Before and after the change of case: "I" looks like "l", and "i" does only where capitals are not told apart.
    let plain: String = skeleton(name).flat_map(char::to_lowercase).collect();
    let plain = skeleton(&plain).flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric());
    plain.map(|c| if c == 'i' { 'l' } else { c }).collect()
}

/// Whether one name is easily taken for another.
pub(super) fn alike(one: &str, other: &str) -> bool {
    let seen = as_seen(one);
    !seen.is_empty() && seen == as_seen(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_eye_does_not_tell_apart_is_alike() {
        let pairs = [
            ("kabag", "kabag"),
            ("kabag", "KABAG"),
            ("budi.santoso", "budi-santoso"),
            ("budi1", "budil"),
            ("staf0", "stafo"),
            ("Siti Aminah", "Siti  Aminah"),
            ("Siti Aminah", "Siti Amіnah"),
            ("Siti Aminah", "SITI AMlNAH"),
            ("Budi Santoso", "Вudi Santoso"),
            ("Dinas Kesehatan", "Dinas Kesehatan."),
            ("Umar", "Urnar"),
            ("ｄｉｎｋｅｓ", "dinkes"),
        ];
        for (one, other) in pairs {
            assert!(alike(one, other), "{one} {other}: {} {}", as_seen(one), as_seen(other));
        }
    }

    #[test]
    fn other_names_are_not() {
        let pairs = [
            ("kabag", "kasubbag"),
            ("staf", "staf2"),
            ("Siti Aminah", "Siti Aisyah"),
            ("Dinas Kesehatan", "Dinas Kehutanan"),
            ("Kabupaten Bungo", "Kabupaten Tebo"),
            ("", ""),
            ("-", "."),
        ];
        for (one, other) in pairs {
            assert!(!alike(one, other), "{one} {other}");
        }
    }
}
