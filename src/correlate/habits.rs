//! How an app writes names and sign-in names.

use std::collections::HashMap;

use super::likeness::Order;
use super::matcher::Matcher;
use super::names::Lexicon;
use super::traits::{is_separator, shown_name};
use super::{AccountId, PersonId, Roster};

/// As many names tell in which order an app writes them.
const ENOUGH_NAMES: u32 = 200;

impl Matcher<'_> {
    /// Learns which apps write surnames first, from accounts whose owner an id or address has told.
    pub(super) fn learn_orders(&mut self, sure: impl Iterator<Item = (AccountId, PersonId)>) {
        let mut orders: HashMap<&str, (u32, [u32; 2])> = HashMap::new();
        for (id, person) in sure {
            let (looked_at, [given_first, turned]) = orders.entry(self.roster.app(id).key()).or_default();
            if *looked_at >= ENOUGH_NAMES {
                continue;
            }
            *looked_at += 1;
            let words = self.lexicon.full_name(shown_name(self.roster.account(id)));
            // A comma tells the order of a name, not of all.
            let found = self.reader().best(&words, self.names(person));
            if let (0, Some(given), Some(family)) = (words.before_comma, found.given.with, found.family.with) {
                match self.reader().order(&words, given, family) {
                    Some(Order::GivenFirst) => *given_first += 1,
                    Some(Order::Turned) => *turned += 1,
                    None => {}
                }
            }
        }
        let is_turned = |given_first: u32, turned: u32| turned > 4 && turned > given_first * 4;
        let first = orders.into_iter().filter(|(_, (_, [given_first, turned]))| is_turned(*given_first, *turned));
        self.family_first = first.map(|(app, _)| app.to_owned()).collect();
    }
}

/// What many sign-in names of an app end in: GitHub puts a company's short code behind those it manages.
pub(super) fn common_endings(roster: &Roster, lexicon: &Lexicon) -> HashMap<String, String> {
    let mut counts: HashMap<&str, (usize, HashMap<&str, usize>)> = HashMap::new();
    for id in roster.accounts() {
        let login = roster.account(id).username.as_str();
        if login.is_empty() || login.contains('@') {
            continue;
        }
        let (all, endings) = counts.entry(roster.app(id).key()).or_default();
        *all += 1;
        if let Some((_, ending)) = login.rsplit_once(is_separator) {
            *endings.entry(ending).or_default() += 1;
        }
    }
    // One in thirty is no accident where it is nobody's name.
    let common = |(app, (all, endings)): (&str, (usize, HashMap<&str, usize>))| {
        let codes = endings.into_iter().filter(|(ending, _)| !lexicon.is_name(&ending.to_lowercase()));
        let (ending, count) = codes.max_by_key(|(ending, count)| (*count, *ending))?;
        (count >= 5 && count * 30 >= all).then(|| (app.to_owned(), ending.to_lowercase()))
    };
    counts.into_iter().filter_map(common).collect()
}
