use rust_decimal::Decimal;

use super::{Counts, Labor, Priced, Span, Terms, Unpriced, convert};
use crate::model::{AppName, Currency, Money};
use crate::workspace::Policy;

/// A sum with its range, and what is missing from it.
#[derive(Clone, Debug, PartialEq)]
pub struct Total {
    /// Best estimate.
    pub point: Money,
    /// Certain.
    pub low: Money,
    /// Possible.
    pub high: Money,
    /// What is not in it, and why.
    pub missing: Vec<Unpriced>,
}

impl Total {
    /// Adds up the totals of apps, naming the app of what is missing.
    pub fn sum<'a>(currency: Currency, totals: impl Iterator<Item = (&'a AppName, &'a Self)>) -> Self {
        let zero = Money::zero(currency);
        let mut sum = Self { point: zero, low: zero, high: zero, missing: Vec::new() };
        for (app, total) in totals {
            // Totals of apps are in the reporting currency already.
            sum.point.amount += total.point.amount;
            sum.low.amount += total.low.amount;
            sum.high.amount += total.high.amount;
            sum.missing.extend(total.missing.iter().map(|Unpriced(reason)| Unpriced(format!("{app}: {reason}"))));
        }
        sum
    }
}

/// What staying manual wastes in a year: unused licenses, IT labor, compliance misses, in the reporting currency.
#[derive(Clone, Debug, PartialEq)]
pub struct Impact {
    /// `L`.
    pub unused_licenses: Span,
    /// `L × p`, capped by what is bought.
    pub licenses: Priced,
    /// Yearly hours, and where they come from.
    pub hours: Labor,
    /// `hours × labor rate`.
    pub labor: Priced,
    /// `O × cost of an orphaned account`.
    pub misses: Priced,
    /// The sum of the three.
    pub total: Total,
}

impl Impact {
    pub(super) fn new(terms: &Terms, counts: &Counts, hours: Labor, policy: &Policy) -> Self {
        let unused = counts.unused_licenses;
        let times = |price: Money, count: Decimal| convert(Money::new(price.amount * count, price.currency), policy);
        let licenses = |count: u32| -> Priced {
            if !counts.is_listed() {
                return Err(Unpriced("no file lists its accounts".into()));
            }
            match terms.seat_price() {
                // A plan that is not sold by the seat has no seat to waste.
                None => Ok(Money::zero(policy.currency)),
                Some(price) => times(price?, Decimal::from(count)),
            }
        };
        let labor = hours.hours.clone().and_then(|hours| times(policy.labor_rate, hours));
        let misses = |count: u32| times(policy.cost_per_orphan, Decimal::from(count));
        // Where the price is a range, what is certain is certain at the least price only.
        let least = |count: u32| -> Priced {
            licenses(count)?;
            match terms.seat_price_bounds() {
                None => Ok(Money::zero(policy.currency)),
                Some(bounds) => times(bounds?.low, Decimal::from(count)),
            }
        };
        let sum = |licenses: Priced, orphans: u32| {
            let known = [licenses, labor.clone(), misses(orphans)].into_iter().filter_map(Result::ok);
            Money::new(known.map(|money| money.amount).sum(), policy.currency)
        };
        let orphaned = counts.orphaned;
        let parts = [licenses(unused.point), labor.clone(), misses(orphaned.point)];
        let mut missing: Vec<Unpriced> = parts.into_iter().filter_map(Result::err).collect();
        missing.dedup();
        Self {
            unused_licenses: unused,
            licenses: licenses(unused.point),
            hours,
            misses: misses(orphaned.point),
            total: Total {
                point: sum(licenses(unused.point), orphaned.point),
                low: sum(least(unused.low), orphaned.low),
                high: sum(licenses(unused.high), orphaned.high),
                missing,
            },
            labor,
        }
    }
}
