//! Accounts of one app that names alone have led to one person, though their own names are two: 陈燕 and 陈艳 are not both Yan Chen.

use std::collections::HashMap;

use super::matcher::{Matcher, Stance};
use super::{Candidate, Evidence, Fact, Link, Outcome, PersonId, Roster};
use crate::import::AccountRecord;
use crate::model::Email;

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
    for ((app, person), group) in found.into_iter().filter(|(_, group)| group.len() > 1 && group.iter().any(is_by_name))
    {
        let accounts = group.iter().filter_map(|index| Some((*index, roster.account(*ids.get(*index)?))));
        let accounts: Vec<_> =
            accounts.map(|(index, account)| (index, account, matcher.stance(account, app, person))).collect();
        for (index, _, stance) in accounts.iter().filter(|(index, ..)| is_by_name(index)) {
            let is_against = |other: &Stance| match (stance, other) {
                (Stance::Near, _) => true,
                (Stance::Signs(own), Stance::Signs(other)) => own != other,
                _ => false,
            };
            let other = accounts.iter().find(|(other, _, stance)| other != index && is_against(stance));
            let Some((_, other, _)) = other else { continue };
            let Some(outcome) = outcomes.get_mut(*index) else { continue };
            let Some(method) = outcome.method else { continue };
            let told = Evidence::sure(Fact::NamedOtherwise(shown_as(other).into()));
            let evidence = std::mem::take(&mut outcome.evidence).into_iter().chain([told]).collect();
            *outcome = Outcome::review(vec![Candidate { person, method, confidence: EITHER, evidence }], None);
        }
    }
}

/// What an account goes by: its name, else its address, else its own key.
fn shown_as(account: &AccountRecord) -> &str {
    let address = || account.email.as_ref().map_or_else(|| account.key(), Email::as_str);
    if account.display_name.is_empty() { address() } else { &account.display_name }
}
