use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::Analysis;
use crate::correlate::{Fact, OwnedDomains, service_words};
use crate::model::AppName;
use crate::workspace::{Policy, ServiceClass};

/// What can be set, beside what is in force.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Every app there is.
    pub apps: Vec<AppThreshold>,
    /// Domains that count as the organization's own.
    pub domains: Vec<OwnedDomain>,
    /// Former domains, and those that replaced them.
    pub former: Vec<(String, String)>,
    /// Words that mark accounts here as no person's, those of most accounts first; then what was added or switched off and
    /// marks none.
    pub words: Vec<ServiceWord>,
}

/// Days without activity after which a seat of an app counts as unused.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct AppThreshold {
    /// The app's name.
    pub app: String,
    /// Its key.
    pub key: String,
    /// Its own threshold, if it has one.
    pub days: Option<u32>,
}

/// A domain that counts as the organization's own.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct OwnedDomain {
    /// The domain.
    pub domain: String,
    /// It was declared; otherwise people of the directory share it.
    pub declared: bool,
    /// People of the directory whose main address is in it.
    pub people: usize,
}

/// A word that marks an account as no person's.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ServiceWord {
    /// The word, or several.
    pub word: String,
    /// What it stands for.
    pub class: ServiceClass,
    /// Accounts it marks now.
    pub accounts: usize,
    /// It was added by a user.
    pub added: bool,
    /// It was switched off.
    pub off: bool,
}

impl Settings {
    /// Collects what is in force.
    pub fn new(analysis: &Analysis) -> Self {
        let (roster, policy) = (&analysis.roster, &analysis.workspace.policy);
        let apps: BTreeSet<&AppName> = roster.accounts().map(|id| roster.app(id)).collect();
        let threshold = |app: &AppName| AppThreshold {
            app: app.to_string(),
            key: app.key().to_owned(),
            days: policy.unused_after_days_by_app.get(app.key()).copied(),
        };
        let mut people: BTreeMap<&str, usize> = BTreeMap::new();
        for address in roster.people().filter_map(|person| roster.person(person).email.as_ref()) {
            *people.entry(address.domain()).or_default() += 1;
        }
        let owned = |domain: &str| OwnedDomain {
            domain: domain.to_owned(),
            declared: policy.owned_domains.iter().any(|known| known.eq_ignore_ascii_case(domain)),
            people: people.get(domain).copied().unwrap_or(0),
        };
        let former = &policy.domain_aliases;
        let domains = OwnedDomains::new(roster, policy);
        Self {
            apps: apps.into_iter().map(threshold).collect(),
            domains: domains.iter().filter(|domain| !former.contains_key(*domain)).map(owned).collect(),
            former: former.iter().map(|(former, owned)| (former.clone(), owned.clone())).collect(),
            words: words_in_force(analysis, policy),
        }
    }
}

fn words_in_force(analysis: &Analysis, policy: &Policy) -> Vec<ServiceWord> {
    let mut counts: BTreeMap<&str, (ServiceClass, usize)> = BTreeMap::new();
    for evidence in analysis.outcomes.iter().flat_map(|outcome| outcome.evidence()) {
        if let Fact::ServiceWord { word, class } = &evidence.fact {
            counts.entry(word).or_insert((*class, 0)).1 += 1;
        }
    }
    for (word, class) in &policy.service_words {
        counts.entry(word).or_insert((*class, 0));
    }
    for (word, class, _) in service_words() {
        if policy.service_words_off.contains(*word) {
            counts.entry(word).or_insert((*class, 0));
        }
    }
    let mut words: Vec<ServiceWord> =
        counts.into_iter().map(|(word, (class, accounts))| service_word(policy, word, class, accounts)).collect();
    words.sort_by(|a, b| b.accounts.cmp(&a.accounts).then_with(|| a.word.cmp(&b.word)));
    words
}

fn service_word(policy: &Policy, word: &str, class: ServiceClass, accounts: usize) -> ServiceWord {
    ServiceWord {
        word: word.to_owned(),
        class,
        accounts,
        added: policy.service_words.contains_key(word),
        off: policy.service_words_off.contains(word),
    }
}

/// Words the program knows that contain a text, with how many there are in all.
pub fn find_service_words(policy: &Policy, text: &str, most: usize) -> (Vec<ServiceWord>, usize) {
    let text = text.trim().to_lowercase();
    let found = || service_words().iter().filter(|(word, ..)| word.contains(&text));
    let some = found().take(most).map(|(word, class, _)| service_word(policy, word, *class, 0));
    (some.collect(), found().count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found() {
        let policy = Policy { service_words_off: ["helpdesk".into()].into(), ..Policy::default() };
        let (found, all) = find_service_words(&policy, " Helpd", 3);
        let shown: Vec<String> =
            found.iter().map(|word| format!("{} {:?} {}", word.word, word.class, word.off)).collect();
        assert!(shown.contains(&"helpdesk Shared true".to_owned()), "{shown:?}");
        assert!(all >= found.len() && found.len() <= 3);
    }
}
