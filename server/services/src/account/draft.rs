//! What an administrator types about an account, checked.

use desk::account::{AccountDraft, AccountView, Person};
use desk::problem::Problem;
use desk::trail::OPERATOR;
use domain::id::{AccountId, LaneId};
use domain::office::Actor;
use domain::text;

/// Longest name or title, in characters.
const LONGEST: usize = 120;

/// Reads the name of an account as somebody types it.
pub fn account_id(typed: &str) -> AccountId {
    AccountId(typed.trim().to_lowercase())
}

/// Checks everything but the password.
///
/// # Errors
/// A sentence that says what to change.
pub fn read(draft: &AccountDraft, active: bool) -> Result<AccountView, Problem> {
    let id = account_id(&draft.id);
    if !is_good_id(id.as_str()) || [Actor::system().account.as_str(), OPERATOR].contains(&id.as_str()) {
        return Err(Problem::invalid(
            "Nama akun: 2 sampai 32 huruf kecil, angka, titik atau tanda hubung, diawali huruf.",
        ));
    }
    let person =
        Person { name: line("Nama", &draft.name, true)?, title: line("Jabatan", &draft.title, false)? };
    if draft.lanes.len() > 50 || !draft.lanes.iter().all(is_good_lane) {
        return Err(Problem::invalid("Peran tidak dikenal; muat ulang halaman, lalu coba lagi."));
    }
    if draft.agency.is_some() && (draft.admin || !draft.lanes.is_empty()) {
        return Err(Problem::invalid("Akun PD tidak dapat mempunyai peran kantor."));
    }
    let AccountDraft { lanes, admin, agency, .. } = draft.clone();
    Ok(AccountView { id, person, lanes, admin, agency, active })
}

fn is_good_id(id: &str) -> bool {
    (2..=32).contains(&id.len())
        && id.starts_with(|c: char| c.is_ascii_lowercase())
        && id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'_'))
}

/// The same rule as for the lanes of a procedure.
fn is_good_lane(lane: &LaneId) -> bool {
    (1..=40).contains(&lane.as_str().len())
        && lane
            .as_str()
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'_'))
}

fn line(label: &str, typed: &str, required: bool) -> Result<String, Problem> {
    let text = text::name(label, typed, LONGEST).map_err(Problem::invalid)?;
    if required && text.is_empty() {
        return Err(Problem::invalid(format!("{label} wajib diisi.")));
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(id: &str, name: &str) -> AccountDraft {
        AccountDraft { id: id.to_owned(), name: name.to_owned(), ..AccountDraft::default() }
    }

    #[test]
    fn ids_are_plain_lower_case_words() {
        for good in ["staf", " Staf ", "budi.santoso", "kabag-2", "ab"] {
            assert!(read(&draft(good, "Budi"), true).is_ok(), "{good}");
        }
        for bad in
            ["", "a", "2budi", "budi santoso", "budi/..", "sistem", "operator", "búdi", &"a".repeat(33)]
        {
            assert!(read(&draft(bad, "Budi"), true).is_err(), "{bad}");
        }
    }

    #[test]
    fn an_account_of_an_agency_has_no_part_in_the_office() {
        let agency = AccountDraft { agency: Some("dinkes".into()), ..draft("dinkes", "Budi") };
        assert_eq!(read(&agency, true).unwrap().agency, Some("dinkes".into()));
        assert!(read(&AccountDraft { admin: true, ..agency.clone() }, true).is_err());
        assert!(read(&AccountDraft { lanes: ["staf".into()].into(), ..agency }, true).is_err());
    }

    #[test]
    fn a_person_has_a_name_on_one_line() {
        for bad in ["", "  ", "\u{a0}", "Bu\ndi", "Bu\u{200b}di", "Budi\u{202e}", &"x".repeat(121)] {
            assert!(read(&draft("budi", bad), true).is_err(), "{bad}");
        }
    }
}
