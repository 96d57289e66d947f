//! The names of a world: which there are, how often each is met, and all the ways one is written.

use std::collections::{HashMap, HashSet};

use super::Half;
use super::text::{Folding, SCHEMES, fold, romanize, squeeze};

/// A given name with its spellings and short forms.
pub(super) struct Given {
    /// Latin spellings, the usual one first.
    pub(super) latin: Vec<String>,
    /// The name in its own script, where that is not Latin.
    pub(super) native: String,
    /// Short and pet forms, in Latin letters.
    pub(super) short: Vec<String>,
    /// Share among all people of the world.
    pub(super) share: f64,
}

/// A surname with its spellings; `m` and `f` differ where the language bends surnames.
pub(super) struct Family {
    pub(super) m: Vec<String>,
    pub(super) f: Vec<String>,
    pub(super) native_m: String,
    pub(super) native_f: String,
    /// Share among all people of the world.
    pub(super) share: f64,
}

impl Family {
    pub(super) fn latin(&self, female: bool) -> &[String] {
        if female { &self.f } else { &self.m }
    }

    pub(super) fn native(&self, female: bool) -> &str {
        if female { &self.native_f } else { &self.native_m }
    }
}

/// The names of one language.
pub(super) struct Lang {
    pub(super) code: String,
    pub(super) weight: f64,
    pub(super) men: Vec<u32>,
    pub(super) women: Vec<u32>,
    /// Surnames, commonest first.
    pub(super) common: Vec<u32>,
    /// Composed surnames: the long tail.
    pub(super) tail: Vec<u32>,
}

/// All names of a world.
pub(super) struct Pool {
    pub(super) langs: Vec<Lang>,
    pub(super) givens: Vec<Given>,
    pub(super) families: Vec<Family>,
    pub(super) given_words: Words,
    pub(super) family_words: Words,
}

/// Who could be meant by a word: every spelling, and every spelling with a letter missing.
#[derive(Default)]
pub(super) struct Words(HashMap<String, Vec<u32>>);

/// A word and what is left of it without one of its letters; short words stand only for themselves.
fn blurred(word: &str) -> Vec<String> {
    let chars: Vec<char> = word.chars().collect();
    let mut all = vec![word.to_owned()];
    if chars.len() >= 4 && word.is_ascii() {
        for skip in 0..chars.len() {
            all.push(chars.iter().enumerate().filter(|(i, _)| *i != skip).map(|(_, c)| c).collect());
        }
    }
    all
}

/// The ways one name is compared: whole, its parts, without particles, folded both ways.
pub(super) fn forms(name: &str) -> HashSet<String> {
    let mut all = HashSet::new();
    for folding in [Folding::Plain, Folding::Expanded] {
        all.insert(squeeze(name, folding));
        let folded = fold(name, folding);
        let parts: Vec<&str> = folded.split([' ', '-']).filter(|p| p.chars().count() >= 2).collect();
        let plain: Vec<&&str> = parts.iter().filter(|p| !PARTICLES.contains(*p)).collect();
        all.insert(plain.iter().map(|p| squeeze(p, folding)).collect::<String>());
        all.extend(plain.iter().map(|p| squeeze(p, folding)));
    }
    all.remove("");
    all
}

const PARTICLES: [&str; 27] = [
    "de", "la", "las", "los", "von", "van", "den", "der", "du", "da", "dos", "di", "del", "al", "el", "abu", "bin",
    "ben", "le", "lo", "mc", "mac", "o'", "d'", "zu", "do", "ter",
];

impl Words {
    fn add(&mut self, name: &str, id: u32) {
        for form in forms(name) {
            for word in blurred(&form) {
                let ids = self.0.entry(word).or_default();
                if ids.last() != Some(&id) && !ids.contains(&id) {
                    ids.push(id);
                }
            }
        }
    }

    /// All names within about two edits of any form of `text`.
    pub(super) fn near(&self, text: &str) -> Vec<u32> {
        let mut all: Vec<u32> = forms(text)
            .iter()
            .flat_map(|form| blurred(form))
            .filter_map(|word| self.0.get(&word))
            .flatten()
            .copied()
            .collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}

struct Entry {
    latin: Vec<String>,
    native: String,
    short: Vec<String>,
}

fn entry(token: &str, lang: &str) -> Entry {
    let token = token.replace('_', " ");
    let (name, short) = token.split_once('=').unwrap_or((&token, ""));
    let (name, own) = name.split_once('@').unwrap_or((name, ""));
    let mut short: Vec<String> = short.split(',').filter(|s| !s.is_empty()).map(str::to_owned).collect();
    let mut latin = Vec::new();
    let mut native = own.to_owned();
    for spelling in name.split('/') {
        if spelling.chars().any(|c| ('\u{370}'..='\u{52f}').contains(&c)) {
            native = spelling.to_owned();
            latin.extend((0..SCHEMES).map(|scheme| romanize(spelling, scheme, lang)));
        } else {
            latin.push(spelling.to_owned());
        }
    }
    if !native.is_empty() {
        short = short.iter().flat_map(|s| [romanize(s, 0, lang), romanize(s, 2, lang)]).collect();
    }
    for list in [&mut latin, &mut short] {
        let mut seen = HashSet::new();
        list.retain(|s| seen.insert(s.clone()));
    }
    Entry { latin, native, short }
}

/// A woman's form of a surname, in the languages that have one.
fn bend(name: &str, lang: &str) -> String {
    let swap = |from: &str, to: &str| name.strip_suffix(from).map(|stem| format!("{stem}{to}"));
    let bent = match lang {
        "pl" => swap("ski", "ska").or_else(|| swap("cki", "cka")),
        "cs" | "sk" => swap("ý", "á")
            .or_else(|| swap("ek", "ková"))
            .or_else(|| swap("ec", "cová"))
            .or_else(|| swap("a", "ová"))
            .or_else(|| Some(format!("{name}ová"))),
        "ru" | "bg" => swap("ский", "ская")
            .or_else(|| swap("цкий", "цкая"))
            .or_else(|| swap("ов", "ова"))
            .or_else(|| swap("ев", "ева"))
            .or_else(|| swap("ёв", "ёва"))
            .or_else(|| swap("ин", "ина")),
        "uk" => swap("ський", "ська").or_else(|| swap("цький", "цька")),
        "lv" => swap("sons", "sone").or_else(|| swap("is", "e")).or_else(|| swap("š", "a")).or_else(|| swap("s", "a")),
        "lt" => {
            swap("as", "ienė").or_else(|| swap("is", "ytė")).or_else(|| swap("ys", "ytė")).or_else(|| swap("us", "utė"))
        }
        "is" => swap("son", "dóttir"),
        "az" | "kk" => {
            swap("ov", "ova").or_else(|| swap("ev", "eva")).or_else(|| swap("ов", "ова")).or_else(|| swap("ев", "ева"))
        }
        "el" => swap("όπουλος", "οπούλου").or_else(|| swap("ης", "η")).or_else(|| swap("άς", "ά")),
        _ => None,
    };
    bent.unwrap_or_else(|| name.to_owned())
}

fn joined(code: &str, first: &Entry, second: &Entry) -> Entry {
    let head = first.latin.first().cloned().unwrap_or_default();
    let tail = second.latin.first().cloned().unwrap_or_default();
    let native = format!("{}{}", first.native, second.native);
    let (latin, short) = match code {
        "vi" => (vec![format!("{head} {tail}")], vec![tail]),
        "ko" => (vec![format!("{head}-{tail}"), format!("{head}{tail}"), format!("{head} {tail}")], Vec::new()),
        _ => (vec![format!("{head}{tail}"), format!("{head} {tail}"), format!("{head}-{tail}")], Vec::new()),
    };
    Entry { latin, native, short }
}

/// Folded spellings already taken by the other worlds.
type Taken = HashSet<String>;

struct Builder {
    pool: Pool,
    taken_given: Taken,
    taken_family: Taken,
}

impl Builder {
    fn given(&mut self, e: Entry, share: f64) -> Option<u32> {
        if e.latin.iter().chain([&e.native]).any(|l| self.taken_given.contains(&squeeze(l, Folding::Plain))) {
            return None;
        }
        let id = u32::try_from(self.pool.givens.len()).ok()?;
        let Pool { given_words, .. } = &mut self.pool;
        e.latin.iter().chain(&e.short).chain((!e.native.is_empty()).then_some(&e.native)).for_each(|n| {
            given_words.add(n, id);
        });
        self.pool.givens.push(Given { latin: e.latin, native: e.native, short: e.short, share });
        Some(id)
    }

    fn family(&mut self, e: Entry, lang: &str, share: f64) -> Option<u32> {
        if e.latin.iter().chain([&e.native]).any(|l| self.taken_family.contains(&squeeze(l, Folding::Plain))) {
            return None;
        }
        let id = u32::try_from(self.pool.families.len()).ok()?;
        let own_script = matches!(lang, "ru" | "uk" | "bg" | "el");
        let native_f = if own_script || lang == "kk" { bend(&e.native, lang) } else { e.native.clone() };
        let f: Vec<String> = if own_script {
            let mut seen = HashSet::new();
            (0..SCHEMES).map(|s| romanize(&native_f, s, lang)).filter(|s| seen.insert(s.clone())).collect()
        } else {
            e.latin.iter().map(|l| bend(l, lang)).collect()
        };
        let family = Family { m: e.latin, f, native_m: e.native, native_f, share };
        let words = &mut self.pool.family_words;
        family.m.iter().chain(&family.f).for_each(|n| words.add(n, id));
        for native in [&family.native_m, &family.native_f] {
            if !native.is_empty() {
                words.add(native, id);
            }
        }
        self.pool.families.push(family);
        Some(id)
    }

    fn lang(&mut self, code: &str, weight: f64, lists: &HashMap<String, Vec<String>>) {
        let list = |kind: &str| lists.get(kind).map_or(&[][..], Vec::as_slice);
        let zipf = |n: usize| (0..n).map(|i| 1.0 / (i as f64 + SKEW)).sum::<f64>();
        let mut men = Vec::new();
        let mut women = Vec::new();
        for (kind, out) in [("m", &mut men), ("f", &mut women)] {
            let total = zipf(list(kind).len());
            for (rank, token) in list(kind).iter().enumerate() {
                let share = weight * 0.5 / (rank as f64 + SKEW) / total;
                out.extend(self.given(entry(token, code), share));
            }
        }
        let count = (list("a").len() * list("b").len()) as f64;
        for first in list("a") {
            for second in list("b") {
                let e = joined(code, &entry(first, code), &entry(second, code));
                let id = self.given(e, weight / count);
                men.extend(id);
                women.extend(id);
            }
        }
        let tails = list("p").len() * list("q").len();
        let mass = if tails == 0 { 0.0 } else { TAIL };
        let total = zipf(list("s").len());
        let mut common = Vec::new();
        for (rank, token) in list("s").iter().enumerate() {
            // The language without a share of people holds the odd surnames, which are rare.
            let share = if weight > 0.0 { (1.0 - mass) / (rank as f64 + SKEW) / total } else { 1e-4 };
            common.extend(self.family(entry(token, code), code, share));
        }
        let mut tail = Vec::new();
        for p in list("p") {
            for q in list("q") {
                let token = match (p.split_once('@'), q.split_once('@')) {
                    (Some((a, x)), Some((b, y))) => format!("{a}{b}@{x}{y}"),
                    _ => format!("{p}{q}"),
                };
                tail.extend(self.family(entry(&token, code), code, mass / tails as f64));
            }
        }
        self.pool.langs.push(Lang { code: code.to_owned(), weight, men, women, common, tail });
    }
}

/// How much of a language's people have a surname of the long tail.
pub(super) const TAIL: f64 = 0.66;

/// Where Zipf's curve starts. The lists are shorter than a language's, so that the true head would make far more
/// namesakes than a company has.
pub(super) const SKEW: f64 = 7.0;

fn build(text: &str, taken_given: Taken, taken_family: Taken) -> Pool {
    let pool = Pool {
        langs: Vec::new(),
        givens: Vec::new(),
        families: Vec::new(),
        given_words: Words::default(),
        family_words: Words::default(),
    };
    let mut builder = Builder { pool, taken_given, taken_family };
    let mut sections: Vec<(String, f64, HashMap<String, Vec<String>>)> = Vec::new();
    for line in text.lines().filter(|l| !l.starts_with('#')) {
        let mut tokens = line.split_whitespace().map(str::to_owned);
        match tokens.next().as_deref() {
            Some("lang") => {
                let code = tokens.next().unwrap_or_default();
                let weight = tokens.next().and_then(|w| w.parse().ok()).unwrap_or(0.0);
                sections.push((code, weight, HashMap::new()));
            }
            Some(kind) => {
                if let Some((_, _, lists)) = sections.last_mut() {
                    lists.entry(kind.to_owned()).or_default().extend(tokens);
                }
            }
            None => {}
        }
    }
    let sum: f64 = sections.iter().map(|(_, weight, _)| weight).sum();
    for (code, weight, lists) in &sections {
        builder.lang(code, weight / sum, lists);
    }
    builder.pool
}

/// The spellings of a world's given names and of its surnames.
fn taken(pool: &Pool) -> (Taken, Taken) {
    let squeezed = |names: Vec<&String>| {
        names.iter().map(|n| squeeze(n, Folding::Plain)).filter(|n| !n.is_empty()).collect::<Taken>()
    };
    let given = squeezed(pool.givens.iter().flat_map(|g| g.latin.iter().chain([&g.native])).collect());
    let family = squeezed(pool.families.iter().flat_map(|f| f.m.iter().chain(&f.f).chain([&f.native_m])).collect());
    (given, family)
}

/// The names of a world. The held-out world leaves out every name the tuned one has, in any spelling, and the third
/// every name of the other two.
pub(super) fn pool(half: Half) -> Pool {
    let tuned = build(include_str!("data/tuned.txt"), Taken::new(), Taken::new());
    if half == Half::Tuned {
        return tuned;
    }
    let (mut given, mut family) = taken(&tuned);
    let held = build(include_str!("data/held.txt"), given.clone(), family.clone());
    if half == Half::Held {
        return held;
    }
    let (more_given, more_family) = taken(&held);
    given.extend(more_given);
    family.extend(more_family);
    build(include_str!("data/third.txt"), given, family)
}
