//! What each account is, by rules with reasons: one file for each rule.

mod closed;
mod duplicate;
mod external;
mod orphaned;
mod privilege;
mod service;
mod unused;

use std::collections::HashMap;

use jiff::civil::Date;

use crate::correlate::{AccountId, Outcome, PersonId, Roster};
use crate::import::{AccountRecord, Billable, DirectoryRecord, PersonStatus};
use crate::model::{Code, Diagnostic, Severity};
use crate::workspace::{Exemption, Policy};

/// What an account is found to be. Each account is exactly one of these.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Ord, PartialOrd, Hash)]
pub enum Kind {
    /// Used by somebody who works here, as far as the data tell.
    InUse,
    /// Its owner works here, and nobody uses it.
    Unused,
    /// Access that belongs to nobody who works here.
    Orphaned,
    /// A second paid account of the same person.
    Duplicate,
    /// A program's or a shared account.
    Service,
    /// Somebody's of another organization.
    External,
    /// Closed in the app already: no seat, no access.
    Closed,
    /// Its owner works here; whether it is used, the export does not tell.
    Unknown,
}

impl Kind {
    /// All kinds, in the order reports use.
    pub const ALL: [Self; 8] = [
        Self::InUse,
        Self::Unused,
        Self::Orphaned,
        Self::Duplicate,
        Self::Service,
        Self::External,
        Self::Closed,
        Self::Unknown,
    ];

    /// The word used in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::InUse => "in_use",
            Self::Unused => "unused",
            Self::Orphaned => "orphaned",
            Self::Duplicate => "duplicate",
            Self::Service => "service",
            Self::External => "external",
            Self::Closed => "closed",
            Self::Unknown => "unknown",
        }
    }
}

/// Why a finding is what it is.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Reason {
    /// The app says the account is closed.
    ClosedInApp,
    /// A human wants it kept.
    Kept {
        /// Why.
        reason: String,
        /// The last day it holds; for good if there is none.
        until: Option<Date>,
    },
    /// The owner is on leave.
    OnLeave,
    /// Invited longer ago than the grace period, and takes a paid seat.
    NotAccepted {
        /// The day the account was made, if the export tells.
        since: Option<Date>,
    },
    /// The owner left, on a day if the directory tells.
    OwnerLeft(Option<Date>),
    /// The owner is suspended, since a day if the directory tells.
    OwnerSuspended(Option<Date>),
    /// No person of the directory has the account's address or id.
    NotInDirectory,
    /// There are candidates, but it is likelier that nobody who works here owns it.
    LikelyNobody,
    /// A human says that nobody owns it.
    DecidedNobody,
    /// A human decided for a person who is in no directory file any more.
    DecidedPersonMissing,
    /// A program's or shared account.
    Service,
    /// Outside of the organization.
    External,
    /// The same person holds another paid account in the app.
    SecondAccount {
        /// The account kept.
        of: AccountId,
    },
    /// Last active longer ago than the threshold.
    InactiveSince {
        /// The last day.
        last: Date,
        /// Days from then to the as-of date.
        days: i32,
        /// The threshold.
        threshold: u32,
    },
    /// Never active, and older than the grace period.
    NeverActive {
        /// The day the account, or else its owner's record, was made; `None` if no file tells.
        since: Option<Date>,
    },
    /// Never active, and still within the grace period.
    New {
        /// The day the account, or else its owner's record, was made.
        since: Date,
    },
    /// Active within the threshold.
    Active {
        /// The last day.
        last: Date,
    },
    /// The owner works here and the account takes no paid seat, so disuse costs nothing.
    NoPaidSeat,
    /// Invited, not accepted yet.
    Invited,
    /// The export has no last activity.
    ActivityNotReported,
}

/// Whether an account takes a paid seat, all things considered.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Billed {
    /// It does.
    Yes,
    /// It does not.
    No,
    /// The export does not tell; counted as paid, and left out of what is certain.
    Unknown,
}

impl Billed {
    /// The word used in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Yes => "true",
            Self::No => "false",
            Self::Unknown => "unknown",
        }
    }

    /// Counts as a paid seat.
    pub fn counts(self) -> bool {
        self != Self::No
    }
}

/// What an account is, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// What it is; for a review, what it would be if the best candidate were the owner.
    pub kind: Kind,
    /// Why.
    pub reason: Reason,
    /// Whether it takes a paid seat.
    pub billed: Billed,
    /// Its role lets it administer the app.
    pub privileged: bool,
    /// A human should say whose it is.
    pub review: bool,
}

/// What a rule looks at.
struct Case<'a> {
    account: &'a AccountRecord,
    outcome: &'a Outcome,
    /// The owner, or the best candidate.
    owner: Option<Owner<'a>>,
    policy: &'a Policy,
    threshold: u32,
    as_of: Date,
    billed: Billed,
    /// Another paid account of the same person that is kept.
    kept_instead: Option<AccountId>,
    exemption: Option<&'a Exemption>,
}

#[derive(Clone, Copy)]
struct Owner<'a> {
    record: &'a DirectoryRecord,
    status: PersonStatus,
    left: Option<Date>,
    on_leave: bool,
}

/// A rule: what an account is, if the rule speaks for it.
type Rule = fn(&Case<'_>) -> Option<(Kind, Reason)>;

/// The rules in force, strongest first. The last one always speaks.
const RULES: [Rule; 5] = [orphaned::rule, service::rule, external::rule, duplicate::rule, unused::rule];

/// Finds what each account is, in the order of the roster.
pub fn classify(roster: &Roster, outcomes: &[Outcome], policy: &Policy, as_of: Date) -> Vec<Finding> {
    let kept = duplicate::kept_accounts(roster, outcomes);
    let mut thresholds: HashMap<&str, u32> = HashMap::new();
    let accounts = roster.accounts().zip(outcomes);
    accounts
        .map(|(id, outcome)| {
            let account = roster.account(id);
            let app = roster.app(id);
            let threshold = *thresholds.entry(app.as_str()).or_insert_with(|| policy.unused_after(app.key()));
            let case = Case {
                account,
                outcome,
                owner: outcome.person().filter(|_| outcome.otherwise.is_none()).map(|person| owner(roster, person)),
                policy,
                threshold,
                as_of,
                billed: billed(account),
                kept_instead: kept.get(&id).copied(),
                exemption: roster.exemption(id),
            };
            finding(&case)
        })
        .collect()
}

fn finding(case: &Case<'_>) -> Finding {
    let kept = case.exemption.filter(|exemption| exemption.holds(case.as_of));
    let kept = kept.map(|kept| (Kind::InUse, Reason::Kept { reason: kept.reason.clone(), until: kept.until }));
    let closed = closed::rule(case);
    let by_rule = || RULES.iter().find_map(|rule| rule(case));
    let (kind, reason) = closed.or(kept).or_else(by_rule).unwrap_or((Kind::Unknown, Reason::ActivityNotReported));
    Finding {
        kind,
        billed: case.billed,
        privileged: privilege::is_privileged(&case.account.role),
        // What is closed, or kept whoever owns it, needs no owner.
        review: case.outcome.is_review() && kind != Kind::Closed && !matches!(reason, Reason::Kept { .. }),
        reason,
    }
}

/// Exemptions that have ended by a day.
pub fn ended_exemptions(roster: &Roster, as_of: Date) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for id in roster.accounts() {
        let Some(Exemption { reason, until: Some(until) }) = roster.exemption(id).filter(|kept| !kept.holds(as_of))
        else {
            continue;
        };
        let account = roster.account(id);
        let message = format!("{} account {} was to be kept until {until} ({reason})", roster.app(id), account.key());
        let problem = Diagnostic::new(Code::Contradiction, Severity::Info, Some(account.place.clone()), message);
        found.push(problem.hint("it counts as any other again"));
    }
    found
}

fn owner(roster: &Roster, person: PersonId) -> Owner<'_> {
    Owner {
        record: roster.person(person),
        status: roster.status(person),
        left: roster.left(person),
        on_leave: roster.is_on_leave(person),
    }
}

fn billed(account: &AccountRecord) -> Billed {
    if account.status.is_closed() {
        return Billed::No;
    }
    match account.billable {
        Billable::Yes => Billed::Yes,
        Billable::No => Billed::No,
        Billable::Unknown => Billed::Unknown,
    }
}
