//! What an account of a given kind shows of its owner.

use fastrand::Rng;

use super::accounts::{Setting, named_mailbox};
use super::kinds::{Difficulty, Shape};
use super::names::Pool;
use super::outsiders::{HANDLES, opaque};
use super::people::{Bond, Name, Person, local};
use super::text::{Folding, SCHEMES, capital, fold, romanize, squeeze};
use super::{Files, Half};

/// What a name or a local part gives away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Clue {
    /// Nothing that could carry a decision.
    None,
    /// Given name and surname, as written there.
    Full(String, String),
    /// The first letter of the given name, and the surname.
    Initial(String, String),
}

/// Where an address lives, or a login name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// In a domain of the company, of today or of the past.
    Ours,
    /// Anywhere else, or nowhere.
    Outside,
}

/// The visible part of an account, with what it gives away.
pub(super) struct Draft {
    pub(super) email: String,
    pub(super) username: String,
    pub(super) given: String,
    pub(super) family: String,
    pub(super) name: Clue,
    pub(super) local: Clue,
    pub(super) place: Place,
    /// The kind lives from the name: it must be shown.
    pub(super) named: bool,
    /// Whether a reader can be sure, where that does not hang on the name.
    pub(super) settled: Option<bool>,
}

impl Draft {
    pub(super) fn new(place: Place) -> Self {
        let e = String::new;
        Self {
            email: e(),
            username: e(),
            given: e(),
            family: e(),
            name: Clue::None,
            local: Clue::None,
            place,
            named: false,
            settled: None,
        }
    }

    fn call(&mut self, given: &str, family: &str) {
        (self.given, self.family) = (given.to_owned(), family.to_owned());
        self.name = Clue::Full(given.to_owned(), family.to_owned());
    }
}

/// Given name and surname as another office would have spelled them, if there is another way.
pub(super) fn respelled(pool: &Pool, name: &Name, step: usize) -> Option<(String, String)> {
    let (given, family) = (&pool.givens[name.given as usize], &pool.families[name.families[0] as usize]);
    let (old_given, old_family) = (name.given_latin(pool), name.family_part(pool, 0));
    let pick = |list: &[String], old: &str| {
        let place = list.iter().position(|l| l == old).unwrap_or(0);
        list[(place + step) % list.len()].clone()
    };
    let new_given = pick(&given.latin, &old_given);
    let new_family = pick(family.latin(name.female), &old_family);
    let other = if name.folding(pool) == Folding::Plain { Folding::Expanded } else { Folding::Plain };
    let flat = |a: &str, b: &str, f: Folding| squeeze(&format!("{a}{b}"), f);
    let before = flat(&old_given, &old_family, name.folding(pool));
    if flat(&new_given, &new_family, name.folding(pool)) != before {
        return Some((new_given, new_family));
    }
    let unmarked = |t: &str| fold(t, other).split_inclusive([' ', '-']).map(capital).collect::<String>();
    (flat(&old_given, &old_family, other) != before).then(|| (unmarked(&old_given), unmarked(&old_family)))
}

/// One slip of the keyboard, not on the first letter.
fn slip(text: &str, rng: &mut Rng) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    if chars.len() < 4 {
        return text.to_owned();
    }
    let at = rng.usize(1..chars.len() - 1);
    match rng.u32(..4) {
        0 => chars.swap(at, at + 1),
        1 => {
            chars.remove(at);
        }
        2 => chars.insert(at, chars[at]),
        _ => chars[at] = char::from(b'a' + rng.u8(..26)),
    }
    chars.into_iter().collect()
}

/// An address of the company that nobody in the directory has.
fn ours(s: &Setting<'_>, part: &str) -> Option<String> {
    let email = format!("{part}@{}", s.world.domain);
    // A login name of somebody else's would make this a trap, which is another kind.
    let free = !part.is_empty() && !s.company.addresses.contains_key(&email) && !s.company.logins.contains_key(part);
    free.then_some(email)
}

/// What a local part of that pattern gives away.
fn spelled(pattern: &str, given: &str, family: &str) -> Clue {
    match pattern {
        "first.last" | "first_last" | "firstlast" | "last.first" | "first-last" => {
            Clue::Full(given.to_owned(), family.to_owned())
        }
        "flast" | "f.last" | "lastf" => Clue::Initial(given.to_owned(), family.to_owned()),
        _ => Clue::None,
    }
}

/// A free address of the company by one of the patterns, most telling first or last.
fn patterned(s: &Setting<'_>, given: &str, family: &str, folding: Folding, rng: &mut Rng) -> Option<(String, Clue)> {
    const PATTERNS: [&str; 9] =
        ["flast", "f.last", "first_last", "firstlast", "last.first", "lastf", "firstl", "first.last", "first-last"];
    let start = rng.usize(..PATTERNS.len());
    (0..PATTERNS.len()).find_map(|i| {
        let pattern = PATTERNS[(start + i) % PATTERNS.len()];
        let email = ours(s, &local(pattern, given, family, folding))?;
        Some((email, spelled(pattern, given, family)))
    })
}

/// The name is to be read from the files: a directory in Chinese, Japanese or Korean letters tells the sound of a name
/// only where the address spells it.
fn sounds(s: &Setting<'_>, p: &Person) -> bool {
    let code = s.pool.langs[p.name.lang].code.as_str();
    let folding = p.name.folding(s.pool);
    let full = local("first.last", &p.name.given_latin(s.pool), &p.name.family_latin(s.pool), folding);
    !p.native || !matches!(code, "zh" | "ja" | "ko") || p.mail.split('@').next() == Some(full.as_str())
}

fn login_name(s: &Setting<'_>, p: &Person, given: &str, family: &str, rng: &mut Rng) -> (String, Clue, bool) {
    let folding = p.name.folding(s.pool);
    let tag = match s.half {
        Half::Tuned => "-nv",
        Half::Held | Half::Crossed => "",
        Half::Third => "-hm",
    };
    let (mut text, clue) = match rng.u32(..100) {
        0..40 => (p.sam.clone(), Clue::Initial(given.to_owned(), family.to_owned())),
        40..58 => (local("first-last", given, family, folding), spelled("first-last", given, family)),
        58..72 => (local("firstlast", given, family, folding), spelled("firstlast", given, family)),
        72..84 => (local("flast", given, family, folding) + tag, spelled("flast", given, family)),
        84..90 => (local("lastf", given, family, folding), spelled("lastf", given, family)),
        90..94 => (local("firstl", given, family, folding), Clue::None),
        _ => {
            let (a, b) = (HANDLES[rng.usize(..HANDLES.len())], HANDLES[rng.usize(..HANDLES.len())]);
            (format!("{a}-{b}{}", rng.u32(10..999)), Clue::None)
        }
    };
    let part = |address: &str| address.split('@').next() == Some(text.as_str());
    let visible = part(&p.login) || part(&p.mail) || (s.half.files() == Files::Held && p.sam == text);
    let mine = visible && s.company.logins.get(&text).is_some_and(|o| s.company.people[*o].id == p.id);
    if s.half.files() == Files::Held {
        text = text.to_uppercase().replace('-', "_");
    }
    (text, clue, mine)
}

/// What the owner's account of that kind shows; `None` where it cannot be made for this person.
pub(super) fn draft(s: &Setting<'_>, shape: Shape, kind: Difficulty, person: usize, rng: &mut Rng) -> Option<Draft> {
    let p = &s.company.people[person];
    let name = &p.name;
    let folding = name.folding(s.pool);
    let (given, family) = (name.given_latin(s.pool), name.family_latin(s.pool));
    let first_family = name.family_part(s.pool, 0);
    let native = name.native(s.pool).filter(|_| p.former_family.is_none());
    let mut d = Draft::new(Place::Ours);
    d.call(&given, &family);
    let bare = shape == Shape::LastFirst;
    if bare {
        d.place = Place::Outside;
        d.named = true;
    }
    // How the app writes the name of an account that is plain otherwise.
    let mut casual = |d: &mut Draft| match rng.u32(..100) {
        0..5 => {
            if let Some((g, f)) = &native {
                d.call(g, f);
                if s.pool.langs[name.lang].code == "ja" && !p.native {
                    d.name = Clue::None;
                }
            }
        }
        5..10 => {
            if let Some(short) = s.pool.givens[name.given as usize].short.first() {
                d.call(short, &family);
            }
        }
        10..13 => {
            d.given = format!("{}.", given.chars().next().unwrap_or('X'));
            d.name = Clue::Initial(given.clone(), family.clone());
        }
        13..17 => d.call(&fold_name(&given), &fold_name(&family)),
        17..20 => (d.given, d.family) = (family.clone(), given.clone()),
        _ => {}
    };
    match kind {
        Difficulty::ExactAddress => {
            casual(&mut d);
            d.email.clone_from(&p.mail);
            d.settled = Some(true);
        }
        Difficulty::CaseOrTag => {
            casual(&mut d);
            let (part, domain) = p.mail.split_once('@')?;
            d.email = match rng.u32(..4) {
                0 => p.mail.to_uppercase(),
                1 => format!("{}@{domain}", part.split_inclusive(['.', '_', '-']).map(capital).collect::<String>()),
                2 => format!("{part}+{}@{domain}", ["zoom", "jira", "work", "saas"][rng.usize(..4)]),
                _ => format!("{}@{}", capital(part), capital(domain)),
            };
            d.settled = Some(p.bond != Bond::Recycled);
        }
        Difficulty::AliasAddress => {
            casual(&mut d);
            d.email = rng.choice(&p.aliases)?.clone();
            d.settled = Some(true);
        }
        Difficulty::LoginAddress => {
            casual(&mut d);
            d.email.clone_from(&p.login);
            d.settled = Some(p.bond != Bond::Recycled);
        }
        Difficulty::GmailDots => {
            casual(&mut d);
            let (part, domain) = p.mail.split_once('@')?;
            let flat: String = part.chars().filter(|c| *c != '.').collect();
            let at = rng.usize(1..flat.len());
            d.email = if rng.bool() {
                format!("{flat}@{domain}")
            } else {
                format!("{}.{}@{domain}", &flat[..at], &flat[at..])
            };
            if d.email == p.mail {
                return None;
            }
            d.settled = Some(true);
        }
        Difficulty::FormerDomain => {
            casual(&mut d);
            let part = p.mail.split('@').next()?;
            d.email = format!("{part}@{}", s.world.former);
            let squeezed = squeeze(part, folding);
            let known_family = if p.former_family.is_some() { None } else { Some(squeeze(&first_family, folding)) };
            d.local = match known_family {
                Some(f) if squeezed.contains(&f) && squeezed.contains(&squeeze(&given, folding)) => {
                    Clue::Full(given.clone(), first_family.clone())
                }
                Some(f) if squeezed.contains(&f) => Clue::Initial(given.clone(), first_family.clone()),
                _ => Clue::None,
            };
            // Behind a number there is a namesake, and nobody knows who had which number under the old name.
            if part.ends_with(|c: char| c.is_ascii_digit()) || p.bond == Bond::Recycled {
                d.settled = Some(false);
            }
        }
        Difficulty::OtherPattern | Difficulty::ServiceLikePerson if !bare && shape != Shape::Username => {
            if kind == Difficulty::ServiceLikePerson && rng.bool() {
                d.email.clone_from(&p.mail);
                d.settled = Some(true);
            } else {
                (d.email, d.local) = patterned(s, &given, &first_family, folding, rng)?;
            }
        }
        Difficulty::Transliteration => {
            let (g, f) = respelled(s.pool, name, 1 + rng.usize(..SCHEMES)).or_else(|| respelled(s.pool, name, 1))?;
            d.named = rng.u32(..4) > 0;
            if let (Some((ng, nf)), true) = (&native, !p.native && rng.u32(..3) == 0) {
                d.call(ng, nf);
                // Kanji can be read in several ways.
                if s.pool.langs[name.lang].code == "ja" {
                    d.name = Clue::None;
                }
            } else {
                d.call(&g, &f);
            }
            if !bare {
                d.email = ours(s, &local("first.last", &g, &f, Folding::Plain))?;
                d.local = Clue::Full(g, f);
            }
        }
        Difficulty::Nickname => {
            let short = rng.choice(&s.pool.givens[name.given as usize].short)?.clone();
            d.call(&short, &family);
            d.named = true;
            if !bare {
                let pattern = *rng.choice(&["first.last", "firstl", "first"])?;
                match ours(s, &local(pattern, &short, &first_family, folding)) {
                    Some(email) if rng.u32(..5) < 3 => {
                        d.email = email;
                        d.local = spelled(pattern, &short, &first_family);
                    }
                    _ => {
                        d.place = Place::Outside;
                        d.email = opaque(s.world, rng);
                    }
                }
            }
        }
        Difficulty::Initials => {
            let initial = given.chars().next()?;
            d.call(&format!("{initial}."), &family);
            d.name = Clue::Initial(given.clone(), family.clone());
            d.named = true;
            if !bare {
                let part = local(["flast", "lastf", "f.last"][rng.usize(..3)], &given, &first_family, folding);
                match ours(s, &part) {
                    Some(email) => {
                        d.email = email;
                        d.local = Clue::Initial(given.clone(), first_family.clone());
                    }
                    None => {
                        d.place = Place::Outside;
                        d.email = opaque(s.world, rng);
                    }
                }
            }
        }
        Difficulty::SwappedOrder => {
            (d.given, d.family) = (family.clone(), given.clone());
            d.named = true;
            if !bare {
                match ours(s, &local("last.first", &given, &first_family, folding)) {
                    Some(email) if rng.bool() => {
                        d.email = email;
                        d.local = Clue::Full(given.clone(), first_family.clone());
                    }
                    _ => {
                        d.place = Place::Outside;
                        d.email = opaque(s.world, rng);
                    }
                }
            }
        }
        Difficulty::DoubleSurname => {
            let part = name.family_part(s.pool, rng.usize(..2));
            d.call(&given, &part);
            d.named = true;
            if !bare {
                (d.email, d.local) = patterned(s, &given, &part, folding, rng)?;
            }
        }
        Difficulty::ChangedSurname => {
            let maiden = s.pool.families[p.former_family? as usize].latin(name.female)[0].clone();
            d.named = true;
            if rng.u32(..4) == 0 {
                d.call(&given, &format!("{maiden}-{family}"));
                // Both names are there: the present one is enough.
                d.name = Clue::Full(given.clone(), family.clone());
                if !bare {
                    (d.email, _) = patterned(s, &given, &maiden, folding, rng)?;
                }
            } else {
                d.call(&given, &maiden);
                if !bare {
                    let part = p.login.split('@').next()?;
                    let same = p.former_shown && part == local("first.last", &given, &maiden, folding);
                    if same && p.hired < s.world.rebrand && rng.bool() {
                        d.email = format!("{part}@{}", s.world.former);
                        d.local = Clue::Full(given.clone(), maiden.clone());
                    } else {
                        (d.email, d.local) = patterned(s, &given, &maiden, folding, rng)?;
                    }
                }
                // Where no file shows the old surname, nobody can know.
                let full = local("first.last", &given, &maiden, folding);
                let shown = [&p.login, &p.mail].iter().any(|a| a.split('@').next() == Some(full.as_str()));
                if !shown {
                    d.settled = Some(false);
                }
            }
        }
        Difficulty::Typo => {
            let (mut g, mut f) = (given.clone(), family.clone());
            let (mut lg, mut lf) = (given.clone(), first_family.clone());
            let in_name = bare || rng.bool();
            let target = if in_name { (&mut g, &mut f) } else { (&mut lg, &mut lf) };
            if rng.u32(..3) == 0 {
                *target.0 = slip(target.0, rng);
            } else {
                *target.1 = slip(target.1, rng);
            }
            if rng.u32(..4) == 0 {
                *target.1 = slip(target.1, rng);
            }
            if (&g, &f, &lg, &lf) == (&given, &family, &given, &first_family) {
                return None;
            }
            d.call(&g, &f);
            if !bare {
                if in_name {
                    d.named = true;
                    d.place = Place::Outside;
                    d.email = opaque(s.world, rng);
                } else {
                    d.email = ours(s, &local("first.last", &lg, &lf, folding))?;
                    d.local = Clue::Full(lg, lf);
                }
            }
        }
        Difficulty::PersonalNamed => {
            casual(&mut d);
            d.place = Place::Outside;
            (d.email, d.local) = named_mailbox(s, name, rng);
        }
        Difficulty::PersonalOpaque => {
            d.place = Place::Outside;
            d.named = true;
            d.email = opaque(s.world, rng);
        }
        Difficulty::EmployeeNumber => {
            if rng.bool() {
                (d.given, d.family) = (String::new(), String::new());
            }
            d.name = Clue::None;
            d.named = true;
            d.email = if rng.u32(..3) == 0 { opaque(s.world, rng) } else { String::new() };
            d.settled = Some(true);
        }
        Difficulty::NameOnly => casual(&mut d),
        Difficulty::SecondAccount if shape != Shape::Username => {
            let (part, domain) = p.mail.split_once('@')?;
            if rng.bool() {
                d.email = format!("{part}+{}@{domain}", ["test", "admin", "2", "sandbox"][rng.usize(..4)]);
                d.settled = Some(p.bond != Bond::Recycled);
            } else {
                let base = local("first.last", &given, &first_family, folding);
                let part = match rng.u32(..3) {
                    0 => format!("adm.{base}"),
                    1 => format!("{base}-admin"),
                    _ => format!("{base}.ext"),
                };
                d.email = ours(s, &part)?;
                d.local = Clue::Full(given.clone(), first_family.clone());
                d.family = format!("{family} (Admin)");
            }
        }
        _ if shape == Shape::Username => {
            let (text, clue, mine) = login_name(s, p, &given, &first_family, rng);
            let mine = mine
                && p.bond != Bond::Recycled
                && (text.ends_with(|c: char| c.is_ascii_digit())
                    || s.index.only_initial(person as u32, &given, &first_family));
            (d.username, d.local) = (text, clue);
            if kind == Difficulty::SecondAccount {
                d.username.push_str(if s.half.files() == Files::Held { "_ADMIN" } else { "-admin" });
            } else if mine {
                d.settled = Some(true);
            }
            // A login name of the surname of before shows nothing of the present one, and the other way round.
            if p.former_family.is_some() && d.settled.is_none() {
                d.settled = Some(false);
            }
        }
        // The kinds that live from another person's name: whatever clue there is, it points to two.
        _ => {
            if !bare {
                match rng.u32(..3) {
                    0 => {
                        d.place = Place::Outside;
                        d.named = true;
                        d.email = opaque(s.world, rng);
                    }
                    1 => {
                        d.place = Place::Outside;
                        (d.email, d.local) = named_mailbox(s, name, rng);
                    }
                    _ => (d.email, d.local) = patterned(s, &given, &first_family, folding, rng)?,
                }
            }
        }
    }
    if d.settled.is_none() && !sounds(s, p) {
        d.settled = Some(false);
    }
    Some(d)
}

/// A name as somebody types it who has no such letters on the keyboard.
fn fold_name(name: &str) -> String {
    let plain = romanize(name, 0, "");
    fold(&plain, Folding::Plain).split_inclusive([' ', '-', '\'']).map(capital).collect()
}
