//! The directory: people with names, addresses and dates, and who must not be taken for whom.

use std::collections::HashMap;

use fastrand::Rng;

use super::dates::Day;
use super::names::{Pool, SKEW, TAIL};
use super::text::{Folding, fold, squeeze};
use super::world::World;

/// The name somebody was born with, as places in the pool.
#[derive(Clone)]
pub(super) struct Name {
    pub(super) lang: usize,
    pub(super) female: bool,
    pub(super) given: u32,
    /// One surname, or two.
    pub(super) families: Vec<u32>,
    /// Between two surnames: a space or a hyphen.
    pub(super) joiner: &'static str,
    /// Which of the usual romanizations this person's papers follow.
    pub(super) scheme: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Status {
    Active,
    /// Employed, away for months; the directory has suspended the sign-in.
    OnLeave,
    Suspended,
    Deprovisioned,
}

/// What ties a person to another one that could be mistaken for them.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Bond {
    None,
    SameName,
    LookAlike,
    SameInitial,
    FatherSon,
    Sibling,
    /// Has an address that somebody else had years ago.
    Recycled,
    /// The former holder, still in the directory under another address.
    FormerHolder,
    /// The name looks like a word for a service.
    ServiceLike,
}

pub(super) struct Person {
    pub(super) id: String,
    pub(super) name: Name,
    pub(super) bond: Bond,
    /// The other end of the bond.
    pub(super) other: Option<usize>,
    /// A surname of the past.
    pub(super) former_family: Option<u32>,
    /// Whether the files still show the surname of the past (in the login or the address).
    pub(super) former_shown: bool,
    /// As the directory writes it.
    pub(super) given: String,
    pub(super) family: String,
    /// The directory writes the name in its own script.
    pub(super) native: bool,
    pub(super) mail: String,
    pub(super) login: String,
    pub(super) sam: String,
    pub(super) aliases: Vec<String>,
    pub(super) employee: String,
    pub(super) department: usize,
    pub(super) title: String,
    pub(super) manager: Option<usize>,
    pub(super) hired: Day,
    pub(super) created: Day,
    pub(super) left: Option<Day>,
    pub(super) status: Status,
    pub(super) guest: bool,
    /// A contractor with a mailbox of their own.
    pub(super) contractor: bool,
}

impl Person {
    /// Works here today; `None` where that is a matter of opinion.
    pub(super) fn here(&self) -> Option<bool> {
        match self.status {
            _ if self.guest => None,
            Status::Active => Some(true),
            Status::OnLeave => None,
            Status::Suspended | Status::Deprovisioned => Some(false),
        }
    }
}

/// Somebody who had an address before its present holder and is in no file.
pub(super) struct Ghost {
    pub(super) name: Name,
    pub(super) holder: usize,
    pub(super) from: Day,
    pub(super) until: Day,
}

pub(super) struct Company {
    pub(super) people: Vec<Person>,
    pub(super) ghosts: Vec<Ghost>,
    /// Every address of the directory, and whose it is.
    pub(super) addresses: HashMap<String, usize>,
    /// Every local part of a login and every sam name.
    pub(super) logins: HashMap<String, usize>,
}

impl Name {
    pub(super) fn given_latin(&self, pool: &Pool) -> String {
        let given = &pool.givens[self.given as usize];
        let pick = if given.native.is_empty() { 0 } else { self.scheme % given.latin.len() };
        // Spellings of Latin names are the person's own choice as well.
        let pick = if given.native.is_empty() && self.scheme == 3 { given.latin.len() - 1 } else { pick };
        // Composed names have spellings that differ in spacing only: the first is the usual one.
        given.latin[if self.is_composed(pool) { 0 } else { pick }].clone()
    }

    fn is_composed(&self, pool: &Pool) -> bool {
        matches!(pool.langs[self.lang].code.as_str(), "zh" | "ko" | "vi")
    }

    pub(super) fn family_part(&self, pool: &Pool, part: usize) -> String {
        let family = &pool.families[self.families[part] as usize];
        let latin = family.latin(self.female);
        let pick = if self.scheme == 3 || !family.native_m.is_empty() { self.scheme % latin.len() } else { 0 };
        latin[pick].clone()
    }

    pub(super) fn family_latin(&self, pool: &Pool) -> String {
        (0..self.families.len()).map(|i| self.family_part(pool, i)).collect::<Vec<_>>().join(self.joiner)
    }

    /// Given name and surname in their own script, if that is not Latin.
    pub(super) fn native(&self, pool: &Pool) -> Option<(String, String)> {
        let given = &pool.givens[self.given as usize].native;
        let family = pool.families[self.families[0] as usize].native(self.female);
        (!given.is_empty() && !family.is_empty()).then(|| (given.clone(), family.to_owned()))
    }

    /// How much of mankind, as far as this world goes, has this name.
    pub(super) fn share(&self, pool: &Pool) -> f64 {
        let families: f64 = self.families.iter().map(|f| pool.families[*f as usize].share).product();
        pool.givens[self.given as usize].share * families
    }

    /// `ue` for `ü` where the language does so at home, for this person.
    pub(super) fn folding(&self, pool: &Pool) -> Folding {
        let code = pool.langs[self.lang].code.as_str();
        if (code == "de" && self.scheme != 1) || (code == "sc" && self.scheme == 2) {
            Folding::Expanded
        } else {
            Folding::Plain
        }
    }
}

pub(super) fn draw_lang(pool: &Pool, rng: &mut Rng) -> usize {
    let mut at = rng.f64();
    for (i, lang) in pool.langs.iter().enumerate() {
        at -= lang.weight;
        if at < 0.0 && !lang.men.is_empty() {
            return i;
        }
    }
    0
}

/// A place in a list whose first entries are the most usual.
fn zipf(list: &[u32], rng: &mut Rng) -> u32 {
    let total: f64 = (0..list.len()).map(|i| 1.0 / (i as f64 + SKEW)).sum();
    let mut at = rng.f64() * total;
    for (i, id) in list.iter().enumerate() {
        at -= 1.0 / (i as f64 + SKEW);
        if at < 0.0 {
            return *id;
        }
    }
    list[0]
}

fn draw_given(pool: &Pool, lang: usize, female: bool, rng: &mut Rng) -> u32 {
    let lang = &pool.langs[lang];
    let list = if female { &lang.women } else { &lang.men };
    if matches!(lang.code.as_str(), "zh" | "ko" | "vi") { list[rng.usize(..list.len())] } else { zipf(list, rng) }
}

fn draw_family(pool: &Pool, lang: usize, rng: &mut Rng) -> u32 {
    let lang = &pool.langs[lang];
    if !lang.tail.is_empty() && rng.f64() < TAIL {
        lang.tail[rng.usize(..lang.tail.len())]
    } else {
        zipf(&lang.common, rng)
    }
}

pub(super) fn draw_name(pool: &Pool, rng: &mut Rng) -> Name {
    let lang = draw_lang(pool, rng);
    let female = rng.f64() < 0.46;
    let mut families = vec![draw_family(pool, lang, rng)];
    let (double, joiner) = match pool.langs[lang].code.as_str() {
        "es" | "ca" | "eu" => (0.55, " "),
        "pt" => (0.3, " "),
        "pl" | "cs" | "sk" | "hr" if female => (0.08, "-"),
        "en" | "de" | "fr" | "nl" | "fi" => (0.05, "-"),
        _ => (0.0, " "),
    };
    if rng.f64() < double {
        let second = draw_family(pool, lang, rng);
        if second != families[0] {
            families.push(second);
        }
    }
    let given = draw_given(pool, lang, female, rng);
    let scheme = *rng.choice(&[0, 0, 0, 1, 1, 2, 3, 3]).unwrap_or(&0);
    Name { lang, female, given, families, joiner, scheme }
}

/// The local parts a company makes of a name.
pub(super) fn local(pattern: &str, given: &str, family: &str, folding: Folding) -> String {
    let word = |text: &str| squeeze(text, folding);
    let g = fold(given, folding);
    let first: String = word(g.split([' ', '-']).next().unwrap_or(&g));
    let whole = word(&g);
    let last = word(family);
    let initial: String = first.chars().take(1).collect();
    let last_initial: String = last.chars().take(1).collect();
    match pattern {
        "first.last" => format!("{whole}.{last}"),
        "first_last" => format!("{whole}_{last}"),
        "firstlast" => format!("{whole}{last}"),
        "last.first" => format!("{last}.{whole}"),
        "first-last" => format!("{whole}-{last}"),
        "f.last" => format!("{initial}.{last}"),
        "flast" => format!("{initial}{last}"),
        "lastf" => format!("{last}{initial}"),
        "firstl" => format!("{first}{last_initial}"),
        "last" => last,
        _ => first,
    }
}

struct Maker<'a> {
    pool: &'a Pool,
    world: &'a World,
    rng: Rng,
    company: Company,
    departments: Vec<(String, Vec<String>)>,
}

impl Maker<'_> {
    fn chance(&mut self, p: f64) -> bool {
        self.rng.f64() < p
    }

    /// The wanted local part, or with a number behind it if somebody has it.
    fn free(&self, wanted: &str) -> String {
        let taken = |l: &str| {
            self.company.addresses.contains_key(&format!("{l}@{}", self.world.domain))
                || self.company.logins.contains_key(l)
        };
        if !taken(wanted) {
            return wanted.to_owned();
        }
        // Doubling keeps this short where thousands share a name.
        let (mut low, mut high) = (2_u32, 3_u32);
        while taken(&format!("{wanted}{high}")) {
            low = high;
            high = high.saturating_mul(2);
        }
        while low < high {
            let mid = low + (high - low) / 2;
            if taken(&format!("{wanted}{mid}")) { low = mid + 1 } else { high = mid }
        }
        format!("{wanted}{low}")
    }

    fn identifier(&mut self, index: usize) -> String {
        if self.world.salt & 1 == 1 {
            const ALPHABET: &[u8] = b"ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";
            let tail: String = (0..8).map(|_| char::from(ALPHABET[self.rng.usize(..ALPHABET.len())])).collect();
            format!("00u{index:06x}{tail}0x7")
        } else {
            let r = self.rng.u64(..);
            let (a, b, c) = (r >> 48, (r >> 32) & 0xfff, r & 0xffff_ffff);
            format!("{index:08x}-{a:04x}-4{b:03x}-9a3c-5e10{c:08x}")
        }
    }

    fn dates(&mut self, bond: Bond) -> (Day, Option<Day>, Status) {
        let now = self.world.as_of;
        let years = if self.chance(0.12) { self.rng.f64() * 0.5 } else { 0.3 + self.rng.f64().powf(1.6) * 13.0 };
        let hired = now - 3 - (years * 365.0) as Day;
        let gone = bond == Bond::FormerHolder || self.chance(0.18);
        if !gone {
            return (hired, None, if self.chance(0.012) { Status::OnLeave } else { Status::Active });
        }
        let hired = hired.min(now - 120);
        let stay = ((now - hired) as f64 * (0.15 + 0.8 * self.rng.f64())) as Day;
        let status = if self.chance(0.25) { Status::Suspended } else { Status::Deprovisioned };
        (hired, Some((hired + stay.max(30)).min(now - 2)), status)
    }

    fn add(
        &mut self,
        name: Name,
        bond: Bond,
        other: Option<usize>,
        mail_local: Option<String>,
        dates: (Day, Option<Day>, Status),
    ) -> usize {
        let (pool, world) = (self.pool, self.world);
        let index = self.company.people.len();
        let (hired, left, status) = dates;
        let code = pool.langs[name.lang].code.clone();
        let (latin_given, latin_family) = (name.given_latin(pool), name.family_latin(pool));
        let folding = name.folding(pool);
        let guest = bond == Bond::None && self.chance(0.012);
        let contractor = bond == Bond::None && !guest && self.chance(0.01);
        let mut former_family = None;
        if name.female && bond == Bond::None && !guest && !contractor && name.families.len() == 1 && self.chance(0.09) {
            let earlier = draw_family(pool, name.lang, &mut self.rng);
            if earlier != name.families[0] && left.is_none() {
                former_family = Some(earlier);
            }
        }
        let maiden = former_family.map(|f| pool.families[f as usize].latin(name.female)[0].clone());
        let keeps_old_mail = maiden.is_some() && self.chance(0.45);
        let keeps_old_login = maiden.is_some() && (keeps_old_mail || self.chance(0.6));
        // In Spanish-speaking countries the first surname is the one that counts.
        let short_family = if name.joiner == " " && name.families.len() == 2 && self.chance(0.7) {
            if code == "pt" { name.family_part(pool, 1) } else { name.family_part(pool, 0) }
        } else {
            latin_family.clone()
        };
        let old_or = |old: bool| if old { maiden.clone().unwrap_or_default() } else { short_family.clone() };
        let veteran = hired < world.rebrand;
        let pattern = match self.rng.u32(..100) {
            0..72 => "first.last",
            72..82 if veteran => "flast",
            82..86 if veteran => "firstl",
            86..89 if veteran => "first",
            89..92 if veteran => "lastf",
            92..95 if veteran => "first_last",
            _ => "first.last",
        };
        let domain = world.domain;
        let mail_family = old_or(keeps_old_mail);
        let wanted = mail_local.clone().unwrap_or_else(|| local(pattern, &latin_given, &mail_family, folding));
        let mut mail = format!("{}@{domain}", if mail_local.is_some() { wanted.clone() } else { self.free(&wanted) });
        if guest {
            let partner = world.partners[self.rng.usize(..world.partners.len())];
            mail = format!("{}@{partner}", local("first.last", &latin_given, &latin_family, folding));
        } else if contractor {
            mail = format!("{}@gmail.com", local("first.last", &latin_given, &latin_family, folding));
        }
        if (guest || contractor) && self.company.addresses.contains_key(&mail) {
            mail = mail.replacen('@', &format!("{}@", 100 + index % 900), 1);
        }
        let mail_local_part = mail.split('@').next().unwrap_or_default().to_owned();
        let login_family = old_or(keeps_old_login);
        let mut sam_wanted = local("flast", &latin_given, &login_family, folding);
        sam_wanted.truncate(17);
        if bond == Bond::FormerHolder {
            sam_wanted = format!("x{sam_wanted}");
        }
        self.company.addresses.insert(mail.clone(), index);
        let sam = if bond == Bond::Recycled { mail_local_part.clone() } else { self.free(&sam_wanted) };
        self.company.logins.entry(sam.clone()).or_insert(index);
        let login_differs = keeps_old_login != keeps_old_mail || (bond != Bond::Recycled && self.chance(0.2));
        let login = if guest {
            format!("{}#EXT#@{}.onmicrosoft.com", mail.replace('@', "_"), domain.split('.').next().unwrap_or(domain))
        } else if keeps_old_login && !keeps_old_mail {
            let old = local("first.last", &latin_given, &login_family, folding);
            format!("{}@{domain}", self.free(&old))
        } else if login_differs || contractor {
            format!("{sam}@{domain}")
        } else {
            mail.clone()
        };
        self.company.addresses.entry(login.clone()).or_insert(index);
        let login_local = login.split('@').next().unwrap_or_default().to_owned();
        self.company.logins.entry(login_local).or_insert(index);
        let mut aliases = Vec::new();
        if !guest && !contractor && bond != Bond::FormerHolder && self.chance(0.12) {
            let pattern = *self.rng.choice(&["f.last", "lastf", "first-last", "last.first"]).unwrap_or(&"f.last");
            let wanted = local(pattern, &latin_given, &mail_family, folding);
            let alias = format!("{}@{domain}", self.free(&wanted));
            if !self.company.addresses.contains_key(&alias) {
                self.company.addresses.insert(alias.clone(), index);
                aliases.push(alias);
            }
        }
        let own_script = name.native(pool);
        let native_share = match code.as_str() {
            "ru" | "uk" | "bg" | "el" | "sr" | "kk" => 0.35,
            "zh" | "ja" | "ko" | "he" | "fa" | "hy" | "ka" | "th" | "am" => 0.12,
            _ => 0.0,
        };
        let native = own_script.is_some() && former_family.is_none() && self.chance(native_share);
        let (given, mut family) = match own_script {
            Some(own) if native => own,
            _ => (latin_given, latin_family),
        };
        if bond == Bond::FatherSon && other.is_some_and(|father| father < index) && index % 5 < 3 {
            family.push_str(" Jr.");
        }
        let department = self.rng.usize(..self.departments.len());
        let titles = &self.departments[department].1;
        let title = titles[self.rng.usize(..titles.len())].clone();
        let manager = (index > 5 && self.chance(0.93)).then(|| self.rng.usize(..(index / 4).max(3)));
        let (width, first) = world.employee;
        let id = self.identifier(index);
        let former_shown = keeps_old_login;
        let created = if self.chance(0.1) { hired - self.rng.i32(3..20) } else { hired - self.rng.i32(0..4) };
        self.company.people.push(Person {
            id,
            name,
            bond,
            other,
            former_family,
            former_shown,
            given,
            family,
            native,
            mail,
            login,
            sam,
            aliases,
            employee: if guest { String::new() } else { format!("{:0width$}", first + index * 3) },
            department,
            title,
            manager,
            hired,
            created,
            left,
            status,
            guest,
            contractor,
        });
        index
    }

    /// A second name that belongs to the bond.
    fn twin(&mut self, base: &Name, bond: Bond) -> Option<Name> {
        let pool = self.pool;
        let mut name = base.clone();
        match bond {
            Bond::SameName | Bond::FatherSon => {}
            Bond::LookAlike => {
                let text = name.given_latin(pool);
                let lang = &pool.langs[base.lang];
                let near: Vec<u32> = pool
                    .given_words
                    .near(&text)
                    .into_iter()
                    .filter(|g| *g != base.given && (lang.men.contains(g) || lang.women.contains(g)))
                    .collect();
                name.given = *self.rng.choice(&near)?;
                name.female = lang.women.contains(&name.given);
            }
            _ => {
                let initial = name.given_latin(pool).chars().next();
                let mut found = false;
                for _ in 0..40 {
                    name.female = self.chance(0.5);
                    name.given = draw_given(pool, base.lang, name.female, &mut self.rng);
                    let same = name.given_latin(pool).chars().next() == initial;
                    found = name.given != base.given && (same || bond == Bond::Sibling);
                    if found {
                        break;
                    }
                }
                if !found {
                    return None;
                }
            }
        }
        Some(name)
    }

    fn pair(&mut self, bond: Bond) {
        let mut first = draw_name(self.pool, &mut self.rng);
        while bond == Bond::FatherSon && first.female {
            first = draw_name(self.pool, &mut self.rng);
        }
        let Some(second) = self.twin(&first, bond) else {
            let dates = self.dates(Bond::None);
            self.add(first, Bond::None, None, None, dates);
            return;
        };
        let index = self.company.people.len();
        let mut older = self.dates(bond);
        let younger = self.dates(bond);
        if bond == Bond::FatherSon {
            older.0 = older.0.min(self.world.as_of - 3000);
        }
        self.add(first, bond, Some(index + 1), None, older);
        self.add(second, bond, Some(index), None, younger);
    }

    /// A new hire who is given the address of somebody who left years ago.
    fn recycled(&mut self, room: bool) {
        let name = draw_name(self.pool, &mut self.rng);
        let Some(earlier) = self.twin(&name, Bond::SameInitial) else { return };
        let earlier = if self.chance(0.2) { name.clone() } else { earlier };
        let pattern = if earlier.given == name.given { "first.last" } else { "flast" };
        let wanted =
            local(pattern, &name.given_latin(self.pool), &name.family_latin(self.pool), name.folding(self.pool));
        let theirs = local(
            pattern,
            &earlier.given_latin(self.pool),
            &earlier.family_latin(self.pool),
            earlier.folding(self.pool),
        );
        if wanted != theirs || self.free(&wanted) != wanted {
            return;
        }
        let now = self.world.as_of;
        let hired = now - self.rng.i32(20..700);
        let until = hired - self.rng.i32(200..1200);
        let from = until - self.rng.i32(300..1800);
        let index = self.company.people.len();
        if room && self.chance(0.5) {
            let year = super::dates::civil(until).0;
            let parked = format!("{wanted}.left{year}");
            if self.free(&parked) == parked {
                let dates = (from, Some(until), Status::Deprovisioned);
                self.add(earlier, Bond::FormerHolder, Some(index + 1), Some(parked), dates);
                self.add(name, Bond::Recycled, Some(index), Some(wanted), (hired, None, Status::Active));
                return;
            }
        }
        self.add(name, Bond::Recycled, None, Some(wanted), (hired, None, Status::Active));
        self.company.ghosts.push(Ghost { name: earlier, holder: index, from, until });
    }

    fn service_like(&mut self) {
        let mut name = draw_name(self.pool, &mut self.rng);
        let Some(odd) = self.pool.langs.iter().find(|l| l.code == "xx") else { return };
        name.families = vec![odd.common[self.rng.usize(..odd.common.len())]];
        let dates = self.dates(Bond::None);
        self.add(name, Bond::ServiceLike, None, None, dates);
    }
}

pub(super) fn departments() -> Vec<(String, Vec<String>)> {
    include_str!("data/departments.txt")
        .lines()
        .filter_map(|l| l.split_once('|'))
        .map(|(name, titles)| (name.to_owned(), titles.split(',').map(str::to_owned).collect()))
        .collect()
}

pub(super) fn hire(pool: &Pool, world: &World, people: usize, seed: u64) -> Company {
    let company = Company { people: Vec::new(), ghosts: Vec::new(), addresses: HashMap::new(), logins: HashMap::new() };
    let rng = Rng::with_seed(seed ^ world.salt);
    let mut maker = Maker { pool, world, rng, company, departments: departments() };
    while maker.company.people.len() < people {
        let room = people - maker.company.people.len() >= 2;
        match maker.rng.u32(..1000) {
            0..6 if room => maker.pair(Bond::SameName),
            6..16 if room => maker.pair(Bond::LookAlike),
            16..27 if room => maker.pair(Bond::SameInitial),
            27..30 if room => maker.pair(Bond::FatherSon),
            30..36 if room => maker.pair(Bond::Sibling),
            36..48 => maker.recycled(room),
            48..53 => maker.service_like(),
            _ => {
                let name = draw_name(pool, &mut maker.rng);
                let dates = maker.dates(Bond::None);
                maker.add(name, Bond::None, None, None, dates);
            }
        }
    }
    maker.company
}
