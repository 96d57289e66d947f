//! Small pieces that the screens share.

use eframe::egui::{
    Align, Align2, Button, Color32, CornerRadius, Frame, Label, Layout, Margin, Popup, Rect, Response, RichText, Role,
    ScrollArea, Sense, Stroke, Ui, UiBuilder, Vec2, WidgetInfo, pos2, vec2,
};

use super::icons;
use super::theme::{CARD_RADIUS, RADIUS, Tokens, medium, regular, semibold, size};

/// Height of a row in a table.
pub(super) const ROW: f32 = 31.0;

/// A panel with a thin line around it.
pub(super) fn card<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) -> R {
    card_frame(ui).show(ui, add).inner
}

/// The frame of a card.
pub(super) fn card_frame(ui: &Ui) -> Frame {
    let tokens = Tokens::of(ui);
    Frame::new()
        .fill(tokens.panel)
        .stroke(Stroke::new(1.0, tokens.line))
        .corner_radius(CornerRadius::same(CARD_RADIUS))
        .inner_margin(Margin::symmetric(16, 14))
}

/// The title of a card.
pub(super) fn card_title(ui: &mut Ui, text: &str) {
    ui.label(RichText::new(text).font(semibold(size::CARD)));
}

/// Text in the background.
pub(super) fn dim(ui: &mut Ui, text: impl Into<String>) -> Response {
    let color = Tokens::of(ui).dim;
    ui.add(Label::new(RichText::new(text).color(color)).wrap())
}

/// A rounded label in the colors of its meaning.
pub(super) fn chip(ui: &mut Ui, text: &str, (color, fill): (Color32, Color32)) -> Response {
    let galley = ui.painter().layout_no_wrap(text.to_owned(), semibold(size::SMALL), color);
    let (rect, response) = ui.allocate_exact_size(galley.size() + vec2(16.0, 5.0), Sense::hover());
    ui.painter().rect_filled(rect, CornerRadius::same(10), fill);
    ui.painter().galley(rect.center() - galley.size() / 2.0, galley, color);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
    response
}

/// A filter that can be switched on.
pub(super) fn filter_chip(ui: &mut Ui, text: &str, on: bool) -> Response {
    let tokens = Tokens::of(ui);
    let (fill, stroke, color) =
        if on { (tokens.accent_bg, tokens.accent, tokens.accent) } else { (tokens.panel, tokens.line, tokens.text) };
    let button = Button::new(RichText::new(text).font(medium(size::BODY)).color(color))
        .fill(fill)
        .stroke(Stroke::new(1.0, stroke))
        .corner_radius(CornerRadius::same(14))
        .selected(on);
    ui.add(button)
}

/// The one button a screen is for.
pub(super) fn primary_button(ui: &mut Ui, text: &str) -> Response {
    let tokens = Tokens::of(ui);
    let text = RichText::new(text).font(semibold(size::BODY)).color(tokens.on_accent);
    ui.add(Button::new(text).fill(tokens.accent).stroke(Stroke::new(1.0, tokens.accent)))
}

/// Any other button.
pub(super) fn button(ui: &mut Ui, text: &str) -> Response {
    ui.add(Button::new(RichText::new(text).font(medium(size::BODY))))
}

/// A button that shows a sign and is called something.
pub(super) fn icon_button(ui: &mut Ui, icon: &str, name: &str) -> Response {
    let color = Tokens::of(ui).dim;
    let response = ui.add(Button::new(RichText::new(icon).size(15.0).color(color)).frame(false));
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
    response.on_hover_text(name)
}

/// A link within text.
pub(super) fn link(ui: &mut Ui, text: &str) -> Response {
    let color = Tokens::of(ui).accent;
    ui.add(Button::new(RichText::new(text).font(semibold(size::BODY)).color(color)).frame(false))
}

/// A choice from a list of labels, shown as a pill. Returns the number of what was picked.
pub(super) fn choice(ui: &mut Ui, name: &str, chosen: &str, options: &[&str]) -> Option<usize> {
    let tokens = Tokens::of(ui);
    let text = RichText::new(format!("{chosen} {}", icons::CARET_DOWN)).font(regular(size::BODY)).color(tokens.text);
    let pill = Button::new(text)
        .fill(tokens.panel)
        .stroke(Stroke::new(1.0, tokens.line))
        .corner_radius(CornerRadius::same(12))
        .min_size(vec2(0.0, 24.0));
    let response = ui
        .scope(|ui| {
            ui.spacing_mut().button_padding.y = 2.0;
            ui.spacing_mut().interact_size.y = 24.0;
            ui.add(pill.truncate())
        })
        .inner;
    response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, format!("{name}: {chosen}")));
    focus_ring(ui, &response);
    let mut picked = None;
    Popup::menu(&response).show(|ui| {
        ScrollArea::vertical().max_height(420.0).show(ui, |ui| {
            for (number, option) in options.iter().enumerate() {
                if ui.selectable_label(*option == chosen, *option).clicked() {
                    picked = Some(number);
                    // A screen reader's click is none of the pointer's, which would close the list.
                    ui.close();
                }
            }
        });
    });
    picked
}

/// An entry of the navigation.
pub(super) fn nav_item(ui: &mut Ui, icon: &str, text: &str, badge: Option<&str>, chosen: bool) -> Response {
    let tokens = Tokens::of(ui);
    let width = ui.available_width();
    let (rect, response) = ui.allocate_exact_size(vec2(width, 32.0), Sense::click());
    let color = if chosen { tokens.accent } else { tokens.dim };
    if chosen || response.hovered() {
        let fill = if chosen { tokens.accent_bg } else { tokens.grid };
        ui.painter().rect_filled(rect, CornerRadius::same(RADIUS), fill);
    }
    focus_ring(ui, &response);
    let middle = rect.center().y;
    let font = if chosen { semibold(size::CARD) } else { medium(size::CARD) };
    ui.painter().text(pos2(rect.left() + 10.0, middle), Align2::LEFT_CENTER, icon, regular(16.0), color);
    let text_color = if chosen { tokens.accent } else { tokens.text };
    ui.painter().text(pos2(rect.left() + 34.0, middle), Align2::LEFT_CENTER, text, font, text_color);
    if let Some(badge) = badge {
        let galley = ui.painter().layout_no_wrap(badge.to_owned(), semibold(size::SMALL), tokens.unused.text);
        let chip = Vec2::new(galley.size().x + 12.0, 18.0);
        let chip = Rect::from_min_size(pos2(rect.right() - 10.0 - chip.x, middle - 9.0), chip);
        ui.painter().rect_filled(chip, CornerRadius::same(9), tokens.unused.chip);
        ui.painter().galley(chip.center() - galley.size() / 2.0, galley, tokens.unused.text);
    }
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, chosen, text));
    response
}

/// A column of a small table: the share of the width it takes, and whether it holds numbers.
#[derive(Clone, Copy)]
pub(super) struct Share(pub(super) f32, pub(super) bool);

/// A row of a small table with a line below it. The whole row can be clicked.
pub(super) fn table_row(
    ui: &mut Ui,
    number: usize,
    shares: &[Share],
    chosen: bool,
    mut cell: impl FnMut(&mut Ui, usize),
) -> Response {
    // A header is row 0: nothing happens on it.
    let sense = if number == 0 { Sense::hover() } else { Sense::click() };
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), sense);
    let tokens = Tokens::of(ui);
    if chosen || (number > 0 && response.hovered()) {
        ui.painter().rect_filled(rect, 0.0, tokens.selection);
    }
    ui.painter().hline(rect.x_range(), rect.bottom(), Stroke::new(1.0, tokens.line));
    focus_ring(ui, &response);
    let mut left = rect.left();
    for (column, Share(share, right)) in shares.iter().enumerate() {
        // A column without a share is hidden.
        if *share <= 0.0 {
            continue;
        }
        let width = rect.width() * share;
        let space = Rect::from_min_size(pos2(left, rect.top()), vec2(width, ROW)).shrink2(vec2(8.0, 0.0));
        let builder = UiBuilder::new().id_salt((number, column)).max_rect(space);
        cell(&mut ui.new_child(builder.layout(cell_layout(*right))), column);
        left += width;
    }
    response
}

/// Numbers stand to the right.
pub(super) fn cell_layout(right: bool) -> Layout {
    if right { Layout::right_to_left(Align::Center) } else { Layout::left_to_right(Align::Center) }
}

/// Shows where the keyboard is.
pub(super) fn focus_ring(ui: &Ui, response: &Response) {
    if response.has_focus() {
        let tokens = Tokens::of(ui);
        let rect = response.rect.shrink(1.0);
        let stroke = Stroke::new(1.5, tokens.accent);
        ui.painter().rect_stroke(rect, CornerRadius::same(RADIUS), stroke, eframe::egui::StrokeKind::Inside);
    }
}
