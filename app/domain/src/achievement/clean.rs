//! What a cell goes through before it is read, beside [`crate::text`].

use crate::text::one_line;

/// `text` without its parenthesised parts; `None` if the parentheses do not pair.
pub(super) fn without_parentheses(text: &str) -> Option<String> {
    let mut plain = String::with_capacity(text.len());
    let mut inside = false;
    for c in text.chars() {
        match (c, inside) {
            ('(', false) => inside = true,
            (')', true) => {
                inside = false;
                plain.push(' ');
            }
            ('(' | ')', _) => return None,
            (_, true) => {}
            (c, false) => plain.push(c),
        }
    }
    (!inside).then(|| one_line(&plain))
}

/// `text` without a prefix, whatever the case of its letters a to z.
pub(super) fn strip_prefix<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let (head, rest) = text.split_at_checked(prefix.len())?;
    head.eq_ignore_ascii_case(prefix).then_some(rest)
}
