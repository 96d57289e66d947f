use std::path::PathBuf;

use eframe::egui::{
    Align, Frame, Key, Label, Layout, Margin, ProgressBar, RichText, Role, ScrollArea, Sense, Shape, Stroke, TextEdit,
    Ui, UiBuilder, WidgetInfo, vec2,
};

use super::Ask;
use crate::gui::app::Looks;
use crate::gui::dialogs::Purpose;
use crate::gui::icons;
use crate::gui::theme::{CARD_GAP, Tokens, semibold, size};
use crate::gui::widgets::{self, Share};
use crate::model::Severity;
use crate::session::Progress;
use crate::view::{ImportRow, ImportState, Imports, SinceLast, format};

/// The files: what each was recognized as, how much of it was read, and what is wrong with it.
pub(in crate::gui) fn imports(
    ui: &mut Ui,
    imports: &Imports,
    looks: &mut Looks,
    progress: Option<&Progress>,
) -> Vec<Ask> {
    let mut asks = Vec::new();
    drop_zone(ui, looks, &mut asks);
    ui.add_space(CARD_GAP - 4.0);
    if let Some(progress) = progress {
        running(ui, progress, &mut asks);
        ui.add_space(CARD_GAP - 4.0);
    }
    let space = ui.available_size();
    let by_id = || imports.rows.iter().find(|row| looks.import.as_ref().is_some_and(|(id, _)| *id == row.id));
    let by_name = || imports.rows.iter().find(|row| looks.import.as_ref().is_some_and(|(_, file)| *file == row.file));
    let chosen = by_id().or_else(by_name).or(imports.rows.first());
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
    // Columns to be settled need room; the list can do with less of it.
    let share = match (space.x < 900.0, looks.editing.is_some()) {
        (true, true) => 0.47,
        (true, false) => 0.68,
        (false, _) => 0.62,
    };
    let list_width = ((space.x - CARD_GAP) * share).max(360.0).min(space.x);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = CARD_GAP;
        column(ui, "files", vec2(list_width, space.y), |ui| {
            scrolled(ui, "files", |ui| list(ui, imports, chosen.map(|row| row.id), looks));
        });
        let rest = space.x - CARD_GAP - list_width;
        if rest > 200.0 {
            column(ui, "file", vec2(rest, space.y), |ui| match chosen {
                Some(row) => about(ui, row, looks, &mut asks),
                None => {
                    widgets::dim(ui, "Choose a file to see how its columns were read.");
                }
            });
        }
    });
    asks
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
    let corners = [rect.left_top(), rect.right_top(), rect.right_bottom(), rect.left_bottom(), rect.left_top()];
    ui.painter().extend(Shape::dashed_line(&corners, Stroke::new(1.0, tokens.faint), 4.0, 3.0));
    let mut inside = ui.new_child(UiBuilder::new().max_rect(rect.shrink(12.0)).layout(Layout::top_down(Align::Center)));
    inside.horizontal(|ui| {
        ui.add_space((ui.available_width() - 230.0).max(0.0) / 2.0);
        ui.spacing_mut().item_spacing.x = 0.0;
        ui.label(RichText::new("Drop exports here").font(semibold(size::BODY)));
        ui.label(RichText::new(", or ").color(tokens.dim));
        ui.spacing_mut().button_padding.x = 0.0;
        if widgets::link(ui, "choose files…").clicked() {
            asks.push(Ask::Dialog(Purpose::Import));
        }
    });
    widgets::dim(
        &mut inside,
        "Directory, app user lists and contracts — CSV, Excel, JSON, SCIM. Recognized by their columns; nothing leaves this computer.",
    );
    inside.horizontal(|ui| {
        ui.add_space((ui.available_width() - 480.0).max(0.0) / 2.0);
        let label = ui.label(RichText::new("or a path").color(tokens.dim));
        let edit = TextEdit::singleline(&mut looks.path).desired_width(330.0).margin(Margin::symmetric(8, 6));
        let response = ui.add(edit.hint_text("/home/me/exports")).labelled_by(label.id);
        let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        if (widgets::button(ui, "Import").clicked() || entered) && !looks.path.trim().is_empty() {
            asks.push(Ask::Import(vec![PathBuf::from(looks.path.trim())]));
            looks.path.clear();
        }
    });
}

fn running(ui: &mut Ui, progress: &Progress, asks: &mut Vec<Ask>) {
    widgets::card(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal(|ui| {
            ui.label(RichText::new(&progress.what).font(semibold(size::BODY)));
            widgets::dim(ui, format!("· {}", far(progress)));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if widgets::button(ui, "Cancel").clicked() {
                    asks.push(Ask::Cancel);
                }
            });
        });
        let share = progress.done as f32 / progress.of.max(1) as f32;
        ui.add(ProgressBar::new(share).desired_height(6.0).fill(Tokens::of(ui).accent));
    });
}

/// `312 MB of 1.0 GB`, and which file of how many.
fn far(progress: &Progress) -> String {
    let bytes = format!("{} of {}", format::size(progress.done), format::size(progress.of));
    if progress.files < 2 { bytes } else { format!("file {} of {} · {bytes}", progress.number, progress.files) }
}

/// Columns of the list, with their headers.
const HEADERS: [&str; 5] = ["File", "Recognized as", "Rows", "Exported", ""];
const SHARES: [Share; 5] =
    [Share(0.35, false), Share(0.19, false), Share(0.15, false), Share(0.13, false), Share(0.18, false)];

/// The same in a narrow window, where the day of export is told by most names.
const NARROW: [Share; 5] =
    [Share(0.33, false), Share(0.25, false), Share(0.20, false), Share(0.0, false), Share(0.22, false)];

/// The same beside a mapping: what it is and how it stands.
const TIGHT: [Share; 5] =
    [Share(0.38, false), Share(0.31, false), Share(0.0, false), Share(0.0, false), Share(0.31, false)];

fn list(ui: &mut Ui, imports: &Imports, chosen: Option<crate::workspace::ImportId>, looks: &mut Looks) {
    let tokens = Tokens::of(ui);
    ui.spacing_mut().item_spacing.y = 0.0;
    if imports.rows.is_empty() {
        ui.add_space(20.0);
        ui.vertical_centered(|ui| {
            ui.label(RichText::new("No files yet").font(semibold(size::CARD)));
            widgets::dim(
                ui,
                "Begin with the user export of your identity provider, then add the user lists of your apps and contracts.csv.",
            );
        });
        return;
    }
    let shares = match ui.available_width() {
        width if width < 450.0 => &TIGHT,
        width if width < 600.0 => &NARROW,
        _ => &SHARES,
    };
    widgets::table_row(ui, 0, shares, false, |ui, column| {
        ui.add(Label::new(RichText::new(HEADERS[column]).color(tokens.dim)).truncate());
    });
    for (number, row) in (1..).zip(&imports.rows) {
        let on = Some(row.id) == chosen;
        let response = widgets::table_row(ui, number, shares, on, |ui, column| cell(ui, row, column));
        response
            .widget_info(|| WidgetInfo::selected(Role::Button, true, on, format!("{}: {}", row.file, row.state_label)));
        if response.clicked() {
            looks.import = Some((row.id, row.file.clone()));
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
                chip.on_hover_text("A newer export of the same list is used");
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
                if !row.columns.is_empty() && widgets::button(ui, "Map columns…").clicked() {
                    asks.push(Ask::Map(row.id));
                }
                let button = widgets::button(ui, "Remove this file");
                if button.on_hover_text("Its records leave every figure; undo brings it back").clicked() {
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
    eframe::egui::CollapsingHeader::new("Show who").id_salt("since").show(ui, |ui| {
        for row in &since.rows {
            let color = match row.kind {
                "New" => tokens.good.text,
                "Gone" => tokens.risk.text,
                _ => tokens.labor.text,
            };
            ui.horizontal(|ui| {
                ui.label(RichText::new(row.kind).font(semibold(size::SMALL)).color(color));
                ui.add(Label::new(&row.who).truncate());
            });
            if !row.what.is_empty() {
                widgets::dim(ui, row.what.clone());
            }
        }
        if since.more > 0 {
            widgets::dim(ui, format!("and {} more", format::count(since.more as u64)));
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
    let half = ui.available_width() * 0.5;
    ui.horizontal(|ui| {
        let start = ui.cursor().left();
        widgets::dim(ui, "Column in the file");
        ui.add_space((half - (ui.cursor().left() - start)).max(4.0));
        widgets::dim(ui, "Means");
    });
    for (header, means) in &row.columns {
        let y = ui.cursor().top() + 2.0;
        ui.painter().hline(ui.max_rect().x_range(), y, Stroke::new(1.0, tokens.line));
        ui.add_space(4.0);
        ui.horizontal(|ui| {
            ui.spacing_mut().interact_size.y = 20.0;
            let text = RichText::new(header).font(semibold(size::BODY));
            ui.allocate_ui_with_layout(vec2(half - 8.0, 18.0), Layout::left_to_right(Align::Center), |ui| {
                ui.set_min_width(half - 8.0);
                ui.add(Label::new(text).truncate());
            });
            let color = if *means == "—" { tokens.dim } else { tokens.text };
            ui.add(Label::new(RichText::new(*means).color(color)).truncate());
        });
    }
}
