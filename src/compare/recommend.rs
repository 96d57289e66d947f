use rust_decimal::{Decimal, dec};

use super::{Scenario, ScenarioKind, Setting, Upgrade, Veto, Worth};
use crate::catalog::Provisioning;
use crate::model::Money;
use crate::price::{Unpriced, convert};
use crate::workspace::Policy;

/// What to do.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Ord, PartialOrd, Hash)]
pub enum Choice {
    /// A course of action.
    Take(ScenarioKind),
    /// Ask the vendor for a price first.
    EnterQuote,
    /// Say what the contract is first.
    EnterContract,
    /// Give an exchange rate first.
    EnterRate,
    /// Import the app's accounts first.
    ImportAccounts,
}

impl Choice {
    /// The word used in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Take(kind) => kind.as_str(),
            Self::EnterQuote => "enter_quote",
            Self::EnterContract => "enter_contract",
            Self::EnterRate => "enter_rate",
            Self::ImportAccounts => "import_accounts",
        }
    }
}

/// A reason, or something that would change the answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Why {
    /// The present plan includes SCIM.
    ScimIncluded {
        /// The plan.
        plan: String,
    },
    /// The plan with SCIM has no published price.
    TargetUnpriced {
        /// The plan.
        plan: String,
        /// What is known.
        reason: String,
    },
    /// The plan with SCIM has a price that cannot be held against the others.
    LeftOut {
        /// The plan.
        plan: String,
        /// Why.
        reason: String,
    },
    /// What is paid is not known.
    NotPriced(String),
    /// No file lists the app's accounts.
    NotListed,
    /// The identity provider does not end accounts, so upgrading does not automate offboarding.
    IdpWithoutScim {
        /// The identity provider.
        idp: String,
        /// What it can do.
        provisioning: Provisioning,
    },
    /// The plan one would go to brings no SCIM, so upgrading does not automate offboarding.
    PlanWithoutScim {
        /// The plan.
        plan: String,
    },
    /// SCIM deletes users for good, and they must be recoverable.
    HardDelete,
    /// A small team with few leavers whose waste is below what any change costs.
    SmallAndCalm {
        /// The impact a year.
        impact: Money,
        /// The cheapest change a year.
        alternative: Money,
    },
    /// The best present value.
    BestValue {
        /// Gained against staying manual.
        saving: Money,
        /// Years looked at.
        years: u32,
    },
    /// No course of action is better than staying.
    NothingBetter,
    /// What the upgrade costs beside what it removes.
    UpgradeAgainstImpact {
        /// The upgrade a year.
        premium: Money,
        /// The impact a year.
        impact: Money,
    },
    /// From how many seats the upgrade costs more than the flat fee.
    BreakEven {
        /// The fee a year.
        fee: Money,
        /// Seats from which the upgrade is dearer.
        seats: u32,
        /// Seats bought.
        have: u32,
    },
    /// Would change it: a quote for the plan with SCIM.
    Quote {
        /// The plan.
        plan: String,
    },
    /// Would change it: fewer seats than these.
    FewerSeats(u32),
    /// Would change it: being on the plan with SCIM already.
    AlreadyOn {
        /// The plan.
        plan: String,
    },
    /// Would change it: an identity provider that ends accounts by SCIM.
    OtherIdp,
    /// Would change it: accepting that users are deleted for good.
    AcceptHardDelete,
    /// Would change it: a flat fee above this.
    FeeAbove(Money),
    /// Would change it: more leavers, or more seats.
    Growth,
}

/// What to do, why, and what would change the answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Recommendation {
    /// What to do.
    pub choice: Choice,
    /// Why; the first reason decides.
    pub reasons: Vec<Why>,
    /// What would change it.
    pub would_change: Vec<Why>,
}

/// A team that one person can keep in view.
const SMALL_TEAM: u32 = 15;
/// Below one leaver a year for ten people there is little to forget.
const LOW_TURNOVER: Decimal = dec!(0.10);

/// Applies the rules in their order.
pub(super) fn recommend(setting: &Setting<'_>, scenarios: &[Scenario], upgrade: Option<&Upgrade>) -> Recommendation {
    let cost = setting.cost;
    let policy = setting.policy;
    let find = |kind| scenarios.iter().find(|scenario| scenario.kind == kind);
    let mut reasons = Vec::new();
    let mut would_change = Vec::new();

    if let Err(Unpriced(reason)) = &cost.terms.tariff {
        reasons.push(Why::NotPriced(reason.clone()));
        return Recommendation { choice: Choice::EnterContract, reasons, would_change };
    }
    if !cost.counts.is_listed() {
        reasons.push(Why::NotListed);
        return Recommendation { choice: Choice::ImportAccounts, reasons, would_change };
    }
    if let Some(Err(Unpriced(reason))) = find(ScenarioKind::StayManual).map(|manual| &manual.flows) {
        reasons.push(Why::NotPriced(reason.clone()));
        return Recommendation { choice: Choice::EnterRate, reasons, would_change };
    }
    // Native SCIM where it is paid for already, works with the identity provider, and may delete.
    if let (Some(native), Some(plan)) = (find(ScenarioKind::NativeScim), setting.plan)
        && setting.idp_gets_scim()
        && !(policy.recovery_needed && native.vetoes.contains(&Veto::HardDelete))
    {
        reasons.push(Why::ScimIncluded { plan: plan.name.clone() });
        reasons.extend(best_value(native, policy.horizon_years));
        return Recommendation { choice: Choice::Take(ScenarioKind::NativeScim), reasons, would_change };
    }
    if let (Some(target), Some(Err(Unpriced(reason)))) = (setting.target, &setting.target_tariff) {
        reasons.push(Why::TargetUnpriced { plan: target.name.clone(), reason: reason.clone() });
        would_change.push(Why::Quote { plan: target.name.clone() });
        return Recommendation { choice: Choice::EnterQuote, reasons, would_change };
    }

    // What is left out of the comparison by value, and why.
    let excluded = excluded(policy, scenarios);
    for kind in [ScenarioKind::Upgrade, ScenarioKind::NativeScim] {
        let Some(scenario) = find(kind) else { continue };
        for veto in &scenario.vetoes {
            match veto {
                Veto::IdpWithoutScim { idp, provisioning } => {
                    reasons.push(Why::IdpWithoutScim { idp: idp.clone(), provisioning: *provisioning });
                    would_change.push(Why::OtherIdp);
                }
                Veto::PlanWithoutScim { plan } => {
                    reasons.push(Why::PlanWithoutScim { plan: plan.clone() });
                }
                Veto::HardDelete if policy.recovery_needed => {
                    reasons.push(Why::HardDelete);
                    would_change.push(Why::AcceptHardDelete);
                }
                _ => {}
            }
        }
    }
    let premium = upgrade.and_then(|upgrade| upgrade.premium.as_ref().ok());
    let impact = cost.impact.total.point;
    let fee = convert(policy.fee_for(cost.app.key()), policy).ok();
    let changes = premium.map(|premium| premium.usual).into_iter().chain(fee);
    let alternative = changes.min_by_key(|money| money.amount);
    let small = cost.terms.seats <= SMALL_TEAM && setting.turnover.is_some_and(|turnover| turnover < LOW_TURNOVER);
    if let Some(alternative) = alternative.filter(|alternative| small && impact.amount < alternative.amount) {
        reasons.insert(0, Why::SmallAndCalm { impact, alternative });
        let kind = if cost.counts.unused_licenses.point > 0 { ScenarioKind::CleanUp } else { ScenarioKind::StayManual };
        return Recommendation { choice: Choice::Take(kind), reasons, would_change: vec![Why::Growth] };
    }

    // The first of equals is the one that changes least.
    let mut best: Option<(&Scenario, Decimal)> = None;
    for scenario in scenarios.iter().filter(|scenario| !excluded.contains(&scenario.kind)) {
        if let Ok(npv) = &scenario.npv
            && best.is_none_or(|(_, highest)| npv.amount > highest)
        {
            best = Some((scenario, npv.amount));
        }
    }
    let choice = best.map_or(ScenarioKind::StayManual, |(scenario, _)| scenario.kind);
    let deciding = match best {
        Some((scenario, _)) if choice != ScenarioKind::StayManual => best_value(scenario, policy.horizon_years),
        _ => Some(Why::NothingBetter),
    };
    let mut ordered: Vec<Why> = deciding.into_iter().collect();
    // A price nobody can convert leaves the course out, which is said.
    if let (Some(target), Some(Err(Unpriced(reason)))) =
        (setting.target, find(ScenarioKind::Upgrade).map(|scenario| &scenario.flows))
    {
        ordered.push(Why::LeftOut { plan: target.name.clone(), reason: reason.clone() });
    }
    if let Some(premium) = premium {
        ordered.push(Why::UpgradeAgainstImpact { premium: premium.usual, impact });
    }
    if let (Some(seats), Some(fee)) = (upgrade.and_then(|upgrade| upgrade.break_even_seats), fee) {
        ordered.push(Why::BreakEven { fee, seats, have: cost.terms.seats });
        if choice == ScenarioKind::Automate && !excluded.contains(&ScenarioKind::Upgrade) {
            would_change.insert(0, Why::FewerSeats(seats));
        }
    }
    ordered.append(&mut reasons);
    if choice == ScenarioKind::Automate {
        would_change.extend(upgrade.map(|upgrade| Why::AlreadyOn { plan: upgrade.to.clone() }));
        would_change.extend(fee_ceiling(setting, scenarios, &excluded));
    }
    Recommendation { choice: Choice::Take(choice), reasons: ordered, would_change }
}

/// Courses of action that something other than money rules out.
pub(super) fn excluded(policy: &Policy, scenarios: &[Scenario]) -> Vec<ScenarioKind> {
    let rules_out = |veto: &Veto| match veto {
        Veto::IdpWithoutScim { .. } | Veto::PlanWithoutScim { .. } => true,
        Veto::HardDelete => policy.recovery_needed,
        _ => false,
    };
    scenarios.iter().filter(|scenario| scenario.vetoes.iter().any(rules_out)).map(|scenario| scenario.kind).collect()
}

fn best_value(scenario: &Scenario, years: u32) -> Option<Why> {
    let saving = scenario.saving.as_ref().ok().filter(|saving| saving.amount > Decimal::ZERO)?;
    Some(Why::BestValue { saving: *saving, years })
}

/// The flat fee at which the next best course would be as good: the fee and what automation gains over it a year.
fn fee_ceiling(setting: &Setting<'_>, scenarios: &[Scenario], excluded: &[ScenarioKind]) -> Option<Why> {
    let policy = setting.policy;
    let value = |scenario: &Scenario| scenario.npv.as_ref().ok().map(|npv| npv.amount);
    let own = scenarios.iter().find(|scenario| scenario.kind == ScenarioKind::Automate).and_then(value)?;
    let others =
        scenarios.iter().filter(|other| other.kind != ScenarioKind::Automate && !excluded.contains(&other.kind));
    let next = others.filter_map(value).max()?;
    // Present value of one unit a year over the horizon.
    let unit = Worth::new(policy.discount_rate, policy.horizon_years * 12).of_one_a_year();
    let fee = convert(policy.fee_for(setting.cost.app.key()), policy).ok()?;
    let above = (!unit.is_zero()).then(|| fee.amount + (own - next) / unit)?;
    Some(Why::FeeAbove(Money::new(above, policy.currency)))
}
