use rust_decimal::Decimal;

use super::{Priced, Unpriced};
use crate::catalog::{Band, ListPrice, Plan, PriceTag};
use crate::import::Contract;
use crate::model::{Currency, Money, PriceUnit};

/// A least and a greatest amount; equal where the price is certain.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Bounds {
    /// Least.
    pub low: Money,
    /// Greatest: what figures are shown with, since a discount that is not agreed is not counted on.
    pub high: Money,
}

/// How a number of seats becomes a yearly bill: `max(n, minimum) × price × periods × (1 − discount) + base fee`, no less than
/// what is committed to; a step function where volume bands are published or seats are sold in packs.
#[derive(Clone, Debug, PartialEq)]
pub struct Tariff {
    /// Price for one unit.
    pub amount: Decimal,
    /// The unit.
    pub unit: PriceUnit,
    /// Currency.
    pub currency: Currency,
    /// Agreed discount, as a share of one.
    pub discount: Decimal,
    /// Least number of seats billed.
    pub minimum: u32,
    /// The price is a "from" price: the bill may be higher.
    pub from: bool,
    /// The greatest price for one unit, where a range is known.
    pub amount_high: Option<Decimal>,
    /// Seats sold together.
    pub pack: u32,
    /// What is charged a year whatever the number of seats.
    pub base_fee: Decimal,
    /// Least bill of a year.
    pub commitment: Decimal,
    bands: Vec<Band>,
}

impl Tariff {
    /// The list price of a plan, where one is published.
    ///
    /// # Errors
    /// A plan sold by quote.
    pub fn of_plan(plan: &Plan) -> Priced<Self> {
        match &plan.price {
            ListPrice::Published(tag) => Ok(Self::published(tag, plan)),
            ListPrice::OnRequest(reason) => Err(Unpriced(reason.clone())),
        }
    }

    fn published(tag: &PriceTag, plan: &Plan) -> Self {
        Self {
            amount: tag.amount,
            unit: tag.unit,
            currency: tag.currency,
            discount: Decimal::ZERO,
            minimum: plan.minimum_seats,
            from: tag.from,
            amount_high: None,
            pack: 1,
            base_fee: Decimal::ZERO,
            commitment: Decimal::ZERO,
            bands: tag.bands.clone(),
        }
    }

    /// The same price under an agreed discount and minimum.
    pub(super) fn on_terms(self, discount: Decimal, minimum: u32) -> Self {
        Self { discount, minimum, ..self }
    }

    /// The negotiated price of a contract.
    pub fn contract(contract: &Contract, amount: Decimal, currency: Currency, minimum: u32) -> Self {
        let add_on = contract.add_on.unwrap_or_default();
        Self {
            amount: amount + add_on,
            unit: contract.unit,
            currency,
            discount: contract.discount,
            minimum,
            from: contract.from,
            amount_high: contract.price_high.map(|high| high + add_on),
            pack: contract.pack.max(1),
            base_fee: contract.base_fee.unwrap_or_default(),
            commitment: contract.commitment.unwrap_or_default(),
            bands: Vec::new(),
        }
    }

    /// Seats that are billed when `seats` are taken: whole packs, and no fewer than the least number.
    pub fn billed(&self, seats: u32) -> u32 {
        seats.max(self.minimum).checked_next_multiple_of(self.pack).unwrap_or(u32::MAX)
    }

    /// The yearly bill for a number of seats, with a published range of discounts as bounds.
    pub fn bounds(&self, seats: u32) -> Bounds {
        let billed = self.billed(seats);
        let (least, most) =
            self.band(billed).map_or((Decimal::ZERO, Decimal::ZERO), |band| (band.discount_low, band.discount_high));
        let high = self.amount_high.unwrap_or(self.amount);
        Bounds { low: self.bill(billed, self.amount, most), high: self.bill(billed, high, least) }
    }

    /// The part of the yearly bill that grows with the seats.
    pub fn for_seats(&self, seats: u32) -> Money {
        let bill = self.annual(seats);
        Money::new((bill.amount - self.base_fee).max(Decimal::ZERO), bill.currency)
    }

    /// The yearly bill for a number of seats.
    pub fn annual(&self, seats: u32) -> Money {
        self.bounds(seats).high
    }

    /// The yearly bill by the list price, without any discount for the number of seats.
    pub fn list(&self, seats: u32) -> Money {
        self.bill(self.billed(seats), self.amount, Decimal::ZERO)
    }

    /// Discounts are published, but none for this number of seats.
    pub fn lacks_band(&self, seats: u32) -> bool {
        let smallest = self.bands.iter().map(|band| band.from_seats).min();
        let billed = self.billed(seats);
        smallest.is_some_and(|smallest| billed >= smallest) && self.band(billed).is_none()
    }

    fn band(&self, billed: u32) -> Option<&Band> {
        self.bands.iter().find(|band| billed >= band.from_seats && band.to_seats.is_none_or(|to| billed <= to))
    }

    fn bill(&self, billed: u32, amount: Decimal, band_discount: Decimal) -> Money {
        let units = if self.unit.is_per_seat() { Decimal::from(billed / self.pack) } else { Decimal::ONE };
        let price = amount * (Decimal::ONE - self.discount) * (Decimal::ONE - band_discount);
        let year = units * price * self.unit.times_a_year() + self.base_fee;
        Money::new(year.max(self.commitment), self.currency)
    }

    /// The cheapest number of seats that is at least `needed`, and at most `bought`. Dropping a seat below a band edge can
    /// raise the price of all that remain; within a band fewer seats are never dearer, so only its edges are looked at.
    pub fn cheapest(&self, needed: u32, bought: u32) -> u32 {
        let edges = self.bands.iter().map(|band| band.from_seats).filter(|edge| (needed..=bought).contains(edge));
        let seats = std::iter::once(needed).chain(edges);
        seats.min_by_key(|seats| (self.annual(*seats).amount, *seats)).unwrap_or(needed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Catalog;
    use crate::model::AppName;

    fn list(app: &str, plan: &str) -> Tariff {
        let catalog = Catalog::builtin().unwrap();
        Tariff::of_plan(catalog.app(&AppName::new(app)).unwrap().plan(plan).unwrap()).unwrap()
    }

    /// Published totals, to the dollar.
    #[test]
    fn published_tables() {
        let check = |app: &str, plan: &str, seats: u32, expect: &str| {
            assert_eq!(list(app, plan).annual(seats).amount.normalize().to_string(), expect, "{app} {plan} {seats}");
        };
        check("Kustomer", "Ultimate", 10, "16680");
        check("Kustomer", "Ultimate", 25, "41700");
        check("Kustomer", "Ultimate", 50, "83400");
        check("Kustomer", "Ultimate", 5, "13344");
        check("Kustomer", "Ultimate", 15, "25020");
        check("Intercom", "Expert", 50, "79200");
        check("Intercom", "Essential", 50, "17400");
        check("Amplitude", "Plus", 900, "588");
    }

    #[test]
    fn published_discounts_are_a_range() {
        let check = |seats: u32, low: &str, high: &str| {
            let bounds = list("Intercom", "Expert").bounds(seats);
            let text = |money: Money| money.amount.normalize().to_string();
            assert_eq!((text(bounds.low), text(bounds.high)), (low.to_owned(), high.to_owned()), "{seats}");
        };
        check(24, "38016", "38016");
        check(25, "33660", "34848");
        check(31, "49104", "49104");
        check(100, "104544", "134640");
    }

    /// Every shape a contract's price can have, as one line of a list and the bill for some seats.
    #[test]
    fn contracts_of_every_shape() {
        let check = |header: &str, line: &str, seats: u32, expect: &str| {
            let text = format!("App,Plan,Seats,{header}\nWiki,Team,{seats},{line}\n");
            let source = crate::import::Source::new("contracts.csv", text.into_bytes());
            let import = crate::import::read(&source, &crate::import::Profiles::builtin().unwrap(), None);
            let crate::import::Records::Contracts(records) = &import.records else { panic!("{import:?}") };
            let contract = &records[0].contract;
            let bill = contract.price.map_or("none".to_owned(), |amount| {
                let tariff =
                    Tariff::contract(contract, amount, Currency::parse("USD").unwrap(), contract.minimum.unwrap_or(0));
                let bounds = tariff.bounds(seats);
                let text = |money: Money| money.amount.normalize().to_string();
                let from = if tariff.from { " or more" } else { "" };
                if bounds.low == bounds.high {
                    text(bounds.high) + from
                } else {
                    format!("{} to {}", text(bounds.low), text(bounds.high))
                }
            });
            assert_eq!(bill, expect, "{header} {line}");
        };
        check("Price per seat per month", "29", 50, "17400");
        check("Price per seat per year", "327.08", 12, "3924.96");
        check("Price,Unit", "49,flat per month", 9, "588");
        check("Price,Unit", "$100,per 10 seats per month", 41, "6000");
        check("Price per seat per month,Platform fee", "10,5000", 20, "7400");
        check("Price per seat per month,Base fee per month", "10,100", 20, "3600");
        check("Price per seat per month,SSO add-on", "10,3", 20, "3120");
        check("Price per seat per month,Minimum seats", "139,8", 5, "13344");
        check("Price per seat per month,Minimum annual commitment", "10,25000", 20, "25000");
        check("Price per seat per month,Setup fee", "10,900", 20, "2400");
        check("Platform fee", "5000", 20, "5000");
        check("Price per seat (EUR)", "10", 20, "2400");
        check("Contract value", "12000", 20, "12000");
        check("Cost", "12000", 20, "none");
        check("Price", "12k", 20, "none");
        check("Price,Unit", "29,per quarter", 20, "none");
        check("Price", "from $29", 10, "3480 or more");
        check("Price", "29–39", 10, "3480 to 4680");
        check("Price", "$29/user/month", 10, "3480");
        check("Price", "on request", 10, "none");
        check("Flat fee", "5000", 10, "5000");
        check("Price per seat per month,Flat fee", "10,5000", 20, "7400");
    }

    #[test]
    fn a_band_edge_can_make_more_seats_cheaper() {
        assert_eq!(list("Intercom", "Expert").cheapest(24, 50), 25);
        assert_eq!(list("Intercom", "Expert").cheapest(40, 50), 40);
        assert_eq!(list("Intercom", "Essential").cheapest(60, 50), 60);
    }
}
