use jiff::civil::Date;

use super::{format, words};
use crate::analysis::Analysis;
use crate::classify::Kind;
use crate::compare::{AppRealized, Realized, Removal};
use crate::model::Money;
use crate::price::Unpriced;

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
    /// Accounts that were to go and are still there.
    pub left: u32,
    /// Paid seats freed.
    pub seats: u32,
    /// What they cost a year; `None` where that is not known.
    pub freed: Option<Money>,
    /// By how much less is paid a year.
    pub saved: Option<Money>,
    /// What is still paid.
    pub pending: Option<Money>,
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
    /// The seat's cost a year; none if it took none or has no price.
    pub annual_cost: Option<Money>,
    /// Where it stood.
    pub source: String,
}

impl Removals {
    /// What is there no more of what an earlier analysis wanted gone.
    pub fn new(then: &Analysis, now: &Analysis) -> Self {
        let Realized { apps, freed, saved, pending, missing } = now.since(then);
        let missing = missing.iter().map(|(app, Unpriced(reason))| format!("{app}: {reason}"));
        Self {
            accounts: apps.iter().flat_map(|app| removed(then, app)).collect(),
            missing: missing.collect(),
            apps: apps.into_iter().map(app).collect(),
            freed,
            saved,
            pending,
        }
    }

    /// Accounts that went.
    pub fn count(&self) -> u32 {
        self.apps.iter().map(|app| app.removed).sum()
    }

    /// All of it in a sentence or two.
    pub fn said(&self) -> String {
        format!(
            "{} that were to go went. Their seats cost {} a year; {} less is paid a year because of them, and {} is still paid for seats \
             nobody holds.",
            format::counted(self.count(), "account", "accounts"),
            format::money(self.freed),
            format::money(self.saved),
            format::money(self.pending),
        )
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
        seats: app.seats,
        freed: known.map(|known| known.freed),
        saved: known.map(|known| known.saved),
        pending: known.map(|known| known.pending),
        pending_from: known.and_then(|known| known.pending_from),
        unpriced: app.amounts.err().map(|Unpriced(reason)| reason),
    }
}

fn removed<'a>(then: &'a Analysis, app: &'a AppRealized) -> impl Iterator<Item = RemovedAccount> + 'a {
    app.removed.iter().filter_map(move |removed| {
        let (account, finding) = (then.roster.account(removed.account), then.findings.get(removed.account.index())?);
        let owner = then.outcomes.get(removed.account.index()).and_then(|outcome| outcome.person());
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
            annual_cost: then.costs.seat_price(&app.app, finding).and_then(Result::ok),
            source: account.place.to_string(),
        })
    })
}
