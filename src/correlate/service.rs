use super::{Evidence, Fact, Link, Outcome};
use crate::import::{AccountKind, AccountRecord};
use crate::model::{Email, fold_text};
use crate::workspace::Policy;

/// The app itself says that no person is behind the account.
pub(super) fn by_app(account: &AccountRecord) -> Option<Outcome> {
    matches!(account.kind, AccountKind::Service | AccountKind::Bot)
        .then(|| Outcome::without_person(Link::Service, vec![Evidence::sure(Fact::AppSaysService)]))
}

/// A word of the policy stands in the name before the `@` (or in the user name), or begins the display name.
pub(super) fn by_name(account: &AccountRecord, policy: &Policy) -> Option<Outcome> {
    let local = account.email.as_ref().map_or(account.username.as_str(), Email::local);
    let mut said = words(local).into_iter().chain(words(&account.display_name).into_iter().take(1));
    said.find(|word| policy.service_words.contains(word))
        .map(|word| Outcome::without_person(Link::Service, vec![Evidence::sure(Fact::ServiceWord(word))]))
}

fn words(text: &str) -> Vec<String> {
    fold_text(text).split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}
