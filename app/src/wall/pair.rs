//! `/papan/pasang`: a display that is being paired.

use leptos::prelude::*;
use leptos_meta::Title;

use super::server::{Pairing, get_pairing};

/// Shows a code until an administrator has entered it, then leads to the wall. `papan.js` asks
/// how far it is; without JavaScript the page loads itself anew.
#[component]
pub fn PairPage() -> impl IntoView {
    let data = Resource::new_blocking(|| (), |()| get_pairing());
    view! {
        <Title text="Pasang papan"/>
        <Suspense fallback=|| ()>
            {move || Suspend::new(async move {
                let pairing = data.await;
                if pairing == Ok(Pairing::Paired) {
                    leptos_axum::redirect("/papan");
                }
                view! { <Code pairing=pairing.ok()/> }
            })}
        </Suspense>
    }
    .into_any()
}

#[component]
fn Code(pairing: Option<Pairing>) -> impl IntoView {
    let (code, place, (path, side)) = match pairing {
        Some(Pairing::Waiting { code, place, qr }) => (code, place, qr),
        Some(Pairing::Paired) | None => Default::default(),
    };
    let shown = code.clone();
    let frame = format!("-3 -3 {0} {0}", side + 6);
    view! {
        <div class="wall" data-wall="pasang" data-code=shown>
            <main id="isi" class="board">
                <section class="pairing">
                    <div>
                        <p class="eyebrow">"Pasang papan ini"</p>
                        <h1>{code}</h1>
                        <ol>
                            <li>"Administrator membuka "<b>{place}</b></li>
                            <li>"Ketik kode di atas, beri papan ini nama, lalu tekan Pasang"</li>
                            <li>"Papan tampil sendiri. Kode berganti setiap 10 menit"</li>
                        </ol>
                    </div>
                    <svg viewBox=frame role="img" aria-label="Kode QR ke halaman administrator">
                        <rect x="-3" y="-3" width=side + 6 height=side + 6 fill="#fff"/>
                        <path d=path fill="#000"/>
                    </svg>
                </section>
            </main>
            <noscript><meta http-equiv="refresh" content="5"/></noscript>
            <script src="/papan.js" defer></script>
        </div>
    }
    .into_any()
}
