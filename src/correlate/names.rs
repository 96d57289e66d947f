//! Names taken apart into words, each word once, with all forms it is compared by.

use std::borrow::Cow;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet, FxHasher};
use unicode_normalization::UnicodeNormalization;

use super::glance::Glance;
use super::nicknames::{Form, Nicknames};
use super::romanize::{consonants, has_no_spelling, is_other_script, other_spellings, plain, sound, spelling};
use super::{borne, native};
use crate::model::fold_text;

/// A word of a name, by its number in the [`Lexicon`].
#[derive(Clone, Copy, Debug, Eq, PartialEq, Hash)]
pub(super) struct WordId(u32);

/// What words sound like, as a number: words that differ by accents or romanization alone share it.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Ord, PartialOrd, Hash)]
pub(super) struct SoundId(pub(super) u32);

/// A word of a name in all forms it is compared by.
#[derive(Debug)]
pub(super) struct Word {
    /// As written, in lower case.
    pub(super) text: Arc<str>,
    /// The same, with signs that are written in several ways in one of them.
    pub(super) signs: Arc<str>,
    /// In plain letters.
    pub(super) plain: Box<str>,
    /// In other plain spellings that are in use.
    pub(super) others: Box<[Box<str>]>,
    /// What it sounds like.
    pub(super) sound: SoundId,
    /// What the other spellings sound like.
    pub(super) other_sounds: Box<[SoundId]>,
    /// Its consonants, where it has enough of them to tell.
    pub(super) consonants: Option<SoundId>,
    /// Its Latin spelling depends on the language or leaves vowels out.
    pub(super) has_no_spelling: bool,
    /// Latin spellings of it are known all the same.
    pub(super) is_spelled: bool,
    /// It is in another alphabet.
    pub(super) is_other_script: bool,
    /// What spellings of one name have in common, for each of its spellings.
    pub(super) common: Box<[Box<str>]>,
    /// A given name the program knows.
    pub(super) is_given: bool,
    /// People are known to bear it as a given name.
    pub(super) is_borne_given: bool,
    /// People are known to bear it as a surname.
    pub(super) is_borne_family: bool,
    /// How many times more often it is a given name than a surname, as tenths of a power of ten, where it is usual as either.
    pub(super) given_rather: Option<i8>,
    /// Groups of nicknames it is in, or a name that sounds like it is.
    pub(super) nicknames: Box<[Form]>,
}

impl Word {
    /// Its spellings in plain letters.
    pub(super) fn spellings(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&*self.plain).chain(self.others.iter().map(|spelling| &**spelling))
    }

    /// What its spellings sound like.
    pub(super) fn sounds(&self) -> impl Iterator<Item = SoundId> {
        std::iter::once(self.sound).chain(self.other_sounds.iter().copied())
    }

    pub(super) fn is_initial(&self) -> bool {
        self.plain.len() == 1
    }
}

/// All words of all names, each once.
pub(super) struct Lexicon {
    words: Vec<Word>,
    /// What rules words out, in their order.
    glances: Vec<Glance>,
    known: FxHashMap<Box<str>, WordId>,
    sounds: FxHashMap<Box<str>, SoundId>,
    spoken: Vec<Box<str>>,
    /// Words of the names of people in the directory.
    people: FxHashSet<Box<str>>,
    nicknames: &'static Nicknames,
}

/// A name taken apart: the words that tell people apart, in their order, and the whole in one piece.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Words {
    pub(super) list: Vec<WordId>,
    /// All letters without spaces, particles and all: `de la Cruz` and `Delacruz` are one.
    pub(super) whole: String,
    /// The same as a hash.
    pub(super) whole_hash: u64,
    /// Where its words end in the whole.
    pub(super) breaks: Vec<usize>,
    /// How many words stand before the comma of `Wójcik, Tomasz`; 0 without one.
    pub(super) before_comma: usize,
    /// Junior, senior, the third: by number.
    pub(super) generation: Option<u8>,
    /// Which of its words are two, standing here as one.
    pub(super) joined: Option<WordId>,
}

impl Lexicon {
    pub(super) fn new() -> Self {
        let nicknames = Nicknames::builtin();
        Self {
            words: Vec::new(),
            glances: Vec::new(),
            known: FxHashMap::default(),
            sounds: FxHashMap::default(),
            spoken: Vec::new(),
            people: FxHashSet::default(),
            nicknames,
        }
    }

    pub(super) fn word(&self, id: WordId) -> &Word {
        &self.words[id.0 as usize]
    }

    pub(super) fn glance(&self, id: WordId) -> &Glance {
        &self.glances[id.0 as usize]
    }

    /// The plain letters of a sound.
    pub(super) fn spoken(&self, sound: SoundId) -> &str {
        &self.spoken[sound.0 as usize]
    }

    pub(super) fn sounds(&self) -> impl Iterator<Item = SoundId> {
        (0..u32::try_from(self.spoken.len()).unwrap_or(u32::MAX)).map(SoundId)
    }

    /// Whether people are called so: a given name the program knows, or a name of the directory.
    pub(super) fn is_name(&self, plain: &str) -> bool {
        self.is_given(plain) || self.people.contains(plain)
    }

    /// Whether it is a given name the program knows. Two letters may be initials.
    pub(super) fn is_given(&self, plain: &str) -> bool {
        plain.len() > 2 && self.nicknames.knows(plain)
    }

    /// Notes the words of a person's name as names.
    pub(super) fn note_names(&mut self, name: &PersonName) {
        for id in name.words() {
            let plain = &self.words[id.0 as usize].plain;
            if !self.people.contains(plain) {
                self.people.insert(plain.clone());
            }
        }
    }

    fn sound_id(&mut self, plain: &str) -> SoundId {
        self.spoken_id(sound(plain))
    }

    fn spoken_id(&mut self, spoken: String) -> SoundId {
        if let Some(known) = self.sounds.get(spoken.as_str()) {
            return *known;
        }
        let id = SoundId(u32::try_from(self.spoken.len()).unwrap_or(u32::MAX));
        self.sounds.insert(spoken.clone().into(), id);
        self.spoken.push(spoken.into());
        id
    }

    fn intern(&mut self, written: &str) -> WordId {
        if let Some(id) = self.known.get(written) {
            return *id;
        }
        let text: Arc<str> = written.nfc().flat_map(char::to_lowercase).collect::<String>().into();
        let signs = match native::folded(&text) {
            Cow::Borrowed(_) => text.clone(),
            Cow::Owned(folded) => folded.into(),
        };
        let plain = plain(&signs);
        let mut others = other_spellings(&text, &plain);
        let known = native::spellings(&text);
        let is_spelled = !known.is_empty();
        for spelling in known {
            if spelling != plain && !others.contains(&spelling) {
                others.push(spelling);
            }
        }
        let sound = self.sound_id(&plain);
        let mut other_sounds: Vec<SoundId> = others.iter().map(|spelling| self.sound_id(spelling)).collect();
        other_sounds.retain(|other| *other != sound);
        let nicknames = self.nicknames.of(&plain, self.spoken(sound));
        let consonants = consonants(self.spoken(sound)).map(|consonants| self.spoken_id(consonants));
        let id = WordId(u32::try_from(self.words.len()).unwrap_or(u32::MAX));
        let word = Word {
            common: std::iter::once(plain.as_str())
                .chain(others.iter().map(String::as_str))
                .map(|one| spelling(one).into())
                .collect(),
            others: others.into_iter().map(Into::into).collect(),
            is_given: self.is_given(&plain),
            is_borne_given: borne::is_given_name(&plain),
            is_borne_family: borne::is_surname(&plain),
            given_rather: borne::given_rather(&plain),
            plain: plain.into(),
            other_sounds: other_sounds.into(),
            nicknames: nicknames.into(),
            consonants,
            has_no_spelling: has_no_spelling(&text),
            is_spelled,
            is_other_script: is_other_script(&text),
            text,
            signs,
            sound,
        };
        self.glances.push(Glance::new(&word));
        self.words.push(word);
        self.known.insert(written.into(), id);
        id
    }

    /// The words of a name of three with two neighbors in one, in both ways: Tae-hee Choi as Taehee Choi.
    pub(super) fn joined(&mut self, words: &Words) -> Vec<Words> {
        let [first, second, third] = *words.list else { return Vec::new() };
        if words.list.iter().any(|word| self.word(*word).is_initial()) {
            return Vec::new();
        }
        let mut join = |a: WordId, b: WordId| {
            let text = format!("{}{}", self.word(a).text, self.word(b).text);
            self.intern(&text)
        };
        let (begin, end) = (join(first, second), join(second, third));
        let lists = [(begin, vec![begin, third]), (end, vec![first, end])];
        lists.map(|(joined, list)| Words { list, joined: Some(joined), ..words.clone() }).into()
    }

    /// Takes a part of a name apart, a given name or a surname: particles are no words of it where it has another one.
    fn part(&mut self, text: &str) -> Words {
        let mut words = self.words(text);
        // They stand behind it then.
        if let [first, ..] = *words.list
            && !PARTICLES.contains(&&*self.word(first).plain)
        {
            let mut ends = text.split_whitespace().rev();
            // A syllable behind a hyphen is none.
            while let (Some(last), Some(end)) = (words.list.last(), ends.next())
                && PARTICLES.contains(&&*self.word(*last).plain)
                && !end.contains(is_hyphen)
            {
                words.list.pop();
            }
        }
        words
    }

    /// Takes a full name apart: as [`Self::words`] does, and surname and given name where no space is between them.
    pub(super) fn full_name(&mut self, name: &str) -> Words {
        match native::parted(name.trim()) {
            Some((family, given)) => self.words(&format!("{family}, {given}")),
            None => self.words(name),
        }
    }

    /// Takes a name apart. Titles, generations, remarks in brackets and particles of surnames are left out, as long as
    /// something remains.
    pub(super) fn words(&mut self, name: &str) -> Words {
        let name = written_out(without_remarks(name));
        let mut words = Words::default();
        let mut particles = Vec::new();
        let mut comma = None;
        // Xiulan Ouyang 欧阳秀兰 is one name told twice: its Latin letters can be compared with all others.
        let is_latin = |word: &&str| word.chars().any(char::is_alphabetic) && !is_other_script(word);
        let has_both = has_no_spelling(&name) && name.split_whitespace().filter(is_latin).count() > 1;
        for (index, part) in name.split(',').enumerate() {
            if index == 1 && !words.list.is_empty() {
                comma = Some(words.list.len());
            }
            let is_end =
                |c: char| c.is_whitespace() || matches!(c, '.' | '_' | '/' | ';' | '(' | ')') || is_ornament(c);
            let pieces = part.split(is_end).flat_map(|piece| {
                let syllables = piece.split(is_hyphen).count() == 2;
                piece.split(is_hyphen).enumerate().map(move |(at, written)| (written, syllables.then_some(at)))
            });
            for (written, syllable) in pieces {
                if !written.chars().any(char::is_alphabetic) || (has_both && has_no_spelling(written)) {
                    continue;
                }
                let written: String = written.chars().take(MOST_LETTERS).collect();
                let id = self.intern(&written);
                let plain = &*self.word(id).plain;
                if let Some((_, number)) = GENERATIONS.iter().find(|(word, _)| *word == plain) {
                    words.generation = Some(*number);
                    continue;
                }
                if plain.is_empty() || TITLES.contains(&plain) {
                    continue;
                }
                words.whole.push_str(plain);
                words.breaks.push(words.whole.len());
                let is_syllable = match syllable {
                    Some(0) => SYLLABLES.contains(&plain),
                    at => at.is_some(),
                };
                match PARTICLES.contains(&plain) && !is_syllable {
                    true => particles.push(id),
                    false if words.list.len() < MOST_WORDS => words.list.push(id),
                    false => {}
                }
            }
        }
        // Somebody of one name, told twice.
        if let [first, second] = *words.list
            && first == second
        {
            words.list.pop();
            words.breaks.truncate(1);
            words.whole.truncate(words.breaks.first().copied().unwrap_or_default());
        }
        // Somebody may be called Van or Ben after all.
        if words.list.len() < 2 {
            words.list.extend(particles);
            words.list.truncate(MOST_WORDS);
        }
        words.whole_hash = hash(words.whole.as_str());
        words.before_comma = comma.filter(|comma| *comma < words.list.len()).unwrap_or(0);
        words
    }
}

/// No word of a name is longer; what is, is cut.
const MOST_LETTERS: usize = 64;

/// What tells a father from a son.
const GENERATIONS: [(&str, u8); 7] =
    [("sr", 1), ("senior", 1), ("jr", 2), ("junior", 2), ("ii", 2), ("iii", 3), ("iv", 4)];

/// A name of more words than this is a sentence.
const MOST_WORDS: usize = 6;

/// What stands in front of or behind names and is none; at last, what stands for a name that a mononym has not: no first name known,
/// no last name.
const TITLES: [&str; 21] = [
    "mr", "mrs", "ms", "miss", "mx", "dr", "prof", "herr", "frau", "mme", "phd", "md", "msc", "mba", "dipl", "ing",
    "esq", "fnu", "lnu", "nfn", "nln",
];

/// Words of surnames that are left out as often as not, and that too many people share to tell anybody apart.
const PARTICLES: [&str; 37] = [
    "von", "van", "vom", "zu", "zum", "zur", "der", "den", "ter", "ten", "de", "da", "do", "dos", "das", "del",
    "della", "di", "du", "la", "las", "le", "los", "el", "al", "bin", "bint", "bt", "bte", "binti", "ibn", "ben", "af",
    "av", "y", "e", "vd",
];

/// Those of them that begin names, where a hyphen is behind: Do-yun, Da-eun, La-Toya. Al-Rashid and Ben-David stay what they are. Behind
/// a hyphen none is a particle: Woo-bin.
const SYLLABLES: [&str; 8] = ["da", "de", "di", "do", "du", "e", "la", "le"];

/// Emoji, signs of trade and quotation marks.
fn is_ornament(c: char) -> bool {
    matches!(c, '\u{1f000}'..='\u{1faff}' | '\u{2600}'..='\u{27bf}' | '\u{2b00}'..='\u{2bff}' | '\u{fe0f}' | '\u{20e3}')
        || matches!(c, '"' | '“' | '”' | '„' | '«' | '»' | '™' | '®' | '\u{200b}' | '\u{e0020}'..='\u{e007f}')
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}')
}

/// A name without what stands in brackets or behind a bar: `Ana Lima (she/her) | Contractor`.
pub(super) fn without_remarks(name: &str) -> String {
    let mut depth = 0_u32;
    let mut kept = String::with_capacity(name.len());
    for c in name.chars() {
        match c {
            '(' | '[' | '{' | '（' => depth += 1,
            ')' | ']' | '}' | '）' => depth = depth.saturating_sub(1),
            '|' => break,
            c if depth == 0 => kept.push(c),
            _ => {}
        }
    }
    // Behind a dash stands what somebody does.
    let ends = [" - ", " – ", " @ "].iter().filter_map(|dash| kept.find(dash));
    if let Some(end) = ends.min().filter(|end| kept[..*end].split_whitespace().count() > 1) {
        kept.truncate(end);
    }
    let is_pronoun =
        |word: &str| matches!(word, "she" | "her" | "hers" | "he" | "him" | "his" | "they" | "them" | "theirs");
    if kept.contains('/') {
        let is_name = |word: &&str| !(word.contains('/') && word.to_lowercase().split('/').all(is_pronoun));
        kept = kept.split_whitespace().filter(is_name).collect::<Vec<_>>().join(" ");
    }
    if kept.trim().is_empty() { name.to_owned() } else { kept }
}

/// Names that are written short, with a point: in the Philippines and in Spanish almost always so.
const SHORT: [(&str, &str); 16] = [
    ("ma.", "Maria"),
    ("mª", "Maria"),
    ("fco.", "Francisco"),
    ("fdez.", "Fernandez"),
    ("glez.", "Gonzalez"),
    ("gzz.", "Gonzalez"),
    ("hdez.", "Hernandez"),
    ("hdz.", "Hernandez"),
    ("mtz.", "Martinez"),
    ("rdz.", "Rodriguez"),
    ("rguez.", "Rodriguez"),
    ("chas.", "Charles"),
    ("geo.", "George"),
    ("jos.", "Joseph"),
    ("thos.", "Thomas"),
    ("wm.", "William"),
];

/// The same of words that are written small: a large V. is an initial, and Sen a surname.
const SHORT_SMALL: [(&str, &str); 3] = [("jun.", "Junior"), ("sen.", "Senior"), ("v.", "von")];

/// What stands in front of names with a point, and may be a name without one.
const SHORT_TITLES: [&str; 30] = [
    "arq", "avv", "bc", "capt", "dhr", "dna", "dott", "dott.ssa", "dra", "drs", "eng", "hab", "hr", "inz", "ir",
    "judr", "lic", "lt", "mag", "mevr", "mgr", "mudr", "phdr", "rev", "sayin", "sgt", "smt", "sra", "srta", "st",
];

/// A name with such parts of it in full.
fn written_out(name: String) -> String {
    if !name.contains(['.', 'ª']) {
        return name;
    }
    let long = |word: &str| {
        let (bare, comma) = word.strip_suffix(',').map_or((word, ""), |bare| (bare, ","));
        let known = SHORT.iter().find(|(short, _)| bare.eq_ignore_ascii_case(short));
        let (_, long) = known.or_else(|| SHORT_SMALL.iter().find(|(short, _)| bare == *short))?;
        Some(format!("{long}{comma}"))
    };
    let is_title = |word: &&str| {
        let bare = fold_text(word.trim_end_matches(','));
        bare.contains('.') && SHORT_TITLES.contains(&bare.trim_end_matches('.'))
    };
    let more = name.split_whitespace().filter(|word| !is_title(word)).count() > 1;
    let words = name.split_whitespace().filter(|word| !(more && is_title(word)));
    let words = words.map(|word| long(word).unwrap_or_else(|| word.to_owned()));
    words.collect::<Vec<String>>().join(" ")
}

/// A spelling of a part of a name in plain letters.
#[derive(Clone, Debug, Eq, PartialEq, Hash)]
pub(super) struct Spelling {
    pub(super) text: Box<str>,
    /// The word it stands for, or the first of those it stands for.
    pub(super) word: Option<WordId>,
    /// It is one word of several.
    pub(super) is_part: bool,
}

/// All spellings of the words of a part of a name, and of the whole.
fn spellings(lexicon: &Lexicon, words: &[WordId], whole: &str) -> Box<[Spelling]> {
    let mut all: Vec<Spelling> = Vec::new();
    let is_part = words.iter().filter(|word| !PARTICLES.contains(&&*lexicon.word(**word).plain)).count() > 1;
    for id in words {
        let spellings = lexicon.word(*id).spellings();
        all.extend(spellings.map(|text| Spelling { text: text.into(), word: Some(*id), is_part }));
    }
    if !all.iter().any(|spelling| &*spelling.text == whole) {
        all.push(Spelling { text: whole.into(), word: words.first().copied(), is_part: false });
    }
    all.into()
}

fn with_halves(all: Box<[Spelling]>, halves: &[Words]) -> Box<[Spelling]> {
    let mut all = all.into_vec();
    for half in halves {
        if !all.iter().any(|spelling| *spelling.text == *half.whole) {
            all.push(Spelling { text: half.whole.as_str().into(), word: half.list.first().copied(), is_part: true });
        }
    }
    all.into()
}

/// The first letters of several words.
fn initials(lexicon: &Lexicon, words: &[WordId]) -> Option<Box<str>> {
    let letters = words.iter().filter_map(|word| lexicon.word(*word).plain.get(..1));
    (words.len() > 1).then(|| letters.collect::<String>().into())
}

/// The name of a person: the given and the family part.
#[derive(Clone, Debug, Eq, PartialEq, Hash)]
pub(super) struct PersonName {
    pub(super) given: Box<[WordId]>,
    pub(super) family: Box<[WordId]>,
    /// How the given name stands in sign-in names: each word in each spelling, and all in one piece.
    pub(super) given_spellings: Box<[Spelling]>,
    /// How the family name does, with its particles in the piece.
    pub(super) family_spellings: Box<[Spelling]>,
    /// Both parts in one piece, in either order, as hashes.
    pub(super) wholes: [u64; 2],
    /// The first letters of a given name of several words: the `hp` of Hans Peter.
    pub(super) initials: Option<Box<str>>,
    /// Junior, senior, the third.
    pub(super) generation: Option<u8>,
    /// Two words of a part that stand here as one.
    pub(super) joined: Option<WordId>,
}

impl PersonName {
    /// The words of both parts, given name first.
    pub(super) fn words(&self) -> impl Iterator<Item = &WordId> {
        self.given.iter().chain(&self.family)
    }

    /// From a directory's own columns.
    pub(super) fn from_parts(lexicon: &mut Lexicon, given_text: &str, family_text: &str) -> Option<Self> {
        // Each half of a double name stands alone as well, with its particles: `van der Werf` of `van der Werf-Hooger`.
        let halves: Vec<Words> = family_text
            .split(is_hyphen)
            .skip_while(|half| *half == family_text)
            .map(|half| lexicon.words(half))
            .collect();
        let (mut given, family) = (lexicon.part(given_text), lexicon.part(family_text));
        // Somebody of one name, told twice.
        if given.list == family.list {
            given = Words::default();
        }
        // The whole name in one of the columns.
        let whole = if family.list.is_empty() { &given } else { &family };
        if (given.list.is_empty() || family.list.is_empty()) && whole.list.len() > 1 {
            let text = if family.list.is_empty() { given_text } else { family_text };
            return Self::from_display(lexicon, text);
        }
        if given.list.is_empty() && family.list.is_empty() {
            return None;
        }
        let generation = given.generation.or(family.generation);
        let wholes =
            [(&given, &family), (&family, &given)].map(|(a, b)| hash(format!("{}{}", a.whole, b.whole).as_str()));
        Some(Self {
            given_spellings: spellings(lexicon, &given.list, &given.whole),
            initials: initials(lexicon, &given.list),
            family_spellings: with_halves(spellings(lexicon, &family.list, &family.whole), &halves),
            given: given.list.into(),
            family: family.list.into(),
            wholes,
            generation,
            joined: None,
        })
    }

    /// The same name with two words of a part in one: Tae-hee as Taehee, Sae-Tang as Saetang.
    pub(super) fn joined(&self, lexicon: &mut Lexicon) -> Vec<Self> {
        let mut join = |part: &[WordId]| {
            let [first, second] = *part else { return None };
            let (first, second) = (lexicon.word(first), lexicon.word(second));
            if first.is_initial() || second.is_initial() {
                return None;
            }
            let text = format!("{}{}", first.text, second.text);
            let joined = lexicon.intern(&text);
            Some((spellings(lexicon, &[joined], &text), joined))
        };
        let given = join(&self.given).map(|(given_spellings, word)| Self {
            given_spellings,
            given: [word].into(),
            joined: Some(word),
            ..self.clone()
        });
        let family = join(&self.family).map(|(family_spellings, word)| Self {
            family_spellings,
            family: [word].into(),
            joined: Some(word),
            ..self.clone()
        });
        given.into_iter().chain(family).collect()
    }

    /// From a full name: what stands before a comma, or else the last word, is the family's.
    pub(super) fn from_display(lexicon: &mut Lexicon, display: &str) -> Option<Self> {
        let words = lexicon.full_name(display);
        let (given, family) = match (words.list.len(), words.before_comma) {
            (0, _) => return None,
            (1, _) => (Vec::new(), words.list.clone()),
            (_, 0) => {
                let (family, given) = words.list.split_last()?;
                (given.to_vec(), vec![*family])
            }
            (_, comma) => {
                let (family, given) = words.list.split_at(comma);
                (given.to_vec(), family.to_vec())
            }
        };
        let letters = |words: &[WordId]| words.iter().map(|id| &*lexicon.word(*id).plain).collect::<String>();
        let (given_whole, family_whole) = (letters(&given), letters(&family));
        let wholes = [words.whole_hash, hash(format!("{family_whole}{given_whole}").as_str())];
        let generation = words.generation;
        Some(Self {
            given_spellings: spellings(lexicon, &given, &given_whole),
            initials: initials(lexicon, &given),
            family_spellings: spellings(lexicon, &family, &family_whole),
            given: given.into(),
            family: family.into(),
            wholes,
            generation,
            joined: None,
        })
    }
}

/// Calls `each` with a text, and with what remains of it when each letter is left out in turn: two texts that differ by one slip
/// share at least one of these.
pub(super) fn each_shortened(text: &str, each: &mut dyn FnMut(&str)) {
    each(text);
    for (at, letter) in text.char_indices() {
        each(&format!("{}{}", &text[..at], &text[at + letter.len_utf8()..]));
    }
}

/// A number for a text, the same in every run.
pub(super) fn hash(value: &(impl Hash + ?Sized)) -> u64 {
    let mut hasher = FxHasher::default();
    value.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_apart() {
        let check = |name: &str, expect: &str| {
            let mut lexicon = Lexicon::new();
            let words = lexicon.full_name(name);
            let shown: Vec<&str> = words.list.iter().map(|id| &*lexicon.word(*id).text).collect();
            let comma = if words.before_comma > 0 { format!(" ,{}", words.before_comma) } else { String::new() };
            assert_eq!(format!("{}{comma}", shown.join(" ")), expect, "{name}");
        };
        check("Wójcik, Tomasz", "wójcik tomasz ,1");
        check("Dr. Anna-Maria van der Berg (Contractor)", "anna maria berg");
        check("Ben Li", "li ben");
        check("John Smith Jr., PhD", "john smith");
        check("Ma. Cristina Hdz., Ana", "maria cristina hernandez ana ,3");
        check("Wm. Ma", "william ma");
        check("Ute v. Berg", "ute berg");
        check("Ute V. Berg", "ute v berg");
        check("Karl Roth jun.", "karl roth");
        check("Amartya Sen.", "amartya sen");
        check("Mag. Karl Roth", "karl roth");
        check("Karl Roth🚀", "karl roth");
        check("Karl Roth she/her", "karl roth");
        check("Karl van Roth - Marketing", "karl roth");
        check("Suharti Suharti", "suharti");
        check("Xiulan Ouyang 欧阳秀兰", "xiulan ouyang");
        check("Dott.ssa Ada Rossi", "ada rossi");
        check("J. R. O'Neil", "j r o'neil");
        check("李小龙", "李 小龙 ,1");
        check("田中 陽子", "田中 陽子");
        check("(external)", "external");
        check("Do-yun Bae", "do yun bae");
        check("Umar Al-Rashid", "umar rashid");
        check("FNU Suharto", "suharto");
        check("Woo-bin Park", "woo bin park");
        check("42", "");
    }
}
