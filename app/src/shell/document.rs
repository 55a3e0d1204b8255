//! The HTML document that every page is put into.

use desk::site::Site;
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_meta::MetaTags;

use super::App;
use crate::ui::Sprite;

/// The whole document. `site.build` names the browser's program, so that a new build is
/// never mixed with an old one from a cache.
pub fn document(options: LeptosOptions, site: &Site) -> impl IntoView + use<> {
    let build = site.build.clone();
    // The pages themselves are complete as the server sends them; only the islands in them,
    // the live parts, are taken over by the browser's program.
    let program = program();
    let start = format!(
        "import init, * as alur from '/pkg/{program}.js?v={build}';\
         await init({{ module_or_path: '/pkg/{program}.wasm?v={build}' }});alur.hydrate();\
         for (const island of document.querySelectorAll('leptos-island')) alur[island.dataset.component](island);"
    );
    if let Some(shared) = Owner::current_shared_context() {
        shared.set_is_hydrating(false);
    }
    view! {
        <!DOCTYPE html>
        <html lang="id">
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <link rel="icon" href="/ikon.svg" type="image/svg+xml"/>
                <link
                    rel="preload"
                    href="/plus-jakarta-sans.woff2"
                    r#as="font"
                    r#type="font/woff2"
                    crossorigin=""
                />
                <link rel="stylesheet" href=format!("/pkg/alur.css?v={build}")/>
                <link rel="modulepreload" href=format!("/pkg/{program}.js?v={build}")/>
                <AutoReload options/>
                <script type="module" nonce=use_nonce() inner_html=start></script>
                <MetaTags/>
            </head>
            <body data-practice=site.practice.then_some("")>
                <Sprite/>
                <App/>
            </body>
        </html>
    }
}

/// The browser's program for this page: each loads only what it needs.
fn program() -> &'static str {
    let parts = use_context::<http::request::Parts>();
    program_of(parts.as_ref().map_or("", |parts| parts.uri.path()))
}

fn program_of(path: &str) -> &'static str {
    let places: Vec<_> = path.split('/').skip(1).collect();
    match places.as_slice() {
        ["papan"] => "papan",
        // Whoever opens an agency's link may still be somebody of the office, with its bar.
        ["pd", "t", ..] => "alur",
        ["pd", ..] => "pd",
        ["pelaksanaan", run] if !run.is_empty() => "lembar",
        _ => "alur",
    }
}

#[cfg(test)]
mod tests {
    use super::program_of;

    #[test]
    fn each_page_has_its_program() {
        let cases = [
            ("/", "alur"),
            ("/pelaksanaan", "alur"),
            ("/pelaksanaan/", "alur"),
            ("/pelaksanaan/7", "lembar"),
            ("/pelaksanaan/7/lkj", "alur"),
            ("/pd", "pd"),
            ("/pd/lkj/2026", "pd"),
            ("/pd/t/0123abcd", "alur"),
            ("/papan", "papan"),
            ("/papan/pasang", "alur"),
        ];
        for (path, program) in cases {
            assert_eq!(program_of(path), program, "{path}");
        }
    }
}
