//! Courses of action against staying as we are: cash flows month by month, present values, break-even seats, what speaks
//! against each, and a recommendation with its reasons.

mod break_even;
mod cash;
mod plans;
mod recommend;
mod scenario;

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::catalog::{Catalog, Plan, Provisioning, markup_percent};
use crate::correlate::Roster;
use crate::import::PersonStatus;
use crate::model::{AppName, Money};
use crate::price::{AppCost, Costs, Priced, Tariff, convert};
use crate::workspace::Policy;

pub use break_even::{break_even_seats, premium};
pub use cash::Flows;
pub use plans::{PlanComparison, PlanRow, compare_plans};
pub use recommend::{Choice, Recommendation, Why};
pub use scenario::{Scenario, ScenarioKind, Veto};

/// What the plan with SCIM would cost more, by the list, for the seats bought: `(p_to − p_from) × max(n, m) × 12`.
#[derive(Clone, Debug, PartialEq)]
pub struct Upgrade {
    /// The plan one is on.
    pub from: String,
    /// The first plan that brings SCIM.
    pub to: String,
    /// Seats it is computed for.
    pub seats: u32,
    /// The difference a year; least and greatest where discounts are published as a range.
    pub premium: Priced<Premium>,
    /// By how much the price rises, in percent of the present list price.
    pub markup_percent: Option<Decimal>,
    /// Smallest number of seats at which the difference exceeds the flat fee.
    pub break_even_seats: Option<u32>,
}

/// A difference of two list prices a year.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Premium {
    /// Least.
    pub low: Money,
    /// Greatest.
    pub high: Money,
    /// The target's price is a "from" price.
    pub from: bool,
}

/// The courses of action for one app.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// The app.
    pub app: AppName,
    /// Stay manual first; then those that apply.
    pub scenarios: Vec<Scenario>,
    /// The step to the plan with SCIM; `None` where the present plan has it or the catalog knows none.
    pub upgrade: Option<Upgrade>,
    /// What to do.
    pub recommendation: Recommendation,
}

/// What a comparison looks at beside the costs.
pub(crate) struct Setting<'a> {
    cost: &'a AppCost,
    policy: &'a Policy,
    catalog_app: Option<&'a crate::catalog::App>,
    /// The catalog's plan one is on.
    plan: Option<&'a Plan>,
    /// The first plan with SCIM.
    target: Option<&'a Plan>,
    target_tariff: Option<Priced<Tariff>>,
    /// The identity provider of the directory and what it can do with the app; `None` if no directory tells.
    idp: Option<(&'a str, Option<Provisioning>)>,
    as_of: Date,
    /// Share of the people who left within a year, where the directory tells.
    turnover: Option<Decimal>,
}

impl Setting<'_> {
    /// The plan one is on brings SCIM.
    fn on_scim_plan(&self) -> bool {
        self.plan.is_some_and(|plan| plan.scim)
    }

    /// The identity provider ends accounts by SCIM. Unknown providers are given the benefit of the doubt, and a veto says
    /// so.
    fn idp_gets_scim(&self) -> bool {
        !matches!(self.idp, Some((_, Some(Provisioning::Jit | Provisioning::SsoOnly))))
    }
}

/// Compares the courses of action for every app.
pub fn compare(costs: &Costs, roster: &Roster, catalog: &Catalog, policy: &Policy, as_of: Date) -> Vec<Comparison> {
    let turnover = turnover(roster, costs.headcount, as_of);
    let idp = roster.identity_provider();
    let compare = |cost: &AppCost| {
        let catalog_app = catalog.app(&cost.app);
        let plan = catalog_app.and_then(|app| app.plan(&cost.terms.plan));
        let target = catalog_app.and_then(|app| app.scim_plan());
        let setting = Setting {
            cost,
            policy,
            catalog_app,
            plan,
            target,
            target_tariff: target.map(Tariff::of_plan),
            idp: idp.map(|idp| (idp, catalog_app.and_then(|app| app.idp.get(idp)).map(|support| support.provisioning))),
            as_of,
            turnover,
        };
        comparison(&setting)
    };
    costs.apps.iter().map(compare).collect()
}

fn comparison(setting: &Setting<'_>) -> Comparison {
    let upgrade = upgrade(setting);
    let scenarios = scenario::all(setting, upgrade.as_ref());
    let recommendation = recommend::recommend(setting, &scenarios, upgrade.as_ref());
    Comparison { app: setting.cost.app.clone(), scenarios, upgrade, recommendation }
}

fn upgrade(setting: &Setting<'_>) -> Option<Upgrade> {
    if setting.on_scim_plan() {
        return None;
    }
    let (plan, target, policy) = (setting.plan?, setting.target?, setting.policy);
    let seats = setting.cost.terms.seats;
    let lists = Tariff::of_plan(plan).and_then(|from| Ok((from, Tariff::of_plan(target)?)));
    let premium = lists.as_ref().map_err(Clone::clone).and_then(|(from, to)| {
        let own = premium(from, to, seats)?;
        Ok(Premium { low: convert(own.low, policy)?, high: convert(own.high, policy)?, from: own.from })
    });
    let same_unit = lists.as_ref().ok().filter(|(from, to)| from.unit == to.unit);
    // Amounts of two currencies are not held against each other.
    let comparable = lists.as_ref().ok().filter(|(from, _)| from.currency == policy.flat_fee.currency);
    Some(Upgrade {
        from: plan.name.clone(),
        to: target.name.clone(),
        seats,
        markup_percent: same_unit.and_then(|(from, to)| markup_percent(from.amount, to.amount)),
        break_even_seats: comparable.and_then(|(from, to)| break_even_seats(from, to, policy.flat_fee.amount)),
        premium,
    })
}

/// Leavers of the last year for each person who works here; `None` where no directory tells when people left.
fn turnover(roster: &Roster, headcount: u32, as_of: Date) -> Option<Decimal> {
    let left: Vec<Date> = roster
        .people()
        .filter(|person| matches!(roster.status(*person), PersonStatus::Deactivated | PersonStatus::Deleted))
        .filter_map(|person| roster.left(person))
        .collect();
    if left.is_empty() || headcount == 0 {
        return None;
    }
    let year_ago = as_of.saturating_sub(jiff::Span::new().years(1));
    let recent = left.iter().filter(|date| **date > year_ago && **date <= as_of).count();
    Some(Decimal::from(recent) / Decimal::from(headcount))
}
