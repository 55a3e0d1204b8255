//! Who acts in the tests.

use domain::office::Actor;

/// Somebody with these roles, separated by spaces, whose account is called so.
pub(crate) fn person(account: &str, roles: &str) -> Actor {
    Actor {
        account: account.into(),
        lanes: roles.split_whitespace().map(Into::into).collect(),
        admin: false,
        agency: None,
    }
}

/// Somebody with one role, whose account is called like the role.
pub(crate) fn in_role(role: &str) -> Actor {
    person(role, role)
}

/// Somebody who sends reports for an agency.
pub(crate) fn of_agency(code: &str) -> Actor {
    Actor::of_agency(format!("pd-{code}").as_str().into(), code.into())
}

/// An administrator who works in no lane.
pub(crate) fn admin() -> Actor {
    Actor { admin: true, ..person("admin", "") }
}

/// All kinds of people at once: each role, two with the same role, one with several, one
/// with those of both procedures, an administrator, a display.
pub(crate) fn everybody() -> Vec<Actor> {
    let roles = ["staf", "kasubbag", "kabag", "karo", "gubernur", "pemohon", "bendahara", "kepala"];
    let mut people: Vec<_> = roles.into_iter().map(in_role).collect();
    people.push(person("staf-lain", "staf"));
    people.push(person("merangkap", "kasubbag kabag kepala"));
    people.push(Actor { admin: true, ..person("serba-bisa", &roles.join(" ")) });
    people.push(admin());
    people.push(Actor::nobody());
    people.push(of_agency("bappeda"));
    people.push(of_agency("dinkes"));
    people
}
