use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::classify::{Billed, Finding, Kind};
use crate::correlate::{AccountId, Roster};
use crate::model::{AppName, Email, Money};
use crate::price::{Costs, Priced, Terms, Unpriced, convert};
use crate::workspace::{AccountKey, Policy};

/// What was known on a day.
#[derive(Clone, Copy, Debug)]
pub(crate) struct State<'a> {
    /// Who and what there was.
    pub roster: &'a Roster,
    /// What each account was.
    pub findings: &'a [Finding],
    /// What it cost.
    pub costs: &'a Costs,
}

/// What was removed in one app since the list before.
#[derive(Clone, Debug, PartialEq)]
pub struct AppRealized {
    /// The app.
    pub app: AppName,
    /// The day of the list before, if its name tells.
    pub before: Option<Date>,
    /// The day of the present list, if its name tells.
    pub after: Option<Date>,
    /// Accounts that were to go and went.
    pub removed: Vec<Removed>,
    /// Accounts that were to go, are still there and still ought to go.
    pub left: u32,
    /// Accounts that were to go and cannot be found again in a list of another layout.
    pub lost: u32,
    /// Paid seats that were given up.
    pub seats: u32,
    /// What is saved, where seats have a price.
    pub amounts: Priced<RealizedAmounts>,
}

/// An account that was to go and went.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Removed {
    /// Its place in the roster of the lists before.
    pub account: AccountId,
    /// What became of it.
    pub how: Removal,
}

/// What became of an account.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Removal {
    /// It is in the list no more.
    Gone,
    /// It is closed.
    Closed,
    /// It is open, but takes no paid seat any more. Of access that belongs to nobody this is no removal.
    SeatTaken,
}

/// What the seats that were given up save a year, in the reporting currency. `saved + pending + kept = freed`.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct RealizedAmounts {
    /// Those seats at the price of then.
    pub freed: Money,
    /// What fewer seats are bought for since, at the terms of then: at most what was freed. A price that has changed is no saving
    /// of a removal.
    pub saved: Money,
    /// What is still paid for seats nobody holds, of the rest.
    pub pending: Money,
    /// The rest: others hold the seats, or the bill would be the same without them.
    pub kept: Money,
    /// From which day what is pending can stop, where a renewal date tells.
    pub pending_from: Option<Date>,
}

impl AppRealized {
    /// Holds what was to go then against what is there now, for some apps. Of their accounts those count about which nothing was
    /// uncertain.
    pub(crate) fn all(apps: &BTreeSet<String>, then: &State<'_>, now: &State<'_>, policy: &Policy) -> Vec<Self> {
        let present = Present::new(apps, now);
        let mut found: BTreeMap<&str, Self> = BTreeMap::new();
        for (id, finding) in then.roster.accounts().zip(then.findings) {
            let name = then.roster.app(id);
            if !apps.contains(name.key()) {
                continue;
            }
            let app = found.entry(name.key()).or_insert_with(|| Self::new(name, then, now));
            if was_to_go(finding.kind) && !finding.review {
                app.take(id, finding, present.find(then.roster, id, now));
            }
        }
        let mut all: Vec<Self> = found.into_values().collect();
        for app in &mut all {
            app.amounts = amounts(app, then.costs, now.costs, policy);
        }
        all
    }

    fn new(app: &AppName, then: &State<'_>, now: &State<'_>) -> Self {
        let day = |roster: &Roster| {
            let of_app = |known: &AppName| known.key() == app.key();
            let lists = roster.imports().filter(|(_, import)| import.app.as_ref().is_some_and(of_app));
            lists.filter_map(|(_, import)| import.exported).max()
        };
        Self {
            app: app.clone(),
            before: day(then.roster),
            after: day(now.roster),
            removed: Vec::new(),
            left: 0,
            lost: 0,
            seats: 0,
            amounts: Err(Unpriced("the app is in no list any more".into())),
        }
    }

    fn take(&mut self, id: AccountId, was: &Finding, is: Now<'_>) {
        let paid = was.billed.counts();
        match is {
            Now::Lost => self.lost += 1,
            Now::Gone => {
                self.removed.push(Removed { account: id, how: Removal::Gone });
                self.seats += u32::from(paid);
            }
            Now::There(is) if is.kind == Kind::Closed => {
                self.removed.push(Removed { account: id, how: Removal::Closed });
                self.seats += u32::from(paid);
            }
            Now::There(is) => {
                // A list that did not tell whether a seat is paid does not tell that it was taken back, either.
                let taken = was.billed == Billed::Yes && is.billed == Billed::No;
                self.seats += u32::from(taken);
                if taken && was.kind != Kind::Orphaned {
                    self.removed.push(Removed { account: id, how: Removal::SeatTaken });
                } else {
                    // Somebody who is back, or at work again, was not to go after all.
                    self.left += u32::from(was_to_go(is.kind));
                }
            }
        }
    }
}

fn was_to_go(kind: Kind) -> bool {
    matches!(kind, Kind::Orphaned | Kind::Unused | Kind::Duplicate)
}

/// What an account is now.
enum Now<'a> {
    /// This.
    There(&'a Finding),
    /// In the list no more.
    Gone,
    /// The list names accounts otherwise now, and this one has no address to be known by.
    Lost,
}

/// The accounts of the present lists, by what they are known by.
struct Present {
    keys: HashMap<AccountKey, usize>,
    addresses: HashMap<(String, Email), usize>,
}

impl Present {
    fn new(apps: &BTreeSet<String>, now: &State<'_>) -> Self {
        let of_apps = || now.roster.accounts().filter(|id| apps.contains(now.roster.app(*id).key()));
        let addresses = of_apps().flat_map(|id| {
            let app = now.roster.app(id).key().to_owned();
            now.roster
                .account(id)
                .addresses()
                .map(move |address| ((app.clone(), address), id.index()))
                .collect::<Vec<_>>()
        });
        Self { keys: of_apps().map(|id| (now.roster.key(id), id.index())).collect(), addresses: addresses.collect() }
    }

    fn find<'a>(&self, then: &Roster, id: AccountId, now: &State<'a>) -> Now<'a> {
        let app = then.app(id).key();
        let mut addresses = then.account(id).addresses().peekable();
        let has_address = addresses.peek().is_some();
        let by_address = || addresses.find_map(|address| self.addresses.get(&(app.to_owned(), address)));
        let index = self.keys.get(&then.key(id)).or_else(by_address);
        match index.and_then(|index| now.findings.get(*index)) {
            Some(finding) => Now::There(finding),
            None if has_address || layouts(then, app) == layouts(now.roster, app) => Now::Gone,
            None => Now::Lost,
        }
    }
}

/// The layouts of an app's lists.
fn layouts<'a>(roster: &'a Roster, app: &str) -> BTreeSet<&'a str> {
    let of_app = |known: &AppName| known.key() == app;
    let lists = roster.imports().filter(|(_, import)| import.app.as_ref().is_some_and(of_app));
    lists.map(|(_, import)| import.format.as_str()).collect()
}

fn amounts(app: &AppRealized, then: &Costs, now: &Costs, policy: &Policy) -> Priced<RealizedAmounts> {
    let unknown = |when: &str| Unpriced(format!("the app has no price {when}"));
    let was = &then.app(&app.app).ok_or_else(|| unknown("in the lists before"))?.terms;
    let cost = now.app(&app.app).ok_or_else(|| unknown("now"))?;
    let is = &cost.terms;
    let money = |amount| Money::new(amount, policy.currency);
    // What is not sold by the seat costs the same without them.
    let Some(price) = was.seat_price() else {
        let nothing = Money::zero(policy.currency);
        return Ok(RealizedAmounts {
            freed: nothing,
            saved: nothing,
            pending: nothing,
            kept: nothing,
            pending_from: None,
        });
    };
    let freed = convert(price?, policy)?.amount * Decimal::from(app.seats);
    let saved = fall(was, was.seats, was.seats.min(is.seats), policy)?.clamp(Decimal::ZERO, freed);
    let empty = cost.counts.shelfware.min(app.seats);
    let pending = fall(is, is.seats, is.seats.saturating_sub(empty), policy)?.clamp(Decimal::ZERO, freed - saved);
    let drop = cost.recoverable.as_ref().ok().and_then(|recoverable| recoverable.drop);
    Ok(RealizedAmounts {
        freed: money(freed),
        saved: money(saved),
        pending: money(pending),
        kept: money(freed - saved - pending),
        pending_from: drop.map(|drop| drop.from).filter(|_| !pending.is_zero()),
    })
}

/// By how much a bill of a year falls with fewer seats.
fn fall(terms: &Terms, from: u32, to: u32, policy: &Policy) -> Priced<Decimal> {
    let bill = |seats| Ok(convert(terms.annual(seats)?, policy)?.amount);
    Ok(bill(from)? - bill(to)?)
}
