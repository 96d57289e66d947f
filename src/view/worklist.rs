use std::collections::BTreeMap;

use super::{format, words};
use crate::analysis::Analysis;
use crate::catalog::Deprovisioning;
use crate::classify::{Finding, Kind};
use crate::correlate::AccountId;
use crate::model::{AppName, Money};

/// What is to be done in each app, in the order in which it is best done: administrators nobody should be first, then access
/// that belongs to nobody here, then seats paid for in vain.
#[derive(Clone, Debug)]
pub struct Worklist {
    /// By app, each in its order. Apps with nothing to do are not in it.
    pub apps: BTreeMap<String, Vec<WorkRow>>,
}

/// An account to do something about.
#[derive(Clone, Debug)]
pub struct WorkRow {
    /// Its place in the app's list, from 1.
    pub number: usize,
    /// What to do.
    pub action: &'static str,
    /// The account's own id.
    pub account: String,
    /// Its address.
    pub email: String,
    /// Its name.
    pub display_name: String,
    /// What it was found to be.
    pub finding: Kind,
    /// It can administer the app.
    pub admin: bool,
    /// Why.
    pub reason: String,
    /// Whose it is, if anybody's.
    pub person: String,
    /// Last activity.
    pub last_active: String,
    /// The seat's cost a year.
    pub annual_cost: Option<Money>,
    /// What to take care of.
    pub caution: String,
    /// Where it stands.
    pub source: String,
}

impl Worklist {
    /// What an analysis leaves to do. What waits for a decision is not in it: that comes first.
    pub fn new(analysis: &Analysis) -> Self {
        // What is the same for all accounts of an app is looked up once for each.
        let mut apps: BTreeMap<&str, Unordered<'_>> = BTreeMap::new();
        for (id, finding) in analysis.roster.accounts().zip(analysis.findings.iter()) {
            if finding.review || !matches!(finding.kind, Kind::Orphaned | Kind::Unused | Kind::Duplicate) {
                continue;
            }
            let app = analysis.roster.app(id);
            let (known, rows) = apps.entry(app.as_str()).or_insert_with(|| (Known::new(analysis, app), Vec::new()));
            rows.push((Order::of(finding), row(analysis, known, id, finding)));
        }
        let ordered = apps.into_iter().map(|(app, (_, mut rows))| {
            // Rows of one order stay as the file has them.
            rows.sort_by_key(|(order, _)| *order);
            let numbered = (1..).zip(rows).map(|(number, (_, row))| WorkRow { number, ..row });
            (app.to_owned(), numbered.collect())
        });
        Self { apps: ordered.collect() }
    }
}

/// What is done earlier.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Ord, PartialOrd)]
enum Order {
    OrphanedAdmin,
    OrphanedPaid,
    Orphaned,
    Duplicate,
    Unused,
}

impl Order {
    fn of(finding: &Finding) -> Self {
        match finding.kind {
            Kind::Orphaned if finding.privileged => Self::OrphanedAdmin,
            Kind::Orphaned if finding.billed.counts() => Self::OrphanedPaid,
            Kind::Orphaned => Self::Orphaned,
            Kind::Duplicate => Self::Duplicate,
            _ => Self::Unused,
        }
    }
}

/// What is known of an app, and what is to be done in it, in the order of its file.
type Unordered<'a> = (Known<'a>, Vec<(Order, WorkRow)>);

/// What is known of an app.
struct Known<'a> {
    deprovisioning: Option<&'a Deprovisioning>,
    seat_price: Option<Money>,
}

impl<'a> Known<'a> {
    fn new(analysis: &'a Analysis, app: &AppName) -> Self {
        let price = analysis.costs.app(app).and_then(|cost| cost.terms.seat_price()).and_then(Result::ok);
        let known = analysis.catalog.app(app);
        Self { deprovisioning: known.and_then(|app| app.deprovisioning.as_ref()), seat_price: price }
    }
}

fn row(analysis: &Analysis, app: &Known<'_>, id: AccountId, finding: &Finding) -> WorkRow {
    let account = analysis.roster.account(id);
    let owner = analysis.outcomes.get(id.index()).and_then(|outcome| outcome.person());
    WorkRow {
        number: 0,
        action: match finding.kind {
            Kind::Orphaned => match app.deprovisioning {
                Some(known) if known.hard_delete => "Transfer what they own, then delete the account",
                Some(_) => "Deactivate the account",
                None => "Remove access",
            },
            Kind::Duplicate => "Move what is in it to the other account, then remove it",
            _ => "Ask its owner; take the seat back if it is not needed",
        },
        account: account.key().to_owned(),
        email: account.email.as_ref().map(ToString::to_string).unwrap_or_default(),
        display_name: account.display_name.clone(),
        finding: finding.kind,
        admin: finding.privileged,
        reason: words::reason(analysis, &finding.reason),
        person: owner.map(|person| analysis.roster.person(person).display.clone()).unwrap_or_default(),
        last_active: format::seen_plain(account.last_active),
        annual_cost: app.seat_price.filter(|_| finding.billed.counts()),
        caution: caution(app, finding),
        source: account.place.to_string(),
    }
}

fn caution(app: &Known<'_>, finding: &Finding) -> String {
    let mut said = Vec::new();
    if finding.privileged {
        said.push("an administrator: see that somebody else is one before you remove it".to_owned());
    }
    match app.deprovisioning {
        Some(known) if known.hard_delete => {
            said.push("removing a user here can delete what they made for good: transfer it first".into());
        }
        Some(known) => said.push(known.note.clone()),
        None => said.push("see first whether the app deletes or keeps what a removed user made".into()),
    }
    said.join("; ")
}
