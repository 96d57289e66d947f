use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::OnceLock;

use super::{AccountId, PersonId, Roster};
use crate::import::PersonKind;
use crate::model::without_invalid;
use crate::workspace::Policy;

/// Mail domains that are the organization's own.
#[derive(Clone, Debug)]
pub struct OwnedDomains(BTreeSet<String>);

/// Domains in which anybody can have an address; the file says where they are from.
const PUBLIC: &str = include_str!("../../assets/names/public-domains.txt");

/// Whether anybody can have an address in a domain: it is never an organization's own.
pub(super) fn is_public(domain: &str) -> bool {
    static KNOWN: OnceLock<HashSet<&str>> = OnceLock::new();
    KNOWN
        .get_or_init(|| PUBLIC.lines().filter(|line| !line.starts_with('#')).collect())
        .contains(without_invalid(domain))
}

/// A domain that may be a former one of the organization: its accounts have namesakes before the `@` of an owned one.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct DomainAlias {
    /// The domain.
    pub domain: String,
    /// The owned one.
    pub owned: String,
    /// The accounts and their namesakes.
    pub accounts: Vec<(AccountId, PersonId)>,
}

impl OwnedDomains {
    /// The declared ones, with the former domains declared; without a declaration, those that members of the directory
    /// share: a domain of one person among many is a contractor's.
    pub fn new(roster: &Roster, policy: &Policy) -> Self {
        let mut owned: BTreeSet<String> = policy.owned_domains.iter().map(|domain| domain.to_lowercase()).collect();
        if owned.is_empty() {
            let mut people: BTreeMap<String, usize> = BTreeMap::new();
            for person in roster.people().map(|person| roster.person(person)) {
                if let Some(email) = person.email.as_ref().filter(|_| person.kind != PersonKind::Guest) {
                    *people.entry(email.domain().to_owned()).or_default() += 1;
                }
            }
            let most = people.values().copied().max().unwrap_or(0);
            // At least two people and one in a hundred of the main domain; in a small company the main one alone.
            let enough = (most / 100).max(2).min(most);
            let counts = |(domain, count): (String, usize)| (count >= enough && !is_public(&domain)).then_some(domain);
            owned = people.into_iter().filter_map(counts).collect();
        }
        owned.extend(policy.domain_aliases.iter().flat_map(|(former, current)| [former.clone(), current.clone()]));
        Self(owned)
    }

    /// The domains, in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// Whether a domain, or one it is a part of, is owned.
    pub fn owns(&self, domain: &str) -> bool {
        let mut rest = Some(without_invalid(domain));
        while let Some(domain) = rest {
            if self.0.contains(domain) {
                return true;
            }
            rest = domain.split_once('.').map(|(_, parent)| parent);
        }
        false
    }
}
