//! Which person owns which account. Sure, or it asks: an [`Outcome`] says how it was reached and what spoke for it.

mod agreement;
mod bearing;
mod blocks;
mod borne;
mod called;
mod colleagues;
mod days;
mod domains;
mod evidence;
mod frequencies;
mod glance;
mod habits;
mod holder;
mod identifiers;
mod likely;
mod likeness;
mod local;
mod makings;
mod matcher;
mod model;
mod names;
mod native;
mod nicknames;
mod outsider;
mod romanize;
mod roster;
mod service;
mod siblings;
mod surnames;
mod traits;

use std::collections::BTreeSet;

use crate::model::{Code, Diagnostic, Email, Severity, fold_text};
use crate::workspace::{Policy, Verdict};

pub use agreement::Level;
pub use domains::{DomainAlias, OwnedDomains};
pub use evidence::{Candidate, Evidence, Fact, Method, Unlike};
pub use likely::aliases;
pub use roster::{AccountId, ONE_ROUND, PersonId, Roster};
pub use service::service_words;

use holder::Holders;
use identifiers::{Found, Identifiers};
use likely::Likely;
use matcher::Matcher;
use service::ServiceWords;

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
    /// What spoke for and against, where no candidate holds it.
    evidence: Vec<Evidence>,
    /// For a review, what the account is when it is none of the candidates', if that is the likeliest of all.
    pub otherwise: Option<Stranger>,
    /// The one person that ids or addresses lead to, whatever was decided.
    pub named: Option<PersonId>,
}

/// Whose an account is that belongs to nobody of the directory.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Stranger {
    /// Somebody's who was here, or nobody's.
    Unknown,
    /// Somebody's of another organization.
    Outside,
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

    /// For a review, who may own it, the best first.
    pub fn candidates(&self) -> &[Candidate] {
        match &self.link {
            Link::Review(candidates) => candidates,
            _ => &[],
        }
    }

    /// What spoke for and against the owner or the best candidate, or about the account.
    pub fn evidence(&self) -> &[Evidence] {
        self.candidates().first().map_or(&self.evidence, |best| &best.evidence)
    }

    /// The same with its evidence told in other words.
    pub fn retold(&self, tell: &dyn Fn(&[Evidence]) -> Vec<Evidence>) -> Self {
        let link = match &self.link {
            Link::Review(candidates) => {
                Link::Review(candidates.iter().map(|one| Candidate { evidence: tell(&one.evidence), ..*one }).collect())
            }
            other => other.clone(),
        };
        Self { link, evidence: tell(&self.evidence), ..*self }
    }

    /// Whether a human should decide.
    pub fn is_review(&self) -> bool {
        matches!(self.link, Link::Review(_))
    }

    fn without_person(link: Link, evidence: Vec<Evidence>) -> Self {
        Self { link, method: None, confidence: 0.0, evidence, otherwise: None, named: None }
    }

    fn person_found(person: PersonId, method: Method, confidence: f64, evidence: Vec<Evidence>) -> Self {
        Self { link: Link::Person(person), method: Some(method), confidence, evidence, otherwise: None, named: None }
    }

    fn review(candidates: Vec<Candidate>, otherwise: Option<Stranger>) -> Self {
        let best = candidates.first();
        Self {
            method: best.map(|best| best.method),
            confidence: best.map_or(0.0, |best| best.confidence),
            evidence: Vec::new(),
            link: Link::Review(candidates),
            otherwise,
            named: None,
        }
    }
}

/// Links with at least this probability are made; below, a human is asked. One in ten at the very edge is the most that
/// may be wrong: so few links are near it that of all together it is fewer than one in a thousand, as measured.
const ACCEPT: f64 = 0.90;

/// A candidate less likely than this is not worth a question: more than nine of ten would be answered with no.
const ASK: f64 = 0.1;

/// Of two who cannot both be meant each is as likely as the other.
const EITHER: f64 = 0.5;

/// Nobody looks through more candidates than this; a placeholder name may be shared by thousands.
const MOST_CANDIDATES: usize = 10;

/// Finds the owner of every account, in the order of the roster.
///
/// The passes, strongest first: a human's decision; the kind of account the app says it is; employee number and id of the
/// identity provider; every known address, folded; the same address in a former domain that was declared. What such
/// an address finds is asked about where the account is older than the person's time here, or bears another name. What is
/// left is compared with the people it may belong to, and linked, asked about, or left to nobody, as likely as that is.
pub fn correlate(roster: &Roster, policy: &Policy) -> Vec<Outcome> {
    let mut identifiers = Identifiers::new(roster, policy);
    let mut settled: Vec<Settled> = roster.accounts().map(|id| settle(roster, &identifiers, id)).collect();
    let known = roster.accounts().zip(&settled).filter_map(|(id, settled)| Some((id, settled.beyond_addresses()?)));
    let service = ServiceWords::new(policy);
    identifiers.learn(&service, known.map(|(id, person)| (roster.account(id), roster.app(id), person)));
    for (id, settled) in roster.accounts().zip(&mut settled).filter(|(_, settled)| matches!(settled, Settled::Open)) {
        let found = identifiers.find_elsewhere(roster.account(id)).filter(|found| may_be(roster, id, found));
        *settled = found.map_or(Settled::Open, Settled::Found);
    }
    let mut matcher = Matcher::new(roster, service);
    let sure = || roster.accounts().zip(&settled).filter_map(|(id, settled)| Some((id, settled.found()?.only()?)));
    matcher.learn_orders(sure());
    let open = roster.accounts().zip(&settled).filter(|(_, settled)| matches!(settled, Settled::Open));
    matcher.learn_makings(open.map(|(id, _)| id));
    let holders = Holders::new(roster, &mut matcher, &settled);
    let mut likely = Likely::new(roster, policy, &mut matcher, &settled);
    let is_open: Vec<bool> = settled.iter().map(|settled| matches!(settled, Settled::Open)).collect();
    let each = roster.accounts().zip(settled).map(|(id, settled)| match settled {
        Settled::Outcome(outcome) => outcome,
        Settled::Found(found) => by_identifiers(roster, &mut matcher, &holders, &likely, id, found),
        Settled::Open => likely.outcome(roster, &mut matcher, id),
    });
    let mut outcomes: Vec<Outcome> = each.collect();
    // Who has an account in an app by now is less likely to have another one there.
    for id in likely.note_links(roster, &outcomes) {
        if is_open.get(id.index()) == Some(&true)
            && let Some(outcome) = outcomes.get_mut(id.index())
        {
            *outcome = likely.outcome(roster, &mut matcher, id);
        }
    }
    siblings::ask(roster, &mut matcher, &mut outcomes, &is_open);
    colleagues::put_first(roster, &matcher, &mut outcomes);
    outcomes
}

/// Whether the name an account bears can be that of whom its address has led to in another app: they share a word, or it bears
/// none. A family may share an address.
fn may_be(roster: &Roster, id: AccountId, found: &Found) -> bool {
    let words = |text: &str| -> BTreeSet<String> {
        let folded = fold_text(text);
        let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() > 1);
        words.map(str::to_owned).collect()
    };
    let shown = words(&roster.account(id).display_name);
    let mut records = found.people.iter().flat_map(|person| roster.records(*person));
    shown.is_empty()
        || records.any(|record| {
            [&record.given, &record.family, &record.display].iter().any(|name| !words(name).is_disjoint(&shown))
        })
}

/// What comes of an account whose ids or addresses lead to entries of the directory: a person's, or no person's where the
/// entry is a mailbox.
fn by_identifiers(
    roster: &Roster,
    matcher: &mut Matcher<'_>,
    holders: &Holders,
    likely: &Likely,
    id: AccountId,
    mut found: Found,
) -> Outcome {
    if found.people.iter().any(|entry| matcher.mailbox(*entry).is_none()) {
        found.people.retain(|entry| matcher.mailbox(*entry).is_none());
    }
    let named = found.only();
    if let Some(fact) = named.and_then(|entry| matcher.mailbox(entry)).cloned() {
        // Whoever bears a name of their own has an account there.
        if matcher.bears_name(roster.account(id)) {
            return likely.outcome(roster, matcher, id);
        }
        let evidence = found.evidence.into_iter().chain([Evidence::sure(fact)]).collect();
        return Outcome { named, ..Outcome::without_person(Link::Service, evidence) };
    }
    Outcome { named, ..holders.outcome(roster, matcher, id, found) }
}

/// How far the passes have come with an account that need nothing but itself.
enum Settled {
    /// To the end.
    Outcome(Outcome),
    /// To people its ids or addresses lead to.
    Found(Found),
    /// To nobody.
    Open,
}

impl Settled {
    /// The people its ids or addresses lead to.
    fn found(&self) -> Option<&Found> {
        match self {
            Self::Found(found) => Some(found),
            _ => None,
        }
    }

    /// The owner by something that says more than an address does: an id, or a human's decision.
    fn beyond_addresses(&self) -> Option<PersonId> {
        match self {
            Self::Outcome(Outcome { link: Link::Person(person), .. }) => Some(*person),
            Self::Found(found) if found.by_id => found.only(),
            _ => None,
        }
    }
}

fn settle(roster: &Roster, identifiers: &Identifiers, id: AccountId) -> Settled {
    let account = roster.account(id);
    let found = identifiers.find(account, roster.app(id).key());
    let Some(decision) = roster.decision(id) else {
        return match (service::by_kind(account), found) {
            (Some(outcome), _) => Settled::Outcome(outcome),
            (None, Some(found)) => Settled::Found(found),
            (None, None) => service::by_role(account).map_or(Settled::Open, Settled::Outcome),
        };
    };
    let named = found.as_ref().and_then(Found::only);
    let mut evidence = vec![Evidence::sure(Fact::Decided)];
    // What the data say now and did not say then.
    let news = named.filter(|person| decision.named.as_deref() != Some(roster.person_key(*person).as_str()));
    let outcome = match &decision.verdict {
        Verdict::Owner { person } => match identifiers.person_named(person) {
            Some(person) => {
                evidence.extend(news.filter(|news| *news != person).map(|news| Evidence::sure(Fact::NowNames(news))));
                Outcome::person_found(person, Method::Decision, 1.0, evidence)
            }
            // The person is in no directory file any more: the decision stands, but names nobody who works here.
            None => Outcome::without_person(
                Link::Nobody,
                vec![Evidence::sure(Fact::DecidedPersonMissing(person.as_str().into()))],
            ),
        },
        other => {
            evidence.extend(news.map(|news| Evidence::sure(Fact::NowNames(news))));
            let link = match other {
                Verdict::Service { .. } => Link::Service,
                Verdict::External => Link::External,
                _ => Link::Nobody,
            };
            Outcome::without_person(link, evidence)
        }
    };
    Settled::Outcome(Outcome { named, ..outcome })
}

/// What a human decided and the data have come to contradict.
pub fn contradictions(roster: &Roster, outcomes: &[Outcome]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (id, outcome) in roster.accounts().zip(outcomes) {
        let account = roster.account(id);
        let said = outcome.evidence().iter().find_map(|evidence| match &evidence.fact {
            Fact::NowNames(person) => {
                Some(format!("its ids or addresses now lead to {}", roster.person(*person).display))
            }
            Fact::DecidedPersonMissing(person) => Some(format!("{person} is in no directory file, or in several")),
            _ => None,
        });
        let Some(said) = said else { continue };
        let message =
            format!("what was decided for {} account {} no longer fits: {said}", roster.app(id), account.key());
        let problem = Diagnostic::new(Code::Contradiction, Severity::Warning, Some(account.place.clone()), message);
        found.push(problem.hint("the decision stands until another one is made"));
    }
    found
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
