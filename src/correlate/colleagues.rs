//! Which of several equals comes first: the one whose colleagues have accounts in the app. Engineers have accounts where
//! engineers work. Nothing is linked by that, and nobody becomes likelier.

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};

use super::matcher::Matcher;
use super::{Candidate, Evidence, Fact, Link, Outcome, PersonId, Roster};
use crate::import::PersonKind;

/// Accounts added to those counted and to those expected: fewer than a handful are chance.
const PRIOR: f64 = 5.0;

/// Who of a person's department is known to have an account in an app, without the person.
#[derive(Clone, Copy, Debug)]
struct Share {
    with: usize,
    of: usize,
    /// How many there would be if the department were as all others.
    expected: f64,
}

impl Share {
    /// How many times, as a power of two, there are more than expected, rounded.
    fn lean(self) -> i32 {
        ((self.with as f64 + PRIOR) / (self.expected + PRIOR)).log2().round() as i32
    }
}

/// What is known of an app.
#[derive(Debug, Default)]
struct App {
    /// Who works here and has an account in it.
    holders: HashSet<PersonId>,
    /// How many of them there are by department.
    by_department: HashMap<usize, usize>,
    /// Accounts of it that wait for an answer.
    asked: usize,
}

/// Who works in which department, and who of them has an account in which app.
struct Colleagues<'a> {
    /// The department of each person who works here, by number, where a directory tells it.
    department_of: Vec<Option<usize>>,
    /// How many work in each.
    sizes: Vec<usize>,
    /// And in all.
    people: usize,
    apps: HashMap<&'a str, App>,
}

impl<'a> Colleagues<'a> {
    fn new(roster: &'a Roster, matcher: &Matcher<'_>, outcomes: &[Outcome]) -> Self {
        let mut numbers: HashMap<&str, usize> = HashMap::new();
        let mut sizes = Vec::new();
        let mut department_of = Vec::new();
        for person in roster.people() {
            let name = matcher.department_of(person);
            let number = (!name.is_empty() && works_here(roster, matcher, person)).then(|| {
                let next = numbers.len();
                *numbers.entry(name).or_insert(next)
            });
            sizes.resize(numbers.len(), 0);
            if let Some(number) = number {
                sizes[number] += 1;
            }
            department_of.push(number);
        }
        let mut apps: HashMap<&str, App> = HashMap::new();
        for (id, outcome) in roster.accounts().zip(outcomes) {
            if roster.account(id).status.is_closed() {
                continue;
            }
            let app = apps.entry(roster.app(id).key()).or_default();
            match outcome.link {
                Link::Person(person) => {
                    if let Some(number) = department_of[person.index()]
                        && app.holders.insert(person)
                    {
                        *app.by_department.entry(number).or_default() += 1;
                    }
                }
                Link::Review(_) => app.asked += 1,
                Link::Nobody | Link::Service | Link::External => {}
            }
        }
        Self { department_of, people: sizes.iter().sum(), sizes, apps }
    }

    /// The colleagues of a person. `None` where there are none, or where more accounts of the app wait for an answer than are
    /// known to be somebody's.
    fn share(&self, person: PersonId, app: &str) -> Option<Share> {
        let number = self.department_of[person.index()]?;
        let app = self.apps.get(app).filter(|app| app.holders.len() >= app.asked)?;
        let own = usize::from(app.holders.contains(&person));
        let with = app.by_department.get(&number).copied().unwrap_or(0) - own;
        let of = self.sizes[number] - 1;
        let usual = app.holders.len() as f64 / self.people as f64;
        (of > 0).then_some(Share { with, of, expected: usual * of as f64 })
    }
}

/// Whether somebody is a member who works here, and no mailbox.
fn works_here(roster: &Roster, matcher: &Matcher<'_>, person: PersonId) -> bool {
    !matcher.tenures.is_gone(person)
        && roster.person(person).kind != PersonKind::Guest
        && matcher.mailbox(person).is_none()
}

/// Puts first, among those who work here and are as likely as the first candidate of a question, those whose colleagues have
/// accounts in the app, and tells what colleagues have. Where the department of one of them is not known, nothing is said.
pub(super) fn put_first(roster: &Roster, matcher: &Matcher<'_>, outcomes: &mut [Outcome]) {
    let colleagues = Colleagues::new(roster, matcher, outcomes);
    for (id, outcome) in roster.accounts().zip(outcomes) {
        let Link::Review(candidates) = &mut outcome.link else { continue };
        let best = candidates.first().map_or(0.0, |best| best.confidence);
        let is_equal = |confidence: f64| confidence.total_cmp(&best) == Ordering::Equal;
        let equals = candidates.iter().take_while(|one| is_equal(one.confidence)).enumerate();
        let here = equals.filter(|(_, one)| works_here(roster, matcher, one.person));
        let places: Vec<usize> = here.map(|(place, _)| place).collect();
        if places.len() < 2 {
            continue;
        }
        let app = roster.app(id).key();
        let shares = places.iter().map(|place| colleagues.share(candidates[*place].person, app));
        let Some(shares) = shares.collect::<Option<Vec<Share>>>() else { continue };
        let leans: Vec<i32> = shares.iter().map(|share| share.lean()).collect();
        if leans.iter().all(|lean| *lean == leans[0]) {
            continue;
        }
        for (place, Share { with, of, .. }) in places.iter().zip(shares) {
            candidates[*place].evidence.push(Evidence::sure(Fact::Colleagues { with, of }));
        }
        let mut order: Vec<usize> = (0..places.len()).collect();
        // Stable, so that what told them apart before still does where this does not.
        order.sort_by_key(|index| -leans[*index]);
        let ordered: Vec<Candidate> = order.into_iter().map(|index| candidates[places[index]].clone()).collect();
        for (place, one) in places.into_iter().zip(ordered) {
            candidates[place] = one;
        }
        outcome.method = candidates.first().map(|best| best.method);
    }
}
