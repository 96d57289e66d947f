//! The names people go by, beyond those the directory has columns for.

use super::local::Local;
use super::names::{Lexicon, PersonName, WordId};
use super::traits::is_separator;

/// What stands in the brackets of a name.
pub(super) fn in_brackets(name: &str) -> Option<&str> {
    let (_, rest) = name.split_once(['(', '（'])?;
    rest.split([')', '）']).next()
}

/// Whether a name is in signs whose Latin spelling is anybody's guess, and ours is not what its bearer's local part is made of.
pub(super) fn is_unread(lexicon: &Lexicon, name: &PersonName, local: &Local) -> bool {
    let mut words = name.words();
    words.any(|word| lexicon.word(*word).has_no_spelling) && local.agrees(name).is_none()
}

/// Whether all words of a name stand in another.
pub(super) fn is_within(name: &PersonName, other: &PersonName) -> bool {
    name.words().all(|word| other.given.contains(word) || other.family.contains(word))
}

/// What a local part may have been before something was added at one of its ends: `ann.lee.left2022`, `zz_alee`.
pub(super) fn former_locals(local: &str, found: &mut dyn FnMut(&str)) {
    for (at, separator) in local.char_indices().filter(|(_, c)| is_separator(*c)) {
        found(&local[..at]);
        found(&local[at + separator.len_utf8()..]);
    }
}

/// A name the directory knows somebody by only in an address: the one from before a marriage, or the one in daily use.
pub(super) fn name_of_local(lexicon: &mut Lexicon, local: &Local, known: &[PersonName]) -> Option<PersonName> {
    let spoken = local.whole.trim_end_matches(|c: char| c.is_ascii_digit());
    let words = local.is_split.then(|| lexicon.words(spoken)).filter(|words| words.list.len() == 2)?;
    if words.list.iter().any(|word| lexicon.word(*word).is_initial()) {
        return None;
    }
    let is_new = |word: &WordId| {
        let new = lexicon.word(*word);
        let own = known.iter().flat_map(PersonName::words);
        let is_own = own.map(|own| lexicon.word(*own)).any(|own| own.sound == new.sound);
        // Jean-Luc before the `@` as jeanluc is nothing new.
        let mut spelled = known.iter().flat_map(|name| name.given_spellings.iter().chain(&name.family_spellings));
        !(is_own || spelled.any(|spelling| spelling.text == new.plain))
    };
    let foreign = known.iter().any(|name| name.given.iter().any(|word| lexicon.word(*word).is_other_script));
    (foreign || words.list.iter().any(is_new)).then(|| PersonName::from_display(lexicon, spoken)).flatten()
}
