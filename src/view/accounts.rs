use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::analysis::Analysis;
use crate::classify::{Billed, Kind};
use crate::correlate::{AccountId, Link, Outcome};
use crate::import::PersonStatus;
use crate::model::{Money, fold_text};
use crate::workspace::{Decision, Verdict};

use super::{ChartTable, Tone, format, words};

/// A quick filter with a count.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, Ord, PartialOrd, Hash)]
pub enum Chip {
    /// Everything.
    #[default]
    All,
    /// One finding.
    Kind(Kind),
    /// Waiting for a human.
    Review,
    /// Orphaned, and an admin of its app.
    OrphanedAdmin,
    /// On a paid seat that nobody who works here uses.
    PaidInVain,
}

/// Which accounts to show.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Filter {
    /// By finding.
    pub chip: Chip,
    /// Of one app.
    pub app: Option<String>,
    /// Of people of one department.
    pub department: Option<String>,
    /// Only those on paid seats.
    pub paid_only: bool,
    /// Text to find in names, addresses, people and reasons.
    pub search: String,
}

impl Filter {
    /// By finding alone.
    pub fn chip(chip: Chip) -> Self {
        Self { chip, ..Self::default() }
    }

    /// By app alone.
    pub fn app(app: &str) -> Self {
        Self { app: Some(app.to_owned()), ..Self::default() }
    }
}

/// A column of the table.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Ord, PartialOrd, Hash, Serialize, Deserialize)]
pub enum Column {
    /// The app.
    App,
    /// The account.
    Account,
    /// Its name.
    Name,
    /// What it is.
    Finding,
    /// Whose it is.
    Person,
    /// How that was found.
    MatchedBy,
    /// Last activity.
    LastActive,
    /// The seat's cost a year.
    Cost,
}

impl Column {
    /// All columns, in their order.
    pub const ALL: [Self; 8] = [
        Self::App,
        Self::Account,
        Self::Name,
        Self::Finding,
        Self::Person,
        Self::MatchedBy,
        Self::LastActive,
        Self::Cost,
    ];

    /// Its header.
    pub fn title(self) -> &'static str {
        match self {
            Self::App => "App",
            Self::Account => "Account",
            Self::Name => "Name",
            Self::Finding => "Finding",
            Self::Person => "Person in the directory",
            Self::MatchedBy => "Matched by",
            Self::LastActive => "Last active",
            Self::Cost => "Cost a year",
        }
    }
}

/// The order of rows.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Sort {
    /// By which column.
    pub column: Column,
    /// From the last to the first.
    pub descending: bool,
}

/// A chip with its count.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ChipCount {
    /// The chip.
    pub chip: Chip,
    /// Its label with the count.
    pub label: String,
}

/// The table of accounts: which to show, in which order. Rows are put into words one at a time, when they are seen.
#[derive(Clone, Debug, Default)]
pub struct Accounts {
    /// Accounts to show, in order.
    pub shown: Vec<AccountId>,
    /// Filter chips with counts over all accounts.
    pub chips: Vec<ChipCount>,
    /// Apps to choose from.
    pub apps: Vec<String>,
    /// Departments to choose from.
    pub departments: Vec<String>,
}

/// One row in words.
#[derive(Clone, Debug)]
pub struct AccountRow {
    /// The app.
    pub app: String,
    /// The account: its address, else its own key.
    pub account: String,
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// A human should decide whose it is.
    pub review: bool,
    /// The label of the finding, or `Review`.
    pub finding: &'static str,
    /// Whose it is.
    pub person: String,
    /// How that was found.
    pub matched_by: String,
    /// Last activity.
    pub last_active: String,
    /// The seat's cost a year.
    pub cost: String,
}

/// Everything about one account, in words.
#[derive(Clone, Debug)]
pub struct AccountDetail {
    /// The account.
    pub account: String,
    /// `Intercom · Agent · paid seat · created 4 Mar 2023`.
    pub about: String,
    /// Name of the owner or best candidate.
    pub person: Option<String>,
    /// The person's status and how it is meant.
    pub person_status: Option<(&'static str, Tone)>,
    /// Lines about the person.
    pub person_about: Vec<String>,
    /// `Why this match · 0.97`.
    pub match_title: String,
    /// Evidence with its weight.
    pub evidence: Vec<(String, String)>,
    /// Other candidates with their chance.
    pub rivals: Vec<(String, String)>,
    /// `Why unused`.
    pub finding_title: String,
    /// The reason.
    pub reason: String,
    /// What the seat costs and why.
    pub cost: String,
    /// Where the account stands in the files.
    pub source: String,
    /// Somebody settled whose it is.
    pub is_decided: bool,
    /// For a service account: who answers for it, empty if nobody does yet.
    pub answers: Option<String>,
    /// Why it is kept, and how long.
    pub exemption: Option<String>,
}

impl Accounts {
    /// Chooses and orders the accounts.
    pub fn new(analysis: &Analysis, filter: &Filter, sort: Option<Sort>) -> Self {
        let mut shown: Vec<AccountId> =
            analysis.roster.accounts().filter(|id| matches(analysis, *id, filter)).collect();
        match sort {
            Some(sort) => order(analysis, &mut shown, sort),
            None => shown.sort_by_key(|id| urgency(analysis, *id)),
        }
        let departments: BTreeSet<&str> =
            analysis.roster.people().map(|id| analysis.roster.person(id).department.as_str()).collect();
        Self {
            shown,
            chips: chips(analysis),
            apps: analysis.costs.apps.iter().map(|cost| cost.app.to_string()).collect(),
            departments: departments.into_iter().filter(|name| !name.is_empty()).map(String::from).collect(),
        }
    }

    /// A summary of what is shown: `652 shown · $3,925 a year`.
    pub fn summary(&self, analysis: &Analysis) -> String {
        let shown = u32::try_from(self.shown.len()).unwrap_or(u32::MAX);
        let mut sums: BTreeMap<crate::model::Currency, Decimal> = BTreeMap::new();
        for price in self.shown.iter().filter_map(|id| price(analysis, *id)) {
            *sums.entry(price.currency).or_default() += price.amount;
        }
        let mut parts = vec![format!("{} shown", format::count(shown))];
        parts.extend(
            sums.into_iter().map(|(currency, sum)| format!("{} a year", format::money(Money::new(sum, currency)))),
        );
        parts.join(" · ")
    }
}

/// Rows for a spreadsheet, with their headers.
pub fn accounts_tsv(analysis: &Analysis, ids: &[AccountId], columns: &[Column]) -> String {
    let head = columns.iter().map(|column| column.title().to_owned()).collect();
    let rows = ids.iter().map(|id| {
        let row = AccountRow::new(analysis, *id);
        columns.iter().map(|column| row.cell(*column).to_owned()).collect()
    });
    ChartTable { head, rows: rows.collect() }.tsv()
}

/// What is to be done comes before what is in order.
fn urgency(analysis: &Analysis, id: AccountId) -> u8 {
    let Some(finding) = analysis.findings.get(id.index()) else { return u8::MAX };
    match finding.kind {
        _ if finding.review => 3,
        Kind::Orphaned if finding.privileged => 0,
        Kind::Orphaned => 1,
        Kind::Unused | Kind::Duplicate => 2,
        Kind::Unknown => 4,
        Kind::InUse => 5,
        Kind::Service | Kind::External => 6,
        Kind::Closed => 7,
    }
}

/// Yearly price of the seat an account takes.
pub(super) fn price(analysis: &Analysis, id: AccountId) -> Option<Money> {
    let finding = analysis.findings.get(id.index())?;
    analysis.costs.seat_price(analysis.roster.app(id), finding)?.ok()
}

fn in_chip(analysis: &Analysis, id: AccountId, chip: Chip) -> bool {
    let Some(finding) = analysis.findings.get(id.index()) else { return false };
    match chip {
        Chip::All => true,
        Chip::Kind(kind) => finding.kind == kind,
        Chip::Review => finding.review,
        Chip::OrphanedAdmin => finding.kind == Kind::Orphaned && finding.privileged,
        Chip::PaidInVain => {
            finding.billed.counts() && matches!(finding.kind, Kind::Orphaned | Kind::Unused | Kind::Duplicate)
        }
    }
}

fn matches(analysis: &Analysis, id: AccountId, filter: &Filter) -> bool {
    let billed = analysis.findings.get(id.index()).map_or(Billed::No, |finding| finding.billed);
    in_chip(analysis, id, filter.chip)
        && (!filter.paid_only || billed.counts())
        && filter.department.as_ref().is_none_or(|wanted| department(analysis, id) == Some(wanted))
        && filter
            .app
            .as_ref()
            .is_none_or(|app| analysis.costs.app(analysis.roster.app(id)).is_some_and(|cost| cost.app.as_str() == app))
        && (filter.search.trim().is_empty() || found(analysis, id, &filter.search))
}

/// The department of an account's owner.
fn department(analysis: &Analysis, id: AccountId) -> Option<&String> {
    let owner = analysis.outcomes.get(id.index())?.person()?;
    Some(&analysis.roster.person(owner).department)
}

/// Every word of the search stands somewhere in the account or its person.
fn found(analysis: &Analysis, id: AccountId, search: &str) -> bool {
    let text = text_of(analysis, id);
    fold_text(search).split(' ').all(|word| text.contains(word))
}

/// All that an account can be found by.
pub(super) fn text_of(analysis: &Analysis, id: AccountId) -> String {
    let account = analysis.roster.account(id);
    let mut text = format!("{} {} {}", account.key(), account.username, account.display_name);
    for address in account.addresses() {
        text.push(' ');
        text.push_str(address.as_str());
    }
    text.push(' ');
    text.push_str(analysis.roster.app(id).as_str());
    if let Some(person) = analysis.outcomes.get(id.index()).and_then(|outcome| outcome.person()) {
        let person = analysis.roster.person(person);
        text.push_str(&format!(" {} {} {}", person.display, person.username, person.department));
    }
    fold_text(&text)
}

fn order(analysis: &Analysis, shown: &mut [AccountId], sort: Sort) {
    let text = |id: AccountId, column: Column| {
        let row = AccountRow::new(analysis, id);
        let cell = match column {
            Column::App => row.app,
            Column::Account => row.account,
            Column::Name => row.name,
            Column::Finding => row.finding.to_owned(),
            Column::Person => row.person,
            Column::MatchedBy => row.matched_by,
            Column::LastActive | Column::Cost => String::new(),
        };
        fold_text(&cell)
    };
    match sort.column {
        Column::LastActive => shown.sort_by_key(|id| analysis.roster.account(*id).last_active),
        Column::Cost => shown.sort_by_key(|id| price(analysis, *id).map(|money| money.amount)),
        column => shown.sort_by_cached_key(|id| text(*id, column)),
    }
    if sort.descending {
        shown.reverse();
    }
}

fn chips(analysis: &Analysis) -> Vec<ChipCount> {
    let all = [
        (Chip::All, "All"),
        (Chip::Kind(Kind::Orphaned), words::kind(Kind::Orphaned)),
        (Chip::OrphanedAdmin, "Orphaned admin"),
        (Chip::PaidInVain, "Paid in vain"),
        (Chip::Kind(Kind::Unused), words::kind(Kind::Unused)),
        (Chip::Kind(Kind::Duplicate), words::kind(Kind::Duplicate)),
        (Chip::Review, "Review"),
        (Chip::Kind(Kind::Service), words::kind(Kind::Service)),
        (Chip::Kind(Kind::External), words::kind(Kind::External)),
        (Chip::Kind(Kind::InUse), words::kind(Kind::InUse)),
        (Chip::Kind(Kind::Unknown), words::kind(Kind::Unknown)),
        (Chip::Kind(Kind::Closed), words::kind(Kind::Closed)),
    ];
    let mut counts: BTreeMap<Chip, u32> = BTreeMap::new();
    for id in analysis.roster.accounts() {
        for (chip, _) in all {
            *counts.entry(chip).or_default() += u32::from(in_chip(analysis, id, chip));
        }
    }
    let count = |chip| counts.get(&chip).copied().unwrap_or(0);
    // A finding nobody has needs no chip.
    let some = all.into_iter().filter(|(chip, _)| *chip == Chip::All || count(*chip) > 0);
    some.map(|(chip, label)| ChipCount { chip, label: format!("{label} {}", format::count(count(chip))) }).collect()
}

impl AccountRow {
    /// What stands in a column.
    pub fn cell(&self, column: Column) -> &str {
        match column {
            Column::App => &self.app,
            Column::Account => &self.account,
            Column::Name => &self.name,
            Column::Finding => self.finding,
            Column::Person => &self.person,
            Column::MatchedBy => &self.matched_by,
            Column::LastActive => &self.last_active,
            Column::Cost => &self.cost,
        }
    }

    /// One account as a row.
    pub fn new(analysis: &Analysis, id: AccountId) -> Self {
        let account = analysis.roster.account(id);
        let (Some(outcome), Some(finding)) = (analysis.outcomes.get(id.index()), analysis.findings.get(id.index()))
        else {
            unreachable!("every account of the roster has an outcome and a finding")
        };
        Self {
            app: analysis.costs.app(analysis.roster.app(id)).map_or_else(String::new, |cost| cost.app.to_string()),
            account: words::account_name(analysis, id),
            name: account.display_name.clone(),
            kind: finding.kind,
            review: finding.review,
            finding: if finding.review { "Review" } else { words::kind(finding.kind) },
            person: person(analysis, id),
            matched_by: words::matched_by(outcome),
            last_active: format::seen(account.last_active),
            cost: price(analysis, id).map(format::money).unwrap_or_default(),
        }
    }
}

fn person(analysis: &Analysis, id: AccountId) -> String {
    let Some(outcome) = analysis.outcomes.get(id.index()) else { return String::new() };
    match &outcome.link {
        Link::Person(person) => {
            let record = analysis.roster.person(*person);
            let status = analysis.roster.status(*person);
            let state = match status {
                PersonStatus::Active | PersonStatus::NotReported => record.department.clone(),
                status => {
                    let on = record.left.map(|left| format!(" {}", format::date(left.date()))).unwrap_or_default();
                    format!("{}{on}", words::person_status(status))
                }
            };
            let gone = !matches!(status, PersonStatus::Active | PersonStatus::NotReported);
            match state {
                // What has become of somebody matters more than a name that stands beside it already.
                state if gone && record.display == analysis.roster.account(id).display_name => state,
                state if state.is_empty() => record.display.clone(),
                state => format!("{} · {state}", record.display),
            }
        }
        Link::Review(candidates) if candidates.len() == 1 => candidates
            .first()
            .map(|candidate| format!("{}?", analysis.roster.person(candidate.person).display))
            .unwrap_or_default(),
        Link::Review(candidates) => format!("{} candidates", candidates.len()),
        Link::Service => "No person expected".into(),
        Link::External | Link::Nobody => "Not in directory".into(),
    }
}

impl AccountDetail {
    /// Everything about one account.
    pub fn new(analysis: &Analysis, id: AccountId) -> Self {
        let account = analysis.roster.account(id);
        let (Some(outcome), Some(finding)) = (analysis.outcomes.get(id.index()), analysis.findings.get(id.index()))
        else {
            unreachable!("every account of the roster has an outcome and a finding")
        };
        let mut about = vec![analysis.roster.app(id).to_string()];
        about.extend([&account.role, &account.seat].into_iter().filter(|text| !text.is_empty()).cloned());
        about.push(words::account_status(account.status).to_lowercase());
        about.push(
            match finding.billed {
                Billed::Yes => "paid seat",
                Billed::No => "no paid seat",
                Billed::Unknown => "seat not reported",
            }
            .into(),
        );
        about.extend(account.created.map(|created| format!("created {}", format::date(created.date()))));
        let owner = outcome.person().map(|person| (analysis.roster.person(person), analysis.roster.status(person)));
        let rivals = outcome.candidates().iter().skip(1).map(|candidate| {
            let person = analysis.roster.person(candidate.person);
            let status = words::person_status(analysis.roster.status(candidate.person));
            (format!("{} · {status}", person.display), format!("{:.2}", candidate.confidence))
        });
        let confidence =
            if outcome.confidence > 0.0 { format!(" · {:.3}", outcome.confidence) } else { String::new() };
        Self {
            account: words::account_name(analysis, id),
            about: about.join(" · "),
            person: owner.map(|(person, _)| person.display.clone()),
            person_status: owner.map(|(_, status)| (words::person_status(status), tone(status))),
            person_about: owner.map(|(person, _)| person_about(person)).unwrap_or_default(),
            match_title: match &outcome.link {
                Link::Person(_) => format!("Why this match{confidence}"),
                Link::Review(_) => format!("Who it may be{confidence}"),
                Link::Nobody => "Why no match".into(),
                Link::Service => "Why no person".into(),
                Link::External => "Why external".into(),
            },
            evidence: evidence(analysis, outcome),
            rivals: rivals.collect(),
            finding_title: format!("Why {}", words::kind(finding.kind).to_lowercase()),
            reason: format!("{}.", words::reason(analysis, &finding.reason)),
            cost: cost(analysis, id, finding.billed),
            source: account.place.to_string(),
            is_decided: analysis.roster.decision(id).is_some(),
            answers: (outcome.link == Link::Service).then(|| match analysis.roster.decision(id) {
                Some(Decision { verdict: Verdict::Service { owner }, .. }) => owner.clone(),
                _ => String::new(),
            }),
            exemption: analysis.roster.exemption(id).map(|kept| match kept.until {
                Some(until) => format!("{}, until {}", kept.reason, format::date(until)),
                None => kept.reason.clone(),
            }),
        }
    }
}

/// What speaks for an owner, with its weight. An address and a sign-in name that are the same say one thing.
fn evidence(analysis: &Analysis, outcome: &Outcome) -> Vec<(String, String)> {
    let mut lines: Vec<(String, String)> = Vec::new();
    for evidence in outcome.evidence() {
        let weight = evidence.weight.map(|weight| format!("{weight:+.1}")).unwrap_or_default();
        let line = (words::fact(analysis, &evidence.fact), weight);
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    lines
}

fn tone(status: PersonStatus) -> Tone {
    match status {
        PersonStatus::Active => Tone::Good,
        PersonStatus::Pending | PersonStatus::NotReported => Tone::Quiet,
        PersonStatus::Suspended | PersonStatus::Deactivated | PersonStatus::Deleted => Tone::Risk,
    }
}

fn person_about(person: &crate::import::DirectoryRecord) -> Vec<String> {
    let mut ids = vec![person.email.as_ref().map_or_else(|| person.username.clone(), ToString::to_string)];
    if !person.employee_id.is_empty() {
        ids.push(format!("No. {}", person.employee_id));
    }
    let mut place: Vec<String> =
        [&person.department, &person.title].into_iter().filter(|text| !text.is_empty()).cloned().collect();
    if !person.manager.is_empty() {
        place.push(format!("manager {}", person.manager));
    }
    [ids.join(" · "), place.join(", ")].into_iter().filter(|line| !line.is_empty()).collect()
}

fn cost(analysis: &Analysis, id: AccountId, billed: Billed) -> String {
    let Some(cost) = analysis.costs.app(analysis.roster.app(id)) else { return String::new() };
    if !billed.counts() {
        return "It takes no paid seat.".into();
    }
    match cost.terms.seat_price() {
        None => "The plan is not sold by the seat.".into(),
        Some(Ok(price)) => {
            format!("A seat of {} costs {} a year.", cost.app, format::money_exact(price))
        }
        Some(Err(unpriced)) => format!("Not priced: {}.", unpriced.0),
    }
}
