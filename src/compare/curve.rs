use rust_decimal::Decimal;

use super::Setting;
use super::scenario::{Bound, Model, ScenarioKind};
use crate::model::{Currency, Money};

/// What a year costs under each course of action, by the size of the team: work, waste and orphaned accounts are taken to
/// grow with it.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    /// Seats bought now.
    pub have: u32,
    /// One for each course of action that can be priced.
    pub lines: Vec<CurveLine>,
    /// Where one becomes cheaper than another.
    pub crossings: Vec<Crossing>,
    /// The currency of amounts.
    pub currency: Currency,
}

/// The cost of one course of action.
#[derive(Clone, Debug, PartialEq)]
pub struct CurveLine {
    /// Which one.
    pub kind: ScenarioKind,
    /// By rising number of seats.
    pub points: Vec<CurvePoint>,
}

/// The cost at one number of seats.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CurvePoint {
    /// Seats.
    pub seats: u32,
    /// A settled year.
    pub cost: Decimal,
    /// With the least price and waste.
    pub low: Decimal,
}

/// A number of seats from which on one course of action is cheaper than another.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Crossing {
    /// The one that becomes cheaper.
    pub cheaper: ScenarioKind,
    /// Than this one.
    pub than: ScenarioKind,
    /// The smallest such number of seats.
    pub seats: u32,
    /// What it costs there.
    pub cost: Money,
}

/// Up to how many seats crossings are looked for: larger teams buy at prices of their own.
const FARTHEST: u32 = 2_000;
/// Points of a line; more than this no screen shows.
const POINTS: u32 = 500;

impl Curve {
    pub(super) fn new(setting: &Setting<'_>) -> Self {
        let have = setting.cost.terms.seats;
        let kinds = [ScenarioKind::StayManual, ScenarioKind::Upgrade, ScenarioKind::NativeScim, ScenarioKind::Automate];
        let applies = |kind: &ScenarioKind| match kind {
            ScenarioKind::Upgrade => setting.target.is_some(),
            ScenarioKind::NativeScim => setting.on_scim_plan(),
            _ => true,
        };
        let kinds: Vec<ScenarioKind> = kinds.into_iter().filter(applies).collect();
        let (point, low) = (Model::new(setting, Bound::Point), Model::new(setting, Bound::Low));
        let widest = have.saturating_mul(2).max(20);
        let step = widest.div_ceil(POINTS).max(1);
        let line = |kind: ScenarioKind| {
            let seats = (0..=widest).filter(|seats| seats % step == 0);
            let points = seats.map(|seats| {
                Ok(CurvePoint { seats, cost: point.settled_at(kind, seats)?, low: low.settled_at(kind, seats)? })
            });
            points.collect::<crate::price::Priced<Vec<_>>>().ok().map(|points| CurveLine { kind, points })
        };
        let lines: Vec<CurveLine> = kinds.into_iter().filter_map(line).collect();
        let farthest = widest.max(FARTHEST);
        let costs: Vec<(ScenarioKind, Vec<Decimal>)> = lines
            .iter()
            .map(|line| {
                let all = (1..=farthest).filter_map(|seats| point.settled_at(line.kind, seats).ok());
                (line.kind, all.collect())
            })
            .collect();
        let currency = setting.policy.currency;
        let mut crossings = Vec::new();
        for (cheaper, own) in &costs {
            for (than, other) in costs.iter().filter(|(than, _)| than != cheaper) {
                // From the start on nothing becomes cheaper.
                let below = |pair: (&Decimal, &Decimal)| pair.0 < pair.1;
                let mut pairs = own.iter().zip(other).map(below);
                let crossing = if pairs.next() == Some(false) { pairs.position(|below| below) } else { None };
                if let Some(at) = crossing
                    && let (Ok(seats), Some(cost)) = (u32::try_from(at + 2), own.get(at + 1))
                {
                    let cost = Money::new(*cost, currency);
                    crossings.push(Crossing { cheaper: *cheaper, than: *than, seats, cost });
                }
            }
        }
        Self { have, lines, crossings, currency }
    }

    /// The number of seats from which on one course of action is cheaper than another.
    pub fn crossing(&self, cheaper: ScenarioKind, than: ScenarioKind) -> Option<&Crossing> {
        self.crossings.iter().find(|crossing| crossing.cheaper == cheaper && crossing.than == than)
    }
}
