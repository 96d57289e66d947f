use eframe::egui::{Align, Label, Layout, Margin, RichText, Ui, vec2};
use jiff::civil::Date;

use super::Ask;
use crate::gui::app::Looks;
use crate::gui::text::{accounts as say, common};
use crate::gui::theme::{Tokens, semibold, size};
use crate::gui::widgets;
use crate::session::{Bulk, Listing};
use crate::view::{AccountDetail, AccountId, Column};
use crate::workspace::{AccountKey, Exemption, Verdict};

/// Whose an account is, why, and what can be done with it.
pub(super) fn one(ui: &mut Ui, listing: &Listing, looks: &mut Looks, asks: &mut Vec<Ask>) {
    let Some(id) = looks.selected.and_then(|row| listing.accounts.shown.get(row)) else {
        widgets::card_title(ui, say::CHOOSE);
        widgets::dim(ui, say::CHOOSE_WHY);
        return;
    };
    let tokens = Tokens::of(ui);
    let detail = AccountDetail::new(&listing.snapshot.analysis, *id);
    ui.spacing_mut().item_spacing.y = 4.0;
    ui.add(Label::new(RichText::new(&detail.account).font(semibold(size::CARD))).wrap());
    widgets::dim(ui, detail.about.clone());
    ui.add_space(10.0);
    if let Some(person) = &detail.person {
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new(person).font(semibold(size::CARD)));
            if let Some((status, tone)) = detail.person_status {
                widgets::chip(ui, status, tokens.tone(tone));
            }
        });
        for line in &detail.person_about {
            widgets::dim(ui, line.clone());
        }
        ui.add_space(10.0);
    }
    widgets::card_title(ui, &detail.match_title);
    let lines = detail.evidence.iter().map(|line| (line, false)).chain(detail.rivals.iter().map(|line| (line, true)));
    for ((said, weight), rival) in lines {
        let color = if rival { tokens.dim } else { tokens.text };
        let said = if rival { say::next_best(said) } else { said.clone() };
        ui.horizontal_top(|ui| {
            ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
                ui.label(RichText::new(weight).color(color));
                ui.with_layout(Layout::top_down(Align::Min), |ui| {
                    ui.add(Label::new(RichText::new(said).color(color)).wrap());
                });
            });
        });
        ui.separator();
    }
    ui.add_space(6.0);
    widgets::card_title(ui, &detail.finding_title);
    widgets::dim(ui, detail.reason.clone());
    if !detail.cost.is_empty() {
        widgets::dim(ui, detail.cost.clone());
    }
    ui.add_space(10.0);
    widgets::card_title(ui, say::SOURCE);
    widgets::dim(ui, detail.source.clone());
    ui.add_space(10.0);
    actions(ui, listing, *id, &detail, &mut looks.acting, asks);
}

#[derive(Debug, Eq, PartialEq)]
enum About {
    One(AccountKey),
    Marked,
}

/// What is being filled in about an account.
#[derive(Debug, Default)]
pub(in crate::gui) struct Acting {
    /// Of which account, or of all that are marked; another one begins anew.
    about: Option<About>,
    keeping: bool,
    reason: String,
    until: String,
    answers: String,
    /// What that was when it was filled in.
    answered: Option<String>,
}

impl Acting {
    /// Asks why an account is to be kept.
    pub(super) fn keep(&mut self) {
        self.keeping = true;
    }

    /// Why an account is kept and how long, once that is entered.
    fn kept(&mut self, ui: &mut Ui) -> Option<Exemption> {
        let label = ui.label(say::KEEP_WHY);
        ui.add(widgets::field(&mut self.reason).margin(Margin::symmetric(8, 6))).labelled_by(label.id);
        let label = ui.label(say::KEEP_UNTIL);
        ui.add(widgets::field(&mut self.until).margin(Margin::symmetric(8, 6))).labelled_by(label.id);
        let until: Result<Option<Date>, _> = match self.until.trim() {
            "" => Ok(None),
            day => day.parse().map(Some),
        };
        let reason = self.reason.trim().to_owned();
        let ready = !reason.is_empty() && until.is_ok();
        let entered = ui.add_enabled_ui(ready, |ui| widgets::primary_button(ui, say::KEEP_IT).clicked()).inner;
        let Ok(until) = until else {
            widgets::dim(ui, say::NO_DATE);
            return None;
        };
        entered.then(|| {
            self.keeping = false;
            Exemption { reason, until }
        })
    }
}

/// Whose it is, who answers for it, and whether it is kept.
fn actions(
    ui: &mut Ui,
    listing: &Listing,
    id: AccountId,
    detail: &AccountDetail,
    acting: &mut Acting,
    asks: &mut Vec<Ask>,
) {
    let analysis = &listing.snapshot.analysis;
    let about = Some(About::One(analysis.roster.key(id)));
    if acting.about != about || acting.answered != detail.answers {
        let (answers, answered) = (detail.answers.clone().unwrap_or_default(), detail.answers.clone());
        *acting = Acting { about, answers, answered, ..Acting::default() };
    }
    let mut settle = |change| asks.push(Ask::Settle(Box::new(change)));
    widgets::card_title(ui, say::ACTIONS);
    if let Some(exemption) = &detail.exemption {
        widgets::dim(ui, say::kept(exemption));
    }
    if detail.answers.is_some() {
        let label = ui.label(say::ANSWERS);
        ui.horizontal(|ui| {
            let edit = widgets::field(&mut acting.answers).hint_text(say::ANSWERS_HINT).desired_width(150.0);
            ui.add(edit.margin(Margin::symmetric(8, 6))).labelled_by(label.id);
            if widgets::button(ui, say::SAVE).clicked() {
                let verdict = Verdict::Service { owner: acting.answers.trim().to_owned() };
                settle(analysis.decide(id, Some(verdict)));
            }
        });
    }
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(6.0, 6.0);
        if detail.person.is_some() && widgets::button(ui, say::NOT_THIS_PERSON).clicked() {
            settle(analysis.decide(id, Some(Verdict::Nobody)));
        }
        if detail.answers.is_none() && widgets::button(ui, common::SERVICE_ACCOUNT).clicked() {
            settle(analysis.decide(id, Some(Verdict::Service { owner: String::new() })));
        }
        if detail.is_decided && widgets::button(ui, say::TAKE_BACK).clicked() {
            settle(analysis.decide(id, None));
        }
        match detail.exemption {
            Some(_) if widgets::button(ui, say::NO_LONGER_KEEP).clicked() => settle(analysis.exempt(id, None)),
            None if !acting.keeping && widgets::button(ui, say::KEEP).clicked() => acting.keeping = true,
            _ => {}
        }
    });
    if acting.keeping
        && detail.exemption.is_none()
        && let Some(exemption) = acting.kept(ui)
    {
        settle(analysis.exempt(id, Some(exemption)));
    }
}

/// What can be done with all accounts that are marked.
pub(super) fn many(ui: &mut Ui, listing: &Listing, looks: &mut Looks, columns: &[Column], asks: &mut Vec<Ask>) {
    if looks.acting.about != Some(About::Marked) {
        looks.acting = Acting { about: Some(About::Marked), ..Acting::default() };
    }
    widgets::card_title(ui, &say::marked(looks.marked.len()));
    widgets::dim(ui, say::MARKED_WHY);
    ui.add_space(8.0);
    let nobodys_person = Verdict::Service { owner: String::new() };
    let choices = [
        (say::SERVICE_ACCOUNTS, Bulk::Decide(Some(nobodys_person))),
        (say::NOBODYS, Bulk::Decide(Some(Verdict::Nobody))),
        (say::TAKE_BACK_ALL, Bulk::Decide(None)),
        (say::NO_LONGER_KEEP, Bulk::Exempt(None)),
    ];
    let marked = |looks: &Looks| looks.marked.in_order(&listing.accounts.shown);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(6.0, 6.0);
        if widgets::button(ui, say::COPY_ROWS).clicked() {
            asks.push(Ask::CopyAccounts(marked(looks), columns.to_vec()));
        }
        if !looks.acting.keeping && widgets::button(ui, say::KEEP).clicked() {
            looks.acting.keep();
        }
        for (title, bulk) in choices {
            if widgets::button(ui, title).clicked() {
                asks.push(Ask::SettleAll(marked(looks), bulk));
            }
        }
        if widgets::button(ui, say::UNMARK).clicked() {
            looks.marked.clear();
        }
    });
    if looks.acting.keeping {
        ui.add_space(8.0);
        if let Some(exemption) = looks.acting.kept(ui) {
            asks.push(Ask::SettleAll(marked(looks), Bulk::Exempt(Some(exemption))));
            looks.acting = Acting::default();
        }
    }
}
