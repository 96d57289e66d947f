//! Small pieces that the screens share.

use eframe::egui::emath::GuiRounding;
use eframe::egui::style::HandleShape;
use eframe::egui::text::{CCursor, CCursorRange};
use eframe::egui::text_edit::TextEditState;
use eframe::egui::{
    Align, Align2, Button, Checkbox, Color32, CornerRadius, CursorIcon, Frame, Key, Label, Layout, Margin, Painter,
    Popup, Pos2, Rect, Response, RichText, Role, ScrollArea, Sense, Shape, Slider, SliderClamping, Stroke, TextEdit,
    TextStyle, TextWrapMode, Ui, UiBuilder, Vec2, WidgetInfo, WidgetText, pos2, vec2,
};

use super::icons;
use super::theme::{CARD_RADIUS, RADIUS, Tokens, bold, medium, regular, semibold, size};

/// Height of a row in a table.
pub(super) const ROW: f32 = 31.0;
/// Room at both sides of a value that can be edited.
const EDIT_MARGIN: f32 = 4.0;

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

/// A card of a given size.
pub(super) fn sized_card<R>(ui: &mut Ui, size: Vec2, add: impl FnOnce(&mut Ui) -> R) -> R {
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let mut inside = ui.new_child(UiBuilder::new().max_rect(rect).layout(Layout::top_down(Align::Min)));
    let shown = card_frame(ui).show(&mut inside, |ui| {
        ui.set_min_size(rect.size() - vec2(34.0, 30.0));
        ui.spacing_mut().item_spacing = vec2(8.0, 4.0);
        add(ui)
    });
    shown.inner
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

/// A field of text, which stands in the middle of its height.
pub(super) fn field(text: &mut String) -> TextEdit<'_> {
    TextEdit::singleline(text).align(Align2::LEFT_CENTER)
}

/// Nothing is there yet: what will be, and what to do for it. True if the button is pressed, where there is one.
pub(super) fn empty(ui: &mut Ui, icon: &str, title: &str, why: &str, button_text: Option<&str>) -> bool {
    let tokens = Tokens::of(ui);
    let mut pressed = false;
    ui.add_space(64.0);
    ui.vertical_centered(|ui| {
        ui.spacing_mut().item_spacing.y = 6.0;
        ui.label(RichText::new(icon).size(32.0).color(tokens.accent));
        ui.label(RichText::new(title).font(bold(size::PAGE)));
        ui.label(RichText::new(why).color(tokens.dim));
        ui.add_space(6.0);
        pressed = button_text.is_some_and(|text| primary_button(ui, text).clicked());
    });
    pressed
}

/// A rounded label in the colors of its meaning; cut off where there is no room for it.
pub(super) fn chip(ui: &mut Ui, text: &str, (color, fill): (Color32, Color32)) -> Response {
    let room = (ui.available_width() - 16.0).max(12.0);
    let shown = RichText::new(text).font(semibold(size::SMALL)).color(color);
    let galley = WidgetText::from(shown).into_galley(ui, Some(TextWrapMode::Truncate), room, TextStyle::Body);
    let (rect, response) = ui.allocate_exact_size(galley.size() + vec2(16.0, 5.0), Sense::hover());
    ui.painter().rect_filled(rect, CornerRadius::same(10), fill);
    let cut = galley.elided;
    ui.painter().galley(rect.center() - galley.size() / 2.0, galley, color);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
    if cut { response.on_hover_text(text) } else { response }
}

/// How wide a chip is that has room enough.
pub(super) fn chip_width(ui: &Ui, text: &str) -> f32 {
    ui.painter().layout_no_wrap(text.to_owned(), semibold(size::SMALL), Color32::PLACEHOLDER).size().x + 16.0
}

/// A figure that stands where buttons stand, and is none.
pub(super) fn fact(ui: &mut Ui, text: &str) {
    let tokens = Tokens::of(ui);
    let frame = Frame::new()
        .fill(tokens.panel)
        .stroke(Stroke::new(1.0, tokens.line))
        .corner_radius(CornerRadius::same(RADIUS))
        .inner_margin(Margin::symmetric(12, 6));
    frame.show(ui, |ui| ui.label(RichText::new(text).font(medium(size::BODY))));
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

/// Things in a row that stands in the middle of the space there is. How wide they are is known from the frame before.
pub(super) fn centered_row<R>(ui: &mut Ui, name: &str, add: impl FnOnce(&mut Ui) -> R) -> R {
    let id = ui.scope_id().with(("centered", name));
    let width: Option<f32> = ui.data(|data| data.get_temp(id));
    let all = ui.available_width();
    let shown = ui.horizontal(|ui| {
        ui.add_space(((all - width.unwrap_or(all)) / 2.0).max(0.0));
        let row = ui.horizontal(add);
        (row.inner, row.response.rect.width())
    });
    let (inner, now) = shown.inner;
    if width != Some(now) {
        ui.data_mut(|data| data.insert_temp(id, now));
        ui.ctx().request_repaint();
    }
    inner
}

/// A thin dashed line around a space with round corners.
pub(super) fn dashed_frame(ui: &Ui, rect: Rect, radius: f32, color: Color32) {
    let corners = [
        (rect.right_top() + vec2(-radius, radius), -90.0_f32),
        (rect.right_bottom() + vec2(-radius, -radius), 0.0),
        (rect.left_bottom() + vec2(radius, -radius), 90.0),
        (rect.left_top() + vec2(radius, radius), 180.0),
    ];
    let arc = |(center, from): (Pos2, f32)| {
        (0..=6_u8).map(move |step| {
            let angle = (from + 15.0 * f32::from(step)).to_radians();
            center + radius * vec2(angle.cos(), angle.sin())
        })
    };
    let mut path: Vec<Pos2> = corners.into_iter().flat_map(arc).collect();
    path.extend(path.first().copied());
    ui.painter().extend(Shape::dashed_line(&path, Stroke::new(1.0, color), 4.0, 3.0));
}

/// A dashed box in a chart: something that is not there, or not known.
pub(super) fn dashed_box(painter: &Painter, rect: Rect, color: Color32) {
    let corners = [rect.left_top(), rect.right_top(), rect.right_bottom(), rect.left_bottom(), rect.left_top()];
    painter.extend(Shape::dashed_line(&corners, Stroke::new(1.0, color), 3.0, 3.0));
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

/// A box that can be checked.
pub(super) fn checkbox(ui: &mut Ui, on: &mut bool, text: &str) -> Response {
    let tokens = Tokens::of(ui);
    let shown = ui.scope(|ui| {
        let widgets = &mut ui.visuals_mut().widgets;
        for state in [&mut widgets.inactive, &mut widgets.hovered, &mut widgets.active] {
            state.bg_stroke = Stroke::new(1.0, if *on { tokens.accent } else { tokens.faint });
            state.bg_fill = if *on { tokens.accent } else { tokens.panel };
            state.fg_stroke = Stroke::new(1.8, tokens.on_accent);
        }
        ui.add(Checkbox::new(on, RichText::new(text).color(tokens.text)))
    });
    focus_ring(ui, &shown.inner);
    shown.inner
}

/// An entry of a menu, with its sign.
pub(super) fn menu_entry(ui: &mut Ui, icon: &str, text: &str) -> Response {
    let response = ui.button(format!("{icon}  {text}"));
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, text));
    response
}

/// A link within text.
pub(super) fn link(ui: &mut Ui, text: &str) -> Response {
    let color = Tokens::of(ui).accent;
    ui.add(Button::new(RichText::new(text).font(semibold(size::BODY)).color(color)).frame(false))
}

/// A choice from a list of labels, shown as a pill. Returns the number of what was picked.
pub(super) fn choice(ui: &mut Ui, name: &str, chosen: &str, options: &[&str]) -> Option<usize> {
    let tokens = Tokens::of(ui);
    let pill = Button::new(choice_text(ui, chosen))
        .fill(tokens.panel)
        .stroke(Stroke::new(1.0, tokens.line))
        .corner_radius(CornerRadius::same(12))
        .min_size(vec2(0.0, 24.0));
    pick(ui, name, chosen, options, pill)
}

/// The same within a row of a table, where a frame would be in the way.
pub(super) fn plain_choice(ui: &mut Ui, name: &str, chosen: &str, options: &[&str]) -> Option<usize> {
    ui.add_space(-EDIT_MARGIN);
    let plain = Button::new(choice_text(ui, chosen)).frame_when_inactive(false).min_size(vec2(0.0, 24.0));
    ui.spacing_mut().button_padding.x = EDIT_MARGIN;
    pick(ui, name, chosen, options, plain)
}

fn choice_text(ui: &Ui, chosen: &str) -> RichText {
    let text = format!("{chosen} {}", icons::CARET_DOWN);
    RichText::new(text).font(regular(size::BODY)).color(Tokens::of(ui).text)
}

fn pick(ui: &mut Ui, name: &str, chosen: &str, options: &[&str], button: Button<'_>) -> Option<usize> {
    let response = ui
        .scope(|ui| {
            ui.spacing_mut().button_padding.y = 2.0;
            ui.spacing_mut().interact_size.y = 24.0;
            ui.add(button.truncate())
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

/// A value that becomes a text field when it is clicked: Enter or leaving it enters what was typed, Escape leaves it as it was.
/// Returns what was entered.
pub(super) fn editable(ui: &mut Ui, name: &str, shown: &str, hint: &str) -> Option<String> {
    editable_as(ui, name, shown, shown, hint).1
}

/// The same for a value that is typed otherwise than it is shown; also what it is shown as.
pub(super) fn editable_as(
    ui: &mut Ui,
    name: &str,
    shown: &str,
    typed: &str,
    hint: &str,
) -> (Option<Response>, Option<String>) {
    let tokens = Tokens::of(ui);
    // What can be edited has a frame when it is pointed at; its text stands where other text stands.
    ui.add_space(-EDIT_MARGIN);
    let id = ui.scope_id().with(("editable", name));
    let field = id.with("field");
    // What is typed, and whether the field has had the keyboard.
    let typing: Option<(String, bool)> = ui.data(|data| data.get_temp(id));
    let Some((mut text, had_focus)) = typing else {
        let (label, color) = if shown.is_empty() { (hint, tokens.dim) } else { (shown, tokens.text) };
        let label = RichText::new(label).font(regular(size::BODY)).color(color);
        let padding = std::mem::replace(&mut ui.spacing_mut().button_padding, vec2(EDIT_MARGIN, 3.0));
        let response = ui.add(Button::new(label).frame_when_inactive(false).truncate());
        ui.spacing_mut().button_padding = padding;
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{name}: {shown}")));
        focus_ring(ui, &response);
        let response = response.on_hover_cursor(CursorIcon::Text);
        if response.clicked() {
            ui.data_mut(|data| data.insert_temp(id, (typed.to_owned(), false)));
            ui.memory_mut(|memory| memory.request_focus(field));
            let all = CCursorRange::two(CCursor::new(0), CCursor::new(typed.chars().count()));
            let mut state = TextEditState::default();
            state.cursor.set_char_range(Some(all));
            state.store(ui.ctx(), field);
        }
        return (Some(response), None);
    };
    let edit = self::field(&mut text).id(field).hint_text(hint).margin(Margin::symmetric(4, 3));
    let response = ui.add_sized(vec2(ui.available_width().min(190.0), 24.0), edit);
    response.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, name));
    // Another screen may have taken the keyboard without the field's seeing it.
    let has_focus = response.has_focus();
    if !response.lost_focus() && (has_focus || !had_focus) {
        ui.data_mut(|data| data.insert_temp(id, (text, has_focus)));
        return (None, None);
    }
    ui.data_mut(|data| data.remove::<(String, bool)>(id));
    let left = ui.input(|input| input.key_pressed(Key::Escape)) || !response.lost_focus();
    (None, (!left && text.trim() != typed).then_some(text))
}

/// The name of a key at the end of a field, as it stands on a keyboard.
pub(super) fn key_at_end(ui: &Ui, field: Rect, key: &str) {
    let tokens = Tokens::of(ui);
    let galley = ui.painter().layout_no_wrap(key.to_owned(), regular(size::SMALL), tokens.dim);
    let space = galley.size() + vec2(10.0, 4.0);
    let rect = Rect::from_min_size(pos2(field.right() - space.x - 6.0, field.center().y - space.y / 2.0), space);
    let stroke = Stroke::new(1.0, tokens.line);
    ui.painter().rect_stroke(rect, CornerRadius::same(4), stroke, eframe::egui::StrokeKind::Inside);
    ui.painter().galley(rect.center() - galley.size() / 2.0, galley, tokens.dim);
}

/// A sign that says something when it is pointed at, and to those who do not see it.
pub(super) fn sign(ui: &mut Ui, icon: &str, color: Color32, said: &str) {
    let response = ui.add(Label::new(RichText::new(icon).color(color)));
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, said));
    response.on_hover_text(said);
}

/// A slider over whole steps with its name and value above it.
pub(super) fn slider(
    ui: &mut Ui,
    name: &str,
    value: &str,
    steps: &mut i64,
    range: std::ops::RangeInclusive<i64>,
) -> Response {
    let tokens = Tokens::of(ui);
    ui.horizontal(|ui| {
        ui.spacing_mut().interact_size.y = 18.0;
        ui.set_max_height(18.0);
        ui.label(RichText::new(name).color(tokens.dim));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.label(RichText::new(value).font(semibold(size::BODY)));
        });
    });
    let said = value.to_owned();
    let (start, end) = (*range.start(), *range.end());
    let response = ui
        .scope(|ui| {
            ui.spacing_mut().slider_width = ui.available_width();
            ui.spacing_mut().slider_rail_height = 4.0;
            ui.spacing_mut().interact_size.y = 16.0;
            let visuals = ui.visuals_mut();
            visuals.selection.bg_fill = tokens.accent;
            visuals.widgets.inactive.bg_fill = tokens.line;
            for state in [&mut visuals.widgets.inactive, &mut visuals.widgets.hovered, &mut visuals.widgets.active] {
                state.fg_stroke = Stroke::new(2.0, tokens.accent);
            }
            // What was entered elsewhere and lies beyond the rail stays as it is.
            let slider = Slider::new(steps, range).show_value(false).trailing_fill(true);
            let slider = slider.clamping(SliderClamping::Edits);
            ui.add(slider.handle_shape(HandleShape::Circle))
        })
        .inner;
    // The handle stands out from the rail, whose color it would have otherwise.
    let radius = response.rect.height() / 2.5;
    let share = ((*steps - start) as f32 / (end - start).max(1) as f32).clamp(0.0, 1.0);
    let across = response.rect.left() + radius + share * (response.rect.width() - 2.0 * radius);
    let fill = if response.hovered() || response.has_focus() { tokens.accent_bg } else { tokens.panel };
    ui.painter().circle(pos2(across, response.rect.center().y), radius, fill, Stroke::new(2.0, tokens.accent));
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::Slider, true, format!("{name}: {said}"));
        info.value = Some(*steps as f64);
        info
    });
    response
}

/// A color and its meaning, never torn apart at the end of a line.
pub(super) fn legend_entry(ui: &mut Ui, color: Color32, width: f32, text: &str) {
    let dim = Tokens::of(ui).dim;
    let galley = ui.painter().layout_no_wrap(text.to_owned(), regular(size::BODY), dim);
    let (rect, response) = ui.allocate_exact_size(vec2(width + 5.0 + galley.size().x, 18.0), Sense::hover());
    let swatch = Rect::from_min_size(pos2(rect.left(), rect.center().y - 5.0), vec2(width, 10.0));
    ui.painter().rect_filled(swatch, CornerRadius::same(2), color);
    let at = pos2(rect.left() + width + 5.0, rect.center().y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, dim);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
}

/// Height of a line of text in a list, at least.
const LINE: f32 = 31.0;

/// A line of text with a chip at its end and a thin line below; as high as the text asks for.
pub(super) fn line(ui: &mut Ui, text: RichText, chip_at_end: Option<(&str, (Color32, Color32))>) {
    let tokens = Tokens::of(ui);
    let width = ui.available_width();
    let room = chip_at_end.map_or(0.0, |(text, _)| chip_width(ui, text) + 12.0);
    let color = tokens.text;
    let space = (width - room - 12.0).max(40.0);
    let galley = WidgetText::from(text).into_galley(ui, Some(TextWrapMode::Wrap), space, TextStyle::Body);
    let said = galley.text().to_owned();
    let (rect, response) = ui.allocate_exact_size(vec2(width, (galley.size().y + 12.0).max(LINE)), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &said));
    let middle = rect.center().y;
    ui.painter().galley(pos2(rect.left() + 6.0, middle - galley.size().y / 2.0), galley, color);
    if let Some((text, colors)) = chip_at_end {
        let place = Rect::from_min_max(pos2(rect.right() - room, rect.top()), rect.max);
        let builder = UiBuilder::new().max_rect(place).layout(Layout::right_to_left(Align::Center));
        chip(&mut ui.new_child(builder), text, colors);
    }
    ui.painter().hline(rect.x_range(), rect.bottom(), Stroke::new(1.0, tokens.grid));
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
    let wide = width > 80.0;
    if wide {
        ui.painter().text(pos2(rect.left() + 34.0, middle), Align2::LEFT_CENTER, text, font, text_color);
    }
    if let Some(badge) = badge.filter(|_| wide) {
        let galley = ui.painter().layout_no_wrap(badge.to_owned(), semibold(size::SMALL), tokens.unused.text);
        let chip = Vec2::new(galley.size().x + 12.0, 18.0);
        let chip = Rect::from_min_size(pos2(rect.right() - 10.0 - chip.x, middle - 9.0), chip);
        ui.painter().rect_filled(chip, CornerRadius::same(9), tokens.unused.chip);
        ui.painter().galley(chip.center() - galley.size() / 2.0, galley, tokens.unused.text);
    }
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, chosen, text));
    if wide { response } else { response.on_hover_text(text) }
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
    cell: impl FnMut(&mut Ui, usize),
) -> Response {
    let tokens = Tokens::of(ui);
    // A header is row 0: nothing happens on it, and the line below it is the stronger one.
    let (sense, line) = if number == 0 { (Sense::hover(), tokens.line) } else { (Sense::click(), tokens.grid) };
    row_of(ui, number, (sense, line), chosen, shares, cell)
}

/// A row on which nothing happens.
pub(super) fn still_row(ui: &mut Ui, number: usize, shares: &[Share], cell: impl FnMut(&mut Ui, usize)) -> Response {
    let line = Tokens::of(ui).grid;
    row_of(ui, number, (Sense::hover(), line), false, shares, cell)
}

fn row_of(
    ui: &mut Ui,
    number: usize,
    (sense, line): (Sense, Color32),
    chosen: bool,
    shares: &[Share],
    mut cell: impl FnMut(&mut Ui, usize),
) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), sense);
    if chosen || (response.sense.senses_click() && response.hovered()) {
        ui.painter().rect_filled(rect, 0.0, Tokens::of(ui).selection);
    }
    ui.painter().hline(rect.x_range(), rect.bottom(), Stroke::new(1.0, line));
    focus_ring(ui, &response);
    let mut left = rect.left();
    for (column, Share(share, right)) in shares.iter().enumerate() {
        // A column without a share is hidden.
        if *share <= 0.0 {
            continue;
        }
        let width = rect.width() * share;
        let space = Rect::from_min_size(pos2(left, rect.top()), vec2(width, ROW)).shrink2(vec2(8.0, 0.0)).round_ui();
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
