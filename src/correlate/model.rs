//! The weights: how much each kind of agreement says, learned from the data at hand.
//!
//! The model is that of Fellegi and Sunter (1969): agreement of a kind weighs `log2(m / u)` bits, where `m` is how often an
//! account and its owner agree so, and `u` how often an account and somebody else do. `u` of names comes from how many
//! people of the directory share them; all else is estimated by expectation and maximization (EM) from the accounts that
//! ask for it, beginning at the priors below. A prior counts as much as `PRIOR` accounts, so that a small file keeps it
//! and a large one forgets it.

use std::collections::HashMap;

use super::agreement::Level;
use super::likeness::Likeness;

/// How a local part or sign-in name goes with a person, beyond what the name says.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Ord, PartialOrd, Hash)]
pub(super) enum LocalLevel {
    /// The person has the same.
    Own,
    /// Made of the person's name.
    Fits,
    /// Tells nothing.
    Silent,
    /// Made of another name, or another person's own.
    Against,
}

/// How the account's first day goes with the person's.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Ord, PartialOrd, Hash)]
pub(super) enum Start {
    /// Made around the day of hire.
    AtHire,
    /// Made later.
    Later,
    /// Not known.
    Unknown,
    /// Made, or used, before the person was hired.
    BeforeHire,
    /// Made after the person had left.
    AfterLeaving,
}

/// How the account's last activity goes with the person's last day.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Ord, PartialOrd, Hash)]
pub(super) enum End {
    /// The account was last used before the person left.
    Within,
    /// Not known, or the person is here.
    Unknown,
    /// Used after the person had left.
    AfterLeaving,
}

/// Whether the account is open, and the person here.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Ord, PartialOrd, Hash)]
pub(super) enum Standing {
    /// Open, and the person is here.
    Open,
    /// Closed, though the person is here.
    Closed,
    /// Open, though the person has left.
    OpenAfter,
    /// Closed, and the person has left.
    ClosedAfter,
}

/// All that is compared of an account and a person.
#[derive(Clone, Copy, Debug)]
pub(super) struct Comparison {
    /// How it goes with the person's names.
    pub(super) like: Likeness,
    /// The same of what stands before the `@`, and whose that is; `None` where there is no local part.
    pub(super) local: Option<LocalLevel>,
    /// Letters and digits of the local part.
    pub(super) local_length: usize,
    /// What stands before the `@` is made of the person's name.
    pub(super) local_is_name: bool,
    pub(super) start: Start,
    pub(super) end: End,
    pub(super) standing: Standing,
    /// The person has an account in the app already; `None` where that tells nothing.
    pub(super) second: Option<bool>,
    /// The chance of somebody else to have one.
    pub(super) second_chance: f64,
    /// Same department; `None` where one of them is not told.
    pub(super) department: Option<bool>,
    /// The chance of somebody else to be in the department.
    pub(super) department_chance: f64,
}

/// Where the address of an account is.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Ord, PartialOrd, Hash)]
pub(super) enum Place {
    /// There is no address.
    Nowhere,
    /// In a domain of the organization.
    Own,
    /// In a domain anybody can have an address in.
    Public,
    /// In another domain.
    Outside,
}

/// How often each level occurs between an account and its owner.
#[derive(Clone, Debug)]
struct Levels<const N: usize> {
    prior: [f64; N],
    m: [f64; N],
}

/// Accounts a prior counts as much as: enough to outweigh the accidents of a handful, too few to matter among hundreds.
const PRIOR: f64 = 30.0;

impl<const N: usize> Levels<N> {
    fn new(prior: [f64; N]) -> Self {
        Self { prior, m: prior }
    }

    /// New estimates from how often each level was seen.
    fn learn(&mut self, seen: &[f64; N]) {
        let sum: f64 = seen.iter().sum();
        for ((m, prior), seen) in self.m.iter_mut().zip(self.prior).zip(seen) {
            *m = (seen + PRIOR * prior) / (sum + PRIOR);
        }
    }

    fn of(&self, level: usize) -> f64 {
        self.m.get(level).copied().unwrap_or(1.0)
    }
}

/// How often each level of the two parts of a name occurs.
#[derive(Clone, Debug)]
struct NameLevels {
    given: Levels<11>,
    family: Levels<11>,
}

/// The weights in force.
#[derive(Clone, Debug)]
pub(super) struct Model {
    /// By place: where the address is ours and yet not found, more names differ.
    names: [NameLevels; 4],
    local: Levels<4>,
    start: Levels<5>,
    end: Levels<3>,
    standing: Levels<4>,
    second: Levels<2>,
    department: Levels<2>,
    start_chance: Levels<5>,
    end_chance: Levels<3>,
    standing_chance: Levels<4>,
    /// By app and place: the share of accounts whose owner is in the directory.
    known: HashMap<(u32, Place), Levels<2>>,
    people: f64,
}

impl Model {
    /// The priors. `people` is how many the directory has.
    pub(super) fn new(people: usize) -> Self {
        // Same, accents, romanized, part, nickname, cognate, typo, alike, initial, missing, different. Most apps take the name from a
        // form or the identity provider; what is left are the ways people write themselves.
        let given = [0.72, 0.04, 0.04, 0.02, 0.05, 0.02, 0.03, 0.02, 0.03, 0.0, 0.03];
        let family = [0.80, 0.04, 0.04, 0.04, 0.0, 0.0, 0.04, 0.0, 0.01, 0.0, 0.03];
        Self {
            names: std::array::from_fn(|_| NameLevels { given: Levels::new(given), family: Levels::new(family) }),
            // Own, fits, silent, against.
            local: Levels::new([0.45, 0.3, 0.2, 0.05]),
            // At hire, later, unknown, before, after leaving. Accounts are made with the others on the first day, or when
            // the app came; a few were there before, by a rehire or a former company.
            start: Levels::new([0.35, 0.6, 0.0, 0.03, 0.02]),
            start_chance: Levels::new([0.04, 0.5, 0.0, 0.36, 0.1]),
            // Few accounts are used when their owner has left: these are the ones looked for. Those of others mostly are.
            end: Levels::new([0.85, 0.0, 0.15]),
            end_chance: Levels::new([0.4, 0.0, 0.6]),
            // Open, closed, and both of people who have left. Who works here has more accounts than who has left, and most closed
            // ones are of the latter.
            standing: Levels::new([0.86, 0.02, 0.08, 0.04]),
            standing_chance: Levels::new([0.8, 0.05, 0.12, 0.03]),
            // No other account in the app, one: few people have two, whereas a stranger meets somebody with an account
            // there as often as people have one.
            second: Levels::new([0.95, 0.05]),
            department: Levels::new([0.85, 0.15]),
            known: HashMap::new(),
            people: people.max(1) as f64,
        }
    }

    /// Takes what is told of times from pairs that are surely one (`sure`) and pairs that are surely not (`strangers`).
    pub(super) fn see_times(
        &mut self,
        mut sure: impl Iterator<Item = (Start, End, Standing)>,
        mut strangers: impl Iterator<Item = (Start, End, Standing)>,
    ) {
        let count = |pairs: &mut dyn Iterator<Item = (Start, End, Standing)>| {
            let (mut starts, mut ends, mut standings) = ([0.0; 5], [0.0; 3], [0.0; 4]);
            for (start, end, standing) in pairs {
                standings[standing as usize] += 1.0;
                if start != Start::Unknown {
                    starts[start as usize] += 1.0;
                }
                if end != End::Unknown {
                    ends[end as usize] += 1.0;
                }
            }
            (starts, ends, standings)
        };
        let (starts, ends, standings) = count(&mut sure);
        // What is learned becomes what the rest begins at.
        self.start.learn(&starts);
        self.end.learn(&ends);
        (self.start.prior, self.end.prior) = (self.start.m, self.end.m);
        self.standing.learn(&standings);
        let (starts, ends, standings) = count(&mut strangers);
        self.standing_chance.learn(&standings);
        self.start_chance.learn(&starts);
        self.end_chance.learn(&ends);
    }

    /// Bits for each thing compared.
    fn bits(&self, place: Place, compared: &Comparison) -> Bits {
        let names = &self.names[place as usize];
        let given = part_bits(&names.given, compared.like.name.given.level, compared.like.given_chance);
        let family = part_bits(&names.family, compared.like.name.family.level, compared.like.family_chance);
        let local = match compared.local {
            // The whole world makes local parts of names there.
            Some(LocalLevel::Own) if compared.local_is_name && place == Place::Public => 0.0,
            Some(LocalLevel::Own) if compared.local_is_name => ratio(self.local.of(0), OWN_BY_NAME),
            Some(LocalLevel::Own) => ratio(self.local.of(0), own_by_chance(compared.local_length)),
            Some(LocalLevel::Against) => ratio(self.local.of(3), AGAINST),
            Some(LocalLevel::Fits | LocalLevel::Silent) | None => 0.0,
        };
        let start = match compared.start {
            Start::Unknown => 0.0,
            start => ratio(self.start.of(start as usize), self.start_chance.of(start as usize)),
        };
        let end = match compared.end {
            End::Unknown => 0.0,
            end => ratio(self.end.of(end as usize), self.end_chance.of(end as usize)),
        };
        let standing =
            ratio(self.standing.of(compared.standing as usize), self.standing_chance.of(compared.standing as usize));
        let second = compared.second.map_or(0.0, |second| {
            let chance = compared.second_chance.clamp(0.05, 0.95);
            ratio(self.second.of(usize::from(second)), if second { chance } else { 1.0 - chance })
        });
        let department = compared.department.map_or(0.0, |same| {
            let chance = compared.department_chance;
            ratio(self.department.of(usize::from(!same)), if same { chance } else { 1.0 - chance })
        });
        Bits { given, family, local, start, end, standing, second, department }
    }

    /// Bits for each of the people an account may belong to.
    ///
    /// Where the account's name is written as one of them writes it, another who would have to have written it differently is
    /// less likely by as much as that is rarer: beside a György, a Györgyi is not meant.
    pub(super) fn bits_of<'c>(
        &self,
        place: Place,
        candidates: impl Iterator<Item = &'c Comparison> + Clone,
    ) -> Vec<Bits> {
        let names = &self.names[place as usize];
        let full =
            || candidates.clone().filter(|compared| compared.like.name.is_full()).map(|compared| compared.like.name);
        let best_given = full().map(|name| name.given.level).min();
        let best_family = full().map(|name| name.family.level).min();
        let rarer = |levels: &Levels<11>, level: Level, best: Option<Level>| match best {
            Some(best) if level > best && level.agrees() => {
                ratio(levels.of(level as usize), levels.of(best as usize)).clamp(-MOST_RARER, 0.0)
            }
            _ => 0.0,
        };
        let all = candidates.clone().map(|compared| {
            let mut bits = self.bits(place, compared);
            bits.given += rarer(&names.given, compared.like.name.given.level, best_given);
            bits.family += rarer(&names.family, compared.like.name.family.level, best_family);
            bits
        });
        all.collect()
    }

    /// The chance of each candidate, given the bits that speak for it, and of nobody.
    pub(super) fn share(&self, known: f64, bits: &[f64]) -> (Vec<f64>, f64) {
        let each: Vec<f64> = bits.iter().map(|bits| known / self.people * bits.exp2()).collect();
        let nobody = 1.0 - known;
        let sum = each.iter().sum::<f64>() + nobody;
        (each.into_iter().map(|one| one / sum).collect(), nobody / sum)
    }

    /// The share of accounts of an app and a place whose owner is in the directory.
    pub(super) fn known(&self, app: u32, place: Place) -> f64 {
        self.known.get(&(app, place)).map_or(usually_known(place), |known| known.of(0))
    }

    /// Learns from accounts, going over them until little changes.
    pub(super) fn learn(&mut self, accounts: &[Sampled]) {
        for _ in 0..ROUNDS {
            let mut seen = Seen::default();
            for Sampled { app, place, known, candidates } in accounts {
                let bits: Vec<f64> = self.bits_of(*place, candidates.iter()).into_iter().map(Bits::sum).collect();
                let (shares, nobody) = self.share(known.unwrap_or_else(|| self.known(*app, *place)), &bits);
                let known = seen.known.entry((*app, *place)).or_default();
                known[0] += 1.0 - nobody;
                known[1] += nobody;
                for (compared, share) in candidates.iter().zip(shares) {
                    seen.add(*place, compared, share);
                }
            }
            for (names, (given, family)) in self.names.iter_mut().zip(&seen.names) {
                names.given.learn(given);
                names.family.learn(family);
            }
            self.local.learn(&seen.local);
            self.second.learn(&seen.second);
            self.department.learn(&seen.department);
            for ((app, place), seen) in &seen.known {
                let usually = usually_known(*place);
                let known = self.known.entry((*app, *place)).or_insert_with(|| Levels::new([usually, 1.0 - usually]));
                known.learn(seen);
            }
        }
    }
}

/// An account to learn from.
pub(super) struct Sampled {
    /// Its app, as a number.
    pub(super) app: u32,
    pub(super) place: Place,
    /// The chance of an owner here, where that need not be learned.
    pub(super) known: Option<f64>,
    pub(super) candidates: Vec<Comparison>,
}

/// How many of the accounts that no address finds have an owner in the directory, before the data say so. An app without
/// addresses holds the organization's people, as does a personal address among its accounts; an address of ours that
/// nobody has is a spelling or somebody who left long ago; one in another organization is mostly that one's.
fn usually_known(place: Place) -> f64 {
    match place {
        Place::Nowhere => 0.8,
        Place::Own => 0.6,
        Place::Public => 0.6,
        Place::Outside => 0.1,
    }
}

/// No form of a name is rarer beside another than this says, in bits: the levels are learned from few accounts.
const MOST_RARER: f64 = 4.0;

/// EM on well-separated data settles in a few rounds.
const ROUNDS: usize = 6;

#[derive(Default)]
struct Seen {
    names: [([f64; 11], [f64; 11]); 4],
    local: [f64; 4],
    second: [f64; 2],
    department: [f64; 2],
    known: HashMap<(u32, Place), [f64; 2]>,
}

impl Seen {
    fn add(&mut self, place: Place, compared: &Comparison, share: f64) {
        let (given, family) = &mut self.names[place as usize];
        if compared.like.name.given.level != Level::Missing {
            given[compared.like.name.given.level as usize] += share;
        }
        if compared.like.name.family.level != Level::Missing {
            family[compared.like.name.family.level as usize] += share;
        }
        if let Some(level) = compared.local {
            self.local[level as usize] += share;
        }
        if let Some(second) = compared.second {
            self.second[usize::from(second)] += share;
        }
        if let Some(same) = compared.department {
            self.department[usize::from(!same)] += share;
        }
    }
}

/// Bits that speak for (or, below zero, against) a person.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Bits {
    pub(super) given: f64,
    pub(super) family: f64,
    pub(super) local: f64,
    pub(super) start: f64,
    pub(super) end: f64,
    pub(super) standing: f64,
    pub(super) second: f64,
    pub(super) department: f64,
}

impl Bits {
    pub(super) fn sum(self) -> f64 {
        self.given + self.family + self.local + self.start + self.end + self.standing + self.second + self.department
    }
}

/// A namesake has the very same local part, where it is made of the name: in one case of ten, there being many ways to make one.
const OWN_BY_NAME: f64 = 0.1;

/// Somebody else has the very same local part though it is not made of the name: as likely as letters drawn by chance, ten
/// times over, since words are not drawn by chance; never less than one in a hundred thousand.
fn own_by_chance(length: usize) -> f64 {
    let letters = i32::try_from(length).unwrap_or(i32::MAX);
    (10.0 * 26_f64.powi(-letters)).clamp(1e-5, 0.1)
}

/// The local part of a namesake is another person's, or made of another name: one in five.
const AGAINST: f64 = 0.2;

/// Bits for a part of a name.
///
/// Forms of a name say as much as the name itself: that somebody is called Beppe is as good as that he is called Giuseppe,
/// since a stranger called Giuseppe would be called Beppe as often. So all forms together have one `m`, and `u` is the
/// chance of a stranger to have a name this is a form of. A slip is another matter: two names a letter apart may be two.
fn part_bits(levels: &Levels<11>, level: Level, chance: f64) -> f64 {
    let of = |level: Level| levels.of(level as usize);
    let is_form = |level: Level| level.agrees() && !matches!(level, Level::Typo | Level::Alike);
    let forms = || Level::ALL.into_iter().filter(|level| is_form(*level)).map(of).sum::<f64>();
    match level {
        Level::Missing => 0.0,
        Level::Typo | Level::Alike | Level::Different => ratio(of(level), chance),
        _ => ratio(forms(), chance),
    }
}

fn ratio(m: f64, u: f64) -> f64 {
    (m.max(1e-6) / u.max(1e-12)).log2()
}
