//! The icons, as one inline sprite.

use leptos::prelude::*;

/// Defines every icon and symbol once.
#[component]
pub fn Sprite() -> impl IntoView {
    view! {
        <svg class="sprite" aria-hidden="true">
            <symbol id="i-alur" viewBox="0 0 24 24">
                <path d="M4 6h6a4 4 0 0 1 4 4v4a4 4 0 0 0 4 4h2" fill="none" stroke="currentColor" stroke-width="3"/>
                <circle cx="4" cy="6" r="3" fill="currentColor"/>
                <rect x="17.5" y="15" width="6" height="6" rx="1.2" fill="currentColor"/>
            </symbol>
            <symbol id="i-check" viewBox="0 0 16 16">
                <path d="m3 8.5 3.2 3.2L13 5" fill="none" stroke="currentColor" stroke-width="2.2"/>
            </symbol>
            <symbol id="i-back" viewBox="0 0 16 16">
                <path d="M6.5 3 3 6.5 6.5 10M3 6.5h6a4 4 0 0 1 0 8H6" fill="none" stroke="currentColor" stroke-width="1.9"/>
            </symbol>
            <symbol id="i-clock" viewBox="0 0 16 16">
                <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="1.8"/>
                <path d="M8 4.5V8l2.4 1.6" fill="none" stroke="currentColor" stroke-width="1.8"/>
            </symbol>
            <symbol id="i-hand" viewBox="0 0 16 16">
                <path d="M3 8h9M8.5 4.5 12 8l-3.5 3.5" fill="none" stroke="currentColor" stroke-width="2"/>
            </symbol>
            <symbol id="i-pause" viewBox="0 0 16 16">
                <path d="M5.5 3.5v9M10.5 3.5v9" stroke="currentColor" stroke-width="2.4"/>
            </symbol>
            <symbol id="i-play" viewBox="0 0 16 16">
                <path d="M5 3.5v9l7.5-4.5z" fill="currentColor"/>
            </symbol>
            <symbol id="i-stop" viewBox="0 0 16 16">
                <path d="m4 4 8 8M12 4l-8 8" stroke="currentColor" stroke-width="2.2"/>
            </symbol>
            <symbol id="i-none" viewBox="0 0 16 16">
                <path d="M3.5 8h9" stroke="currentColor" stroke-width="2.2"/>
            </symbol>
            <symbol id="i-print" viewBox="0 0 16 16">
                <path
                    d="M4.5 6V2.5h7V6M4.5 12H2.5V6.5h11V12h-2M4.5 10h7v3.5h-7z"
                    fill="none"
                    stroke="currentColor"
                    stroke-width="1.6"
                />
            </symbol>
            <symbol id="i-file" viewBox="0 0 16 16">
                <path d="M4 2.5h5l3 3v8H4zM9 2.5v3h3" fill="none" stroke="currentColor" stroke-width="1.6"/>
            </symbol>
            <symbol id="s-capsule" viewBox="0 0 100 48" preserveAspectRatio="none">
                <rect x="1" y="1" width="98" height="46" rx="23" vector-effect="non-scaling-stroke"/>
            </symbol>
            <symbol id="s-process" viewBox="0 0 100 48" preserveAspectRatio="none">
                <rect x="1" y="1" width="98" height="46" rx="4" vector-effect="non-scaling-stroke"/>
            </symbol>
            <symbol id="s-decision" viewBox="0 0 100 48" preserveAspectRatio="none">
                <path d="M50 1 99 24 50 47 1 24z" vector-effect="non-scaling-stroke"/>
            </symbol>
        </svg>
    }
}

/// One icon of the sprite, such as `check`. Decoration only: words stand beside it.
#[component]
pub fn Icon(
    /// Name without the `i-`.
    name: &'static str,
) -> impl IntoView {
    view! {
        <svg class="icon" aria-hidden="true" focusable="false">
            <use_ href=format!("#i-{name}")/>
        </svg>
    }
}
