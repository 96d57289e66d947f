use std::collections::BTreeMap;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::Terms;
use crate::classify::{Billed, Finding, Kind};
use crate::model::round;

/// A count with what is certain and what is possible: low leaves out what waits for review or rests on a seat the export
/// does not tell, high takes every waiting account as waste.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Span {
    /// Certain.
    pub low: u32,
    /// Best estimate.
    pub point: u32,
    /// Possible.
    pub high: u32,
}

/// Accounts and seats of an app, counted. Letters are those of the money model.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Counts {
    /// Accounts in the files.
    pub accounts: u32,
    /// By what they were found to be; sums to `accounts`.
    pub kinds: BTreeMap<Kind, u32>,
    /// Of them, waiting for a human.
    pub review: u32,
    /// `S`: seats bought.
    pub purchased: u32,
    /// `A`: accounts on paid seats.
    pub billed: u32,
    /// `O`: orphaned accounts, paid or not.
    pub orphaned: Span,
    /// `O_b`: orphaned accounts on paid seats.
    pub orphaned_billed: u32,
    /// Orphaned accounts that can administer the app.
    pub orphaned_privileged: u32,
    /// `U`: unused accounts on paid seats.
    pub unused: u32,
    /// `D`: duplicates.
    pub duplicate: u32,
    /// `X`: seats bought and not assigned.
    pub shelfware: u32,
    /// `I`: paid seats in use.
    pub in_use: u32,
    /// Accounts on paid seats beyond those bought.
    pub over: u32,
    /// Open accounts of people who work here.
    pub members: u32,
    /// Paid seats that are waste because of who holds them: `O_b + U + D`.
    pub waste: Span,
    /// `L = O_b + U + D + X`: paid seats nobody who works here uses, each once, at most what is bought.
    pub unused_licenses: Span,
}

impl Counts {
    pub(super) fn new(accounts: &[&Finding], terms: &Terms) -> Self {
        let mut counts = Self { purchased: terms.seats, ..Self::default() };
        counts.kinds = Kind::ALL.iter().map(|kind| (*kind, 0)).collect();
        let (mut certain_waste, mut possible_waste) = (0, 0);
        for finding in accounts {
            counts.accounts += 1;
            *counts.kinds.entry(finding.kind).or_default() += 1;
            counts.review += u32::from(finding.review);
            let billed = u32::from(finding.billed.counts());
            counts.billed += billed;
            let waste = matches!(finding.kind, Kind::Orphaned | Kind::Unused | Kind::Duplicate);
            match finding.kind {
                Kind::Orphaned => {
                    counts.orphaned.point += 1;
                    counts.orphaned.low += u32::from(!finding.review);
                    counts.orphaned_billed += billed;
                    counts.orphaned_privileged += u32::from(finding.privileged);
                }
                Kind::Unused => counts.unused += billed,
                Kind::Duplicate => counts.duplicate += billed,
                _ => {}
            }
            let ours = matches!(finding.kind, Kind::InUse | Kind::Unused | Kind::Duplicate | Kind::Unknown);
            counts.members += u32::from(ours);
            counts.orphaned.high += u32::from(finding.kind == Kind::Orphaned || finding.review);
            certain_waste += u32::from(waste && !finding.review && finding.billed == Billed::Yes);
            possible_waste += u32::from(waste || finding.review) * billed;
        }
        counts.waste = Span {
            low: certain_waste,
            point: counts.orphaned_billed + counts.unused + counts.duplicate,
            high: possible_waste,
        };
        counts.settle(terms);
        counts
    }

    /// What follows from seats bought, accounts on paid seats and waste among them.
    fn settle(&mut self, terms: &Terms) {
        // Without a list of accounts nobody knows which seats are assigned.
        if terms.sold_by_seat() && self.is_listed() {
            self.shelfware = self.purchased.saturating_sub(self.billed);
            self.over = self.billed.saturating_sub(self.purchased);
        }
        self.in_use = self.billed.saturating_sub(self.waste.point);
        let bought = terms.billed_seats();
        let count = |waste: u32| (waste + self.shelfware).min(bought);
        let Span { low, point, high } = self.waste;
        self.unused_licenses = Span { low: count(low), point: count(point), high: count(high) };
    }

    /// The same app with a larger or smaller team, and a larger or smaller share of it waste: for what-if figures. Counts by
    /// kind stay as they are.
    #[must_use]
    pub fn scaled(&self, terms: &Terms, seats: Decimal, waste: Decimal) -> Self {
        let times = |count: u32, factor: Decimal| round(Decimal::from(count) * factor, 0).to_u32().unwrap_or(u32::MAX);
        let span = |span: Span, most: u32| Span {
            low: times(span.low, seats * waste).min(most),
            point: times(span.point, seats * waste).min(most),
            high: times(span.high, seats * waste).min(most),
        };
        let purchased = terms.seats;
        let mut scaled = Self {
            purchased,
            accounts: times(self.accounts, seats),
            members: times(self.members, seats),
            billed: times(self.billed, seats),
            orphaned: span(self.orphaned, u32::MAX),
            unused: times(self.unused, seats * waste),
            duplicate: times(self.duplicate, seats * waste),
            ..self.clone()
        };
        // Fewer seats stand empty only if more of them are taken.
        if self.shelfware > 0 {
            scaled.billed = purchased.saturating_sub(times(self.shelfware, seats * waste));
        }
        scaled.waste = span(self.waste, scaled.billed);
        scaled.orphaned_billed = times(self.orphaned_billed, seats * waste).min(scaled.waste.point);
        scaled.settle(terms);
        scaled
    }

    /// Paid seats in use if everything that waits were waste, and if nothing were.
    pub fn in_use_range(&self) -> (u32, u32) {
        (self.billed.saturating_sub(self.waste.high), self.billed.saturating_sub(self.waste.low))
    }

    /// Accounts that are not closed.
    pub fn open(&self) -> u32 {
        self.accounts.saturating_sub(self.of(Kind::Closed))
    }

    /// A file lists the app's accounts; without one nothing is known about its use.
    pub fn is_listed(&self) -> bool {
        self.accounts > 0
    }

    /// Accounts of one kind.
    pub fn of(&self, kind: Kind) -> u32 {
        self.kinds.get(&kind).copied().unwrap_or(0)
    }
}
