use eframe::egui::{
    Align, DragValue, Label, Layout, Margin, RichText, Role, ScrollArea, Stroke, ThemePreference, Ui, WidgetInfo, vec2,
};

use super::Ask;
use crate::gui::text::{common, settings as say};
use crate::gui::theme::{BELOW_PAGE, CARD_GAP, GAP, Tokens, medium, semibold, size};
use crate::gui::{icons, widgets};
use crate::model::{Currency, as_domain};
use crate::session::Snapshot;
use crate::view::figures::{ESTIMATES, Figure};
use crate::view::terms::amount;
use crate::view::{ServiceWord, find_service_words, format, words};
use crate::workspace::{Policy, Rate, ServiceClass};

/// What is being typed.
#[derive(Debug)]
pub(in crate::gui) struct Setting {
    domain: String,
    former: String,
    replaced_by: String,
    word: String,
    class: ServiceClass,
    search: String,
    currency: String,
    worth: String,
}

impl Default for Setting {
    fn default() -> Self {
        Self {
            domain: String::new(),
            former: String::new(),
            replaced_by: String::new(),
            word: String::new(),
            class: ServiceClass::Service,
            search: String::new(),
            currency: String::new(),
            worth: String::new(),
        }
    }
}

/// Sizes everything can be shown in, in percent of what the display asks for.
const SCALES: [u32; 7] = [80, 90, 100, 110, 125, 150, 200];
/// Words found that are shown.
const MOST_FOUND: usize = 12;
/// From this width on, cards stand side by side.
const WIDE: f32 = 900.0;
/// Width of what a line is about.
const LABEL: f32 = 244.0;
/// The longest threshold: ten years.
const MOST_DAYS: u32 = 3650;

/// What can be set: thresholds, domains, and what marks an account as no person's.
pub(in crate::gui) fn settings(ui: &mut Ui, snapshot: &Snapshot, typed: &mut Setting) -> Vec<Ask> {
    let mut asks = Vec::new();
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing = vec2(CARD_GAP, CARD_GAP);
        if ui.available_width() < WIDE {
            thresholds(ui, snapshot, &mut asks);
            domains(ui, snapshot, typed, &mut asks);
            former(ui, snapshot, typed, &mut asks);
            service(ui, snapshot, typed, &mut asks);
            money(ui, snapshot, typed, &mut asks);
            appearance(ui, &mut asks);
            ui.add_space(BELOW_PAGE);
            return;
        }
        ui.columns(2, |columns| {
            if let [left, right] = columns {
                // Columns would justify text.
                left.with_layout(Layout::top_down(Align::Min), |ui| {
                    thresholds(ui, snapshot, &mut asks);
                    domains(ui, snapshot, typed, &mut asks);
                    former(ui, snapshot, typed, &mut asks);
                    appearance(ui, &mut asks);
                });
                right.with_layout(Layout::top_down(Align::Min), |ui| {
                    service(ui, snapshot, typed, &mut asks);
                    money(ui, snapshot, typed, &mut asks);
                });
            }
        });
        ui.add_space(BELOW_PAGE);
    });
    asks
}

fn alter(snapshot: &Snapshot, asks: &mut Vec<Ask>, alter: impl FnOnce(&mut Policy)) {
    asks.push(Ask::Settle(Box::new(snapshot.analysis.alter(alter))));
}

fn section(ui: &mut Ui, title: &str, about: &str, add: impl FnOnce(&mut Ui)) {
    widgets::card(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing = vec2(8.0, 6.0);
        widgets::card_title(ui, title);
        widgets::dim(ui, about);
        ui.add_space(2.0);
        add(ui);
    });
}

/// A number of days that counts once it is entered.
fn days(ui: &mut Ui, name: &str, value: u32) -> Option<u32> {
    let mut days = value;
    ui.style_mut().override_font_id = Some(medium(size::BODY));
    let field = DragValue::new(&mut days).range(0..=MOST_DAYS).speed(0.0).update_while_editing(false).suffix(say::DAYS);
    let response = ui.add_sized(vec2(84.0, 26.0), field);
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::SpinButton, true, name);
        info.value = Some(f64::from(value));
        info
    });
    (days != value).then_some(days)
}

/// How the window looks on this computer; no part of the workspace.
fn appearance(ui: &mut Ui, asks: &mut Vec<Ask>) {
    section(ui, say::WINDOW, say::WINDOW_WHY, |ui| {
        let theme = ui.ctx().options(|options| options.theme_preference);
        row(ui, say::THEME, |ui| {
            let themes = [ThemePreference::System, ThemePreference::Light, ThemePreference::Dark];
            let now = themes.iter().position(|known| *known == theme).unwrap_or(0);
            if let Some(picked) = widgets::choice(ui, say::THEME, say::THEMES[now], &say::THEMES) {
                asks.push(Ask::Theme(themes[picked]));
            }
        });
        row(ui, say::TEXT_SIZE, |ui| {
            let labels = SCALES.map(say::scale);
            let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
            let now = say::scale((ui.ctx().zoom_factor() * 100.0).round() as u32);
            if let Some(picked) = widgets::choice(ui, say::TEXT_SIZE, &now, &labels) {
                asks.push(Ask::Scale(SCALES[picked] as f32 / 100.0));
            }
        });
        if widgets::button(ui, say::TOUR).clicked() {
            asks.push(Ask::Guide);
        }
    });
}

fn thresholds(ui: &mut Ui, snapshot: &Snapshot, asks: &mut Vec<Ask>) {
    let policy = &snapshot.analysis.workspace.policy;
    section(ui, say::UNUSED, say::UNUSED_WHY, |ui| {
        row(ui, say::WITHOUT_ACTIVITY, |ui| {
            if let Some(days) = days(ui, say::DAYS_WITHOUT_ACTIVITY, policy.unused_after_days) {
                alter(snapshot, asks, |policy| policy.unused_after_days = days);
            }
        });
        row(ui, say::GRACE, |ui| {
            if let Some(days) = days(ui, say::DAYS_OF_GRACE, policy.grace_days) {
                alter(snapshot, asks, |policy| policy.grace_days = days);
            }
        });
        let mut leave = policy.leave_keeps_seats;
        if widgets::checkbox(ui, &mut leave, say::LEAVE_IN_USE).clicked() {
            alter(snapshot, asks, |policy| policy.leave_keeps_seats = leave);
        }
        let mut suspended = policy.suspended_have_left;
        if widgets::checkbox(ui, &mut suspended, say::SUSPENDED_ORPHANED).clicked() {
            alter(snapshot, asks, |policy| policy.suspended_have_left = suspended);
        }
        if snapshot.settings.apps.is_empty() {
            return;
        }
        ui.add_space(GAP);
        ui.label(RichText::new(say::BY_APP).font(semibold(size::BODY)));
        for app in &snapshot.settings.apps {
            row(ui, &app.app, |ui| {
                let name = say::days_without_activity_in(&app.app);
                let now = app.days.unwrap_or(policy.unused_after_days);
                if let Some(days) = days(ui, &name, now) {
                    alter(snapshot, asks, |policy| {
                        policy.unused_after_days_by_app.insert(app.key.clone(), days);
                    });
                }
                match app.days {
                    Some(_) if icon(ui, icons::CLOSE, &say::use_general(&app.app)) => {
                        alter(snapshot, asks, |policy| {
                            policy.unused_after_days_by_app.remove(&app.key);
                        });
                    }
                    Some(_) => {}
                    None => {
                        widgets::dim(ui, say::AS_ALL);
                    }
                }
            });
        }
    });
}

fn money(ui: &mut Ui, snapshot: &Snapshot, typed: &mut Setting, asks: &mut Vec<Ask>) {
    section(ui, say::MONEY, say::MONEY_WHY, |ui| {
        Figure::MONEY.into_iter().for_each(|each| figure(ui, snapshot, each, asks));
        rates(ui, snapshot, typed, asks);
        ui.add_space(GAP);
        let policy = &snapshot.analysis.workspace.policy;
        row(ui, say::HOURS_ESTIMATED, |ui| {
            let labels = ESTIMATES.map(|(_, label)| label);
            let now = ESTIMATES.iter().find(|(estimate, _)| *estimate == policy.labor).map_or("", |(_, label)| label);
            let picked = widgets::choice(ui, say::HOURS_ESTIMATED, now, &labels);
            if let Some((estimate, _)) = picked.and_then(|picked| ESTIMATES.get(picked)) {
                alter(snapshot, asks, |policy| policy.labor = *estimate);
            }
        });
        Figure::BOTTOM_UP.into_iter().for_each(|each| figure(ui, snapshot, each, asks));
    });
}

fn figure(ui: &mut Ui, snapshot: &Snapshot, figure: Figure, asks: &mut Vec<Ask>) {
    let policy = &snapshot.analysis.workspace.policy;
    let measured = match figure {
        Figure::Joiners => snapshot.analysis.costs.workforce.joined,
        Figure::Leavers => snapshot.analysis.costs.workforce.left,
        _ => None,
    };
    let hint = measured.map_or_else(|| say::NOT_MEASURED.to_owned(), say::measured);
    let entered = row(ui, figure.label(), |ui| {
        let entered = widgets::editable(ui, figure.label(), &figure.shown(policy), &hint);
        ui.add_space(4.0);
        let dim = Tokens::of(ui).dim;
        widgets::sign(ui, icons::INFO, dim, figure.source());
        entered
    });
    if let Some(text) = entered {
        let mut after = policy.clone();
        match figure.enter(&text, &mut after) {
            Ok(()) if after != *policy => alter(snapshot, asks, |policy| *policy = after),
            Ok(()) => {}
            Err(fault) => asks.push(Ask::Tell(format!("{}: {fault}", figure.label()))),
        }
    }
}

/// Exchange rates: those imported, and those entered here, which win.
fn rates(ui: &mut Ui, snapshot: &Snapshot, typed: &mut Setting, asks: &mut Vec<Ask>) {
    let (own, all) = (&snapshot.analysis.workspace.policy.rates, &snapshot.analysis.policy.rates);
    let reporting = snapshot.analysis.policy.currency;
    for (currency, rate) in all {
        row(ui, &format!("1 {currency}"), |ui| {
            let from = if own.contains_key(currency) { say::ENTERED } else { say::IMPORTED };
            let worth = rate.worth.round_dp(6).normalize();
            widgets::dim(ui, say::rate(worth, reporting, &format::date(rate.on), from));
            if own.contains_key(currency) && icon(ui, icons::CLOSE, &say::take_out_rate(currency)) {
                alter(snapshot, asks, |policy| {
                    policy.rates.remove(currency);
                });
            }
        });
    }
    ui.horizontal_wrapped(|ui| {
        widgets::dim(ui, "1");
        field(ui, &mut typed.currency, say::CURRENCY, say::CURRENCY_HINT, 44.0);
        widgets::dim(ui, "=");
        field(ui, &mut typed.worth, say::WORTH, say::WORTH_HINT, 70.0);
        widgets::dim(ui, reporting.to_string());
        let currency = Currency::parse(&typed.currency).ok().filter(|currency| *currency != reporting);
        let worth = amount(&typed.worth).ok().filter(|worth| !worth.is_zero());
        let both = currency.zip(worth);
        if action(ui, say::ADD_RATE, both.is_some())
            && let Some((currency, worth)) = both
        {
            typed.currency.clear();
            typed.worth.clear();
            let on = snapshot.analysis.as_of;
            alter(snapshot, asks, |policy| {
                policy.rates.insert(currency, Rate { worth, on });
            });
        }
    });
}

fn domains(ui: &mut Ui, snapshot: &Snapshot, typed: &mut Setting, asks: &mut Vec<Ask>) {
    let declared = &snapshot.analysis.workspace.policy.owned_domains;
    let about = match declared.is_empty() {
        true => say::DOMAINS_TAKEN,
        false => say::DOMAINS_DECLARED,
    };
    section(ui, say::DOMAINS, about, |ui| {
        for domain in &snapshot.settings.domains {
            row(ui, &domain.domain, |ui| {
                let people = say::people(domain.people);
                widgets::dim(ui, if domain.declared { say::declared(&people) } else { people });
                if domain.declared && icon(ui, icons::CLOSE, &say::no_longer_declare(&domain.domain)) {
                    alter(snapshot, asks, |policy| {
                        policy.owned_domains.retain(|known| !known.eq_ignore_ascii_case(&domain.domain));
                    });
                }
            });
        }
        ui.horizontal(|ui| {
            field(ui, &mut typed.domain, say::DOMAIN, say::DOMAIN_HINT, 180.0);
            let domain = as_domain(&typed.domain);
            if action(ui, say::DECLARE, domain.is_some())
                && let Some(domain) = domain
            {
                typed.domain.clear();
                alter(snapshot, asks, |policy| policy.owned_domains.push(domain));
            }
        });
    });
}

fn former(ui: &mut Ui, snapshot: &Snapshot, typed: &mut Setting, asks: &mut Vec<Ask>) {
    section(ui, say::FORMER, say::FORMER_WHY, |ui| {
        for (domain, owned) in &snapshot.settings.former {
            row(ui, domain, |ui| {
                widgets::dim(ui, say::became(owned));
                if icon(ui, icons::CLOSE, &say::no_former_domain(domain)) {
                    alter(snapshot, asks, |policy| {
                        policy.domain_aliases.remove(domain);
                    });
                }
            });
        }
        ui.horizontal_wrapped(|ui| {
            field(ui, &mut typed.former, say::FORMER_DOMAIN, say::FORMER_DOMAIN_HINT, 140.0);
            widgets::dim(ui, say::BECAME);
            field(ui, &mut typed.replaced_by, say::REPLACED_BY, say::DOMAIN_HINT, 140.0);
            let both = as_domain(&typed.former).zip(as_domain(&typed.replaced_by)).filter(|(old, new)| old != new);
            if action(ui, say::ADD, both.is_some())
                && let Some((old, new)) = both
            {
                typed.former.clear();
                typed.replaced_by.clear();
                asks.push(Ask::Settle(Box::new(snapshot.analysis.declare(&old, &new))));
            }
        });
    });
}

fn service(ui: &mut Ui, snapshot: &Snapshot, typed: &mut Setting, asks: &mut Vec<Ask>) {
    section(ui, say::SERVICE, say::SERVICE_WHY, |ui| {
        for word in &snapshot.settings.words {
            service_word(ui, snapshot, word, asks);
        }
        if snapshot.settings.words.is_empty() {
            widgets::dim(ui, say::NONE_MARKED);
        }
        ui.add_space(GAP);
        ui.horizontal_wrapped(|ui| {
            field(ui, &mut typed.word, say::WORD, say::WORD_HINT, 150.0);
            let labels = ServiceClass::ALL.map(words::service_kind);
            if let Some(class) = widgets::choice(ui, say::STANDS_FOR, words::service_kind(typed.class), &labels) {
                typed.class = ServiceClass::ALL.get(class).copied().unwrap_or(typed.class);
            }
            let word = typed.word.trim().to_lowercase();
            if action(ui, say::ADD_WORD, word.chars().any(char::is_alphabetic)) {
                typed.word.clear();
                let class = typed.class;
                alter(snapshot, asks, |policy| {
                    policy.service_words_off.remove(&word);
                    policy.service_words.insert(word, class);
                });
            }
        });
        ui.add_space(GAP);
        field(ui, &mut typed.search, say::SEARCH, say::SEARCH_HINT, 300.0);
        if typed.search.trim().is_empty() {
            return;
        }
        let policy = &snapshot.analysis.workspace.policy;
        let (found, all) = find_service_words(policy, &typed.search, MOST_FOUND);
        for word in &found {
            service_word(ui, snapshot, word, asks);
        }
        if all != found.len() || all == 0 {
            widgets::dim(ui, say::words_found(all));
        }
    });
}

fn service_word(ui: &mut Ui, snapshot: &Snapshot, word: &ServiceWord, asks: &mut Vec<Ask>) {
    let accounts = (word.accounts > 0).then(|| common::accounts(word.accounts));
    let kind = Some(words::service_kind(word.class));
    let said = [kind, word.added.then_some(say::ADDED), accounts.as_deref(), word.off.then_some(say::OFF)];
    let said: Vec<&str> = said.into_iter().flatten().collect();
    row(ui, &word.word, |ui| {
        widgets::dim(ui, said.join(" · "));
        let name = word.word.clone();
        if word.added {
            if icon(ui, icons::CLOSE, &say::take_out(&name)) {
                alter(snapshot, asks, |policy| {
                    policy.service_words.remove(&name);
                });
            }
        } else if word.off {
            if link(ui, say::SWITCH_ON, &name) {
                alter(snapshot, asks, |policy| {
                    policy.service_words_off.remove(&name);
                });
            }
        } else if link(ui, say::SWITCH_OFF, &name) {
            alter(snapshot, asks, |policy| {
                policy.service_words_off.insert(name);
            });
        }
    });
}

/// A line of a list, with a thin line below it: what it is about, and the rest.
fn row<R>(ui: &mut Ui, name: &str, add: impl FnOnce(&mut Ui) -> R) -> R {
    let shown = ui.horizontal(|ui| {
        ui.set_min_height(28.0);
        let label = vec2(LABEL.min(ui.available_width() * 0.45), 28.0);
        ui.allocate_ui_with_layout(label, Layout::left_to_right(Align::Center), |ui| {
            ui.set_min_size(label);
            ui.add(Label::new(RichText::new(name).font(medium(size::BODY))).truncate());
        });
        add(ui)
    });
    let (range, bottom) = (ui.max_rect().x_range(), ui.cursor().top() - 3.0);
    ui.painter().hline(range, bottom, Stroke::new(1.0, Tokens::of(ui).line));
    shown.inner
}

fn field(ui: &mut Ui, text: &mut String, name: &str, hint: &str, width: f32) {
    let edit = widgets::field(text).hint_text(hint).desired_width(width).margin(Margin::symmetric(8, 5));
    ui.add(edit).widget_info(|| WidgetInfo::labeled(Role::TextInput, true, name));
}

fn action(ui: &mut Ui, text: &str, enabled: bool) -> bool {
    ui.add_enabled_ui(enabled, |ui| widgets::button(ui, text)).inner.clicked()
}

/// A sign at the end of a line.
fn icon(ui: &mut Ui, icon: &str, name: &str) -> bool {
    at_end(ui, |ui| widgets::icon_button(ui, icon, name).clicked())
}

/// A link at the end of a line.
fn link(ui: &mut Ui, text: &str, word: &str) -> bool {
    at_end(ui, |ui| {
        let response = widgets::link(ui, text);
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{text} {word}")));
        response.clicked()
    })
}

fn at_end<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) -> R {
    ui.with_layout(Layout::right_to_left(Align::Center), add).inner
}
