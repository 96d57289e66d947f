use std::sync::Arc;

use eframe::egui::{Align, Label, Layout, Margin, Rect, RichText, Sense, Stroke, Ui, UiBuilder, Vec2, pos2, vec2};

use super::Ask;
use crate::gui::text::{common, mapping as say};
use crate::gui::theme::{Tokens, semibold, size};
use crate::gui::widgets;
use crate::view::{MappingDraft, MappingPreview, WordDraft};
use crate::workspace::ImportId;

/// A file whose columns are being settled.
#[derive(Debug)]
pub(in crate::gui) struct Editing {
    pub(in crate::gui) id: ImportId,
    /// Not there until the worker has laid the file open.
    pub(in crate::gui) draft: Option<MappingDraft>,
    pub(in crate::gui) preview: Option<Arc<MappingPreview>>,
    pub(in crate::gui) remember: bool,
}

impl Editing {
    pub(in crate::gui) fn new(id: ImportId) -> Self {
        Self { id, draft: None, preview: None, remember: true }
    }
}

/// What the file is, what its columns and words mean, and what would come of it.
pub(super) fn mapping(ui: &mut Ui, editing: &mut Editing, asks: &mut Vec<Ask>) {
    let Some(draft) = &mut editing.draft else {
        widgets::dim(ui, common::READING);
        return;
    };
    let mut changed = false;
    if draft.proposed {
        widgets::dim(ui, say::PROPOSED);
        ui.add_space(4.0);
    }
    ui.horizontal_wrapped(|ui| {
        let (roles, chosen) = draft.roles();
        if let Some(choice) = widgets::choice(ui, say::WHAT_IT_HOLDS, roles.get(chosen).unwrap_or(&""), &roles) {
            draft.set_role(choice);
            changed = true;
        }
        if draft.needs_app() {
            let label = ui.label(say::OF);
            let edit = widgets::field(&mut draft.app).desired_width(150.0).margin(Margin::symmetric(8, 4));
            let response = ui.add(edit.hint_text(say::WHICH_APP)).labelled_by(label.id);
            response
                .widget_info(|| eframe::egui::WidgetInfo::labeled(eframe::egui::Role::TextInput, true, common::APP));
            changed |= response.changed();
        }
    });
    if draft.has_open_dates() {
        ui.horizontal(|ui| {
            widgets::dim(ui, say::DATES_BEGIN);
            let (orders, chosen) = draft.date_orders();
            if let Some(choice) = widgets::choice(ui, say::DATES_BEGIN, orders.get(chosen).unwrap_or(&""), &orders) {
                draft.set_date_order(choice);
                changed = true;
            }
        });
    }
    ui.add_space(8.0);
    changed |= columns(ui, draft);
    changed |= words(ui, draft);
    ui.add_space(10.0);
    if let Some(preview) = &editing.preview {
        outcome(ui, preview);
    }
    if changed {
        asks.push(Ask::Preview(editing.id, Box::new(draft.placing())));
    }
}

/// Height of what stands below the mapping.
pub(super) const FOOTER: f32 = 92.0;

/// What is to be done with the mapping.
pub(super) fn footer(ui: &mut Ui, editing: &mut Editing, asks: &mut Vec<Ask>) {
    let Some(draft) = &editing.draft else { return };
    ui.separator();
    let lacks = draft.lacks();
    match lacks {
        Some(lacks) => {
            ui.add(Label::new(RichText::new(lacks).color(Tokens::of(ui).unused.text)).truncate());
        }
        None => {
            widgets::checkbox(ui, &mut editing.remember, say::REMEMBER);
        }
    }
    ui.add_space(2.0);
    ui.horizontal(|ui| {
        let action = editing.preview.as_ref().map_or(common::IMPORT, |preview| preview.action.as_str());
        ui.add_enabled_ui(lacks.is_none(), |ui| {
            if widgets::primary_button(ui, action).clicked() {
                asks.push(Ask::Place(editing.id, Box::new(draft.placing()), editing.remember));
            }
        });
        let save = ui.add_enabled_ui(lacks.is_none(), |ui| widgets::button(ui, say::SAVE_LAYOUT)).inner;
        if save.on_hover_text(say::SAVE_LAYOUT_WHY).clicked() {
            asks.push(Ask::SaveLayout(editing.id, Box::new(draft.placing())));
        }
        if widgets::button(ui, say::LEAVE).on_hover_text(say::LEAVE_WHY).clicked() {
            asks.push(Ask::StopMapping(editing.id));
        }
    });
}

/// Shares of the width: the column, what it means, its first value.
const SHARES: [f32; 3] = [0.34, 0.33, 0.33];
/// Who or what a record is about, and four values of it.
const RECORD: [f32; 5] = [0.32, 0.2, 0.15, 0.12, 0.21];
const HEIGHT: f32 = 30.0;

fn columns(ui: &mut Ui, draft: &mut MappingDraft) -> bool {
    line(ui, |ui, column| {
        widgets::dim(ui, say::HEADERS[column]);
    });
    let meanings = draft.meanings();
    let mut picked = None;
    for (number, column) in draft.columns().enumerate() {
        line(ui, |ui, cell| match cell {
            0 => {
                ui.add(Label::new(RichText::new(column.header).font(semibold(size::BODY))).truncate());
            }
            1 => {
                let name = say::meaning(column.header);
                picked = widgets::choice(ui, &name, column.means, &meanings).map(|choice| (number, choice)).or(picked);
            }
            _ => {
                let color = Tokens::of(ui).dim;
                ui.add(Label::new(RichText::new(column.first).color(color)).truncate());
            }
        });
    }
    if let Some((column, choice)) = picked {
        draft.set_meaning(column, choice);
    }
    picked.is_some()
}

/// A way to choose what a word of a column means.
type SetWord = fn(&mut MappingDraft, &str, usize);

/// Words of the status and seat columns: what they are taken for, to be settled where the rules do not know them.
fn words(ui: &mut Ui, draft: &mut MappingDraft) -> bool {
    let mut picked: Option<(String, usize, SetWord)> = None;
    let lists: [(&str, Vec<WordDraft<'_>>, Vec<&str>, SetWord); 2] = [
        (say::STATUS, draft.status_words(), draft.standings(), MappingDraft::set_standing),
        (say::SEAT, draft.seat_words(), draft.payings(), MappingDraft::set_paying),
    ];
    for (title, words, options, set) in lists {
        if words.is_empty() {
            continue;
        }
        ui.add_space(10.0);
        ui.label(RichText::new(say::words(title)).font(semibold(size::BODY)));
        for word in words {
            line(ui, |ui, cell| match cell {
                0 => {
                    ui.add(Label::new(word.word).truncate());
                }
                1 => {
                    let means = word.means.unwrap_or_else(|| options.first().copied().unwrap_or_default());
                    let choice = widgets::choice(ui, &format!("{title} {}", word.word), means, &options);
                    if let Some(choice) = choice {
                        picked = Some((word.word.to_owned(), choice, set));
                    }
                }
                _ => {
                    widgets::dim(ui, word.rows.clone());
                }
            });
        }
    }
    if let Some((word, choice, set)) = &picked {
        set(draft, word, *choice);
    }
    picked.is_some()
}

/// The first records as they would be read.
fn outcome(ui: &mut Ui, preview: &MappingPreview) {
    let tokens = Tokens::of(ui);
    ui.horizontal(|ui| {
        ui.label(RichText::new(say::READ_AS).font(semibold(size::BODY)));
        widgets::dim(ui, preview.rows.clone());
    });
    let shares = RECORD.get(..preview.headers.len()).unwrap_or(&RECORD);
    cells(ui, shares, |ui, column| {
        widgets::dim(ui, preview.headers.get(column).copied().unwrap_or_default());
    });
    for record in &preview.records {
        cells(ui, shares, |ui, column| {
            let text = record.get(column).map(String::as_str).unwrap_or_default();
            ui.add(Label::new(RichText::new(text).size(size::SMALL)).truncate()).on_hover_text(text);
        });
    }
    for problem in &preview.problems {
        ui.add(Label::new(RichText::new(problem).size(size::SMALL).color(tokens.unused.text)).wrap());
    }
}

fn line(ui: &mut Ui, cell: impl FnMut(&mut Ui, usize)) {
    cells(ui, &SHARES, cell);
}

/// A row with a line below it, its cells in shares of the width.
fn cells(ui: &mut Ui, shares: &[f32], mut cell: impl FnMut(&mut Ui, usize)) {
    let (rect, _) = ui.allocate_exact_size(Vec2::new(ui.available_width(), HEIGHT), Sense::hover());
    ui.painter().hline(rect.x_range(), rect.bottom(), Stroke::new(1.0, Tokens::of(ui).line));
    let mut left = rect.left();
    for (column, share) in shares.iter().enumerate() {
        let width = rect.width() * share;
        let space = Rect::from_min_size(pos2(left, rect.top()), vec2(width, HEIGHT)).shrink2(vec2(4.0, 1.0));
        let id = (ui.next_auto_id(), column);
        let builder = UiBuilder::new().id_salt(id).max_rect(space).layout(Layout::left_to_right(Align::Center));
        cell(&mut ui.new_child(builder), column);
        left += width;
    }
}
