use rust_decimal::Decimal;

use super::{Priced, Unpriced};
use crate::catalog::{Band, Plan, PriceTag};
use crate::import::Contract;
use crate::model::{AppName, Currency, Money, PriceUnit};

/// A least and a greatest amount; equal where the price is certain.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Bounds {
    /// Least.
    pub low: Money,
    /// Greatest: what figures are shown with, since a discount that is not agreed is not counted on.
    pub high: Money,
}

impl Bounds {
    /// Both ends are the same.
    pub fn is_certain(&self) -> bool {
        self.low == self.high
    }
}

/// How a number of seats becomes a yearly bill: `max(n, minimum) × price × periods × (1 − discount) + base fee`, no less than
/// what is committed to; a step function where volume bands are published or seats are sold in packs.
#[derive(Clone, Debug, PartialEq)]
pub struct Tariff {
    /// Price for one unit; the least one where a range is known.
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
    /// The range comes from sources that disagree.
    pub disputed: bool,
    /// Seats sold together.
    pub pack: u32,
    /// Seats the base fee pays for.
    pub included: u32,
    /// What is charged a year whatever the number of seats.
    pub base_fee: Decimal,
    /// What is charged for each seat beside the amount, in its unit; no volume discount is on it.
    pub add_on: Decimal,
    /// What is charged once.
    pub one_off: Decimal,
    /// Least bill of a year.
    pub commitment: Decimal,
    /// Each band prices the seats within it alone.
    pub graduated: bool,
    bands: Vec<Band>,
}

impl Tariff {
    /// The list price of a plan, where one is published. Where sources disagree about the amount it is a range.
    ///
    /// # Errors
    /// A plan sold by quote, and sources that disagree about more than the amount.
    pub fn of_plan(plan: &Plan) -> Priced<Self> {
        let tariffs: Vec<Self> = plan.prices.iter().map(|tag| Self::published(tag, plan)).collect();
        let Some((first, others)) = tariffs.split_first() else {
            let unknown = || "no price is published".to_owned();
            return Err(Unpriced(plan.on_request.clone().unwrap_or_else(unknown)));
        };
        let of_amount = |tariff: &Self| (tariff.amount, tariff.amount_high.unwrap_or(tariff.amount));
        let mut range = of_amount(first);
        for other in others {
            let (amount, amount_high, from) = (first.amount, first.amount_high, first.from);
            let alike = Self { amount, amount_high, from, ..other.clone() };
            if alike != *first {
                return Err(Unpriced(format!("the sources of its price for {} disagree on its shape", plan.name)));
            }
            let (low, high) = of_amount(other);
            range = (range.0.min(low), range.1.max(high));
        }
        let (low, high) = range;
        let disputed = others.iter().any(|other| of_amount(other) != of_amount(first));
        let from = tariffs.iter().any(|tariff| tariff.from);
        Ok(Self { amount: low, amount_high: (high > low).then_some(high), disputed, from, ..first.clone() })
    }

    fn published(tag: &PriceTag, plan: &Plan) -> Self {
        Self {
            amount: tag.amount,
            add_on: tag.add_on,
            unit: tag.unit,
            currency: tag.currency,
            discount: Decimal::ZERO,
            minimum: plan.minimum_seats.unwrap_or(0),
            from: tag.from,
            amount_high: tag.amount_high,
            disputed: false,
            pack: tag.pack.max(1),
            included: tag.included_seats,
            base_fee: tag.base_fee * tag.unit.times_a_year(),
            one_off: tag.one_off,
            commitment: tag.commitment,
            graduated: tag.graduated,
            bands: tag.bands.clone(),
        }
    }

    /// The list price under what a contract agrees on: discount, minimum, and what is charged beside it.
    pub(super) fn on_terms(self, contract: &Contract, minimum: u32) -> Self {
        Self {
            discount: contract.discount,
            minimum,
            add_on: contract.add_on.unwrap_or(self.add_on),
            base_fee: contract.base_fee.unwrap_or(self.base_fee),
            included: contract.included.unwrap_or(self.included),
            commitment: contract.commitment.unwrap_or(self.commitment),
            one_off: contract.one_off.unwrap_or(self.one_off),
            ..self
        }
    }

    /// A fee that is all that is paid.
    pub(super) fn fee(amount: Decimal, currency: Currency) -> Self {
        let contract = Contract { unit: PriceUnit::FlatYear, ..Contract::new(AppName::new("")) };
        Self::contract(&contract, amount, currency, 0)
    }

    /// The same tariff with all amounts times a factor, for what-if figures.
    #[must_use]
    pub(crate) fn times(&self, factor: Decimal) -> Self {
        let bands = self.bands.iter();
        Self {
            amount: self.amount * factor,
            amount_high: self.amount_high.map(|high| high * factor),
            base_fee: self.base_fee * factor,
            add_on: self.add_on * factor,
            one_off: self.one_off * factor,
            commitment: self.commitment * factor,
            bands: bands.map(|band| Band { amount: band.amount.map(|own| own * factor), ..band.clone() }).collect(),
            ..self.clone()
        }
    }

    /// The negotiated price of a contract.
    pub fn contract(contract: &Contract, amount: Decimal, currency: Currency, minimum: u32) -> Self {
        Self {
            amount,
            add_on: contract.add_on.unwrap_or_default(),
            unit: contract.unit,
            currency,
            discount: contract.discount,
            minimum,
            from: contract.from,
            amount_high: contract.price_high,
            disputed: false,
            pack: contract.pack.max(1),
            included: contract.included.unwrap_or(0),
            base_fee: contract.base_fee.unwrap_or_default(),
            one_off: contract.one_off.unwrap_or_default(),
            commitment: contract.commitment.unwrap_or_default(),
            graduated: false,
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
        let (low, high) = self.units(billed);
        Bounds { low: self.bill(low), high: self.bill(high) }
    }

    /// The yearly bill for a number of seats.
    pub fn annual(&self, seats: u32) -> Money {
        self.bounds(seats).high
    }

    /// The yearly bill by the list price, without any discount that is published as a range.
    pub fn list(&self, seats: u32) -> Money {
        let firm = self.bands.iter().filter(|band| band.amount.is_some()).cloned().collect();
        Self { bands: firm, ..self.clone() }.annual(seats)
    }

    /// Discounts are published, but none for this number of seats.
    pub fn lacks_band(&self, seats: u32) -> bool {
        let smallest = self.bands.iter().map(|band| band.from_seats).min();
        let billed = self.billed(seats);
        smallest.is_some_and(|smallest| billed >= smallest) && self.band(billed).is_none()
    }

    /// The numbers of seats from 1 on between which the bill is a straight line: it may turn or jump at each of them alone.
    /// Seats sold in packs make a staircase, which turns at each pack.
    pub fn turns(&self, most: u32) -> Vec<u32> {
        let mut turns = vec![1, most];
        if !self.unit.is_per_seat() && self.bands.is_empty() {
            return turns;
        }
        let bands =
            self.bands.iter().flat_map(|band| [band.from_seats, band.to_seats.map_or(0, |to| to.saturating_add(1))]);
        let edges: Vec<u32> = bands.chain([self.minimum, self.included]).collect();
        turns.extend(edges.iter().flat_map(|edge| [edge.saturating_sub(1), *edge, edge.saturating_add(1)]));
        if self.pack > 1 {
            let packs = (0..=most / self.pack).map(|pack| pack * self.pack);
            turns.extend(packs.flat_map(|edge| [edge, edge.saturating_add(1)]));
        }
        turns.retain(|turn| (1..=most).contains(turn));
        turns.sort_unstable();
        turns.dedup();
        if self.commitment > Decimal::ZERO {
            // Between two turns the bill before the commitment is a line, so it leaves it at most once.
            let covered = |seats: u32| self.units(self.billed(seats)).1 + self.base_fee <= self.commitment;
            let mut left = Vec::new();
            for pair in turns.windows(2) {
                if let [from, to] = *pair
                    && covered(from) != covered(to)
                {
                    let first = first_of(from, to, |seats| covered(seats) != covered(from));
                    left.extend([first - 1, first]);
                }
            }
            turns.extend(left);
            turns.sort_unstable();
            turns.dedup();
        }
        turns
    }

    /// Volume prices or discounts, by rising number of seats.
    pub fn bands(&self) -> &[Band] {
        &self.bands
    }

    /// Of a tariff whose bands price their own seats: the spans of seats one price holds for, and that price where it is not
    /// the list's.
    pub fn spans(&self) -> Vec<(u32, Option<u32>, Option<Decimal>)> {
        let mut starts = vec![self.included.saturating_add(1)];
        for band in &self.bands {
            starts.extend([Some(band.from_seats), band.to_seats.map(|to| to.saturating_add(1))].into_iter().flatten());
        }
        starts.retain(|start| *start > self.included);
        starts.sort_unstable();
        starts.dedup();
        let ends = starts.iter().skip(1).map(|next| Some(next - 1)).chain([None]);
        let span = |(from, to): (u32, Option<u32>)| {
            let band = self.band(from);
            (from, to, band.map(|band| self.rate(Some(band)).1))
        };
        starts.iter().copied().zip(ends).map(span).collect()
    }

    fn band(&self, billed: u32) -> Option<&Band> {
        // Where one band is open and another begins, the later one holds.
        self.bands.iter().rev().find(|band| band.holds(billed))
    }

    /// Least and greatest price of one unit in a band.
    fn rate(&self, band: Option<&Band>) -> (Decimal, Decimal) {
        let list = (self.amount, self.amount_high.unwrap_or(self.amount));
        let Some(band) = band else { return list };
        let (low, high) = band.amount.map_or(list, |amount| (amount, amount));
        (low * (Decimal::ONE - band.discount_high), high * (Decimal::ONE - band.discount_low))
    }

    /// What the units of a year cost before base fee and commitment, least and greatest.
    fn units(&self, billed: u32) -> (Decimal, Decimal) {
        let (low, high) = if !self.unit.is_per_seat() {
            self.rate(self.band(billed))
        } else if self.graduated {
            self.graduated_units(billed)
        } else {
            let units = Decimal::from(self.charged(billed).div_ceil(self.pack));
            let (low, high) = self.rate(self.band(billed));
            (units * low, units * high)
        };
        let add_on = self.add_on * Decimal::from(self.charged(billed));
        let year = self.unit.times_a_year() * (Decimal::ONE - self.discount);
        ((low + add_on) * year, (high + add_on) * year)
    }

    /// Seats charged for beyond those the base fee pays for; none of a plan that is not sold by the seat.
    fn charged(&self, billed: u32) -> u32 {
        if self.unit.is_per_seat() { billed.saturating_sub(self.included) } else { 0 }
    }

    /// Each band prices the seats within it alone, and the list price those outside of all.
    fn graduated_units(&self, billed: u32) -> (Decimal, Decimal) {
        let mut sum = (Decimal::ZERO, Decimal::ZERO);
        for (from, to, _) in self.spans() {
            let until = to.map_or(billed, |to| to.min(billed));
            let units = Decimal::from((until + 1).saturating_sub(from).div_ceil(self.pack));
            let (low, high) = self.rate(self.band(from));
            sum = (sum.0 + units * low, sum.1 + units * high);
        }
        sum
    }

    fn bill(&self, units: Decimal) -> Money {
        Money::new((units + self.base_fee).max(self.commitment), self.currency)
    }

    /// Whether the number of seats changes the bill.
    pub fn depends_on_seats(&self) -> bool {
        self.unit.is_per_seat() || !self.bands.is_empty()
    }

    /// The cheapest number of seats that is at least `needed`, and at most `bought`. Dropping a seat below a band edge can
    /// raise the price of all that remain; within a band fewer seats are never dearer, so only the least number of seats that
    /// is billed within each band is looked at.
    pub fn cheapest(&self, needed: u32, bought: u32) -> u32 {
        let edges = self.bands.iter().flat_map(|band| [Some(band.from_seats), band.to_seats.map(|to| to + 1)]);
        // A pack is billed whole: its first seat brings the rest.
        let first = |edge: u32| (edge.max(1) - 1) / self.pack * self.pack + 1;
        let edges = edges.flatten().map(first).filter(|edge| (needed..=bought).contains(edge));
        let seats = std::iter::once(needed).chain(edges);
        seats.min_by_key(|seats| (self.annual(*seats).amount, *seats)).unwrap_or(needed)
    }
}

/// The first number above `below` for which something is so, where it is not so for `below`, is so for `above`, and turns
/// once between them.
pub(crate) fn first_of(mut below: u32, mut above: u32, is_so: impl Fn(u32) -> bool) -> u32 {
    while above - below > 1 {
        let middle = below + (above - below) / 2;
        if is_so(middle) { above = middle } else { below = middle }
    }
    above
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Catalog;

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
        check("Kustomer", "Enterprise", 5, "8544");
        check("Kustomer", "Enterprise Bundle", 10, "15480");
        check("Intercom", "Advanced", 50, "51000");
        check("Amplitude", "Plus", 900, "588");
        check("Amplitude", "Growth", 900, "36000");
        check("Bill.com", "Corporate", 20, "18960");
        check("Bitwarden", "Teams", 50, "2400");
        check("Bitwarden", "Enterprise", 50, "3600");
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
        // A fee beside a plan is no price of its own.
        check("Platform fee", "5000", 20, "none");
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
