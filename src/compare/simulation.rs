use fastrand::Rng;
use rust_decimal::Decimal;

use super::recommend::excluded;
use super::scenario::ScenarioKind;
use super::vary::{Factors, SWING, Varied, savings};
use super::{Ground, Setting, comparison};
use crate::model::Money;
use crate::price::AppCost;

/// What comes out if all assumptions are off at once, each by up to a fifth: many draws from a generator with a fixed seed, so
/// that the same data give the same answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Simulation {
    /// For each course of action but the baseline.
    pub bands: Vec<Band>,
    /// Draws made.
    pub draws: u32,
}

/// What one course of action gains against staying manual, over all draws.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Band {
    /// Which one.
    pub kind: ScenarioKind,
    /// Nineteen in twenty draws gain more.
    pub low: Money,
    /// Half of them do.
    pub middle: Money,
    /// One in twenty does.
    pub high: Money,
    /// Draws of a hundred in which it is the best of all that are not ruled out.
    pub best_percent: u32,
}

/// Enough that the ends of the band move by little from seed to seed.
const DRAWS: u32 = 400;
const SEED: u64 = 0x7275_6564_6f77_6e01;
/// Steps a factor is drawn in.
const STEPS: i64 = 10_000;

impl Simulation {
    pub(super) fn run(ground: &Ground<'_>, cost: &AppCost) -> Self {
        let mut rng = Rng::with_seed(SEED);
        // The sum of two even draws is likeliest in the middle: small errors are commoner than large ones.
        let mut factor = || {
            let drawn = rng.i64(-STEPS..=STEPS) + rng.i64(-STEPS..=STEPS);
            Decimal::ONE + SWING * Decimal::from(drawn) / Decimal::from(2 * STEPS)
        };
        // What is ruled out is never the best.
        let base = Setting::new(ground, cost, ground.policy);
        let excluded = excluded(ground.policy, &comparison(&base).scenarios);
        let mut gained: Vec<(ScenarioKind, Vec<Decimal>, u32)> = Vec::new();
        for _ in 0..DRAWS {
            let factors = Factors(std::array::from_fn(|_| factor()));
            let varied = Varied::new(ground, cost, &factors);
            let priced = savings(&varied.setting(ground)).into_iter();
            let known: Vec<(ScenarioKind, Decimal)> =
                priced.filter_map(|(kind, saving)| Some((kind, saving.ok()?))).collect();
            // The first of equals is the one that changes least.
            let open = known.iter().rev().filter(|(kind, _)| !excluded.contains(kind));
            let best = open.max_by_key(|(_, saving)| *saving).map(|(kind, _)| *kind);
            for (kind, saving) in known {
                let place = gained.iter().position(|(other, ..)| *other == kind).unwrap_or_else(|| {
                    gained.push((kind, Vec::new(), 0));
                    gained.len() - 1
                });
                if let Some((_, all, bests)) = gained.get_mut(place) {
                    all.push(saving);
                    *bests += u32::from(best == Some(kind));
                }
            }
        }
        let money = |amount: Option<&Decimal>| Money::new(amount.copied().unwrap_or_default(), ground.policy.currency);
        let bands = gained.into_iter().filter(|(kind, ..)| *kind != ScenarioKind::StayManual);
        let bands = bands.map(|(kind, mut all, bests)| {
            all.sort_unstable();
            let at = |percent: usize| money(all.get((all.len() * percent / 100).min(all.len().saturating_sub(1))));
            Band { kind, low: at(5), middle: at(50), high: at(95), best_percent: bests * 100 / DRAWS }
        });
        Self { bands: bands.collect(), draws: DRAWS }
    }
}
