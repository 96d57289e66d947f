//! How an app writes names and sign-in names.

use std::collections::HashMap;

use super::blocks::letters_key;
use super::likeness::Order;
use super::local::Local;
use super::makings::Makings;
use super::matcher::Matcher;
use super::names::Lexicon;
use super::traits::{is_separator, login, shown_name};
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

impl Matcher<'_> {
    /// Learns how apps make the sign-in names of accounts that fit nobody in a usual way.
    pub(super) fn learn_makings(&mut self, open: impl Iterator<Item = AccountId>) {
        let roster = self.roster;
        let mut unexplained: HashMap<&str, Vec<String>> = HashMap::new();
        for id in open {
            let (account, app) = (roster.account(id), roster.app(id).key());
            let Some(login) = login(account) else { continue };
            let bare = self.without_affix(&login.to_lowercase(), app);
            let letters = Local::new(bare.as_deref().unwrap_or(login)).letters;
            if letters.len() > 4 && self.blocks.of(letters_key(&letters)).next().is_none() {
                unexplained.entry(app).or_default().push(letters);
            }
        }
        let people = || roster.people().filter_map(|person| Some((person, self.names(person).first()?)));
        self.makings = Makings::new(&unexplained, &people);
    }
}

/// What many sign-in names of an app end in, as GitHub puts a company's short code behind those it manages, or most begin with.
pub(super) fn common_endings(roster: &Roster, lexicon: &Lexicon) -> HashMap<String, Vec<String>> {
    let mut beginnings: HashMap<&str, HashMap<&str, usize>> = HashMap::new();
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
        if let Some((beginning, _)) = login.split_once(is_separator) {
            *beginnings.entry(roster.app(id).key()).or_default().entry(beginning).or_default() += 1;
        }
    }
    // One in thirty is no accident where it is nobody's name.
    let common = |(app, (all, endings)): (&str, (usize, HashMap<&str, usize>))| {
        let codes = endings.into_iter().filter(|(ending, _)| !lexicon.is_name(&ending.to_lowercase()));
        let ending = codes.max_by_key(|(ending, count)| (*count, *ending));
        let ending = ending.filter(|(_, count)| *count >= 5 && *count * 30 >= all);
        // What stands in front may be an initial: most must have it.
        let begun = beginnings.get(app).into_iter().flatten().filter(|(_, count)| **count >= 5 && **count * 2 > all);
        let beginning = begun.map(|(beginning, _)| *beginning).find(|word| !lexicon.is_name(&word.to_lowercase()));
        let both: Vec<String> =
            ending.map(|(ending, _)| ending).into_iter().chain(beginning).map(str::to_lowercase).collect();
        (!both.is_empty()).then(|| (app.to_owned(), both))
    };
    counts.into_iter().filter_map(common).collect()
}
