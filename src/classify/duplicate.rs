use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use super::{Case, Kind, Reason, billed};
use crate::correlate::{AccountId, Link, Outcome, PersonId, Roster};
use crate::import::AccountStatus;

/// A second paid account of the same person in the same app.
pub(super) fn rule(case: &Case<'_>) -> Option<(Kind, Reason)> {
    case.kept_instead.map(|of| (Kind::Duplicate, Reason::SecondAccount { of }))
}

/// For each account that is one too many, the account of the same person that is kept.
pub(super) fn kept_accounts(roster: &Roster, outcomes: &[Outcome]) -> HashMap<AccountId, AccountId> {
    let mut paid: BTreeMap<(&str, PersonId), Vec<AccountId>> = BTreeMap::new();
    for (id, outcome) in roster.accounts().zip(outcomes) {
        if let Link::Person(person) = outcome.link
            && billed(roster.account(id)).counts()
        {
            paid.entry((roster.app(id).key(), person)).or_default().push(id);
        }
    }
    let mut instead = HashMap::new();
    for accounts in paid.into_values() {
        // One that works before one that is only invited, then the one last active, then the one that an id or the main address
        // leads to; the rest is an order without meaning, which the order of rows does not change.
        let rank = |id: &&AccountId| {
            let account = roster.account(**id);
            let works = account.status == AccountStatus::Active;
            let method = outcomes.get(id.index()).and_then(|outcome| outcome.method);
            (!works, Reverse(account.last_active), method, account.billable, account.key())
        };
        let best = accounts.iter().min_by_key(rank);
        if let Some(best) = best {
            instead.extend(accounts.iter().filter(|id| *id != best).map(|id| (*id, *best)));
        }
    }
    instead
}
