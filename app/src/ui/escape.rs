//! Text that people wrote, where HTML is made by hand because Leptos does not escape it.

/// The text as it may stand between tags, in a double-quoted attribute, in a `<textarea>` and in
/// a `<title>`. Not in a `<script>` or a `<style>`: nothing that people wrote belongs there.
pub fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    escape_into(&mut html, text);
    html
}

/// The same, put behind what is there.
pub fn escape_into(html: &mut String, text: &str) {
    for letter in text.chars() {
        match letter {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            other => html.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn nothing_of_it_is_markup() {
        assert_eq!(escaped("</a> & \"b\" 'c' <!--"), "&lt;/a&gt; &amp; &quot;b&quot; &#39;c&#39; &lt;!--");
        assert_eq!(escaped("Ça ☂\n\u{2028}"), "Ça ☂\n\u{2028}");
    }
}
