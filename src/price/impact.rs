use rust_decimal::Decimal;

use super::{Counts, Priced, Span, Terms, Unpriced, convert};
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

/// What staying manual wastes in a year: unused licenses, IT labor, compliance misses.
#[derive(Clone, Debug, PartialEq)]
pub struct Impact {
    /// `L`.
    pub unused_licenses: Span,
    /// `L × p`, capped by what is bought, in the reporting currency.
    pub licenses: Priced,
    /// Yearly hours.
    pub hours: Decimal,
    /// `hours × labor rate`.
    pub labor: Money,
    /// `O × cost of an orphaned account`.
    pub misses: Money,
    /// The sum of the three.
    pub total: Total,
}

impl Impact {
    pub(super) fn new(terms: &Terms, counts: &Counts, headcount: u32, policy: &Policy) -> Self {
        let unused = counts.unused_licenses;
        let licenses = |count: u32| -> Priced {
            match terms.seat_price() {
                // A plan that is not sold by the seat has no seat to waste.
                None => Ok(Money::zero(policy.currency)),
                Some(price) => {
                    let price = price?;
                    convert(Money::new(price.amount * Decimal::from(count), price.currency), policy)
                }
            }
        };
        let money = |amount: Decimal| Money::new(amount, policy.currency);
        let hours = policy.hours_per_person * Decimal::from(headcount);
        let labor = money(hours * policy.labor_rate);
        let misses = |count: u32| money(Decimal::from(count) * policy.cost_per_orphan);
        let total = |count: u32, orphans: u32| {
            let known = labor.amount + misses(orphans).amount;
            money(licenses(count).map_or(known, |licenses| licenses.amount + known))
        };
        let orphaned = counts.orphaned;
        Self {
            unused_licenses: unused,
            licenses: licenses(unused.point),
            hours,
            labor,
            misses: misses(orphaned.point),
            total: Total {
                point: total(unused.point, orphaned.point),
                low: total(unused.low, orphaned.low),
                high: total(unused.high, orphaned.high),
                missing: licenses(unused.point).err().into_iter().collect(),
            },
        }
    }
}
