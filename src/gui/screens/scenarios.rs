use std::sync::Arc;

use eframe::egui::{
    Align, Color32, CornerRadius, CursorIcon, Label, Layout, Response, RichText, Role, ScrollArea, Sense, Stroke,
    StrokeKind, Ui, UiBuilder, Vec2, WidgetInfo, vec2,
};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::Ask;
use crate::gui::text::{common, scenarios as say};
use crate::gui::theme::{BELOW_PAGE, CARD_GAP, CARD_RADIUS, GAP, Tokens, bold, regular, semibold, size};
use crate::gui::{chart_card, cost_chart, icons, tornado, widgets};
use crate::model::{AppName, Money, round};
use crate::session::{Snapshot, Studied};
use crate::view::{ChartTable, Choice, LineChart, ScenarioCard, ScenarioKind, Target, Tone, format};
use crate::workspace::{LaborEstimate, Policy};

/// What is looked at on the screen, and what a slider is being moved to.
#[derive(Debug, Default)]
pub(in crate::gui) struct Studying {
    /// The app; all together if none.
    pub(in crate::gui) app: Option<AppName>,
    /// What came of it.
    pub(in crate::gui) studied: Option<Arc<Studied>>,
    /// It was asked for.
    pub(in crate::gui) asked: bool,
    /// The course of action chosen, whose sensitivity is shown.
    kind: Option<ScenarioKind>,
    /// The chart goes by month.
    by_month: bool,
    /// Cards show what they are made of also where there is little room.
    details: bool,
    /// The policy a slider is being moved to.
    trial: Option<Policy>,
    /// The hours of the app when nothing was tried: how far the slider goes must not move with it.
    hours: Decimal,
    /// The chart drawn last, and what it was made from.
    chart: Option<(Arc<Studied>, bool, LineChart)>,
}

impl Studying {
    /// The courses of action of an app, or of all together.
    pub(in crate::gui) fn of(app: Option<AppName>) -> Self {
        Self { app, ..Self::default() }
    }

    /// Whether something is tried that is not in force.
    pub(in crate::gui) fn is_trying(&self) -> bool {
        self.trial.is_some()
    }

    /// A policy has come into force: nothing is tried any more.
    pub(in crate::gui) fn settle(&mut self, snapshot: &Snapshot) {
        if snapshot.kept == snapshot.analysis.workspace.policy {
            self.trial = None;
        }
    }
}

/// From this width on, cards stand side by side.
const WIDE: f32 = 820.0;
/// More apps than this are chosen from a list.
const CHIPS: usize = 7;
/// Height of a course of action that shows its figure alone.
const LOW_CARD: f32 = 104.0;
/// Height of a course of action.
const CARD: f32 = 206.0;
/// Height of the chart.
const CHART: f32 = 370.0;

/// Courses of action side by side: what each costs, what it depends on, and what to do.
pub(in crate::gui) fn scenarios(ui: &mut Ui, snapshot: &Snapshot, looks: &mut Studying) -> Vec<Ask> {
    let mut asks = Vec::new();
    let Some(studied) = looks.studied.clone() else {
        widgets::dim(ui, say::COMPARING);
        return asks;
    };
    let policy = looks.trial.clone().unwrap_or_else(|| snapshot.kept.clone());
    if looks.trial.is_none() {
        looks.hours = studied.scenarios.hours.unwrap_or_default();
    }
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing = vec2(CARD_GAP, CARD_GAP);
        if snapshot.contracts.rows.is_empty() {
            if widgets::empty(ui, icons::SCALES, common::NO_APPS, say::NO_APPS_WHY, Some(common::IMPORT_FILES)) {
                asks.push(Ask::Go(Target::Imports));
            }
            return;
        }
        choices(ui, snapshot, looks, &policy, &mut asks);
        cards(ui, &studied, looks);
        let wide = ui.available_width() >= WIDE;
        let all = ui.available_width();
        let left = if wide { (all - CARD_GAP) * 0.657 } else { all };
        let right = if wide { all - CARD_GAP - left } else { all };
        pair(ui, wide, |ui, first| {
            if first {
                widgets::sized_card(ui, vec2(left, CHART), |ui| chart(ui, &studied, looks));
            } else {
                widgets::sized_card(ui, vec2(right, CHART), |ui| {
                    assumptions(ui, snapshot, &studied, looks, policy.clone(), &mut asks);
                });
            }
        });
        let kind = looks.kind.filter(|kind| studied.scenarios.card(*kind).is_some());
        let kind = kind.or_else(|| studied.scenarios.leading());
        let height = why_height(ui, &studied, if studied.study.is_some() { left } else { all });
        pair(ui, wide && studied.study.is_some(), |ui, first| {
            if first {
                let width = if studied.study.is_some() { left } else { all };
                widgets::sized_card(ui, vec2(width, height), |ui| why(ui, &studied));
            } else if studied.study.is_some() {
                let height = if wide { height } else { 260.0 };
                widgets::sized_card(ui, vec2(right, height), |ui| depends(ui, &studied, kind));
            }
        });
        ui.add_space(BELOW_PAGE);
    });
    asks
}

/// Two things beside each other, or one below the other.
fn pair(ui: &mut Ui, beside: bool, mut add: impl FnMut(&mut Ui, bool)) {
    if beside {
        ui.horizontal_top(|ui| {
            add(ui, true);
            add(ui, false);
        });
    } else {
        add(ui, true);
        add(ui, false);
    }
}

/// Whose courses of action, over how many years, at which rate.
fn choices(ui: &mut Ui, snapshot: &Snapshot, looks: &mut Studying, policy: &Policy, asks: &mut Vec<Ask>) {
    let apps: Vec<&AppName> = snapshot.contracts.rows.iter().map(|row| &row.app).collect();
    let mut going: Option<Option<AppName>> = None;
    let narrow = ui.available_width() < WIDE;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(GAP, GAP);
        let chosen = snapshot_app(snapshot, looks.app.as_ref());
        if apps.len() <= CHIPS {
            if widgets::filter_chip(ui, say::ALL_APPS, chosen.is_none()).clicked() {
                going = Some(None);
            }
            for app in &apps {
                if widgets::filter_chip(ui, app.as_str(), chosen == Some(*app)).clicked() {
                    going = Some(Some((*app).clone()));
                }
            }
        } else {
            let mut labels = vec![say::ALL_APPS];
            labels.extend(apps.iter().map(|app| app.as_str()));
            let shown = chosen.map_or(say::ALL_APPS, AppName::as_str);
            if let Some(picked) = widgets::choice(ui, common::APP, shown, &labels) {
                going = Some(picked.checked_sub(1).and_then(|at| apps.get(at)).map(|app| (*app).clone()));
            }
        }
        if !narrow {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                rate(ui, snapshot, policy, asks);
                horizon(ui, snapshot, policy, asks);
            });
        }
    });
    if narrow {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = GAP;
            horizon(ui, snapshot, policy, asks);
            rate(ui, snapshot, policy, asks);
            if widgets::filter_chip(ui, say::DETAILS, looks.details).clicked() {
                looks.details = !looks.details;
            }
        });
    }
    if let Some(app) = going {
        looks.app.clone_from(&app);
        looks.kind = None;
        asks.push(Ask::Study(app));
    }
}

fn horizon(ui: &mut Ui, snapshot: &Snapshot, policy: &Policy, asks: &mut Vec<Ask>) {
    let years: Vec<String> = (1..=5).map(say::years).collect();
    let labels: Vec<&str> = years.iter().map(String::as_str).collect();
    let now = say::years(policy.horizon_years);
    if let Some(picked) = widgets::choice(ui, say::HORIZON, &now, &labels)
        && let Ok(years) = u32::try_from(picked + 1)
    {
        asks.push(settle(snapshot, Policy { horizon_years: years, ..policy.clone() }));
    }
}

fn rate(ui: &mut Ui, snapshot: &Snapshot, policy: &Policy, asks: &mut Vec<Ask>) {
    let rates: Vec<String> = (0..=15).map(|percent| say::discount_rate(format!("{percent}%"))).collect();
    let labels: Vec<&str> = rates.iter().map(String::as_str).collect();
    let now = say::discount_rate(format::percent(policy.discount_rate));
    if let Some(picked) = widgets::choice(ui, say::RATE, &now, &labels)
        && let Ok(percent) = i64::try_from(picked)
    {
        asks.push(settle(snapshot, Policy { discount_rate: Decimal::new(percent, 2), ..policy.clone() }));
    }
}

fn snapshot_app<'a>(snapshot: &'a Snapshot, app: Option<&AppName>) -> Option<&'a AppName> {
    let app = app?;
    snapshot.contracts.rows.iter().map(|row| &row.app).find(|known| known.key() == app.key())
}

/// The step that puts a policy into force.
fn settle(snapshot: &Snapshot, policy: Policy) -> Ask {
    let before = Box::new(snapshot.kept.clone());
    Ask::Settle(Box::new(crate::workspace::Change::Policy { before, after: Box::new(policy) }))
}

fn cards(ui: &mut Ui, studied: &Studied, looks: &mut Studying) {
    let cards = &studied.scenarios.cards;
    let columns = match (ui.available_width(), cards.len()) {
        (width, many) if width >= 1000.0 => many.clamp(1, 6),
        (width, 3 | 5 | 6) if width >= 700.0 => 3,
        _ => 2,
    };
    let width = (ui.available_width() - CARD_GAP * (columns as f32 - 1.0)) / columns as f32;
    // In a narrow window the chart comes into sight only if the cards are low.
    let low = ui.available_width() < WIDE && !looks.details;
    let height = if low { LOW_CARD } else { CARD };
    for row in cards.chunks(columns) {
        ui.horizontal_top(|ui| {
            for card in row {
                let chosen = card.kind.is_some() && card.kind == looks.kind;
                let response = scenario_card(ui, card, chosen, !low, vec2(width, height));
                if response.clicked() && studied.study.is_some() {
                    looks.kind = card.kind;
                }
            }
        });
    }
}

fn scenario_card(ui: &mut Ui, card: &ScenarioCard, chosen: bool, details: bool, size: Vec2) -> Response {
    let tokens = Tokens::of(ui);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let stroke = match (card.recommended, chosen || response.hovered()) {
        (true, _) => Stroke::new(2.0, tokens.accent),
        (false, true) => Stroke::new(1.0, tokens.accent),
        (false, false) => Stroke::new(1.0, tokens.line),
    };
    let mut inside = ui.new_child(UiBuilder::new().max_rect(rect).layout(Layout::top_down(Align::Min)));
    // A thicker line must not make the card larger.
    widgets::card_frame(ui).show(&mut inside, |ui| {
        ui.set_min_size(rect.size() - vec2(34.0, 30.0));
        ui.spacing_mut().item_spacing = vec2(6.0, 2.0);
        ui.spacing_mut().interact_size.y = 20.0;
        ui.horizontal(|ui| {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if let Some((text, tone)) = &card.chip {
                    widgets::chip(ui, text, tokens.tone(*tone));
                }
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    let title = RichText::new(&card.title).font(semibold(self::size::CARD));
                    ui.add(Label::new(title).truncate());
                });
            });
        });
        ui.label(RichText::new(&card.figure).font(bold(self::size::FIGURE - 3.0)));
        widgets::dim(ui, card.note.clone());
        ui.add_space(2.0);
        if let Some(reason) = card.unpriced.as_ref().filter(|_| details) {
            widgets::dim(ui, reason.clone());
        }
        for line in card.lines.iter().filter(|_| details) {
            let (line_rect, hover) = ui.allocate_exact_size(vec2(ui.available_width(), 24.0), Sense::hover());
            let mut cell = ui.new_child(
                UiBuilder::new()
                    .max_rect(line_rect.shrink2(vec2(6.0, 0.0)))
                    .layout(Layout::right_to_left(Align::Center)),
            );
            cell.label(&line.amount);
            cell.with_layout(Layout::left_to_right(Align::Center), |ui| {
                ui.add(Label::new(RichText::new(&line.label).color(tokens.dim)).truncate());
            });
            ui.painter().hline(line_rect.x_range(), line_rect.bottom(), Stroke::new(1.0, tokens.grid));
            let said = format!("{} {}: {}", card.title, line.label, line.amount);
            hover.widget_info(|| WidgetInfo::labeled(Role::Label, true, &said));
            hover.on_hover_text(&line.why);
        }
    });
    ui.painter().rect_stroke(rect, CornerRadius::same(CARD_RADIUS), stroke, StrokeKind::Inside);
    widgets::focus_ring(ui, &response);
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, chosen, &card.said));
    response.on_hover_cursor(CursorIcon::PointingHand)
}

fn color(tokens: &Tokens, kind: Option<ScenarioKind>) -> Color32 {
    match kind {
        Some(ScenarioKind::StayManual) => tokens.unused.mark,
        Some(ScenarioKind::CleanUp) => tokens.risk.mark,
        Some(ScenarioKind::Upgrade) => tokens.upgrade,
        Some(ScenarioKind::Automate) => tokens.good.mark,
        Some(ScenarioKind::NativeScim) => tokens.labor.mark,
        // A sum of the others, told apart from each of them.
        None => tokens.text,
    }
}

fn chart(ui: &mut Ui, studied: &Arc<Studied>, looks: &mut Studying) {
    let tokens = Tokens::of(ui);
    let by_seats = studied.study.as_ref().filter(|_| !looks.by_month);
    let by_month = by_seats.is_none();
    let is_kept = |(from, kind, _): &(Arc<Studied>, bool, LineChart)| Arc::ptr_eq(from, studied) && *kind == by_month;
    if !looks.chart.as_ref().is_some_and(is_kept) {
        let chart = match by_seats {
            Some(study) => LineChart::by_seats(&study.curve, &studied.scenarios),
            None => LineChart::by_month(&studied.scenarios),
        };
        looks.chart = Some((studied.clone(), by_month, chart));
    }
    let Some((_, _, chart)) = &looks.chart else { return };
    let (id, title, about) = match by_month {
        true => ("cost by month", say::COST_BY_MONTH, say::COST_BY_MONTH_WHY),
        false => ("cost by seats", say::COST_BY_SEATS, say::COST_BY_SEATS_WHY),
    };
    let mut other = None;
    let choices = |ui: &mut Ui| {
        if studied.study.is_some() {
            ui.spacing_mut().button_padding.y = 2.0;
            ui.spacing_mut().interact_size.y = 22.0;
            if widgets::filter_chip(ui, say::BY_MONTH, by_month).clicked() {
                other = Some(true);
            }
            if widgets::filter_chip(ui, say::BY_SEATS, !by_month).clicked() {
                other = Some(false);
            }
        }
    };
    chart_card::show_with(
        ui,
        id,
        title,
        choices,
        || chart.table(),
        |ui| {
            widgets::dim(ui, about);
            ui.add_space(4.0);
            let kind = |line: usize| chart.lines.get(line).and_then(|line| line.kind);
            let colors = cost_chart::Colors {
                line: &|line| color(tokens, kind(line)),
                name: &|line| name_color(tokens, kind(line)),
            };
            cost_chart::show(ui, id, chart, &colors);
        },
    );
    looks.by_month = other.unwrap_or(looks.by_month);
}

/// The color of a name beside its line, which must be read.
fn name_color(tokens: &Tokens, kind: Option<ScenarioKind>) -> Color32 {
    match kind {
        Some(ScenarioKind::StayManual) => tokens.unused.text,
        Some(ScenarioKind::CleanUp) => tokens.risk.text,
        Some(ScenarioKind::Automate) => tokens.good.text,
        Some(ScenarioKind::NativeScim) => tokens.labor.text,
        Some(ScenarioKind::Upgrade) | None => color(tokens, kind),
    }
}

/// What a number of steps does to the policy.
type Set<'a> = Box<dyn Fn(&mut Policy, i64) + 'a>;

/// A slider in whole steps.
struct Knob<'a> {
    name: &'a str,
    /// What it shows.
    value: String,
    steps: i64,
    range: std::ops::RangeInclusive<i64>,
    set: Set<'a>,
}

fn assumptions(
    ui: &mut Ui,
    snapshot: &Snapshot,
    studied: &Studied,
    looks: &mut Studying,
    mut policy: Policy,
    asks: &mut Vec<Ask>,
) {
    widgets::card_title(ui, say::ASSUMPTIONS);
    ui.spacing_mut().item_spacing.y = 3.0;
    let key = studied.scenarios.app.as_ref().map(|app| app.key().to_owned());
    for knob in knobs(&policy, looks.hours, key.as_deref()) {
        let mut steps = knob.steps;
        let response = widgets::slider(ui, knob.name, &knob.value, &mut steps, knob.range.clone());
        if response.changed() && steps != knob.steps {
            (knob.set)(&mut policy, steps);
            looks.trial = Some(policy.clone());
            // By the keyboard each step is meant; by the pointer, where it is let go.
            if response.dragged() {
                asks.push(Ask::Try(Some(Box::new(policy.clone()))));
            } else if !response.drag_stopped() {
                asks.push(settle(snapshot, policy.clone()));
            }
        }
        if response.drag_stopped()
            && let Some(tried) = &looks.trial
        {
            asks.push(settle(snapshot, tried.clone()));
        }
    }
    ui.add_space(2.0);
    ui.horizontal(|ui| {
        if let Some(key) = &key {
            let labels = say::ESTIMATES;
            let now = match policy.labor_estimate(key) {
                LaborEstimate::Benchmark => 0,
                LaborEstimate::BottomUp => 1,
                LaborEstimate::Hours { .. } => 2,
            };
            if let Some(picked) = widgets::choice(ui, say::HOURS_BY, labels[now], &labels) {
                let estimate = match picked {
                    0 => LaborEstimate::Benchmark,
                    1 => LaborEstimate::BottomUp,
                    _ => LaborEstimate::Hours { hours: round(studied.scenarios.hours.unwrap_or_default(), 0) },
                };
                let mut policy = snapshot.kept.clone();
                policy.labor_by_app.insert(key.clone(), estimate);
                asks.push(settle(snapshot, policy));
            }
            if let Some((target, plans)) = &studied.scenarios.target {
                let labels: Vec<&str> = plans.iter().map(String::as_str).collect();
                let shown = if target.is_empty() { say::UPGRADE_TO_WHICH.to_owned() } else { say::upgrade_to(target) };
                if let Some(picked) = widgets::choice(ui, say::UPGRADE_TO, &shown, &labels)
                    && let Some(plan) = plans.get(picked)
                {
                    let mut policy = snapshot.kept.clone();
                    policy.upgrade_to.insert(key.clone(), plan.clone());
                    asks.push(settle(snapshot, policy));
                }
            }
        }
    });
    let mut recovery = policy.recovery_needed;
    if widgets::checkbox(ui, &mut recovery, say::RECOVERABLE).clicked() {
        asks.push(settle(snapshot, Policy { recovery_needed: recovery, ..snapshot.kept.clone() }));
    }
    widgets::dim(ui, studied.scenarios.hours_why.clone());
}

fn knobs<'a>(policy: &Policy, hours: Decimal, key: Option<&'a str>) -> Vec<Knob<'a>> {
    let steps = |amount: Decimal, step: Decimal| round(amount / step, 0).to_i64().unwrap_or(0);
    let whole = Decimal::ONE;
    let per_person = Decimal::new(1, 2);
    let money = |currency, step: Decimal, steps: i64| Money::new(step * Decimal::from(steps), currency);
    let five = Decimal::from(5);
    let mut knobs = Vec::new();
    let rate = policy.labor_rate;
    knobs.push(Knob {
        name: say::LABOR_RATE,
        value: say::per_hour(format::money_exact(rate)),
        steps: steps(rate.amount, whole),
        range: 0..=150,
        set: Box::new(move |policy, steps| policy.labor_rate = money(rate.currency, whole, steps)),
    });
    match key {
        Some(key) => {
            let own = match policy.labor_estimate(key) {
                LaborEstimate::Hours { hours } => hours,
                _ => hours,
            };
            let most = (steps(hours, whole) * 2).clamp(50, 5_000);
            knobs.push(Knob {
                name: say::HOURS,
                value: say::hours(format::count(round(own, 0))),
                steps: steps(own, whole),
                range: 0..=most.max(steps(own, whole)),
                set: Box::new(move |policy, steps| {
                    let estimate = LaborEstimate::Hours { hours: Decimal::from(steps) };
                    policy.labor_by_app.insert(key.to_owned(), estimate);
                }),
            });
        }
        None => knobs.push(Knob {
            name: say::HOURS_PER_PERSON,
            value: say::hours(policy.hours_per_person.normalize()),
            steps: steps(policy.hours_per_person, per_person),
            range: 0..=100,
            set: Box::new(move |policy, steps| policy.hours_per_person = per_person * Decimal::from(steps)),
        }),
    }
    let orphan = policy.cost_per_orphan;
    knobs.push(Knob {
        name: say::ORPHAN_COST,
        value: format::money_exact(orphan),
        steps: steps(orphan.amount, five),
        range: 0..=200,
        set: Box::new(move |policy, steps| {
            policy.cost_per_orphan = money(orphan.currency, five, steps);
        }),
    });
    let fee = key.map_or(policy.flat_fee, |key| policy.fee_for(key));
    let hundred = Decimal::ONE_HUNDRED;
    knobs.push(Knob {
        name: say::FEE,
        value: say::per_year(format::money(fee)),
        steps: steps(fee.amount, hundred),
        range: 0..=steps(fee.amount, hundred).max(200),
        set: Box::new(move |policy, steps| {
            let fee = money(fee.currency, hundred, steps);
            match key {
                Some(key) => {
                    policy.flat_fee_by_app.insert(key.to_owned(), fee);
                }
                None => policy.flat_fee = fee,
            }
        }),
    });
    let days = key.map_or(policy.unused_after_days, |key| policy.unused_after(key));
    knobs.push(Knob {
        name: say::INACTIVE_AFTER,
        value: say::days(days),
        steps: i64::from(days),
        range: 7..=i64::from(days).max(365),
        set: Box::new(move |policy, steps| {
            let days = u32::try_from(steps).unwrap_or(0);
            match key {
                Some(key) => {
                    policy.unused_after_days_by_app.insert(key.to_owned(), days);
                }
                None => policy.unused_after_days = days,
            }
        }),
    });
    knobs
}

/// A label for how something beside the reasons is meant.
fn beside_label(tone: Tone) -> &'static str {
    match tone {
        Tone::Risk => say::AGAINST,
        Tone::Notice => say::FIRST,
        Tone::Waste => say::PRICE,
        _ => say::TO_KNOW,
    }
}

/// A line in the card of reasons.
struct WhyLine<'a> {
    text: &'a str,
    label: Option<(&'static str, Tone)>,
    quiet: bool,
}

/// What stands in the card of reasons; quiet lines last.
fn why_lines(studied: &Studied) -> Vec<WhyLine<'_>> {
    let why = &studied.scenarios.why;
    let plain = |text, label| WhyLine { text, label, quiet: false };
    let mut lines: Vec<_> = why.reasons.iter().map(|reason| plain(reason.as_str(), None)).collect();
    lines.extend(why.beside.iter().map(|(text, tone)| plain(text, Some((beside_label(*tone), *tone)))));
    lines.extend(studied.scenarios.missing.iter().map(|text| plain(text, Some((say::NOT_IN_SUM, Tone::Waste)))));
    lines.extend(why.would_change.as_deref().map(|text| WhyLine { text, label: None, quiet: true }));
    lines
}

fn why_height(ui: &Ui, studied: &Studied, width: f32) -> f32 {
    let height = |line: WhyLine<'_>| {
        let room = width - 46.0 - if line.label.is_some() { 120.0 } else { 0.0 };
        let galley = ui.painter().layout(line.text.to_owned(), regular(size::BODY), Color32::PLACEHOLDER, room);
        (galley.size().y + 12.0).max(31.0)
    };
    (why_lines(studied).into_iter().map(height).sum::<f32>() + 58.0).max(280.0)
}

fn why(ui: &mut Ui, studied: &Studied) {
    let tokens = Tokens::of(ui);
    widgets::card_title(ui, &studied.scenarios.why.title);
    ui.spacing_mut().item_spacing.y = 0.0;
    for line in why_lines(studied) {
        let text = RichText::new(line.text).color(if line.quiet { tokens.dim } else { tokens.text });
        widgets::line(ui, text, line.label.map(|(label, tone)| (label, tokens.tone(tone))));
    }
}

fn depends(ui: &mut Ui, studied: &Studied, kind: Option<ScenarioKind>) {
    let (Some(study), Some(kind)) = (&studied.study, kind) else { return };
    let title = studied.scenarios.card(kind).map(|card| card.title.clone()).unwrap_or_default();
    let comparison = studied.snapshot.analysis.comparisons.iter().find(|comparison| comparison.app == study.app);
    let found = comparison.and_then(|comparison| comparison.scenarios.iter().find(|scenario| scenario.kind == kind));
    let base = found.and_then(|scenario| scenario.saving.as_ref().ok()).copied();
    let choice = comparison.map_or(Choice::Take(kind), |comparison| comparison.recommendation.choice);
    let table = || ChartTable::sensitivity(study, kind);
    chart_card::show(ui, "sensitivity", say::DEPENDS_ON, table, |ui| {
        widgets::dim(ui, say::saving_of(&title));
        tornado::show(ui, study, kind, base, choice);
    });
    let band = study.simulation.as_ref().and_then(|simulation| {
        let band = simulation.bands.iter().find(|band| band.kind == kind)?;
        Some((simulation.draws, band))
    });
    if let Some((draws, band)) = band {
        ui.add_space(2.0);
        let said = say::all_off(draws, format::money(band.low), format::money(band.high), band.best_percent);
        widgets::dim(ui, said);
    }
}
