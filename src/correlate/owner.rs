use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{Candidate, Evidence, Fact, Link, Method, Outcome, PersonId, Roster};
use crate::import::{AccountRecord, AltKind};
use crate::model::{Email, fold_name};
use crate::workspace::Policy;

/// People by everything an account can name them by.
pub(super) struct OwnerIndex {
    names: HashMap<String, Vec<PersonId>>,
    ids: HashMap<String, Vec<PersonId>>,
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
                for id in [&record.source_id, &record.username] {
                    note(&mut index.ids, id.to_lowercase(), person);
                }
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
        [&self.ids, &self.addresses].into_iter().find_map(|index| match index.get(&name)?.as_slice() {
            [person] => Some(*person),
            _ => None,
        })
    }

    /// Pass 2: employee number, id of the identity provider.
    pub(super) fn by_identifier(&self, account: &AccountRecord) -> Option<Outcome> {
        account.alt_ids.iter().find_map(|alt| {
            let value = alt.value.to_lowercase();
            let (found, method, fact) = match alt.kind {
                AltKind::EmployeeId => {
                    (self.employee_ids.get(&value), Method::EmployeeId, Fact::SameEmployeeId(alt.value.clone()))
                }
                // Some connectors put the employee number into the external id.
                AltKind::ExternalId => (
                    self.ids.get(&value).or_else(|| self.employee_ids.get(&value)),
                    Method::ExternalId,
                    Fact::SameExternalId(alt.value.clone()),
                ),
                AltKind::SecondaryEmail => return None,
            };
            self.settle(found?, method, SURE_ID, fact)
        })
    }

    /// Pass 3: every address of the account against every address of the people.
    pub(super) fn by_address(&self, account: &AccountRecord) -> Option<Outcome> {
        let find = |index: &HashMap<String, Vec<PersonId>>, key: String, method, sure, fact: Fact| {
            self.settle(index.get(&key)?, method, sure, fact)
        };
        let exact = |address: &Email| {
            let text = address.as_str().to_owned();
            find(&self.primary, text.clone(), Method::Email, SURE_EMAIL, Fact::SameEmail(text.clone()))
                .or_else(|| find(&self.addresses, text.clone(), Method::Alias, SURE_ALIAS, Fact::SameAlias(text)))
        };
        let folded = |address: &Email| {
            let mailbox = address.mailbox();
            find(&self.mailboxes, mailbox.clone(), Method::Alias, SURE_ALIAS, Fact::SameMailbox(mailbox))
        };
        let addresses: Vec<Email> = account.addresses().collect();
        let by_login = || {
            self.settle(
                self.ids.get(&account.username.to_lowercase())?,
                Method::Alias,
                SURE_ALIAS,
                Fact::SameAlias(account.username.clone()),
            )
        };
        addresses.iter().find_map(exact).or_else(|| addresses.iter().find_map(folded)).or_else(by_login)
    }

    /// Pass 4: the same name before the `@` in a former domain, where the user declared which domain replaced it.
    pub(super) fn by_domain_alias(&self, account: &AccountRecord) -> Option<Outcome> {
        account.addresses().find_map(|address| {
            let owned = self.domain_aliases.get(address.domain())?;
            let found = self.addresses.get(&format!("{}@{owned}", address.local()))?;
            let fact = Fact::SameLocalPart { domain: address.domain().to_owned(), owned: owned.clone() };
            self.settle(found, Method::DomainAlias, SURE_DOMAIN_ALIAS, fact)
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
        for person in named.into_iter().flatten() {
            add(*person, Fact::SameName(account.display_name.clone()), NAME);
        }
        for address in account.addresses() {
            // A short local part ("it", "hr") says little.
            for (person, owned) in self.locals.get(address.local()).into_iter().flatten() {
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

    /// One person is a link; several are a question.
    fn settle(&self, found: &[PersonId], method: Method, sure: f64, fact: Fact) -> Option<Outcome> {
        let mut evidence = vec![Evidence::sure(fact)];
        let (link, confidence) = match found {
            [] => return None,
            [person] => (Link::Person(*person), sure),
            people => {
                // Nothing tells them apart: each is as likely as the others.
                let share = 1.0 / people.len() as f64;
                evidence.push(Evidence { fact: Fact::SharedBy(people.len()), weight: None });
                let candidate = |person: &PersonId| Candidate {
                    person: *person,
                    method,
                    confidence: share,
                    evidence: evidence.clone(),
                };
                let mut candidates: Vec<Candidate> = people.iter().map(candidate).collect();
                self.rank(&mut candidates);
                (Link::Review(candidates), share)
            }
        };
        Some(Outcome { link, method: Some(method), confidence, evidence, keep: None })
    }
}

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
