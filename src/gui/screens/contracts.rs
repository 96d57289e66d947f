use std::sync::Arc;

use eframe::egui::{
    Align, CollapsingHeader, CursorIcon, Label, Layout, RichText, Role, ScrollArea, Ui, WidgetInfo, vec2,
};

use super::Ask;
use crate::gui::text::{common, contracts as say};
use crate::gui::theme::{BELOW_PAGE, CARD_GAP, GAP, Tokens, medium, semibold, size};
use crate::gui::widgets::{self, Share};
use crate::gui::{calendar, chart_card, seats_chart};
use crate::gui::{icons, kept::Kept};
use crate::model::{AppName, PriceUnit};
use crate::session::Snapshot;
use crate::view::terms::{CYCLES, Term, UNITS};
use crate::view::{ChartTable, ContractRow, Filter, PlanChoice, PlanChoices, Target, Tone, format};
use crate::workspace::Change;

/// What is looked at on the screen.
#[derive(Debug, Default)]
pub(in crate::gui) struct Contracting {
    /// The app whose plans and terms are shown; otherwise the one that is due first.
    pub(in crate::gui) chosen: Option<AppName>,
    plans: Kept<AppName, PlanChoices>,
}

const SHARES: [Share; 10] = [
    Share(0.11, false),
    Share(0.12, false),
    Share(0.09, true),
    Share(0.11, true),
    Share(0.11, false),
    Share(0.11, false),
    Share(0.06, true),
    Share(0.08, true),
    Share(0.09, true),
    Share(0.12, false),
];
/// The same where there is little room: what is told below as well is left out.
const NARROW: [Share; 10] = [
    Share(0.13, false),
    Share(0.14, false),
    Share(0.085, true),
    Share(0.11, true),
    Share(0.0, false),
    Share(0.145, false),
    Share(0.0, true),
    Share(0.075, true),
    Share(0.11, true),
    Share(0.205, false),
];
/// From this width on, cards stand side by side.
const WIDE: f32 = 820.0;
/// Width of the name of a term.
const TERM: f32 = 128.0;

/// What is paid for each app, when it can be less, and what other plans bring.
pub(in crate::gui) fn contracts(ui: &mut Ui, snapshot: &Arc<Snapshot>, looks: &mut Contracting) -> Vec<Ask> {
    let mut asks = Vec::new();
    let rows = &snapshot.contracts.rows;
    let chosen = looks.chosen.as_ref().and_then(|chosen| rows.iter().find(|row| row.app.key() == chosen.key()));
    // Otherwise what is due first is looked at.
    let due = snapshot.contracts.renewals.iter().find(|renewal| renewal.seats > 0);
    let due = due.and_then(|due| rows.iter().find(|row| row.app.as_str() == due.app));
    let Some(chosen) = chosen.or(due).or_else(|| rows.first()) else {
        if widgets::empty(ui, icons::RECEIPT, common::NO_APPS, say::NO_APPS_WHY, Some(common::IMPORT_FILES)) {
            asks.push(Ask::Go(Target::Imports));
        }
        return asks;
    };
    let plans = looks.plans.get(snapshot, &chosen.app, || PlanChoices::new(&snapshot.analysis, &chosen.app));
    let mut choose = None;
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing = vec2(CARD_GAP, CARD_GAP);
        table(ui, snapshot, chosen, &mut choose, &mut asks);
        renewals(ui, snapshot, &mut choose);
        if ui.available_width() < WIDE {
            plan_card(ui, snapshot, chosen, &plans, &mut asks);
            terms_card(ui, snapshot, chosen, &mut asks);
            facts_card(ui, &plans);
            seats_card(ui, snapshot, &mut asks);
        } else {
            ui.columns(2, |columns| {
                if let [left, right] = columns {
                    // Columns would justify text.
                    left.with_layout(Layout::top_down(Align::Min), |ui| {
                        plan_card(ui, snapshot, chosen, &plans, &mut asks);
                        terms_card(ui, snapshot, chosen, &mut asks);
                    });
                    right.with_layout(Layout::top_down(Align::Min), |ui| {
                        facts_card(ui, &plans);
                        seats_card(ui, snapshot, &mut asks);
                    });
                }
            });
        }
        ui.add_space(BELOW_PAGE);
    });
    if let Some(app) = choose {
        looks.chosen = Some(app);
    }
    asks
}

fn enter(snapshot: &Snapshot, row: &ContractRow, term: Term, text: &str, asks: &mut Vec<Ask>) {
    match term.enter(text, &row.contract, row.currency) {
        Ok(contract) if contract != row.contract => {
            asks.push(Ask::Settle(Box::new(snapshot.analysis.agree(&row.app, Some(contract)))));
        }
        Ok(_) => {}
        Err(fault) => asks.push(Ask::Tell(say::fault(term.label(), &row.app, &fault))),
    }
}

fn settle(change: Option<Change>, asks: &mut Vec<Ask>) {
    asks.extend(change.map(|change| Ask::Settle(Box::new(change))));
}

fn table(ui: &mut Ui, snapshot: &Snapshot, chosen: &ContractRow, choose: &mut Option<AppName>, asks: &mut Vec<Ask>) {
    widgets::card(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 0.0;
        let dim = Tokens::of(ui).dim;
        let narrow = ui.available_width() < WIDE;
        let (shares, headers) = if narrow { (&NARROW, say::NARROW_HEADERS) } else { (&SHARES, say::HEADERS) };
        widgets::table_row(ui, 0, shares, false, |ui, column| {
            ui.add(Label::new(RichText::new(headers[column]).color(dim)).truncate());
        });
        for (number, row) in (1..).zip(&snapshot.contracts.rows) {
            let is_chosen = row.app == chosen.app;
            let response = widgets::table_row(ui, number, shares, is_chosen, |ui, column| {
                cell(ui, snapshot, row, column, asks);
            });
            let saves = row.saves.as_ref().map_or_else(Clone::clone, |saves| say::saves(format::money(*saves)));
            let name = say::contract_of(&row.app, &saves);
            response.widget_info(|| WidgetInfo::selected(Role::Button, true, is_chosen, &name));
            if response.on_hover_cursor(CursorIcon::PointingHand).clicked() {
                *choose = Some(row.app.clone());
            }
        }
    });
}

fn cell(ui: &mut Ui, snapshot: &Snapshot, row: &ContractRow, column: usize, asks: &mut Vec<Ask>) {
    let tokens = Tokens::of(ui);
    let app = &row.app;
    let label = |ui: &mut Ui, text: RichText| ui.add(Label::new(text).truncate());
    match column {
        0 => {
            label(ui, RichText::new(app.as_str()).font(semibold(size::BODY)));
        }
        1 => {
            let mut options: Vec<&str> = row.plans.iter().map(String::as_str).collect();
            if row.plan != "—" && !options.contains(&row.plan.as_str()) {
                options.push(&row.plan);
            }
            if options.is_empty() {
                label(ui, RichText::new(&row.plan).color(tokens.dim));
            } else if let Some(plan) = widgets::plain_choice(ui, &say::plan_of(app), &row.plan, &options) {
                let mut contract = row.contract.clone();
                contract.plan = options.get(plan).map(|plan| (*plan).to_owned()).unwrap_or_default();
                asks.push(Ask::Settle(Box::new(snapshot.analysis.agree(app, Some(contract)))));
            }
        }
        2 => {
            let shown = row.seats.map_or_else(String::new, |seats| seats.to_string());
            let (bought, assigned, used) = row.usage;
            let name = say::seats_of(app);
            let (value, entered) = widgets::editable_as(ui, &name, &shown, &shown, say::ENTER);
            if let Some(text) = entered {
                enter(snapshot, row, Term::Seats, &text, asks);
            }
            if let Some(value) = value {
                value.on_hover_text(say::usage(bought, assigned, used));
            }
            if row.over > 0 {
                widgets::sign(ui, icons::WARNING, tokens.risk.text, &say::over(row.over));
            }
        }
        3 => {
            if let Some(listed) = row.listed {
                widgets::sign(ui, icons::INFO, tokens.dim, listed);
            }
            // What is shown is what a seat comes to; what is entered is what was agreed.
            let typed = Term::Price.shown(&row.contract);
            let (value, entered) = widgets::editable_as(ui, &say::price_of(app), &row.price, &typed, say::ENTER);
            if let Some(text) = entered {
                enter(snapshot, row, Term::Price, &text, asks);
            }
            if let Some(value) = value {
                value.on_hover_text(&row.price_why);
            }
        }
        4 => {
            label(ui, RichText::new(&row.billing));
        }
        5 => {
            let shown = row.renewal.map_or_else(String::new, format::date);
            if let Some(text) = widgets::editable(ui, &say::renewal_of(app), &shown, say::ENTER) {
                enter(snapshot, row, Term::Renewal, &text, asks);
            }
        }
        6 => {
            label(ui, RichText::new(&row.within).color(tokens.dim)).on_hover_text(&row.within_why);
        }
        7 => {
            let text = row.droppable.map_or_else(|| "—".to_owned(), format::count);
            label(ui, RichText::new(text)).on_hover_text(&row.saves_why);
        }
        8 => {
            let text = row.saves.as_ref().map_or_else(|_| "—".to_owned(), |saves| format::money(*saves));
            label(ui, RichText::new(text).font(semibold(size::BODY))).on_hover_text(&row.saves_why);
        }
        _ => {
            let (text, tone) = &row.provisioning;
            widgets::chip(ui, text, tokens.tone(*tone));
        }
    }
}

fn renewals(ui: &mut Ui, snapshot: &Snapshot, choose: &mut Option<AppName>) {
    widgets::card(ui, |ui| {
        ui.set_width(ui.available_width());
        let contracts = &snapshot.contracts;
        if contracts.renewals.is_empty() {
            widgets::card_title(ui, say::CALENDAR);
            widgets::dim(ui, say::NO_RENEWALS);
        } else {
            let table = || ChartTable::renewals(&contracts.renewals);
            let clicked = chart_card::show(ui, "renewals", say::CALENDAR, table, |ui| {
                calendar::show(ui, contracts.as_of, &contracts.renewals)
            });
            if let Some(app) = clicked.flatten() {
                *choose = Some(AppName::new(&app));
            }
        }
        if !contracts.undated.is_empty() {
            widgets::dim(ui, say::undated(&contracts.undated.join(", ")));
        }
    });
}

/// Who holds the seats that are bought.
fn seats_card(ui: &mut Ui, snapshot: &Snapshot, asks: &mut Vec<Ask>) {
    if snapshot.seats.bars.is_empty() {
        return;
    }
    widgets::card(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 6.0;
        let chart = &snapshot.seats;
        let clicked = chart_card::show(ui, "seats", say::SEATS, || chart.table(), |ui| seats_chart::show(ui, chart));
        if let Some(app) = clicked.flatten() {
            asks.push(Ask::Go(Target::Accounts(Filter::app(&app))));
        }
    });
}

const PLAN_SHARES: [Share; 5] =
    [Share(0.24, false), Share(0.28, true), Share(0.09, false), Share(0.09, false), Share(0.30, true)];

fn plan_card(ui: &mut Ui, snapshot: &Snapshot, row: &ContractRow, plans: &PlanChoices, asks: &mut Vec<Ask>) {
    widgets::card(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 0.0;
        widgets::card_title(ui, &say::plans(&row.app));
        ui.add_space(2.0);
        widgets::dim(ui, plans.subtitle.clone());
        if plans.rows.is_empty() {
            return;
        }
        ui.add_space(4.0);
        let dim = Tokens::of(ui).dim;
        let seats = say::for_your_seats(plans.seats);
        widgets::table_row(ui, 0, &PLAN_SHARES, false, |ui, column| {
            let header = if column == 4 { seats.as_str() } else { say::PLAN_HEADERS[column] };
            ui.add(Label::new(RichText::new(header).color(dim)).truncate());
        });
        for choice in &plans.rows {
            // Row 0 is one on which nothing happens; cells have names of their own.
            ui.push_id(&choice.plan.name, |ui| {
                widgets::table_row(ui, 0, &PLAN_SHARES, choice.here, |ui, column| {
                    plan_cell(ui, snapshot, row, choice, column, asks);
                });
            });
        }
    });
}

fn plan_cell(
    ui: &mut Ui,
    snapshot: &Snapshot,
    row: &ContractRow,
    choice: &PlanChoice,
    column: usize,
    asks: &mut Vec<Ask>,
) {
    let tokens = Tokens::of(ui);
    let plan = &choice.plan;
    let has = |ui: &mut Ui, what: &str, is: Option<bool>| {
        let (sign, said) = match is {
            Some(true) => ("✓", say::INCLUDED),
            Some(false) => ("—", say::NOT_INCLUDED),
            None => ("?", say::NOT_KNOWN),
        };
        widgets::sign(ui, sign, tokens.text, &say::plan_has(what, &plan.name, said));
    };
    match column {
        0 => {
            ui.add(Label::new(RichText::new(&plan.name).font(semibold(size::BODY))).truncate());
        }
        1 => {
            if plan.own {
                let name = say::take_out_price(&plan.name);
                if widgets::icon_button(ui, icons::CLOSE, &name).clicked() {
                    settle(snapshot.analysis.quote(&row.app, &plan.name, None), asks);
                }
                widgets::chip(ui, say::YOURS, tokens.tone(Tone::Notice));
            }
            let name = say::plan_price(&row.app, &plan.name);
            let (_, entered) =
                widgets::editable_as(ui, &name, &plan.cell_price(), &plan.typed_price(), say::ENTER_QUOTE);
            match entered.map(|text| plan.quote(&text, &snapshot.analysis)) {
                Some(Ok(tag)) => settle(snapshot.analysis.quote(&row.app, &plan.name, tag), asks),
                Some(Err(fault)) => asks.push(Ask::Tell(fault)),
                None => {}
            }
        }
        2 => {
            has(ui, say::SSO, plan.sso);
        }
        3 => {
            has(ui, say::SCIM, plan.scim);
        }
        _ => {
            let color = if choice.here { tokens.dim } else { tokens.text };
            let why = format!("{}\n{}", plan.price_line(), plan.source_line());
            ui.add(Label::new(RichText::new(&choice.difference).color(color)).truncate()).on_hover_text(why);
        }
    }
}

fn terms_card(ui: &mut Ui, snapshot: &Snapshot, row: &ContractRow, asks: &mut Vec<Ask>) {
    widgets::card(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing = vec2(8.0, 2.0);
        widgets::card_title(ui, &say::contract(&row.app));
        let told = match (&row.imported, row.by_hand && row.known) {
            (Some(place), true) => say::altered(place),
            (Some(place), false) => say::as_imported(place),
            (None, true) => say::BY_HAND.to_owned(),
            (None, false) => say::NOBODY_TELLS.to_owned(),
        };
        ui.horizontal(|ui| {
            if row.by_hand && row.known {
                let text = if row.imported.is_some() { say::BACK_TO_FILE } else { say::TAKE_OUT };
                if widgets::link(ui, text).clicked() {
                    asks.push(Ask::Settle(Box::new(snapshot.analysis.agree(&row.app, None))));
                }
            }
            widgets::dim(ui, told);
        });
        ui.add_space(2.0);
        let columns = if ui.available_width() > 520.0 { 2 } else { 1 };
        let width = (ui.available_width() - GAP * (columns as f32 - 1.0)) / columns as f32;
        let mut terms: Vec<Option<Term>> = vec![None, None];
        terms.extend(Term::REST.map(Some));
        for (line, chunk) in terms.chunks(columns).enumerate() {
            ui.horizontal(|ui| {
                for (place, term) in chunk.iter().enumerate() {
                    ui.allocate_ui_with_layout(vec2(width, 28.0), Layout::left_to_right(Align::Center), |ui| {
                        ui.set_min_size(vec2(width, 28.0));
                        match (term, line * columns + place) {
                            (Some(term), _) => one_term(ui, snapshot, row, *term, asks),
                            (None, 0) => unit(ui, snapshot, row, asks),
                            (None, _) => cycle(ui, snapshot, row, asks),
                        }
                    });
                }
            });
        }
    });
}

fn term_name(ui: &mut Ui, name: &str) {
    let size = vec2(TERM, 26.0);
    let color = Tokens::of(ui).dim;
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
        ui.set_min_size(size);
        ui.add(Label::new(RichText::new(name).font(medium(self::size::BODY)).color(color)).truncate());
    });
}

fn one_term(ui: &mut Ui, snapshot: &Snapshot, row: &ContractRow, term: Term, asks: &mut Vec<Ask>) {
    term_name(ui, term.label());
    let name = say::term_of(term.label(), &row.app);
    if let Some(text) = widgets::editable(ui, &name, &term.shown(&row.contract), "—") {
        enter(snapshot, row, term, &text, asks);
    }
}

fn unit(ui: &mut Ui, snapshot: &Snapshot, row: &ContractRow, asks: &mut Vec<Ask>) {
    term_name(ui, say::PRICE_IS);
    let labels = UNITS.map(PriceUnit::as_str);
    let picked = widgets::plain_choice(ui, &say::unit_of(&row.app), row.contract.unit.as_str(), &labels);
    if let Some(unit) = picked.and_then(|unit| UNITS.get(unit)) {
        let mut contract = row.contract.clone();
        contract.unit = *unit;
        asks.push(Ask::Settle(Box::new(snapshot.analysis.agree(&row.app, Some(contract)))));
    }
}

fn cycle(ui: &mut Ui, snapshot: &Snapshot, row: &ContractRow, asks: &mut Vec<Ask>) {
    term_name(ui, say::BOUND_FOR);
    let labels = CYCLES.map(|(_, label)| label);
    let now = row.contract.billing.and_then(|own| CYCLES.iter().find(|(cycle, _)| *cycle == own));
    let now = now.map_or(say::NOT_TOLD, |(_, label)| label);
    let picked = widgets::plain_choice(ui, &say::billing_of(&row.app), now, &labels);
    if let Some((cycle, _)) = picked.and_then(|cycle| CYCLES.get(cycle)) {
        let mut contract = row.contract.clone();
        contract.billing = Some(*cycle);
        asks.push(Ask::Settle(Box::new(snapshot.analysis.agree(&row.app, Some(contract)))));
    }
}

fn facts_card(ui: &mut Ui, plans: &PlanChoices) {
    widgets::card(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 0.0;
        let tokens = Tokens::of(ui);
        widgets::card_title(ui, say::FACTS);
        ui.add_space(4.0);
        if plans.facts.is_empty() {
            widgets::dim(ui, say::NO_FACTS);
        }
        for fact in &plans.facts {
            let chip = fact.chip.as_ref().map(|(text, tone)| (text.as_str(), tokens.tone(*tone)));
            widgets::line(ui, RichText::new(&fact.text), chip);
        }
        if !plans.setup.is_empty() {
            ui.add_space(GAP);
            CollapsingHeader::new(say::SETUP).show(ui, |ui| {
                for (number, step) in (1..).zip(&plans.setup) {
                    ui.add(Label::new(format!("{number}. {step}")).wrap());
                    ui.add_space(4.0);
                }
            });
        }
    });
}
