use std::collections::BTreeMap;

use super::Terms;
use crate::classify::{Billed, Finding, Kind};

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
            counts.orphaned.high += u32::from(finding.kind == Kind::Orphaned || finding.review);
            certain_waste += u32::from(waste && !finding.review && finding.billed == Billed::Yes);
            possible_waste += u32::from(waste || finding.review) * billed;
        }
        // Without a list of accounts nobody knows which seats are assigned.
        if terms.sold_by_seat() && counts.is_listed() {
            counts.shelfware = terms.seats.saturating_sub(counts.billed);
            counts.over = counts.billed.saturating_sub(terms.seats);
        }
        let waste = counts.orphaned_billed + counts.unused + counts.duplicate;
        counts.in_use = counts.billed - waste;
        let bought = terms.billed_seats();
        let count = |waste: u32| (waste + counts.shelfware).min(bought);
        counts.unused_licenses = Span { low: count(certain_waste), point: count(waste), high: count(possible_waste) };
        counts
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
