//! Two plans of one app side by side, from the catalog alone.

use rust_decimal::Decimal;

use super::Premium;
use super::break_even::{break_even_seats, premium};
use crate::catalog::{App, Plan, markup_percent};
use crate::model::Money;
use crate::price::{Bounds, Priced, Tariff};

/// What a plan costs more than another one, for several numbers of seats.
#[derive(Clone, Debug)]
pub struct PlanComparison<'a> {
    /// The app.
    pub app: &'a App,
    /// The plan one comes from.
    pub from: &'a Plan,
    /// The plan one goes to.
    pub to: &'a Plan,
    /// A row for each number of seats.
    pub rows: Vec<PlanRow>,
    /// By how much the price rises, in percent of the lower one; `None` where the units differ or a price is missing.
    pub markup_percent: Option<Decimal>,
    /// A yearly fee the difference is held against.
    pub fee: Option<Money>,
    /// Smallest number of seats at which the difference exceeds the fee.
    pub break_even_seats: Option<u32>,
}

/// Two plans for a number of seats, a year.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanRow {
    /// Seats taken.
    pub seats: u32,
    /// Seats the plan one goes to bills.
    pub billed: u32,
    /// The plan one comes from, by its list price.
    pub from: Priced,
    /// The plan one goes to, by its list price.
    pub to: Priced,
    /// The difference, with the least and the greatest price known for so many seats.
    pub premium: Priced<Premium>,
    /// The plan one goes to, with the least and the greatest discount published for so many seats.
    pub published: Priced<Bounds>,
    /// Discounts are published, but none for this number of seats.
    pub lacks_band: bool,
    /// The plan one goes to has a "from" price: the bill may be higher.
    pub from_price: bool,
    /// Sources disagree about the price of the plan one comes from, and of the one one goes to.
    pub disputed: (bool, bool),
    /// The plan one goes to is sold in packs of this many seats.
    pub pack: u32,
}

/// Compares two plans of an app. Without a fee nothing is said of where one breaks even.
pub fn compare_plans<'a>(
    app: &'a App,
    from: &'a Plan,
    to: &'a Plan,
    seats: &[u32],
    fee: Option<Money>,
) -> PlanComparison<'a> {
    let (low, high) = (Tariff::of_plan(from), Tariff::of_plan(to));
    let both = low.as_ref().ok().zip(high.as_ref().ok());
    let fee = fee.filter(|fee| both.is_none_or(|(low, _)| low.currency == fee.currency));
    PlanComparison {
        app,
        from,
        to,
        rows: seats.iter().map(|seats| row(&low, &high, *seats)).collect(),
        markup_percent: both.and_then(|(low, high)| markup(low, high)),
        fee,
        break_even_seats: both.zip(fee).and_then(|((low, high), fee)| break_even_seats(low, high, fee.amount)),
    }
}

/// By how much a price rises, in percent of the lower one; only where both are charged alike and are one figure.
pub(super) fn markup(from: &Tariff, to: &Tariff) -> Option<Decimal> {
    let shape = |tariff: &Tariff| (tariff.unit, tariff.currency, tariff.pack, tariff.included, tariff.base_fee);
    let plain = |tariff: &Tariff| tariff.amount_high.is_none();
    let alike = shape(from) == shape(to) && plain(from) && plain(to);
    alike.then(|| markup_percent(from.amount + from.add_on, to.amount + to.add_on)).flatten()
}

impl PlanRow {
    /// `(p_to − p_from) × max(n, m) × 12`, by list prices.
    pub fn upgrade(&self) -> Priced {
        self.premium.as_ref().map(|premium| premium.usual).map_err(Clone::clone)
    }
}

fn row(from: &Priced<Tariff>, to: &Priced<Tariff>, seats: u32) -> PlanRow {
    let list = |tariff: &Priced<Tariff>| tariff.as_ref().map(|tariff| tariff.list(seats)).map_err(Clone::clone);
    PlanRow {
        seats,
        billed: to.as_ref().map_or(seats, |tariff| tariff.billed(seats)),
        from: list(from),
        to: list(to),
        published: to.as_ref().map(|tariff| tariff.bounds(seats)).map_err(Clone::clone),
        from_price: to.as_ref().is_ok_and(|tariff| tariff.from),
        disputed: (from.as_ref().is_ok_and(|tariff| tariff.disputed), to.as_ref().is_ok_and(|tariff| tariff.disputed)),
        pack: to.as_ref().map_or(1, |tariff| tariff.pack),
        premium: from.clone().and_then(|from| premium(&from, &to.clone()?, seats)),
        lacks_band: to.as_ref().is_ok_and(|tariff| tariff.lacks_band(seats)),
    }
}

#[cfg(test)]
mod tests {
    use rust_decimal::dec;

    use super::*;
    use crate::catalog::Catalog;
    use crate::model::{AppName, Currency};

    /// Every published figure, to the dollar.
    #[test]
    fn published_tables() {
        let catalog = Catalog::builtin().unwrap();
        let check = |app: &str, from: &str, to: &str, seats: u32, expect: &str| {
            let app = catalog.app(&AppName::new(app)).unwrap();
            let (from, to) = (app.plan(from).unwrap(), app.plan(to).unwrap());
            let fee = Money::new(dec!(5000), Currency::USD);
            let compared = compare_plans(app, from, to, &[seats], Some(fee));
            let row = &compared.rows[0];
            let text =
                |money: &Priced| money.as_ref().map_or("?".to_owned(), |money| money.amount.normalize().to_string());
            let markup = compared.markup_percent.map_or("?".to_owned(), |percent| percent.round().to_string());
            let break_even = compared.break_even_seats.map_or("?".to_owned(), |seats| seats.to_string());
            let shown = format!("+{} = {}, {markup} %, {break_even}", text(&row.upgrade()), text(&row.to));
            assert_eq!(shown, expect, "{} {} {} {seats}", app.app, from.name, to.name);
        };
        check("Kustomer", "Enterprise", "Ultimate", 10, "+6000 = 16680, 56 %, 9");
        check("Kustomer", "Enterprise", "Ultimate", 25, "+15000 = 41700, 56 %, 9");
        check("Kustomer", "Enterprise", "Ultimate", 50, "+30000 = 83400, 56 %, 9");
        check("Kustomer", "Enterprise", "Ultimate", 5, "+4800 = 13344, 56 %, 9");
        check("Kustomer", "Enterprise Bundle", "Ultimate", 10, "+1200 = 16680, 8 %, 42");
        check("Intercom", "Essential", "Expert", 25, "+30900 = 39600, 355 %, 5");
        check("Intercom", "Essential", "Expert", 50, "+61800 = 79200, 355 %, 5");
        check("Intercom", "Essential", "Expert", 100, "+123600 = 158400, 355 %, 5");
        check("Intercom", "Advanced", "Expert", 50, "+28200 = 79200, 55 %, 9");
        check("Bill.com", "Corporate", "Enterprise", 20, "+? = ?, ? %, ?");
    }
}
