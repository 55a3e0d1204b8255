//! What every cell goes through before it is read.

/// `text` on one line: runs of any white space become one space, marks that cannot be seen go.
pub(super) fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !is_invisible(*c)) {
        if !c.is_whitespace() {
            line.push(c);
        } else if !line.is_empty() && !line.ends_with(' ') {
            line.push(' ');
        }
    }
    if line.ends_with(' ') {
        line.pop();
    }
    line
}

/// Marks of direction and joining that spreadsheets and web pages leave around numbers.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

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
