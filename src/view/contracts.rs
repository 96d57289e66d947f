use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::plans::{AppCard, PlanCard, app_card};
use super::{Tone, format, words};
use crate::analysis::Analysis;
use crate::catalog::Provisioning;
use crate::compare::premium;
use crate::import::Contract;
use crate::model::{AppName, BillingCycle, Currency, Money, PriceUnit};
use crate::price::{AppCost, ContractSource, Origin, Tariff, Unpriced, contracts, next_drop};

/// What is paid for each app, and when it can be less.
#[derive(Clone, Debug)]
pub struct Contracts {
    /// One row for each app, by name.
    pub rows: Vec<ContractRow>,
    /// When terms end within a year, the first one first.
    pub renewals: Vec<Renewal>,
    /// Apps bound for a year whose renewal date nobody tells.
    pub undated: Vec<String>,
    /// The day it is for.
    pub as_of: Date,
}

/// An app and its contract.
#[derive(Clone, Debug)]
pub struct ContractRow {
    /// The app.
    pub app: AppName,
    /// The contract in force; empty where there is none.
    pub contract: Contract,
    /// A contract is known, from a file or by hand.
    pub known: bool,
    /// The plan, or a dash.
    pub plan: String,
    /// Plans the catalog knows.
    pub plans: Vec<String>,
    /// Seats bought.
    pub seats: Option<u32>,
    /// Accounts on paid seats beyond those bought.
    pub over: u32,
    /// Bought, assigned and used, for the eye.
    pub usage: (u32, u32, u32),
    /// What a seat costs a month, or the flat price, as a label.
    pub price: String,
    /// Where the price is from, and what makes it up.
    pub price_why: String,
    /// The currency of amounts that are entered without one.
    pub currency: Currency,
    /// The price is the list's or the user's own quote, not the contract's.
    pub listed: Option<&'static str>,
    /// `annual, min 8`.
    pub billing: String,
    /// End of the present term.
    pub renewal: Option<Date>,
    /// `150 d`, `now`, or a dash: until seats can be dropped.
    pub within: String,
    /// From which day, and by which day one must say so.
    pub within_why: String,
    /// Seats to drop; `None` where that is not known.
    pub droppable: Option<u32>,
    /// Saved a year by that; the reason where it is not known.
    pub saves: Result<Money, String>,
    /// How saved money is computed.
    pub saves_why: String,
    /// What the plan allows to automate.
    pub provisioning: (String, Tone),
    /// It was entered or altered by hand.
    pub by_hand: bool,
    /// A file has a contract as well.
    pub imported: Option<String>,
}

/// The end of a term.
#[derive(Clone, Debug, PartialEq)]
pub struct Renewal {
    /// The app.
    pub app: String,
    /// The day.
    pub on: Date,
    /// The last day to give notice.
    pub notice_by: Date,
    /// Seats to drop.
    pub seats: u32,
    /// Saved a year by that.
    pub saves: Money,
    /// What it is worth, or why nothing.
    pub label: String,
    /// Everything in one sentence.
    pub said: String,
}

/// The plans of one app, and what a change brings.
#[derive(Clone, Debug)]
pub struct PlanChoices {
    /// What the catalog knows; `None` where it does not know the app.
    pub card: Option<AppCard>,
    /// Where prices are from.
    pub subtitle: String,
    /// The plans.
    pub rows: Vec<PlanChoice>,
    /// What the step to SCIM brings, and what not.
    pub facts: Vec<PlanFact>,
    /// How to set it up with the identity provider of the directory.
    pub setup: Vec<String>,
    /// Seats that differences are for.
    pub seats: u32,
}

/// A plan of an app.
#[derive(Clone, Debug)]
pub struct PlanChoice {
    /// What the catalog tells of it.
    pub plan: PlanCard,
    /// `you are here`, `+$24,000 / yr`, or why there is no figure.
    pub difference: String,
    /// It is the present plan.
    pub here: bool,
}

/// A fact with a label.
#[derive(Clone, Debug)]
pub struct PlanFact {
    /// The fact.
    pub text: String,
    /// The label, and how it is meant.
    pub chip: Option<(String, Tone)>,
}

impl Contracts {
    /// The contracts of an analysis.
    pub fn new(analysis: &Analysis) -> Self {
        let sources = contracts(&analysis.roster, &analysis.workspace, &analysis.catalog, &mut Vec::new());
        let imported = imported(analysis);
        let rows: Vec<ContractRow> = analysis
            .costs
            .apps
            .iter()
            .map(|cost| row(analysis, cost, sources.get(cost.app.key()), imported.get(cost.app.key())))
            .collect();
        let mut renewals: Vec<Renewal> =
            analysis.costs.apps.iter().filter_map(|cost| renewal(analysis, cost)).collect();
        renewals.sort_by(|a, b| (a.on, &a.app).cmp(&(b.on, &b.app)));
        let undated = analysis.costs.apps.iter().filter(|cost| {
            cost.terms.tariff.is_ok() && cost.terms.billing == BillingCycle::Annual && cost.terms.renewal.is_none()
        });
        Self { rows, renewals, undated: undated.map(|cost| cost.app.to_string()).collect(), as_of: analysis.as_of }
    }
}

/// Where files tell of contracts, by app key.
fn imported(analysis: &Analysis) -> BTreeMap<String, String> {
    let without = crate::workspace::Workspace::default();
    let sources = contracts(&analysis.roster, &without, &analysis.catalog, &mut Vec::new());
    sources.into_iter().filter_map(|(key, source)| Some((key, source.place?.to_string()))).collect()
}

fn row(analysis: &Analysis, cost: &AppCost, source: Option<&ContractSource>, imported: Option<&String>) -> ContractRow {
    let terms = &cost.terms;
    let recoverable = cost.recoverable.as_ref();
    let next = next_drop(terms, analysis.as_of);
    let within = match (terms.billing, next) {
        _ if !terms.seats_known => "—".to_owned(),
        (BillingCycle::Monthly, _) => "now".into(),
        (_, Some(drop)) => format!("{} d", analysis.as_of.until(drop.from).map_or(0, |span| span.get_days())),
        (_, None) => "—".into(),
    };
    let missed = terms.renewal.zip(next).filter(|(renewal, next)| *renewal > analysis.as_of && *renewal < next.from);
    let within_why = match (missed, next) {
        (Some((renewal, next)), _) => format!(
            "the notice for {} is past; the next chance is {}, notice by {}",
            format::date(renewal),
            format::date(next.from),
            format::date(next.notice_by)
        ),
        (None, Some(next)) => {
            format!("from {}, notice by {}", format::date(next.from), format::date(next.notice_by))
        }
        (None, None) => "the renewal date is not known".into(),
    };
    let (price, price_why) = price_label(analysis, cost);
    ContractRow {
        contract: source.map_or_else(|| Contract::new(cost.app.clone()), |source| source.contract.clone()),
        known: source.is_some(),
        plan: if terms.plan.is_empty() { "—".into() } else { terms.plan.clone() },
        plans: analysis
            .catalog
            .app(&cost.app)
            .map(|app| app.plans.iter().map(|plan| plan.name.clone()).collect())
            .unwrap_or_default(),
        seats: terms.seats_known.then_some(terms.seats),
        over: cost.counts.over,
        usage: (terms.seats, cost.counts.billed, cost.counts.in_use),
        price,
        price_why,
        currency: terms.tariff.as_ref().map_or(analysis.policy.currency, |tariff| tariff.currency),
        listed: match terms.origin {
            Origin::Contract => None,
            Origin::List => Some("list price"),
            Origin::Quote => Some("your quote"),
        },
        billing: billing(cost),
        renewal: terms.renewal,
        within,
        within_why,
        droppable: recoverable.ok().map(|recoverable| recoverable.seats),
        saves: match recoverable {
            Ok(recoverable) => Ok(recoverable.run_rate),
            Err(Unpriced(reason)) => Err(reason.clone()),
        },
        saves_why: saves_why(analysis, cost),
        provisioning: provisioning(analysis, cost),
        by_hand: terms.by_hand,
        imported: imported.cloned(),
        app: cost.app.clone(),
    }
}

fn price_label(analysis: &Analysis, cost: &AppCost) -> (String, String) {
    match &cost.terms.tariff {
        Err(Unpriced(reason)) => ("not priced".into(), reason.clone()),
        Ok(tariff) => {
            let seats = cost.terms.seats;
            let bill = tariff.annual(seats);
            let each = match tariff.unit {
                PriceUnit::PerSeatMonth | PriceUnit::PerSeatYear => {
                    let year = cost.terms.seat_price().and_then(Result::ok).map_or(Decimal::ZERO, |price| price.amount);
                    format::money_exact(Money::new(year / Decimal::from(12), tariff.currency))
                }
                PriceUnit::FlatMonth | PriceUnit::FlatYear => {
                    let month = Money::new(bill.amount / Decimal::from(12), tariff.currency);
                    format!("{} flat", format::money_trim(month))
                }
            };
            let from = match cost.terms.origin {
                Origin::Contract if cost.terms.by_hand => "as entered by hand".to_owned(),
                Origin::Contract => {
                    cost.terms.place.as_ref().map_or_else(String::new, |place| format!("as {place} has it"))
                }
                Origin::List => format!("the list price of {}", cost.terms.plan),
                Origin::Quote => format!("your own price for {}", cost.terms.plan),
            };
            let why = format!(
                "{} for {}: {} a year\n{from}",
                tariff_words(tariff),
                format::counted(tariff.billed(seats), "seat", "seats"),
                bounds_words(tariff, seats)
            );
            let from = if tariff.from { "from " } else { "" };
            let rate =
                analysis.policy.rates.get(&tariff.currency).filter(|_| tariff.currency != analysis.policy.currency);
            let rate = rate.map(|rate| {
                format!(
                    "\n1 {} = {} {} on {}",
                    tariff.currency,
                    rate.worth.normalize(),
                    analysis.policy.currency,
                    format::date(rate.on)
                )
            });
            (format!("{from}{each}"), why + &rate.unwrap_or_default())
        }
    }
}

/// What a tariff charges, in words.
pub(super) fn tariff_words(tariff: &Tariff) -> String {
    let money = |amount| format::money_trim(Money::new(amount, tariff.currency));
    let mut said = match tariff.amount_high {
        Some(high) => format!("{}–{} {}", money(tariff.amount), money(high), tariff.unit.as_str()),
        None => format!("{} {}", money(tariff.amount), tariff.unit.as_str()),
    };
    if tariff.pack > 1 {
        said += &format!(" for {} together", format::counted(tariff.pack, "seat", "seats"));
    }
    if !tariff.discount.is_zero() {
        said += &format!(" less {}", format::percent(tariff.discount));
    }
    if !tariff.base_fee.is_zero() {
        said += &format!(" and {} a year", money(tariff.base_fee));
    }
    if tariff.minimum > 1 {
        said += &format!(", at least {}", format::counted(tariff.minimum, "seat", "seats"));
    }
    if !tariff.commitment.is_zero() {
        said += &format!(", at least {} a year", money(tariff.commitment));
    }
    said
}

fn bounds_words(tariff: &Tariff, seats: u32) -> String {
    let bounds = tariff.bounds(seats);
    match bounds.is_certain() {
        true => format::money_exact(bounds.high),
        false => format!("{} to {}", format::money_exact(bounds.low), format::money_exact(bounds.high)),
    }
}

fn billing(cost: &AppCost) -> String {
    let terms = &cost.terms;
    if !terms.seats_known && terms.tariff.is_err() {
        return "—".into();
    }
    let mut said = match terms.billing {
        BillingCycle::Monthly => "monthly".to_owned(),
        BillingCycle::Annual if terms.term_months == 12 => "annual".into(),
        BillingCycle::Annual if terms.term_months.is_multiple_of(12) => format!("{} years", terms.term_months / 12),
        BillingCycle::Annual => format!("{} months", terms.term_months),
    };
    if let Ok(tariff) = &terms.tariff
        && tariff.minimum > 1
    {
        said += &format!(", min {}", tariff.minimum);
    }
    said
}

fn saves_why(analysis: &Analysis, cost: &AppCost) -> String {
    let recoverable = match &cost.recoverable {
        Ok(recoverable) => recoverable,
        Err(Unpriced(reason)) => return reason.clone(),
    };
    let Ok(tariff) = &cost.terms.tariff else { return String::new() };
    let counts = &cost.counts;
    let mut said = format!(
        "{} in use and a buffer of {} (at least 1): {} needed of {} bought",
        format::count(counts.in_use),
        format::percent(analysis.policy.seat_buffer),
        format::count(recoverable.needed),
        format::count(cost.terms.seats),
    );
    said += &format!(
        "\nbill for {} {} − bill for {} {} = {} a year",
        format::count(cost.terms.seats),
        format::money_exact(tariff.annual(cost.terms.seats)),
        format::count(recoverable.needed),
        format::money_exact(tariff.annual(recoverable.needed)),
        format::money_exact(recoverable.run_rate)
    );
    match (&recoverable.drop, &recoverable.cashable) {
        (Some(drop), Ok(cashable)) => {
            said += &format!(
                "\nfrom {}: {} within {}; notice by {}",
                format::date(drop.from),
                format::money(*cashable),
                format::counted(analysis.policy.horizon_years, "year", "years"),
                format::date(drop.notice_by)
            );
        }
        (_, Err(Unpriced(reason))) => said += &format!("\nwhen: {reason}"),
        _ => {}
    }
    // Below a band edge fewer seats can be dearer.
    let fewer = recoverable.needed.saturating_sub(1);
    if counts.in_use < fewer && tariff.annual(fewer).amount > tariff.annual(recoverable.needed).amount {
        said += &format!("\n{fewer} seats would cost more: a volume price begins at {}", recoverable.needed);
    }
    said
}

fn provisioning(analysis: &Analysis, cost: &AppCost) -> (String, Tone) {
    let Some(app) = analysis.catalog.app(&cost.app) else { return ("not in the catalog".into(), Tone::Quiet) };
    let on_plan = app.plan(&cost.terms.plan).and_then(|plan| plan.scim);
    match (on_plan, app.scim_plan()) {
        (Some(true), _) => ("SCIM included".into(), Tone::Good),
        (_, Some(plan)) => (format!("SCIM at {}", plan.name), Tone::Waste),
        (Some(false), None) => ("no SCIM known".into(), Tone::Quiet),
        (None, None) => ("not known".into(), Tone::Quiet),
    }
}

fn renewal(analysis: &Analysis, cost: &AppCost) -> Option<Renewal> {
    if cost.terms.billing == BillingCycle::Monthly {
        return None;
    }
    let drop = next_drop(&cost.terms, analysis.as_of)?;
    let within_year = analysis.as_of.saturating_add(jiff::Span::new().years(1));
    if drop.from > within_year {
        return None;
    }
    let (seats, saves, what) = match &cost.recoverable {
        Ok(recoverable) if recoverable.seats > 0 => {
            let seats = format::counted(recoverable.seats, "seat", "seats");
            let what = format!("drop {seats}, {} a year", format::money(recoverable.run_rate));
            (recoverable.seats, recoverable.run_rate, what)
        }
        Ok(recoverable) => (0, recoverable.run_rate, "nothing to drop".to_owned()),
        Err(Unpriced(reason)) => (0, Money::zero(analysis.policy.currency), reason.clone()),
    };
    Some(Renewal {
        app: cost.app.to_string(),
        on: drop.from,
        notice_by: drop.notice_by,
        seats,
        saves,
        label: if seats > 0 { format::money(saves) } else { what.clone() },
        said: format!(
            "{} renews on {}, notice by {}: {what}",
            cost.app,
            format::date(drop.from),
            format::date(drop.notice_by)
        ),
    })
}

impl PlanChoices {
    /// The plans of an app.
    pub fn new(analysis: &Analysis, app: &AppName) -> Self {
        let cost = analysis.costs.app(app);
        let seats = cost.map_or(0, |cost| cost.terms.seats);
        let Some(known) = analysis.catalog.app(app) else {
            let subtitle = "The catalog does not know this app. Its contract can be entered all the same; a catalog file of \
                            your own can tell its plans.";
            return Self {
                card: None,
                subtitle: subtitle.into(),
                rows: Vec::new(),
                facts: Vec::new(),
                setup: Vec::new(),
                seats,
            };
        };
        let card = app_card(known);
        let here = cost.and_then(|cost| known.plan(&cost.terms.plan));
        let rows = known.plans.iter().zip(&card.plans).map(|(plan, card)| {
            let is_here = here.is_some_and(|here| here.name == plan.name);
            let difference = match (is_here, here) {
                (true, _) => "you are here".to_owned(),
                (false, Some(here)) => {
                    let tariffs = Tariff::of_plan(here).and_then(|here| Ok((here, Tariff::of_plan(plan)?)));
                    let change = tariffs.and_then(|(here, to)| premium(&here, &to, seats));
                    change.map_or_else(
                        |Unpriced(reason)| if plan.prices.is_empty() { "no price published".into() } else { reason },
                        |change| {
                            let from = if change.from { "from " } else { "" };
                            match change.low == change.high {
                                true => format!("{from}{} / yr", format::money_change(change.high)),
                                false => format!(
                                    "{from}{} to {} / yr",
                                    format::money_change(change.low),
                                    format::money_change(change.high)
                                ),
                            }
                        },
                    )
                }
                (false, None) => Tariff::of_plan(plan).map_or_else(
                    |_| "no price published".into(),
                    |tariff| format!("{} / yr", format::money(tariff.annual(seats))),
                ),
            };
            PlanChoice { plan: card.clone(), difference, here: is_here }
        });
        let mut said = vec![format!("{}, checked {}", card.source, format::date(card.checked_on))];
        let minimum = known.plans.iter().filter_map(|plan| plan.minimum_seats).max().unwrap_or(0);
        said.extend((minimum > 1).then(|| format!("{minimum}-seat minimum")));
        let annual = known.plans.iter().all(|plan| plan.billing == Some(BillingCycle::Annual));
        said.extend((annual && !known.plans.is_empty()).then(|| "annual billing".to_owned()));
        let idp = analysis.roster.identity_provider();
        Self {
            rows: rows.collect(),
            subtitle: said.join(" · "),
            facts: facts(&card, idp),
            setup: idp.and_then(|idp| known.setup.get(idp)).cloned().unwrap_or_default(),
            card: Some(card),
            seats,
        }
    }
}

fn facts(card: &AppCard, own: Option<&str>) -> Vec<PlanFact> {
    let mut facts = Vec::new();
    let label = |provisioning| match provisioning {
        Provisioning::Scim => ("SSO + SCIM", Tone::Good),
        Provisioning::Jit => ("SSO, JIT only: no deprovisioning", Tone::Waste),
        Provisioning::SsoOnly => ("SSO only: no deprovisioning", Tone::Waste),
    };
    for kind in [Provisioning::Scim, Provisioning::Jit, Provisioning::SsoOnly] {
        let of_kind = card.idp.iter().filter(|(_, provisioning, _)| *provisioning == kind);
        let names: Vec<String> = of_kind
            .map(|(id, ..)| format!("{}{}", words::idp(id), if Some(id.as_str()) == own { " (yours)" } else { "" }))
            .collect();
        if !names.is_empty() {
            let (text, tone) = label(kind);
            facts.push(PlanFact { text: names.join(", "), chip: Some((text.into(), tone)) });
        }
    }
    if let Some(own) = own.filter(|own| !card.idp.iter().any(|(id, ..)| id == own)) {
        let chip = Some(("not in the catalog".into(), Tone::Quiet));
        facts.push(PlanFact { text: format!("{} (yours)", words::idp(own)), chip });
    }
    if !card.deprovisioning.is_empty() {
        let chip = match card.hard_delete {
            Some(true) => Some(("users are deleted".to_owned(), Tone::Risk)),
            _ => None,
        };
        facts.push(PlanFact { text: sentence(&card.deprovisioning), chip });
    }
    let plain = |text: String| PlanFact { text, chip: None };
    facts.extend(
        card.prerequisites
            .iter()
            .map(|text| PlanFact { text: sentence(text), chip: Some(("first".into(), Tone::Notice)) }),
    );
    facts.extend((!card.operations.is_empty()).then(|| plain(sentence(&card.operations.join(", ")))));
    facts.extend(card.constraints.iter().map(|text| plain(sentence(text))));
    facts
}

fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
