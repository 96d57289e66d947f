use std::path::PathBuf;

use eframe::egui::{Align, Layout, RichText, ScrollArea, Stroke, Ui, vec2};

use super::Ask;
use crate::gui::dialogs::Purpose;
use crate::gui::text::{common, welcome as say};
use crate::gui::theme::{CARD_GAP, Tokens, bold, semibold, size};
use crate::gui::{icons, progress, widgets};
use crate::session::Progress;

const WIDTH: f32 = 760.0;

/// What the program is and how to begin.
pub(in crate::gui) fn welcome(
    ui: &mut Ui,
    recent: &[PathBuf],
    under_way: Option<&Progress>,
    waiting: bool,
) -> Vec<Ask> {
    let mut asks = Vec::new();
    ScrollArea::vertical().show(ui, |ui| {
        ui.with_layout(Layout::top_down(Align::Center), |ui| {
            ui.add_space((ui.available_height() * 0.18).max(12.0));
            ui.allocate_ui_with_layout(
                vec2(WIDTH.min(ui.available_width()), 0.0),
                Layout::top_down(Align::Min),
                |ui| {
                    body(ui, recent, under_way, waiting, &mut asks);
                },
            );
        });
    });
    asks
}

fn body(ui: &mut Ui, recent: &[PathBuf], under_way: Option<&Progress>, waiting: bool, asks: &mut Vec<Ask>) {
    let tokens = Tokens::of(ui);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        ui.label(RichText::new(say::NAME.0).font(bold(size::FIGURE)));
        ui.label(RichText::new(say::NAME.1).font(bold(size::FIGURE)).color(tokens.accent));
    });
    ui.label(RichText::new(say::PROMISE).size(size::PAGE));
    ui.add_space(CARD_GAP);
    let width = (ui.available_width() - 2.0 * CARD_GAP) / 3.0;
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = CARD_GAP;
        for (number, (title, text)) in (1..).zip(say::STEPS) {
            ui.allocate_ui_with_layout(vec2(width, 0.0), Layout::top_down(Align::Min), |ui| {
                widgets::card(ui, |ui| {
                    ui.set_min_size(vec2(width - 34.0, 86.0));
                    let step = RichText::new(format!("{number}  {title}")).font(semibold(size::CARD));
                    ui.label(step.color(tokens.accent));
                    ui.add_space(2.0);
                    widgets::dim(ui, text);
                });
            });
        }
    });
    ui.add_space(CARD_GAP);
    let frame = widgets::card_frame(ui).stroke(Stroke::NONE);
    let zone = frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.vertical_centered(|ui| {
            ui.add_space(14.0);
            ui.label(RichText::new(icons::UPLOAD).size(28.0).color(tokens.accent));
            ui.label(RichText::new(common::DROP_HERE).font(semibold(size::PAGE)));
            widgets::dim(ui, say::WHAT_IS_READ);
            ui.add_space(8.0);
            if let Some(under_way) = under_way {
                progress::show(ui, under_way);
            } else if waiting {
                ui.label(common::READING);
            } else {
                buttons(ui, asks);
            }
            ui.add_space(14.0);
        });
    });
    widgets::dashed_frame(ui, zone.response.rect.shrink(0.5), 8.0, tokens.faint.gamma_multiply(0.7));
    if !recent.is_empty() {
        ui.add_space(CARD_GAP);
        widgets::card(ui, |ui| {
            ui.set_width(ui.available_width());
            widgets::card_title(ui, say::RECENT);
            for path in recent {
                let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
                ui.horizontal(|ui| {
                    ui.label(RichText::new(icons::FILE).size(15.0).color(tokens.dim));
                    if widgets::link(ui, &name).clicked() {
                        asks.push(Ask::Open(path.clone()));
                    }
                    widgets::dim(ui, path.parent().map(|folder| folder.display().to_string()).unwrap_or_default());
                });
            }
        });
    }
}

fn buttons(ui: &mut Ui, asks: &mut Vec<Ask>) {
    widgets::centered_row(ui, "begin", |ui| {
        if widgets::primary_button(ui, say::OPEN_SAMPLE).clicked() {
            asks.push(Ask::OpenSample);
        }
        if widgets::button(ui, say::CHOOSE_FILES).clicked() {
            asks.push(Ask::Dialog(Purpose::Import));
        }
        if widgets::button(ui, common::NEW_WORKSPACE).clicked() {
            asks.push(Ask::Dialog(Purpose::NewWorkspace));
        }
        if widgets::button(ui, common::OPEN_WORKSPACE).clicked() {
            asks.push(Ask::Dialog(Purpose::OpenWorkspace));
        }
    });
}
