use rust_decimal::Decimal;

use super::{Choice, Comparison, Flows, Scenario, ScenarioKind, Worth};
use crate::model::Money;
use crate::price::Unpriced;
use crate::workspace::Policy;

/// All apps together under each course of action, and under what is recommended for each.
#[derive(Clone, Debug, PartialEq)]
pub struct Portfolio {
    /// Stay manual first, what is recommended last.
    pub scenarios: Vec<PortfolioScenario>,
}

/// A course of action for all apps. An app to which it does not apply stays as it is.
#[derive(Clone, Debug, PartialEq)]
pub struct PortfolioScenario {
    /// Which one; `None` for what is recommended for each app.
    pub kind: Option<ScenarioKind>,
    /// All apps month by month.
    pub flows: Flows,
    /// Apps that it changes.
    pub apps: u32,
    /// Cost of the first twelve months.
    pub year_1: Money,
    /// Cost of a settled year.
    pub run_rate: Money,
    /// Present value of all payments; a cost is negative.
    pub npv: Money,
    /// Present value gained against staying manual.
    pub saving: Money,
    /// Months until it has cost no more in all than staying manual.
    pub payback_months: Option<u32>,
    /// Apps that stay as they are because this course has no price for them, and apps without any price, which are in no
    /// sum.
    pub missing: Vec<Unpriced>,
}

impl Portfolio {
    pub(crate) fn new(comparisons: &[Comparison], policy: &Policy) -> Self {
        let kinds = [
            ScenarioKind::StayManual,
            ScenarioKind::CleanUp,
            ScenarioKind::Upgrade,
            ScenarioKind::NativeScim,
            ScenarioKind::Automate,
        ];
        let worth = Worth::new(policy.discount_rate, policy.horizon_years * 12);
        let baseline = sum(comparisons, |_| Some(ScenarioKind::StayManual));
        let in_some = |kind: &ScenarioKind| {
            comparisons.iter().any(|comparison| comparison.scenarios.iter().any(|scenario| scenario.kind == *kind))
        };
        let taken = |comparison: &Comparison| match comparison.recommendation.choice {
            Choice::Take(kind) => Some(kind),
            _ => None,
        };
        let kinds = kinds.into_iter().filter(in_some).map(Some).chain([None]);
        let scenarios = kinds.map(|kind| {
            let Sum { flows, apps, missing } = match kind {
                Some(kind) => sum(comparisons, |_| Some(kind)),
                None => sum(comparisons, taken),
            };
            let money = |amount: Decimal| Money::new(amount, policy.currency);
            PortfolioScenario {
                kind,
                apps,
                year_1: money(flows.year_1()),
                run_rate: money(flows.run_rate()),
                npv: money(flows.npv(&worth)),
                saving: money(flows.npv(&worth) - baseline.flows.npv(&worth)),
                payback_months: (kind != Some(ScenarioKind::StayManual))
                    .then(|| flows.payback_months(&baseline.flows))
                    .flatten(),
                flows,
                missing,
            }
        });
        Self { scenarios: scenarios.collect() }
    }
}

#[derive(Default)]
struct Sum {
    flows: Flows,
    apps: u32,
    missing: Vec<Unpriced>,
}

fn sum(comparisons: &[Comparison], taken: impl Fn(&Comparison) -> Option<ScenarioKind>) -> Sum {
    let mut all = Sum::default();
    for comparison in comparisons {
        let find = |kind| comparison.scenarios.iter().find(|scenario: &&Scenario| scenario.kind == kind);
        let Some(manual) = find(ScenarioKind::StayManual) else { continue };
        let wanted = taken(comparison).and_then(find);
        match (wanted.map(|scenario| (scenario.kind, &scenario.flows)), &manual.flows) {
            (_, Err(Unpriced(reason))) => {
                all.missing.push(Unpriced(format!("{}: {reason}", comparison.app)));
            }
            (Some((kind, Ok(flows))), Ok(_)) => {
                all.flows = all.flows.plus(flows);
                all.apps += u32::from(kind != ScenarioKind::StayManual);
            }
            (wanted, Ok(stay)) => {
                all.flows = all.flows.plus(stay);
                if let Some((_, Err(Unpriced(reason)))) = wanted {
                    all.missing.push(Unpriced(format!("{}: {reason}", comparison.app)));
                }
            }
        }
    }
    all
}
