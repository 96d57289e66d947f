//! How many people share a name: a rare one says more than a common one.

use std::cell::RefCell;
use std::collections::HashMap;

use super::agreement::{Level, Part};
use super::names::{Lexicon, PersonName, SoundId, WordId, each_shortened, hash};
use super::nicknames::Nicknames;

/// How often names occur among the people of the directory.
pub(super) struct Frequencies {
    given: Counts,
    family: Counts,
    nicknames: Vec<u32>,
    /// How many times more often two people agree in both names than they would if one had nothing to do with the other.
    together: f64,
}

/// How often the words of one part of names occur.
struct Counts {
    people: f64,
    of: HashMap<SoundId, u32>,
    initials: HashMap<char, u32>,
    /// By the first three letters, and by the last three.
    starts: HashMap<Box<str>, u32>,
    ends: HashMap<Box<str>, u32>,
    /// What a count of 1, 2, 3, … stands for among people not seen (Good and Turing).
    expected: Vec<f64>,
    /// Sounds by what remains of them when one letter is left out.
    near: HashMap<u64, Vec<SoundId>>,
    /// How many people have a name a slip away from a name of a length, on average.
    usually_near: [f64; LENGTHS],
    /// Chances worked out already.
    known_near: RefCell<HashMap<SoundId, f64>>,
}

/// Counts up to this are corrected for what the sample has not seen; above, a count is its own best estimate.
const RARE: usize = 4;

/// People of one country who agree in one name agree in the other more often than chance: names of one language come
/// together. Fourfold, until the directory itself says otherwise.
const TOGETHER: f64 = 4.0;

impl Counts {
    fn new(
        lexicon: &Lexicon,
        people: usize,
        words: impl Iterator<Item = WordId>,
        initials: impl Iterator<Item = char>,
    ) -> Self {
        let (mut starts, mut ends): (HashMap<Box<str>, u32>, HashMap<Box<str>, u32>) = Default::default();
        let words: Vec<WordId> = words.collect();
        for word in &words {
            let plain = &*lexicon.word(*word).plain;
            starts.entry(start(plain).into()).and_modify(|count| *count += 1).or_insert(1);
            ends.entry(end(plain).into()).and_modify(|count| *count += 1).or_insert(1);
        }
        let words = words.iter().map(|word| lexicon.word(*word).sound);
        let mut of: HashMap<SoundId, u32> = HashMap::new();
        words.for_each(|sound| *of.entry(sound).or_default() += 1);
        let mut letters: HashMap<char, u32> = HashMap::new();
        initials.for_each(|initial| *letters.entry(initial).or_default() += 1);
        let mut times = [0_u32; RARE + 2];
        for count in of.values() {
            if let Some(times) = times.get_mut(*count as usize) {
                *times += 1;
            }
        }
        let times = |count: usize| times.get(count).map_or(0.0, |times| f64::from(*times));
        // r* = (r + 1) n(r + 1) / n(r), with half a name added to each so that a small directory does not make a name
        // impossible; between a fifth of what was counted and all of it.
        let expected = (1..=RARE).map(|count| {
            let seen = count as f64;
            let estimate = (seen + 1.0) * (times(count + 1) + 0.5) / (times(count) + 0.5);
            estimate.clamp(seen / 5.0, seen)
        });
        let expected = expected.collect();
        let mut near: HashMap<u64, Vec<SoundId>> = HashMap::new();
        for sound in lexicon.sounds().filter(|sound| of.contains_key(sound)) {
            each_shortened(lexicon.spoken(sound), &mut |short| near.entry(hash(short)).or_default().push(sound));
        }
        let mut counts = Self {
            people: people.max(1) as f64,
            of,
            initials: letters,
            starts,
            ends,
            expected,
            near,
            usually_near: [0.0; LENGTHS],
            known_near: RefCell::default(),
        };
        let mut usually_near = [0.0; LENGTHS];
        // A few hundred names tell the averages. Short names are near each other, long ones are not.
        let mut some: Vec<SoundId> = counts.of.keys().copied().collect();
        some.sort_unstable_by_key(|sound| hash(lexicon.spoken(*sound)));
        some.truncate(1_000);
        for (length, usually) in (0..).zip(&mut usually_near) {
            let alike = some.iter().filter(|sound| length_class(lexicon.spoken(**sound)) == length);
            let near: u32 = alike.clone().map(|sound| counts.count_near(lexicon, *sound)).sum();
            *usually = (f64::from(near) + 1.0) / (alike.count() as f64 + 1.0);
        }
        counts.usually_near = usually_near;
        counts
    }

    /// The chance that somebody else has this name.
    fn chance(&self, sound: SoundId) -> f64 {
        let count = self.of.get(&sound).copied().unwrap_or(0).max(1);
        let expected = (count as usize).checked_sub(1).and_then(|index| self.expected.get(index));
        expected.copied().unwrap_or(f64::from(count)) / self.people
    }

    /// The chance that somebody else has a name a slip away from this one: half by how many have, half by how many people
    /// have a name a slip away from somebody's, since names nobody here has may be as near.
    fn chance_near(&self, lexicon: &Lexicon, sound: SoundId) -> f64 {
        if let Some(known) = self.known_near.borrow().get(&sound) {
            return *known;
        }
        let usually = self.usually_near.get(length_class(lexicon.spoken(sound))).copied().unwrap_or(1.0);
        let chance = (f64::from(self.count_near(lexicon, sound)) + usually) / (2.0 * self.people);
        self.known_near.borrow_mut().insert(sound, chance);
        chance
    }

    fn count_near(&self, lexicon: &Lexicon, sound: SoundId) -> u32 {
        let mut found: Vec<SoundId> = Vec::new();
        each_shortened(lexicon.spoken(sound), &mut |short| {
            found.extend(self.near.get(&hash(short)).into_iter().flatten());
        });
        found.sort_unstable();
        found.dedup();
        found.iter().filter(|near| **near != sound).filter_map(|near| self.of.get(near)).sum()
    }

    /// The chance that somebody else has a name that begins or ends alike.
    fn chance_alike(&self, lexicon: &Lexicon, part: Part) -> f64 {
        let plain = part.with.map_or("", |word| &*lexicon.word(word).plain);
        let count = |counts: &HashMap<Box<str>, u32>, letters: &str| counts.get(letters).copied().unwrap_or(0);
        f64::from(count(&self.starts, start(plain)).max(1) + count(&self.ends, end(plain))) / self.people
    }

    fn chance_initial(&self, lexicon: &Lexicon, part: Part) -> f64 {
        let initial = part.word.and_then(|word| lexicon.word(word).plain.chars().next());
        let count = initial.and_then(|initial| self.initials.get(&initial)).copied().unwrap_or(1).max(1);
        f64::from(count) / self.people
    }
}

/// The first letters of a name, by which others begin alike.
fn start(plain: &str) -> &str {
    plain.get(..3).unwrap_or(plain)
}

/// The last letters.
pub(super) fn end(plain: &str) -> &str {
    plain.get(plain.len().saturating_sub(3)..).unwrap_or(plain)
}

/// Names are as near each other as they are short: up to four letters, five, six, seven, more.
const LENGTHS: usize = 5;

fn length_class(spoken: &str) -> usize {
    spoken.len().saturating_sub(4).min(LENGTHS - 1)
}

impl Frequencies {
    /// Counts the names of people, one each.
    pub(super) fn new<'a>(lexicon: &Lexicon, names: impl Iterator<Item = &'a PersonName> + Clone) -> Self {
        let people = names.clone().count();
        let sound = |word: &WordId| lexicon.word(*word).sound;
        let initial = |word: &WordId| lexicon.word(*word).plain.chars().next();
        let given = Counts::new(
            lexicon,
            people,
            names.clone().flat_map(|name| name.given.iter().copied()),
            names.clone().filter_map(|name| name.given.first().and_then(initial)),
        );
        let family = Counts::new(
            lexicon,
            people,
            names.clone().flat_map(|name| name.family.iter().copied()),
            names.clone().filter_map(|name| name.family.first().and_then(initial)),
        );
        let mut nicknames = vec![0; Nicknames::builtin().count() as usize];
        for form in names.clone().flat_map(|name| &name.given).flat_map(|word| &lexicon.word(*word).nicknames) {
            if let Some(count) = nicknames.get_mut(form.group as usize) {
                *count += 1;
            }
        }
        let mut both: HashMap<(SoundId, SoundId), u32> = HashMap::new();
        let firsts = |name: &'a PersonName| Some((sound(name.given.first()?), sound(name.family.first()?)));
        for pair in names.filter_map(firsts) {
            *both.entry(pair).or_default() += 1;
        }
        let pairs = |counts: &mut dyn Iterator<Item = u32>| -> f64 {
            counts.map(|count| f64::from(count) * (f64::from(count) - 1.0) / 2.0).sum()
        };
        let all = (people as f64) * (people as f64 - 1.0) / 2.0;
        let by_chance = if all > 0.0 {
            pairs(&mut given.of.values().copied()) * pairs(&mut family.of.values().copied()) / all
        } else {
            0.0
        };
        let together = (pairs(&mut both.into_values()) + TOGETHER) / (by_chance + 1.0);
        Self { given, family, nicknames, together: together.max(1.0) }
    }

    /// The chance that the given name of somebody else agrees as much as this, and that the family name does as well.
    pub(super) fn chances(&self, lexicon: &Lexicon, given: Part, family: Part) -> (f64, f64) {
        let first = self.part(lexicon, &self.given, given);
        let last = self.part(lexicon, &self.family, family);
        // A first letter has no country.
        let is_name = |level: Level| level.agrees() && level != Level::Initial;
        let both = is_name(given.level) && is_name(family.level);
        (first, if both { (last * self.together).min(last / first).min(1.0) } else { last })
    }

    fn part(&self, lexicon: &Lexicon, counts: &Counts, part: Part) -> f64 {
        let sound = super::agreement::sound_of(lexicon, part);
        let chance = match (part.level, sound) {
            (Level::Missing, _) => return 1.0,
            (Level::Different, _) | (_, None) => return 0.98,
            // As common as the commoner of two spellings.
            (Level::Same | Level::Accents | Level::Romanized, Some(sound)) => {
                let with = part.with.map_or(0.0, |word| counts.chance(lexicon.word(word).sound));
                counts.chance(sound).max(with)
            }
            // Either half of a double name would have done.
            (Level::Part, Some(sound)) => 2.0 * counts.chance(sound),
            (Level::Typo, Some(sound)) => counts.chance_near(lexicon, sound),
            (Level::Alike, _) => counts.chance_alike(lexicon, part),
            (Level::Initial, _) => counts.chance_initial(lexicon, part),
            (Level::Nickname, Some(sound)) => counts.chance(sound) + self.nickname(part, lexicon) / counts.people,
        };
        chance.min(0.9)
    }

    /// People whose given name is a form of the account's.
    fn nickname(&self, part: Part, lexicon: &Lexicon) -> f64 {
        let forms = part.with.map_or(&[][..], |word| &lexicon.word(word).nicknames);
        forms.iter().filter_map(|form| self.nicknames.get(form.group as usize)).map(|count| f64::from(*count)).sum()
    }
}
