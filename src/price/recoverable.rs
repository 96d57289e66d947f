use jiff::civil::Date;
use jiff::{Span, ToSpan};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::{Counts, Priced, Tariff, Terms, Unpriced, convert};
use crate::model::{BillingCycle, Money};
use crate::workspace::Policy;

/// When seats can be dropped.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Drop {
    /// The first day at the smaller number of seats.
    pub from: Date,
    /// The last day to give notice.
    pub notice_by: Date,
}

/// What of the bill can be dropped: two views of one waste.
#[derive(Clone, Debug, PartialEq)]
pub struct Recoverable {
    /// Seats to keep: those in use and a buffer, or more where that is cheaper.
    pub needed: u32,
    /// Seats to drop.
    pub seats: u32,
    /// Paid for nothing, a year.
    pub run_rate: Money,
    /// When it can stop; unknown without a renewal date.
    pub drop: Option<Drop>,
    /// What stops within the horizon, from that day.
    pub cashable: Priced,
}

impl Recoverable {
    pub(super) fn new(terms: &Terms, counts: &Counts, policy: &Policy, as_of: Date) -> Priced<Self> {
        let tariff = terms.tariff.as_ref().map_err(Clone::clone)?;
        if !counts.is_listed() {
            return Err(Unpriced("no file lists its accounts".into()));
        }
        let bought = terms.seats;
        let needed = seats_to_keep(tariff, bought, counts.in_use, policy);
        let saved = tariff.annual(bought).amount - tariff.annual(needed).amount;
        let run_rate = convert(Money::new(saved, tariff.currency), policy)?;
        let drop = next_drop(terms, as_of);
        let cashable = match drop {
            Some(drop) => {
                let horizon = policy.horizon_years * 12;
                let months = Decimal::from(month_of(as_of, drop.from, horizon).map_or(0, |first| horizon - first));
                Ok(Money::new(run_rate.amount * months / Decimal::from(12), run_rate.currency))
            }
            None => Err(Unpriced("the renewal date is not known".into())),
        };
        Ok(Self { needed, seats: bought - needed, run_rate, drop, cashable })
    }
}

/// The cheapest number of seats that serves those in use and the buffer; as many as are bought where all are needed, or where
/// dropping some would save nothing.
pub(crate) fn seats_to_keep(tariff: &Tariff, bought: u32, in_use: u32, policy: &Policy) -> u32 {
    if !tariff.unit.is_per_seat() {
        return bought;
    }
    let enough = tariff.billed(seats_needed(in_use, policy));
    if enough >= bought {
        return bought;
    }
    let cheapest = tariff.cheapest(enough, bought);
    if tariff.annual(cheapest).amount < tariff.annual(bought).amount { cheapest } else { bought }
}

/// Seats in use and the buffer above them, at least one seat.
pub(crate) fn seats_needed(in_use: u32, policy: &Policy) -> u32 {
    let buffer = (Decimal::from(in_use) * policy.seat_buffer).ceil().to_u32().unwrap_or(u32::MAX);
    in_use.saturating_add(buffer.max(1))
}

/// Terms looked through for the first whose notice can still be given.
const MOST_TERMS: i64 = 1_200;

/// The next day seats can be dropped: next month, or the first renewal whose notice can still be given.
pub(crate) fn next_drop(terms: &Terms, as_of: Date) -> Option<Drop> {
    match terms.billing {
        BillingCycle::Monthly => {
            let from = as_of.saturating_add(1.month());
            Some(Drop { from, notice_by: from })
        }
        BillingCycle::Annual => {
            let first = terms.renewal?;
            let notice = Span::new().days(terms.notice_days);
            let term = i64::from(terms.term_months.max(1));
            (0..MOST_TERMS).find_map(|terms| {
                let from = first.saturating_add(Span::new().months(terms * term));
                let notice_by = from.saturating_sub(notice);
                (notice_by >= as_of).then_some(Drop { from, notice_by })
            })
        }
    }
}

/// The months of a horizon, from 0, from which on a higher price is paid: those that begin on or after a renewal. Whoever is
/// bound from month to month is asked for more once a year; so is everybody whose renewal is not known.
pub(crate) fn rises(terms: &Terms, as_of: Date, months: u32) -> Vec<u32> {
    let first = terms.renewal.filter(|_| terms.billing == BillingCycle::Annual);
    let Some(first) = first else { return (1..).map(|year| year * 12).take_while(|month| *month < months).collect() };
    let term = i64::from(terms.term_months.max(1));
    let renewals = (0..MOST_TERMS).map(|terms| first.saturating_add(Span::new().months(terms * term)));
    let end = as_of.saturating_add(Span::new().months(i64::from(months)));
    let renewals = renewals.take_while(|renewal| *renewal < end).filter(|renewal| *renewal > as_of);
    renewals.filter_map(|renewal| month_of(as_of, renewal, months)).collect()
}

/// The first month of a horizon, from 0, that begins on or after a day.
pub(crate) fn month_of(as_of: Date, day: Date, months: u32) -> Option<u32> {
    let apart =
        (i32::from(day.year()) - i32::from(as_of.year())) * 12 + i32::from(day.month()) - i32::from(as_of.month());
    // Days within the month decide between this one and the next.
    let near = u32::try_from(apart.max(0)).unwrap_or(0);
    let begins = |month: u32| as_of.saturating_add(Span::new().months(month));
    (near..near + 2).find(|month| begins(*month) >= day).filter(|month| *month < months)
}
