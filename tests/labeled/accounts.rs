//! The accounts: who has one where, under what address and name, and what a careful reader could know of it.

use std::collections::HashSet;

use fastrand::Rng;

use super::apps::{Account, App, Shown};
use super::clues::{Clue, Draft, Place, draft};
use super::dates::Day;
use super::index::Index;
use super::kinds::{Difficulty, Shape, weights};
use super::names::Pool;
use super::outsiders::{Outsider, Roster, opaque};
use super::people::{Bond, Company, Name, departments, local};
use super::text::{Folding, squeeze};
use super::world::World;
use super::{Expected, Files, Half, Owner, Truth};

/// What all accounts are made from.
pub(super) struct Setting<'a> {
    pub(super) half: Half,
    pub(super) pool: &'a Pool,
    pub(super) world: &'a World,
    pub(super) company: &'a Company,
    pub(super) index: &'a Index<'a>,
    pub(super) roster: &'a Roster,
}

/// What has been given out in one app.
#[derive(Default)]
struct Book {
    accounts: Vec<Account>,
    taken: HashSet<String>,
    /// People with an account here.
    linked: HashSet<usize>,
    linked_list: Vec<usize>,
}

/// Dates of one account and whether it is closed.
struct Times {
    created: Day,
    active: Option<Day>,
    closed: bool,
}

struct Office<'a> {
    s: Setting<'a>,
    rng: Rng,
    apps: Vec<App>,
    books: Vec<Book>,
    truth: Vec<Truth>,
    serial: u64,
    exact: usize,
    /// Accounts of people of the directory.
    persons: usize,
    /// Those a reader can be sure of.
    sure: usize,
    /// People by what makes them fit for a kind.
    traits: Vec<(Difficulty, Vec<usize>)>,
    services: Vec<(&'static str, &'static str, bool)>,
    departments: Vec<String>,
    service_round: usize,
}

impl Office<'_> {
    fn chance(&mut self, p: f64) -> bool {
        self.rng.f64() < p
    }

    /// When an account was made and last used by somebody who was around from `from` until `until`.
    fn times(&mut self, app: usize, from: Day, until: Option<Day>) -> Option<Times> {
        let now = self.s.world.as_of;
        let start = now - self.apps[app].years * 365;
        let end = until.unwrap_or(now);
        let early = from > start + 20 && until.is_none_or(|u| u > from + 30) && self.chance(0.06);
        let created = if early {
            from - self.rng.i32(1..=10)
        } else {
            let base = from.max(start);
            let room = end - 2 - base;
            if room < 1 {
                return None;
            }
            let wait = if self.chance(0.55) { self.rng.i32(0..20) } else { (f64::from(room) * self.rng.f64()) as Day };
            base + wait.min(room)
        };
        let floor = created.max(from);
        let active = if self.chance(0.08) {
            None
        } else if until.is_some() && self.chance(0.08) {
            // Somebody went on using it after the last day at work.
            Some((end + self.rng.i32(1..90)).min(now - 1))
        } else {
            let back = if self.chance(0.8) { self.rng.i32(1..40) } else { self.rng.i32(40..500) };
            Some((end - back).max(floor).min(now - 1))
        };
        let closes = self.apps[app].closes;
        let closed = closes && if until.is_some() { self.chance(0.3) } else { self.chance(0.02) };
        let active = if closed { active.map(|d| d.min(now - 12).max(created)) } else { active };
        Some(Times { created, active, closed })
    }

    /// Which address, login name or else name an app must not hold twice.
    fn claim(&mut self, app: usize, account: &Account) -> bool {
        let shape = self.apps[app].shape;
        let key = match shape {
            Shape::Username => account.username.to_lowercase(),
            Shape::LastFirst => return true,
            Shape::Mail | Shape::Numbered => account.email.to_lowercase(),
        };
        key.is_empty() && shape == Shape::Numbered || !key.is_empty() && self.books[app].taken.insert(key)
    }

    fn push(
        &mut self,
        app: usize,
        mut account: Account,
        times: &Times,
        truth: (Owner, Difficulty, bool, Option<bool>),
    ) -> bool {
        if self.apps[app].shape == Shape::LastFirst && account.given.is_empty() && account.family.is_empty() {
            return false;
        }
        if !self.claim(app, &account) {
            return false;
        }
        self.serial += 1;
        account.serial = self.serial;
        account.created = times.created;
        account.active = times.active;
        account.closed = times.closed;
        let (owner, difficulty, knowable, owner_here) = truth;
        // A closed account gives nobody access; whose it was is then of no consequence.
        let finding = match owner_here {
            Some(true) if knowable => Some(Expected::NotOrphaned),
            Some(false) if knowable && !times.closed => Some(Expected::Orphaned),
            _ => None,
        };
        let key = (self.apps[app].key)(&account);
        let app_name = self.apps[app].name.to_owned();
        self.books[app].accounts.push(account);
        self.truth.push(Truth { app: app_name, account: key, owner, difficulty, knowable, finding, owner_here });
        true
    }

    fn pick_app(&mut self) -> usize {
        let total: u32 = self.apps.iter().map(|a| a.weight).sum();
        let mut at = self.rng.u32(..total);
        for (i, app) in self.apps.iter().enumerate() {
            if at < app.weight {
                return i;
            }
            at -= app.weight;
        }
        0
    }

    fn pick_kind(&mut self, app: usize) -> Difficulty {
        let shape = self.apps[app].shape;
        if shape == Shape::Numbered && self.chance(0.19) {
            return Difficulty::EmployeeNumber;
        }
        let list = weights(shape);
        // The share of exact addresses is what everything else is measured against: keep it where it belongs.
        let goal = (0.54 * self.sure as f64).max(0.44 * self.persons as f64);
        let factor = match self.exact as f64 - goal {
            d if d > 8.0 => 0.5,
            d if d < -8.0 => 2.0,
            _ => 1.0,
        };
        let weight = |kind: Difficulty, w: u32| match kind {
            Difficulty::ExactAddress => (f64::from(w) * factor) as u32,
            _ => w,
        };
        let total: u32 = list.iter().map(|(k, w)| weight(*k, *w)).sum();
        let mut at = self.rng.u32(..total);
        for (kind, w) in list {
            let w = weight(*kind, *w);
            if at < w {
                return *kind;
            }
            at -= w;
        }
        Difficulty::Service
    }

    /// Somebody whom the kind fits and who has no account in the app yet.
    fn pick_person(&mut self, app: usize, kind: Difficulty) -> Option<usize> {
        if kind == Difficulty::SecondAccount {
            let linked = &self.books[app].linked_list;
            return self.rng.choice(linked).copied().filter(|p| !self.s.company.people[*p].guest);
        }
        for _ in 0..30 {
            let place = self.traits.iter().position(|(k, _)| *k == kind);
            let person = match place {
                Some(p) => *self.rng.choice(&self.traits[p].1)?,
                None => self.rng.usize(..self.s.company.people.len()),
            };
            let gone = self.s.company.people[person].left.is_some();
            let parked = self.s.company.people[person].bond == Bond::FormerHolder;
            if parked || self.books[app].linked.contains(&person) || (gone && self.chance(0.62)) {
                continue;
            }
            return Some(person);
        }
        None
    }

    /// Whether the name is to be seen, and how much of it.
    fn show(&mut self, app: usize, d: &mut Draft) {
        if self.apps[app].shape == Shape::Username {
            (d.given, d.family, d.name) = (String::new(), String::new(), Clue::None);
            return;
        }
        if d.named {
            return;
        }
        let (blank, half) = if self.apps[app].shown == Shown::Partly { (0.35, 0.15) } else { (0.05, 0.03) };
        if self.chance(blank) {
            (d.given, d.family, d.name) = (String::new(), String::new(), Clue::None);
        } else if self.chance(half) {
            (d.family, d.name) = (String::new(), Clue::None);
        }
    }

    /// The rule of `Truth::knowable` for an account of a person of the directory.
    fn sure(&self, person: usize, d: &Draft) -> bool {
        if let Some(settled) = d.settled {
            return settled;
        }
        let index = self.s.index;
        let owner = person as u32;
        let p = &self.s.company.people[person];
        let inside = d.place == Place::Ours;
        let clue = |clue: &Clue| match clue {
            Clue::None => false,
            Clue::Full(given, family) => {
                index.only(owner, given, family)
                    && !index.outsider(given, family)
                    && (inside || !index.is_common(&p.name))
            }
            Clue::Initial(given, family) => {
                inside && index.only_family(owner, family) && index.only_initial(owner, given, family)
            }
        };
        clue(&d.name) || clue(&d.local)
    }

    fn person(&mut self, app: usize, kind: Difficulty) -> bool {
        let Some(person) = self.pick_person(app, kind) else { return false };
        let shape = self.apps[app].shape;
        let Some(mut d) = draft(&self.s, shape, kind, person, &mut self.rng) else { return false };
        let p = &self.s.company.people[person];
        let Some(times) = self.times(app, p.hired, p.left) else { return false };
        self.show(app, &mut d);
        let mut knowable = self.sure(person, &d);
        let mut kind = kind;
        if p.bond == Bond::Recycled && kind == Difficulty::ExactAddress {
            // The address alone could still mean the former holder: name and date must speak for the present one.
            knowable = self.apps[app].dated
                && times.created >= p.hired
                && matches!(d.name, Clue::Full(..))
                && p.other.is_none_or(|o| self.s.company.people[o].name.given != p.name.given);
            if !knowable {
                kind = Difficulty::RecycledAddress;
            }
        }
        let theirs = self.s.company.logins.get(&d.username.to_lowercase());
        if shape == Shape::Username && theirs.is_some_and(|other| *other != person) {
            (kind, knowable) = (Difficulty::SameInitial, false);
        }
        if p.bond == Bond::ServiceLike {
            kind = Difficulty::ServiceLikePerson;
        }
        let mut account =
            Account { email: d.email, username: d.username, given: d.given, family: d.family, ..Account::default() };
        if shape == Shape::Numbered
            && !p.employee.is_empty()
            && (kind == Difficulty::EmployeeNumber || kind == Difficulty::ExactAddress && self.chance(0.5))
        {
            // A detour through a spreadsheet costs a number its leading zeros.
            let bare = kind == Difficulty::EmployeeNumber && self.chance(0.12);
            account.employee = if bare { p.employee.trim_start_matches('0').to_owned() } else { p.employee.clone() };
        }
        let owner = Owner::Person(p.id.clone());
        if !self.push(app, account, &times, (owner, kind, knowable, p.here())) {
            return false;
        }
        self.persons += 1;
        self.sure += usize::from(knowable);
        self.exact += usize::from(knowable && kind == Difficulty::ExactAddress);
        if self.books[app].linked.insert(person) {
            self.books[app].linked_list.push(person);
        }
        true
    }

    /// An account of the former holder of an address that somebody else has now.
    fn recycled(&mut self, app: usize) -> bool {
        let company = self.s.company;
        let Some(holders) = self.traits.iter().find(|(k, _)| *k == Difficulty::RecycledAddress) else { return false };
        let Some(&holder) = self.rng.choice(&holders.1) else { return false };
        let now = &company.people[holder];
        let (name, from, until, owner): (&Name, Day, Day, Owner) = match now.other {
            Some(other) => {
                let p = &company.people[other];
                (&p.name, p.hired, p.left.unwrap_or(p.hired), Owner::Person(p.id.clone()))
            }
            None => {
                let Some(ghost) = company.ghosts.iter().find(|g| g.holder == holder) else { return false };
                (&ghost.name, ghost.from, ghost.until, Owner::Nobody)
            }
        };
        let Some(mut times) = self.times(app, from, Some(until)) else { return false };
        times.active = times.active.map(|d| d.min(until));
        let pool = self.s.pool;
        let mut account = Account { email: now.mail.clone(), ..Account::default() };
        if self.chance(0.6) {
            (account.given, account.family) = (name.given_latin(pool), name.family_latin(pool));
        }
        let person = matches!(owner, Owner::Person(_));
        let done = self.push(app, account, &times, (owner, Difficulty::RecycledAddress, false, Some(false)));
        if let (true, true, Some(other)) = (done, person, now.other) {
            self.books[app].linked.insert(other);
        }
        done
    }

    fn outsider(&mut self, app: usize, kind: Difficulty) -> bool {
        let roster = self.s.roster;
        let list = match kind {
            Difficulty::FormerUnlisted => &roster.former,
            Difficulty::Partner => &roster.partners,
            Difficulty::Stranger => &roster.strangers,
            _ => &roster.namesakes,
        };
        let Some(o): Option<&Outsider> = self.rng.choice(list) else { return false };
        let Some(times) = self.times(app, o.from, o.until) else { return false };
        let pool = self.s.pool;
        let (given, family) = (o.name.given_latin(pool), o.name.family_latin(pool));
        let shape = self.apps[app].shape;
        let mut d = Draft::new(Place::Outside);
        (d.given, d.family) = (given.clone(), family.clone());
        d.name = Clue::Full(given.clone(), family.clone());
        d.email.clone_from(&o.email);
        d.username = self.login_of(&o.email);
        // The name decides about a namesake, and about a private address.
        d.named = kind == Difficulty::ExternalNamesake || (kind == Difficulty::Stranger && !o.spelled);
        if shape == Shape::LastFirst {
            d.named = true;
        }
        self.show(app, &mut d);
        let seen = d.name != Clue::None || (o.spelled && shape != Shape::LastFirst);
        let stray = || !self.s.index.any_family(&family);
        let knowable = !o.mistakable && (seen || (o.surname && stray()));
        let knowable = knowable && kind != Difficulty::ExternalNamesake;
        // A bare login name or a bare name does not tell somebody who is gone from somebody who never worked here.
        let knowable = knowable && !matches!(shape, Shape::Username | Shape::LastFirst);
        let (owner, here) = match o.kind {
            Difficulty::FormerUnlisted | Difficulty::LookAlike => (Owner::Nobody, Some(false)),
            _ => (Owner::External, None),
        };
        let account =
            Account { email: d.email, username: d.username, given: d.given, family: d.family, ..Account::default() };
        // The same person's account in one app is made once: address and login name are the same again.
        if shape == Shape::LastFirst && !self.books[app].taken.insert(o.email.clone()) {
            return false;
        }
        self.push(app, account, &times, (owner, o.kind, knowable, here))
    }

    fn login_of(&self, email: &str) -> String {
        let part = email.split('@').next().unwrap_or_default();
        match self.s.half.files() {
            Files::Tuned => squeeze(part, Folding::Plain),
            Files::Held => part.to_uppercase(),
        }
    }

    fn service(&mut self, app: usize) -> bool {
        let (part, name, plain) = self.services[self.rng.usize(..self.services.len())];
        self.service_round += 1;
        let round = self.service_round;
        let department = self.departments[self.rng.usize(..self.departments.len())].clone();
        let number = if round < 60 { round % 10 + 1 } else { round };
        let fill = |t: &str, d: &str| t.replace("{d}", d).replace("{n}", &number.to_string());
        let mut part = fill(part, &department.to_lowercase().replace(' ', "-"));
        let name = fill(name, &department);
        let key = format!("{part}@{}", self.s.world.domain);
        if self.books[app].taken.contains(&key) {
            part = format!("{part}{number}");
        }
        let email = format!("{part}@{}", self.s.world.domain);
        if self.s.company.addresses.contains_key(&email) || self.s.company.logins.contains_key(&part) {
            return false;
        }
        let mut account = Account { username: self.login_of(&email), email, ..Account::default() };
        if self.apps[app].shape == Shape::Username {
            account.username = account.username.replace('.', "-");
        } else if self.apps[app].shape == Shape::LastFirst || self.chance(0.8) {
            // Forms with two fields get the name split at the first space, as people fill them in.
            let (given, family) = name.split_once(' ').unwrap_or(("", &name));
            (account.given, account.family) = (given.to_owned(), family.to_owned());
            if self.apps[app].shape == Shape::LastFirst {
                (account.given, account.family) = (String::new(), name.clone());
            }
        }
        let from = self.s.world.as_of - self.rng.i32(60..2500);
        let Some(times) = self.times(app, from, None) else { return false };
        self.push(app, account, &times, (Owner::Service, Difficulty::Service, plain, None))
    }

    fn one(&mut self) -> bool {
        let app = self.pick_app();
        let kind = self.pick_kind(app);
        match kind {
            Difficulty::Service => self.service(app),
            Difficulty::RecycledAddress => self.recycled(app),
            Difficulty::FormerUnlisted | Difficulty::Partner | Difficulty::Stranger | Difficulty::ExternalNamesake => {
                self.outsider(app, kind)
            }
            _ => self.person(app, kind),
        }
    }
}

/// People fit for each kind that does not fit everybody.
fn traits(s: &Setting<'_>) -> Vec<(Difficulty, Vec<usize>)> {
    use Difficulty::*;
    let people = &s.company.people;
    let of = |test: &dyn Fn(usize) -> bool| (0..people.len()).filter(|i| test(*i)).collect::<Vec<_>>();
    let own = |i: usize| !people[i].guest && !people[i].contractor;
    let bond = |b: Bond| of(&|i| people[i].bond == b);
    let given = |i: usize| &s.pool.givens[people[i].name.given as usize];
    vec![
        (AliasAddress, of(&|i| !people[i].aliases.is_empty())),
        (LoginAddress, of(&|i| people[i].login != people[i].mail && !people[i].guest)),
        (GmailDots, of(&|i| people[i].contractor)),
        (FormerDomain, of(&|i| own(i) && people[i].hired < s.world.rebrand && people[i].bond != Bond::FormerHolder)),
        (OtherPattern, of(&own)),
        (Transliteration, of(&|i| own(i) && super::clues::respelled(s.pool, &people[i].name, 1).is_some())),
        (Nickname, of(&|i| own(i) && !given(i).short.is_empty())),
        (Initials, of(&own)),
        (SwappedOrder, of(&own)),
        (PersonalNamed, of(&own)),
        (PersonalOpaque, of(&own)),
        (Typo, of(&own)),
        (DoubleSurname, of(&|i| own(i) && people[i].name.families.len() == 2)),
        (ChangedSurname, of(&|i| people[i].former_family.is_some())),
        (EmployeeNumber, of(&|i| !people[i].employee.is_empty())),
        (UsernameOnly, of(&own)),
        (SameName, bond(Bond::SameName)),
        (RecycledAddress, bond(Bond::Recycled)),
        (LookAlike, of(&|i| matches!(people[i].bond, Bond::LookAlike | Bond::Sibling))),
        (SameInitial, bond(Bond::SameInitial)),
        (FatherSon, bond(Bond::FatherSon)),
        (ServiceLikePerson, bond(Bond::ServiceLike)),
    ]
}

/// Accounts and truth: files in the order of the apps, truth in the order the accounts were made.
pub(super) fn open(s: Setting<'_>, apps: Vec<App>, accounts: usize, seed: u64) -> (Vec<(String, String)>, Vec<Truth>) {
    let marker = if s.half.files() == Files::Held { "h|" } else { "t|" };
    let services = include_str!("data/services.txt")
        .lines()
        .filter_map(|l| l.strip_prefix(marker)?.split_once('|'))
        .map(|(part, name)| (part.trim_start_matches('?'), name, !part.starts_with('?')))
        .collect();
    let traits = traits(&s);
    let books = apps.iter().map(|_| Book::default()).collect();
    let departments = departments().into_iter().map(|(name, _)| name).collect();
    let rng = Rng::with_seed(seed.rotate_left(20) ^ s.world.salt);
    let mut office = Office {
        s,
        rng,
        apps,
        books,
        truth: Vec::with_capacity(accounts),
        serial: 0,
        exact: 0,
        persons: 0,
        sure: 0,
        traits,
        services,
        departments,
        service_round: 0,
    };
    // A company with far more accounts than people and apps have room for gets as many as fit.
    let mut spare = accounts * 40 + 1000;
    while office.truth.len() < accounts && spare > 0 {
        office.one();
        spare -= 1;
    }
    let files = office
        .apps
        .iter()
        .zip(&office.books)
        .map(|(app, book)| {
            let text = (app.write)(&book.accounts, office.s.world);
            let kind = if text.starts_with('{') || text.starts_with('[') { "json" } else { "csv" };
            (format!("{}-{}.{kind}", app.file, office.s.world.as_of_text), text)
        })
        .collect();
    (files, office.truth)
}

/// A private address that says the name.
pub(super) fn named_mailbox(s: &Setting<'_>, name: &Name, rng: &mut Rng) -> (String, Clue) {
    let (given, family) = (name.given_latin(s.pool), name.family_part(s.pool, 0));
    let pattern = *rng
        .choice(&["first.last", "first.last", "firstlast", "last.first", "f.last", "firstl"])
        .unwrap_or(&"first.last");
    let mut part = local(pattern, &given, &family, name.folding(s.pool));
    let mailbox = s.world.mailboxes[rng.usize(..s.world.mailboxes.len())];
    // Contractors are in the directory with plain Gmail addresses; one or two digits keep those theirs.
    if rng.bool() || mailbox == "gmail.com" {
        part.push_str(&rng.u32(1..100).to_string());
    }
    if matches!(mailbox, "qq.com" | "163.com") && rng.f64() < 0.5 {
        return (opaque(s.world, rng), Clue::None);
    }
    let clue = if matches!(pattern, "f.last" | "firstl") { Clue::None } else { Clue::Full(given, family) };
    (format!("{part}@{mailbox}"), clue)
}
