//! How many people share a name: a rare one says more than a common one.

use std::cell::RefCell;

use rustc_hash::{FxHashMap, FxHashSet};

use super::agreement::{Level, Part};
use super::names::{Lexicon, PersonName, SoundId, WordId, each_shortened, hash};

/// How often names occur among the people of the directory.
pub(super) struct Frequencies {
    given: Counts,
    family: Counts,
    /// The given names of people, by the groups of nicknames they are in.
    grouped: FxHashMap<u32, Vec<SoundId>>,
    /// How many people a word may be a nickname of, where it was asked already.
    known_forms: RefCell<FxHashMap<WordId, f64>>,
    /// How many times more often two people agree in both names than they would if one had nothing to do with the other.
    together: f64,
}

/// How often the words of one part of names occur.
struct Counts {
    people: f64,
    /// Which part.
    kind: Kind,
    /// The share of people whose name is one that is known to be borne.
    borne: f64,
    of: FxHashMap<SoundId, u32>,
    initials: FxHashMap<char, u32>,
    /// By the first three letters, and by the last three.
    starts: FxHashMap<Box<str>, u32>,
    ends: FxHashMap<Box<str>, u32>,
    /// What a count of 1, 2, 3, … stands for among people not seen (Good and Turing).
    expected: Vec<f64>,
    /// Sounds by what remains of them when one letter is left out.
    near: FxHashMap<u64, Vec<SoundId>>,
    /// How many people have a name a slip away from a name of a length, on average.
    usually_near: [f64; LENGTHS],
    /// Chances worked out already.
    known_near: RefCell<FxHashMap<SoundId, f64>>,
}

/// Counts up to this are corrected for what the sample has not seen; above, a count is its own best estimate.
const RARE: usize = 4;

/// People of one country who agree in one name agree in the other more often than chance: names of one language come
/// together. Fourfold, until the directory itself says otherwise.
const TOGETHER: f64 = 4.0;

/// A part of a name.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Kind {
    Given,
    Family,
}

impl Kind {
    fn is_borne(self, lexicon: &Lexicon, word: WordId) -> bool {
        let word = lexicon.word(word);
        match self {
            Self::Given => word.is_borne_given,
            Self::Family => word.is_borne_family,
        }
    }

    /// The chance that a slip makes another name people bear: that of one letter left out, put in, replaced or swapped with its
    /// neighbor, drawn by lot, in a name of the lists, drawn as often as it is borne, of four letters and more.
    fn slip_is_borne(self) -> f64 {
        match self {
            Self::Given => 0.21,
            Self::Family => 0.12,
        }
    }
}

impl Counts {
    fn new(
        lexicon: &Lexicon,
        kind: Kind,
        people: usize,
        words: impl Iterator<Item = WordId>,
        initials: impl Iterator<Item = char>,
    ) -> Self {
        let (mut starts, mut ends): (FxHashMap<Box<str>, u32>, FxHashMap<Box<str>, u32>) = Default::default();
        let words: Vec<WordId> = words.collect();
        let borne = words.iter().filter(|word| kind.is_borne(lexicon, **word)).count() as f64;
        // A twentieth each way, so that a small directory makes nothing impossible.
        let borne = ((borne + 1.0) / (words.len() as f64 + 2.0)).clamp(0.05, 0.95);
        for word in &words {
            let plain = &*lexicon.word(*word).plain;
            starts.entry(start(plain).into()).and_modify(|count| *count += 1).or_insert(1);
            ends.entry(end(plain).into()).and_modify(|count| *count += 1).or_insert(1);
        }
        let words = words.iter().map(|word| lexicon.word(*word).sound);
        let mut of: FxHashMap<SoundId, u32> = FxHashMap::default();
        words.for_each(|sound| *of.entry(sound).or_default() += 1);
        let mut letters: FxHashMap<char, u32> = FxHashMap::default();
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
        let mut near: FxHashMap<u64, Vec<SoundId>> = FxHashMap::default();
        for sound in lexicon.sounds().filter(|sound| of.contains_key(sound)) {
            each_shortened(lexicon.spoken(sound), &mut |short| near.entry(hash(short)).or_default().push(sound));
        }
        let mut counts = Self {
            people: people.max(1) as f64,
            kind,
            borne,
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

    /// How much oftener than a slip makes it, a name near another one is, or is not, one that people bear: strangers have names,
    /// slips mostly make none.
    fn beside_slip(&self, lexicon: &Lexicon, part: Part) -> f64 {
        let slip = self.kind.slip_is_borne();
        match part.with.is_some_and(|word| self.kind.is_borne(lexicon, word)) {
            true => self.borne / slip,
            false => (1.0 - self.borne) / (1.0 - slip),
        }
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
        let count = |counts: &FxHashMap<Box<str>, u32>, letters: &str| counts.get(letters).copied().unwrap_or(0);
        f64::from(count(&self.starts, start(plain)).max(1) + count(&self.ends, end(plain))) / self.people
    }

    fn chance_initial(&self, lexicon: &Lexicon, part: Part) -> f64 {
        let initial = part.word.and_then(|word| lexicon.word(word).plain.chars().next());
        let count = initial.and_then(|initial| self.initials.get(&initial)).copied().unwrap_or(1).max(1);
        f64::from(count) / self.people
    }
}

/// The first letters of a name, by which others begin alike.
pub(super) fn start(plain: &str) -> &str {
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
            Kind::Given,
            people,
            names.clone().flat_map(|name| name.given.iter().copied()),
            names.clone().filter_map(|name| name.given.first().and_then(initial)),
        );
        let family = Counts::new(
            lexicon,
            Kind::Family,
            people,
            names.clone().flat_map(|name| name.family.iter().copied()),
            names.clone().filter_map(|name| name.family.first().and_then(initial)),
        );
        let mut grouped: FxHashMap<u32, Vec<SoundId>> = FxHashMap::default();
        let mut seen = FxHashSet::default();
        for word in names.clone().flat_map(|name| &name.given).filter(|word| seen.insert(**word)) {
            let word = lexicon.word(*word);
            word.nicknames.iter().for_each(|form| grouped.entry(form.group).or_default().push(word.sound));
        }
        let mut both: FxHashMap<(SoundId, SoundId), u32> = FxHashMap::default();
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
        Self { given, family, grouped, known_forms: RefCell::default(), together: together.max(1.0) }
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
            (Level::Typo, Some(sound)) => counts.chance_near(lexicon, sound) * counts.beside_slip(lexicon, part),
            (Level::Alike, _) => counts.chance_alike(lexicon, part),
            (Level::Initial, _) => counts.chance_initial(lexicon, part),
            (Level::Nickname | Level::Cognate, Some(sound)) => {
                counts.chance(sound) + self.nickname(part, lexicon) / counts.people
            }
        };
        chance.min(0.9)
    }

    /// How many people have a given name that is a form of the account's.
    fn nickname(&self, part: Part, lexicon: &Lexicon) -> f64 {
        let Some(with) = part.with else { return 0.0 };
        *self.known_forms.borrow_mut().entry(with).or_insert_with(|| {
            let groups = lexicon.word(with).nicknames.iter().filter_map(|form| self.grouped.get(&form.group));
            let mut sounds: Vec<SoundId> = groups.flatten().copied().collect();
            sounds.sort_unstable();
            sounds.dedup();
            sounds.iter().filter_map(|sound| self.given.of.get(sound)).map(|count| f64::from(*count)).sum()
        })
    }
}
