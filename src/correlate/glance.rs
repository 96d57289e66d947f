//! What tells at a glance that two words of names are two names. Most words that are compared are, and what shows it lies
//! close together, where the words themselves are scattered over memory.

use super::agreement::most_slips;
use super::names::{SoundId, Word};

/// A word of a name, in so far as it rules others out.
#[derive(Clone, Copy, Debug)]
pub(super) struct Glance {
    /// A bit for each sound of its spellings.
    sounds: u64,
    /// A bit for each group of nicknames.
    groups: u64,
    /// A bit for each letter in it.
    letters: u32,
    /// The first three letters, and the last three.
    ends: [[u8; 3]; 2],
    length: u8,
    consonants: Option<SoundId>,
    /// It is one letter.
    pub(super) is_initial: bool,
    /// Its Latin spelling depends on the language or leaves vowels out.
    pub(super) has_no_spelling: bool,
}

impl Glance {
    pub(super) fn new(word: &Word) -> Self {
        let bit = |number: u32| 1_u64 << (number % u64::BITS);
        let plain = word.plain.as_bytes();
        let end = |letters: &[u8]| std::array::from_fn(|index| letters.get(index).copied().unwrap_or_default());
        Self {
            sounds: word.sounds().fold(0, |bits, SoundId(sound)| bits | bit(sound)),
            groups: word.nicknames.iter().fold(0, |bits, form| bits | bit(form.group)),
            letters: plain.iter().fold(0, |bits, letter| bits | 1 << (letter % 32)),
            ends: [end(plain), end(plain.get(plain.len().saturating_sub(3)..).unwrap_or_default())],
            length: u8::try_from(plain.len()).unwrap_or(u8::MAX),
            consonants: word.consonants,
            is_initial: word.is_initial(),
            has_no_spelling: word.has_no_spelling,
        }
    }

    /// Whether two words are different for sure, as names of the one kind or of the other: they are no initials, share no sound and
    /// thereby no spelling, no group of nicknames, no consonants and neither beginning nor end, and more letters differ than slips
    /// can change.
    pub(super) fn rules_out(&self, other: &Self, is_given: bool) -> bool {
        let slips = most_slips(usize::from(self.length.min(other.length)), is_given);
        // A slip takes one letter away and brings another one, at most.
        let too_far = u32::from(self.length.abs_diff(other.length)) > slips
            || (self.letters ^ other.letters).count_ones() > 2 * slips;
        !(self.is_initial || other.is_initial)
            && self.sounds & other.sounds == 0
            && self.groups & other.groups == 0
            && (self.consonants.is_none() || self.consonants != other.consonants)
            && self.ends.iter().zip(&other.ends).all(|(own, other)| own != other)
            && too_far
    }
}

#[cfg(test)]
mod tests {
    use crate::correlate::agreement::{Level, level_in_full};
    use crate::correlate::names::Lexicon;

    /// Names of many languages, each also with one and with two slips, and cut short.
    const NAMES: &str = "Anna Hanna Hannah Marie Mary Maria Mario Jan Jana Ian Alexander Aleksandr Sasha Alex Alexandra William Bill \
        Müller Mueller Muller Möller Smith Smyth Schmidt Schmitt Zhao Zhaoo Shao Polischtschuk Polishchuk Петров Petrov Petrova \
        Nattapong Nattaporn Chukwuemeka Emeka Slavomir Slavo Branislav Branoslo Kenji Ken Williams Williamson Stevens Stephens \
        Karapetyan Garabedian 田中 Tanaka 陽子 Yoko Sultanov Sultanli Ōno Ono Yoon Yun Kaewmanee Nasir Nasser Ö X J.";

    #[test]
    fn what_a_glance_rules_out_is_different() {
        let mut lexicon = Lexicon::new();
        let mut words = Vec::new();
        // A letter left out, put in, replaced, or swapped with its neighbor.
        let slips = |name: &str| {
            let letters: Vec<char> = name.chars().collect();
            let with = |change: &dyn Fn(&mut Vec<char>)| {
                let mut letters = letters.clone();
                change(&mut letters);
                letters.into_iter().collect::<String>()
            };
            let at = |at: usize| {
                let swap = at.saturating_sub(1);
                [
                    with(&|letters| {
                        letters.remove(at);
                    }),
                    with(&|letters| letters.insert(at, 'q')),
                    with(&|letters| letters[at] = 'x'),
                    with(&|letters| letters.swap(swap, at)),
                ]
            };
            (0..letters.len()).flat_map(at).collect::<Vec<String>>()
        };
        for name in NAMES.split_whitespace() {
            let once = slips(name);
            // Some of those with two: all would be too many.
            let twice = once.iter().step_by(5).flat_map(|once| slips(once).into_iter().step_by(9));
            let short = [3, 4].map(|letters| name.chars().take(letters).collect());
            for text in twice.chain(short).chain([name.to_owned()]) {
                words.extend(lexicon.words(&text).list);
            }
        }
        let mut ruled_out = 0;
        for own in &words {
            for with in words.iter().filter(|with| *with != own) {
                for is_given in [true, false] {
                    if lexicon.glance(*own).rules_out(lexicon.glance(*with), is_given) {
                        let (own, with) = (lexicon.word(*own), lexicon.word(*with));
                        let level = level_in_full(&lexicon, own, with, is_given, true);
                        assert_eq!(level, Level::Different, "{} {}", own.text, with.text);
                        ruled_out += 1;
                    }
                }
            }
        }
        // It is there to save work.
        assert!(
            ruled_out * 10 > words.len() * words.len() * 2 * 7,
            "{ruled_out} of {} pairs",
            words.len() * words.len() * 2
        );
    }
}
