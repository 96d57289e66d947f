use std::path::PathBuf;

use eframe::egui::{
    Align, Frame, Key, Label, Layout, Margin, RichText, Role, ScrollArea, Sense, Ui, UiBuilder, WidgetInfo, vec2,
};

use super::Ask;
use crate::gui::app::Looks;
use crate::gui::dialogs::Purpose;
use crate::gui::text::{common, imports as say};
use crate::gui::theme::{CARD_GAP, Tokens, semibold, size};
use crate::gui::widgets::{self, Share};
use crate::gui::{icons, progress};
use crate::model::Severity;
use crate::session::Progress;
use crate::view::{ImportRow, ImportState, Imports, SinceLast, format};

/// The files: what each was recognized as, how much of it was read, and what is wrong with it.
pub(in crate::gui) fn imports(
    ui: &mut Ui,
    imports: &Imports,
    looks: &mut Looks,
    under_way: Option<&Progress>,
) -> Vec<Ask> {
    let mut asks = Vec::new();
    drop_zone(ui, looks, &mut asks);
    ui.add_space(CARD_GAP - 4.0);
    if let Some(under_way) = under_way {
        running(ui, under_way);
        ui.add_space(CARD_GAP - 4.0);
    }
    let space = ui.available_size();
    let by_id = || imports.rows.iter().find(|row| looks.import.as_ref().is_some_and(|(id, _)| *id == row.id));
    let by_name = || imports.rows.iter().find(|row| looks.import.as_ref().is_some_and(|(_, file)| *file == row.file));
    let present = || imports.rows.iter().find(|row| row.state != ImportState::Replaced);
    let chosen = by_id().or_else(by_name).or_else(present).or(imports.rows.first());
    if let Some(row) = chosen {
        // What nobody knows is laid open at once.
        let unknown = row.state == ImportState::NotRecognized && !row.columns.is_empty();
        if unknown && looks.editing.is_none() && looks.left != Some(row.id) {
            asks.push(Ask::Map(row.id));
        }
        if looks.since.as_ref().is_none_or(|(id, _)| *id != row.id) {
            asks.push(Ask::Compare(row.id));
        }
    }
    // In a narrow window the file stands below the list.
    if space.x < NARROW_WINDOW {
        let rows = imports.rows.len().max(3) as f32 * widgets::ROW + 60.0;
        let list_height = rows.min(space.y * if looks.editing.is_some() { 0.3 } else { 0.5 }).floor();
        ui.spacing_mut().item_spacing.y = CARD_GAP;
        column(ui, "files", vec2(space.x, list_height), |ui| {
            scrolled(ui, "files", |ui| list(ui, imports, chosen.map(|row| row.id), looks));
        });
        let rest = space.y - CARD_GAP - list_height;
        column(ui, "file", vec2(space.x, rest), |ui| file(ui, chosen, looks, &mut asks));
        return asks;
    }
    let list_width = ((space.x - CARD_GAP) * 0.62).floor();
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = CARD_GAP;
        column(ui, "files", vec2(list_width, space.y), |ui| {
            scrolled(ui, "files", |ui| list(ui, imports, chosen.map(|row| row.id), looks));
        });
        let rest = space.x - CARD_GAP - list_width;
        column(ui, "file", vec2(rest, space.y), |ui| file(ui, chosen, looks, &mut asks));
    });
    asks
}

fn file(ui: &mut Ui, chosen: Option<&ImportRow>, looks: &mut Looks, asks: &mut Vec<Ask>) {
    match chosen {
        Some(row) => about(ui, row, looks, asks),
        None => {
            widgets::dim(ui, say::CHOOSE_A_FILE);
        }
    }
}

fn column(ui: &mut Ui, name: &str, size: eframe::egui::Vec2, add: impl FnOnce(&mut Ui)) {
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let mut inside = ui.new_child(UiBuilder::new().id_salt(name).max_rect(rect).layout(Layout::top_down(Align::Min)));
    inside.spacing_mut().item_spacing.x = 8.0;
    let frame = widgets::card_frame(ui).inner_margin(Margin::symmetric(8, 8));
    frame.show(&mut inside, |ui| {
        ui.set_min_size(size - vec2(18.0, 18.0));
        ui.set_max_size(size - vec2(18.0, 18.0));
        add(ui);
    });
}

fn scrolled(ui: &mut Ui, name: &str, add: impl FnOnce(&mut Ui)) {
    ScrollArea::vertical().id_salt(name).auto_shrink(false).show(ui, add);
}

fn drop_zone(ui: &mut Ui, looks: &mut Looks, asks: &mut Vec<Ask>) {
    let tokens = Tokens::of(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 96.0), Sense::hover());
    ui.painter().rect_filled(rect, 8.0, tokens.panel);
    widgets::dashed_frame(ui, rect.shrink(0.5), 8.0, tokens.faint.gamma_multiply(0.7));
    let layout = Layout::top_down(Align::Min);
    let mut inside = ui.new_child(UiBuilder::new().max_rect(rect.shrink2(vec2(12.0, 9.0))).layout(layout));
    inside.spacing_mut().interact_size.y = 18.0;
    widgets::centered_row(&mut inside, "files", |ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        ui.label(RichText::new(common::DROP_HERE).font(semibold(size::BODY)));
        ui.label(RichText::new(say::OR).color(tokens.dim));
        ui.spacing_mut().button_padding = vec2(0.0, 0.0);
        if widgets::link(ui, say::CHOOSE_FILES).clicked() {
            asks.push(Ask::Dialog(Purpose::Import));
        }
    });
    inside.vertical_centered(|ui| widgets::dim(ui, say::WHAT_IS_READ));
    inside.spacing_mut().interact_size.y = 26.0;
    widgets::centered_row(&mut inside, "path", |ui| {
        ui.spacing_mut().button_padding.y = 4.0;
        let label = ui.label(RichText::new(say::OR_A_PATH).color(tokens.dim));
        let edit = widgets::field(&mut looks.path).desired_width(330.0).margin(Margin::symmetric(8, 4));
        let response = ui.add(edit.hint_text(say::PATH_HINT)).labelled_by(label.id);
        let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        if (widgets::button(ui, common::IMPORT).clicked() || entered) && !looks.path.trim().is_empty() {
            asks.push(Ask::Import(vec![PathBuf::from(looks.path.trim())]));
        }
    });
}

fn running(ui: &mut Ui, under_way: &Progress) {
    widgets::card(ui, |ui| {
        ui.set_width(ui.available_width());
        progress::show(ui, under_way);
    });
}

/// Below this width the file stands below the list.
const NARROW_WINDOW: f32 = 900.0;

/// Columns of the list.
const SHARES: [Share; 5] =
    [Share(0.32, false), Share(0.225, false), Share(0.155, false), Share(0.145, false), Share(0.155, false)];

fn list(ui: &mut Ui, imports: &Imports, chosen: Option<crate::workspace::ImportId>, looks: &mut Looks) {
    let tokens = Tokens::of(ui);
    ui.spacing_mut().item_spacing.y = 0.0;
    if imports.rows.is_empty() {
        ui.add_space(20.0);
        ui.vertical_centered(|ui| {
            ui.label(RichText::new(say::NO_FILES).font(semibold(size::CARD)));
            widgets::dim(ui, say::BEGIN_WITH);
        });
        return;
    }
    widgets::table_row(ui, 0, &SHARES, false, |ui, column| {
        ui.add(Label::new(RichText::new(say::HEADERS[column]).color(tokens.dim)).truncate());
    });
    let (older, present): (Vec<&ImportRow>, Vec<&ImportRow>) =
        imports.rows.iter().partition(|row| row.state == ImportState::Replaced);
    // Whoever looks at an older file goes on seeing it.
    let shown = looks.older || older.iter().any(|row| Some(row.id) == chosen);
    let all = present.into_iter().chain(older.iter().copied().filter(|_| shown));
    for (number, row) in (1..).zip(all) {
        let on = Some(row.id) == chosen;
        let response = widgets::table_row(ui, number, &SHARES, on, |ui, column| cell(ui, row, column));
        response
            .widget_info(|| WidgetInfo::selected(Role::Button, true, on, format!("{}: {}", row.file, row.state_label)));
        if response.clicked() {
            looks.import = Some((row.id, row.file.clone()));
        }
    }
    if !older.is_empty() {
        ui.add_space(6.0);
        let text = if shown { say::HIDE_OLDER.to_owned() } else { say::show_older(older.len()) };
        if widgets::link(ui, &text).clicked() {
            looks.older = !shown;
            looks.import = looks.import.take().filter(|_| looks.older);
        }
    }
}

fn cell(ui: &mut Ui, row: &ImportRow, column: usize) {
    let tokens = Tokens::of(ui);
    let dim = |ui: &mut Ui, text: &str| {
        ui.add(Label::new(RichText::new(text).color(tokens.dim)).truncate());
    };
    match column {
        0 => {
            ui.add(Label::new(RichText::new(&row.file).font(semibold(size::BODY))).truncate());
        }
        1 => {
            ui.add(Label::new(&row.recognized).truncate());
        }
        2 => dim(ui, &row.rows),
        3 => dim(ui, &row.exported),
        _ => {
            let colors = match row.state {
                ImportState::Ready => (tokens.good.text, tokens.good.chip),
                ImportState::Look(_) => (tokens.unused.text, tokens.unused.chip),
                ImportState::NotRecognized => (tokens.labor.text, tokens.labor.chip),
                ImportState::Replaced => (tokens.dim, tokens.grid),
            };
            let chip = widgets::chip(ui, &row.state_label, colors);
            if row.state == ImportState::Replaced {
                chip.on_hover_text(say::REPLACED);
            }
        }
    }
}

fn about(ui: &mut Ui, row: &ImportRow, looks: &mut Looks, asks: &mut Vec<Ask>) {
    ui.add_space(6.0);
    Frame::new().inner_margin(Margin::symmetric(8, 0)).show(ui, |ui| {
        ui.horizontal(|ui| {
            ui.add(Label::new(RichText::new(&row.file).font(semibold(size::CARD))).truncate());
        });
        widgets::dim(ui, row.about.clone());
        ui.add_space(4.0);
        let editing = looks.editing.as_mut().filter(|editing| editing.id == row.id);
        if editing.is_none() {
            ui.horizontal_wrapped(|ui| {
                if !row.columns.is_empty() && widgets::button(ui, say::MAP_COLUMNS).clicked() {
                    asks.push(Ask::Map(row.id));
                }
                let button = widgets::button(ui, say::REMOVE);
                if button.on_hover_text(say::REMOVE_WHY).clicked() {
                    asks.push(Ask::Remove(row.id));
                }
            });
            ui.add_space(6.0);
        }
        match editing {
            Some(editing) => {
                // What it is all for stays in sight.
                let space = ui.available_height() - super::mapping::FOOTER;
                ScrollArea::vertical().id_salt("mapping").auto_shrink(false).max_height(space).show(ui, |ui| {
                    super::mapping::mapping(ui, editing, asks);
                });
                super::mapping::footer(ui, editing, asks);
            }
            None => scrolled(ui, "file", |ui| {
                if let Some((id, Some(since))) = &looks.since
                    && *id == row.id
                {
                    since_last(ui, since);
                }
                problems(ui, row);
                meanings(ui, row);
            }),
        }
    });
}

/// Who came, went or changed since the last export of the same list.
fn since_last(ui: &mut Ui, since: &SinceLast) {
    ui.add(Label::new(RichText::new(&since.summary).font(semibold(size::BODY))).wrap());
    if since.rows.is_empty() {
        ui.add_space(6.0);
        return;
    }
    let tokens = Tokens::of(ui);
    eframe::egui::CollapsingHeader::new(say::SHOW_WHO).id_salt("since").show(ui, |ui| {
        for row in &since.rows {
            let (color, _) = tokens.tone(row.tone);
            ui.horizontal(|ui| {
                ui.label(RichText::new(row.kind).font(semibold(size::SMALL)).color(color));
                ui.add(Label::new(&row.who).truncate());
            });
            if !row.what.is_empty() {
                widgets::dim(ui, row.what.clone());
            }
        }
        if since.more > 0 {
            widgets::dim(ui, common::and_more(format::count(since.more as u64)));
        }
    });
    ui.add_space(6.0);
}

fn problems(ui: &mut Ui, row: &ImportRow) {
    let tokens = Tokens::of(ui);
    for (severity, text, hints) in &row.problems {
        let (icon, color) = match severity {
            Severity::Error => (icons::WARNING, tokens.risk.text),
            Severity::Warning => (icons::WARNING, tokens.unused.text),
            Severity::Info => (icons::INFO, tokens.dim),
        };
        ui.horizontal_top(|ui| {
            ui.label(RichText::new(icon).size(15.0).color(color));
            ui.vertical(|ui| {
                ui.add(Label::new(RichText::new(text).color(color)).wrap());
                for hint in hints {
                    widgets::dim(ui, hint.clone());
                }
            });
        });
    }
    ui.add_space(6.0);
}

/// The columns and what they were read as.
fn meanings(ui: &mut Ui, row: &ImportRow) {
    let tokens = Tokens::of(ui);
    ui.spacing_mut().item_spacing.y = 0.0;
    const HALVES: [Share; 2] = [Share(0.5, false), Share(0.5, false)];
    widgets::table_row(ui, 0, &HALVES, false, |ui, column| {
        let title = if column == 0 { common::COLUMN_IN_FILE } else { common::MEANS };
        ui.add(Label::new(RichText::new(title).color(tokens.dim)).truncate());
    });
    for (number, (header, means)) in (1..).zip(&row.columns) {
        let cell = |ui: &mut Ui, column: usize| {
            let color = if *means == "—" { tokens.dim } else { tokens.text };
            let text = match column {
                0 => RichText::new(header).font(semibold(size::BODY)),
                _ => RichText::new(*means).color(color),
            };
            ui.add(Label::new(text).truncate());
        };
        widgets::still_row(ui, number, &HALVES, cell);
    }
}
