use eframe::egui::{Rect, Vec2, Vec2b};
use egui_plot::{GridMark, Plot};

use super::theme::Tokens;

/// One direction of a chart: from where to where, and where its grid has lines.
pub(super) struct Scale {
    pub(super) from: f64,
    pub(super) to: f64,
    pub(super) ticks: Vec<f64>,
}

/// A plot that stands still and fills a space: no axes of its own, no dragging, no zoom; a grid where there are ticks.
pub(super) fn still_plot(id: &str, space: Rect, tokens: &Tokens, across: Scale, up: Scale) -> Plot<'static> {
    let marks = |scale: &Scale| -> Vec<GridMark> {
        let step_size = (scale.to - scale.from).abs();
        scale.ticks.iter().map(|tick| GridMark { value: *tick, step_size }).collect()
    };
    let (x, y) = (marks(&across), marks(&up));
    Plot::new(id)
        .width(space.width())
        .height(space.height())
        .allow_drag(false)
        .allow_zoom(false)
        .allow_scroll(false)
        .allow_boxed_zoom(false)
        .allow_double_click_reset(false)
        .show_axes(false)
        .show_background(false)
        .show_grid(Vec2b::new(!x.is_empty(), !y.is_empty()))
        .grid_color(tokens.line)
        .grid_fade(1.0)
        .x_grid_spacer(move |_| x.clone())
        .y_grid_spacer(move |_| y.clone())
        .show_x(false)
        .show_y(false)
        .set_margin_fraction(Vec2::ZERO)
        .default_x_bounds(across.from, across.to)
        .default_y_bounds(up.from, up.to)
}
