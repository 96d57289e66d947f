use rust_decimal::{Decimal, dec};

use super::scenario::{Bound, ScenarioKind, drafts};
use super::{Choice, Ground, Setting, Worth, comparison};
use crate::model::Money;
use crate::price::{AppCost, Priced, Tariff, Terms};
use crate::workspace::{LaborEstimate, Policy};

/// Something figures rest on that may turn out otherwise.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Ord, PartialOrd, Hash)]
pub enum Assumption {
    /// The size of the team.
    Seats,
    /// The share of it that is waste.
    UnusedShare,
    /// The price of the plan an upgrade goes to.
    TargetPrice,
    /// What an hour costs.
    LaborRate,
    /// Hours a year.
    Hours,
    /// What an orphaned account costs.
    CostPerOrphan,
    /// What automation costs.
    Fee,
    /// The share of labor that remains.
    ResidualLabor,
    /// What later money is worth less.
    DiscountRate,
}

impl Assumption {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Seats,
        Self::UnusedShare,
        Self::TargetPrice,
        Self::LaborRate,
        Self::Hours,
        Self::CostPerOrphan,
        Self::Fee,
        Self::ResidualLabor,
        Self::DiscountRate,
    ];
}

/// What happens to the courses of action when one assumption is a fifth lower or higher.
#[derive(Clone, Debug, PartialEq)]
pub struct Swing {
    /// The assumption.
    pub assumption: Assumption,
    /// For each course of action but the baseline: present value gained against staying manual, low and high.
    pub savings: Vec<(ScenarioKind, Money, Money)>,
    /// What would be recommended where it is lower, and where it is higher.
    pub choices: (Choice, Choice),
}

/// By how much assumptions are varied: a fifth, either way.
pub(super) const SWING: Decimal = dec!(0.2);

/// How far each assumption is off, as a factor; in the order of [`Assumption::ALL`].
pub(super) struct Factors(pub(super) [Decimal; Assumption::ALL.len()]);

impl Factors {
    pub(super) fn one(assumption: Assumption, factor: Decimal) -> Self {
        Self(Assumption::ALL.map(|other| if other == assumption { factor } else { Decimal::ONE }))
    }

    fn of(&self, assumption: Assumption) -> Decimal {
        let place = Assumption::ALL.iter().position(|other| *other == assumption);
        place.and_then(|place| self.0.get(place)).copied().unwrap_or(Decimal::ONE)
    }
}

/// An app under other assumptions: what its comparison looks at then.
pub(super) struct Varied {
    cost: AppCost,
    policy: Policy,
    target_factor: Decimal,
}

impl Varied {
    pub(super) fn new(ground: &Ground<'_>, cost: &AppCost, factors: &Factors) -> Self {
        let times = |money: Money, assumption| Money::new(money.amount * factors.of(assumption), money.currency);
        let own = ground.policy;
        let key = cost.app.key();
        let hours = cost.impact.hours.hours.clone().map(|hours| hours * factors.of(Assumption::Hours));
        let mut policy = Policy {
            labor_rate: times(own.labor_rate, Assumption::LaborRate),
            cost_per_orphan: times(own.cost_per_orphan, Assumption::CostPerOrphan),
            residual_labor: own.residual_labor * factors.of(Assumption::ResidualLabor),
            discount_rate: own.discount_rate * factors.of(Assumption::DiscountRate),
            ..own.clone()
        };
        policy.flat_fee_by_app.insert(key.to_owned(), times(own.fee_for(key), Assumption::Fee));
        let seats = factors.of(Assumption::Seats);
        // The same people look after a larger team; its own part of their work grows with it.
        if let Ok(hours) = hours {
            policy.labor_by_app.insert(key.to_owned(), LaborEstimate::Hours { hours: hours * seats });
        }
        let terms = Terms { seats: scaled(cost.terms.seats, seats), ..cost.terms.clone() };
        let counts = cost.counts.scaled(&terms, seats, factors.of(Assumption::UnusedShare));
        let cost = AppCost::new(cost.app.clone(), terms, counts, ground.workforce, &policy, ground.as_of);
        Self { cost, policy, target_factor: factors.of(Assumption::TargetPrice) }
    }

    pub(super) fn setting<'a>(&'a self, ground: &Ground<'a>) -> Setting<'a> {
        let mut setting = Setting::new(ground, &self.cost, &self.policy);
        if let Some(Ok(target)) = &mut setting.target_tariff {
            *target = Tariff::times(target, self.target_factor);
        }
        setting
    }
}

fn scaled(seats: u32, factor: Decimal) -> u32 {
    use rust_decimal::prelude::ToPrimitive;
    crate::model::round(Decimal::from(seats) * factor, 0).to_u32().unwrap_or(u32::MAX)
}

/// Present value that each course of action gains against staying manual.
pub(super) fn savings(setting: &Setting<'_>) -> Vec<(ScenarioKind, Priced<Decimal>)> {
    let worth = Worth::new(setting.policy.discount_rate, setting.policy.horizon_years * 12);
    let drafts = drafts(setting, Bound::Point);
    let npvs: Vec<(ScenarioKind, Priced<Decimal>)> =
        drafts.into_iter().map(|draft| (draft.kind, draft.flows.map(|flows| flows.npv(&worth)))).collect();
    let Some((_, baseline)) = npvs.first().cloned() else { return Vec::new() };
    npvs.into_iter().map(|(kind, npv)| (kind, npv.and_then(|npv| Ok(npv - baseline.clone()?)))).collect()
}

/// How much each assumption matters, the one with the greatest effect on any course of action first; those without any are
/// left out.
pub(super) fn swings(ground: &Ground<'_>, cost: &AppCost) -> Vec<Swing> {
    let currency = ground.policy.currency;
    let swing = |assumption: Assumption| {
        let at = |factor: Decimal| {
            let varied = Varied::new(ground, cost, &Factors::one(assumption, factor));
            let setting = varied.setting(ground);
            (savings(&setting), comparison(&setting).recommendation.choice)
        };
        let ((low, lower), (high, higher)) = (at(Decimal::ONE - SWING), at(Decimal::ONE + SWING));
        let pairs = low.into_iter().zip(high).skip(1);
        let known = pairs.filter_map(|((kind, low), (_, high))| {
            Some((kind, Money::new(low.ok()?, currency), Money::new(high.ok()?, currency)))
        });
        Swing { assumption, savings: known.collect(), choices: (lower, higher) }
    };
    let mut swings: Vec<Swing> = Assumption::ALL.into_iter().map(swing).collect();
    swings.retain(|swing| swing.effect() > Decimal::ZERO);
    swings.sort_by(|a, b| b.effect().cmp(&a.effect()).then(a.assumption.cmp(&b.assumption)));
    swings
}

impl Swing {
    /// Its effect on one course of action: what it gains where the assumption is lower, and where it is higher.
    pub fn on(&self, kind: ScenarioKind) -> Option<(Money, Money)> {
        self.savings.iter().find(|(own, ..)| *own == kind).map(|(_, low, high)| (*low, *high))
    }

    /// The greatest effect on any course of action.
    fn effect(&self) -> Decimal {
        let effects = self.savings.iter().map(|(_, low, high)| (high.amount - low.amount).abs());
        effects.max().unwrap_or_default()
    }
}
