use eframe::egui::{
    Align, Align2, Area, Context, Id, Layout, Order, ProgressBar, RichText, Stroke, StrokeKind, Ui, vec2,
};

use super::text::progress as say;
use super::theme::{Tokens, semibold, size};
use super::{text, widgets};
use crate::session::Progress;
use crate::view::format;

/// How long something may take before it is told of, in seconds: what is over at once needs no telling.
const PATIENCE: f64 = 0.4;
/// Width of the card on screens that have no place of their own for it.
const WIDTH: f32 = 580.0;
/// Where there is little room.
const LEAST: f32 = 220.0;
/// It stands beside the navigation; messages have the other corner.
const BESIDE: f32 = 216.0;
const MESSAGES: f32 = 520.0;

/// What takes a while, and since when it is known of.
#[derive(Debug, Default)]
pub(super) struct Running {
    now: Option<Progress>,
    since: Option<f64>,
}

impl Running {
    /// Something is under way.
    pub(super) fn tell(&mut self, progress: Progress) {
        self.now = Some(progress);
    }

    /// It is over.
    pub(super) fn end(&mut self) {
        *self = Self::default();
    }

    /// What is under way long enough to be told of. Asks for frames while it goes on.
    pub(super) fn told(&mut self, ctx: &Context) -> Option<&Progress> {
        let now = ctx.input(|input| input.time);
        let progress = self.now.as_ref()?;
        let since = *self.since.get_or_insert(now);
        ctx.request_repaint_after(std::time::Duration::from_millis(100));
        // What counts its bytes is known to take a while.
        (progress.of > 0 || now - since >= PATIENCE).then_some(progress)
    }
}

/// What is under way and how far it is, with a button that stops it.
pub(super) fn show(ui: &mut Ui, progress: &Progress) {
    let mut stop = false;
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new(say::doing(&progress.what)).font(semibold(size::BODY)));
        widgets::dim(ui, far(progress));
        if progress.stop.is_some() {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                stop = widgets::button(ui, text::common::CANCEL).clicked();
            });
        }
    });
    ui.add_space(2.0);
    let color = Tokens::of(ui).accent;
    let bar = match progress.of {
        0 if progress.files == 0 => ProgressBar::new(1.0).animate(true),
        0 => ProgressBar::new(progress.number.saturating_sub(1) as f32 / progress.files as f32),
        of => ProgressBar::new(progress.done as f32 / of as f32),
    };
    let shown = ui.add(bar.desired_height(6.0).fill(color));
    // How much is still to do must be seen as well.
    let line = Tokens::of(ui).line;
    ui.painter().rect_stroke(shown.rect, 3.0, Stroke::new(1.0, line), StrokeKind::Outside);
    if let Some(stop) = progress.stop.as_ref().filter(|_| stop) {
        stop.ask();
    }
}

/// The same at the lower edge of a screen that has no place of its own for it.
pub(super) fn float(ctx: &Context, progress: &Progress) {
    let area = Area::new(Id::unique("progress")).order(Order::Foreground);
    let room = ctx.content_rect().width() - BESIDE - MESSAGES;
    area.anchor(Align2::LEFT_BOTTOM, vec2(BESIDE, -24.0)).show(ctx, |ui| {
        widgets::card_frame(ui).show(ui, |ui| {
            ui.set_width(room.clamp(LEAST, WIDTH));
            show(ui, progress);
        });
    });
}

/// `312 MB of 1.0 GB · 41 MB/s · about 18 s left`, and which file of how many.
fn far(progress: &Progress) -> String {
    let mut parts = Vec::new();
    if progress.files > 1 {
        parts.push(say::file(progress.number, progress.files));
    }
    if progress.of > 0 {
        parts.push(say::of(format::size(progress.done), format::size(progress.of)));
    } else if progress.done > 0 {
        parts.push(format::size(progress.done));
    }
    let seconds = progress.taken.as_secs_f64();
    // Before that the rate says little.
    if seconds >= 0.5 && progress.done > 0 {
        let rate = progress.done as f64 / seconds;
        parts.push(say::rate(format::size(rate as u64)));
        if progress.of > progress.done {
            parts.push(left((progress.of - progress.done) as f64 / rate));
        }
    }
    if parts.is_empty() { String::new() } else { format!("· {}", parts.join(" · ")) }
}

fn left(seconds: f64) -> String {
    let seconds = seconds.ceil() as u64;
    if seconds < 90 { say::seconds_left(seconds) } else { say::minutes_left(seconds.div_ceil(60)) }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::session::Doing;

    #[test]
    fn how_far_it_is() {
        let check = |number, files, done, of, taken, expect: &str| {
            let progress = Progress {
                what: Doing::Matching,
                number,
                files,
                done,
                of,
                taken: Duration::from_millis(taken),
                stop: None,
            };
            assert_eq!(far(&progress), expect);
        };
        check(1, 1, 0, 8_000_000, 0, "· 0 bytes of 8 MB");
        check(1, 1, 2_000_000, 8_000_000, 200, "· 2 MB of 8 MB");
        check(1, 1, 2_000_000, 8_000_000, 1000, "· 2 MB of 8 MB · 2 MB/s · about 3 s left");
        check(2, 3, 1_000_000, 600_000_000, 1000, "· file 2 of 3 · 1 MB of 600 MB · 1 MB/s · about 10 min left");
        check(3, 12, 500_000, 0, 100, "· file 3 of 12 · 500 KB");
        check(0, 0, 0, 0, 0, "");
    }
}
