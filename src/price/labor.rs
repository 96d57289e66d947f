use jiff::ToSpan;
use jiff::civil::Date;
use rust_decimal::Decimal;

use super::{Counts, Priced, Unpriced};
use crate::correlate::Roster;
use crate::import::{PersonKind, PersonStatus};
use crate::model::Moment;
use crate::workspace::{LaborEstimate, Policy};

/// How many people there are, and how many came and went within a year.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Workforce {
    /// People who work here.
    pub headcount: u32,
    /// Of those the directory knows, hired within the last twelve months; `None` where no directory tells.
    pub joined: Option<u32>,
    /// Left within the last twelve months; likewise.
    pub left: Option<u32>,
}

impl Workforce {
    /// Counts the people of a roster.
    pub fn new(roster: &Roster, as_of: Date) -> Self {
        let year_ago = as_of.saturating_sub(1.year());
        let recent = |dates: Vec<Date>| {
            let count = dates.iter().filter(|date| **date > year_ago && **date <= as_of).count();
            (!dates.is_empty()).then(|| u32::try_from(count).unwrap_or(u32::MAX))
        };
        let members = || roster.people().filter(|person| roster.person(*person).kind != PersonKind::Guest);
        let hired = members().filter_map(|person| roster.records(person).find_map(|record| record.hired));
        let gone = |person: &_| matches!(roster.status(*person), PersonStatus::Deactivated | PersonStatus::Deleted);
        Self {
            headcount: roster.headcount(),
            joined: recent(hired.map(Moment::date).collect()),
            left: recent(members().filter(gone).filter_map(|person| roster.left(person)).collect()),
        }
    }

    /// Leavers of the last year for each person who works here; `None` where no directory tells when people left.
    pub fn turnover(&self) -> Option<Decimal> {
        let left = self.left.filter(|_| self.headcount > 0)?;
        Some(Decimal::from(left) / Decimal::from(self.headcount))
    }
}

/// IT hours a year an app takes, and what they are computed from.
#[derive(Clone, Debug, PartialEq)]
pub struct Labor {
    /// Hours a year.
    pub hours: Priced<Decimal>,
    /// Where the figure comes from.
    pub basis: LaborBasis,
}

/// What hours are computed from.
#[derive(Clone, Debug, PartialEq)]
pub enum LaborBasis {
    /// Hours for each person who works here.
    Benchmark {
        /// People.
        headcount: u32,
        /// Hours for each.
        per_person: Decimal,
    },
    /// `(joiners + leavers + movers) × share × minutes + accounts × reviews × minutes`, over 60.
    BottomUp {
        /// People who come, leave or move within a year.
        changes: u32,
        /// Share of the people who use the app.
        share: Decimal,
        /// Minutes for each of them.
        minutes_per_change: Decimal,
        /// Accounts looked at in each access review.
        accounts: u32,
        /// Access reviews a year.
        reviews: u32,
        /// Minutes for each account.
        minutes_per_review: Decimal,
    },
    /// Entered by the user.
    Own,
    /// Nobody is known to manage it: no file lists its accounts.
    NotListed,
}

impl Labor {
    /// The hours of an app by the estimate the policy has for it.
    pub(super) fn new(app_key: &str, counts: &Counts, workforce: &Workforce, policy: &Policy) -> Self {
        let estimate = policy.labor_estimate(app_key);
        if let LaborEstimate::Hours { hours } = estimate {
            return Self { hours: Ok(hours), basis: LaborBasis::Own };
        }
        // What nobody is known to manage costs no work.
        if !counts.is_listed() {
            return Self { hours: Ok(Decimal::ZERO), basis: LaborBasis::NotListed };
        }
        match estimate {
            LaborEstimate::BottomUp => Self::bottom_up(counts, workforce, policy),
            LaborEstimate::Benchmark | LaborEstimate::Hours { .. } => {
                let (headcount, per_person) = (workforce.headcount, policy.hours_per_person);
                let hours = Ok(per_person * Decimal::from(headcount));
                Self { hours, basis: LaborBasis::Benchmark { headcount, per_person } }
            }
        }
    }

    fn bottom_up(counts: &Counts, workforce: &Workforce, policy: &Policy) -> Self {
        let effort = &policy.bottom_up;
        let headcount = Decimal::from(workforce.headcount.max(1));
        let share = (Decimal::from(counts.members) / headcount).min(Decimal::ONE);
        let joiners = effort.joiners.or(workforce.joined);
        let leavers = effort.leavers.or(workforce.left);
        let changes = joiners.unwrap_or(0).saturating_add(leavers.unwrap_or(0)).saturating_add(effort.movers);
        let (minutes_per_change, minutes_per_review) = (effort.minutes_per_change, effort.minutes_per_review);
        let (accounts, reviews) = (counts.open(), effort.reviews_a_year);
        let work = Decimal::from(changes) * share * minutes_per_change;
        let review = Decimal::from(accounts) * Decimal::from(reviews) * minutes_per_review;
        let hours = match (joiners, leavers) {
            (Some(_), Some(_)) => Ok((work + review) / Decimal::from(60)),
            (None, _) => Err(Unpriced("the directory does not tell who joined when; enter joiners a year".into())),
            (_, None) => Err(Unpriced("the directory does not tell who left when; enter leavers a year".into())),
        };
        let basis = LaborBasis::BottomUp { changes, share, minutes_per_change, accounts, reviews, minutes_per_review };
        Self { hours, basis }
    }
}
