//! Accounts of one app that names alone have led to one person, though their own names are two: 陈燕 and 陈艳 are not both Yan Chen.

use std::collections::HashMap;

use super::bearing::Stance;
use super::matcher::Matcher;
use super::{AccountId, Candidate, EITHER, Evidence, Fact, Link, Outcome, PersonId, Roster};
use crate::model::fold_text;

/// Makes a question of each account in whose app another one of another name was found to be the same person's. `is_open` says
/// which were found by nothing but names.
pub(super) fn ask(roster: &Roster, matcher: &mut Matcher<'_>, outcomes: &mut [Outcome], is_open: &[bool]) {
    let is_by_name = |id: &AccountId| is_open.get(id.index()) == Some(&true);
    let linked = |outcome: &Outcome| matches!(outcome.link, Link::Person(_)).then(|| outcome.person()).flatten();
    let found = || roster.accounts().zip(&*outcomes).filter_map(|(id, outcome)| Some((id, linked(outcome)?)));
    let mut groups: HashMap<(&str, PersonId), Vec<AccountId>> = HashMap::new();
    for (id, person) in found().filter(|(id, _)| is_by_name(id)) {
        groups.entry((roster.app(id).key(), person)).or_default();
    }
    for (id, person) in found() {
        if let Some(group) = groups.get_mut(&(roster.app(id).key(), person)) {
            group.push(id);
        }
    }
    for ((app, person), group) in groups.into_iter().filter(|(_, group)| group.len() > 1) {
        let stances: Vec<Stance> = group.iter().map(|id| matcher.stance(roster.account(*id), app, person)).collect();
        for (id, stance) in group.iter().zip(&stances).filter(|(id, _)| is_by_name(id)) {
            let name = |id: &AccountId| fold_text(&roster.account(*id).display_name);
            let mut is_against = |other: &AccountId, stands: &Stance| match (stance, stands) {
                (Stance::Own, _) => false,
                (Stance::Near, _) => name(id) != name(other),
                (Stance::Longer(own), Stance::Longer(other)) => !matcher.are_forms(*own, *other),
                (Stance::Signs(own), Stance::Signs(other)) => own != other,
                (Stance::Sure, _) => matcher.bear_two_names(roster.account(*id), roster.account(*other)),
                _ => false,
            };
            let mut others = group.iter().zip(&stances).filter(|(other, _)| *other != id);
            let Some((other, _)) = others.find(|(other, stands)| is_against(other, stands)) else { continue };
            let Some(outcome) = outcomes.get_mut(id.index()) else { continue };
            let Some(method) = outcome.method else { continue };
            let told = Evidence::sure(Fact::NamedOtherwise(*other));
            let evidence = std::mem::take(&mut outcome.evidence).into_iter().chain([told]).collect();
            *outcome = Outcome::review(vec![Candidate { person, method, confidence: EITHER, evidence }], None);
        }
    }
}
