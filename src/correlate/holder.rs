//! Whether the person an address leads to is its first holder: addresses of people who left are given again.

use std::collections::{HashMap, HashSet};

use super::agreement::Level;
use super::bearing::OtherName;
use super::identifiers::Found;
use super::matcher::Matcher;
use super::model::Start;
use super::{
    AccountId, Candidate, EITHER, Evidence, Fact, MOST_CANDIDATES, Method, Outcome, PersonId, Roster, Settled, Stranger,
};
use crate::import::AccountRecord;
use crate::model::Email;

/// What is known of addresses and their holders.
pub(super) struct Holders {
    /// What speaks against the holder of an address being the owner of an account, where something does.
    doubts: HashMap<AccountId, Doubts>,
}

/// What speaks against the holder of an address.
struct Doubts {
    evidence: Vec<Evidence>,
    /// How likely the holder is the owner all the same.
    holder: f64,
    /// Who may be the owner instead, how found, and why.
    other: Option<(PersonId, Method, Fact)>,
}

impl Doubts {
    /// Whether the holder is rather not the owner.
    fn outweigh(&self) -> bool {
        self.holder < 0.5
    }
}

// How sure each way is that leads to one person alone. Ids are given once; addresses are sometimes given again; a former
// domain rests on a declaration.
const SURE_ID: f64 = 0.999;
const SURE_EMAIL: f64 = 0.998;
const SURE_ALIAS: f64 = 0.995;
const SURE_DOMAIN_ALIAS: f64 = 0.99;

/// An address in which something speaks against its present holder: of such accounts about as many were an earlier
/// holder's as are the present one's under another name.
const DOUBTFUL: f64 = 0.4;

/// Where nothing but the given name differs, and the address names the holder in full, an earlier holder would have had the same
/// name: four times of five it is a form of it no list knows.
const MOSTLY: f64 = 0.8;

/// If it was another's, and somebody of the name is known: nine times of ten it was that one.
const KNOWN: f64 = 0.9;

/// A share of accounts older than their owners above this is no accident: days of hire were set anew by a move of systems or
/// companies, and tell nothing.
const MOST_OLDER: f64 = 0.1;

/// With fewer accounts than this no share can be told.
const FEWEST: usize = 20;

impl Holders {
    /// Looks at all accounts that an address has found, for whether days tell.
    pub(super) fn new(roster: &Roster, matcher: &mut Matcher<'_>, settled: &[Settled]) -> Self {
        let found = || roster.accounts().zip(settled).filter_map(|(id, settled)| Some((id, settled.found()?)));
        let pairs = || found().filter_map(|(id, found)| Some((roster.account(id), *found.people.first()?)));
        let tell = |starts: &mut dyn Iterator<Item = Start>| {
            let (mut all, mut older) = (0_usize, 0_usize);
            for start in starts.filter(|start| *start != Start::Unknown) {
                all += 1;
                older += usize::from(start == Start::BeforeHire);
            }
            (all, older as f64 <= MOST_OLDER * all as f64)
        };
        let (all, fits) = tell(&mut pairs().map(|(account, person)| matcher.tenures.start_by_record(account, person)));
        matcher.tenures.trust_records(all >= FEWEST && fits);
        let (all, fits) = tell(&mut pairs().map(|(account, person)| matcher.tenures.dates(account, person).0));
        let days_tell = all < FEWEST || fits;
        let mut doubts: HashMap<AccountId, Doubts> = HashMap::new();
        let mut doubted: HashSet<Email> = HashSet::new();
        let linked = || found().filter_map(|(id, found)| Some((id, found, found.only()?)));
        let by_address = || linked().filter(|(_, found, _)| !found.by_id).map(|(id, _, person)| (id, person));
        for (id, person) in by_address() {
            let account = roster.account(id);
            if let Some(found) = doubts_of(matcher, account, person, days_tell) {
                if found.outweigh() {
                    doubted.extend(account.email.clone());
                }
                doubts.insert(id, found);
            }
        }
        // A number in the wrong row is somebody else's: whoever bears neither of the holder's names is asked about.
        // An address beside the number that leads to the same person bears it out.
        for (id, _, person) in linked().filter(|(_, found, _)| found.by_id && found.evidence.len() == 1) {
            let account = roster.account(id);
            if matcher.bears_other_name(account, person) == Some(OtherName::Whole) {
                let evidence = vec![Evidence::sure(Fact::OtherName(account.display_name.as_str().into()))];
                doubts.insert(id, Doubts { evidence, holder: DOUBTFUL, other: None });
            }
        }
        // An address that was somebody else's in one app was so in all: where nothing tells when, it is asked.
        for (id, person) in by_address() {
            let account = roster.account(id);
            if account.email.as_ref().is_some_and(|email| doubted.contains(email))
                && !doubts.contains_key(&id)
                && matcher.tenures.dates(account, person).0 == Start::Unknown
            {
                let evidence = vec![Evidence::sure(Fact::DoubtedElsewhere)];
                let former = former_bearer(matcher, account, person);
                // Whoever bears the holder's own name is mostly the holder.
                let holder = if matcher.bears_full_name(account, person) { MOSTLY } else { DOUBTFUL };
                doubts.insert(id, Doubts { evidence, holder, other: former.map(had_it) });
            }
        }
        // Whoever left one firm of a group may work on in another one.
        let is_group = roster.lists_of_people() > 1;
        let mut moved: HashMap<PersonId, Option<PersonId>> = HashMap::new();
        for (id, _, person) in linked().filter(|_| is_group) {
            if !matcher.tenures.is_gone(person) {
                continue;
            }
            if let Some(other) = *moved.entry(person).or_insert_with(|| moved_to(roster, matcher, person)) {
                let evidence = vec![Evidence::sure(Fact::HereElsewhere(other))];
                let other = Some((other, Method::Name, Fact::Namesake(person)));
                doubts.entry(id).or_insert(Doubts { evidence, holder: EITHER, other });
            }
        }
        Self { doubts }
    }

    /// All that was found leads to one person: a link, unless something speaks against it. To several: a question.
    pub(super) fn outcome(&self, roster: &Roster, matcher: &mut Matcher<'_>, id: AccountId, found: Found) -> Outcome {
        let Found { people, method, mut evidence, .. } = found;
        let [person] = people.as_slice() else {
            // Nothing tells them apart: each is as likely as the others.
            let share = 1.0 / people.len().max(1) as f64;
            evidence.push(Evidence { fact: Fact::SharedBy(people.len()), weight: None });
            let candidate = |person| Candidate { person, method, confidence: share, evidence: evidence.clone() };
            let mut candidates: Vec<Candidate> = matcher.to_show(people).into_iter().map(candidate).collect();
            matcher.sort(&mut candidates);
            return Outcome::review(candidates, None);
        };
        let sure = match method {
            Method::EmployeeId | Method::ExternalId => SURE_ID,
            Method::Email => SURE_EMAIL,
            Method::DomainAlias => SURE_DOMAIN_ALIAS,
            _ => SURE_ALIAS,
        };
        let Some(doubts) = self.doubts.get(&id) else {
            return Outcome::person_found(*person, method, sure, evidence);
        };
        evidence.extend(doubts.evidence.iter().cloned());
        // Whoever bears the account's name is the likelier owner.
        let traits = matcher.traits(roster.account(id), roster.app(id).key());
        let mut others: Vec<(PersonId, Method, Vec<Evidence>)> = Vec::new();
        if let Some((other, method, why)) = &doubts.other {
            others.push((*other, *method, vec![Evidence::sure(why.clone())]));
        }
        let mut like = matcher.people_like(&traits);
        like.sort_unstable_by_key(|(other, _)| matcher.rank(*other));
        for (other, like) in like {
            let name = like.name;
            let namesake = name.given.level < Level::Typo && name.family.level < Level::Typo;
            let known = other == *person || others.iter().any(|(known, ..)| *known == other);
            if !known && namesake && others.len() + 1 < MOST_CANDIDATES {
                others.push((other, Method::Name, matcher.name_evidence(name).into()));
            }
        }
        let otherwise = (others.is_empty() && doubts.outweigh()).then_some(Stranger::Unknown);
        let share = (1.0 - doubts.holder) * KNOWN / others.len() as f64;
        let mut candidates = vec![Candidate { person: *person, method, confidence: doubts.holder, evidence }];
        candidates.extend(others.into_iter().map(|(person, method, evidence)| Candidate {
            person,
            method,
            confidence: share,
            evidence,
        }));
        matcher.sort(&mut candidates);
        Outcome::review(candidates, otherwise)
    }
}

/// What speaks against the present holder of an address.
fn doubts_of(matcher: &mut Matcher<'_>, account: &AccountRecord, person: PersonId, days_tell: bool) -> Option<Doubts> {
    let mut doubts = Vec::new();
    let start = matcher.tenures.dates(account, person).0;
    if days_tell
        && start == Start::BeforeHire
        && let Some(came) = matcher.tenures.came(person)
    {
        doubts.push(Evidence::sure(Fact::OlderThanHire(came)));
    }
    let other = matcher.bears_other_name(account, person);
    if other.is_some() {
        doubts.push(Evidence::sure(Fact::OtherName(account.display_name.as_str().into())));
    }
    let unknown = start == Start::Unknown;
    let former = (unknown || !doubts.is_empty()).then(|| former_bearer(matcher, account, person)).flatten();
    // Where a day of making is told and fits, the address was the present holder's by then.
    doubts.extend(former.filter(|_| unknown).map(|former| Evidence::sure(Fact::FormerHolder(former))));
    if doubts.is_empty() {
        return None;
    }
    let holder = if doubts.len() == 1 && other == Some(OtherName::AtOwnAddress) { MOSTLY } else { DOUBTFUL };
    Some(Doubts { evidence: doubts, holder, other: former.map(had_it) })
}

fn had_it(former: PersonId) -> (PersonId, Method, Fact) {
    (former, Method::Alias, Fact::FormerHolder(former))
}

/// Of somebody who has left, by one list of people: who works here by the name, by another one, and is the only one there.
fn moved_to(roster: &Roster, matcher: &Matcher<'_>, gone: PersonId) -> Option<PersonId> {
    let lists: Vec<_> = roster.lists_with(gone).collect();
    let mut here = matcher.namesakes(gone).into_iter().filter(|person| !matcher.tenures.is_gone(*person));
    let only = here.next().filter(|_| here.next().is_none())?;
    (!roster.lists_with(only).any(|list| lists.contains(&list))).then_some(only)
}

/// Somebody who left, may have had the address of an account before its present holder, and may be called as the account is.
fn former_bearer(matcher: &mut Matcher<'_>, account: &AccountRecord, holder: PersonId) -> Option<PersonId> {
    let former = matcher.former_holder(account.email.as_ref()?.local(), holder)?;
    (!matcher.bears_name_of(account, holder, former)).then_some(former)
}
