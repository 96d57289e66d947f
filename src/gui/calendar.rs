use eframe::egui::{Color32, CursorIcon, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};
use jiff::Span;
use jiff::civil::Date;
use rust_decimal::Decimal;

use super::text::charts as say;
use super::theme::{Tokens, regular, semibold, size};
use super::widgets::legend_entry;
use crate::view::{Renewal, format};

/// Height of the months below.
const AXIS: f32 = 22.0;
/// Height of a line of labels.
const LANE: f32 = 34.0;
/// The largest circle.
const LARGEST: f32 = 16.0;
/// The smallest, for renewals at which nothing can be dropped.
const SMALLEST: f32 = 5.0;
/// Months shown.
const MONTHS: i32 = 12;
/// Days shown before the present one, and behind the last month.
const BEFORE: i32 = 6;
const BEHIND: i32 = 12;

/// Draws the ends of terms over the coming year; returns the app that was clicked.
pub(super) fn show(ui: &mut Ui, as_of: Date, renewals: &[Renewal]) -> Option<String> {
    let tokens = Tokens::of(ui);
    legend(ui);
    let start = as_of.saturating_sub(Span::new().days(BEFORE));
    let end = as_of.saturating_add(Span::new().months(MONTHS).days(BEHIND));
    let days = days_between(start, end).max(1.0);
    let width = ui.available_width();
    let place = |left: f32, date: Date| left + width * (days_between(start, date) / days).clamp(0.0, 1.0);
    let most = renewals.iter().map(|renewal| renewal.saves.amount).max().unwrap_or_default();
    let radius = |renewal: &Renewal| {
        if most <= Decimal::ZERO {
            return SMALLEST;
        }
        let share = format::coordinate(renewal.saves.amount / most).max(0.0) as f32;
        SMALLEST + (LARGEST - SMALLEST) * share.sqrt()
    };
    // Each goes into the lane that has been free longest, so that labels do not crowd.
    let mut ends = vec![f32::NEG_INFINITY; 3];
    let lanes: Vec<usize> = renewals
        .iter()
        .map(|renewal| {
            let x = place(0.0, renewal.on).min(width - 2.0 * LARGEST);
            let label = LARGEST + 14.0 + label_width(ui, renewal, tokens.text);
            let notice = place(0.0, renewal.notice_by);
            // At the right edge the label stands on the other side.
            let flipped = x + label > width;
            let from = notice.min(x - if flipped { label } else { LARGEST }) - 4.0;
            let to = x + if flipped { LARGEST } else { label };
            let free = (0..ends.len()).min_by(|a, b| ends[*a].total_cmp(&ends[*b]));
            let lane = free.filter(|lane| ends[*lane] < from).unwrap_or_else(|| {
                ends.push(from);
                ends.len() - 1
            });
            ends[lane] = to;
            lane
        })
        .collect();
    let height = (ends.len() as f32) * LANE + 6.0 + AXIS;
    let (whole, _) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
    let painter = ui.painter().clone();
    for month in 0..=MONTHS + 1 {
        let first = start.first_of_month().saturating_add(Span::new().months(month));
        let (x, next) = (place(whole.left(), first), place(whole.left(), first.saturating_add(Span::new().months(1))));
        if first > start && first < end {
            painter.vline(x, whole.top()..=whole.bottom() - AXIS, Stroke::new(1.0, tokens.grid));
        }
        let name = painter.layout_no_wrap(format::month(first), regular(size::SMALL), tokens.dim);
        // A month of which little is seen has no room for its name.
        if next - x > name.size().x + 8.0 {
            let left = (x + next - name.size().x) / 2.0;
            painter.galley(pos2(left, whole.bottom() - name.size().y), name, tokens.dim);
        }
    }
    let today = place(whole.left(), as_of);
    painter.vline(today, whole.top()..=whole.bottom() - AXIS, Stroke::new(1.5, tokens.accent));
    let mut clicked = None;
    for (renewal, lane) in renewals.iter().zip(lanes) {
        let y = whole.top() + LANE * (lane as f32 + 0.5) + 3.0;
        let (at, radius) = (pos2(place(whole.left(), renewal.on), y), radius(renewal));
        let notice = pos2(place(whole.left(), renewal.notice_by), y);
        if notice.x < at.x - radius {
            painter.hline(notice.x..=at.x - radius, y, Stroke::new(1.0, tokens.faint));
            painter.vline(notice.x, y - 5.0..=y + 5.0, Stroke::new(2.0, tokens.risk.mark));
        }
        if renewal.seats > 0 {
            painter.circle_filled(at, radius, tokens.accent.gamma_multiply(0.75));
        } else {
            painter.circle_stroke(at, radius, Stroke::new(1.5, tokens.faint));
        }
        let name = painter.layout_no_wrap(renewal.app.clone(), semibold(size::BODY), tokens.text);
        let amount = painter.layout_no_wrap(renewal.label.clone(), regular(size::BODY), tokens.text);
        let (name_width, amount_width) = (name.size().x, amount.size().x);
        // At the right edge the label stands on the other side.
        let behind = at.x + radius + 6.0;
        let left = if behind + name_width + amount_width + 5.0 > whole.right() {
            notice.x.min(at.x - radius) - 11.0 - name_width - amount_width
        } else {
            behind
        };
        painter.galley(pos2(left, y - name.size().y / 2.0), name, tokens.text);
        painter.galley(pos2(left + name_width + 5.0, y - amount.size().y / 2.0), amount, tokens.text);
        let rect = Rect::from_min_max(
            pos2(left.min(at.x - radius), y - LANE / 2.0),
            pos2((left + name_width + 5.0 + amount_width).max(at.x + radius), y + LANE / 2.0),
        );
        let response = ui.interact(rect, ui.scope_id().with(("renewal", &renewal.app)), Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &renewal.said));
        super::widgets::focus_ring(ui, &response);
        if response.on_hover_cursor(CursorIcon::PointingHand).on_hover_text(&renewal.said).clicked() {
            clicked = Some(renewal.app.clone());
        }
    }
    clicked
}

/// What the signs mean.
fn legend(ui: &mut Ui) {
    let tokens = Tokens::of(ui);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 12.0;
        legend_entry(ui, tokens.accent, 2.0, say::TODAY);
        legend_entry(ui, tokens.risk.mark, 3.0, say::NOTICE);
        legend_entry(ui, tokens.accent.gamma_multiply(0.75), 10.0, say::RENEWS);
    });
}

fn days_between(from: Date, to: Date) -> f32 {
    from.until(to).map_or(0, |span| span.get_days()) as f32
}

/// The width of a label.
fn label_width(ui: &Ui, renewal: &Renewal, color: Color32) -> f32 {
    let painter = ui.painter();
    let name = painter.layout_no_wrap(renewal.app.clone(), semibold(size::BODY), color);
    let amount = painter.layout_no_wrap(renewal.label.clone(), regular(size::BODY), color);
    name.size().x + 5.0 + amount.size().x
}
