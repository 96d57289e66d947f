//! Who else could be meant: the facts `knowable` rests on, computed over the finished directory.

use std::collections::{HashMap, HashSet};

use super::names::Pool;
use super::people::{Name, Person};
use super::text::{Folding, fold, squeeze};

/// Nobody, one person, or several.
const MANY: u32 = u32::MAX;

/// The first letters a given name may be shortened to.
fn initials(pool: &Pool, given: u32) -> HashSet<char> {
    let given = &pool.givens[given as usize];
    given.latin.iter().chain(&given.short).filter_map(|n| fold(n, Folding::Plain).chars().next()).collect()
}

/// People by what can be seen of a name.
pub(super) struct Index<'a> {
    pool: &'a Pool,
    /// By given name and surname.
    full: HashMap<(u32, u32), u32>,
    /// By surname alone.
    family: HashMap<u32, u32>,
    /// By initial and surname.
    initial: HashMap<(char, u32), u32>,
    /// Names and surnames of people who have accounts and are in no directory.
    outside: HashSet<(u32, u32)>,
    outside_family: HashSet<u32>,
    /// Accounts of strangers to be expected, to tell a common name from a rare one.
    strangers: f64,
}

fn put<K: std::hash::Hash + Eq>(map: &mut HashMap<K, u32>, key: K, person: u32) {
    map.entry(key)
        .and_modify(|p| {
            if *p != person {
                *p = MANY
            }
        })
        .or_insert(person);
}

impl<'a> Index<'a> {
    pub(super) fn new(pool: &'a Pool, people: &[Person], accounts: usize) -> Self {
        let mut index = Self {
            pool,
            full: HashMap::new(),
            family: HashMap::new(),
            initial: HashMap::new(),
            outside: HashSet::new(),
            outside_family: HashSet::new(),
            strangers: accounts as f64 * 0.05,
        };
        for (i, person) in people.iter().enumerate() {
            let i = i as u32;
            for family in person.name.families.iter().chain(&person.former_family) {
                put(&mut index.full, (person.name.given, *family), i);
                put(&mut index.family, *family, i);
                for initial in initials(pool, person.name.given) {
                    put(&mut index.initial, (initial, *family), i);
                }
            }
        }
        index
    }

    /// Remembers somebody who has accounts but is in no directory.
    pub(super) fn add_outside(&mut self, name: &Name) {
        for family in &name.families {
            self.outside.insert((name.given, *family));
            self.outside_family.insert(*family);
        }
    }

    fn families(&self, text: &str) -> Vec<u32> {
        self.pool.family_words.near(text)
    }

    /// People of the directory for whom given name and surname could stand, in either order.
    fn matches(&self, given: &str, family: &str) -> (Vec<(u32, u32)>, Vec<u32>) {
        let (mut pairs, mut people) = (Vec::new(), Vec::new());
        for (g, f) in [(given, family), (family, given)] {
            let families = self.families(f);
            for g in self.pool.given_words.near(g) {
                for f in &families {
                    pairs.push((g, *f));
                    people.extend(self.full.get(&(g, *f)));
                }
            }
        }
        (pairs, people)
    }

    /// The full name can be nobody's but the owner's, and is recognizably the owner's.
    pub(super) fn only(&self, owner: u32, given: &str, family: &str) -> bool {
        let (_, people) = self.matches(given, family);
        !people.is_empty() && people.iter().all(|p| *p == owner)
    }

    /// The full name could be that of somebody in the directory.
    pub(super) fn anybody(&self, given: &str, family: &str) -> bool {
        !self.matches(given, family).1.is_empty()
    }

    /// Somebody outside the directory has accounts under a name like this.
    pub(super) fn outsider(&self, given: &str, family: &str) -> bool {
        self.matches(given, family).0.iter().any(|pair| self.outside.contains(pair))
    }

    /// Nobody else has a surname like this one, and strangers hardly have it.
    pub(super) fn only_family(&self, owner: u32, family: &str) -> bool {
        let found = self.families(family);
        let people: Vec<u32> = found.iter().filter_map(|f| self.family.get(f)).copied().collect();
        let share: f64 = found.iter().map(|f| self.pool.families[*f as usize].share).sum();
        let length = squeeze(family, Folding::Plain).chars().count();
        let outside = found.iter().any(|f| self.outside_family.contains(f));
        !outside && !people.is_empty() && people.iter().all(|p| *p == owner) && share < 0.03 && length >= 5
    }

    /// Nobody else of the directory could be meant by initial and surname.
    pub(super) fn only_initial(&self, owner: u32, given: &str, family: &str) -> bool {
        let Some(initial) = fold(given, Folding::Plain).chars().next() else { return false };
        let found = self.families(family);
        let people: Vec<u32> = found.iter().filter_map(|f| self.initial.get(&(initial, *f))).copied().collect();
        !people.is_empty() && people.iter().all(|p| *p == owner)
    }

    /// So common a name that a stranger among the accounts may well have it.
    pub(super) fn is_common(&self, name: &Name) -> bool {
        name.share(self.pool) * self.strangers > 0.02
    }

    /// Somebody of the directory has a surname like this one.
    pub(super) fn any_family(&self, family: &str) -> bool {
        self.families(family).iter().any(|f| self.family.contains_key(f))
    }
}
