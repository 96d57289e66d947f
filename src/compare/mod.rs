//! Courses of action against staying as we are: cash flows month by month, present values, break-even seats, what speaks
//! against each, and a recommendation with its reasons.

mod break_even;
mod cash;
mod curve;
mod plans;
mod portfolio;
mod realized;
mod recommend;
mod scenario;
mod simulation;
mod vary;

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::catalog::{Catalog, Plan, Provisioning};
use crate::correlate::Roster;
use crate::model::{AppName, Money};
use crate::price::{AppCost, Costs, Priced, Tariff, Workforce, convert};
use crate::workspace::Policy;

pub use break_even::{break_even_seats, premium};
pub use cash::{Flows, Pace, Worth};
pub use curve::{Crossing, Curve, CurveLine, CurvePoint};
pub use plans::{PlanComparison, PlanRow, compare_plans};
pub use portfolio::{Portfolio, PortfolioScenario};
pub(crate) use realized::State;
pub use realized::{AppRealized, RealizedAmounts, Removal, Removed};
pub use recommend::{Choice, Recommendation, Why};
pub use scenario::{Scenario, ScenarioKind, Veto};
pub use simulation::{Band, Simulation};
pub use vary::{Assumption, Swing};

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
    /// By the list price of both, without any discount that is published as a range.
    pub usual: Money,
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

/// What all comparisons look at beside an app's costs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ground<'a> {
    workforce: &'a Workforce,
    /// The identity provider of the directory; `None` if no directory tells.
    idp: Option<&'a str>,
    catalog: &'a Catalog,
    policy: &'a Policy,
    as_of: Date,
}

impl<'a> Ground<'a> {
    pub(crate) fn new(
        costs: &'a Costs,
        roster: &'a Roster,
        catalog: &'a Catalog,
        policy: &'a Policy,
        as_of: Date,
    ) -> Self {
        Self { workforce: &costs.workforce, idp: roster.identity_provider(), catalog, policy, as_of }
    }
}

/// What the comparison of one app looks at.
struct Setting<'a> {
    cost: &'a AppCost,
    policy: &'a Policy,
    catalog_app: Option<&'a crate::catalog::App>,
    /// The catalog's plan one is on.
    plan: Option<&'a Plan>,
    /// The plan an upgrade goes to: the one the user chose, else the first with SCIM.
    target: Option<&'a Plan>,
    target_tariff: Option<Priced<Tariff>>,
    /// The identity provider of the directory and what it can do with the app; `None` if no directory tells.
    idp: Option<(&'a str, Option<Provisioning>)>,
    as_of: Date,
    /// Share of the people who left within a year, where the directory tells.
    turnover: Option<Decimal>,
}

impl<'a> Setting<'a> {
    fn new(ground: &Ground<'a>, cost: &'a AppCost, policy: &'a Policy) -> Self {
        let catalog_app = ground.catalog.app(&cost.app);
        let plan = catalog_app.and_then(|app| app.plan(&cost.terms.plan));
        let other = |target: &&Plan| plan.is_none_or(|plan| plan.name != target.name);
        let target = catalog_app.and_then(|app| {
            let chosen = policy.upgrade_to.get(cost.app.key()).and_then(|name| app.plan(name)).filter(other);
            // Whoever has SCIM needs no other plan for it.
            let scim = app.scim_plan().filter(other).filter(|_| plan.is_none_or(|plan| plan.scim != Some(true)));
            chosen.or(scim)
        });
        Self {
            cost,
            policy,
            catalog_app,
            plan,
            target,
            target_tariff: target.map(Tariff::of_plan),
            idp: ground
                .idp
                .map(|idp| (idp, catalog_app.and_then(|app| app.idp.get(idp)).map(|support| support.provisioning))),
            as_of: ground.as_of,
            turnover: ground.workforce.turnover(),
        }
    }

    /// The plan one is on brings SCIM.
    fn on_scim_plan(&self) -> bool {
        self.plan.is_some_and(|plan| plan.scim == Some(true))
    }

    /// The identity provider ends accounts by SCIM. Unknown providers are given the benefit of the doubt, and a veto says
    /// so.
    fn idp_gets_scim(&self) -> bool {
        !matches!(self.idp, Some((_, Some(Provisioning::Jit | Provisioning::SsoOnly))))
    }
}

/// Compares the courses of action for every app.
pub(crate) fn compare(ground: &Ground<'_>, costs: &Costs) -> Vec<Comparison> {
    costs.apps.iter().map(|cost| comparison(&Setting::new(ground, cost, ground.policy))).collect()
}

/// What is looked at closely for one app: too much to be done for all of them each time.
#[derive(Clone, Debug)]
pub struct Study {
    /// The app.
    pub app: AppName,
    /// What a year costs, by the size of the team.
    pub curve: Curve,
    /// How much each assumption matters, the strongest first.
    pub swings: Vec<Swing>,
    /// What comes out if all assumptions are off at once; none where that was left out.
    pub simulation: Option<Simulation>,
}

/// What a year costs under each course of action, by the size of the team.
pub(crate) fn curve(ground: &Ground<'_>, cost: &AppCost) -> Curve {
    Curve::new(&Setting::new(ground, cost, ground.policy))
}

/// Looks closely at one app; with a simulation, which takes longest, if asked.
pub(crate) fn study(ground: &Ground<'_>, cost: &AppCost, simulate: bool) -> Study {
    Study {
        app: cost.app.clone(),
        curve: curve(ground, cost),
        swings: vary::swings(ground, cost),
        simulation: simulate.then(|| Simulation::run(ground, cost)),
    }
}

fn comparison(setting: &Setting<'_>) -> Comparison {
    let upgrade = upgrade(setting);
    let scenarios = scenario::all(setting, upgrade.as_ref());
    let recommendation = recommend::recommend(setting, &scenarios, upgrade.as_ref());
    Comparison { app: setting.cost.app.clone(), scenarios, upgrade, recommendation }
}

fn upgrade(setting: &Setting<'_>) -> Option<Upgrade> {
    let (plan, target, policy) = (setting.plan?, setting.target?, setting.policy);
    let fee = policy.fee_for(setting.cost.app.key());
    let seats = setting.cost.terms.seats;
    let to = setting.target_tariff.clone()?;
    let lists = Tariff::of_plan(plan).and_then(|from| Ok((from, to?)));
    let premium = lists.as_ref().map_err(Clone::clone).and_then(|(from, to)| {
        let own = premium(from, to, seats)?;
        let in_total = |amount| convert(amount, policy);
        Ok(Premium { low: in_total(own.low)?, high: in_total(own.high)?, usual: in_total(own.usual)?, from: own.from })
    });
    // Amounts of two currencies are not held against each other.
    let comparable = lists.as_ref().ok().filter(|(from, _)| from.currency == fee.currency);
    Some(Upgrade {
        from: plan.name.clone(),
        to: target.name.clone(),
        seats,
        markup_percent: lists.as_ref().ok().and_then(|(from, to)| plans::markup(from, to)),
        break_even_seats: comparable.and_then(|(from, to)| break_even_seats(from, to, fee.amount)),
        premium,
    })
}
