//! A field of several lines: the only place where a `<textarea>` is made.

use leptos::prelude::*;

use super::{IN_BROWSER, escape_into};

/// A field of several lines. Its name and the rest are given as `attr:`, what listens to it as `on:`.
///
/// Leptos does not escape what stands in a `<textarea>`, so that a text could end the field and go
/// on as markup; and it writes no `prop:value` on the server. Both are made up for here, and a test
/// sees to it that nobody makes such a field by hand.
#[component]
pub fn Area(
    /// What is in it.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    view! { <textarea prop:value=move || text.get()>{content(&text.get_untracked())}</textarea> }
}

/// The field's content as markup. Browsers leave out a line break at its very beginning, so one is
/// put there for them, and a text that begins with one keeps its own. In the browser a text is put into
/// the page as a text, not as markup.
fn content(text: &str) -> String {
    if IN_BROWSER {
        return text.to_owned();
    }
    let mut html = String::from("\n");
    escape_into(&mut html, text);
    html
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use leptos::prelude::*;

    use super::Area;

    #[test]
    fn what_is_in_it_stays_in_it() {
        Owner::new().with(|| {
            let text = "\n</textarea><form>&amp;".to_owned();
            let html = view! { <Area text attr:name="catatan" attr:required=true/> }.to_html();
            assert_eq!(
                html,
                "<textarea name=\"catatan\" required>\n\n&lt;/textarea&gt;&lt;form&gt;&amp;amp;</textarea>"
            );
            let empty = view! { <Area text=String::new()/> }.to_html();
            assert_eq!(empty, "<textarea>\n</textarea>", "a placeholder shows only in an empty field");
        });
    }

    /// Where Leptos does not escape: raw text, and titles of the document.
    #[test]
    fn no_text_gets_past_the_places_that_escape() {
        let allowed = [
            ("<textarea", "ui/area.rs", 1),
            ("inner_html=", "shell/document.rs", 1),
            ("inner_html=", "submission/links.rs", 1),
            ("inner_html=", "wall/board.rs", 3),
            ("formatter=", "shell/routes.rs", 1),
            ("<script", "shell/document.rs", 1),
            ("<script", "wall/page.rs", 2),
            ("<script", "wall/pair.rs", 1),
            // Their text is ours, and what stands in an element inside is escaped.
            ("<noscript", "file/field.rs", 1),
            ("<noscript", "submission/achievement.rs", 1),
            ("<noscript", "submission/parts.rs", 1),
            ("<noscript", "wall/pair.rs", 1),
        ];
        let words =
            ["<textarea", "inner_html=", "formatter=", "<script", "<style", "<noscript", "<Script", "<Style"];
        let mut found = Vec::new();
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        look(&root, &mut |path, text| {
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            let code = code.lines().filter(|line| !line.trim_start().starts_with("//"));
            let code = code.collect::<Vec<_>>().join("\n");
            for word in words {
                let times = code.matches(word).count();
                if times > 0 {
                    found.push((word, path.strip_prefix(&root).unwrap().display().to_string(), times));
                }
            }
        });
        found.sort();
        let mut allowed = allowed.map(|(word, path, times)| (word, path.to_owned(), times)).to_vec();
        allowed.sort();
        assert_eq!(found, allowed, "a field of several lines is an <Area>; nothing else may hold text");
    }

    fn look(folder: &Path, each: &mut impl FnMut(&Path, &str)) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                look(&path, each);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                each(&path, &std::fs::read_to_string(&path).unwrap());
            }
        }
    }
}
