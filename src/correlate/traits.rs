//! What an account tells of its owner.

use std::sync::Arc;

use super::PersonId;
use super::agreement::{Agreement, Level};
use super::local::Local;
use super::model::LocalLevel;
use super::names::{Words, without_remarks};
use crate::import::{AccountRecord, DirectoryRecord};
use crate::model::{Email, fold_text};

/// What an account tells of its owner.
pub(super) struct Traits<'a> {
    pub(super) account: &'a AccountRecord,
    pub(super) words: Words,
    /// The same with two neighbors in one.
    pub(super) joined: Vec<Words>,
    /// The display name is a name in several words, or in one of a script without spaces.
    pub(super) is_named: bool,
    /// The display name names two people.
    pub(super) is_several: bool,
    pub(super) locals: Vec<LocalName>,
    /// Something in it marks what a person administers with.
    pub(super) is_marked: bool,
    /// Something in it marks a second account of a person: that, or another organization.
    pub(super) is_second: bool,
    /// What in it marks somebody of another organization.
    pub(super) outsider: Option<String>,
    /// The display name and what stands beside it, but for single names.
    pub(super) remarks: Vec<String>,
    /// Surnames stand first: in the app as a rule, or here by capitals.
    pub(super) is_family_first: bool,
    pub(super) department: String,
}

/// What stands before the `@`, or a sign-in name, and who has it.
pub(super) struct LocalName {
    pub(super) local: Local,
    /// Its words, where it has several.
    pub(super) words: Option<Words>,
    /// A number in it may tell namesakes apart.
    pub(super) has_number: bool,
    /// Those who have exactly it.
    pub(super) owners: Vec<PersonId>,
    /// Those who have it without a word that marks a second account.
    pub(super) alike: Vec<PersonId>,
}

/// What marks a second account of a person.
pub(super) const AFFIXES: [&str; 9] = ["a", "adm", "admin", "da", "priv", "root", "sa", "su", "tier0"];

impl LocalName {
    /// How it goes with the names of somebody who does not have it, of whose names it was read so.
    pub(super) fn level(&self, read: Option<Agreement>) -> LocalLevel {
        let fits = |read: Agreement| read.given.level != Level::Different && read.family.level != Level::Different;
        match read {
            Some(read) if read.is_full() => LocalLevel::Fits,
            _ if !self.owners.is_empty() => LocalLevel::Against,
            Some(read) if fits(read) => LocalLevel::Fits,
            Some(Agreement { given, family }) if given.level == family.level => LocalLevel::Against,
            _ => LocalLevel::Silent,
        }
    }
}

impl Traits<'_> {
    /// What it says that somebody has the local part or the sign-in name, if that is so.
    pub(super) fn holding(&self, person: PersonId) -> Option<LocalLevel> {
        if self.locals.iter().any(|local| local.owners.contains(&person)) {
            return Some(LocalLevel::Own);
        }
        self.locals.iter().any(|local| local.alike.contains(&person)).then_some(LocalLevel::Fits)
    }

    /// It bears any name at all.
    pub(super) fn has_words(&self) -> bool {
        !self.words.list.is_empty()
    }

    /// The domain of its address.
    pub(super) fn domain(&self) -> Option<Arc<str>> {
        self.account.addresses().next().map(|address| address.domain().into())
    }
}

/// Whether two people share a name: `Ann Lee & Tom Wu`, `Ann Lee on behalf of Tom Wu`. What stands in brackets or behind a dash
/// is no name.
pub(super) fn names_several(name: &str) -> bool {
    let name = without_remarks(name).to_lowercase();
    let name = name.split(" - ").next().unwrap_or_default();
    // Of a department behind a slash there is one word.
    let is_full = |part: &str| part.split_whitespace().count() > 1;
    name.contains(['&', '+'])
        || (name.contains('/') && name.split('/').all(is_full))
        || name.contains(" behalf of ")
        || name.split_whitespace().any(|word| matches!(word, "and" | "und" | "et" | "for"))
}

/// Whether a name says that it is a second account's: `Ann Lee (Admin)`. Shorter marks are names as well.
pub(super) fn is_marked(name: &str) -> bool {
    let name = name.to_lowercase();
    let mut words = name.split(|c: char| !c.is_alphanumeric());
    words.any(|word| word.len() > 2 && AFFIXES.contains(&word))
}

/// Whether an entry of the directory is what somebody administers or tests with: `Lee, Ann (Admin)`, `adm.ann.lee`. Who has a number of
/// an employee is somebody.
pub(super) fn is_second_entry(entry: &DirectoryRecord) -> bool {
    let shown = entry.display.to_lowercase();
    let ends = |mark: &str| {
        [" - ", "(", "["].iter().any(|before| shown.contains(&format!("{before}{mark}")))
            || shown.ends_with(&format!(" {mark}"))
    };
    let login = entry.username.to_lowercase();
    let local = login.split('@').next().unwrap_or_default();
    let is_mark = |word: &str| word.len() > 1 && AFFIXES.contains(&word);
    let by_login = local.split_once(is_separator).is_some_and(|(first, _)| is_mark(first))
        || local.rsplit_once(is_separator).is_some_and(|(_, last)| is_mark(last));
    entry.employee_id.is_empty() && (by_login || ["adm", "admin", "test"].iter().any(|mark| ends(mark)))
}

/// The sign-in name of an account without a domain, or what stands before the `@` of its address.
pub(super) fn login(account: &AccountRecord) -> Option<&str> {
    let username = account.username.split('@').next().filter(|login| !login.is_empty());
    username.or(account.email.as_ref().map(Email::local))
}

/// What stands between the words of a local part.
pub(super) fn is_separator(c: char) -> bool {
    matches!(c, '.' | '_' | '-')
}

/// The name an account is shown by; empty where that is an address, the sign-in name, or what stands in for a name.
pub(super) fn shown_name(account: &AccountRecord) -> &str {
    let shown = account.display_name.as_str();
    let is_login = shown.eq_ignore_ascii_case(&account.username) && !shown.contains(char::is_whitespace);
    let is_filler = || FILLERS.contains(&fold_text(shown).trim());
    if is_login || Email::parse(shown).is_some() || is_filler() { "" } else { shown }
}

/// What programs write where nobody has told a name. "Null" alone may be a surname.
const FILLERS: [&str; 14] = [
    "undefined undefined",
    "undefined",
    "null null",
    "none none",
    "nan nan",
    "n/a",
    "n/a n/a",
    "no name",
    "not set",
    "unknown unknown",
    "unknown user",
    "first last",
    "first name last name",
    "firstname lastname",
];

/// Whether of two words the first is in capitals alone, as a surname is: `ELLIS Morgan`.
pub(super) fn has_capitals_first(name: &str) -> bool {
    let mut words = name.split_whitespace();
    let is_capital = |word: &str| word.chars().count() > 2 && !word.chars().any(char::is_lowercase);
    let (first, second) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    is_capital(first) && !second.is_empty() && !is_capital(second)
}
