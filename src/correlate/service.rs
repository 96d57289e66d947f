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
    let local = spaced(account.email.as_ref().map_or(account.username.as_str(), Email::local));
    let name = spaced(&account.display_name);
    let said = policy.service_words.iter().find(|word| {
        let word = spaced(word);
        !word.trim().is_empty() && (local.contains(&word) || name.starts_with(&word))
    })?;
    Some(Outcome::without_person(Link::Service, vec![Evidence::sure(Fact::ServiceWord(said.clone()))]))
}

/// Folded words with a space on each side, so that words and runs of words can be looked for.
fn spaced(text: &str) -> String {
    let folded = fold_text(text);
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    format!(" {} ", words.join(" "))
}
