use std::sync::Arc;

use eframe::egui::{
    Align2, Area, Context, Frame, Id, Key, Margin, Modifiers, Order, Response, RichText, Role, ScrollArea, Sense,
    Stroke, Ui, WidgetInfo, pos2, vec2,
};

use super::action::Action;
use super::text::{common, palette as say};
use super::theme::{Tokens, medium, regular, size};
use super::{icons, widgets};
use crate::view::{Found, HitKind, Target};

/// What was chosen.
#[derive(Clone, Debug)]
pub(super) enum Picked {
    /// Something to do.
    Action(Action),
    /// Somewhere to go.
    Target(Target),
    /// Nothing; it is to be closed.
    Nothing,
}

/// Everything by its name: what can be done, apps, people, accounts.
#[derive(Debug, Default)]
pub(super) struct Palette {
    text: String,
    /// What was found, and for which text.
    found: Option<(String, Arc<Found>)>,
    /// What was looked for last.
    pub(super) asked: String,
    chosen: usize,
}

struct Entry {
    icon: &'static str,
    name: String,
    detail: String,
    picked: Picked,
}

const WIDTH: f32 = 600.0;
const ENTRY: f32 = 34.0;
/// Entries seen at once.
const SEEN: f32 = 11.0;

impl Palette {
    /// Takes in what was found.
    pub(super) fn take(&mut self, text: String, found: Arc<Found>) {
        self.found = Some((text, found));
    }

    /// What is to be looked for now, if that is something else than before.
    pub(super) fn wants(&mut self) -> Option<String> {
        let text = self.text.trim().to_owned();
        if text == self.asked {
            return None;
        }
        self.asked.clone_from(&text);
        Some(text)
    }

    fn entries(&self) -> Vec<Entry> {
        let text = self.text.trim().to_lowercase();
        let fits = |action: &Action| {
            let title = action.title().to_lowercase();
            text.split_whitespace().all(|word| title.contains(word))
        };
        let actions = Action::all().filter(fits).map(|action| Entry {
            icon: action.icon(),
            name: action.title(),
            detail: String::new(),
            picked: Picked::Action(action),
        });
        let hits = self.found.iter().filter(|_| !text.is_empty()).flat_map(|(_, found)| &found.hits);
        let hits = hits.map(|hit| Entry {
            icon: match hit.kind {
                HitKind::App => icons::APP,
                HitKind::Person => icons::PERSON,
                HitKind::Account => icons::USERS,
            },
            name: hit.name.clone(),
            detail: format!("{} · {}", hit.kind.title(), hit.detail),
            picked: Picked::Target(hit.target.clone()),
        });
        // Whoever types a word looks for something rather than for a command.
        if text.is_empty() { actions.collect() } else { hits.chain(actions).collect() }
    }

    /// Draws it over everything else.
    pub(super) fn show(&mut self, ctx: &Context) -> Option<Picked> {
        let tokens = Tokens::of_context(ctx);
        let screen = ctx.content_rect();
        let entries = self.entries();
        let pressed = |key| ctx.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        let mut picked = None;
        if pressed(Key::Escape) {
            picked = Some(Picked::Nothing);
        }
        let moved = (pressed(Key::ArrowDown), pressed(Key::ArrowUp));
        match moved {
            (true, _) => self.chosen = (self.chosen + 1).min(entries.len().saturating_sub(1)),
            (_, true) => self.chosen = self.chosen.saturating_sub(1),
            _ => {}
        }
        self.chosen = self.chosen.min(entries.len().saturating_sub(1));
        if pressed(Key::Enter)
            && let Some(entry) = entries.get(self.chosen)
        {
            picked = Some(entry.picked.clone());
        }
        // What is beside it closes it.
        let behind = Area::new(Id::unique("behind the palette")).order(Order::Foreground).fixed_pos(screen.min);
        let beside = behind.show(ctx, |ui| {
            ui.painter().rect_filled(screen, 0.0, tokens.veil);
            ui.allocate_rect(screen, Sense::click())
        });
        if beside.inner.clicked() {
            picked = Some(Picked::Nothing);
        }
        let width = WIDTH.min(screen.width() - 40.0);
        let area =
            Area::new(Id::unique("palette")).order(Order::Foreground).anchor(Align2::CENTER_TOP, vec2(0.0, 84.0));
        let shown = area.show(ctx, |ui| {
            let frame = Frame::new()
                .fill(tokens.panel)
                .stroke(Stroke::new(1.0, tokens.line))
                .corner_radius(8.0)
                .inner_margin(Margin::same(8));
            frame.show(ui, |ui| {
                ui.set_width(width);
                self.list(ui, &entries, moved.0 || moved.1).map(|entry| entry.picked.clone())
            })
        });
        shown.inner.inner.or(picked)
    }

    fn list<'e>(&mut self, ui: &mut Ui, entries: &'e [Entry], moved: bool) -> Option<&'e Entry> {
        let tokens = Tokens::of(ui);
        let hint = RichText::new(say::HINT).color(tokens.dim);
        let field = widgets::field(&mut self.text).hint_text(hint).margin(Margin::symmetric(10, 8));
        let response = ui.add(field.desired_width(f32::INFINITY));
        response.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, common::FIND_ANYTHING));
        response.request_focus();
        if response.changed() {
            self.chosen = 0;
        }
        ui.add_space(6.0);
        if entries.is_empty() {
            ui.label(RichText::new(say::NOTHING).color(tokens.dim));
        }
        let mut picked = None;
        ui.spacing_mut().item_spacing.y = 0.0;
        ScrollArea::vertical().max_height(ENTRY * SEEN).show(ui, |ui| {
            for (number, entry) in entries.iter().enumerate() {
                let chosen = number == self.chosen;
                let response = row(ui, entry, chosen);
                if chosen && moved {
                    response.scroll_to_me(None);
                }
                if response.clicked() {
                    picked = Some(entry);
                }
            }
        });
        picked
    }
}

fn row(ui: &mut Ui, entry: &Entry, chosen: bool) -> Response {
    let tokens = Tokens::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ENTRY), Sense::click());
    if chosen || response.hovered() {
        ui.painter().rect_filled(rect, 6.0, if chosen { tokens.selection } else { tokens.grid });
    }
    let middle = rect.center().y;
    let put = |x: f32, align, text: &str, font, color| ui.painter().text(pos2(x, middle), align, text, font, color);
    put(rect.left() + 10.0, Align2::LEFT_CENTER, entry.icon, regular(16.0), tokens.dim);
    // The name gives way to what stands at the right.
    let keys = match &entry.picked {
        Picked::Action(action) => action.keys(ui.ctx()),
        _ => None,
    };
    let right = keys.as_deref().unwrap_or(&entry.detail);
    let detail = put(rect.right() - 10.0, Align2::RIGHT_CENTER, right, regular(size::SMALL), tokens.dim);
    let room = (detail.left() - rect.left() - 48.0).max(40.0);
    let name = RichText::new(&entry.name).font(medium(size::BODY)).color(tokens.text);
    let name = eframe::egui::WidgetText::from(name).into_galley(
        ui,
        Some(eframe::egui::TextWrapMode::Truncate),
        room,
        eframe::egui::TextStyle::Body,
    );
    ui.painter().galley(pos2(rect.left() + 38.0, middle - name.size().y / 2.0), name, tokens.text);
    response
        .widget_info(|| WidgetInfo::selected(Role::Button, true, chosen, format!("{} {}", entry.name, entry.detail)));
    response
}
