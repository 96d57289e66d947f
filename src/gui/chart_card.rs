use eframe::egui::{
    Align, Button, Context, Id, Label, Layout, Popup, Rect, RichText, Role, ScrollArea, Ui, WidgetInfo,
};

use super::icons;
use super::text::charts as say;
use super::theme::{Tokens, regular, semibold, size};
use super::widgets::{self, Share};
use crate::view::ChartTable;

/// A picture of a chart that was asked for.
#[derive(Clone, Copy, Debug)]
struct Picture {
    /// The place in the window.
    place: Rect,
    /// Frames until the menu it was asked from is gone; below zero since it was taken.
    wait: i8,
}

/// Rows of a chart that were asked for.
#[derive(Clone, Debug, Default)]
struct Rows(String);

/// Height of a title.
const TITLE: f32 = 18.0;
/// Room beside the text of a cell.
const CELL_MARGINS: f32 = 18.0;
/// By so many frames after it was asked for the system has taken a picture.
const TAKEN: i8 = -3;
/// Room around a chart in its picture.
const AROUND: f32 = 8.0;

/// Where the picture asked for is remembered.
fn picture_id() -> Id {
    Id::unique("chart picture")
}

/// The picture asked for, once what lay over it is gone; asks for further frames until then.
pub(super) fn wanted_picture(ctx: &Context) -> Option<Rect> {
    let id = picture_id();
    let picture: Picture = ctx.data(|data| data.get_temp(id))?;
    if picture.wait > TAKEN {
        let later = Picture { wait: picture.wait - 1, ..picture };
        ctx.data_mut(|data| data.insert_temp(id, later));
        ctx.request_repaint();
    } else {
        ctx.data_mut(|data| data.remove::<Picture>(id));
    }
    (picture.wait == 0).then_some(picture.place)
}

/// The rows asked for, to be copied.
pub(super) fn wanted_rows(ctx: &Context) -> Option<String> {
    ctx.data_mut(|data| data.remove_temp::<Rows>(Id::unique("chart rows"))).map(|rows| rows.0)
}

/// A chart below its title, or the same in rows; either can be copied. `None` while the rows are shown.
pub(super) fn show<R>(
    ui: &mut Ui,
    id: &'static str,
    title: &str,
    table: impl Fn() -> ChartTable,
    draw: impl FnOnce(&mut Ui) -> R,
) -> Option<R> {
    show_with(ui, id, title, |_| (), table, draw)
}

/// The same with choices of its own at the end of the title.
pub(super) fn show_with<R>(
    ui: &mut Ui,
    id: &'static str,
    title: &str,
    choices: impl FnOnce(&mut Ui),
    table: impl Fn() -> ChartTable,
    draw: impl FnOnce(&mut Ui) -> R,
) -> Option<R> {
    let id = Id::unique(("chart", id));
    let top = ui.cursor().min;
    let mut in_rows = ui.data_mut(|data| data.get_persisted::<bool>(id)).unwrap_or(false);
    let pictured = ui.data(|data| data.get_temp::<Picture>(picture_id())).is_some();
    let mut picture = false;
    let height = std::mem::replace(&mut ui.spacing_mut().interact_size.y, TITLE);
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            // The button is no part of the picture.
            ui.add_enabled_ui(!pictured, |ui| {
                ui.set_opacity(if pictured { 0.0 } else { 1.0 });
                picture = menu(ui, title, &table, &mut in_rows);
            });
            choices(ui);
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                ui.add(Label::new(RichText::new(title).font(semibold(size::CARD))).truncate());
            });
        });
    });
    ui.data_mut(|data| data.insert_persisted(id, in_rows));
    let drawn = if in_rows {
        rows(ui, &table());
        None
    } else {
        Some(draw(ui))
    };
    ui.spacing_mut().interact_size.y = height;
    if picture {
        let place = Rect::from_min_max(top, ui.min_rect().max).expand(AROUND);
        ui.data_mut(|data| data.insert_temp(picture_id(), Picture { place, wait: 2 }));
        ui.ctx().request_repaint();
    }
    drawn
}

/// What else can be had of a chart; true if it is a picture.
fn menu(ui: &mut Ui, title: &str, table: &impl Fn() -> ChartTable, in_rows: &mut bool) -> bool {
    let button = Button::new(RichText::new(icons::MORE).size(15.0).color(Tokens::of(ui).dim)).frame(false);
    ui.spacing_mut().button_padding.y = 0.0;
    let response = ui.add(button);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, say::more_of(title)));
    widgets::focus_ring(ui, &response);
    let mut picture = false;
    Popup::menu(&response).show(|ui| {
        let other = if *in_rows { (icons::CHART_BAR, say::AS_CHART) } else { (icons::TABLE, say::AS_TABLE) };
        if widgets::menu_entry(ui, other.0, other.1).clicked() {
            *in_rows = !*in_rows;
            ui.close();
        }
        if widgets::menu_entry(ui, icons::COPY, say::COPY_TABLE).clicked() {
            ui.data_mut(|data| data.insert_temp(Id::unique("chart rows"), Rows(table().tsv())));
            ui.close();
        }
        if widgets::menu_entry(ui, icons::PICTURE, say::COPY_PICTURE).clicked() {
            picture = true;
            ui.close();
        }
    });
    response.on_hover_text(say::MORE);
    picture
}

/// The rows of a chart. Each column is as wide as its longest cell asks for; what begins like a number is one.
fn rows(ui: &mut Ui, table: &ChartTable) {
    let tokens = Tokens::of(ui);
    let width = |text: &String| {
        ui.painter().layout_no_wrap(text.clone(), regular(size::BODY), tokens.text).size().x + CELL_MARGINS
    };
    let columns = 0..table.head.len();
    let cells = |column: usize| table.rows.iter().filter_map(move |row| row.get(column));
    let is_number = |text: &String| text.starts_with(|sign: char| !sign.is_alphabetic());
    let mut widths: Vec<f32> = columns
        .clone()
        .map(|column| cells(column).chain(table.head.get(column)).map(width).fold(40.0, f32::max))
        .collect();
    // Where there is no room for all, the widest gives way.
    let over = widths.iter().sum::<f32>() - ui.available_width();
    if let Some(widest) = widths.iter_mut().max_by(|a, b| a.total_cmp(b)).filter(|_| over > 0.0) {
        *widest = (*widest - over).max(60.0);
    }
    let all: f32 = widths.iter().sum::<f32>().max(1.0);
    let shares: Vec<Share> = columns
        .zip(&widths)
        .map(|(column, width)| Share(width / all, column > 0 && cells(column).all(is_number)))
        .collect();
    ui.spacing_mut().item_spacing.y = 0.0;
    let height = ui.available_height().max(widgets::ROW * 4.0);
    ScrollArea::vertical().max_height(height).auto_shrink([false, true]).show(ui, |ui| {
        widgets::table_row(ui, 0, &shares, false, |ui, column| {
            let title = table.head.get(column).map_or("", String::as_str);
            ui.add(Label::new(RichText::new(title).color(tokens.dim)).truncate());
        });
        for (number, row) in (1..).zip(&table.rows) {
            let response = widgets::still_row(ui, number, &shares, |ui, column| {
                ui.add(Label::new(row.get(column).map_or("", String::as_str)).truncate());
            });
            let said = row.join("; ");
            response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &said));
        }
    });
}
