use jiff::civil::Date;
use rust_decimal::Decimal;

use super::{format, words};
use crate::analysis::{Analysis, Earlier};
use crate::classify::Kind;
use crate::compare::{AppRealized, RealizedAmounts, Removal};
use crate::model::Money;
use crate::price::{Unpriced, convert};

/// What was removed since the last time, and what that saves.
#[derive(Clone, Debug)]
pub struct Removals {
    /// Apps whose list was exported again, by name.
    pub apps: Vec<AppRemovals>,
    /// Accounts that were to go and went.
    pub accounts: Vec<RemovedAccount>,
    /// What their seats cost a year.
    pub freed: Money,
    /// By how much less is paid a year because of them.
    pub saved: Money,
    /// What is still paid a year for seats nobody holds any more.
    pub pending: Money,
    /// What goes on: others hold the seats, or the bill would be the same without them.
    pub kept: Money,
    /// What is missing from these sums.
    pub missing: Vec<String>,
}

/// What was removed in one app.
#[derive(Clone, Debug)]
pub struct AppRemovals {
    /// The app.
    pub app: String,
    /// The day of the list before, if its name tells.
    pub before: Option<Date>,
    /// The day of the present list, if its name tells.
    pub after: Option<Date>,
    /// Accounts that went.
    pub removed: u32,
    /// Accounts that were to go, are still there and still ought to go.
    pub left: u32,
    /// Accounts that were to go and cannot be found again in a list of another layout.
    pub lost: u32,
    /// Paid seats freed.
    pub seats: u32,
    /// What they cost a year; `None` where that is not known.
    pub freed: Option<Money>,
    /// By how much less is paid a year.
    pub saved: Option<Money>,
    /// What is still paid for seats nobody holds.
    pub pending: Option<Money>,
    /// What goes on all the same.
    pub kept: Option<Money>,
    /// From which day that can stop.
    pub pending_from: Option<Date>,
    /// Why amounts are not known.
    pub unpriced: Option<String>,
}

/// An account that was to go and went.
#[derive(Clone, Debug)]
pub struct RemovedAccount {
    /// The app.
    pub app: String,
    /// The account's own id.
    pub account: String,
    /// Its address.
    pub email: String,
    /// Its name.
    pub display_name: String,
    /// Whose it was, if anybody's.
    pub person_name: String,
    /// What it was found to be.
    pub finding: Kind,
    /// Why.
    pub reason: String,
    /// What became of it.
    pub became: &'static str,
    /// The seat's cost a year in the reporting currency; none if it took none or has no price.
    pub annual_cost: Option<Money>,
    /// Where it stood.
    pub source: String,
}

impl Removals {
    /// What is there no more of what was to go by earlier analyses, each for the apps it judges; `None` if there are none.
    pub fn new(then: &[Earlier], now: &Analysis) -> Option<Self> {
        let (mut apps, mut accounts, mut missing) = (Vec::new(), Vec::new(), Vec::new());
        let mut sums = [Decimal::ZERO; 4];
        for Earlier { apps: of, analysis: then } in then {
            for realized in now.since(then, of) {
                accounts.extend(removed(then, now, &realized));
                match &realized.amounts {
                    Ok(RealizedAmounts { freed, saved, pending, kept, .. }) => {
                        sums.iter_mut().zip([freed, saved, pending, kept]).for_each(|(sum, of)| *sum += of.amount);
                    }
                    Err(Unpriced(reason)) if realized.seats > 0 => missing.push(format!("{}: {reason}", realized.app)),
                    Err(_) => {}
                }
                if realized.lost > 0 {
                    let lost = format::counted(realized.lost, "account", "accounts");
                    missing.push(format!("{}: {lost} cannot be found again in a list of another layout", realized.app));
                }
                apps.push(app(realized));
            }
        }
        apps.sort_by_cached_key(|app: &AppRemovals| app.app.to_lowercase());
        accounts.sort_by_cached_key(|gone: &RemovedAccount| gone.app.to_lowercase());
        let [freed, saved, pending, kept] = sums.map(|sum| Money::new(sum, now.policy.currency));
        (!apps.is_empty()).then_some(Self { apps, accounts, freed, saved, pending, kept, missing })
    }

    /// Accounts that were to go and are still there.
    pub fn left(&self) -> u32 {
        self.apps.iter().map(|app| app.left).sum()
    }

    /// Accounts that went.
    pub fn count(&self) -> u32 {
        self.apps.iter().map(|app| app.removed).sum()
    }

    /// All of it in a sentence or two.
    pub fn said(&self) -> String {
        let mut said = format!(
            "Of the accounts that were to go, {} gone and {} still there. The seats that were given up cost {} a year: {} is saved",
            format::counted(self.count(), "has", "have"),
            format::counted(self.left(), "is", "are"),
            format::money(self.freed),
            format::money(self.saved),
        );
        let rest = [
            (self.pending, "is still paid for seats nobody holds"),
            (self.kept, "goes on because others hold them or the bill is the same without them"),
        ];
        for (amount, what) in rest.into_iter().filter(|(amount, _)| !amount.amount.is_zero()) {
            said += &format!(", {} {what}", format::money(amount));
        }
        said + "."
    }
}

fn app(app: AppRealized) -> AppRemovals {
    let known = app.amounts.as_ref().ok();
    AppRemovals {
        app: app.app.to_string(),
        before: app.before,
        after: app.after,
        removed: u32::try_from(app.removed.len()).unwrap_or(u32::MAX),
        left: app.left,
        lost: app.lost,
        seats: app.seats,
        freed: known.map(|known| known.freed),
        saved: known.map(|known| known.saved),
        pending: known.map(|known| known.pending),
        kept: known.map(|known| known.kept),
        pending_from: known.and_then(|known| known.pending_from),
        unpriced: app.amounts.err().map(|Unpriced(reason)| reason),
    }
}

fn removed<'a>(
    then: &'a Analysis,
    now: &'a Analysis,
    app: &'a AppRealized,
) -> impl Iterator<Item = RemovedAccount> + 'a {
    app.removed.iter().filter_map(move |removed| {
        let (account, finding) = (then.roster.account(removed.account), then.findings.get(removed.account.index())?);
        let owner = then.outcomes.get(removed.account.index()).and_then(|outcome| outcome.person());
        let price = then.costs.seat_price(&app.app, finding).and_then(Result::ok);
        Some(RemovedAccount {
            app: app.app.to_string(),
            account: account.key().to_owned(),
            email: account.email.as_ref().map(ToString::to_string).unwrap_or_default(),
            display_name: account.display_name.clone(),
            person_name: owner.map(|person| then.roster.person(person).display.clone()).unwrap_or_default(),
            finding: finding.kind,
            reason: words::reason(then, &finding.reason),
            became: match removed.how {
                Removal::Gone => "gone",
                Removal::Closed => "closed",
                Removal::SeatTaken => "seat taken back",
            },
            annual_cost: price.and_then(|price| convert(price, &now.policy).ok()),
            source: account.place.to_string(),
        })
    })
}
