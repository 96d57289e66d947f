//! What stands before the `@`, or a sign-in name, read as a name.

use std::sync::Arc;

use super::agreement::{Agreement, Level, Part};
use super::makings::Making;
use super::names::{PersonName, Spelling};

/// A local part without its tag and separators: `j.smith2+news` is `jsmith` with a number behind.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Local {
    /// As given, in lower case, without a tag.
    pub(super) whole: Arc<str>,
    /// Without separators: what one writes with a dot, another writes without.
    pub(super) key: String,
    /// Letters alone.
    pub(super) letters: String,
    /// It is made of several words.
    pub(super) is_split: bool,
    /// How its app makes sign-in names, where that is in none of the usual ways.
    pub(super) making: Option<Making>,
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
        Self { letters, is_split, key, whole: whole.into(), making: None }
    }

    /// How it agrees with a name, read as one of the usual ways of making a local part of one: first and last name in either
    /// order, either of them as its first letter, or one of them alone.
    pub(super) fn agrees(&self, name: &PersonName) -> Option<Agreement> {
        let letters = self.letters.as_str();
        if letters.len() < 2 {
            return None;
        }
        let mut best: Option<Agreement> = None;
        for given in &name.given_spellings {
            // The first letter is that of the first given name.
            let first = name.given.first().copied() == given.word;
            for family in &name.family_spellings {
                let by_initials = |initials: &str| {
                    is_made_of(letters, initials, &family.text) || is_made_of(letters, &family.text, initials)
                };
                // What is cut on purpose tells as much as the whole.
                let made = || {
                    let is = name.initials.as_deref().is_some_and(by_initials)
                        || self.making.is_some_and(|making| making.makes(&given.text, &family.text, letters));
                    is.then_some((Level::Initial, Level::Same))
                };
                let found = pattern(letters, &given.text, &family.text).or_else(made);
                let Some((given_level, family_level)) = found else { continue };
                if given_level == Level::Initial && !first {
                    continue;
                }
                let given_level = if given_level == Level::Same && given.is_part { Level::Part } else { given_level };
                let family_level =
                    if family_level == Level::Same && family.is_part { Level::Part } else { family_level };
                let part = |spelling: &Spelling, level| Part { level, word: spelling.word, with: spelling.word };
                let agreement = Agreement { given: part(given, given_level), family: part(family, family_level) };
                if best.is_none_or(|best| agreement.rank() < best.rank()) {
                    best = Some(agreement);
                }
            }
        }
        best
    }

    /// Whether it is made of one of the names with the given name, or its first letter, in front.
    pub(super) fn begins_as(&self, names: &[PersonName]) -> bool {
        let is = |given: &str, family: &str| {
            let letters = self.letters.as_str();
            is_made_of(letters, given, family)
                || is_made_of(letters, initial(given), family)
                || is_made_of(letters, given, initial(family))
        };
        names.iter().any(|name| {
            let mut given = name.given_spellings.iter();
            given.any(|given| name.family_spellings.iter().any(|family| is(&given.text, &family.text)))
        })
    }
}

/// Whether letters are one text and then another one, and neither is empty.
fn is_made_of(letters: &str, first: &str, last: &str) -> bool {
    letters.strip_prefix(first) == Some(last) && !(first.is_empty() || last.is_empty())
}

/// The first letter of a name in plain letters.
fn initial(name: &str) -> &str {
    name.get(..1).unwrap_or_default()
}

/// The way in which letters are made of a given and a family name, if they are.
fn pattern(letters: &str, given: &str, family: &str) -> Option<(Level, Level)> {
    let is = |first: &str, last: &str| is_made_of(letters, first, last);
    let (g, f) = (initial(given), initial(family));
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
pub(super) fn renderings(name: &PersonName, found: &mut dyn FnMut(String)) {
    if let Some(initials) = &name.initials {
        for family in name.family_spellings.iter().filter(|family| !family.text.is_empty()) {
            found(format!("{initials}{}", family.text));
            found(format!("{}{initials}", family.text));
        }
    }
    for given in &name.given_spellings {
        for family in &name.family_spellings {
            let (given, family) = (&*given.text, &*family.text);
            let (g, f) = (initial(given), initial(family));
            if given.is_empty() || family.is_empty() {
                found(format!("{given}{family}"));
                continue;
            }
            for (first, last) in [(given, family), (family, given), (g, family), (family, g), (given, f), (f, given)] {
                found(format!("{first}{last}"));
            }
            found(given.to_owned());
            found(family.to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::correlate::names::Lexicon;

    #[test]
    fn locals_read_as_names() {
        let check = |given: &str, family: &str, local: &str, expect: &str| {
            let mut lexicon = Lexicon::new();
            let name = PersonName::from_parts(&mut lexicon, given, family).unwrap();
            let found = Local::new(local).agrees(&name);
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
        check("Maja", "van der Berg-Hooger", "maja-vanderberg", "Same Part");
        check("Maja", "Visser-van der Berg", "mvanderberg", "Initial Part");
        check("Ji-sung", "Park", "jspark", "Initial Same");
        check("Hans Peter", "Kühne", "hpkuehne", "Initial Same");
        check("Maria Grazia", "De Lucia", "mgdelucia", "Initial Same");
        check("Hans Peter", "Kühne", "pkuehne", "none");
    }
}
