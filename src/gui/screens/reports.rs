use std::path::PathBuf;
use std::sync::Arc;

use eframe::egui::{Checkbox, Label, Margin, RichText, ScrollArea, TextEdit, Ui, vec2};

use super::Ask;
use crate::gui::dialogs::Purpose;
use crate::gui::kept::Kept;
use crate::gui::theme::{CARD_GAP, GAP, Tokens, semibold, size};
use crate::gui::widgets::{self, Share};
use crate::session::{Format, Snapshot, data_folder};
use crate::view::{Cell, Sheet, Workbook};

/// What is to be written, and where.
#[derive(Debug)]
pub(in crate::gui) struct Reporting {
    /// The folder, as it is typed.
    pub(in crate::gui) folder: String,
    formats: Vec<Format>,
    preview: Kept<(), Sheet>,
}

impl Default for Reporting {
    fn default() -> Self {
        let documents = directories::UserDirs::new().and_then(|user| user.document_dir().map(PathBuf::from));
        let folder = documents.unwrap_or_else(data_folder).join("truedown-report");
        Self { folder: folder.display().to_string(), formats: Format::ALL.to_vec(), preview: Kept::default() }
    }
}

/// Width of the names of formats.
const NAME: f32 = 130.0;
const PREVIEW: [Share; 3] = [Share(0.30, false), Share(0.16, true), Share(0.54, false)];

/// What can be written and handed on.
pub(in crate::gui) fn reports(ui: &mut Ui, snapshot: &Arc<Snapshot>, looks: &mut Reporting) -> Vec<Ask> {
    let mut asks = Vec::new();
    let preview = looks.preview.get(snapshot, &(), || Workbook::at_a_glance(&snapshot.analysis));
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing = vec2(CARD_GAP, CARD_GAP);
        widgets::card(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing = vec2(GAP, 6.0);
            widgets::card_title(ui, "What to write");
            for format in Format::ALL {
                let mut wanted = looks.formats.contains(&format);
                ui.horizontal(|ui| {
                    ui.scope(|ui| {
                        ui.set_min_width(NAME);
                        if ui.add(Checkbox::new(&mut wanted, format.title())).clicked() {
                            looks.formats.retain(|known| *known != format);
                            looks.formats.extend(wanted.then_some(format));
                            looks.formats.sort_unstable();
                        }
                    });
                    widgets::dim(ui, format.about());
                });
            }
            ui.add_space(2.0);
            let label = ui.label("Folder");
            ui.horizontal(|ui| {
                let width = (ui.available_width() - 240.0).clamp(160.0, 460.0);
                let field =
                    TextEdit::singleline(&mut looks.folder).desired_width(width).margin(Margin::symmetric(8, 6));
                ui.add(field).labelled_by(label.id);
                if widgets::button(ui, "Choose…").clicked() {
                    asks.push(Ask::Dialog(Purpose::ExportFolder));
                }
                let ready = !looks.formats.is_empty() && !looks.folder.trim().is_empty();
                if ui.add_enabled_ui(ready, |ui| widgets::primary_button(ui, "Write reports")).inner.clicked() {
                    asks.push(Ask::Export(PathBuf::from(looks.folder.trim()), looks.formats.clone()));
                }
            });
            widgets::dim(
                ui,
                "Files of the same names are replaced, each whole or not at all. Nothing leaves this computer.",
            );
        });
        widgets::card(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = 0.0;
            widgets::card_title(ui, "What they say at a glance");
            ui.add_space(4.0);
            let currency = snapshot.analysis.policy.currency;
            let dim = Tokens::of(ui).dim;
            for (number, cells) in preview.rows.iter().enumerate().filter(|(_, cells)| !cells.is_empty()) {
                ui.push_id(number, |ui| {
                    widgets::table_row(ui, 0, &PREVIEW, false, |ui, column| {
                        let Some(cell) = cells.get(column) else { return };
                        let text = RichText::new(cell.shown(currency));
                        let text = match (cell, column) {
                            (Cell::Heading(_), _) | (_, 1) => text.font(semibold(size::BODY)),
                            (_, 2) => text.color(dim),
                            _ => text,
                        };
                        ui.add(Label::new(text).truncate());
                    });
                });
            }
        });
    });
    asks
}
