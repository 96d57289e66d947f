use eframe::egui::{
    Align, Color32, CursorIcon, Label, Layout, Response, RichText, Role, ScrollArea, Sense, Stroke, Ui, UiBuilder,
    Vec2, WidgetInfo, vec2,
};

use super::Ask;
use crate::gui::impact_chart;
use crate::gui::theme::{CARD_GAP, Tokens, bold, regular, semibold, size};
use crate::gui::widgets::{self, Share};
use crate::model::AppName;
use crate::view::{AppRow, Card, Filter, NextStep, Overview, StepKind, Target, format};

/// What it costs and what is urgent.
pub(in crate::gui) fn overview(ui: &mut Ui, overview: &Overview) -> Vec<Ask> {
    let mut asks = Vec::new();
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing = vec2(CARD_GAP, CARD_GAP);
        cards(ui, &overview.cards, &mut asks);
        chart_and_steps(ui, overview, &mut asks);
        apps(ui, &overview.apps, &mut asks);
    });
    asks
}

/// Height of a headline card with a note of two lines.
const HEADLINE: f32 = 116.0;
/// Height of what stands above the note of a headline card, and around it.
const HEADLINE_ABOVE: f32 = 84.0;

fn cards(ui: &mut Ui, cards: &[Card], asks: &mut Vec<Ask>) {
    let columns = if ui.available_width() < 820.0 { 2 } else { 4 };
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
        ui.spacing_mut().item_spacing.y = 2.0;
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

fn chart_and_steps(ui: &mut Ui, overview: &Overview, asks: &mut Vec<Ask>) {
    let height = (overview.chart.bars.len() as f32 * 67.0 + 110.0).clamp(220.0, 900.0);
    let all = ui.available_width();
    let beside = all >= 820.0;
    let chart_width = if beside { (all - CARD_GAP) * 0.595 } else { all };
    let chart = |ui: &mut Ui| {
        widgets::card_title(ui, "What manual costs today, next to the tier upgrade that would automate it");
        impact_chart::show(ui, &overview.chart)
    };
    if beside {
        ui.horizontal_top(|ui| {
            if let Some(app) = widgets::sized_card(ui, vec2(chart_width, height), chart) {
                asks.push(Ask::Go(Target::Accounts(Filter::app(&app))));
            }
            widgets::sized_card(ui, vec2(all - CARD_GAP - chart_width, height), |ui| steps(ui, &overview.next, asks));
        });
    } else {
        if let Some(app) = widgets::sized_card(ui, vec2(all, height), chart) {
            asks.push(Ask::Go(Target::Accounts(Filter::app(&app))));
        }
        widgets::sized_card(ui, vec2(all, 60.0 + overview.next.len() as f32 * 38.0), |ui| {
            steps(ui, &overview.next, asks)
        });
    }
}

fn steps(ui: &mut Ui, steps: &[NextStep], asks: &mut Vec<Ask>) {
    widgets::card_title(ui, "Do next");
    if steps.is_empty() {
        widgets::dim(ui, "Nothing is urgent.");
    }
    for (index, step) in steps.iter().enumerate() {
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 34.0), Sense::click());
        if response.hovered() {
            ui.painter().rect_filled(rect, 4.0, Tokens::of(ui).selection);
        }
        let line = Stroke::new(1.0, Tokens::of(ui).line);
        ui.painter().hline(rect.x_range(), rect.bottom(), line);
        widgets::focus_ring(ui, &response);
        let mut inside = ui.new_child(
            UiBuilder::new()
                .id_salt(index)
                .max_rect(rect.shrink2(vec2(4.0, 2.0)))
                .layout(Layout::left_to_right(Align::Center)),
        );
        step_row(&mut inside, step);
        response.widget_info(|| {
            WidgetInfo::labeled(Role::Button, true, format!("{}: {}", step_label(step.kind), step.text))
        });
        if response.on_hover_cursor(CursorIcon::PointingHand).clicked() {
            asks.push(Ask::Go(step.target.clone()));
        }
    }
}

fn step_row(ui: &mut Ui, step: &NextStep) {
    let tokens = Tokens::of(ui);
    let colors = match step.kind {
        StepKind::OrphanedAdmin => (tokens.risk.text, tokens.risk.chip),
        StepKind::Renewal => (tokens.unused.text, tokens.unused.chip),
        StepKind::Review => (tokens.labor.text, tokens.labor.chip),
        StepKind::Data => (tokens.dim, tokens.grid),
    };
    let start = ui.cursor().left();
    widgets::chip(ui, step_label(step.kind), colors);
    ui.add_space((116.0 - (ui.cursor().left() - start)).max(4.0));
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        ui.label(RichText::new(format!("{} ›", step.action)).font(semibold(size::BODY)));
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            ui.add(Label::new(&step.text).truncate());
        });
    });
}

fn step_label(kind: StepKind) -> &'static str {
    match kind {
        StepKind::OrphanedAdmin => "Orphaned admin",
        StepKind::Renewal => "Renewal",
        StepKind::Review => "Review",
        StepKind::Data => "Data",
    }
}

/// Columns of the table, with their headers.
const HEADERS: [&str; 8] = ["App", "Seats", "In use", "Orphaned", "Unused", "Annual impact", "Recommendation", "Why"];
const SHARES: [Share; 8] = [
    Share(0.10, false),
    Share(0.06, true),
    Share(0.06, true),
    Share(0.08, true),
    Share(0.07, true),
    Share(0.11, true),
    Share(0.16, false),
    Share(0.36, false),
];

fn apps(ui: &mut Ui, apps: &[AppRow], asks: &mut Vec<Ask>) {
    widgets::card(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 0.0;
        let tokens = Tokens::of(ui);
        widgets::table_row(ui, 0, &SHARES, false, |ui, column| {
            ui.add(Label::new(RichText::new(HEADERS[column]).color(tokens.dim)).truncate());
        });
        for (number, app) in (1..).zip(apps) {
            let response = widgets::table_row(ui, number, &SHARES, false, |ui, column| cell(ui, app, column, asks));
            let name = format!("{}: annual impact {}", app.app, format::money(app.impact));
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
                response.on_hover_text(format!("Without licenses: {}", app.missing.join("; ")));
            }
        }
        6 => {
            let chip = widgets::chip(ui, app.recommendation, tokens.tone(app.tone)).interact(Sense::click());
            let name = format!("{}: {}", app.app, app.recommendation);
            chip.widget_info(|| WidgetInfo::labeled(Role::Link, true, &name));
            if chip.on_hover_cursor(CursorIcon::PointingHand).on_hover_text("Compare courses of action").clicked() {
                asks.push(Ask::Go(Target::Scenarios(Some(AppName::new(&app.app)))));
            }
        }
        _ => {
            ui.add(Label::new(RichText::new(&app.why).color(tokens.dim)).truncate());
        }
    }
}
