use eframe::egui::{
    Align, Event, Key, KeyboardShortcut, Layout, Margin, Modifiers, Popup, PopupCloseBehavior, ScrollArea, Sense, Ui,
    UiBuilder, vec2,
};

use super::accounts_table::{Marked, table};
use super::{Ask, account_detail};
use crate::gui::app::Looks;
use crate::gui::text::{accounts as say, common};
use crate::gui::theme::CARD_GAP;
use crate::gui::{icons, widgets};
use crate::session::Listing;
use crate::view::{AccountId, Chip, Column, Target};

const DETAIL: f32 = 300.0;
/// Rows a page is long.
const PAGE: usize = 20;

/// Which accounts exactly.
pub(in crate::gui) fn accounts(
    ui: &mut Ui,
    listing: &Listing,
    looks: &mut Looks,
    hidden: &mut Vec<Column>,
) -> Vec<Ask> {
    let mut asks = Vec::new();
    filters(ui, listing, looks, &mut asks);
    ui.add_space(CARD_GAP - 4.0);
    let space = ui.available_size() - vec2(0.0, 26.0);
    let wide = space.x > 1000.0;
    if wide && looks.selected.is_none() && !listing.accounts.shown.is_empty() {
        looks.selected = Some(0);
    }
    let columns: Vec<Column> = Column::ALL.into_iter().filter(|column| !hidden.contains(column)).collect();
    keys(ui, listing, looks, &columns, &mut asks);
    // In a narrow window the table has all the room until an account is chosen; in a very narrow one it gives all of it away.
    let both = space.x > DETAIL * 2.0;
    let detail = wide || looks.selected.is_some() || (both && !looks.marked.is_empty());
    let table_width = if detail && both { space.x - DETAIL - CARD_GAP } else { space.x };
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = CARD_GAP;
        if detail && !both {
            ui.vertical(|ui| {
                if widgets::link(ui, say::BACK).clicked() {
                    looks.selected = None;
                    looks.by_hand = false;
                }
                detail_card(ui, listing, looks, &columns, vec2(space.x, ui.available_height()), &mut asks);
            });
            return;
        }
        let (rect, _) = ui.allocate_exact_size(vec2(table_width, space.y), Sense::hover());
        let frame = widgets::card_frame(ui).inner_margin(Margin::symmetric(8, 6));
        let mut inside = ui.new_child(UiBuilder::new().id_salt("table").max_rect(rect));
        frame.show(&mut inside, |ui| {
            ui.set_min_size(rect.size() - vec2(18.0, 14.0));
            ui.set_max_size(rect.size() - vec2(18.0, 14.0));
            table(ui, listing, looks, &columns, &mut asks);
        });
        if detail {
            detail_card(ui, listing, looks, &columns, vec2(DETAIL, space.y), &mut asks);
        }
    });
    ui.add_space(4.0);
    ui.horizontal(|ui| {
        let marked = looks.marked.len();
        let summary = if marked > 0 { say::summary_marked(&listing.summary, marked) } else { listing.summary.clone() };
        widgets::dim(ui, summary);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            choose_columns(ui, hidden);
            ui.add_space(6.0);
            let copy = ui.ctx().format_shortcut(&KeyboardShortcut::new(Modifiers::COMMAND, Key::C)).replace('+', " ");
            widgets::dim(ui, if wide { say::keys(&copy) } else { say::FEW_KEYS.to_owned() });
        });
    });
    asks
}

/// About the account chosen, or all that are marked.
fn detail_card(
    ui: &mut Ui,
    listing: &Listing,
    looks: &mut Looks,
    columns: &[Column],
    size: eframe::egui::Vec2,
    asks: &mut Vec<Ask>,
) {
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let frame = widgets::card_frame(ui);
    let layout = Layout::top_down(Align::Min);
    let mut inside = ui.new_child(UiBuilder::new().id_salt("detail").max_rect(rect).layout(layout));
    frame.show(&mut inside, |ui| {
        ui.set_min_size(rect.size() - vec2(34.0, 30.0));
        ui.set_max_size(rect.size() - vec2(34.0, 30.0));
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            if looks.marked.is_empty() {
                account_detail::one(ui, listing, looks, asks);
            } else {
                account_detail::many(ui, listing, looks, columns, asks);
            }
        });
    });
}

/// Which columns are shown.
fn choose_columns(ui: &mut Ui, hidden: &mut Vec<Column>) {
    let response = widgets::icon_button(ui, icons::COLUMNS, say::COLUMNS);
    Popup::menu(&response).close_behavior(PopupCloseBehavior::CloseOnClickOutside).show(|ui| {
        for column in Column::ALL {
            // The account itself always stands there.
            let mut shown = !hidden.contains(&column);
            let fixed = column == Column::Account;
            let checkbox = ui.add_enabled_ui(!fixed, |ui| widgets::checkbox(ui, &mut shown, column.title())).inner;
            if checkbox.changed() {
                hidden.retain(|known| *known != column);
                if !shown {
                    hidden.push(column);
                }
            }
        }
    });
}

fn filters(ui: &mut Ui, listing: &Listing, looks: &mut Looks, asks: &mut Vec<Ask>) {
    let mut changed = false;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(6.0, 6.0);
        ui.spacing_mut().button_padding.x = 9.0;
        for chip in &listing.accounts.chips {
            // What cuts across findings is shown once something has led to it.
            let within = matches!(chip.chip, Chip::OrphanedAdmin | Chip::PaidInVain);
            if within && looks.filter.chip != chip.chip {
                continue;
            }
            if widgets::filter_chip(ui, &chip.label, looks.filter.chip == chip.chip).clicked() {
                looks.filter.chip = chip.chip;
                changed = true;
            }
        }
        let filter = &mut looks.filter;
        changed |= one_of(ui, say::APP, &listing.accounts.apps, &mut filter.app);
        if !listing.accounts.departments.is_empty() {
            changed |= one_of(ui, say::DEPARTMENT, &listing.accounts.departments, &mut filter.department);
        }
        if widgets::filter_chip(ui, say::PAID_ONLY, filter.paid_only).clicked() {
            filter.paid_only = !filter.paid_only;
            changed = true;
        }
    });
    if changed {
        asks.push(Ask::Relist);
    }
}

/// One of several, or any; true if another one was chosen.
fn one_of(ui: &mut Ui, name: &str, options: &[String], chosen: &mut Option<String>) -> bool {
    let mut labels = vec![say::ANY];
    labels.extend(options.iter().map(String::as_str));
    let shown = say::one_of(name, chosen.as_deref().unwrap_or(say::ANY));
    let Some(picked) = widgets::choice(ui, name, &shown, &labels) else { return false };
    *chosen = picked.checked_sub(1).and_then(|at| options.get(at)).cloned();
    true
}

/// Arrow keys choose, space marks, copying takes what is marked, else what is chosen.
fn keys(ui: &Ui, listing: &Listing, looks: &mut Looks, columns: &[Column], asks: &mut Vec<Ask>) {
    if ui.memory(|memory| memory.focused().is_some()) || Popup::is_any_open(ui.ctx()) {
        return;
    }
    let shown = &listing.accounts.shown;
    let last = shown.len().saturating_sub(1);
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let at = looks.selected;
    let moves: [(Key, usize); 6] = [
        (Key::ArrowDown, at.map_or(0, |row| row + 1)),
        (Key::ArrowUp, at.map_or(0, |row| row.saturating_sub(1))),
        (Key::PageDown, at.map_or(0, |row| row + PAGE)),
        (Key::PageUp, at.map_or(0, |row| row.saturating_sub(PAGE))),
        (Key::Home, 0),
        (Key::End, last),
    ];
    for (key, row) in moves {
        if pressed(key) {
            looks.selected = Some(row.min(last));
            looks.by_hand = true;
            looks.reveal = true;
        }
    }
    let chosen = looks.selected.and_then(|row| shown.get(row)).copied();
    if pressed(Key::Space)
        && let Some(id) = chosen
    {
        looks.marked.toggle(id);
    }
    if ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::A)) {
        looks.marked = Marked::all(shown);
    }
    if pressed(Key::Escape) {
        if looks.marked.is_empty() {
            looks.selected = None;
            looks.by_hand = false;
        }
        looks.marked.clear();
    }
    if pressed(Key::Slash) {
        asks.push(Ask::Search);
    }
    if looks.marked.is_empty() && pressed(Key::K) {
        looks.acting.keep();
    }
    let copy = ui.input(|input| input.events.iter().any(|event| matches!(event, Event::Copy)));
    if copy {
        let wanted: Vec<AccountId> =
            if looks.marked.is_empty() { chosen.into_iter().collect() } else { looks.marked.in_order(shown) };
        if !wanted.is_empty() {
            asks.push(Ask::CopyAccounts(wanted, columns.to_vec()));
        }
    }
}

/// Nothing fits the filters, or nothing is there.
pub(super) fn nothing(ui: &mut Ui, any: bool, asks: &mut Vec<Ask>) {
    if any {
        widgets::empty(ui, icons::SEARCH, say::NONE_FITS, say::NONE_FITS_WHY, None);
    } else if widgets::empty(ui, icons::USERS, say::NO_ACCOUNTS, say::NO_ACCOUNTS_WHY, Some(common::IMPORT_FILES)) {
        asks.push(Ask::Go(Target::Imports));
    }
}
