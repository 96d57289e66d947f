//! What stands before the `@`, or a sign-in name, read as a name.

use super::agreement::{Agreement, Level, Part};
use super::names::{Lexicon, PersonName, WordId};

/// A local part without its tag and separators: `j.smith2+news` is `jsmith` with a number behind.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Local {
    /// As given, in lower case, without a tag.
    pub(super) whole: String,
    /// Without separators: what one writes with a dot, another writes without.
    pub(super) key: String,
    /// Letters alone.
    pub(super) letters: String,
    /// It is made of several words.
    pub(super) is_split: bool,
}

impl Local {
    /// Reads a local part or a sign-in name; of `DOMAIN\name` the name.
    pub(super) fn new(text: &str) -> Self {
        let text = text.rsplit('\\').next().unwrap_or(text).trim();
        let text = match text.split_once('+') {
            Some((before, _)) if !before.is_empty() => before,
            _ => text,
        };
        let whole = text.to_lowercase();
        let bare = whole.trim_end_matches(|c: char| c.is_ascii_digit());
        let letters = super::romanize::plain(bare).replace(|c: char| c.is_ascii_digit(), "");
        let is_split = bare.split(['.', '_', '-']).filter(|word| word.chars().any(char::is_alphabetic)).count() > 1;
        let key = whole.chars().filter(|c| !matches!(c, '.' | '_' | '-')).collect();
        Self { letters, is_split, key, whole }
    }

    /// How it agrees with a name, read as one of the usual ways of making a local part of one: first and last name in either
    /// order, either of them as its first letter, or one of them alone.
    pub(super) fn agrees(&self, lexicon: &Lexicon, name: &PersonName) -> Option<Agreement> {
        let letters = self.letters.as_str();
        if letters.len() < 2 {
            return None;
        }
        let mut best: Option<Agreement> = None;
        each_spelling(lexicon, name, &mut |given, family| {
            let found = pattern(letters, given.text, family.text);
            // The first letter is that of the first given name.
            let first = name.given.first().copied() == given.word;
            if let Some((given_level, family_level)) = found.filter(|(level, _)| first || *level != Level::Initial) {
                // One of several given names is a part of them.
                let whole = name.given.len() < 2 || given.text == &*name.given_whole;
                let given_level = if given_level == Level::Same && !whole { Level::Part } else { given_level };
                let agreement = Agreement { given: given.part(given_level), family: family.part(family_level) };
                if best.is_none_or(|best| agreement.rank() < best.rank()) {
                    best = Some(agreement);
                }
            }
        });
        best
    }
}

/// The way in which letters are made of a given and a family name, if they are.
fn pattern(letters: &str, given: &str, family: &str) -> Option<(Level, Level)> {
    let is =
        |first: &str, last: &str| letters.strip_prefix(first) == Some(last) && !(first.is_empty() || last.is_empty());
    let (g, f) = (given.get(..1).unwrap_or_default(), family.get(..1).unwrap_or_default());
    if is(given, family) || is(family, given) {
        Some((Level::Same, Level::Same))
    } else if is(g, family) || is(family, g) {
        Some((Level::Initial, Level::Same))
    } else if is(given, f) || is(f, given) {
        Some((Level::Same, Level::Initial))
    } else if letters == given {
        Some((Level::Same, Level::Missing))
    } else if letters == family {
        Some((Level::Missing, Level::Same))
    } else {
        None
    }
}

/// Letters people with a name may have before the `@`, as they are looked up.
pub(super) fn renderings(lexicon: &Lexicon, name: &PersonName, found: &mut dyn FnMut(String)) {
    each_spelling(lexicon, name, &mut |given, family| {
        let (given, family) = (given.text, family.text);
        let (g, f) = (given.get(..1).unwrap_or_default(), family.get(..1).unwrap_or_default());
        if given.is_empty() || family.is_empty() {
            found(format!("{given}{family}"));
            return;
        }
        for (first, last) in [(given, family), (family, given), (g, family), (family, g), (given, f), (f, given)] {
            found(format!("{first}{last}"));
        }
        found(given.to_owned());
        found(family.to_owned());
    });
}

/// A spelling of a part of a name, and the word it stands for.
#[derive(Clone, Copy)]
struct Spelling<'a> {
    text: &'a str,
    word: Option<WordId>,
}

impl Spelling<'_> {
    fn part(self, level: Level) -> Part {
        Part { level, word: self.word, with: self.word }
    }
}

/// All pairs of spellings of a given and a family name: each word of a double name alone, and all of them together.
fn each_spelling(lexicon: &Lexicon, name: &PersonName, each: &mut dyn FnMut(Spelling<'_>, Spelling<'_>)) {
    let spellings = |words: &[WordId], whole: &str| {
        let mut all: Vec<(String, Option<WordId>)> = Vec::new();
        for id in words {
            all.extend(lexicon.word(*id).spellings().map(|spelling| (spelling.to_owned(), Some(*id))));
        }
        if !all.iter().any(|(spelling, _)| spelling == whole) {
            all.push((whole.to_owned(), words.first().copied()));
        }
        all
    };
    let families = spellings(&name.family, &name.family_whole);
    for (given, word) in spellings(&name.given, &name.given_whole) {
        for (family, family_word) in &families {
            each(Spelling { text: &given, word }, Spelling { text: family, word: *family_word });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locals_read_as_names() {
        let check = |given: &str, family: &str, local: &str, expect: &str| {
            let mut lexicon = Lexicon::new();
            let name = PersonName::from_parts(&mut lexicon, given, family).unwrap();
            let found = Local::new(local).agrees(&lexicon, &name);
            let shown =
                found.map_or("none".to_owned(), |found| format!("{:?} {:?}", found.given.level, found.family.level));
            assert_eq!(shown, expect, "{given} {family} / {local}");
        };
        check("John", "Smith", "john.smith", "Same Same");
        check("John", "Smith", "smith_john", "Same Same");
        check("John", "Smith", "CORP\\JSmith2", "Initial Same");
        check("John", "Smith", "johns+test", "Same Initial");
        check("John", "Smith", "john", "Same Missing");
        check("John", "Smith", "jane", "none");
        check("Jörg", "Müller", "joerg.mueller", "Same Same");
        check("Jörg", "Müller", "jmuller", "Initial Same");
        check("Ana María", "de la Cruz", "ana.cruz", "Part Same");
        check("Jean-Pierre", "Blanc", "jeanpierre.blanc", "Same Same");
        check("J", "Li", "j", "none");
        check("Umar", "al-Rashid", "umaralrashid", "Same Same");
        check("Maja", "van der Berg", "mvanderberg", "Initial Same");
    }
}
