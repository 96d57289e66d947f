//! What the findings cost: seats, the annual financial impact of staying manual, and what can be recovered when.
//!
//! Definitions are those of ARCHITECTURE.md, "The money model"; nothing is computed in two places.

mod impact;
mod labor;
mod rates;
mod recoverable;
mod seats;
mod tariff;
mod terms;

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::catalog::Catalog;
use crate::classify::Finding;
use crate::correlate::Roster;
use crate::model::{AppName, Code, Diagnostic, Money, Severity};
use crate::workspace::{Policy, Workspace};

pub use impact::{Impact, Total};
pub use labor::{Labor, LaborBasis, Workforce};
pub use rates::with_imported_rates;
pub use recoverable::{Drop, Recoverable};
pub(crate) use recoverable::{month_of, next_drop, rises, seats_needed, seats_to_keep};
pub use seats::{Counts, Span};
pub(crate) use tariff::first_of;
pub use tariff::{Bounds, Tariff};
pub use terms::{ContractSource, Origin, Terms, contracts};

/// Why an amount is not known. It is never taken as zero.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Unpriced(pub String);

/// An amount, or why there is none.
pub type Priced<T = Money> = Result<T, Unpriced>;

/// What one app costs, and what of it is for nothing.
#[derive(Clone, Debug, PartialEq)]
pub struct AppCost {
    /// The app, as the catalog or the user names it.
    pub app: AppName,
    /// What is paid, and on what terms.
    pub terms: Terms,
    /// Accounts and seats, counted.
    pub counts: Counts,
    /// What staying manual wastes a year.
    pub impact: Impact,
    /// What can be dropped, and from when.
    pub recoverable: Priced<Recoverable>,
}

impl AppCost {
    /// Prices an app by its terms and counts.
    pub(crate) fn new(
        app: AppName,
        terms: Terms,
        counts: Counts,
        workforce: &Workforce,
        policy: &Policy,
        as_of: Date,
    ) -> Self {
        let labor = Labor::new(app.key(), &counts, workforce, policy);
        let impact = Impact::new(&terms, &counts, labor, policy);
        let recoverable = Recoverable::new(&terms, &counts, policy, as_of);
        Self { app, terms, counts, impact, recoverable }
    }
}

/// All apps, and what they add up to.
#[derive(Clone, Debug, PartialEq)]
pub struct Costs {
    /// Apps by name.
    pub apps: Vec<AppCost>,
    /// People who work here, and who came and went.
    pub workforce: Workforce,
    /// The annual financial impact of all apps, in the reporting currency.
    pub impact: Total,
    /// Problems with contracts and prices.
    pub diagnostics: Vec<Diagnostic>,
}

impl Costs {
    /// The costs of an app.
    pub fn app(&self, app: &AppName) -> Option<&AppCost> {
        let key = app.key();
        self.apps.iter().find(|cost| cost.app.key() == key)
    }

    /// Yearly price of the seat an account takes; `None` if it takes none or is not priced by the seat.
    pub fn seat_price(&self, app: &AppName, finding: &Finding) -> Option<Priced> {
        let cost = self.app(app)?;
        finding.billed.counts().then(|| cost.terms.seat_price()).flatten()
    }
}

/// Converts into the reporting currency.
///
/// # Errors
/// A currency without a rate.
pub fn convert(money: Money, policy: &Policy) -> Priced {
    if money.currency == policy.currency {
        return Ok(money);
    }
    match policy.rates.get(&money.currency) {
        Some(rate) => Ok(Money::new(money.amount * rate.worth, policy.currency)),
        None => Err(Unpriced(format!("no exchange rate from {} to {} is known", money.currency, policy.currency))),
    }
}

/// Prices all apps that have accounts or a contract.
pub fn price(
    roster: &Roster,
    findings: &[Finding],
    workspace: &Workspace,
    policy: &Policy,
    catalog: &Catalog,
    as_of: Date,
) -> Costs {
    let mut diagnostics = Vec::new();
    let contracts = contracts(roster, workspace, catalog, &mut diagnostics);
    let mut names: BTreeMap<String, AppName> = BTreeMap::new();
    let mut accounts: BTreeMap<String, Vec<&Finding>> = BTreeMap::new();
    for (id, finding) in roster.accounts().zip(findings) {
        let app = roster.app(id);
        match accounts.get_mut(app.key()) {
            Some(accounts) => accounts.push(finding),
            None => {
                accounts.insert(app.key().to_owned(), vec![finding]);
                names.insert(app.key().to_owned(), app.clone());
            }
        }
    }
    for (key, source) in &contracts {
        names.entry(key.clone()).or_insert_with(|| catalog.canonical(&source.contract.app));
    }
    let workforce = Workforce::new(roster, as_of);
    let mut apps = Vec::new();
    for (key, app) in names {
        let accounts = accounts.remove(&key).unwrap_or_default();
        let billed = u32::try_from(accounts.iter().filter(|finding| finding.billed.counts()).count());
        let billed = billed.unwrap_or(u32::MAX);
        let terms = Terms::new(&app, contracts.get(&key), billed, catalog, policy, as_of, &mut diagnostics);
        let counts = Counts::new(&accounts, &terms);
        if !counts.is_listed() {
            let message = format!("{app} has a contract but no list of accounts: what of it is used is not known");
            diagnostics.push(
                Diagnostic::new(Code::Missing, Severity::Warning, terms.place.clone(), message)
                    .hint(format!("export the user list of {app} and add it")),
            );
        }
        if counts.over > 0 {
            let message = format!(
                "{app} has {} accounts on paid seats and {} seats bought: {} more than paid for",
                counts.billed, counts.purchased, counts.over
            );
            diagnostics.push(
                Diagnostic::new(Code::OverProvisioned, Severity::Warning, terms.place.clone(), message)
                    .hint("expect a true-up bill, or close accounts before the vendor counts them"),
            );
        }
        apps.push(AppCost::new(app, terms, counts, &workforce, policy, as_of));
    }
    let impact = Total::sum(policy.currency, apps.iter().map(|app| (&app.app, &app.impact.total)));
    Costs { apps, workforce, impact, diagnostics }
}
