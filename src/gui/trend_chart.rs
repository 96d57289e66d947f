use eframe::egui::{Color32, Id, PopupAnchor, Pos2, Rect, Role, Sense, Stroke, Tooltip, Ui, WidgetInfo, pos2, vec2};

use super::text::charts as say;
use super::theme::{Tokens, regular, size};
use super::widgets;
use crate::view::{Trend, TrendPoint, format};

/// Room for the days below.
const DAYS: f32 = 20.0;

/// A name, a color, and what is counted.
type Line = (&'static str, Color32, fn(&TrendPoint) -> u32);

/// Draws what was found on the days of earlier lists into the space there is.
pub(super) fn show(ui: &mut Ui, trend: &Trend) {
    let tokens = Tokens::of(ui);
    let lines: [Line; 2] = [
        (say::ORPHANED, tokens.risk.mark, |point| point.orphaned),
        (say::UNUSED_SHORT, tokens.unused.mark, |point| point.unused),
    ];
    ui.horizontal(|ui| {
        for (name, color, _) in lines {
            widgets::legend_entry(ui, color, 10.0, name);
            ui.add_space(4.0);
        }
    });
    let space = ui.available_size();
    let (whole, response) = ui.allocate_exact_size(vec2(space.x, space.y.max(80.0)), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, trend.said()));
    let ticks = trend.ticks();
    let painter = ui.painter().clone();
    let counts: Vec<_> = ticks
        .iter()
        .map(|tick| painter.layout_no_wrap(format::count(*tick as u64), regular(size::SMALL), tokens.dim))
        .collect();
    let room = counts.iter().map(|count| count.size().x).fold(0.0, f32::max) + 14.0;
    let inner = Rect::from_min_max(whole.min + vec2(room, 8.0), whole.max - vec2(14.0, DAYS));
    let most = ticks.last().copied().unwrap_or(1.0).max(1.0);
    let y = |count: f64| inner.bottom() - inner.height() * (count / most) as f32;
    let last = trend.points.len().saturating_sub(1).max(1) as f32;
    let x = |number: usize| inner.left() + inner.width() * number as f32 / last;
    for (tick, count) in ticks.into_iter().zip(counts) {
        painter.hline(inner.x_range(), y(tick), Stroke::new(1.0, tokens.grid));
        let place = pos2(inner.left() - 8.0 - count.size().x, y(tick) - count.size().y / 2.0);
        painter.galley(place, count, tokens.dim);
    }
    let names = trend.day_labels();
    let mut free = f32::NEG_INFINITY;
    for (number, name) in names.iter().enumerate() {
        let galley = painter.layout_no_wrap(name.clone(), regular(size::SMALL), tokens.dim);
        let left = (x(number) - galley.size().x / 2.0).min(whole.right() - galley.size().x);
        if left > free {
            free = left + galley.size().x + 8.0;
            painter.galley(pos2(left, whole.bottom() - galley.size().y), galley, tokens.dim);
        }
    }
    for (_, color, count) in lines {
        let places: Vec<Pos2> = (0..).zip(&trend.points).map(|(n, point)| pos2(x(n), y(count(point).into()))).collect();
        for place in &places {
            painter.circle_filled(*place, 3.0, color);
        }
        painter.line(places, Stroke::new(1.8, color));
    }
    let nearest = response.hover_pos().and_then(|pointer| {
        let number = ((pointer.x - inner.left()) / inner.width() * last).round().max(0.0) as usize;
        Some((number, trend.points.get(number)?))
    });
    if let Some((number, point)) = nearest {
        painter.vline(x(number), inner.y_range(), Stroke::new(1.0, tokens.faint));
        let id = Id::unique("trend values");
        let tooltip = Tooltip::always_open(ui.ctx().clone(), ui.layer_id(), id, PopupAnchor::Pointer).gap(12.0);
        tooltip.show(|ui| {
            ui.label(format::date(point.day));
            for (name, _, count) in lines {
                ui.label(format!("{name}: {}", format::count(count(point))));
            }
            ui.label(say::impact_then(format::money(point.impact)));
        });
    }
}
