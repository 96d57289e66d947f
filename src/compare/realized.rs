use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::classify::{Finding, Kind};
use crate::correlate::{AccountId, Roster};
use crate::model::{AppName, Money};
use crate::price::{AppCost, Costs, Priced, Unpriced, convert};
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

/// What has been removed since the lists before, and what that saves.
#[derive(Clone, Debug, PartialEq)]
pub struct Realized {
    /// Apps whose list was exported again, by name.
    pub apps: Vec<AppRealized>,
    /// What the removed accounts' seats cost a year, in the reporting currency.
    pub freed: Money,
    /// By how much less is paid a year because of them.
    pub saved: Money,
    /// What is still paid a year for seats nobody holds any more.
    pub pending: Money,
    /// What is missing from these sums, and why.
    pub missing: Vec<(AppName, Unpriced)>,
}

/// What was removed in one app.
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
    /// Of those that were to go, how many are still there.
    pub left: u32,
    /// Paid seats they held.
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
    /// It is open, but takes no paid seat any more.
    SeatTaken,
}

/// What removed accounts save, in the reporting currency. `saved + pending = freed`.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct RealizedAmounts {
    /// Their seats a year, at the price of then.
    pub freed: Money,
    /// By how much the bill of a year has fallen since, at most what was freed.
    pub saved: Money,
    /// The rest, which is still paid.
    pub pending: Money,
    /// From which day the rest can stop, where a renewal date tells.
    pub pending_from: Option<Date>,
}

impl Realized {
    /// Holds what was to go then against what is there now. Only apps whose list was exported again count, and of their accounts
    /// those about which nothing was uncertain.
    pub(crate) fn new(then: &State<'_>, now: &State<'_>, policy: &Policy) -> Self {
        let present: HashMap<AccountKey, usize> =
            now.roster.accounts().map(|id| (now.roster.key(id), id.index())).collect();
        let mut apps = exported_again(then, now);
        for (id, finding) in then.roster.accounts().zip(then.findings) {
            let was_to_go = matches!(finding.kind, Kind::Orphaned | Kind::Unused | Kind::Duplicate);
            let Some(app) = apps.get_mut(then.roster.app(id).key()).filter(|_| was_to_go && !finding.review) else {
                continue;
            };
            let is = present.get(&then.roster.key(id)).and_then(|index| now.findings.get(*index));
            let how = match is {
                None => Removal::Gone,
                Some(is) if is.kind == Kind::Closed => Removal::Closed,
                Some(is) if finding.billed.counts() && !is.billed.counts() => Removal::SeatTaken,
                Some(is) => {
                    // Somebody who is back, or at work again, was not to go after all.
                    app.left += u32::from(is.kind == finding.kind);
                    continue;
                }
            };
            app.removed.push(Removed { account: id, how });
            app.seats += u32::from(finding.billed.counts());
        }
        let mut sums = [Decimal::ZERO; 3];
        let mut missing = Vec::new();
        for app in apps.values_mut() {
            app.amounts = amounts(app, then.costs, now.costs, policy);
            match &app.amounts {
                Ok(RealizedAmounts { freed, saved, pending, .. }) => {
                    sums.iter_mut().zip([freed, saved, pending]).for_each(|(sum, money)| *sum += money.amount);
                }
                Err(reason) if app.seats > 0 => missing.push((app.app.clone(), reason.clone())),
                Err(_) => {}
            }
        }
        let [freed, saved, pending] = sums.map(|sum| Money::new(sum, policy.currency));
        Self { apps: apps.into_values().collect(), freed, saved, pending, missing }
    }
}

/// Apps whose accounts stand in other files than before.
fn exported_again(then: &State<'_>, now: &State<'_>) -> BTreeMap<String, AppRealized> {
    let lists = |roster: &Roster| {
        let mut lists: BTreeMap<String, (AppName, Vec<String>, Option<Date>)> = BTreeMap::new();
        for (_, import) in roster.imports() {
            let Some(app) = &import.app else { continue };
            let (_, files, day) = lists.entry(app.key().to_owned()).or_insert((app.clone(), Vec::new(), None));
            files.push(import.sha256.clone());
            *day = (*day).max(import.exported);
        }
        lists
    };
    let mut before = lists(then.roster);
    let both = lists(now.roster).into_iter().filter_map(|(key, (app, files, after))| {
        let (_, earlier, before) = before.remove(&key)?;
        let unpriced = Err(Unpriced("nothing was removed".into()));
        let app = AppRealized { app, before, after, removed: Vec::new(), left: 0, seats: 0, amounts: unpriced };
        (earlier != files).then_some((key, app))
    });
    both.collect()
}

fn amounts(app: &AppRealized, then: &Costs, now: &Costs, policy: &Policy) -> Priced<RealizedAmounts> {
    let missing = || Unpriced("it has no price now".into());
    let (was, is) = (then.app(&app.app).ok_or_else(missing)?, now.app(&app.app).ok_or_else(missing)?);
    // What is not sold by the seat costs the same without them.
    let Some(price) = was.terms.seat_price() else {
        let nothing = Money::zero(policy.currency);
        return Ok(RealizedAmounts { freed: nothing, saved: nothing, pending: nothing, pending_from: None });
    };
    let price = convert(price?, policy)?;
    let bill = |cost: &AppCost| convert(cost.terms.annual(cost.terms.seats)?, policy);
    let freed = price.amount * Decimal::from(app.seats);
    let fallen = bill(was)?.amount - bill(is)?.amount;
    let saved = fallen.clamp(Decimal::ZERO, freed);
    let money = |amount| Money::new(amount, policy.currency);
    let pending = freed - saved;
    let drop = is.recoverable.as_ref().ok().and_then(|recoverable| recoverable.drop);
    Ok(RealizedAmounts {
        freed: money(freed),
        saved: money(saved),
        pending: money(pending),
        pending_from: drop.map(|drop| drop.from).filter(|_| !pending.is_zero()),
    })
}
