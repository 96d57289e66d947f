//! Which people are worth comparing with an account: those who share a key with it. At no size is every account compared
//! with every person.

use super::PersonId;
use super::frequencies::{end, start};
use super::local::renderings;
use super::names::{Lexicon, PersonName, SoundId, WordId, Words, each_shortened, hash};

/// People by keys, in one sorted list.
pub(super) struct Blocks {
    entries: Vec<(u64, PersonId)>,
    /// Where the entries begin whose keys have the same upper bits.
    starts: Vec<u32>,
    shift: u32,
}

/// What a key is about; part of the key, so that different kinds never meet.
#[derive(Clone, Copy, Hash)]
enum About {
    Whole,
    Pair,
    Slip,
    FamilyInitial,
    GivenInitial,
    FamilyEnd,
    Nickname,
    Local,
    Letters,
    Former,
    Consonants,
    Ends,
}

impl Blocks {
    /// Sorts the keys of all people; those with one key by `rank`, so that of a crowd the rows of a file do not choose.
    pub(super) fn new(mut entries: Vec<(u64, PersonId)>, rank: &[u32]) -> Self {
        entries.sort_unstable_by_key(|(key, person)| (*key, rank.get(person.index()).copied()));
        entries.dedup();
        let bits = (entries.len() / 4).max(1).ilog2();
        let shift = 63 - bits;
        let mut starts = vec![0_u32; (1 << (bits + 1)) + 1];
        for (key, _) in &entries {
            starts[(key >> shift) as usize + 1] += 1;
        }
        for index in 1..starts.len() {
            starts[index] += starts[index - 1];
        }
        Self { entries, starts, shift }
    }

    /// The people with a key.
    pub(super) fn of(&self, key: u64) -> impl Iterator<Item = PersonId> + Clone {
        let bucket = (key >> self.shift) as usize;
        let range = self.starts[bucket] as usize..self.starts[bucket + 1] as usize;
        let entries = &self.entries[range];
        let first = entries.partition_point(|(known, _)| *known < key);
        entries[first..].iter().take_while(move |(known, _)| *known == key).map(|(_, person)| *person)
    }
}

/// Keys of a name that lead to few people: the whole, each pair of words by sound, and the pair with one letter left out.
pub(super) fn close_keys(lexicon: &Lexicon, words: &Words, keys: &mut Vec<u64>) {
    keys.push(whole_key(words.whole_hash));
    pairs_keys(lexicon, &words.list, keys);
}

/// Keys of each pair of words by sound.
pub(super) fn pairs_keys(lexicon: &Lexicon, words: &[WordId], keys: &mut Vec<u64>) {
    each_pair(words, &mut |a, b| pair_keys(lexicon, a, b, keys));
}

/// Keys that find what a slip has changed.
pub(super) fn slip_keys(lexicon: &Lexicon, words: &[WordId], keys: &mut Vec<u64>) {
    each_pair(words, &mut |a, b| {
        slips(lexicon, a, b, &mut |key| keys.push(key));
        slips(lexicon, b, a, &mut |key| keys.push(key));
        keys.extend(consonant_key(lexicon, a, b));
        end_keys(lexicon, a, b, keys);
        end_keys(lexicon, b, a, keys);
    });
}

/// Keys that lead to more people: a word with the first letter, or with a nickname's full names, of another.
pub(super) fn wide_keys(lexicon: &Lexicon, words: &[WordId], keys: &mut Vec<u64>) {
    for a in words {
        for b in words.iter().filter(|b| *b != a) {
            let (a, b) = (lexicon.word(*a), lexicon.word(*b));
            let Some(initial) = b.plain.chars().next() else { continue };
            if !a.is_initial() {
                keys.extend(a.sounds().map(|sound| hash(&(About::FamilyInitial, sound, initial))));
                keys.extend(a.sounds().map(|sound| hash(&(About::GivenInitial, sound, initial))));
            }
            let family_end = |sound: SoundId| hash(&(About::FamilyEnd, sound, end(&b.plain)));
            keys.extend(a.sounds().map(family_end));
            for sound in a.sounds() {
                keys.extend(b.nicknames.iter().map(|form| hash(&(About::Nickname, sound, form.group))));
            }
        }
    }
}

/// The key of a local part as it is written.
pub(super) fn local_key(local: &str) -> u64 {
    hash(&(About::Local, local))
}

/// The key of a local part that somebody who left once may have had.
pub(super) fn former_key(local: &str) -> u64 {
    hash(&(About::Former, local))
}

/// The key of the letters of a local part.
pub(super) fn letters_key(letters: &str) -> u64 {
    hash(&(About::Letters, letters))
}

fn whole_key(whole: u64) -> u64 {
    hash(&(About::Whole, whole))
}

fn pair_key(a: SoundId, b: SoundId) -> u64 {
    hash(&(About::Pair, a.min(b), a.max(b)))
}

fn pair_keys(lexicon: &Lexicon, a: WordId, b: WordId, keys: &mut Vec<u64>) {
    for first in lexicon.word(a).sounds() {
        keys.extend(lexicon.word(b).sounds().map(|last| pair_key(first, last)));
    }
}

fn each_pair(words: &[WordId], each: &mut dyn FnMut(WordId, WordId)) {
    for (index, a) in words.iter().enumerate() {
        for b in words.iter().skip(index + 1) {
            each(*a, *b);
        }
    }
}

/// The sounds of two words in one piece, whole and with each letter left out in turn: two spellings that differ by one slip
/// share at least one of them.
fn slips(lexicon: &Lexicon, first: WordId, last: WordId, each: &mut dyn FnMut(u64)) {
    let (first, last) = (lexicon.word(first), lexicon.word(last));
    if first.is_initial() || last.is_initial() {
        return;
    }
    let whole = format!("{}{}", lexicon.spoken(first.sound), lexicon.spoken(last.sound));
    each_shortened(&whole, &mut |short| each(hash(&(About::Slip, short))));
}

/// The beginnings and ends of two words: a slip in each of them leaves one of either, mostly.
fn end_keys(lexicon: &Lexicon, first: WordId, last: WordId, keys: &mut Vec<u64>) {
    let (first, last) = (&*lexicon.word(first).plain, &*lexicon.word(last).plain);
    if first.len() < 4 || last.len() < 4 {
        return;
    }
    for one in [start(first), end(first)] {
        keys.extend([start(last), end(last)].map(|other| hash(&(About::Ends, one, other))));
    }
}

/// The consonants of two words, in either order.
fn consonant_key(lexicon: &Lexicon, a: WordId, b: WordId) -> Option<u64> {
    let (a, b) = (lexicon.word(a).consonants?, lexicon.word(b).consonants?);
    Some(hash(&(About::Consonants, a.min(b), a.max(b))))
}

/// All keys of a person's name.
pub(super) fn person_keys(lexicon: &Lexicon, name: &PersonName, keys: &mut Vec<u64>) {
    keys.extend(name.wholes.map(whole_key));
    for given in &name.given {
        for family in &name.family {
            let (first, last) = (lexicon.word(*given), lexicon.word(*family));
            pair_keys(lexicon, *given, *family, keys);
            slips(lexicon, *given, *family, &mut |key| keys.push(key));
            keys.extend(consonant_key(lexicon, *given, *family));
            end_keys(lexicon, *given, *family, keys);
            keys.extend(first.plain.chars().next().map(|initial| hash(&(About::FamilyInitial, last.sound, initial))));
            keys.push(hash(&(About::FamilyEnd, last.sound, end(&first.plain))));
            keys.extend(last.plain.chars().next().map(|initial| hash(&(About::GivenInitial, first.sound, initial))));
            for sound in last.sounds() {
                keys.extend(first.nicknames.iter().map(|form| hash(&(About::Nickname, sound, form.group))));
            }
        }
    }
    renderings(name, &mut |letters| keys.push(letters_key(&letters)));
}
