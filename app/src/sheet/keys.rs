//! Walking the sheet with the arrow keys.

use leptos::ev::KeyboardEvent;
use leptos::prelude::document;
use wasm_bindgen::JsCast;

/// Moves the focus to the next symbol in the direction of an arrow key.
pub(super) fn walk(event: KeyboardEvent) {
    let (rows, lanes): (i32, i32) = match event.key().as_str() {
        "ArrowUp" => (-1, 0),
        "ArrowDown" => (1, 0),
        "ArrowLeft" => (0, -1),
        "ArrowRight" => (0, 1),
        _ => return,
    };
    let focused = document()
        .active_element()
        .and_then(|element| element.closest("tr").ok().flatten().zip(Some(element)));
    let Some((row, element)) = focused else { return };
    let Ok(Some(place)) = element.closest("td") else { return };
    let buttons = |row: &web_sys::Element| -> Vec<(i32, web_sys::HtmlElement)> {
        let Ok(found) = row.query_selector_all("td.lane") else { return Vec::new() };
        let button = |index: u32| {
            let cell = found.item(index)?.dyn_into::<web_sys::Element>().ok()?;
            let button = cell.query_selector("button").ok()??.dyn_into().ok()?;
            Some((i32::try_from(index).ok()?, button))
        };
        (0..found.length()).filter_map(button).collect()
    };
    let here = buttons(&row).into_iter().find(|(_, button)| place.contains(Some(button)));
    let Some((lane, _)) = here else { return };
    let target = if rows == 0 {
        let beside = |(other, _): &(i32, web_sys::HtmlElement)| (other - lane).signum() == lanes;
        buttons(&row).into_iter().filter(beside).min_by_key(|(other, _)| (other - lane).abs())
    } else {
        let mut next = row;
        loop {
            let sibling =
                if rows > 0 { next.next_element_sibling() } else { next.previous_element_sibling() };
            let Some(sibling) = sibling else { break None };
            let nearest = buttons(&sibling).into_iter().min_by_key(|(other, _)| (other - lane).abs());
            if nearest.is_some() {
                break nearest;
            }
            next = sibling;
        }
    };
    if let Some((_, button)) = target {
        event.prevent_default();
        let _ = button.focus();
    }
}
