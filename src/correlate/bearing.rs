//! Whether the name an account bears is that of a person who was found by something else.

use super::PersonId;
use super::agreement::{Agreement, Level, compare, contains_short};
use super::blocks::former_key;
use super::local::Local;
use super::matcher::Matcher;
use super::names::{PersonName, WordId, Words};
use super::nicknames::bond;
use super::traits::shown_name;
use crate::import::AccountRecord;

/// A name that is not that of the holder of an address.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum OtherName {
    /// Neither the given name nor the surname is the holder's.
    Whole,
    /// Somebody else's, for all that is known.
    Another,
    /// Another given name beside the holder's surname, at an address that names the holder in full: whoever had it before was
    /// called as the holder is.
    AtOwnAddress,
}

/// How sure a name makes that an account is a person's.
#[derive(Debug, Eq, PartialEq)]
pub(super) enum Stance {
    /// It is the person's own, however it is spelled.
    Own,
    /// It is a form of it.
    Sure,
    /// The given name is near, or the order turned: it may be another person's. Of surnames the question itself takes care.
    Near,
    /// The person's name is short for it, by this word.
    Longer(WordId),
    /// It is in these signs, which several names are spelled as.
    Signs(String),
}

impl Matcher<'_> {
    /// Whether the account bears a name that cannot be that of the holder of its address: another given name, or another family
    /// name that is not what the address is made of, as the one from before a marriage is.
    pub(super) fn bears_other_name(&mut self, account: &AccountRecord, person: PersonId) -> Option<OtherName> {
        let words = self.lexicon.words(shown_name(account));
        // One word is no full name, and words such as "support team" are none at all.
        if words.list.len() < 2 || self.is_service(account).is_some() {
            return None;
        }
        let mut name = self.reader().best(&words, self.names(person));
        if name == Agreement::NONE {
            name = self.reader().best_spelled(&words, self.names(person));
        }
        let local = account.email.as_ref().map_or_else(String::new, |email| Local::new(email.local()).letters);
        let made_of = |word: &WordId| {
            let plain = &*self.lexicon.word(*word).plain;
            plain.len() > 2 && local.contains(plain)
        };
        let mut others = words.list.iter().filter(|word| Some(**word) != name.given.with);
        let other_family = name.family.level == Level::Different && !others.any(made_of);
        // A word nobody is known to be called by, beside the right surname and at an address that names the holder in full, is a
        // form of the name no list knows.
        let in_full = name.family.level.agrees() && self.names(person).iter().flat_map(|name| &name.given).any(made_of);
        let known =
            |word: &WordId| name.family.with != Some(*word) && self.lexicon.is_name(&self.lexicon.word(*word).plain);
        let other_given = name.given.level == Level::Different
            && !self.is_form(&words, person)
            && (!in_full || words.list.iter().any(known));
        match (other_family, other_given) {
            (true, true) => Some(OtherName::Whole),
            (true, _) => Some(OtherName::Another),
            (_, true) if in_full => Some(OtherName::AtOwnAddress),
            (_, true) => Some(OtherName::Another),
            _ => None,
        }
    }

    /// Somebody who left whose own local part is this one with something added, and is made of a name like it: the first
    /// holder of an address that was given again.
    pub(super) fn former_holder(&self, local: &str, holder: PersonId) -> Option<PersonId> {
        let read = Local::new(local);
        // A given name alone is what many may have had before the `@`.
        let fits = |person: &PersonId| {
            let mut read = self.names(*person).iter().filter_map(|name| read.agrees(name));
            read.any(Agreement::is_full)
        };
        self.blocks.of(former_key(&read.whole)).filter(|person| *person != holder).find(fits)
    }

    /// Whether the account bears the full name of a person.
    pub(super) fn bears_full_name(&mut self, account: &AccountRecord, person: PersonId) -> bool {
        let words = self.lexicon.words(shown_name(account));
        self.is_full_name(&words, person)
    }

    /// Whether the account bears the full name of one person, and not of another.
    pub(super) fn bears_name_of(&mut self, account: &AccountRecord, person: PersonId, other: PersonId) -> bool {
        let words = self.lexicon.words(&account.display_name);
        self.is_full_name(&words, person) && !self.is_full_name(&words, other)
    }

    fn is_full_name(&self, words: &Words, person: PersonId) -> bool {
        self.reader().best(words, self.names(person)).is_full()
    }

    /// How sure the name of an account makes that it is a person's, whom it was found to be by that alone.
    pub(super) fn stance(&mut self, account: &AccountRecord, app: &str, person: PersonId) -> Stance {
        let traits = self.traits(account, app);
        let like = self.reader().likeness(&traits, self.names(person));
        let given = like.name.given.level;
        let signs = || traits.words.list.iter().filter(|word| self.lexicon.glance(**word).has_no_spelling);
        let is_longer =
            |own: WordId, with: WordId| self.lexicon.word(with).plain.len() > self.lexicon.word(own).plain.len();
        if like.is_turned || matches!(given, Level::Cognate | Level::Typo) {
            Stance::Near
        } else if given == Level::Nickname
            && let (Some(own), Some(with)) = (like.name.given.word, like.name.given.with)
            && is_longer(own, with)
        {
            Stance::Longer(with)
        } else if given == Level::Romanized && signs().next().is_some() {
            let mut written: Vec<&str> = signs().map(|word| &*self.lexicon.word(*word).signs).collect();
            written.sort_unstable();
            Stance::Signs(written.concat())
        } else if given.is_equal() && like.name.family.level.is_equal() {
            Stance::Own
        } else {
            Stance::Sure
        }
    }

    /// Whether the names of two accounts are two: Margaret Dunmow and Michael Dunmow, both of whom M. Dunmow may be.
    pub(super) fn bear_two_names(&mut self, account: &AccountRecord, other: &AccountRecord) -> bool {
        let words = self.lexicon.full_name(shown_name(account));
        let name = PersonName::from_display(&mut self.lexicon, shown_name(other));
        let Some(name) = name.filter(|name| words.list.len() > 1 && name.given.len() + name.family.len() > 1) else {
            return false;
        };
        let found = compare(&self.lexicon, &words, &name);
        [found.given, found.family].iter().any(|part| part.level == Level::Different)
    }

    /// Whether two given names are forms of one: Alexander and Alexandra are not, though Alex may be either.
    pub(super) fn are_forms(&self, a: WordId, b: WordId) -> bool {
        let (a, b) = (self.lexicon.word(a), self.lexicon.word(b));
        a.sound == b.sound || bond(&a.nicknames, &b.nicknames).is_some()
    }

    /// Deepa and Deepika, Tunde and Babatunde: a given name cut short or lengthened in a way no list knows. Where both are names
    /// of their own, as Michael and Michelle are, they are two.
    fn is_form(&self, words: &Words, person: PersonId) -> bool {
        let plain = |word: &WordId| &*self.lexicon.word(*word).plain;
        let own: Vec<&str> = self.names(person).iter().flat_map(|name| &name.given).map(plain).collect();
        let is_form = |own: &str, other: &str| {
            let begins = own.get(..4).is_some_and(|start| other.starts_with(start));
            let known = self.lexicon.is_given(own) && self.lexicon.is_given(other);
            (begins && !known) || contains_short(own, other)
        };
        words.list.iter().map(plain).any(|other| own.iter().any(|own| is_form(own, other)))
    }

    /// Whether an account bears a name of several words that is a person's.
    pub(super) fn bears_name(&mut self, account: &AccountRecord) -> bool {
        self.lexicon.words(&account.display_name).list.len() > 1 && self.is_service(account).is_none()
    }
}
