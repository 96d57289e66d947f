use rust_decimal::Decimal;

use super::{Tone, format, words};
use crate::analysis::Analysis;
use crate::compare::{
    Assumption, Choice, Comparison, Flows, PortfolioScenario, Scenario, ScenarioKind, Swing, Veto, Why,
};
use crate::model::{AppName, Currency, Money};
use crate::price::{AppCost, LaborBasis, Unpriced};

/// Courses of action for one app or for all, side by side.
#[derive(Clone, Debug)]
pub struct Scenarios {
    /// The app; `None` for all.
    pub app: Option<AppName>,
    /// Stay manual first.
    pub cards: Vec<ScenarioCard>,
    /// What to do and why.
    pub why: WhyCard,
    /// The plan an upgrade goes to, and those it could go to.
    pub target: Option<(String, Vec<String>)>,
    /// Where the hours are from, in a sentence with the formula.
    pub hours_why: String,
    /// Hours a year; `None` where they cannot be estimated.
    pub hours: Option<Decimal>,
    /// What is in no sum, and why.
    pub missing: Vec<String>,
    /// The reporting currency.
    pub currency: Currency,
}

/// A course of action.
#[derive(Clone, Debug)]
pub struct ScenarioCard {
    /// Which one; `None` for what is recommended for each app.
    pub kind: Option<ScenarioKind>,
    /// `Upgrade to Expert`.
    pub title: String,
    /// What to know first.
    pub chip: Option<(String, Tone)>,
    /// What a settled year costs.
    pub figure: String,
    /// `a year, run rate · $58.4K – $79.2K`.
    pub note: String,
    /// Label, amount, and the formula behind it.
    pub lines: Vec<CardLine>,
    /// It is what the program recommends.
    pub recommended: bool,
    /// Why there is no figure.
    pub unpriced: Option<String>,
    /// What speaks against it, or must be done first.
    pub vetoes: Vec<(String, Tone)>,
    /// What has been paid in all, by month from the start.
    pub paid: Vec<Decimal>,
    /// All of it in one sentence, for those who do not see it.
    pub said: String,
}

/// A line of a card.
#[derive(Clone, Debug)]
pub struct CardLine {
    /// What it is.
    pub label: String,
    /// The amount.
    pub amount: String,
    /// The formula with its inputs.
    pub why: String,
}

/// What to do, why, and what would change it.
#[derive(Clone, Debug)]
pub struct WhyCard {
    /// `Why automation`.
    pub title: String,
    /// Sentences.
    pub reasons: Vec<String>,
    /// What speaks against moving to SCIM, or must be done first, as far as no reason says it already.
    pub beside: Vec<(String, Tone)>,
    /// What would change the answer.
    pub would_change: Option<String>,
}

impl Scenarios {
    /// The courses of action for an app, or for all.
    pub fn new(analysis: &Analysis, app: Option<&AppName>) -> Self {
        let of_app = app.and_then(|app| {
            let cost = analysis.costs.app(app)?;
            let comparison = analysis.comparisons.iter().find(|comparison| comparison.app == cost.app)?;
            Some((cost, comparison))
        });
        match of_app {
            Some((cost, comparison)) => one_app(analysis, cost, comparison),
            None => all_apps(analysis),
        }
    }

    /// The card of a course of action.
    pub fn card(&self, kind: ScenarioKind) -> Option<&ScenarioCard> {
        self.cards.iter().find(|card| card.kind == Some(kind))
    }

    /// The recommended course, where it is one; else the first that is not the baseline.
    pub fn leading(&self) -> Option<ScenarioKind> {
        let recommended = self.cards.iter().find(|card| card.recommended);
        let taken = recommended.and_then(|card| card.kind).filter(|kind| *kind != ScenarioKind::StayManual);
        taken.or_else(|| {
            let others = self.cards.iter().filter(|card| card.unpriced.is_none()).filter_map(|card| card.kind);
            others.rev().find(|kind| *kind != ScenarioKind::StayManual)
        })
    }
}

fn one_app(analysis: &Analysis, cost: &AppCost, comparison: &Comparison) -> Scenarios {
    let cards = comparison.scenarios.iter().map(|scenario| card(analysis, cost, comparison, scenario)).collect();
    let known = analysis.catalog.app(&cost.app);
    let target = known.filter(|app| app.plans.len() > 1).map(|app| {
        let chosen = comparison.scenarios.iter().find_map(|scenario| scenario.plan.clone()).unwrap_or_default();
        let others = app.plans.iter().filter(|plan| plan.name != cost.terms.plan);
        (chosen, others.map(|plan| plan.name.clone()).collect())
    });
    Scenarios {
        app: Some(cost.app.clone()),
        cards,
        why: why(comparison),
        target,
        hours_why: hours_why(cost),
        hours: cost.impact.hours.hours.clone().ok(),
        missing: cost.impact.total.missing.iter().map(|Unpriced(reason)| reason.clone()).collect(),
        currency: analysis.policy.currency,
    }
}

fn why(comparison: &Comparison) -> WhyCard {
    let recommendation = &comparison.recommendation;
    let said = |veto: &Veto| {
        recommendation.reasons.iter().any(|why| match veto {
            Veto::HardDelete => *why == Why::HardDelete,
            Veto::IdpWithoutScim { .. } => matches!(why, Why::IdpWithoutScim { .. }),
            Veto::PlanWithoutScim { .. } => matches!(why, Why::PlanWithoutScim { .. }),
            _ => false,
        })
    };
    let scim = [ScenarioKind::Upgrade, ScenarioKind::NativeScim];
    let scenario = comparison.scenarios.iter().find(|scenario| scim.contains(&scenario.kind));
    let vetoes = scenario.into_iter().flat_map(|scenario| &scenario.vetoes).filter(|veto| !said(veto));
    let title = match recommendation.choice {
        Choice::Take(ScenarioKind::StayManual) => "Why stay manual",
        Choice::Take(ScenarioKind::CleanUp) => "Why clean up",
        Choice::Take(ScenarioKind::Upgrade) => "Why upgrade",
        Choice::Take(ScenarioKind::Automate) => "Why automation",
        Choice::Take(ScenarioKind::NativeScim) => "Why native SCIM",
        Choice::EnterQuote => "Enter a quote first",
        Choice::EnterContract => "Enter the contract first",
        Choice::EnterRate => "Enter an exchange rate first",
        Choice::ImportAccounts => "Import its accounts first",
    };
    let changes: Vec<String> = recommendation.would_change.iter().map(words::why).collect();
    WhyCard {
        title: title.into(),
        reasons: recommendation.reasons.iter().map(words::why).collect(),
        beside: vetoes.map(|veto| (words::veto(veto), veto_tone(veto))).collect(),
        would_change: (!changes.is_empty()).then(|| format!("Would change the answer: {}", changes.join(", or "))),
    }
}

/// Where hours come from, with the formula.
pub(super) fn hours_why(cost: &AppCost) -> String {
    let hours = match &cost.impact.hours.hours {
        Ok(hours) => format!("{} h", format::plain(*hours)),
        Err(Unpriced(reason)) => return reason.clone(),
    };
    match &cost.impact.hours.basis {
        LaborBasis::Benchmark { headcount, per_person } => format!(
            "Published aggregate: {} people × {} h = {hours} a year",
            format::count(*headcount),
            per_person.normalize()
        ),
        LaborBasis::BottomUp { changes, share, minutes_per_change, accounts, reviews, minutes_per_review } => format!(
            "Bottom-up: {} joiners, leavers and movers × {}% who use it × {} min + {} accounts × {} reviews × {} min = {hours} a year",
            format::count(*changes),
            (share * Decimal::ONE_HUNDRED).round_dp(1).normalize(),
            minutes_per_change.normalize(),
            format::count(*accounts),
            reviews,
            minutes_per_review.normalize()
        ),
        LaborBasis::Own => format!("Entered by you: {hours} a year"),
        LaborBasis::NotListed => "No file lists its accounts, so no work is counted".into(),
    }
}

fn card(analysis: &Analysis, cost: &AppCost, comparison: &Comparison, scenario: &Scenario) -> ScenarioCard {
    let kind = scenario.kind;
    let recommended = comparison.recommendation.choice == Choice::Take(kind);
    let title = match (kind, &scenario.plan) {
        (ScenarioKind::Upgrade, Some(plan)) => format!("Upgrade to {plan}"),
        _ => words::scenario(kind).to_owned(),
    };
    let (lines, unpriced) = match &scenario.flows {
        Ok(flows) => (lines(analysis, cost, scenario, flows), None),
        Err(Unpriced(reason)) => (Vec::new(), Some(reason.clone())),
    };
    let figure = scenario.run_rate.as_ref().map_or_else(|_| "not priced".to_owned(), |money| format::money(*money));
    let note = note(analysis, cost, comparison, scenario);
    ScenarioCard {
        kind: Some(kind),
        chip: chip(scenario, recommended),
        said: format!("{title}: {figure} a year{}", if recommended { ", recommended" } else { "" }),
        title,
        figure,
        note,
        lines,
        recommended,
        unpriced,
        vetoes: scenario.vetoes.iter().map(|veto| (words::veto(veto), veto_tone(veto))).collect(),
        paid: paid(scenario.flows.as_ref().ok()),
    }
}

fn veto_tone(veto: &Veto) -> Tone {
    match veto {
        Veto::HardDelete | Veto::IdpWithoutScim { .. } | Veto::PlanWithoutScim { .. } => Tone::Risk,
        Veto::Prerequisite(_) | Veto::IdpUnknown { .. } | Veto::ScimUnknown { .. } | Veto::DeletionUnknown => {
            Tone::Notice
        }
        Veto::NoBand | Veto::FromPrice | Veto::Disputed => Tone::Waste,
        Veto::Constraint(_) | Veto::OwnQuote => Tone::Quiet,
    }
}

fn paid(flows: Option<&Flows>) -> Vec<Decimal> {
    flows.map(Flows::cumulative).unwrap_or_default()
}

fn chip(scenario: &Scenario, recommended: bool) -> Option<(String, Tone)> {
    if recommended {
        return Some(("recommended".into(), Tone::Good));
    }
    scenario.vetoes.iter().find_map(|veto| match veto {
        Veto::HardDelete => Some(("users are deleted".into(), Tone::Risk)),
        Veto::IdpWithoutScim { .. } => Some(("no deprovisioning".into(), Tone::Risk)),
        Veto::PlanWithoutScim { .. } => Some(("no SCIM".into(), Tone::Risk)),
        _ => None,
    })
}

fn note(analysis: &Analysis, cost: &AppCost, comparison: &Comparison, scenario: &Scenario) -> String {
    let seats = |seats: u32| format::counted(seats, "seat", "seats");
    let dropped = cost.terms.seats.saturating_sub(scenario.seats);
    let drop = cost.recoverable.as_ref().ok().and_then(|recoverable| recoverable.drop);
    let when = drop.map_or_else(|| "at renewal".to_owned(), |drop| format!("on {}", format::date(drop.from)));
    let said = match scenario.kind {
        ScenarioKind::StayManual => "a year, run rate".to_owned(),
        ScenarioKind::CleanUp if dropped == 0 => "a year; no seats to drop".into(),
        ScenarioKind::CleanUp => format!("drop {} {when}", seats(dropped)),
        ScenarioKind::NativeScim if scenario.automated => "native SCIM, in the plan already".into(),
        ScenarioKind::NativeScim => "in the plan already, and nothing is automated".into(),
        ScenarioKind::Automate => match cost.terms.plan.as_str() {
            "" => "keeps the plan".to_owned(),
            plan => format!("keeps {plan}"),
        },
        ScenarioKind::Upgrade => {
            let premium = comparison.upgrade.as_ref().and_then(|upgrade| upgrade.premium.as_ref().ok());
            let what = if scenario.automated { "native SCIM" } else { "nothing is automated" };
            premium.map_or_else(
                || what.to_owned(),
                |premium| format!("{what}, {} a year at list price", format::money_change(premium.usual)),
            )
        }
    };
    let range = scenario.range.as_ref().ok().and_then(|(low, high)| {
        let money = |amount| Money::new(amount, analysis.policy.currency);
        let point = scenario.flows.as_ref().map(Flows::run_rate).unwrap_or_default();
        let ends = [low.run_rate(), point, high.run_rate()];
        let (low, high) = (ends.into_iter().min().unwrap_or_default(), ends.into_iter().max().unwrap_or_default());
        (low != high).then(|| format!("{} – {}", format::money_short(money(low)), format::money_short(money(high))))
    });
    range.map_or(said.clone(), |range| format!("{said} · {range}"))
}

fn lines(analysis: &Analysis, cost: &AppCost, scenario: &Scenario, flows: &Flows) -> Vec<CardLine> {
    let policy = &analysis.policy;
    let money = |amount: Decimal| Money::new(amount, policy.currency);
    let line =
        |label: String, amount: Decimal, why: String| CardLine { label, amount: format::money(money(amount)), why };
    let settled = flows.settled();
    let labor = cost.impact.labor.as_ref().map_or_else(|_| "?".into(), |money| format::money_exact(*money));
    let unused = cost.counts.unused_licenses.point;
    let licenses = match scenario.kind {
        ScenarioKind::StayManual if unused > 0 => format!("Licenses, {} unused", format::count(unused)),
        ScenarioKind::CleanUp if scenario.seats < cost.terms.seats => "Licenses, regrown".into(),
        _ => "Licenses".to_owned(),
    };
    let licenses_why = match &scenario.kind {
        ScenarioKind::CleanUp => format!(
            "{} from the drop on; what was dropped grows back within 12 months",
            format::counted(scenario.seats, "seat", "seats")
        ),
        _ => format!("bill for {} of {}", format::counted(scenario.seats, "seat", "seats"), plan_of(cost, scenario)),
    };
    let residual = format!("{labor} × {} that remains", format::percent(policy.residual_labor));
    let orphans = format!(
        "{} orphaned × {}",
        format::count(cost.counts.orphaned.point),
        format::money_exact(policy.cost_per_orphan)
    );
    let rest = match scenario.kind {
        ScenarioKind::StayManual | ScenarioKind::CleanUp => {
            line("IT labor, misses".into(), settled.labor + settled.misses, format!("labor {labor} + misses {orphans}"))
        }
        ScenarioKind::Automate => line(
            "Fee + residual labor".into(),
            settled.fee + settled.labor,
            format!("fee {} + {residual}", format::money(policy.fee_for(cost.app.key()))),
        ),
        ScenarioKind::Upgrade | ScenarioKind::NativeScim if scenario.automated => {
            line("Residual labor".into(), settled.labor, residual)
        }
        ScenarioKind::Upgrade | ScenarioKind::NativeScim => line(
            "IT labor, misses".into(),
            settled.labor + settled.misses,
            format!("nothing is automated: labor {labor} + misses {orphans}"),
        ),
    };
    let npv = scenario.npv.as_ref().map_or(Decimal::ZERO, |money| money.amount);
    let saving = scenario.saving.as_ref().ok().map(|saving| format::money_change(*saving)).unwrap_or_default();
    let mut npv_why = format!(
        "{} months, each paid at its end, at {} a year; once {}",
        policy.horizon_years * 12,
        format::percent(policy.discount_rate),
        format::money(money(flows.one_off()))
    );
    if scenario.kind != ScenarioKind::StayManual {
        npv_why += &format!("\nagainst staying manual: {saving}");
        npv_why += &match scenario.payback_months {
            Some(0) => "; cheaper from the start".to_owned(),
            Some(months) => format!("; paid back after {}", format::counted(months, "month", "months")),
            None => "; not paid back within the horizon".into(),
        };
    }
    let mut lines = vec![line(licenses, settled.licenses, licenses_why), rest];
    lines.push(line("Year 1".into(), flows.year_1(), "the first twelve months, with what is paid once".into()));
    lines.push(line(format!("{}-year NPV", policy.horizon_years), npv, npv_why));
    lines
}

fn plan_of<'a>(cost: &'a AppCost, scenario: &'a Scenario) -> &'a str {
    let plan = scenario.plan.as_deref().unwrap_or(&cost.terms.plan);
    if plan.is_empty() { "the present plan" } else { plan }
}

fn all_apps(analysis: &Analysis) -> Scenarios {
    let policy = &analysis.policy;
    let all = u32::try_from(analysis.costs.apps.len()).unwrap_or(u32::MAX);
    let card = |scenario: &PortfolioScenario| {
        let settled = scenario.flows.settled();
        let money = |amount: Decimal| Money::new(amount, policy.currency);
        let line = |label: &str, amount: Decimal, why: String| CardLine {
            label: label.to_owned(),
            amount: format::money(money(amount)),
            why,
        };
        let title = scenario.kind.map_or("As recommended", words::scenario).to_owned();
        let note = match scenario.kind {
            Some(ScenarioKind::StayManual) => format!("all {}", format::counted(all, "app", "apps")),
            _ => format!("changes {} of {}", format::count(scenario.apps), format::counted(all, "app", "apps")),
        };
        let saving = match scenario.kind {
            Some(ScenarioKind::StayManual) => String::new(),
            _ => format!("against staying manual: {}", format::money_change(scenario.saving)),
        };
        let figure = format::money(scenario.run_rate);
        ScenarioCard {
            kind: scenario.kind,
            chip: None,
            said: format!("{title}: {figure} a year"),
            title,
            figure,
            note,
            lines: vec![
                line("Licenses", settled.licenses, "license bills of a settled year".into()),
                line(
                    "Labor, fees",
                    settled.labor + settled.misses + settled.fee,
                    format!(
                        "labor {} + misses {} + fees {}",
                        format::money(money(settled.labor)),
                        format::money(money(settled.misses)),
                        format::money(money(settled.fee))
                    ),
                ),
                line("Year 1", scenario.year_1.amount, "the first twelve months, with what is paid once".into()),
                line(&format!("{}-year NPV", policy.horizon_years), scenario.npv.amount, saving),
            ],
            recommended: scenario.kind.is_none(),
            unpriced: None,
            vetoes: scenario.missing.iter().map(|Unpriced(reason)| (reason.clone(), Tone::Waste)).collect(),
            paid: paid(Some(&scenario.flows)),
        }
    };
    let scenarios = &analysis.portfolio.scenarios;
    let mixed = scenarios.iter().find(|scenario| scenario.kind.is_none());
    let manual = scenarios.first();
    let mut reasons: Vec<String> = analysis
        .comparisons
        .iter()
        .map(|comparison| {
            let reason = comparison.recommendation.reasons.first().map(words::why).unwrap_or_default();
            format!("{}: {}. {reason}", comparison.app, words::choice_within(comparison.recommendation.choice))
        })
        .collect();
    if let Some((mixed, manual)) = mixed.zip(manual) {
        let saved = Money::new(manual.run_rate.amount - mixed.run_rate.amount, policy.currency);
        reasons.insert(
            0,
            format!(
                "All recommendations together save {} a year, {} over {}",
                format::money(saved),
                format::money(mixed.saving),
                format::counted(policy.horizon_years, "year", "years")
            ),
        );
    }
    Scenarios {
        app: None,
        cards: scenarios.iter().map(card).collect(),
        why: WhyCard { title: "What to do with each app".into(), reasons, beside: Vec::new(), would_change: None },
        target: None,
        hours_why: "Hours for each person who works here and app; apps can have an estimate of their own".into(),
        hours: None,
        missing: manual
            .map(|manual| manual.missing.iter().map(|missing| missing.0.clone()).collect())
            .unwrap_or_default(),
        currency: policy.currency,
    }
}

/// An assumption, as a label.
pub fn assumption(assumption: Assumption) -> &'static str {
    match assumption {
        Assumption::Seats => "Seats",
        Assumption::UnusedShare => "Unused share",
        Assumption::TargetPrice => "Upgrade price",
        Assumption::LaborRate => "Labor rate",
        Assumption::Hours => "Hours a year",
        Assumption::CostPerOrphan => "Cost per orphan",
        Assumption::Fee => "Automation fee",
        Assumption::ResidualLabor => "Residual labor",
        Assumption::DiscountRate => "Discount rate",
    }
}

/// What a swing says, in a sentence.
pub fn swing_words(swing: &Swing, kind: ScenarioKind, choice: Choice) -> String {
    let Some((low, high)) = swing.on(kind) else { return String::new() };
    let mut said = format!(
        "{}: 20% lower gains {}, 20% higher {}",
        assumption(swing.assumption),
        format::money(low),
        format::money(high)
    );
    let (lower, higher) = swing.choices;
    if lower != choice {
        said += &format!("; 20% lower would make it: {}", words::choice_within(lower));
    }
    if higher != choice {
        said += &format!("; 20% higher would make it: {}", words::choice_within(higher));
    }
    said
}
