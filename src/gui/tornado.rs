use eframe::egui::{Align2, CornerRadius, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::text::charts as say;
use super::theme::{Tokens, regular, semibold, size};
use crate::model::Money;
use crate::view::{Choice, ScenarioKind, Study, assumption, format, swing_words};

/// Height of a row.
const ROW: f32 = 24.0;
/// Width of the names.
const NAMES: f32 = 108.0;
/// Bars shown; more would move nothing.
const MOST: usize = 6;
/// Room for what stands below.
const BELOW: f32 = 22.0;

/// Draws how much each assumption moves the saving of a course of action against staying manual.
pub(super) fn show(ui: &mut Ui, study: &Study, kind: ScenarioKind, base: Option<Money>, choice: Choice) {
    let tokens = Tokens::of(ui);
    let mut bars: Vec<_> =
        study.swings.iter().filter_map(|swing| swing.on(kind).map(|(low, high)| (swing, low, high))).collect();
    let width = |low: &Money, high: &Money| (high.amount - low.amount).abs();
    bars.retain(|(_, low, high)| low != high);
    bars.sort_by_key(|(_, low, high)| std::cmp::Reverse(width(low, high)));
    bars.truncate(MOST);
    legend(ui);
    let Some(base) = base.filter(|_| !bars.is_empty()) else {
        super::widgets::dim(ui, say::NOTHING_TO_VARY);
        return;
    };
    let amounts = bars.iter().flat_map(|(_, low, high)| [low.amount, high.amount]).chain([base.amount]);
    let values: Vec<f64> = amounts.map(format::coordinate).collect();
    let least = values.iter().copied().fold(f64::INFINITY, f64::min);
    let most = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let height = bars.len() as f32 * ROW + BELOW;
    let (whole, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    let inner = Rect::from_min_max(whole.min + vec2(NAMES, 0.0), whole.max - vec2(8.0, BELOW));
    let span = (most - least).max(1.0);
    let at = |amount: Money| inner.left() + inner.width() * ((format::coordinate(amount.amount) - least) / span) as f32;
    let middle = at(base);
    let painter = ui.painter().clone();
    for (number, (swing, low, high)) in bars.iter().enumerate() {
        let top = inner.top() + number as f32 * ROW;
        let bar = |amount: Money, color| {
            let (left, right) = (at(amount).min(middle), at(amount).max(middle));
            let rect = Rect::from_min_max(pos2(left, top + 4.0), pos2(right, top + ROW - 4.0));
            painter.rect_filled(rect, CornerRadius::ZERO, color);
        };
        // Both on one side: the longer one lies below.
        let both = [(*low, tokens.labor.mark), (*high, tokens.unused.mark)];
        let mut both = both;
        both.sort_by(|a, b| (at(b.0) - middle).abs().total_cmp(&(at(a.0) - middle).abs()));
        both.into_iter().for_each(|(amount, color)| bar(amount, color));
        let flips = swing.choices.0 != choice || swing.choices.1 != choice;
        let name = pos2(inner.left() - 10.0, top + ROW / 2.0);
        let font = if flips { semibold(size::BODY) } else { regular(size::BODY) };
        let color = if flips { tokens.text } else { tokens.dim };
        painter.text(name, Align2::RIGHT_CENTER, assumption(swing.assumption), font, color);
        let row = Rect::from_min_max(pos2(whole.left(), top), pos2(whole.right(), top + ROW));
        let response = ui.interact(row, ui.scope_id().with(("swing", number)), Sense::hover());
        let said = swing_words(swing, kind, choice);
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &said));
        response.on_hover_text(said);
    }
    painter.vline(middle, inner.top()..=inner.bottom(), Stroke::new(1.0, tokens.text));
    let below = |x: f32, align, text: String| {
        painter.text(pos2(x, whole.bottom()), align, text, regular(size::SMALL), tokens.dim);
    };
    below(inner.left(), Align2::LEFT_BOTTOM, format::money_short(Money::new(lowest(&bars), base.currency)));
    below(inner.right(), Align2::RIGHT_BOTTOM, format::money_short(Money::new(highest(&bars), base.currency)));
    let room = (middle - inner.left() > 60.0) && (inner.right() - middle > 60.0);
    if room {
        below(middle, Align2::CENTER_BOTTOM, format::money_short(base));
    }
}

fn legend(ui: &mut Ui) {
    let tokens = Tokens::of(ui);
    ui.horizontal(|ui| {
        ui.spacing_mut().interact_size.y = 18.0;
        for (color, text) in [(tokens.labor.mark, say::LOWER), (tokens.unused.mark, say::HIGHER)] {
            let (rect, _) = ui.allocate_exact_size(vec2(10.0, 10.0), Sense::hover());
            ui.painter().rect_filled(rect, CornerRadius::same(2), color);
            super::widgets::dim(ui, text);
        }
    });
}

type Bar<'a> = (&'a crate::view::Swing, Money, Money);

fn lowest(bars: &[Bar<'_>]) -> rust_decimal::Decimal {
    bars.iter().flat_map(|(_, low, high)| [low.amount, high.amount]).min().unwrap_or_default()
}

fn highest(bars: &[Bar<'_>]) -> rust_decimal::Decimal {
    bars.iter().flat_map(|(_, low, high)| [low.amount, high.amount]).max().unwrap_or_default()
}
