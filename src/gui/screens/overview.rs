use std::sync::Arc;

use eframe::egui::{
    Align, Color32, CursorIcon, Label, Layout, Response, RichText, Role, ScrollArea, Sense, Stroke, Ui, UiBuilder,
    Vec2, WidgetInfo, vec2,
};

use super::Ask;
use crate::gui::text::{common, overview as say};
use crate::gui::theme::{BELOW_PAGE, CARD_GAP, Tokens, bold, regular, semibold, size};
use crate::gui::widgets::{self, Share};
use crate::gui::{chart_card, icons, impact_chart, trend_chart};
use crate::model::AppName;
use crate::view::{AppRow, Card, Filter, Has, NextStep, Overview, StepKind, Target, Trend, format};

/// How the trend stands, and the last one that was made.
#[derive(Clone, Debug, Default)]
pub(in crate::gui) struct TrendState {
    made: Option<Arc<Trend>>,
    stands: Stands,
}

#[derive(Clone, Debug, Default, Eq, PartialEq)]
enum Stands {
    /// Nobody has asked for it yet; it takes a while where there are many accounts.
    #[default]
    Unasked,
    /// It is being made.
    UnderWay,
    /// It is that of what is on the screen.
    Made,
    /// It could not be made, or somebody has stopped that.
    Failed(Option<String>),
}

impl TrendState {
    pub(in crate::gui) fn is_unasked(&self) -> bool {
        self.stands == Stands::Unasked
    }

    /// What it leads up to is another state.
    pub(in crate::gui) fn ask_again(&mut self) {
        self.stands = Stands::Unasked;
    }

    pub(in crate::gui) fn under_way(&mut self) {
        self.stands = Stands::UnderWay;
    }

    pub(in crate::gui) fn made(&mut self, trend: Arc<Trend>) {
        *self = Self { made: Some(trend), stands: Stands::Made };
    }

    /// It will not come, and why; nothing where somebody has stopped it.
    pub(in crate::gui) fn failed(&mut self, why: Option<String>) {
        self.stands = Stands::Failed(why);
    }
}

/// What it costs and what is urgent.
pub(in crate::gui) fn overview(ui: &mut Ui, overview: &Overview, trend: &TrendState) -> Vec<Ask> {
    let mut asks = Vec::new();
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing = vec2(CARD_GAP, CARD_GAP);
        let Has { directory, accounts, .. } = overview.has;
        if !directory || !accounts {
            lacking(ui, overview.has, &mut asks);
        }
        if overview.apps.is_empty() {
            return;
        }
        cards(ui, &overview.cards, &mut asks);
        chart_and_steps(ui, overview, trend, &mut asks);
        apps(ui, &overview.apps, &mut asks);
        ui.add_space(BELOW_PAGE);
    });
    asks
}

/// What the figures rest on, and what of it is still to come.
fn lacking(ui: &mut Ui, has: Has, asks: &mut Vec<Ask>) {
    widgets::card(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing = vec2(8.0, 6.0);
        widgets::card_title(ui, say::LACKING);
        let parts = [
            (has.directory, say::DIRECTORY, say::DIRECTORY_WHY),
            (has.accounts, say::APP_LISTS, say::APP_LISTS_WHY),
            (has.contracts, say::CONTRACTS, say::CONTRACTS_WHY),
        ];
        for (there, title, why) in parts {
            let tokens = Tokens::of(ui);
            let (icon, color, said) = match there {
                true => (icons::CHECK, tokens.good.text, say::IS_THERE),
                false => (icons::UPLOAD, tokens.unused.text, say::IS_MISSING),
            };
            ui.horizontal(|ui| {
                widgets::sign(ui, icon, color, said);
                ui.label(RichText::new(title).font(semibold(size::BODY)));
                widgets::dim(ui, why);
            });
        }
        ui.add_space(2.0);
        if widgets::primary_button(ui, common::IMPORT_FILES).clicked() {
            asks.push(Ask::Go(Target::Imports));
        }
    });
}

/// Height of a headline card with a note of two lines.
const HEADLINE: f32 = 116.0;
/// Height of what stands above the note of a headline card, and around it.
const HEADLINE_ABOVE: f32 = 84.0;

fn cards(ui: &mut Ui, cards: &[Card], asks: &mut Vec<Ask>) {
    let columns = if ui.available_width() < 720.0 { 2 } else { 4 };
    let width = (ui.available_width() - CARD_GAP * (columns as f32 - 1.0)) / columns as f32;
    for row in cards.chunks(columns) {
        // All of a row are as high as the longest note asks for.
        let note = |card: &Card| {
            let galley =
                ui.painter().layout(card.note.clone(), regular(size::BODY), Color32::PLACEHOLDER, width - 34.0);
            galley.size().y
        };
        let height = row.iter().map(note).fold(HEADLINE, |height, note| height.max(note + HEADLINE_ABOVE));
        ui.horizontal_top(|ui| {
            for card in row {
                if headline(ui, card, vec2(width, height)).clicked() {
                    asks.push(Ask::Go(card.target.clone()));
                }
            }
        });
    }
}

fn headline(ui: &mut Ui, card: &Card, size: Vec2) -> Response {
    let tokens = Tokens::of(ui);
    let leads = card.target != Target::None;
    let sense = if leads { Sense::click() } else { Sense::hover() };
    let (rect, response) = ui.allocate_exact_size(size, sense);
    let hovered = leads && response.hovered();
    let stroke = if hovered { tokens.accent } else { tokens.line };
    let mut inside = ui.new_child(UiBuilder::new().max_rect(rect).layout(Layout::top_down(Align::Min)));
    let frame = widgets::card_frame(ui).stroke(Stroke::new(1.0, stroke));
    frame.show(&mut inside, |ui| {
        ui.set_min_size(rect.size() - vec2(34.0, 30.0));
        ui.spacing_mut().item_spacing.y = 3.0;
        widgets::dim(ui, card.title);
        let (color, _) = tokens.tone(card.tone);
        ui.label(RichText::new(&card.figure).font(bold(size::FIGURE)).color(color));
        widgets::dim(ui, card.note.clone());
    });
    widgets::focus_ring(ui, &response);
    response.widget_info(|| {
        WidgetInfo::labeled(
            if leads { Role::Button } else { Role::Label },
            true,
            format!("{}: {}", card.title, card.figure),
        )
    });
    let response = response.on_hover_text(&card.basis);
    if hovered { response.on_hover_cursor(CursorIcon::PointingHand) } else { response }
}

/// Height of the card with the trend.
const TREND: f32 = 204.0;
/// Height of a step, and of what stands above the first one.
const STEP: f32 = 32.0;
const STEPS_ABOVE: f32 = 62.0;

fn chart_and_steps(ui: &mut Ui, overview: &Overview, trend: &TrendState, asks: &mut Vec<Ask>) {
    let all = ui.available_width();
    let steps_height = STEPS_ABOVE + overview.next.len().max(1) as f32 * STEP;
    let chart_height = (overview.chart.bars.len() as f32 * 67.0 + 110.0).clamp(220.0, 900.0);
    let chart = |ui: &mut Ui, size: Vec2, asks: &mut Vec<Ask>| {
        widgets::sized_card(ui, size, |ui| {
            let table = || overview.chart.table();
            let drawn = chart_card::show(ui, "impact", say::CHART, table, |ui| impact_chart::show(ui, &overview.chart));
            if let Some(app) = drawn.flatten() {
                asks.push(Ask::Go(Target::Accounts(Filter::app(&app))));
            }
        });
    };
    if all < 820.0 {
        // What is urgent comes before what is only dear.
        widgets::sized_card(ui, vec2(all, steps_height), |ui| steps(ui, &overview.next, asks));
        chart(ui, vec2(all, chart_height), asks);
        widgets::sized_card(ui, vec2(all, TREND), |ui| trend_card(ui, trend, asks));
        return;
    }
    let height = chart_height.max(TREND + CARD_GAP + steps_height);
    let chart_width = ((all - CARD_GAP) * 0.62).floor();
    ui.horizontal_top(|ui| {
        chart(ui, vec2(chart_width, height), asks);
        let beside = all - CARD_GAP - chart_width;
        ui.allocate_ui_with_layout(vec2(beside, height), Layout::top_down(Align::Min), |ui| {
            ui.spacing_mut().item_spacing.y = CARD_GAP;
            widgets::sized_card(ui, vec2(beside, TREND), |ui| trend_card(ui, trend, asks));
            let rest = vec2(beside, height - TREND - CARD_GAP);
            widgets::sized_card(ui, rest, |ui| steps(ui, &overview.next, asks));
        });
    });
}

fn trend_card(ui: &mut Ui, trend: &TrendState, asks: &mut Vec<Ask>) {
    // The last one stays until the next has been made.
    let made = trend.made.as_ref().filter(|made| made.points.len() > 1);
    let (said, again) = match &trend.stands {
        Stands::Made => (say::ONE_ROUND.to_owned(), false),
        Stands::UnderWay => (say::TREND_UNDER_WAY.to_owned(), false),
        Stands::Unasked => (say::TREND_TAKES_A_WHILE.to_owned(), true),
        Stands::Failed(why) => (why.clone().unwrap_or_else(|| say::TREND_STOPPED.to_owned()), true),
    };
    let Some(made) = made else {
        widgets::card_title(ui, say::TREND);
        widgets::dim(ui, said);
        if again && widgets::button(ui, say::DRAW_TREND).clicked() {
            asks.push(Ask::Trend);
        }
        return;
    };
    // One that leads up to another state says so, unless the next is on its way.
    let height = ui.available_height() - if again { 30.0 } else { 0.0 };
    ui.allocate_ui(vec2(ui.available_width(), height), |ui| {
        ui.set_max_height(height);
        chart_card::show(ui, "trend", say::TREND, || made.table(), |ui| trend_chart::show(ui, made));
    });
    if again {
        ui.horizontal(|ui| {
            ui.label(RichText::new(say::TREND_IS_OLD).color(Tokens::of(ui).dim));
            if widgets::link(ui, say::DRAW_TREND).on_hover_text(said).clicked() {
                asks.push(Ask::Trend);
            }
        });
    }
}

fn steps(ui: &mut Ui, steps: &[NextStep], asks: &mut Vec<Ask>) {
    widgets::card_title(ui, say::DO_NEXT);
    if steps.is_empty() {
        widgets::dim(ui, say::NOTHING_URGENT);
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    // What is said begins at one place, behind the widest label.
    let labels = steps.iter().map(|step| step_label(step.kind));
    let widest = labels.map(|label| widgets::chip_width(ui, label)).fold(0.0, f32::max);
    for (index, step) in steps.iter().enumerate() {
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), STEP), Sense::click());
        if response.hovered() {
            ui.painter().rect_filled(rect, 4.0, Tokens::of(ui).selection);
        }
        let line = Stroke::new(1.0, Tokens::of(ui).grid);
        ui.painter().hline(rect.x_range(), rect.bottom(), line);
        widgets::focus_ring(ui, &response);
        let mut inside = ui.new_child(
            UiBuilder::new()
                .id_salt(index)
                .max_rect(rect.shrink2(vec2(4.0, 2.0)))
                .layout(Layout::left_to_right(Align::Center)),
        );
        step_row(&mut inside, step, widest);
        response.widget_info(|| {
            WidgetInfo::labeled(Role::Button, true, format!("{}: {}", step_label(step.kind), step.text))
        });
        if response.on_hover_cursor(CursorIcon::PointingHand).clicked() {
            asks.push(Ask::Go(step.target.clone()));
        }
    }
}

fn step_row(ui: &mut Ui, step: &NextStep, widest: f32) {
    let tokens = Tokens::of(ui);
    let colors = match step.kind {
        StepKind::OrphanedAdmin => (tokens.risk.text, tokens.risk.chip),
        StepKind::Renewal => (tokens.unused.text, tokens.unused.chip),
        StepKind::Review => (tokens.labor.text, tokens.labor.chip),
        StepKind::Data => (tokens.dim, tokens.grid),
    };
    let start = ui.cursor().left();
    widgets::chip(ui, step_label(step.kind), colors);
    ui.add_space((widest + 14.0 - (ui.cursor().left() - start)).max(4.0));
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        ui.label(format!("{} ›", step.action));
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            ui.add(Label::new(&step.text).truncate());
        });
    });
}

fn step_label(kind: StepKind) -> &'static str {
    match kind {
        StepKind::OrphanedAdmin => say::ORPHANED_ADMIN,
        StepKind::Renewal => say::RENEWAL,
        StepKind::Review => say::REVIEW,
        StepKind::Data => say::DATA,
    }
}

/// Columns of the table.
const SHARES: [Share; 8] = [
    Share(0.10, false),
    Share(0.06, true),
    Share(0.06, true),
    Share(0.08, true),
    Share(0.105, true),
    Share(0.105, true),
    Share(0.155, false),
    Share(0.335, false),
];

fn apps(ui: &mut Ui, apps: &[AppRow], asks: &mut Vec<Ask>) {
    widgets::card(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 0.0;
        let tokens = Tokens::of(ui);
        widgets::table_row(ui, 0, &SHARES, false, |ui, column| {
            ui.add(Label::new(RichText::new(say::HEADERS[column]).color(tokens.dim)).truncate());
        });
        for (number, app) in (1..).zip(apps) {
            let response = widgets::table_row(ui, number, &SHARES, false, |ui, column| cell(ui, app, column, asks));
            let name = say::app_impact(&app.app, format::money(app.impact));
            response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name.clone()));
            if response.on_hover_cursor(CursorIcon::PointingHand).clicked() {
                asks.push(Ask::Go(Target::Accounts(Filter::app(&app.app))));
            }
        }
    });
}

fn cell(ui: &mut Ui, app: &AppRow, column: usize, asks: &mut Vec<Ask>) {
    let tokens = Tokens::of(ui);
    let plain = |ui: &mut Ui, text: String| {
        ui.add(Label::new(text).truncate());
    };
    match column {
        0 => {
            ui.add(Label::new(RichText::new(&app.app).font(semibold(size::BODY))).truncate());
        }
        1 => plain(ui, app.seats.clone()),
        2 => plain(ui, app.in_use.clone()),
        3 => plain(ui, format::count(app.orphaned)),
        4 => plain(ui, format::count(app.unused)),
        5 => {
            let text = RichText::new(format::money(app.impact)).font(semibold(size::BODY));
            let response = ui.add(Label::new(text).truncate());
            if !app.missing.is_empty() {
                response.on_hover_text(say::without_licenses(&app.missing.join("; ")));
            }
        }
        6 => {
            let chip = widgets::chip(ui, app.recommendation, tokens.tone(app.tone)).interact(Sense::click());
            let name = format!("{}: {}", app.app, app.recommendation);
            chip.widget_info(|| WidgetInfo::labeled(Role::Link, true, &name));
            if chip.on_hover_cursor(CursorIcon::PointingHand).on_hover_text(say::COMPARE).clicked() {
                asks.push(Ask::Go(Target::Scenarios(Some(AppName::new(&app.app)))));
            }
        }
        _ => {
            ui.add(Label::new(RichText::new(&app.why).color(tokens.dim)).truncate());
        }
    }
}
