//! The picture as HTML text. The wall has nothing to click, so its words need no view of
//! their own: one piece of text is a tenth of the program that a view would be.

use chrono::{DateTime, Utc};
use domain::calendar::{DAY_MINUTES, date_of, words};
use domain::wall::{Ended, NextDate, Pressure, Tile, TileState};

use super::news::News;
use super::picture::{Count, Picture, Reports};
use crate::ui::escape_into;

/// How long something that moved stands out, in seconds.
const FRESH_SECONDS: i64 = 12;

/// What stands there when the display was revoked.
pub(super) const REVOKED: &str = "<h1>Papan ini dicabut</h1>\
    <p>Administrator dapat memasangnya lagi dari halaman /papan/pasang di layar ini.</p>";

/// Whose turn it is, what is left, and what happened last.
pub(super) fn turn(picture: &Picture) -> String {
    let mut html = Html::default();
    html.raw("<p class=\"eyebrow\">").text(&picture.title);
    html.raw("<span>")
        .text(&picture.number)
        .text(&picture.several)
        .raw("</span></p><h1>Menunggu <b>")
        .text(&picture.lane);
    html.raw("</b>\u{a0}· ").text(&picture.what);
    if !picture.left.is_empty() {
        html.raw("\u{a0}· <em>").text(&picture.left).raw("</em>");
    }
    html.raw("</h1><p class=\"place\">").text(&picture.place).raw("</p>");
    if !picture.trouble.is_empty() {
        html.raw("<p class=\"trouble\">")
            .icon("clock")
            .raw("<span>")
            .text(&picture.trouble)
            .raw("</span></p>");
    }
    html.raw("<div class=\"big\">");
    let Count { number, unit, notes } = &picture.count;
    if !number.is_empty() {
        html.raw("<div class=\"left\"><strong>").text(number).raw("</strong>").counted(unit, notes);
    }
    if let Some(Reports { reached, all, unit, notes, pressure }) = &picture.reports {
        html.raw("<div class=\"reports\" data-press=\"").raw(pressure.name()).raw("\"><strong>");
        html.text(&reached.to_string());
        html.raw("<i>/").text(&all.to_string()).raw("</i></strong>").counted(unit, notes);
    }
    html.raw("</div><ol class=\"feed\">");
    for News { at, when, what, mark } in &picture.news {
        let fresh = (picture.now - *at).num_seconds() < FRESH_SECONDS;
        html.raw("<li class=\"").raw(mark).raw("\"").raw(if fresh { " data-new" } else { "" });
        html.raw("><time>").text(when).raw("</time><span>").text(what).raw("</span></li>");
    }
    html.raw("</ol>");
    html.0
}

/// The agencies.
pub(super) fn tiles(picture: &Picture) -> String {
    let mut html = Html::default();
    for Tile { name, state, pressure, late, moved } in &picture.tiles {
        let fresh = moved.is_some_and(|at| (picture.now - at).num_seconds() < FRESH_SECONDS);
        html.raw("<li data-state=\"")
            .raw(state.name())
            .raw("\" data-press=\"")
            .raw(pressure.name())
            .raw("\"");
        html.raw(if *late { " data-late" } else { "" }).raw(if fresh { " data-new" } else { "" });
        html.raw("><b>").text(name).raw("</b><span>");
        match state {
            TileState::NotAsked => &mut html,
            TileState::Missing => html.icon(if *pressure == Pressure::None { "none" } else { "stop" }),
            TileState::Sent => html.icon("hand"),
            TileState::Returned => html.icon("back"),
            TileState::Accepted => html.icon("check"),
        };
        html.raw(if *state == TileState::Returned { "perbaikan" } else { state.word() });
        html.raw(if *late { ", telat" } else { "" }).raw("</span></li>");
    }
    html.0
}

/// Nothing is in progress: what was finished last, and what comes next.
pub(super) fn calm(ended: Option<&Ended>, next: Option<&NextDate>, now: DateTime<Utc>) -> String {
    let mut html = Html::default();
    html.raw("<p class=\"eyebrow\">Tidak ada pelaksanaan yang berjalan</p>");
    if let Some(Ended { procedure, data_year, at }) = ended {
        html.raw("<p class=\"ended\">").icon("check").raw("<span>").text(procedure).raw(" data tahun ");
        html.text(&data_year.to_string()).raw(" selesai ").text(&words::weekday_date(date_of(*at)));
        html.raw("</span></p>");
    }
    let Some(NextDate { what, procedure, data_year, due, left }) = next else {
        html.raw("<h1>Semua selesai</h1>");
        return html.0;
    };
    html.raw("<h2>Tanggal berikutnya</h2><h1 class=\"date\">").text(&words::full(*due)).raw("</h1><p>");
    html.text(what).raw(" · ").text(procedure).raw(", data tahun ").text(&data_year.to_string()).raw("</p>");
    let left = left.map_or_else(
        // The years between are not decreed yet.
        || format!("{} hari lagi", (date_of(*due) - date_of(now)).num_days()),
        |left| words::remaining(left, DAY_MINUTES),
    );
    html.raw("<p class=\"left\">").text(&left).raw("</p>");
    html.0
}

/// HTML on its way.
#[derive(Default)]
struct Html(String);

impl Html {
    /// Markup of ours.
    fn raw(&mut self, markup: &str) -> &mut Self {
        self.0.push_str(markup);
        self
    }

    /// Text, which may hold anything.
    fn text(&mut self, text: &str) -> &mut Self {
        escape_into(&mut self.0, text);
        self
    }

    fn icon(&mut self, name: &str) -> &mut Self {
        self.raw("<svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-").raw(name).raw("\"/></svg>")
    }

    /// What a large number counts.
    fn counted(&mut self, unit: &str, notes: &[String]) -> &mut Self {
        self.raw("<span>").text(unit);
        for note in notes {
            self.raw("<small>").text(note).raw("</small>");
        }
        self.raw("</span></div>")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_text_whatever_it_says() {
        let name = "<b>\"R&D\"".to_owned();
        let tile = Tile { name, state: TileState::Sent, pressure: Pressure::None, late: true, moved: None };
        let html = tiles(&Picture { tiles: vec![tile], ..Picture::default() });
        assert!(html.contains("&lt;b&gt;&quot;R&amp;D&quot;"), "{html}");
        assert!(html.contains("terkirim, telat") && !html.contains("data-new"), "{html}");
    }
}
