use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::Setting;
use super::scenario::{Bound, Model, ScenarioKind};
use crate::model::{Currency, Money};
use crate::price::Priced;

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

/// Up to how many seats each number is looked at.
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
        let shown: BTreeSet<u32> = (0..=widest).step_by(step as usize).chain([have]).collect();
        let line = |kind: ScenarioKind| {
            let points = shown.iter().map(|seats| {
                let (cost, low) = (point.settled_at(kind, *seats)?, low.settled_at(kind, *seats)?);
                Ok(CurvePoint { seats: *seats, cost, low: low.min(cost) })
            });
            points.collect::<Priced<Vec<_>>>().ok().map(|points| CurveLine { kind, points })
        };
        let lines: Vec<CurveLine> = kinds.into_iter().filter_map(line).collect();
        // Small teams are walked through seat by seat; beyond that, what lies between two points of a line is.
        let walked: Vec<u32> = (1..=FARTHEST).chain(shown.into_iter().filter(|seats| *seats > FARTHEST)).collect();
        let costs: Vec<(ScenarioKind, Vec<Decimal>)> = lines
            .iter()
            .map(|line| {
                let all = walked.iter().filter_map(|seats| point.settled_at(line.kind, *seats).ok());
                (line.kind, all.collect())
            })
            .collect();
        let currency = setting.policy.currency;
        let mut crossings = Vec::new();
        for (cheaper, own) in &costs {
            for (than, other) in costs.iter().filter(|(than, _)| than != cheaper) {
                let below = |at: usize| own.get(at) < other.get(at);
                // What is cheaper from the start on becomes cheaper nowhere.
                let found = (1..walked.len().min(own.len()).min(other.len())).find(|at| below(*at));
                let Some(at) = found.filter(|_| !below(0)) else { continue };
                let (Some(before), Some(last)) = (walked.get(at - 1), walked.get(at)) else { continue };
                let seats = (before + 1..=*last).find(|seats| {
                    let cost = |kind| point.settled_at(kind, *seats).ok();
                    cost(*cheaper) < cost(*than)
                });
                if let Some(seats) = seats
                    && let Ok(cost) = point.settled_at(*cheaper, seats)
                {
                    let cost = Money::new(cost, currency);
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
