use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::{Bounds, Priced, Tariff, Unpriced};
use crate::catalog::{Catalog, Plan};
use crate::correlate::Roster;
use crate::import::{Contract, Records};
use crate::model::{AppName, BillingCycle, Code, Diagnostic, Money, Place, Severity};
use crate::workspace::{Policy, Workspace};

/// Where a price comes from. The user's own always wins.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Origin {
    /// A contract.
    Contract,
    /// The list price of the plan in the contract.
    List,
    /// The user's own entry for the plan: a quote.
    Quote,
}

/// What is paid for an app, and how it binds.
#[derive(Clone, Debug, PartialEq)]
pub struct Terms {
    /// The plan by the catalog's name, or as the contract has it; empty if nobody tells.
    pub plan: String,
    /// How seats become a bill, or why that is not known.
    pub tariff: Priced<Tariff>,
    /// Where the price comes from.
    pub origin: Origin,
    /// Seats bought: those of the contract, else those taken.
    pub seats: u32,
    /// The contract names a number of seats.
    pub seats_known: bool,
    /// How long one is bound.
    pub billing: BillingCycle,
    /// End of the current term.
    pub renewal: Option<Date>,
    /// Days of notice before it.
    pub notice_days: u32,
    /// Months for which it is renewed.
    pub term_months: u32,
    /// By how much the vendor may raise the price at each renewal, where that is agreed.
    pub uplift: Option<Decimal>,
    /// It was entered or altered by hand.
    pub by_hand: bool,
    /// Where the contract stands.
    pub place: Option<Place>,
}

/// No company pays more for an app in a year; sums beyond it could leave the range of exact decimals.
const MOST_BILL: Decimal = Decimal::from_parts(1_316_134_912, 2_328, 0, false, 0);

/// Months of a term that nobody tells.
const YEAR: u32 = 12;

/// A contract and where it stands, if it stands in a file.
#[derive(Clone, Debug, PartialEq)]
pub struct ContractSource {
    /// The contract.
    pub contract: Contract,
    /// Where it stands; nowhere if it was entered by hand.
    pub place: Option<Place>,
}

/// The contract of each app, by app key: one entered by hand, else the first of the imported ones.
pub fn contracts(
    roster: &Roster,
    workspace: &Workspace,
    catalog: &Catalog,
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeMap<String, ContractSource> {
    let mut found: BTreeMap<String, ContractSource> = BTreeMap::new();
    for contract in workspace.contracts.values() {
        let key = catalog.canonical(&contract.app).key().to_owned();
        found.insert(key, ContractSource { contract: contract.clone(), place: None });
    }
    for (_, import) in roster.imports() {
        let Records::Contracts(records) = &import.records else { continue };
        for record in records {
            let key = catalog.canonical(&record.contract.app).key().to_owned();
            let source = ContractSource { contract: record.contract.clone(), place: Some(record.place.clone()) };
            match found.entry(key) {
                std::collections::btree_map::Entry::Vacant(entry) => {
                    entry.insert(source);
                }
                // A contract entered by hand replaces the imported one on purpose.
                std::collections::btree_map::Entry::Occupied(first) => {
                    if let Some(first) = &first.get().place {
                        let message = format!("{} has a second contract; the first is used", record.contract.app);
                        let hint = format!("keep one line for each app; the first is at {first}");
                        let problem =
                            Diagnostic::new(Code::Repeated, Severity::Warning, Some(record.place.clone()), message);
                        diagnostics.push(problem.hint(hint));
                    }
                }
            }
        }
    }
    found
}

impl Terms {
    pub(super) fn new(
        app: &AppName,
        source: Option<&ContractSource>,
        billed: u32,
        catalog: &Catalog,
        policy: &Policy,
        as_of: Date,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Self {
        let Some(source) = source else {
            let message = format!("no contract names {app}: its seats have no price");
            diagnostics.push(
                Diagnostic::new(Code::Missing, Severity::Warning, None, message)
                    .hint("add a line for it to contracts.csv: App,Plan,Seats purchased,Price per seat,Unit,…"),
            );
            return Self {
                plan: String::new(),
                tariff: Err(Unpriced("no contract names it".into())),
                origin: Origin::Contract,
                seats: billed,
                seats_known: false,
                billing: BillingCycle::Annual,
                renewal: None,
                notice_days: 0,
                term_months: YEAR,
                uplift: None,
                by_hand: false,
                place: None,
            };
        };
        let contract = &source.contract;
        let plan = catalog.app(app).and_then(|app| app.plan(&contract.plan));
        if plan.is_none() && !contract.plan.is_empty() && catalog.app(app).is_some() {
            let known: Vec<&str> =
                catalog.app(app).into_iter().flat_map(|app| &app.plans).map(|plan| plan.name.as_str()).collect();
            let message =
                format!("{app} has no plan \"{}\" in the catalog; upgrades cannot be compared", contract.plan);
            diagnostics.push(
                Diagnostic::new(Code::Missing, Severity::Warning, source.place.clone(), message)
                    .hint(format!("plans the catalog knows: {}", known.join(", "))),
            );
        }
        let (tariff, origin) = tariff(contract, plan, policy);
        let seats = contract.seats.unwrap_or(billed);
        let tariff = tariff.and_then(|tariff| match tariff.annual(seats).amount > MOST_BILL {
            true => {
                let message =
                    format!("the bill of {app} would be more than {MOST_BILL} a year; its price or seats are wrong");
                let problem = Diagnostic::new(Code::BadValue, Severity::Error, source.place.clone(), message);
                diagnostics.push(problem.hint("the app is shown without a price; correct the contract"));
                Err(Unpriced("its bill would be larger than any company's".into()))
            }
            false => Ok(tariff),
        });
        if let Ok(tariff) = &tariff
            && (tariff.from || tariff.disputed)
        {
            let what = if tariff.from {
                "a \"from\" price: what is paid may be more"
            } else {
                "a range: public lists disagree"
            };
            let message = format!("the price of {app} is {what}");
            let problem = Diagnostic::new(Code::Guessed, Severity::Info, source.place.clone(), message);
            diagnostics.push(problem.hint("enter what you really pay"));
        }
        if origin == Origin::List && tariff.is_ok() {
            let message = format!("the contract of {app} has no price; the list price of {} is taken", contract.plan);
            let problem = Diagnostic::new(Code::Guessed, Severity::Info, source.place.clone(), message);
            diagnostics.push(problem.hint("add a column Price per seat with what you really pay"));
        }
        if let Ok(tariff) = &tariff
            && tariff.annual(contract.seats.unwrap_or(billed).max(1)).amount.is_zero()
        {
            let message = format!("the price of {app} is 0: nothing it costs is in any figure");
            let problem = Diagnostic::new(Code::BadValue, Severity::Warning, source.place.clone(), message);
            diagnostics.push(problem.hint("leave it so if the plan is free; otherwise enter what you pay, or leave the price out if you do not know it"));
        }
        if let Some(renewal) = contract.renewal.filter(|renewal| *renewal < as_of) {
            let message = format!("the contract of {app} was to be renewed on {renewal}, before {as_of}");
            let problem = Diagnostic::new(Code::BadValue, Severity::Warning, source.place.clone(), message);
            diagnostics
                .push(problem.hint("it is taken as renewed for the same term since; enter the end of the present one"));
        }
        Self {
            plan: plan.map_or_else(|| contract.plan.clone(), |plan| plan.name.clone()),
            tariff,
            origin,
            seats: contract.seats.unwrap_or(billed),
            seats_known: contract.seats.is_some(),
            billing: contract.billing.or(plan.and_then(|plan| plan.billing)).unwrap_or(BillingCycle::Annual),
            renewal: contract.renewal,
            notice_days: contract.notice_days.unwrap_or(0),
            term_months: contract.term_months.filter(|months| *months > 0).unwrap_or(YEAR),
            uplift: contract.uplift,
            by_hand: source.place.is_none(),
            place: source.place.clone(),
        }
    }

    /// Whether there are seats to count: the price is by the seat, or the contract names a number of them.
    pub fn sold_by_seat(&self) -> bool {
        self.seats_known || self.tariff.as_ref().map_or(true, |tariff| tariff.unit.is_per_seat())
    }

    /// Seats that are billed.
    pub fn billed_seats(&self) -> u32 {
        self.tariff.as_ref().map_or(self.seats, |tariff| tariff.billed(self.seats))
    }

    /// The yearly bill for a number of seats.
    pub fn annual(&self, seats: u32) -> Priced {
        self.tariff.as_ref().map(|tariff| tariff.annual(seats)).map_err(Clone::clone)
    }

    /// The yearly bill for a number of seats, with its bounds.
    pub fn bounds(&self, seats: u32) -> Priced<Bounds> {
        self.tariff.as_ref().map(|tariff| tariff.bounds(seats)).map_err(Clone::clone)
    }

    /// What one seat costs a year at the number of seats bought; `None` where the plan is not sold by the seat. Where the price
    /// is a range, the greatest.
    pub fn seat_price(&self) -> Option<Priced> {
        self.seat_price_bounds().map(|bounds| bounds.map(|bounds| bounds.high))
    }

    /// The same with the least and the greatest price.
    pub fn seat_price_bounds(&self) -> Option<Priced<Bounds>> {
        match &self.tariff {
            Err(unpriced) => Some(Err(unpriced.clone())),
            Ok(tariff) if !tariff.unit.is_per_seat() => None,
            Ok(tariff) => {
                // What is charged for no seat in particular is not saved with one.
                let seats = Decimal::from(tariff.billed(self.seats).max(1));
                let bounds = tariff.bounds(self.seats);
                let each = |bill: Money| {
                    let for_seats = (bill.amount - tariff.base_fee).max(Decimal::ZERO);
                    Money::new(for_seats / seats, bill.currency)
                };
                Some(Ok(Bounds { low: each(bounds.low), high: each(bounds.high) }))
            }
        }
    }
}

fn tariff(contract: &Contract, plan: Option<&Plan>, policy: &Policy) -> (Priced<Tariff>, Origin) {
    if let Some(reason) = &contract.unpriced {
        return (Err(Unpriced(reason.clone())), Origin::Contract);
    }
    let minimum = contract.minimum.or(plan.and_then(|plan| plan.minimum_seats)).unwrap_or(0);
    if let Some(amount) = contract.price {
        let currency = contract.currency.unwrap_or(policy.currency);
        return (Ok(Tariff::contract(contract, amount, currency, minimum)), Origin::Contract);
    }
    let listed = match plan.map(Tariff::of_plan) {
        Some(Ok(tariff)) if contract.currency.is_some_and(|currency| currency != tariff.currency) => {
            Err(Unpriced(format!(
                "its contract is in another currency than the list price of its plan, which is in {}",
                tariff.currency
            )))
        }
        Some(listed) => listed.map(|tariff| tariff.on_terms(contract, minimum)),
        None => Err(Unpriced("its contract has no price, and the catalog knows none for its plan".into())),
    };
    if let (Err(_), Some(fee)) = (&listed, contract.base_fee) {
        // A fee is all anybody tells.
        return (Ok(Tariff::fee(fee, contract.currency.unwrap_or(policy.currency))), Origin::Contract);
    }
    let origin = if plan.is_some_and(|plan| plan.own) { Origin::Quote } else { Origin::List };
    (listed, origin)
}
