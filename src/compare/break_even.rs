use rust_decimal::Decimal;

use super::Premium;
use crate::model::Money;
use crate::price::{Priced, Tariff, Unpriced, first_of};

/// Beyond this number of seats no break-even is looked for: nobody buys more of one app.
const MOST_SEATS: u32 = 100_000;

/// What one tariff costs more than another a year, for a number of seats; least and greatest where a price is a range.
///
/// # Errors
/// Tariffs in different currencies have no difference.
pub fn premium(from: &Tariff, to: &Tariff, seats: u32) -> Priced<Premium> {
    let (from_bill, to_bill) = (from.bounds(seats), to.bounds(seats));
    Ok(Premium {
        low: difference(from_bill.high, to_bill.low)?,
        high: difference(from_bill.low, to_bill.high)?,
        usual: difference(from.list(seats), to.list(seats))?,
        from: to.from,
    })
}

/// By how much a bill is above another one.
fn difference(from: Money, to: Money) -> Priced {
    if from.currency != to.currency {
        return Err(Unpriced(format!("the plans are priced in {} and {}", from.currency, to.currency)));
    }
    Ok(Money::new(to.amount - from.amount, to.currency))
}

/// The smallest number of seats at which an upgrade costs more than a flat fee. Both bills are straight lines between the
/// numbers of seats at which they may turn, so that each such span is searched by halves.
pub fn break_even_seats(from: &Tariff, to: &Tariff, fee: Decimal) -> Option<u32> {
    // Where no bill depends on seats the answer is the same for every number.
    if !from.depends_on_seats() && !to.depends_on_seats() {
        return None;
    }
    let dearer =
        |seats: u32| difference(from.annual(seats), to.annual(seats)).is_ok_and(|difference| difference.amount > fee);
    let mut turns = from.turns(MOST_SEATS);
    turns.extend(to.turns(MOST_SEATS));
    turns.sort_unstable();
    turns.dedup();
    turns.windows(2).find_map(|span| {
        let [first, last] = *span else { return None };
        if dearer(first) {
            return Some(first);
        }
        dearer(last).then(|| first_of(first, last, dearer))
    })
}

#[cfg(test)]
mod tests {
    use rust_decimal::dec;

    use super::*;
    use crate::catalog::Catalog;
    use crate::model::AppName;

    fn tariffs(app: &str, from: &str, to: &str) -> (Tariff, Tariff) {
        let catalog = Catalog::builtin().unwrap();
        let app = catalog.app(&AppName::new(app)).unwrap();
        let list = |plan: &str| Tariff::of_plan(app.plan(plan).unwrap()).unwrap();
        (list(from), list(to))
    }

    #[test]
    fn published_upgrades() {
        let check = |app: &str, from: &str, to: &str, seats: u32, expect: &str| {
            let (from, to) = tariffs(app, from, to);
            let high = premium(&from, &to, seats).unwrap().high.amount.normalize().to_string();
            assert_eq!(high, expect, "{app} {seats}");
        };
        check("Kustomer", "Enterprise", "Ultimate", 10, "6000");
        check("Kustomer", "Enterprise", "Ultimate", 25, "15000");
        check("Kustomer", "Enterprise", "Ultimate", 50, "30000");
        check("Kustomer", "Enterprise Bundle", "Ultimate", 1, "960");
        check("Intercom", "Essential", "Expert", 50, "61800");
        check("Intercom", "Advanced", "Expert", 50, "28200");
        // By the list price, whatever discount is published as a range for so many seats.
        let (from, to) = tariffs("Intercom", "Essential", "Expert");
        let premium = premium(&from, &to, 25).unwrap();
        assert_eq!((premium.usual.amount, premium.high.amount < premium.usual.amount), (dec!(30900), true));
    }

    #[test]
    fn break_even_against_the_flat_fee() {
        let check = |app: &str, from: &str, to: &str, expect: u32| {
            let (from, to) = tariffs(app, from, to);
            assert_eq!(break_even_seats(&from, &to, dec!(5000)), Some(expect), "{app} {expect}");
        };
        check("Intercom", "Essential", "Expert", 5);
        check("Intercom", "Advanced", "Expert", 9);
        check("Kustomer", "Enterprise", "Ultimate", 9);
    }
}
