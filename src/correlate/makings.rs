//! How an app makes sign-in names of names, where it is none of the usual ways: `wallifr` of Fred Wallin.

use std::collections::HashMap;

use rustc_hash::{FxHashMap, FxHashSet};

use super::PersonId;
use super::local::Local;
use super::names::{PersonName, hash};

/// So many letters of one name and of the other in one piece, which may be cut.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Hash)]
pub(super) struct Making {
    is_given_first: bool,
    given: usize,
    family: usize,
    most: usize,
}

/// All letters.
const WHOLE: usize = usize::MAX;

/// Fewer letters are many people's.
const FEWEST: usize = 5;

/// As many sign-in names of an app, and half of those that fit nobody otherwise, are made in one way on purpose.
const ENOUGH: usize = 5;

/// Sign-in names of an app that are looked at; more do not change what is found.
const SAMPLE: usize = 500;

impl Making {
    /// The ways that are tried: some letters of each name; and what systems cut that take eight or twenty signs.
    fn all() -> Vec<Self> {
        let mut all = Vec::new();
        for is_given_first in [true, false] {
            for given in [1, 2, 3, 4, 5, WHOLE] {
                for family in [1, 2, 3, 4, 5, 6, WHOLE] {
                    // One letter or all of either is what everybody makes.
                    let is_usual = matches!(given, 1 | WHOLE) && matches!(family, 1 | WHOLE);
                    if !is_usual && given.saturating_add(family) >= FEWEST {
                        all.push(Self { is_given_first, given, family, most: WHOLE });
                    }
                }
            }
            all.push(Self { is_given_first, given: 1, family: WHOLE, most: 8 });
            all.push(Self { is_given_first, given: WHOLE, family: WHOLE, most: 8 });
            all.push(Self { is_given_first, given: WHOLE, family: WHOLE, most: 19 });
        }
        all
    }

    /// Whether letters are made of two names in this way.
    pub(super) fn makes(self, given: &str, family: &str, letters: &str) -> bool {
        let mut made = String::with_capacity(letters.len());
        self.make(given, family, &mut made) && made == letters
    }

    /// Makes it; `false` where that is nothing but one of the usual ways, or too short.
    fn make(self, given: &str, family: &str, made: &mut String) -> bool {
        made.clear();
        let (given, family) = (begin(given, self.given), begin(family, self.family));
        if given.is_empty() || family.is_empty() {
            return false;
        }
        let (first, last) = if self.is_given_first { (given, family) } else { (family, given) };
        made.push_str(first);
        made.push_str(last);
        let is_cut = made.len() > self.most;
        made.truncate(self.most);
        made.len() >= FEWEST && (is_cut || self.most == WHOLE)
    }
}

/// The first letters of a name, or all of them.
fn begin(name: &str, most: usize) -> &str {
    name.get(..most.min(name.len())).unwrap_or_default()
}

/// Each spelling of the first given name beside each of the family's.
fn each_pair<'n>(name: &'n PersonName, each: &mut dyn FnMut(&'n str, &'n str)) {
    for given in name.given_spellings.iter().filter(|given| given.word == name.given.first().copied()) {
        name.family_spellings.iter().for_each(|family| each(&given.text, &family.text));
    }
}

/// Each way of cutting letters in two.
fn each_split(letters: &str, each: &mut dyn FnMut(&str, &str)) {
    (1..letters.len()).filter_map(|at| letters.split_at_checked(at)).for_each(|(first, last)| each(first, last));
}

/// How each app makes its sign-in names, and whose they are.
#[derive(Default)]
pub(super) struct Makings {
    by_app: HashMap<String, Making>,
    people: FxHashMap<u64, Vec<PersonId>>,
}

impl Makings {
    /// Learns them from sign-in names, by app, that fit nobody in one of the usual ways.
    pub(super) fn new<'n, P: Iterator<Item = (PersonId, &'n PersonName)>>(
        unexplained: &HashMap<&str, Vec<String>>,
        people: &dyn Fn() -> P,
    ) -> Self {
        let asking = || unexplained.iter().filter(|(_, logins)| logins.len() >= ENOUGH);
        if asking().next().is_none() {
            return Self::default();
        }
        // By the first letters of both names, so that a sign-in name need not be held against everybody.
        let mut pairs: FxHashMap<[u8; 2], Vec<(&str, &str)>> = FxHashMap::default();
        for (_, name) in people() {
            each_pair(name, &mut |given, family| {
                if let (Some(g), Some(f)) = (given.bytes().next(), family.bytes().next()) {
                    pairs.entry([g, f]).or_default().push((given, family));
                }
            });
        }
        let ways = Making::all();
        let making = |logins: &[String]| {
            let mut counts = vec![0; ways.len()];
            let sample = logins.len().min(SAMPLE);
            for login in &logins[..sample] {
                let mut fits = vec![false; ways.len()];
                each_split(login, &mut |first, last| {
                    for [given, family] in [[first, last], [last, first]] {
                        let key = [given.bytes().next(), family.bytes().next()].map(Option::unwrap_or_default);
                        let near = pairs.get(&key).into_iter().flatten();
                        let near = near.filter(|(own, other)| own.starts_with(given) && other.starts_with(family));
                        for (own, other) in near {
                            let made = |way: &Making| way.makes(own, other, login);
                            fits.iter_mut().zip(&ways).for_each(|(fits, way)| *fits = *fits || made(way));
                        }
                    }
                });
                counts.iter_mut().zip(fits).for_each(|(count, fits)| *count += usize::from(fits));
            }
            let best = counts.into_iter().zip(&ways).rev().max_by_key(|(count, _)| *count)?;
            (best.0 >= ENOUGH && best.0 * 2 >= sample).then_some(*best.1)
        };
        let by_app: HashMap<String, Making> =
            asking().filter_map(|(app, logins)| Some(((*app).to_owned(), making(logins)?))).collect();
        let mut found = Self { people: FxHashMap::default(), by_app };
        let in_use: FxHashSet<Making> = found.by_app.values().copied().collect();
        for making in in_use {
            for (person, name) in people() {
                let mut made = String::new();
                each_pair(name, &mut |given, family| {
                    if making.make(given, family, &mut made) {
                        let known = found.people.entry(hash(&(making, made.as_str()))).or_default();
                        if !known.contains(&person) {
                            known.push(person);
                        }
                    }
                });
            }
        }
        found
    }

    /// How an app makes its sign-in names, if in no usual way.
    pub(super) fn of(&self, app: &str) -> Option<Making> {
        self.by_app.get(app).copied()
    }

    /// Whose sign-in name it is by how its app makes them.
    pub(super) fn people(&self, local: &Local) -> &[PersonId] {
        let key = local.making.map(|making| hash(&(making, local.letters.as_str())));
        key.and_then(|key| self.people.get(&key)).map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sign_in_names_are_made() {
        let check = |is_given_first, given, family, most, expect: &str| {
            let making = Making { is_given_first, given, family, most };
            assert_eq!(making.makes("fred", "wallinger", expect), !expect.is_empty(), "{expect}");
        };
        check(false, 2, 5, WHOLE, "wallifr");
        check(true, 3, 3, WHOLE, "frewal");
        check(true, 1, WHOLE, 8, "fwalling");
        check(true, 2, 1, WHOLE, "");
        assert!(Making::all().iter().all(|making| making.given.saturating_add(making.family) >= FEWEST));
    }
}
