use std::path::PathBuf;

use eframe::egui::{Align, Layout, RichText, ScrollArea, Ui, vec2};

use super::Ask;
use crate::gui::dialogs::Purpose;
use crate::gui::theme::{CARD_GAP, Tokens, bold, semibold, size};
use crate::gui::{icons, widgets};
use crate::session::Progress;

const WIDTH: f32 = 760.0;

const STEPS: [(&str, &str); 3] = [
    (
        "Drop in your exports",
        "The user export of your identity provider, the user lists of your apps, and what you pay for them.",
    ),
    (
        "See what does not belong",
        "Accounts whose owner left, seats nobody uses, and why: each finding names its reason and its line.",
    ),
    (
        "Decide with figures",
        "What staying manual costs a year, next to upgrading the plan, automating for a flat fee, or cleaning up.",
    ),
];

/// What the program is and how to begin.
pub(in crate::gui) fn welcome(ui: &mut Ui, recent: &[PathBuf], progress: Option<&Progress>, waiting: bool) -> Vec<Ask> {
    let mut asks = Vec::new();
    ScrollArea::vertical().show(ui, |ui| {
        ui.with_layout(Layout::top_down(Align::Center), |ui| {
            ui.add_space((ui.available_height() * 0.10).max(12.0));
            ui.allocate_ui_with_layout(
                vec2(WIDTH.min(ui.available_width()), 0.0),
                Layout::top_down(Align::Min),
                |ui| {
                    body(ui, recent, progress, waiting, &mut asks);
                },
            );
        });
    });
    asks
}

fn body(ui: &mut Ui, recent: &[PathBuf], progress: Option<&Progress>, waiting: bool, asks: &mut Vec<Ask>) {
    let tokens = Tokens::of(ui);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        ui.label(RichText::new("true").font(bold(size::FIGURE)));
        ui.label(RichText::new("down").font(bold(size::FIGURE)).color(tokens.accent));
    });
    ui.label(
        RichText::new("Which seats you pay for in vain, and whose accounts outlived their owners.").size(size::PAGE),
    );
    ui.add_space(CARD_GAP);
    let width = (ui.available_width() - 2.0 * CARD_GAP) / 3.0;
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = CARD_GAP;
        for (number, (title, text)) in (1..).zip(STEPS) {
            ui.allocate_ui_with_layout(vec2(width, 0.0), Layout::top_down(Align::Min), |ui| {
                widgets::card(ui, |ui| {
                    ui.set_min_size(vec2(width - 34.0, 104.0));
                    let step = RichText::new(format!("{number}  {title}")).font(semibold(size::CARD));
                    ui.label(step.color(tokens.accent));
                    ui.add_space(2.0);
                    widgets::dim(ui, text);
                });
            });
        }
    });
    ui.add_space(CARD_GAP);
    widgets::card(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.vertical_centered(|ui| {
            ui.add_space(14.0);
            ui.label(RichText::new(icons::UPLOAD).size(28.0).color(tokens.accent));
            ui.label(RichText::new("Drop exports here").font(semibold(size::PAGE)));
            widgets::dim(ui, "CSV, Excel, JSON and SCIM, recognized by their columns. Nothing leaves this computer.");
            ui.add_space(8.0);
            if let Some(progress) = progress {
                ui.label(format!("{} ({} of {})", progress.what, progress.number, progress.files));
                if widgets::button(ui, "Cancel").clicked() {
                    asks.push(Ask::Cancel);
                }
            } else if waiting {
                ui.label("Reading…");
            } else {
                buttons(ui, asks);
            }
            ui.add_space(14.0);
        });
    });
    if !recent.is_empty() {
        ui.add_space(CARD_GAP);
        widgets::card(ui, |ui| {
            ui.set_width(ui.available_width());
            widgets::card_title(ui, "Recent workspaces");
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
    // A row of buttons has no width of its own to be centered by.
    ui.horizontal(|ui| {
        ui.add_space((ui.available_width() - 500.0).max(0.0) / 2.0);
        if widgets::primary_button(ui, "Open the sample").clicked() {
            asks.push(Ask::OpenSample);
        }
        if widgets::button(ui, "Choose files…").clicked() {
            asks.push(Ask::Dialog(Purpose::Import));
        }
        if widgets::button(ui, "New workspace…").clicked() {
            asks.push(Ask::Dialog(Purpose::NewWorkspace));
        }
        if widgets::button(ui, "Open workspace…").clicked() {
            asks.push(Ask::Dialog(Purpose::OpenWorkspace));
        }
    });
}
