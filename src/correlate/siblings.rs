//! Accounts of one app that names alone have led to one person, though their own names are two: 陈燕 and 陈艳 are not both Yan Chen.

use std::collections::HashMap;

use super::matcher::Matcher;
use super::{Candidate, Evidence, Fact, Link, Outcome, PersonId, Roster};

/// Of two accounts that cannot both be a person's each is as likely to be.
const EITHER: f64 = 0.5;

/// Makes a question of each account in whose app another one of another name was found to be the same person's. `is_open` says
/// which were found by nothing but names.
pub(super) fn ask(roster: &Roster, matcher: &mut Matcher<'_>, outcomes: &mut [Outcome], is_open: &[bool]) {
    let mut found: HashMap<(&str, PersonId), Vec<usize>> = HashMap::new();
    for (id, outcome) in roster.accounts().zip(&*outcomes) {
        if let Link::Person(person) = outcome.link {
            found.entry((roster.app(id).key(), person)).or_default().push(id.index());
        }
    }
    let ids: Vec<_> = roster.accounts().collect();
    let is_by_name = |index: &usize| is_open.get(*index) == Some(&true);
    for ((_, person), group) in found.into_iter().filter(|(_, group)| group.len() > 1 && group.iter().any(is_by_name)) {
        let accounts: Vec<_> =
            group.iter().filter_map(|index| Some((*index, roster.account(*ids.get(*index)?)))).collect();
        for (index, account) in accounts.iter().filter(|(index, _)| is_by_name(index)) {
            let other = accounts.iter().find(|(other, known)| other != index && matcher.are_two_names(account, known));
            let Some((_, other)) = other else { continue };
            let Some(outcome) = outcomes.get_mut(*index) else { continue };
            let Some(method) = outcome.method else { continue };
            let told = Evidence::sure(Fact::NamedOtherwise(other.display_name.as_str().into()));
            let evidence = std::mem::take(&mut outcome.evidence).into_iter().chain([told]).collect();
            *outcome = Outcome::review(vec![Candidate { person, method, confidence: EITHER, evidence }], None);
        }
    }
}
