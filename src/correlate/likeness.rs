//! How an account goes with the names of a person.

use std::collections::HashSet;

use super::Unlike;
use super::agreement::{Agreement, Level, Part, compare, compare_words, differ_as_spouses};
use super::borne::is_given_name;
use super::frequencies::Frequencies;
use super::local::Local;
use super::model::LocalLevel;
use super::names::{Lexicon, PersonName, Word, WordId, Words};
use super::nicknames::{Bond, bond, is_full};
use super::traits::{LocalName, Traits, is_separator};

/// How an account goes with the names a person goes by: all that namesakes have in common.
#[derive(Clone, Copy, Debug)]
pub(super) struct Likeness {
    /// How the names agree.
    pub(super) name: Agreement,
    /// How what stands before the `@` goes with the names, whoever has it.
    pub(super) local: Option<LocalLevel>,
    /// It is made of the name and a number, as a namesake's is. Where it is made of something else, digits say nothing.
    pub(super) local_numbered: bool,
    /// What tells of somebody else, if something does.
    pub(super) unlike: Option<Unlike>,
    /// A word before the `@` is no part of the name, nor a name or a department.
    pub(super) has_stranger: bool,
    /// All of a name that is one word.
    pub(super) is_whole: bool,
    /// The two names stand in the other order, and each is usual as either: Thomas James need not be James Thomas.
    pub(super) is_turned: bool,
    /// The given name it bears is one of its own, or longer than the person's, and may be another's: Anna beside Anke, Jan-Ole beside Jan.
    pub(super) is_other_given: bool,
    /// The chances of somebody else's names to agree as much.
    pub(super) given_chance: f64,
    pub(super) family_chance: f64,
}

/// One name in a hundred is written in the other order. Where the order as it stands is less likely than that, by how the names are
/// usually borne, it is the other one: Wagner Manfred is Manfred Wagner. In tenths of a power of ten.
const TURNED: i8 = 20;

/// Reads accounts against names.
pub(super) struct Reader<'a> {
    pub(super) lexicon: &'a Lexicon,
    pub(super) frequencies: &'a Frequencies,
    /// Words of departments.
    pub(super) departments: &'a HashSet<String>,
}

impl Reader<'_> {
    /// How an account goes with the names a person goes by.
    pub(super) fn likeness(&self, traits: &Traits<'_>, names: &[PersonName]) -> Likeness {
        let (mut read, mut local) = (None::<Agreement>, None::<LocalLevel>);
        let mut local_numbered = false;
        for own in &traits.locals {
            let found = self.name_in(own, names);
            read = read.into_iter().chain(found).min_by_key(|agreement| agreement.rank());
            local = local.into_iter().chain([own.level(found)]).min();
            local_numbered |= own.has_number && found.is_some_and(Agreement::is_full);
        }
        let mut name = self.name(traits, names, read);
        // Somebody shown under another surname whose address is made of the person's full name: that of before a marriage, or a
        // mistake.
        let in_full = |read: &Agreement| read.given.level <= Level::Part && read.family.level <= Level::Part;
        let is_renamed = name.given.level.agrees() && name.family.level == Level::Different;
        let renamed = read.filter(|read| is_renamed && in_full(read));
        if let Some(read) = renamed {
            name = read;
        }
        let (given_chance, family_chance) = self.frequencies.chances(self.lexicon, name.given, name.family);
        Likeness {
            name,
            local,
            local_numbered,
            unlike: self.unlike(traits, name, names).or(renamed.map(|_| Unlike::Renamed)),
            has_stranger: name.is_full() && traits.locals.iter().any(|local| self.has_stranger(local, names)),
            is_whole: is_whole(traits, name, names),
            is_turned: self.is_turned(traits, name, names),
            is_other_given: self.is_other_given(traits, name, names),
            given_chance,
            family_chance,
        }
    }

    /// The best agreement of a name the account bears with a name of the person: of its display name, or else of what was `read`
    /// before the `@`.
    fn name(&self, traits: &Traits<'_>, names: &[PersonName], read: Option<Agreement>) -> Agreement {
        let of = |words: &Words| self.best(words, names);
        if traits.is_named {
            let shown = best_of(std::iter::once(&traits.words).chain(&traits.joined).map(of));
            // A name in signs that cannot be compared with the person's leaves what stands before the `@`.
            return if shown == Agreement::NONE { read.unwrap_or(shown) } else { shown };
        }
        let short = of(&traits.words);
        match read {
            // One word beside an address adds nothing to it, or contradicts it.
            Some(read) if traits.words.list.is_empty() || short.given.level.agrees() || short.family.level.agrees() => {
                read
            }
            _ => short,
        }
    }

    /// The best agreement of words with any of a person's names.
    pub(super) fn best(&self, words: &Words, names: &[PersonName]) -> Agreement {
        best_of(names.iter().map(|name| compare(self.lexicon, words, name)))
    }

    /// The best agreement with names in other signs of which Latin spellings are known.
    pub(super) fn best_spelled(&self, words: &Words, names: &[PersonName]) -> Agreement {
        let is_spelled = |word: &WordId| self.lexicon.word(*word).is_spelled;
        let spelled = names.iter().filter(|name| name.words().all(is_spelled));
        best_of(spelled.map(|name| compare_words(self.lexicon, words, name)))
    }

    /// The best agreement of what stands before the `@` with any of a person's names, if it can be read as a name.
    pub(super) fn name_in(&self, local: &LocalName, names: &[PersonName]) -> Option<Agreement> {
        let split = local.words.as_ref().map(|words| self.best(words, names));
        let joined = names.iter().filter_map(|name| local.local.agrees(name));
        joined.chain(split).min_by_key(|agreement| agreement.rank())
    }

    /// What in the name an account bears tells of somebody else.
    fn unlike(&self, traits: &Traits<'_>, name: Agreement, names: &[PersonName]) -> Option<Unlike> {
        let is_slip = || {
            self.is_another(traits, name.given, |word| word.is_borne_given)
                || self.is_another(traits, name.family, |word| word.is_borne_family)
        };
        let is_new_generation = || self.is_new_generation(traits, names);
        let signs: [(Unlike, &dyn Fn() -> bool); 7] = [
            (Unlike::Slip, &is_slip),
            (Unlike::Alike, &|| name.given.level == Level::Alike),
            (Unlike::Beginning, &|| self.begins_otherwise(traits, name, names)),
            (Unlike::Generation, &is_new_generation),
            (Unlike::Several, &|| traits.is_several),
            (Unlike::Half, &|| self.is_half(name, names)),
            (Unlike::Spelled, &|| self.is_spelled_otherwise(traits, names)),
        ];
        signs.into_iter().find(|(_, holds)| holds()).map(|(unlike, _)| unlike)
    }

    /// Whether an account's name, or what stands before its `@`, ends as a son's does, and none of the person's does.
    fn is_new_generation(&self, traits: &Traits<'_>, names: &[PersonName]) -> bool {
        let has = |plain: &str| {
            let mut own = names.iter().flat_map(PersonName::words);
            own.any(|word| *self.lexicon.word(*word).plain == *plain)
        };
        let is_son = |words: &Words| {
            let last = words.list.last().filter(|_| words.list.len() > 2).map(|word| &*self.lexicon.word(*word).plain);
            words.generation.is_some() || last.is_some_and(|last| SONS.contains(&last) && !has(last))
        };
        // walter.grimsbyiii
        let is_glued = |local: &Local| {
            let rest = GLUED_SONS.iter().find_map(|end| local.letters.strip_suffix(end)).map(Local::new);
            let full =
                |name: &PersonName| rest.as_ref().and_then(|rest| rest.agrees(name)).is_some_and(Agreement::is_full);
            names.iter().any(full) && !names.iter().any(|name| local.agrees(name).is_some_and(Agreement::is_full))
        };
        let locals = || traits.locals.iter();
        names.iter().all(|name| name.generation.is_none())
            && (is_son(&traits.words)
                || locals().filter_map(|local| local.words.as_ref()).any(is_son)
                || locals().any(|local| local.owners.is_empty() && is_glued(&local.local)))
    }

    /// Whether a name that differs by a letter may well be another name: people bear it, and what stands before the `@` does not
    /// say that it is the person's.
    fn is_another(&self, traits: &Traits<'_>, part: Part, borne: impl Fn(&Word) -> bool) -> bool {
        let (Level::Typo, Some(own), Some(with)) = (part.level, part.word, part.with) else { return false };
        let (own, with) = (self.lexicon.word(own), self.lexicon.word(with));
        // The person's own spelling, not as a part of the other one: Ivanov stands in Ivanova.
        let bears_out = |local: &LocalName| {
            let letters = &local.local.letters;
            letters.contains(&*own.plain) && !(with.plain.contains(&*own.plain) && letters.contains(&*with.plain))
        };
        // Petrov and Petrova are two, whether anybody is known to be called so or not.
        let another = borne(with) || differ_as_spouses(&own.plain, &with.plain);
        another && !traits.locals.iter().any(bears_out)
    }

    /// Whether an account bears half of a given name and half of a surname alone, or the second of two given names: María López may
    /// be María del Pilar Hernández López, and Ann Walker may be Mary Ann Walker, but they need not.
    fn is_half(&self, name: Agreement, names: &[PersonName]) -> bool {
        // Every Subramanian could be the one whose surname the directory tells as S.
        let is_letter = |word: Option<WordId>| word.is_some_and(|word| self.lexicon.glance(word).is_initial);
        if name.family.level == Level::Initial && is_letter(name.family.word) && !is_letter(name.family.with) {
            return true;
        }
        if name.given.level != Level::Part {
            return false;
        }
        let begins = |own: &PersonName| {
            let called = if self.is_vietnamese(own) { own.given.last() } else { None };
            [own.given.first(), called].into_iter().flatten().any(|word| Some(*word) == name.given.word)
        };
        name.family.level == Level::Part || !names.iter().any(begins)
    }

    /// Whether the first given name an account bears is not the person's: Ahmed Mohamed Elsayed is Mohamed Elsayed's son, and José
    /// María is not María José.
    fn begins_otherwise(&self, traits: &Traits<'_>, name: Agreement, names: &[PersonName]) -> bool {
        let sound = |word: WordId| self.lexicon.word(word).sound;
        let family = name.family.with.map(sound);
        let mut words = traits.words.list.iter().map(|word| sound(*word)).filter(|word| Some(*word) != family);
        let (Some(first), Some(with)) = (words.next(), name.given.with.map(sound)) else { return false };
        if name.given.level == Level::Part && !names.iter().any(|name| self.is_vietnamese(name)) {
            return first != with;
        }
        // Of two given names the first stands first.
        let begins = |own: &PersonName| own.given.first().is_some_and(|own| sound(*own) == first);
        let has = |own: &PersonName| own.given.len() > 1 && own.given.iter().any(|own| sound(*own) == first);
        words.next().is_some() && names.iter().any(has) && !names.iter().any(begins)
    }

    /// Whether the last word of a given name is the one its bearer is called by.
    fn is_vietnamese(&self, name: &PersonName) -> bool {
        name.family.iter().any(|word| VIETNAMESE.contains(&&*self.lexicon.word(*word).plain))
    }

    /// Whether an account bears the names of a person in the other order, though each is usual as given name and as surname. The
    /// display name tells, where there is one; else what stands before the `@`.
    fn is_turned(&self, traits: &Traits<'_>, name: Agreement, names: &[PersonName]) -> bool {
        let (Some(given), Some(family)) = (name.given.with, name.family.with) else { return false };
        let rather = |word: WordId| self.lexicon.word(word).given_rather;
        if rather(given).zip(rather(family)).is_none_or(|(given, family)| given - family >= TURNED) {
            return false;
        }
        let turned = |words: &Words| self.order(words, given, family) == Some(Order::Turned);
        let is_turned = match traits.is_named {
            true => turned(&traits.words) && !traits.is_family_first,
            false => traits.locals.iter().filter_map(|local| local.words.as_ref()).any(turned),
        };
        is_turned && !traits.locals.iter().any(|local| local.local.begins_as(names))
    }

    /// Whether the given name an account bears is a form of the person's and a name of its own, or has more to it.
    fn is_other_given(&self, traits: &Traits<'_>, name: Agreement, names: &[PersonName]) -> bool {
        let (Some(own), Some(with)) = (name.given.word, name.given.with) else { return false };
        let (own, with) = (self.lexicon.word(own), self.lexicon.word(with));
        let goes_on = with.plain.len() > own.plain.len() && with.plain.starts_with(&*own.plain);
        match name.given.level {
            Level::Cognate => true,
            Level::Nickname => {
                // Anna is no short form of Anke, whatever a list says: it has forms of its own, and is no shorter.
                let are_full = is_full(&own.nicknames) && is_full(&with.nicknames);
                let is_shorter = own.plain.len().abs_diff(with.plain.len()) > 1;
                let is_short_form =
                    bond(&own.nicknames, &with.nicknames) == Some(Bond::Form) && (is_shorter || !are_full);
                goes_on || (!is_short_form && own.is_borne_given && with.is_borne_given)
            }
            // A second given name counts where the address or sign-in name is made of it as well.
            Level::Part => {
                let is_own = |word: &Word| {
                    let mut own = names.iter().flat_map(PersonName::words);
                    own.any(|own| self.lexicon.word(*own).sound == word.sound)
                };
                let is_made_of = |word: &Word| {
                    word.plain.len() > 2 && traits.locals.iter().any(|local| local.local.letters.contains(&*word.plain))
                };
                let locals = traits.locals.iter().filter_map(|local| local.words.as_ref());
                let mut words =
                    locals.chain([&traits.words]).flat_map(|words| &words.list).map(|id| self.lexicon.word(*id));
                goes_on || words.any(|word| !is_own(word) && is_made_of(word))
            }
            _ => false,
        }
    }

    /// In which order the two names of an account stand, initials aside.
    pub(super) fn order(&self, words: &Words, given: WordId, family: WordId) -> Option<Order> {
        let sound = |word: WordId| self.lexicon.word(word).sound;
        let is_name = |word: &&WordId| !self.lexicon.glance(**word).is_initial;
        let mut full = words.list.iter().filter(is_name);
        let (first, second) = (sound(*full.next()?), sound(*full.next()?));
        let is_comma_between = words.list.iter().take(words.before_comma).filter(is_name).count() == 1;
        let (first, second) = if is_comma_between { (second, first) } else { (first, second) };
        match (sound(given), sound(family)) {
            _ if full.next().is_some() => None,
            own if own == (first, second) => Some(Order::GivenFirst),
            own if own == (second, first) => Some(Order::Turned),
            _ => None,
        }
    }

    /// Whether an account bears a name of its own that is none of those of a person whose name is in signs, in any of the spellings
    /// that are known of them: what stands before the `@` may be made of both.
    fn is_spelled_otherwise(&self, traits: &Traits<'_>, names: &[PersonName]) -> bool {
        let has_signs = |word: &WordId| self.lexicon.glance(*word).has_no_spelling;
        let is_foreign = |name: &PersonName| name.words().any(has_signs);
        if !traits.is_named || !names.iter().any(is_foreign) {
            return false;
        }
        // Signs are held against signs, where the directory tells both.
        if traits.words.list.iter().any(has_signs) {
            let mut own = names.iter().filter(|name| is_foreign(name));
            return !own.any(|name| compare(self.lexicon, &traits.words, name).is_full());
        }
        let mut shown = std::iter::once(&traits.words).chain(&traits.joined);
        // A name in Latin letters that the directory tells as well says more than its signs.
        !shown.any(|words| self.best(words, names).given.level.agrees())
            && self.best_spelled(&traits.words, names).given.level == Level::Different
    }

    /// Whether a word stands at an end of what is before the `@` that is no part of the person's name, nor a name at all, nor a
    /// department: that of the firm somebody is of, as in `emma.taylor.initech`. The rest is made of the name.
    fn has_stranger(&self, local: &LocalName, names: &[PersonName]) -> bool {
        let whole = &*local.local.whole;
        let own = || names.iter().flat_map(|name| name.given_spellings.iter().chain(&name.family_spellings));
        let is_stranger = |word: &str| {
            word.len() > 2
                && word.bytes().all(|letter| letter.is_ascii_lowercase())
                && !own().any(|spelling| *spelling.text == *word)
                && !(is_given_name(word) || self.lexicon.is_name(word) || self.departments.contains(word))
                // Of Slavic fathers.
                && !["vich", "vna"].iter().any(|end| word.ends_with(end))
        };
        let is_rest = |rest: &str| {
            let rest = Local::new(rest);
            names.iter().filter_map(|name| rest.agrees(name)).any(Agreement::is_full)
        };
        let behind = whole.rsplit_once(is_separator).map(|(rest, word)| (word, rest));
        let in_front = whole.split_once(is_separator);
        [behind, in_front].into_iter().flatten().any(|(word, rest)| is_stranger(word) && is_rest(rest))
    }
}

/// In which order two names stand.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Order {
    GivenFirst,
    Turned,
}

/// Whether an account bears the one word a person is called by, and nothing else.
fn is_whole(traits: &Traits<'_>, name: Agreement, names: &[PersonName]) -> bool {
    let is_one = |name: &PersonName| name.given.len() + name.family.len() == 1;
    let is_equal = name.given.level.is_equal() || name.family.level.is_equal();
    traits.words.list.len() == 1 && is_equal && names.first().is_some_and(is_one)
}

/// What a son's, a grandson's or a nephew's name ends in, in Portuguese and French.
const SONS: [&str; 4] = ["filho", "fils", "neto", "sobrinho"];

/// What tells a son behind a surname in one piece with it.
const GLUED_SONS: [&str; 5] = ["iii", "ii", "jr", "junior", "filho"];

/// Surnames of nine in ten Vietnamese, in plain letters.
const VIETNAMESE: [&str; 29] = [
    "bui", "cao", "chau", "dang", "dinh", "do", "doan", "duong", "ha", "ho", "hoang", "huynh", "lam", "le", "luong",
    "ly", "mai", "ngo", "nguyen", "pham", "phan", "quach", "ton", "tran", "trinh", "truong", "vo", "vu", "vuong",
];

/// The best of several agreements, the first of equals. Nothing is better than the same name.
fn best_of(all: impl Iterator<Item = Agreement>) -> Agreement {
    let mut best: Option<Agreement> = None;
    for found in all {
        if best.is_none_or(|best| found.rank() < best.rank()) {
            best = Some(found);
        }
        if found.rank() == 0 {
            break;
        }
    }
    best.unwrap_or(Agreement::NONE)
}
