//! Which of several equals comes first: the one whose colleagues have accounts in the app. Engineers have accounts where
//! engineers work. Nothing is linked by that, and nobody becomes likelier.

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};

use super::{Evidence, Fact, Link, Outcome, PersonId, Roster};
use crate::model::fold_text;

/// People of the company that a department counts as much as: with a few people in it, who has an account is chance.
const PRIOR: f64 = 10.0;

/// How many of some people have an account in an app.
#[derive(Clone, Copy, Debug, Default)]
struct Share {
    with: usize,
    of: usize,
}

/// Who works where, and who of them has an account in which app.
struct Colleagues {
    /// The department of each person who works here, by number, where a directory tells it.
    department_of: Vec<Option<usize>>,
    /// How many work in each.
    sizes: Vec<usize>,
    /// How many of them have an account, by app.
    holders: HashMap<String, Vec<usize>>,
}

impl Colleagues {
    fn new(roster: &Roster, outcomes: &[Outcome]) -> Self {
        let mut numbers: HashMap<String, usize> = HashMap::new();
        let mut sizes = Vec::new();
        let department_of = roster.people().map(|person| {
            let name = fold_text(&roster.person(person).department);
            if name.is_empty() || roster.status(person).is_gone() {
                return None;
            }
            let next = numbers.len();
            let number = *numbers.entry(name).or_insert(next);
            sizes.resize(numbers.len(), 0);
            sizes[number] += 1;
            Some(number)
        });
        let department_of: Vec<Option<usize>> = department_of.collect();
        let mut holders: HashMap<String, Vec<usize>> = HashMap::new();
        let mut seen = HashSet::new();
        for (id, outcome) in roster.accounts().zip(outcomes) {
            let Link::Person(person) = outcome.link else { continue };
            let app = roster.app(id).key();
            if let Some(number) = department_of[person.index()]
                && seen.insert((app, person))
            {
                let holders = holders.entry(app.to_owned()).or_insert_with(|| vec![0; sizes.len()]);
                holders[number] += 1;
            }
        }
        Self { department_of, sizes, holders }
    }

    /// How many of a person's department have an account in an app.
    fn of(&self, person: PersonId, app: &str) -> Option<Share> {
        let number = self.department_of[person.index()]?;
        let with = self.holders.get(app).map_or(0, |holders| holders[number]);
        Some(Share { with, of: self.sizes[number] })
    }

    /// How many times, as a power of two, accounts in an app are more common in a person's department than in all, rounded: below
    /// 1.4 times as many it says nothing.
    fn lean(&self, person: PersonId, app: &str) -> i32 {
        let all: usize = self.holders.get(app).map_or(0, |holders| holders.iter().sum());
        let usual = all as f64 / self.sizes.iter().sum::<usize>().max(1) as f64;
        let Some(Share { with, of }) = self.of(person, app).filter(|_| all > 0) else { return 0 };
        let here = (with as f64 + PRIOR * usual) / (of as f64 + PRIOR);
        (here / usual).log2().round() as i32
    }
}

/// Puts first, among the candidates of a question that are as likely as the first, those whose colleagues have accounts in the
/// app, after those who work here. What their colleagues have is told.
pub(super) fn put_first(roster: &Roster, outcomes: &mut [Outcome]) {
    let colleagues = Colleagues::new(roster, outcomes);
    for (id, outcome) in roster.accounts().zip(outcomes) {
        let Link::Review(candidates) = &mut outcome.link else { continue };
        let best = candidates.first().map_or(0.0, |best| best.confidence);
        let equal = candidates.iter().take_while(|one| one.confidence.total_cmp(&best) == Ordering::Equal).count();
        let app = roster.app(id).key();
        let lean = |person: PersonId| colleagues.lean(person, app);
        let Some(equals) = candidates.get_mut(..equal).filter(|equals| {
            let first = equals.first().map(|one| lean(one.person));
            equals.iter().any(|one| Some(lean(one.person)) != first)
        }) else {
            continue;
        };
        for one in equals.iter_mut() {
            let share = colleagues.of(one.person, app);
            let told = share.map(|Share { with, of }| Evidence::sure(Fact::Colleagues { with, of }));
            one.evidence.extend(told);
        }
        // Stable, so that what told them apart before still does where this does not.
        equals.sort_by_key(|one| (roster.status(one.person).is_gone(), -lean(one.person)));
        outcome.method = candidates.first().map(|best| best.method);
    }
}
