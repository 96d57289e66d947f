use eframe::egui::{Align2, CornerRadius, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};
use egui_plot::{Bar, BarChart, Line, PlotPoint, PlotPoints, PlotTransform};

use super::still_plot::{Scale, still_plot};
use super::text::charts as say;
use super::theme::{Tokens, regular, semibold, size};
use super::widgets;
use crate::view::{ImpactChart, UpgradeBar, format};

/// Room for the names of apps.
const NAMES: f32 = 92.0;
/// Room for the amounts below.
const AXIS: f32 = 24.0;
/// Thickness of a bar, where the distance of two apps is 1.
const BAR: f64 = 0.25;

/// Draws the chart into the space there is; returns the app that was clicked.
pub(super) fn show(ui: &mut Ui, chart: &ImpactChart) -> Option<String> {
    legend(ui, chart);
    ui.add_space(4.0);
    let tokens = Tokens::of(ui);
    let space = ui.available_rect_before_wrap();
    let height = space.height().max(60.0 * chart.bars.len() as f32 + AXIS);
    let (whole, _) = ui.allocate_exact_size(vec2(space.width(), height), Sense::hover());
    let inner = Rect::from_min_max(whole.min + vec2(NAMES, 0.0), whole.max - vec2(0.0, AXIS));
    let ticks = chart.ticks();
    let most = ticks.last().copied().unwrap_or(1.0).max(format::coordinate(chart.most)) * 1.02;
    // The amount behind each bar must find room.
    let most = chart.bars.iter().fold(most, |most, bar| {
        let label = ui.painter().layout_no_wrap(format::money(bar.total), semibold(size::BODY), tokens.text);
        let room = (inner.width() - label.size().x - 12.0).max(1.0);
        most.max(format::coordinate(bar.total.amount) * f64::from(inner.width() / room))
    });
    let rows = chart.bars.len() as f64;

    let mut plot_ui = ui.new_child(eframe::egui::UiBuilder::new().max_rect(inner));
    let across = Scale { from: 0.0, to: most, ticks: ticks.clone() };
    let up = Scale { from: -rows + 0.5, to: 0.5, ticks: Vec::new() };
    let shown = still_plot("impact", inner, tokens, across, up).show(&mut plot_ui, |plot| {
        let mut below: Vec<BarChart> = Vec::new();
        for (part, color) in [tokens.unused.mark, tokens.labor.mark, tokens.risk.mark].into_iter().enumerate() {
            let bars = chart.bars.iter().enumerate().filter_map(|(row, bar)| {
                let (name, amount, width) = bar.parts().get(part).copied()?;
                let at = -(row as f64) + BAR * 0.54;
                let name = format!("{}\n{name}: {}", bar.app, format::money_known(amount));
                Some(Bar::new(at, width).width(BAR).fill(color).stroke(Stroke::NONE).name(name))
            });
            let stack: Vec<&BarChart> = below.iter().collect();
            below.push(
                BarChart::new(part.to_string(), bars.collect())
                    .color(color)
                    .horizontal()
                    .element_formatter(Box::new(|bar: &Bar, _: &BarChart| bar.name.clone()))
                    .stack_on(&stack),
            );
        }
        let upgrades = chart.bars.iter().enumerate().filter_map(|(row, bar)| {
            let UpgradeBar::Premium { amount, label } = &bar.upgrade else { return None };
            let at = -(row as f64) - BAR * 0.54;
            let bar_shape = Bar::new(at, format::coordinate(amount.amount)).width(BAR).fill(tokens.upgrade);
            Some(bar_shape.stroke(Stroke::NONE).name(format!("{}\n{label}", bar.app)))
        });
        below.push(
            BarChart::new("upgrade", upgrades.collect())
                .color(tokens.upgrade)
                .horizontal()
                .element_formatter(Box::new(|bar: &Bar, _: &BarChart| bar.name.clone())),
        );
        for bars in below {
            plot.bar_chart(bars);
        }
        let fee = chart.fee.map(|fee| format::coordinate(fee.amount));
        for (row, fee) in fee.into_iter().flat_map(|fee| (0..chart.bars.len()).map(move |row| (row, fee))) {
            let (top, bottom) = (-(row as f64) + BAR * 1.15, -(row as f64) - BAR * 1.15);
            let points = PlotPoints::new(vec![[fee, top], [fee, bottom]]);
            plot.line(Line::new("fee", points).color(tokens.good.mark).width(2.0).allow_hover(false));
        }
    });
    labels(ui, chart, &ticks, &shown.transform, whole);
    name_it(&shown.response, chart);
    clicked(ui, chart, &shown.transform, whole)
}

fn legend(ui: &mut Ui, chart: &ImpactChart) {
    let tokens = Tokens::of(ui);
    let entries = [
        (tokens.unused.mark, 10.0, say::UNUSED.to_owned()),
        (tokens.labor.mark, 10.0, say::LABOR.into()),
        (tokens.risk.mark, 10.0, say::MISSES.into()),
        (tokens.upgrade, 10.0, say::UPGRADE.into()),
    ];
    let fee = chart.fee.map(|fee| (tokens.good.mark, 3.0, say::fee(format::money_short(fee))));
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(12.0, 2.0);
        for (color, width, text) in entries.into_iter().chain(fee) {
            widgets::legend_entry(ui, color, width, &text);
        }
    });
}

/// Names, amounts on the bars and on the axis: text that the plot would cut off at its edge.
fn labels(ui: &Ui, chart: &ImpactChart, ticks: &[f64], place: &PlotTransform, whole: Rect) {
    let tokens = Tokens::of(ui);
    let painter = ui.painter();
    let at = |x: f64, y: f64| place.position_from_point(&PlotPoint::new(x, y));
    for tick in ticks {
        let x = at(*tick, 0.0).x;
        let text = chart.tick_label(*tick);
        painter.text(pos2(x, whole.bottom()), Align2::CENTER_BOTTOM, text, regular(size::SMALL), tokens.dim);
    }
    for (row, bar) in chart.bars.iter().enumerate() {
        let y = -(row as f64);
        let name = pos2(whole.left() + NAMES - 10.0, at(0.0, y).y);
        painter.text(name, Align2::RIGHT_CENTER, &bar.app, semibold(size::CARD), tokens.text);
        let total = at(format::coordinate(bar.total.amount), y + BAR * 0.54) + vec2(6.0, 0.0);
        painter.text(total, Align2::LEFT_CENTER, format::money(bar.total), semibold(size::BODY), tokens.text);
        match &bar.upgrade {
            UpgradeBar::Premium { amount, label } => {
                let end = at(format::coordinate(amount.amount), y - BAR * 0.54);
                let galley = painter.layout_no_wrap(label.clone(), regular(size::BODY), tokens.text);
                if end.x + 8.0 + galley.size().x > whole.right() {
                    let inside = end - vec2(8.0, 0.0);
                    painter.text(inside, Align2::RIGHT_CENTER, label, regular(size::BODY), tokens.on_upgrade);
                } else {
                    // The fee line may stand where a short bar's label begins.
                    let fee = at(chart.fee.map_or(0.0, |fee| format::coordinate(fee.amount)), 0.0).x;
                    let start = if (end.x..end.x + 16.0).contains(&fee) { fee } else { end.x };
                    let behind = pos2(start + 6.0, end.y);
                    painter.text(behind, Align2::LEFT_CENTER, label, regular(size::BODY), tokens.text);
                }
            }
            UpgradeBar::None(reason) => {
                // Behind the fee line, which would strike the words through, or before it where that is the end of the chart.
                let fee = at(chart.fee.map_or(0.0, |fee| format::coordinate(fee.amount)), 0.0).x;
                let start = at(0.0, y - BAR * 0.54);
                let width = painter.layout_no_wrap(reason.clone(), regular(size::BODY), tokens.dim).size().x;
                let x = if fee + 6.0 + width > whole.right() { start.x } else { fee };
                let start = pos2(x + 6.0, start.y);
                painter.text(start, Align2::LEFT_CENTER, reason, regular(size::BODY), tokens.dim);
            }
            UpgradeBar::OnRequest(reason) => {
                let start = at(0.0, y - BAR * 0.54);
                let half = (at(0.0, y - BAR).y - at(0.0, y).y).abs() / 2.0;
                let fee = at(chart.fee.map_or(0.0, |fee| format::coordinate(fee.amount)), 0.0).x;
                let frame = Rect::from_min_max(pos2(start.x, start.y - half), pos2(fee + 40.0, start.y + half));
                widgets::dashed_box(painter, frame, tokens.faint);
                let text = pos2(frame.right() + 8.0, start.y);
                painter.text(text, Align2::LEFT_CENTER, reason, regular(size::BODY), tokens.dim);
            }
        }
    }
}

/// The chart in one sentence, for those who do not see it; the table below has the figures.
fn name_it(response: &Response, chart: &ImpactChart) {
    let said: Vec<String> = chart
        .bars
        .iter()
        .map(|bar| {
            let upgrade = match &bar.upgrade {
                UpgradeBar::Premium { label, .. } => label,
                UpgradeBar::OnRequest(reason) | UpgradeBar::None(reason) => reason,
            };
            say::impact(&bar.app, format::money(bar.total), upgrade)
        })
        .collect();
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, said.join("; ")));
}

/// A click on an app's row leads to its accounts.
fn clicked(ui: &Ui, chart: &ImpactChart, place: &PlotTransform, whole: Rect) -> Option<String> {
    let row_height = (place.position_from_point_y(-1.0) - place.position_from_point_y(0.0)).abs();
    for (row, bar) in chart.bars.iter().enumerate() {
        let y = place.position_from_point_y(-(row as f64));
        let rect = Rect::from_min_max(
            pos2(whole.left(), y - row_height * 0.4),
            pos2(whole.left() + NAMES - 6.0, y + row_height * 0.4),
        );
        let response = ui.interact(rect, ui.scope_id().with(("app", row)), Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Link, true, say::accounts_of(&bar.app)));
        if response.hovered() || response.has_focus() {
            let stroke = Stroke::new(1.0, Tokens::of(ui).line);
            ui.painter().rect_stroke(rect, CornerRadius::same(6), stroke, StrokeKind::Inside);
        }
        if response.clicked() {
            return Some(bar.app.clone());
        }
    }
    None
}
