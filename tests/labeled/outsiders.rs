//! People with accounts who are in no directory: former employees, partners, strangers, namesakes.

use fastrand::Rng;

use super::dates::Day;
use super::index::Index;
use super::kinds::Difficulty;
use super::names::Pool;
use super::people::{Company, Name, draw_name, local};
use super::world::World;

pub(super) struct Outsider {
    pub(super) name: Name,
    pub(super) kind: Difficulty,
    pub(super) email: String,
    /// The address spells given name and surname in full.
    pub(super) spelled: bool,
    /// The address spells at least the surname.
    pub(super) surname: bool,
    /// Somebody of the directory could be meant by the full name.
    pub(super) mistakable: bool,
    pub(super) from: Day,
    pub(super) until: Option<Day>,
}

/// The outsiders of each kind.
pub(super) struct Roster {
    pub(super) former: Vec<Outsider>,
    pub(super) partners: Vec<Outsider>,
    pub(super) strangers: Vec<Outsider>,
    pub(super) namesakes: Vec<Outsider>,
}

pub(super) const HANDLES: [&str; 40] = [
    "sunny",
    "bluefox",
    "nightowl",
    "pixel",
    "rocket",
    "lemon",
    "kayak",
    "comet",
    "mango",
    "velvet",
    "tundra",
    "gecko",
    "thunder",
    "wombat",
    "salsa",
    "cactus",
    "marble",
    "turbo",
    "nova",
    "echo",
    "falcon",
    "mocha",
    "zephyr",
    "maple",
    "orbit",
    "panda",
    "quartz",
    "ripple",
    "sparrow",
    "tiger",
    "umbra",
    "vortex",
    "willow",
    "xenon",
    "yonder",
    "zigzag",
    "cobalt",
    "dune",
    "ember",
    "fjordling",
];

/// An address of a free mail service that says nothing about its owner.
pub(super) fn opaque(world: &World, rng: &mut Rng) -> String {
    let mailbox = world.mailboxes[rng.usize(..world.mailboxes.len())];
    if matches!(mailbox, "qq.com" | "163.com") {
        return format!("{}@{mailbox}", rng.u32(100_000_000..2_000_000_000));
    }
    let (a, b) = (HANDLES[rng.usize(..HANDLES.len())], HANDLES[rng.usize(..HANDLES.len())]);
    format!("{a}{b}{}@{mailbox}", rng.u32(1..9999))
}

/// A name nobody of the directory could be meant by, if there is one.
fn unlike(pool: &Pool, index: &Index<'_>, rng: &mut Rng) -> (Name, bool) {
    let mut name = draw_name(pool, rng);
    for _ in 0..12 {
        let mistakable =
            (0..name.families.len()).any(|i| index.anybody(&name.given_latin(pool), &name.family_part(pool, i)));
        if !mistakable {
            return (name, false);
        }
        name = draw_name(pool, rng);
    }
    (name, true)
}

pub(super) fn roster(
    pool: &Pool,
    world: &World,
    company: &Company,
    index: &mut Index<'_>,
    accounts: usize,
    rng: &mut Rng,
) -> Roster {
    let mut roster = Roster { former: Vec::new(), partners: Vec::new(), strangers: Vec::new(), namesakes: Vec::new() };
    let now = world.as_of;
    for i in 0..(accounts / 50).max(4) {
        let from = now - rng.i32(500..3500);
        let until = Some((from + rng.i32(90..1500)).min(now - 10));
        let (mut name, mut mistakable) = unlike(pool, index, rng);
        let mut kind = Difficulty::FormerUnlisted;
        if i % 12 == 5 {
            // One who looks like somebody who is still here.
            let twin = &company.people[rng.usize(..company.people.len())].name;
            let near = pool.given_words.near(&twin.given_latin(pool));
            let near: Vec<u32> = near
                .into_iter()
                .filter(|g| {
                    let lang = &pool.langs[twin.lang];
                    *g != twin.given && (lang.men.contains(g) || lang.women.contains(g))
                })
                .collect();
            if let Some(given) = rng.choice(&near) {
                name = Name { given: *given, ..twin.clone() };
                (kind, mistakable) = (Difficulty::LookAlike, true);
            }
        }
        let pattern = *rng
            .choice(&["first.last", "first.last", "first.last", "flast", "firstl", "first_last"])
            .unwrap_or(&"first.last");
        let part = local(pattern, &name.given_latin(pool), &name.family_latin(pool), name.folding(pool));
        let domain = if from < world.rebrand && rng.f64() < 0.25 { world.former } else { world.domain };
        let email = format!("{part}@{domain}");
        // An address of the directory would make this a recycled one.
        if company.addresses.contains_key(&format!("{part}@{}", world.domain)) || company.logins.contains_key(&part) {
            continue;
        }
        let spelled = matches!(pattern, "first.last" | "first_last");
        let surname = spelled || pattern == "flast";
        index.add_outside(&name);
        roster.former.push(Outsider { name, kind, email, spelled, surname, mistakable, from, until });
    }
    for _ in 0..(accounts / 60).max(4) {
        let (name, mistakable) = unlike(pool, index, rng);
        let pattern = *rng.choice(&["first.last", "first.last", "flast", "first"]).unwrap_or(&"first.last");
        let part = local(pattern, &name.given_latin(pool), &name.family_latin(pool), name.folding(pool));
        let email = format!("{part}@{}", world.partners[rng.usize(..world.partners.len())]);
        if company.addresses.contains_key(&email) {
            continue;
        }
        let (from, spelled) = (now - rng.i32(30..2000), pattern == "first.last");
        let surname = spelled || pattern == "flast";
        index.add_outside(&name);
        let kind = Difficulty::Partner;
        roster.partners.push(Outsider { name, kind, email, spelled, surname, mistakable, from, until: None });
    }
    for _ in 0..(accounts / 90).max(3) {
        let (name, mistakable) = unlike(pool, index, rng);
        let spelled = rng.f64() < 0.6;
        let email = if spelled {
            let part = local("first.last", &name.given_latin(pool), &name.family_latin(pool), name.folding(pool));
            format!("{part}{}@{}", rng.u32(1..99), world.mailboxes[rng.usize(..world.mailboxes.len())])
        } else {
            opaque(world, rng)
        };
        let from = now - rng.i32(30..2000);
        index.add_outside(&name);
        let (kind, surname) = (Difficulty::Stranger, spelled);
        roster.strangers.push(Outsider { name, kind, email, spelled, surname, mistakable, from, until: None });
    }
    for _ in 0..(accounts / 200).max(2) {
        let person = &company.people[rng.usize(..company.people.len())];
        if person.guest || person.contractor {
            continue;
        }
        let name = person.name.clone();
        let part = local("first.last", &name.given_latin(pool), &name.family_latin(pool), name.folding(pool));
        let email = format!("{part}@{}", world.partners[rng.usize(..world.partners.len())]);
        if company.addresses.contains_key(&email) {
            continue;
        }
        let from = now - rng.i32(30..1500);
        index.add_outside(&name);
        let kind = Difficulty::ExternalNamesake;
        let (spelled, surname, mistakable) = (true, true, true);
        roster.namesakes.push(Outsider { name, kind, email, spelled, surname, mistakable, from, until: None });
    }
    for ghost in &company.ghosts {
        index.add_outside(&ghost.name);
    }
    roster
}
