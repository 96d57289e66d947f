use eframe::egui::{
    Align2, Color32, CornerRadius, CursorIcon, Rect, RichText, Role, Sense, Stroke, TextStyle, TextWrapMode, Ui,
    WidgetInfo, WidgetText, pos2, vec2,
};

use super::text::charts as say;
use super::theme::{Tokens, regular, semibold, size};
use super::widgets;
use crate::view::{SeatsBar, SeatsChart, format};

/// Height of an app.
const ROW: f32 = 26.0;
/// Thickness of a bar.
const BAR: f32 = 14.0;
/// Room for the names, at most.
const NAMES: f32 = 160.0;
/// Room for the shares below.
const SHARES: f32 = 18.0;

/// Draws who holds the seats that are bought, each app as a whole; returns the app that was clicked.
pub(super) fn show(ui: &mut Ui, chart: &SeatsChart) -> Option<String> {
    let tokens = Tokens::of(ui);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(10.0, 0.0);
        widgets::legend_entry(ui, tokens.good.mark, 10.0, say::IN_USE);
        widgets::legend_entry(ui, tokens.risk.mark, 10.0, say::ORPHANED);
        widgets::legend_entry(ui, tokens.unused.mark, 10.0, say::NOT_USED);
        widgets::legend_entry(ui, tokens.line, 10.0, say::NOT_ASSIGNED);
    });
    let height = chart.bars.len() as f32 * ROW + SHARES + 4.0;
    let (whole, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    let painter = ui.painter().clone();
    let width = |text: &str, font| painter.layout_no_wrap(text.to_owned(), font, tokens.text).size().x;
    let held = |bar: &SeatsBar| say::of_bought(format::count(bar.in_use), format::count(bar.bought));
    let names = chart.bars.iter().map(|bar| width(&bar.app, semibold(size::BODY))).fold(40.0, f32::max).min(NAMES);
    let counts = chart.bars.iter().map(|bar| width(&held(bar), regular(size::BODY))).fold(40.0, f32::max);
    let inner = Rect::from_min_max(whole.min + vec2(names + 10.0, 2.0), whole.max - vec2(counts + 12.0, SHARES));
    for percent in [0_u8, 25, 50, 75, 100] {
        let x = inner.left() + inner.width() * f32::from(percent) / 100.0;
        painter.vline(x, inner.y_range(), Stroke::new(1.0, tokens.grid));
        let place = pos2(x, whole.bottom());
        painter.text(place, Align2::CENTER_BOTTOM, say::percent(percent), regular(size::SMALL), tokens.dim);
    }
    let mut clicked = None;
    for (number, bar) in chart.bars.iter().enumerate() {
        let row = Rect::from_min_size(pos2(whole.left(), inner.top() + number as f32 * ROW), vec2(whole.width(), ROW));
        let name = RichText::new(&bar.app).font(semibold(size::BODY)).color(tokens.text);
        let name = WidgetText::from(name).into_galley(ui, Some(TextWrapMode::Truncate), names, TextStyle::Body);
        let place = pos2(inner.left() - 10.0 - name.size().x, row.center().y - name.size().y / 2.0);
        painter.galley(place, name, tokens.text);
        seats(ui, bar, inner, row);
        let behind = pos2(inner.right() + 10.0, row.center().y);
        painter.text(behind, Align2::LEFT_CENTER, held(bar), regular(size::BODY), tokens.text);
        let response = ui.interact(row, ui.scope_id().with(("seats", number)), Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &bar.said));
        widgets::focus_ring(ui, &response);
        if response.on_hover_cursor(CursorIcon::PointingHand).on_hover_text(&bar.said).clicked() {
            clicked = Some(bar.app.clone());
        }
    }
    clicked
}

/// The seats of one app from left to right: used, then held in vain, then free. A line marks what is bought where more are held.
fn seats(ui: &Ui, bar: &SeatsBar, inner: Rect, row: Rect) {
    let tokens = Tokens::of(ui);
    let all = bar.bought.max(bar.assigned).max(1);
    let x = |seats: u32| inner.left() + inner.width() * seats as f32 / all as f32;
    let (top, bottom) = (row.center().y - BAR / 2.0, row.center().y + BAR / 2.0);
    let mut done = 0;
    let parts: [(u32, Color32); 3] =
        [(bar.in_use, tokens.good.mark), (bar.orphaned, tokens.risk.mark), (bar.idle, tokens.unused.mark)];
    for (seats, color) in parts {
        let rect = Rect::from_min_max(pos2(x(done), top), pos2(x((done + seats).min(all)), bottom));
        ui.painter().rect_filled(rect, CornerRadius::ZERO, color);
        done += seats;
    }
    if done < all {
        let rect = Rect::from_min_max(pos2(x(done), top), pos2(x(all), bottom));
        ui.painter().rect_filled(rect, CornerRadius::ZERO, tokens.grid);
        widgets::dashed_box(ui.painter(), rect, tokens.faint);
    }
    if bar.assigned > bar.bought {
        ui.painter().vline(x(bar.bought), top - 3.0..=bottom + 3.0, Stroke::new(2.0, tokens.text));
    }
}
