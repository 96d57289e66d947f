use std::collections::BTreeSet;
use std::sync::Arc;

use eframe::egui::{
    Align, Button, Color32, CornerRadius, Frame, Key, Label, Layout, Margin, Modifiers, RichText, Role, ScrollArea,
    Sense, Stroke, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};

use super::Ask;
use crate::gui::action::Action;
use crate::gui::kept::Kept;
use crate::gui::text::{common, review as say};
use crate::gui::theme::{CARD_GAP, CARD_RADIUS, GAP, Tokens, bold, semibold, size};
use crate::gui::{icons, widgets};
use crate::session::Snapshot;
use crate::view::{AccountId, AliasProposal, CandidateCard, ReviewCase, ReviewItem, Target, Tone};
use crate::workspace::{AccountKey, Verdict};

/// Width of the queue in a wide window.
const QUEUE: f32 = 300.0;
/// Height of an entry of the queue.
const ENTRY: f32 = 46.0;
/// A screen lower than this has no room for all at once.
const LOW: f32 = 720.0;
/// Room a whole address needs in the queue.
const ROOM_FOR_ADDRESS: f32 = 230.0;
/// Width of the labels in front of values.
const LABEL: f32 = 116.0;

/// Where somebody is in the queue.
#[derive(Debug, Default)]
pub(in crate::gui) struct Reviewing {
    /// The place in the queue.
    at: usize,
    /// The candidate chosen.
    candidate: usize,
    /// Accounts decided on since the queue was made; the next one will be without them.
    settled: BTreeSet<AccountKey>,
    /// Places of what is left, by how many have been decided on.
    queue: Kept<usize, Vec<usize>>,
    /// The question under way.
    case: Kept<AccountId, ReviewCase>,
    /// The former domain whose accounts are shown.
    preview: Option<String>,
}

impl Reviewing {
    /// A new queue has come.
    pub(in crate::gui) fn renew(&mut self) {
        self.settled.clear();
        self.candidate = 0;
    }
}

/// Who owns which account, one question at a time.
pub(in crate::gui) fn review(ui: &mut Ui, snapshot: &Arc<Snapshot>, looks: &mut Reviewing) -> Vec<Ask> {
    let mut asks = Vec::new();
    let key = |item: &ReviewItem| snapshot.analysis.roster.key(item.id);
    let settled = &looks.settled;
    let waiting = looks.queue.get(snapshot, &settled.len(), || {
        let items = snapshot.review.items.iter().enumerate();
        items.filter(|(_, item)| !settled.contains(&key(item))).map(|(place, _)| place).collect()
    });
    let queue: Vec<&ReviewItem> = waiting.iter().filter_map(|place| snapshot.review.items.get(*place)).collect();
    if snapshot.analysis.findings.is_empty() {
        if widgets::empty(ui, icons::CHECK, say::NOT_YET, say::NOT_YET_WHY, Some(common::IMPORT_FILES)) {
            asks.push(Ask::Go(Target::Imports));
        }
        return asks;
    }
    if queue.is_empty() {
        nothing(ui, &mut asks);
        return asks;
    }
    looks.at = looks.at.min(queue.len() - 1);
    let Some(item) = queue.get(looks.at).copied() else { return asks };
    let case = looks.case.get(snapshot, &item.id, || ReviewCase::new(&snapshot.analysis, item.id));
    looks.candidate = looks.candidate.min(case.candidates.len().saturating_sub(1));
    let space = ui.available_size();
    let width = if space.x > 1000.0 { QUEUE } else { QUEUE * 0.74 };
    let mut verdict = keys(ui, &case, looks, queue.len());
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = CARD_GAP;
        let (rect, _) = ui.allocate_exact_size(vec2(width, space.y), Sense::hover());
        let down = Layout::top_down(Align::Min);
        let mut inside = ui.new_child(UiBuilder::new().id_salt("queue").max_rect(rect).layout(down));
        widgets::card_frame(&inside).inner_margin(Margin::same(8)).show(&mut inside, |ui| {
            ui.set_min_size(rect.size() - vec2(18.0, 18.0));
            ui.set_max_size(rect.size() - vec2(18.0, 18.0));
            list(ui, &queue, looks);
        });
        let (rect, _) = ui.allocate_exact_size(vec2(space.x - width - CARD_GAP, space.y), Sense::hover());
        let mut inside = ui.new_child(UiBuilder::new().id_salt("case").max_rect(rect).layout(down));
        // In a low window the buttons stay in sight below what is scrolled.
        let pinned = space.y < LOW;
        let buttons = match rect.width() {
            width if width < 500.0 => 124.0,
            width if width < 780.0 => 84.0,
            _ => 46.0,
        };
        let height = if pinned { space.y - buttons } else { space.y };
        ScrollArea::vertical().auto_shrink(false).max_height(height).show(&mut inside, |ui| {
            ui.spacing_mut().item_spacing.y = CARD_GAP;
            // The domain in question first.
            let here = |alias: &&AliasProposal| item.account.ends_with(&format!("@{}", alias.domain));
            let aliases = &snapshot.review.aliases;
            let others = aliases.iter().filter(|alias| !here(alias));
            let mut offers = aliases.iter().filter(here).chain(others).take(MOST_RULES);
            // In a low window what settles many at once must not lie out of sight.
            if pinned && let Some(alias) = offers.next() {
                proposal(ui, snapshot, alias, looks, &mut asks);
            }
            account(ui, &case);
            candidates(ui, &case, looks);
            if !pinned {
                verdict = decisions(ui, &case, looks, &mut asks).or(verdict.take());
            }
            for alias in offers {
                proposal(ui, snapshot, alias, looks, &mut asks);
            }
        });
        if pinned {
            inside.add_space(GAP);
            verdict = decisions(&mut inside, &case, looks, &mut asks).or(verdict.take());
        }
    });
    if let Some(verdict) = verdict {
        looks.settled.insert(key(item));
        looks.candidate = 0;
        asks.push(Ask::Settle(Box::new(snapshot.analysis.decide(item.id, Some(verdict)))));
    }
    asks
}

fn nothing(ui: &mut Ui, asks: &mut Vec<Ask>) {
    ui.add_space(80.0);
    ui.vertical_centered(|ui| {
        ui.label(RichText::new(icons::CHECK).size(32.0).color(Tokens::of(ui).accent));
        ui.label(RichText::new(say::NOTHING_LEFT).font(bold(size::PAGE)));
        widgets::dim(ui, say::NOTHING_LEFT_WHY);
        ui.add_space(GAP);
        if widgets::button(ui, say::UNDO_LAST).clicked() {
            asks.push(Ask::Undo);
        }
    });
}

/// One key for each decision.
fn keys(ui: &Ui, case: &ReviewCase, looks: &mut Reviewing, left: usize) -> Option<Verdict> {
    if ui.memory(|memory| memory.focused().is_some()) {
        return None;
    }
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    if pressed(Key::ArrowRight) || pressed(Key::ArrowDown) {
        step(looks, (looks.at + 1).min(left - 1));
    }
    if pressed(Key::ArrowLeft) || pressed(Key::ArrowUp) {
        step(looks, looks.at.saturating_sub(1));
    }
    const DIGITS: [Key; 9] =
        [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8, Key::Num9];
    for (digit, candidate) in DIGITS.into_iter().zip(&case.candidates) {
        if pressed(digit) {
            return Some(owner(candidate));
        }
    }
    if pressed(Key::Enter) {
        return case.candidates.get(looks.candidate).map(owner);
    }
    if pressed(Key::O) {
        return Some(Verdict::Nobody);
    }
    if pressed(Key::S) {
        return Some(Verdict::Service { owner: String::new() });
    }
    pressed(Key::X).then_some(Verdict::External)
}

fn step(looks: &mut Reviewing, at: usize) {
    looks.at = at;
    looks.candidate = 0;
}

fn owner(candidate: &CandidateCard) -> Verdict {
    Verdict::Owner { person: candidate.person.clone() }
}

fn list(ui: &mut Ui, queue: &[&ReviewItem], looks: &mut Reviewing) {
    let tokens = Tokens::of(ui);
    ui.spacing_mut().item_spacing.y = 0.0;
    ScrollArea::vertical().auto_shrink(false).show_rows(ui, ENTRY, queue.len(), |ui, rows| {
        for number in rows {
            let Some(item) = queue.get(number) else { continue };
            let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ENTRY), Sense::click());
            if number == looks.at {
                ui.painter().rect_filled(rect, CornerRadius::same(4), tokens.accent_bg);
            } else if response.hovered() {
                ui.painter().rect_filled(rect, CornerRadius::same(4), tokens.selection);
            }
            ui.painter().hline(rect.x_range(), rect.bottom(), Stroke::new(1.0, tokens.grid));
            widgets::focus_ring(ui, &response);
            let inner = rect.shrink2(vec2(8.0, 5.0));
            let mut right = ui.new_child(UiBuilder::new().max_rect(inner).layout(Layout::right_to_left(Align::Center)));
            let said = if item.contradicted { icons::WARNING.to_owned() } else { item.confidence.clone() };
            right.label(RichText::new(said).color(tokens.dim));
            let mut left = inner;
            left.max.x = right.min_rect().left() - 8.0;
            let mut left = ui.new_child(UiBuilder::new().max_rect(left).layout(Layout::top_down(Align::Min)));
            left.spacing_mut().item_spacing.y = 1.0;
            // Where the address has no room, its domain goes to the second line.
            let (name, app) = match item.account.split_once('@') {
                Some((local, domain)) if inner.width() < ROOM_FOR_ADDRESS => {
                    (local, format!("{} · {domain}", item.app))
                }
                _ => (item.account.as_str(), item.app.clone()),
            };
            left.add(Label::new(RichText::new(name).font(semibold(size::BODY))).truncate());
            left.add(Label::new(RichText::new(app).color(tokens.dim)).truncate());
            let name = say::account(&item.account, &item.app, &item.confidence);
            response.widget_info(|| WidgetInfo::selected(Role::Button, true, number == looks.at, name.clone()));
            if response.clicked() {
                step(looks, number);
            }
        }
    });
}

fn rows(ui: &mut Ui, rows: &[(&'static str, String)]) {
    let tokens = Tokens::of(ui);
    ui.spacing_mut().item_spacing.y = 0.0;
    for (label, value) in rows {
        ui.horizontal_top(|ui| {
            ui.set_min_height(27.0);
            ui.add_space(8.0);
            let left = ui.cursor().left();
            ui.vertical(|ui| {
                ui.add_space(6.0);
                ui.label(RichText::new(*label).color(tokens.dim));
            });
            ui.add_space((left + LABEL - ui.cursor().left()).max(8.0));
            ui.vertical(|ui| {
                ui.add_space(6.0);
                ui.add(Label::new(value).wrap());
                ui.add_space(5.0);
            });
        });
        let line = ui.max_rect().x_range();
        let bottom = ui.cursor().top();
        ui.painter().hline(line, bottom, Stroke::new(1.0, tokens.grid));
    }
}

fn account(ui: &mut Ui, case: &ReviewCase) {
    widgets::card(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 4.0;
        widgets::dim(ui, case.title.clone());
        rows(ui, &case.rows);
        if let Some(contradiction) = &case.contradiction {
            ui.add_space(GAP);
            let colors = Tokens::of(ui).tone(Tone::Risk);
            widgets::chip(ui, &say::decided_earlier(contradiction), colors);
        }
    });
}

/// Candidates side by side, two in a row.
fn candidates(ui: &mut Ui, case: &ReviewCase, looks: &mut Reviewing) {
    let wide = ui.available_width() > 560.0;
    let columns = if wide && case.candidates.len() > 1 { 2 } else { 1 };
    for (row, pair) in case.candidates.chunks(columns).enumerate() {
        ui.columns(columns, |uis| {
            for (column, (ui, candidate)) in uis.iter_mut().zip(pair).enumerate() {
                let number = row * columns + column;
                if card(ui, candidate, number, number == looks.candidate) {
                    looks.candidate = number;
                }
            }
        });
    }
    if let Some(otherwise) = case.otherwise {
        widgets::dim(ui, otherwise);
    }
}

/// Draws a candidate; true when it is clicked.
fn card(ui: &mut Ui, candidate: &CandidateCard, number: usize, chosen: bool) -> bool {
    let tokens = Tokens::of(ui);
    let stroke = if chosen { Stroke::new(1.0, tokens.accent) } else { Stroke::new(1.0, tokens.line) };
    let shown = widgets::card_frame(ui).stroke(stroke).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.horizontal(|ui| {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if number < 9 {
                    key_cap(ui, &(number + 1).to_string(), false);
                }
                ui.label(RichText::new(&candidate.confidence).font(semibold(size::CARD)));
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    ui.add(Label::new(RichText::new(&candidate.name).font(semibold(size::CARD))).truncate());
                });
            });
        });
        ui.add_space(4.0);
        rows(ui, &candidate.rows);
        ui.add_space(GAP);
        ui.spacing_mut().interact_size.y = 18.0;
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(5.0, 5.0);
            for (said, tone) in &candidate.evidence {
                evidence(ui, said, *tone);
            }
        });
    });
    let response = ui.interact(shown.response.rect, ui.scope_id().with(("candidate", number)), Sense::click());
    let name = format!("{}, {}", candidate.name, candidate.confidence);
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, chosen, name.clone()));
    widgets::focus_ring(ui, &response);
    response.clicked()
}

/// A chip that breaks where it is too long for its card.
fn evidence(ui: &mut Ui, said: &str, tone: Tone) {
    let (color, fill) = Tokens::of(ui).tone(tone);
    let most = ui.max_rect().width() - 18.0;
    let galley = ui.painter().layout(said.to_owned(), semibold(size::SMALL), color, most);
    let (rect, response) = ui.allocate_exact_size(galley.size() + vec2(16.0, 5.0), Sense::hover());
    ui.painter().rect_filled(rect, CornerRadius::same(10), fill);
    ui.painter().galley(rect.center() - galley.size() / 2.0, galley, color);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, said));
}

/// The name of a key, as it stands on a keyboard.
fn key_cap(ui: &mut Ui, key: &str, on_accent: bool) {
    let tokens = Tokens::of(ui);
    let color = if on_accent { tokens.on_accent } else { tokens.dim };
    let galley = ui.painter().layout_no_wrap(key.to_owned(), semibold(size::SMALL), color);
    let (rect, _) = ui.allocate_exact_size(vec2(galley.size().x + 10.0, 18.0), Sense::hover());
    let stroke = Stroke::new(1.0, if on_accent { tokens.on_accent } else { tokens.line });
    ui.painter().rect_stroke(rect, CornerRadius::same(4), stroke, eframe::egui::StrokeKind::Inside);
    ui.painter().galley(rect.center() - galley.size() / 2.0, galley, color);
}

/// A button with its key; true when it is pressed.
fn key_button(ui: &mut Ui, text: &str, key: &str, primary: bool) -> bool {
    let tokens = Tokens::of(ui);
    let (fill, stroke, color) = match primary {
        true => (tokens.accent, tokens.accent, tokens.on_accent),
        false => (tokens.panel, tokens.line, tokens.text),
    };
    let font = semibold(size::BODY);
    let label = ui.painter().layout_no_wrap(text.to_owned(), font, color);
    let space = vec2(key_button_width(ui, text, key), 32.0);
    let response = ui.add_sized(space, Button::new("").fill(fill).stroke(Stroke::new(1.0, stroke)));
    let mut inside = ui.new_child(
        UiBuilder::new().max_rect(response.rect.shrink2(vec2(12.0, 0.0))).layout(Layout::left_to_right(Align::Center)),
    );
    inside.painter().galley(
        pos2(response.rect.left() + 12.0, response.rect.center().y - label.size().y / 2.0),
        label.clone(),
        color,
    );
    inside.add_space(label.size().x + 8.0);
    key_cap(&mut inside, key, primary);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, text));
    widgets::focus_ring(ui, &response);
    response.clicked()
}

fn key_button_width(ui: &Ui, text: &str, key: &str) -> f32 {
    let width = |text: &str, font| ui.painter().layout_no_wrap(text.to_owned(), font, Color32::PLACEHOLDER).size().x;
    width(text, semibold(size::BODY)) + width(key, semibold(size::SMALL)) + 42.0
}

fn decisions(ui: &mut Ui, case: &ReviewCase, looks: &mut Reviewing, asks: &mut Vec<Ask>) -> Option<Verdict> {
    let mut verdict = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(GAP, GAP);
        if let Some(candidate) = case.candidates.get(looks.candidate)
            && key_button(ui, say::SAME_PERSON, say::SAME_PERSON_KEY, true)
        {
            verdict = Some(owner(candidate));
        }
        if key_button(ui, say::NOBODY, say::NOBODY_KEY, false) {
            verdict = Some(Verdict::Nobody);
        }
        if key_button(ui, common::SERVICE_ACCOUNT, say::SERVICE_ACCOUNT_KEY, false) {
            verdict = Some(Verdict::Service { owner: String::new() });
        }
        if key_button(ui, say::EXTERNAL, say::EXTERNAL_KEY, false) {
            verdict = Some(Verdict::External);
        }
        if key_button(ui, say::LATER, say::LATER_KEY, false) {
            step(looks, looks.at + 1);
        }
        // What takes back stands apart from what decides, where there is room.
        let undo_key = Action::Undo.keys(ui.ctx()).unwrap_or_default();
        let undo = key_button_width(ui, common::UNDO, &undo_key);
        let room = ui.max_rect().right() - ui.cursor().left();
        if room > undo {
            ui.add_space(room - undo);
        }
        if key_button(ui, common::UNDO, &undo_key, false) {
            asks.push(Ask::Undo);
        }
    });
    verdict
}

/// Many accounts settled at once by declaring a former domain.
fn proposal(ui: &mut Ui, snapshot: &Snapshot, alias: &AliasProposal, looks: &mut Reviewing, asks: &mut Vec<Ask>) {
    let tokens = Tokens::of(ui);
    let (_, fill) = tokens.tone(Tone::Notice);
    let frame =
        Frame::new().fill(fill).corner_radius(CornerRadius::same(CARD_RADIUS)).inner_margin(Margin::symmetric(16, 12));
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal(|ui| {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if widgets::primary_button(ui, say::ADD_ALIAS).clicked() {
                    looks.settled.extend(alias.settles.iter().map(|(id, ..)| snapshot.analysis.roster.key(*id)));
                    looks.preview = None;
                    asks.push(Ask::Settle(Box::new(snapshot.analysis.declare(&alias.domain, &alias.owned))));
                }
                let open = looks.preview.as_deref() == Some(alias.domain.as_str());
                if widgets::button(ui, if open { say::HIDE } else { say::PREVIEW }).clicked() {
                    looks.preview = (!open).then(|| alias.domain.clone());
                }
                ui.add_space(GAP);
                ui.with_layout(Layout::top_down(Align::Min), |ui| {
                    ui.spacing_mut().item_spacing.y = 2.0;
                    let said = say::differ_by_domain(alias.settles.len(), &alias.domain);
                    ui.label(RichText::new(said).font(semibold(size::BODY)));
                    ui.label(RichText::new(say::treat_as_former(&alias.owned)).color(tokens.dim));
                });
            });
        });
        if looks.preview.as_deref() == Some(alias.domain.as_str()) {
            ui.add_space(6.0);
            for (_, account, app, person) in alias.settles.iter().take(MOST_SHOWN) {
                ui.horizontal(|ui| {
                    ui.label(account);
                    ui.label(RichText::new(say::would_be(app, person)).color(tokens.dim));
                });
            }
            if alias.settles.len() > MOST_SHOWN {
                widgets::dim(ui, common::and_more(alias.settles.len() - MOST_SHOWN));
            }
        }
    });
}

/// Former domains that are proposed at once.
const MOST_RULES: usize = 3;

/// Accounts a preview lists one by one.
const MOST_SHOWN: usize = 12;
