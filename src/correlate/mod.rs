//! Which person owns which account. Sure, or it asks: an [`Outcome`] says how it was reached and what spoke for it.

mod domains;
mod evidence;
mod owner;
mod roster;
mod service;

use crate::model::Email;
use crate::workspace::{Decision, Policy};

pub use domains::OwnedDomains;
pub use evidence::{Candidate, Evidence, Fact, Method};
pub use roster::{AccountId, PersonId, Roster};

use owner::OwnerIndex;

/// Who owns an account.
#[derive(Clone, Debug, PartialEq)]
pub enum Link {
    /// This person, beyond doubt.
    Person(PersonId),
    /// One of these, the best first; a human has to say.
    Review(Vec<Candidate>),
    /// Nobody the directory knows.
    Nobody,
    /// No person at all: a service or shared account.
    Service,
    /// A person of another organization.
    External,
}

/// What came out for one account, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// Who owns it.
    pub link: Link,
    /// How the person was found; for a review, how the best candidate was.
    pub method: Option<Method>,
    /// Probability that the person owns the account, 0 to 1; 0 where no person is named.
    pub confidence: f64,
    /// What spoke for and against.
    pub evidence: Vec<Evidence>,
    /// A human wants it kept as it is, for this reason.
    pub keep: Option<String>,
}

impl Outcome {
    /// The owner, or the best candidate.
    pub fn person(&self) -> Option<PersonId> {
        match &self.link {
            Link::Person(person) => Some(*person),
            Link::Review(candidates) => candidates.first().map(|candidate| candidate.person),
            Link::Nobody | Link::Service | Link::External => None,
        }
    }

    /// Whether a human should decide.
    pub fn is_review(&self) -> bool {
        matches!(self.link, Link::Review(_))
    }

    fn without_person(link: Link, evidence: Vec<Evidence>) -> Self {
        Self { link, method: None, confidence: 0.0, evidence, keep: None }
    }
}

/// Finds the owner of every account, in the order of the roster.
///
/// The passes, strongest first: a human's decision; what the app says the account is; employee number and id of the
/// identity provider; every known address, folded; the same address in a former domain that was declared. What is left is
/// a service account by its name, somebody else's by its domain, a question where the name is known here, or nobody's.
pub fn correlate(roster: &Roster, policy: &Policy) -> Vec<Outcome> {
    let index = OwnerIndex::new(roster, policy);
    let domains = OwnedDomains::new(roster, policy);
    let accounts = roster.accounts();
    accounts.map(|account| outcome(roster, policy, &index, &domains, account)).collect()
}

fn outcome(roster: &Roster, policy: &Policy, index: &OwnerIndex, domains: &OwnedDomains, id: AccountId) -> Outcome {
    let account = roster.account(id);
    let decision = roster.decision(id);
    let fact = |fact: Fact| vec![Evidence::sure(fact)];
    let keep = match decision {
        Some(Decision::Keep { reason }) => Some(reason.clone()),
        _ => None,
    };
    let decided = match decision {
        None | Some(Decision::Keep { .. }) => None,
        Some(Decision::Owner { person }) => match index.person_named(person) {
            Some(person) => Some(Outcome {
                link: Link::Person(person),
                method: Some(Method::Decision),
                confidence: 1.0,
                evidence: fact(Fact::Decided),
                keep: None,
            }),
            // The person is in no directory file any more: the decision stands, but names nobody who works here.
            None => Some(Outcome::without_person(Link::Nobody, fact(Fact::DecidedPersonMissing(person.clone())))),
        },
        Some(Decision::Service { .. }) => Some(Outcome::without_person(Link::Service, fact(Fact::Decided))),
        Some(Decision::External) => Some(Outcome::without_person(Link::External, fact(Fact::Decided))),
        Some(Decision::Nobody) => Some(Outcome::without_person(Link::Nobody, fact(Fact::Decided))),
    };
    let found = decided
        .or_else(|| service::by_app(account))
        .or_else(|| index.by_id_or_address(account))
        .or_else(|| index.by_domain_alias(account))
        .or_else(|| service::by_name(account, policy));
    if let Some(outcome) = found {
        return Outcome { keep, ..outcome };
    }
    let candidates = index.candidates(account);
    let outcome = if candidates.is_empty() {
        match outside_domain(account.addresses(), domains) {
            Some(domain) => Outcome::without_person(Link::External, fact(Fact::OutsideDomain(domain))),
            None => Outcome::without_person(Link::Nobody, fact(Fact::NotInDirectory)),
        }
    } else {
        let best = candidates.first();
        Outcome {
            method: best.map(|best| best.method),
            confidence: best.map_or(0.0, |best| best.confidence),
            evidence: best.map(|best| best.evidence.clone()).unwrap_or_default(),
            link: Link::Review(candidates),
            keep: None,
        }
    };
    Outcome { keep, ..outcome }
}

/// The domain of an account whose addresses are all outside of the organization.
fn outside_domain(addresses: impl Iterator<Item = Email>, domains: &OwnedDomains) -> Option<String> {
    let mut outside = None;
    for address in addresses {
        if domains.owns(address.domain()) {
            return None;
        }
        outside.get_or_insert_with(|| address.domain().to_owned());
    }
    outside
}
