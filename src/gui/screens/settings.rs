use eframe::egui::{
    Align, Checkbox, DragValue, Label, Layout, Margin, RichText, Role, ScrollArea, Stroke, TextEdit, Ui, WidgetInfo,
    vec2,
};

use super::Ask;
use crate::gui::theme::{CARD_GAP, GAP, Tokens, medium, semibold, size};
use crate::gui::{icons, widgets};
use crate::model::Currency;
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
            return;
        }
        ui.columns(2, |columns| {
            if let [left, right] = columns {
                // Columns would justify text.
                left.with_layout(Layout::top_down(Align::Min), |ui| {
                    thresholds(ui, snapshot, &mut asks);
                    domains(ui, snapshot, typed, &mut asks);
                    former(ui, snapshot, typed, &mut asks);
                });
                right.with_layout(Layout::top_down(Align::Min), |ui| {
                    service(ui, snapshot, typed, &mut asks);
                    money(ui, snapshot, typed, &mut asks);
                });
            }
        });
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
    let field = DragValue::new(&mut days).range(0..=MOST_DAYS).speed(0.0).update_while_editing(false).suffix(" days");
    let response = ui.add_sized(vec2(84.0, 26.0), field);
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::SpinButton, true, name);
        info.value = Some(f64::from(value));
        info
    });
    (days != value).then_some(days)
}

fn thresholds(ui: &mut Ui, snapshot: &Snapshot, asks: &mut Vec<Ask>) {
    let policy = &snapshot.analysis.workspace.policy;
    let about = "A paid seat counts as unused when its owner works here and nobody has used it for this long.";
    section(ui, "Unused seats", about, |ui| {
        row(ui, "Without activity for", |ui| {
            if let Some(days) = days(ui, "Days without activity", policy.unused_after_days) {
                alter(snapshot, asks, |policy| policy.unused_after_days = days);
            }
        });
        row(ui, "New accounts may stay unused for", |ui| {
            if let Some(days) = days(ui, "Days of grace", policy.grace_days) {
                alter(snapshot, asks, |policy| policy.grace_days = days);
            }
        });
        let mut leave = policy.leave_keeps_seats;
        if ui.add(Checkbox::new(&mut leave, "Seats of people on leave count as in use")).clicked() {
            alter(snapshot, asks, |policy| policy.leave_keeps_seats = leave);
        }
        let mut suspended = policy.suspended_have_left;
        if ui.add(Checkbox::new(&mut suspended, "Accounts of suspended people count as orphaned")).clicked() {
            alter(snapshot, asks, |policy| policy.suspended_have_left = suspended);
        }
        if snapshot.settings.apps.is_empty() {
            return;
        }
        ui.add_space(GAP);
        ui.label(RichText::new("By app").font(semibold(size::BODY)));
        for app in &snapshot.settings.apps {
            row(ui, &app.app, |ui| {
                let name = format!("Days without activity in {}", app.app);
                let now = app.days.unwrap_or(policy.unused_after_days);
                if let Some(days) = days(ui, &name, now) {
                    alter(snapshot, asks, |policy| {
                        policy.unused_after_days_by_app.insert(app.key.clone(), days);
                    });
                }
                match app.days {
                    Some(_) if icon(ui, icons::CLOSE, &format!("Use the general threshold for {}", app.app)) => {
                        alter(snapshot, asks, |policy| {
                            policy.unused_after_days_by_app.remove(&app.key);
                        });
                    }
                    Some(_) => {}
                    None => {
                        widgets::dim(ui, "as all");
                    }
                }
            });
        }
    });
}

fn money(ui: &mut Ui, snapshot: &Snapshot, typed: &mut Setting, asks: &mut Vec<Ask>) {
    let about = "What figures are computed with. Empty a field to go back to the published or assumed figure; hover for its source.";
    section(ui, "Money", about, |ui| {
        Figure::MONEY.into_iter().for_each(|each| figure(ui, snapshot, each, asks));
        rates(ui, snapshot, typed, asks);
        ui.add_space(GAP);
        let policy = &snapshot.analysis.workspace.policy;
        row(ui, "Hours are estimated", |ui| {
            let labels = ESTIMATES.map(|(_, label)| label);
            let now = ESTIMATES.iter().find(|(estimate, _)| *estimate == policy.labor).map_or("", |(_, label)| label);
            let picked = widgets::choice(ui, "Hours are estimated", now, &labels);
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
    let hint = measured.map_or_else(|| "not measured".to_owned(), |people| format!("measured: {people}"));
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
            let from = if own.contains_key(currency) { "entered" } else { "imported" };
            let date = format::date(rate.on);
            widgets::dim(ui, format!("{} {reporting} on {date}, {from}", rate.worth.round_dp(6).normalize()));
            if own.contains_key(currency) && icon(ui, icons::CLOSE, &format!("Take out the rate of {currency}")) {
                alter(snapshot, asks, |policy| {
                    policy.rates.remove(currency);
                });
            }
        });
    }
    ui.horizontal_wrapped(|ui| {
        widgets::dim(ui, "1");
        field(ui, &mut typed.currency, "Currency of a rate", "EUR", 44.0);
        widgets::dim(ui, "=");
        field(ui, &mut typed.worth, "What it is worth", "1.08", 70.0);
        widgets::dim(ui, reporting.to_string());
        let currency = Currency::parse(&typed.currency).ok().filter(|currency| *currency != reporting);
        let worth = amount(&typed.worth).ok().filter(|worth| !worth.is_zero());
        let both = currency.zip(worth);
        if action(ui, "Add rate", both.is_some())
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
        true => "Taken from the directory: the domains its people share. Declare one, and only declared ones count.",
        false => "Only these count. Take all of them out to go by the directory again.",
    };
    section(ui, "Your domains", about, |ui| {
        for domain in &snapshot.settings.domains {
            row(ui, &domain.domain, |ui| {
                let people = format::counted(u32::try_from(domain.people).unwrap_or(u32::MAX), "person", "people");
                widgets::dim(ui, if domain.declared { format!("declared · {people}") } else { people });
                if domain.declared && icon(ui, icons::CLOSE, &format!("No longer declare {}", domain.domain)) {
                    alter(snapshot, asks, |policy| {
                        policy.owned_domains.retain(|known| !known.eq_ignore_ascii_case(&domain.domain));
                    });
                }
            });
        }
        ui.horizontal(|ui| {
            field(ui, &mut typed.domain, "Domain of yours", "company.com", 180.0);
            let domain = as_domain(&typed.domain);
            if action(ui, "Declare", domain.is_some())
                && let Some(domain) = domain
            {
                typed.domain.clear();
                alter(snapshot, asks, |policy| policy.owned_domains.push(domain));
            }
        });
    });
}

fn former(ui: &mut Ui, snapshot: &Snapshot, typed: &mut Setting, asks: &mut Vec<Ask>) {
    let about = "After a new name or an acquisition: whoever has the same name before the @ is the same person.";
    section(ui, "Former domains", about, |ui| {
        for (domain, owned) in &snapshot.settings.former {
            row(ui, domain, |ui| {
                widgets::dim(ui, format!("became {owned}"));
                if icon(ui, icons::CLOSE, &format!("{domain} is no former domain")) {
                    alter(snapshot, asks, |policy| {
                        policy.domain_aliases.remove(domain);
                    });
                }
            });
        }
        ui.horizontal_wrapped(|ui| {
            field(ui, &mut typed.former, "Former domain", "old-name.com", 140.0);
            widgets::dim(ui, "became");
            field(ui, &mut typed.replaced_by, "Domain that replaced it", "company.com", 140.0);
            let both = as_domain(&typed.former).zip(as_domain(&typed.replaced_by)).filter(|(old, new)| old != new);
            if action(ui, "Add", both.is_some())
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
    let about = "Words in an address, a sign-in name or a display name that say no person is behind it. \
        These mark accounts here.";
    section(ui, "Service and shared accounts", about, |ui| {
        for word in &snapshot.settings.words {
            service_word(ui, snapshot, word, asks);
        }
        if snapshot.settings.words.is_empty() {
            widgets::dim(ui, "No account is marked by a word.");
        }
        ui.add_space(GAP);
        ui.horizontal_wrapped(|ui| {
            field(ui, &mut typed.word, "Further word", "a word of yours", 150.0);
            let labels = ServiceClass::ALL.map(words::service_kind);
            if let Some(class) = widgets::choice(ui, "It stands for", words::service_kind(typed.class), &labels) {
                typed.class = ServiceClass::ALL.get(class).copied().unwrap_or(typed.class);
            }
            let word = typed.word.trim().to_lowercase();
            if action(ui, "Add word", word.chars().any(char::is_alphabetic)) {
                typed.word.clear();
                let class = typed.class;
                alter(snapshot, asks, |policy| {
                    policy.service_words_off.remove(&word);
                    policy.service_words.insert(word, class);
                });
            }
        });
        ui.add_space(GAP);
        field(ui, &mut typed.search, "Search the words the program knows", "search the words the program knows", 300.0);
        if typed.search.trim().is_empty() {
            return;
        }
        let policy = &snapshot.analysis.workspace.policy;
        let (found, all) = find_service_words(policy, &typed.search, MOST_FOUND);
        for word in &found {
            service_word(ui, snapshot, word, asks);
        }
        if all != found.len() || all == 0 {
            let all = format::counted(u32::try_from(all).unwrap_or(u32::MAX), "word", "words");
            widgets::dim(ui, format!("{all} found"));
        }
    });
}

fn service_word(ui: &mut Ui, snapshot: &Snapshot, word: &ServiceWord, asks: &mut Vec<Ask>) {
    let mut said = words::service_kind(word.class).to_owned();
    if word.added {
        said += " · added";
    }
    if word.accounts > 0 {
        let accounts = u32::try_from(word.accounts).unwrap_or(u32::MAX);
        said += &format!(" · {}", format::counted(accounts, "account", "accounts"));
    }
    if word.off {
        said += " · off";
    }
    row(ui, &word.word, |ui| {
        widgets::dim(ui, said);
        let name = word.word.clone();
        if word.added {
            if icon(ui, icons::CLOSE, &format!("Take out {name}")) {
                alter(snapshot, asks, |policy| {
                    policy.service_words.remove(&name);
                });
            }
        } else if word.off {
            if link(ui, "Switch on", &name) {
                alter(snapshot, asks, |policy| {
                    policy.service_words_off.remove(&name);
                });
            }
        } else if link(ui, "Switch off", &name) {
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
    let edit = TextEdit::singleline(text).hint_text(hint).desired_width(width).margin(Margin::symmetric(8, 5));
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

/// A domain as it is written in addresses: without an `@` or a scheme, with a dot in it.
fn as_domain(text: &str) -> Option<String> {
    let domain = text.trim().trim_start_matches('@').to_lowercase();
    let plain = domain.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-'));
    (plain && domain.contains('.') && !domain.starts_with('.') && !domain.ends_with('.')).then_some(domain)
}
