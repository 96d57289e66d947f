use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{Candidate, Evidence, Fact, Link, Method, Outcome, PersonId, Roster};
use crate::import::{AccountRecord, AltId, AltKind};
use crate::model::{Email, fold_name};
use crate::workspace::Policy;

/// People by everything an account can name them by.
pub(super) struct OwnerIndex {
    names: HashMap<String, Vec<PersonId>>,
    ids: HashMap<String, Vec<PersonId>>,
    usernames: HashMap<String, Vec<PersonId>>,
    employee_ids: HashMap<String, Vec<PersonId>>,
    primary: HashMap<String, Vec<PersonId>>,
    addresses: HashMap<String, Vec<PersonId>>,
    mailboxes: HashMap<String, Vec<PersonId>>,
    locals: HashMap<String, Vec<(PersonId, String)>>,
    domain_aliases: BTreeMap<String, String>,
    /// People who left or are suspended.
    gone: BTreeSet<PersonId>,
}

// How sure each way is that leads to one person alone. They are shown and sorted by, never added up: ids are given once;
// addresses are sometimes given again to another person; a former domain rests on a declaration.
const SURE_ID: f64 = 0.999;
const SURE_EMAIL: f64 = 0.998;
const SURE_ALIAS: f64 = 0.995;
const SURE_DOMAIN_ALIAS: f64 = 0.98;
/// A name alone, held by one person here: enough to ask, never enough to link.
const NAME: f64 = 0.7;
/// The same name before the `@` in a domain nobody declared.
const LOCAL_PART: f64 = 0.6;

impl OwnerIndex {
    pub(super) fn new(roster: &Roster, policy: &Policy) -> Self {
        let mut index = Self {
            names: HashMap::new(),
            ids: HashMap::new(),
            usernames: HashMap::new(),
            employee_ids: HashMap::new(),
            primary: HashMap::new(),
            addresses: HashMap::new(),
            mailboxes: HashMap::new(),
            locals: HashMap::new(),
            domain_aliases: policy.domain_aliases.clone(),
            gone: roster.people().filter(|person| roster.status(*person).is_gone()).collect(),
        };
        for person in roster.people() {
            for record in roster.records(person) {
                note(&mut index.ids, record.source_id.to_lowercase(), person);
                note(&mut index.usernames, record.username.to_lowercase(), person);
                note(&mut index.employee_ids, record.employee_id.to_lowercase(), person);
                for name in [record.display.clone(), format!("{} {}", record.given, record.family)] {
                    note(&mut index.names, fold_name(&name), person);
                }
                if let Some(email) = &record.email {
                    note(&mut index.primary, email.as_str().to_owned(), person);
                }
                let username = Email::parse(&record.username);
                for address in record.email.iter().chain(&record.aliases).chain(&username) {
                    note(&mut index.addresses, address.as_str().to_owned(), person);
                    note(&mut index.mailboxes, address.mailbox(), person);
                    let locals = index.locals.entry(address.local().to_owned()).or_default();
                    if !locals.iter().any(|(known, domain)| *known == person && domain == address.domain()) {
                        locals.push((person, address.domain().to_owned()));
                    }
                }
            }
        }
        index
    }

    /// A person by directory id, sign-in name or address.
    pub(super) fn person_named(&self, name: &str) -> Option<PersonId> {
        let name = name.to_lowercase();
        [&self.ids, &self.usernames, &self.addresses].into_iter().find_map(|index| match index.get(&name)?.as_slice() {
            [person] => Some(*person),
            _ => None,
        })
    }

    /// Passes 2 and 3: employee number and id of the identity provider, then every address of the account against every
    /// address of the people, exact, then as a mailbox, then the sign-in name.
    ///
    /// What an earlier pass finds stands, unless an exact address says otherwise: then it is a question, as it is where one
    /// pass leads to several people.
    pub(super) fn by_id_or_address(&self, account: &AccountRecord) -> Option<Outcome> {
        let identifiers: Vec<Hit<'_>> = account.alt_ids.iter().filter_map(|alt| self.by_identifier(alt)).collect();
        let addresses: Vec<Email> = account.addresses().collect();
        let exact: Vec<Hit<'_>> = addresses.iter().filter_map(|address| self.by_address(address)).collect();
        if !identifiers.is_empty() {
            return self.settle(identifiers.into_iter().chain(exact), SURE_ID);
        }
        if !exact.is_empty() {
            let primary = addresses.iter().any(|address| self.primary.contains_key(address.as_str()));
            return self.settle(exact.into_iter(), if primary { SURE_EMAIL } else { SURE_ALIAS });
        }
        let mailboxes = addresses.iter().filter_map(|address| {
            let mailbox = address.mailbox();
            Some((self.mailboxes.get(&mailbox)?.as_slice(), Method::Alias, Fact::SameMailbox(mailbox)))
        });
        let login = self.usernames.get(&account.username.to_lowercase());
        let login = login.map(|people| (people.as_slice(), Method::Alias, Fact::SameAlias(account.username.clone())));
        self.settle(mailboxes, SURE_ALIAS).or_else(|| self.settle(login.into_iter(), SURE_ALIAS))
    }

    fn by_identifier(&self, alt: &AltId) -> Option<Hit<'_>> {
        let value = alt.value.to_lowercase();
        match alt.kind {
            AltKind::EmployeeId => {
                let people = self.employee_ids.get(&value)?;
                Some((people, Method::EmployeeId, Fact::SameEmployeeId(alt.value.clone())))
            }
            // Some connectors put the employee number into the external id.
            AltKind::ExternalId => {
                let people = self.ids.get(&value).or_else(|| self.employee_ids.get(&value))?;
                Some((people, Method::ExternalId, Fact::SameExternalId(alt.value.clone())))
            }
            AltKind::SecondaryEmail => None,
        }
    }

    /// Everybody who has an address, as the main one or another.
    fn by_address(&self, address: &Email) -> Option<Hit<'_>> {
        let people = self.addresses.get(address.as_str())?;
        let text = address.to_string();
        Some(if self.primary.contains_key(address.as_str()) {
            (people, Method::Email, Fact::SameEmail(text))
        } else {
            (people, Method::Alias, Fact::SameAlias(text))
        })
    }

    /// Pass 4: the same name before the `@` in a former domain, where the user declared which domain replaced it.
    pub(super) fn by_domain_alias(&self, account: &AccountRecord) -> Option<Outcome> {
        account.addresses().find_map(|address| {
            let owned = self.domain_aliases.get(address.domain())?;
            let found = self.addresses.get(&format!("{}@{owned}", address.local()))?;
            let fact = Fact::SameLocalPart { domain: address.domain().to_owned(), owned: owned.clone() };
            self.settle(std::iter::once((found.as_slice(), Method::DomainAlias, fact)), SURE_DOMAIN_ALIAS)
        })
    }

    /// Who may own an account that no address links: people of the same full name, or of the same name before the `@` in
    /// another domain. Best first; never a link by itself.
    pub(super) fn candidates(&self, account: &AccountRecord) -> Vec<Candidate> {
        let name = fold_name(&account.display_name);
        // One word is not a full name.
        let named = if name.contains(' ') { self.names.get(&name) } else { None };
        let mut facts: BTreeMap<PersonId, Vec<Evidence>> = BTreeMap::new();
        let mut add = |person: PersonId, fact: Fact, chance: f64| {
            facts.entry(person).or_default().push(Evidence { fact, weight: Some(bits(chance)) });
        };
        for person in named.into_iter().flatten().take(MOST_CANDIDATES) {
            add(*person, Fact::SameName(account.display_name.clone()), NAME);
        }
        for address in account.addresses() {
            // A short local part ("it", "hr") says little.
            for (person, owned) in self.locals.get(address.local()).into_iter().flatten().take(MOST_CANDIDATES) {
                if address.local().len() > 3 && owned != address.domain() {
                    let fact =
                        Fact::SameLocalPartElsewhere { domain: address.domain().to_owned(), owned: owned.clone() };
                    add(*person, fact, LOCAL_PART);
                }
            }
        }
        let rivals = facts.len();
        let mut candidates: Vec<Candidate> = facts
            .into_iter()
            .map(|(person, mut evidence)| {
                let weight: f64 = evidence.iter().filter_map(|evidence| evidence.weight).sum();
                let method = match evidence.first().map(|evidence| &evidence.fact) {
                    Some(Fact::SameName(_)) => Method::Name,
                    _ => Method::DomainAlias,
                };
                if rivals > 1 {
                    evidence.push(Evidence { fact: Fact::SharedBy(rivals), weight: None });
                }
                Candidate { person, method, confidence: chance(weight), evidence }
            })
            .collect();
        // The chances of rivals are shared out: only one of them can own the account.
        let sum: f64 = candidates.iter().map(|candidate| candidate.confidence).sum();
        if sum > 1.0 {
            candidates.iter_mut().for_each(|candidate| candidate.confidence /= sum);
        }
        self.rank(&mut candidates);
        candidates
    }

    /// The best first. Of equals, somebody who works here is the more useful question.
    fn rank(&self, candidates: &mut [Candidate]) {
        let gone = |candidate: &Candidate| self.gone.contains(&candidate.person);
        candidates.sort_by(|a, b| {
            b.confidence.total_cmp(&a.confidence).then(gone(a).cmp(&gone(b))).then(a.person.cmp(&b.person))
        });
    }

    /// All that was found leads to one person: a link. To several: a question.
    fn settle<'a>(&self, found: impl Iterator<Item = Hit<'a>>, sure: f64) -> Option<Outcome> {
        let mut people: Vec<PersonId> = Vec::new();
        let mut method = None;
        let mut evidence = Vec::new();
        for (owners, by, fact) in found {
            method.get_or_insert(by);
            evidence.push(Evidence::sure(fact));
            for owner in owners {
                if !people.contains(owner) {
                    people.push(*owner);
                }
            }
        }
        let method = method?;
        let (link, confidence) = match people.as_slice() {
            [] => return None,
            [person] => (Link::Person(*person), sure),
            people => {
                // Nothing tells them apart: each is as likely as the others.
                let share = 1.0 / people.len() as f64;
                evidence.push(Evidence { fact: Fact::SharedBy(people.len()), weight: None });
                let candidates = people.iter().take(MOST_CANDIDATES).map(|person| Candidate {
                    person: *person,
                    method,
                    confidence: share,
                    evidence: evidence.clone(),
                });
                let mut candidates: Vec<Candidate> = candidates.collect();
                self.rank(&mut candidates);
                (Link::Review(candidates), share)
            }
        };
        Some(Outcome { link, method: Some(method), confidence, evidence, keep: None })
    }
}

/// People found for something of an account, how, and by what.
type Hit<'a> = (&'a [PersonId], Method, Fact);

/// Nobody looks through more candidates than this; a placeholder name may be shared by thousands.
const MOST_CANDIDATES: usize = 10;

fn bits(chance: f64) -> f64 {
    (chance / (1.0 - chance)).log2()
}

fn chance(bits: f64) -> f64 {
    1.0 / (1.0 + (-bits).exp2())
}

fn note(index: &mut HashMap<String, Vec<PersonId>>, key: String, person: PersonId) {
    if !key.is_empty() {
        let people = index.entry(key).or_default();
        if !people.contains(&person) {
            people.push(person);
        }
    }
}
