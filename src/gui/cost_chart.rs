use eframe::egui::{
    Align2, Color32, Id, PopupAnchor, Pos2, Rect, Role, Sense, Stroke, Tooltip, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};
use egui_plot::{Line, LineStyle, PlotPoint, PlotPoints, Points};

use super::still_plot::{Scale, still_plot};
use super::theme::{Tokens, regular, semibold, size};
use crate::view::{LineChart, format};

/// Room for the amounts at the left.
const AMOUNTS: f32 = 52.0;
/// Room for the numbers below.
const BELOW: f32 = 34.0;
/// Room for the names of the lines, at most.
const NAMES: f32 = 190.0;
/// Least distance of two names.
const APART: f32 = 16.0;

/// The color of each line, and that of its name, which must be read.
pub(super) struct Colors<'a> {
    pub(super) line: &'a dyn Fn(usize) -> Color32,
    pub(super) name: &'a dyn Fn(usize) -> Color32,
}

/// Draws lines with their names at the end into the space there is.
pub(super) fn show(ui: &mut Ui, id: &str, chart: &LineChart, colors: &Colors<'_>) {
    let tokens = Tokens::of(ui);
    let space = ui.available_size();
    let (whole, _) = ui.allocate_exact_size(vec2(space.x, space.y.max(160.0)), Sense::hover());
    let longest = chart.lines.iter().map(|line| {
        let name = ui.painter().layout_no_wrap(line.name.clone(), semibold(size::SMALL), tokens.text);
        name.size().x + 12.0
    });
    let names_room = longest.fold(24.0, f32::max).min(NAMES);
    let inner = Rect::from_min_max(whole.min + vec2(AMOUNTS, 8.0), whole.max - vec2(names_room, BELOW));
    let (across, up) = (chart.across_ticks(), chart.up_ticks());
    // The highest line keeps off the edge.
    let most = (chart.most_across(), up.last().copied().unwrap_or_default().max(chart.most_up() * 1.01));
    let mut plot_ui = ui.new_child(UiBuilder::new().max_rect(inner));
    // Only amounts have lines across the chart.
    let x = Scale { from: 0.0, to: most.0, ticks: Vec::new() };
    let y = Scale { from: 0.0, to: most.1, ticks: up.clone() };
    let shown = still_plot(id, inner, tokens, x, y).show(&mut plot_ui, |plot| {
        if let Some((at, _)) = &chart.here {
            let points = PlotPoints::new(vec![[*at, 0.0], [*at, most.1]]);
            let line = Line::new("here", points).color(tokens.text).width(1.0).allow_hover(false);
            plot.line(line.style(LineStyle::dashed_dense()));
        }
        for (number, line) in chart.lines.iter().enumerate() {
            let points = |values: &[[f64; 2]]| PlotPoints::new(values.to_vec());
            if !line.low.is_empty() {
                let low = Line::new(line.name.as_str(), points(&line.low)).color((colors.line)(number)).width(1.0);
                plot.line(low.style(LineStyle::dotted_dense()).allow_hover(false));
            }
            let drawn = Line::new(line.name.as_str(), points(&line.points)).color((colors.line)(number)).width(2.0);
            plot.line(drawn.allow_hover(false));
        }
        for mark in &chart.marks {
            let around = Points::new("mark", vec![mark.at]).radius(5.5).color(tokens.text).allow_hover(false);
            plot.points(around);
            plot.points(Points::new("mark", vec![mark.at]).radius(4.0).color(tokens.panel).allow_hover(false));
        }
    });
    let at = |x: f64, y: f64| shown.transform.position_from_point(&PlotPoint::new(x, y));
    let painter = ui.painter().clone();
    for tick in &up {
        let place = pos2(inner.left() - 8.0, at(0.0, *tick).y);
        painter.text(place, Align2::RIGHT_CENTER, chart.amount_label(*tick), regular(size::SMALL), tokens.dim);
    }
    for tick in &across {
        let place = pos2(at(*tick, 0.0).x, inner.bottom() + 6.0);
        painter.text(place, Align2::CENTER_TOP, format!("{tick:.0}"), regular(size::SMALL), tokens.dim);
    }
    let below = pos2(inner.center().x, whole.bottom());
    painter.text(below, Align2::CENTER_BOTTOM, chart.across, regular(size::SMALL), tokens.dim);
    if let Some((x, text)) = &chart.here {
        let place = pos2(at(*x, 0.0).x + 5.0, inner.top() + 1.0);
        painter.text(place, Align2::LEFT_TOP, text, regular(size::SMALL), tokens.text);
    }
    for mark in &chart.marks {
        let place = at(mark.at[0], mark.at[1]) + vec2(10.0, 11.0);
        let galley = painter.layout_no_wrap(mark.text.clone(), regular(size::SMALL), tokens.text);
        let left = place.x.min(inner.right() - galley.size().x);
        let place = pos2(left, (place.y - galley.size().y / 2.0).min(inner.bottom() - galley.size().y - 2.0));
        painter.rect_filled(Rect::from_min_size(place, galley.size()).expand(2.0), 3.0, tokens.panel);
        painter.galley(place, galley, tokens.text);
    }
    names(ui, chart, colors.name, inner, &|x, y| at(x, y));
    let response = ui.interact(inner, Id::unique(id).with("chart"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, chart.said()));
    if let Some(pointer) = response.hover_pos() {
        let value = shown.transform.value_from_position(pointer);
        hover(ui, chart, value.x, inner, &|x, y| at(x, y), colors.line);
    }
}

/// Names stand at the end of their lines, apart from each other.
fn names(ui: &Ui, chart: &LineChart, colors: &dyn Fn(usize) -> Color32, inner: Rect, at: &dyn Fn(f64, f64) -> Pos2) {
    let ends = chart.lines.iter().enumerate().filter_map(|(number, line)| {
        let [x, y] = *line.points.last()?;
        Some((at(x, y).y, number, line))
    });
    let mut ends: Vec<_> = ends.collect();
    ends.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut last = f32::NEG_INFINITY;
    for (y, ..) in &mut ends {
        *y = y.max(last + APART);
        last = *y;
    }
    // What was pushed out at the bottom pushes back.
    let mut next = inner.bottom() + APART;
    for (y, ..) in ends.iter_mut().rev() {
        *y = y.min(next - APART);
        next = *y;
    }
    for (y, number, line) in ends {
        let place = pos2(inner.right() + 8.0, y);
        ui.painter().text(place, Align2::LEFT_CENTER, &line.name, semibold(size::SMALL), colors(number));
    }
}

/// The amounts of all lines at the place under the pointer.
fn hover(
    ui: &Ui,
    chart: &LineChart,
    x: f64,
    inner: Rect,
    at: &dyn Fn(f64, f64) -> Pos2,
    colors: &dyn Fn(usize) -> Color32,
) {
    let Some((x, amounts)) = chart.nearest(x) else { return };
    let tokens = Tokens::of(ui);
    ui.painter().vline(at(x, 0.0).x, inner.y_range(), Stroke::new(1.0, tokens.faint));
    for (number, _, y, _) in &amounts {
        ui.painter().circle_filled(at(x, *y), 3.5, colors(*number));
    }
    let id = Id::unique("values");
    let tooltip = Tooltip::always_open(ui.ctx().clone(), ui.layer_id(), id, PopupAnchor::Pointer).gap(12.0);
    tooltip.show(|ui| {
        ui.label(format!("{x:.0} {}", chart.across));
        for (_, name, _, amount) in &amounts {
            ui.label(format!("{name}: {}", format::money(*amount)));
        }
    });
}
