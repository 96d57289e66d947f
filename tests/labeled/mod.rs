//! Labeled test data for "whose account is it": a made-up company, the exports of its apps, and the truth.
//!
//! It was written without knowledge of how the program matches, so that it can measure it. Two worlds share no name,
//! no domain and no app: parameters may be looked at with [`Half::Tuned`] only, and [`Half::Held`] then tells what
//! they are worth. [`Half::Third`] and [`Half::Crossed`] may be looked at as well: their names and domains are neither's,
//! their files the tuned world's and the held one's.
#![allow(
    dead_code,
    unreachable_pub,
    reason = "shared by test crates and a benchmark, of which none uses everything and each has it as a private module"
)]

mod accounts;
mod apps;
mod clues;
mod dates;
mod directory;
mod index;
mod kinds;
mod names;
mod outsiders;
mod people;
mod text;
mod world;

pub use kinds::Difficulty;

/// What company to make up.
#[derive(Clone, Copy, Debug)]
pub struct Spec {
    /// Which of the worlds.
    pub half: Half,
    /// Entries of the directory, present and gone.
    pub people: usize,
    /// Accounts over all apps; fewer come out where the people cannot fill so many.
    pub accounts: usize,
    /// The same specification gives the same bytes; another seed, another company.
    pub seed: u64,
}

/// One of the worlds; they have no names and domains in common, and the first two no apps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Half {
    /// To look at while working on the matcher.
    Tuned,
    /// To measure with, and never to look at.
    Held,
    /// To look at as well: other languages, with the directory and the apps of the tuned world.
    Third,
    /// To look at as well: the people of the third world, with the directory and the apps of the held one, so that what is
    /// wrong with its files can be told from what is wrong with its names.
    Crossed,
}

/// Whose files a world has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Files {
    /// Those of the tuned world.
    Tuned,
    /// Those of the held one.
    Held,
}

impl Half {
    fn files(self) -> Files {
        match self {
            Self::Tuned | Self::Third => Files::Tuned,
            Self::Held | Self::Crossed => Files::Held,
        }
    }
}

/// A made-up company.
#[derive(Clone, Debug)]
pub struct Company {
    /// File names, with the day of the export in them, and texts. The first is the directory.
    pub files: Vec<(String, String)>,
    /// The day of the exports.
    pub as_of: &'static str,
    /// One entry per account, in no order that would help.
    pub truth: Vec<Truth>,
}

/// Whose an account really is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Truth {
    /// The app, by its usual name.
    pub app: String,
    /// What the app's file calls the account: its id, else its login name, else its address in lower case.
    pub account: String,
    /// Whose it is.
    pub owner: Owner,
    /// What makes it hard.
    pub difficulty: Difficulty,
    /// Whether a careful reader of exactly these files could be sure of `owner`.
    ///
    /// The rule, applied to the finished directory:
    ///
    /// - An address of the directory (primary, alias, sign-in name; case, plus-tag and Gmail's dots aside) or an
    ///   employee number decides. If the address had another holder before, the export must say that the account was
    ///   made after the present one was hired, and show a full name that only the present one has.
    /// - A full name, displayed or spelled by the local part, decides if nobody else in the directory, present or
    ///   gone, has the same name or one that could be meant: a spelling or short form of it, a part of it, the two in
    ///   the other order, or anything within about two letters of one of these; if nobody outside the directory has
    ///   accounts under such a name; and, outside the company's domains, if the name is not so common that a stranger
    ///   may have it.
    /// - Initial and surname decide only within the company's domains, and only if nobody else in the directory or
    ///   among the known outsiders has a surname like it, and it is neither short nor common.
    /// - A login name equal to the corporate one decides, unless somebody else has that initial and surname.
    /// - A given name alone, an address that another one had, a former surname no file shows, and the name of an
    ///   employee in another company's domain never decide.
    /// - "Nobody" and "external" can be known if name or surname could not mean anybody of the directory; "service",
    ///   if the name is not one a person or a department could have.
    pub knowable: bool,
    /// Whether the access belongs to nobody who works here. `None` where the files do not decide that: not knowable,
    /// closed, on leave, a guest, a service, or an outsider.
    pub finding: Option<Expected>,
    /// The same as it truly is, decidable or not: whether the owner works here on the day of the exports. `None` for
    /// services, outsiders, guests, and people on leave.
    pub owner_here: Option<bool>,
}

/// The owner of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Owner {
    /// Somebody of the directory, by its stable id.
    Person(String),
    /// A program, a team, a room, a test.
    Service,
    /// A person who never worked here.
    External,
    /// Somebody who worked here once and is in no file.
    Nobody,
}

/// What an audit should say of the access.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// It belongs to nobody who works here.
    Orphaned,
    /// Its owner works here.
    NotOrphaned,
}

/// Makes up a company.
#[must_use]
pub fn company(spec: &Spec) -> Company {
    let pool = names::pool(spec.half);
    let world = world::world(spec.half);
    let staff = people::hire(&pool, &world, spec.people.max(20), spec.seed);
    let mut index = index::Index::new(&pool, &staff.people, spec.accounts);
    let mut rng = fastrand::Rng::with_seed(spec.seed.rotate_left(40) ^ world.salt);
    let roster = outsiders::roster(&pool, &world, &staff, &mut index, spec.accounts, &mut rng);
    let setting = accounts::Setting {
        half: spec.half,
        pool: &pool,
        world: &world,
        company: &staff,
        index: &index,
        roster: &roster,
    };
    let mut files = vec![directory::write(spec.half, &world, &staff)];
    let (exports, truth) = accounts::open(setting, apps::apps(spec.half), spec.accounts, spec.seed);
    files.extend(exports);
    Company { files, as_of: world.as_of_text, truth }
}
