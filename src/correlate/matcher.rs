//! Accounts that no id and no address leads to a person: who is it most likely?

use std::collections::{BTreeSet, HashMap, HashSet};

use rustc_hash::FxHashMap;

use super::agreement::{Agreement, Level, Part};
use super::blocks::{
    Blocks, close_keys, former_key, letters_key, local_key, pairs_keys, person_keys, slip_keys, wide_keys,
};
use super::called::{former_locals, in_brackets, is_unread, is_within, name_of_local};
use super::days::{Days, Tenures};
use super::frequencies::Frequencies;
use super::habits::common_endings;
use super::likeness::{Likeness, Reader};
use super::local::{Local, renderings};
use super::makings::Makings;
use super::model::{Comparison, LocalLevel};
use super::names::{Lexicon, PersonName, WordId, Words, hash};
use super::romanize::has_no_spelling;
use super::service::ServiceWords;
use super::traits::{
    AFFIXES, LocalName, Traits, has_capitals_first, is_marked, is_second_entry, is_separator, names_several, shown_name,
};
use super::{Candidate, Evidence, Fact, MOST_CANDIDATES, Outcome, OwnedDomains, PersonId, Roster, outsider};
use crate::import::AccountRecord;
use crate::model::{Email, Moment, fold_text};

/// People, ready to be compared with accounts.
pub(super) struct Matcher<'a> {
    pub(super) roster: &'a Roster,
    pub(super) lexicon: Lexicon,
    /// The names each person goes by, as a number: namesakes share it.
    called: Vec<u32>,
    /// By that number.
    names: Vec<Vec<PersonName>>,
    frequencies: Frequencies,
    pub(super) blocks: Blocks,
    /// Each person's place in an order that the rows of the files do not change: those who are here first.
    ranks: Vec<u32>,
    /// When people were here.
    pub(super) tenures: Tenures,
    /// How many people there are in each department.
    departments: HashMap<String, u32>,
    /// And in all.
    in_departments: u32,
    /// The department of each person, folded.
    department_of: Vec<Box<str>>,
    /// The words of all of them.
    department_words: HashSet<String>,
    /// Apps that write surnames first, by their keys.
    pub(super) family_first: HashSet<String>,
    /// How apps make sign-in names, where it is none of the usual ways.
    pub(super) makings: Makings,
    service: ServiceWords,
    /// Entries of the directory that are no people, and why.
    mailboxes: HashMap<PersonId, Fact>,
    /// People of whom the directory says that they are of another organization.
    outsiders: HashSet<PersonId>,
    /// Entries of the directory that somebody administers or tests with, beside an own one.
    second_entries: HashSet<PersonId>,
    /// By their local parts, people whose names are in signs that cannot be compared with Latin letters.
    unread: HashMap<String, Vec<PersonId>>,
    /// What the sign-in names of an app begin or end in, by its key.
    endings: HashMap<String, Vec<String>>,
}

/// A key shared by more people than this tells too little to follow: whoever it leads to has as many rivals.
const CROWD: usize = 10;

impl<'a> Matcher<'a> {
    pub(super) fn new(roster: &'a Roster, service: ServiceWords) -> Self {
        let mut lexicon = Lexicon::new();
        let mut called = Vec::new();
        let mut names: FxHashMap<Vec<PersonName>, u32> = FxHashMap::default();
        let number = |names: &mut FxHashMap<Vec<PersonName>, u32>, known| {
            let next = u32::try_from(names.len()).unwrap_or(u32::MAX);
            *names.entry(known).or_insert(next)
        };
        let mut days = Vec::new();
        let mut departments: HashMap<String, u32> = HashMap::new();
        let mut department_of = Vec::new();
        let mut entries = Vec::new();
        let mut unread: HashMap<String, Vec<PersonId>> = HashMap::new();
        let mut mailboxes: HashMap<PersonId, Fact> = HashMap::new();
        let mut outsiders = HashSet::new();
        let mut second_entries = HashSet::new();
        for person in roster.people() {
            if let Some(fact) = service.by_entry(roster.person(person)) {
                mailboxes.insert(person, fact);
                called.push(number(&mut names, Vec::new()));
                days.push(Days::default());
                department_of.push(Box::default());
                continue;
            }
            let mut known: Vec<PersonName> = Vec::new();
            let mut at = Days { gone: roster.status(person).is_gone(), ..Days::default() };
            let mut keys = Vec::new();
            for record in roster.records(person) {
                if outsider::is_of_others(record) {
                    outsiders.insert(person);
                }
                if is_second_entry(record) {
                    second_entries.insert(person);
                }
                let parts = PersonName::from_parts(&mut lexicon, &record.given, &record.family);
                let shown = PersonName::from_display(&mut lexicon, &record.display);
                // The display name counts where it says something else than the parts.
                let shown = shown.filter(|shown| parts.as_ref().is_none_or(|parts| !is_within(shown, parts)));
                // Jay Chou (周杰伦).
                let in_signs = in_brackets(&record.display).filter(|name| has_no_spelling(name));
                let in_signs = in_signs.and_then(|name| PersonName::from_display(&mut lexicon, name));
                for name in parts.into_iter().chain(shown).chain(in_signs) {
                    if !known.iter().any(|other| (&other.given, &other.family) == (&name.given, &name.family)) {
                        known.push(name);
                    }
                }
                at.hired = at.hired.or(record.hired.map(Moment::date));
                at.recorded = at.recorded.or(record.created.map(Moment::date));
                let logins = record.logins.iter().chain([&record.username]).filter(|login| !login.is_empty());
                let logins = logins.map(|login| login.split('@').next().unwrap_or(login));
                for local in record.email.iter().chain(&record.aliases).map(Email::local).chain(logins) {
                    let local = Local::new(local);
                    keys.push(local_key(&local.key));
                    if !known.is_empty() && known.iter().all(|name| is_unread(&lexicon, name, &local)) {
                        unread.entry(local.letters.clone()).or_default().push(person);
                    }
                    known.extend(name_of_local(&mut lexicon, &local, &known));
                    keys.push(letters_key(&local.letters));
                    if at.gone {
                        former_locals(&local.whole, &mut |former| keys.push(former_key(former)));
                    }
                }
            }
            let department = fold_text(&roster.person(person).department);
            if !department.is_empty() {
                *departments.entry(department.clone()).or_default() += 1;
            }
            department_of.push(department.into_boxed_str());
            at.left = roster.left(person).filter(|_| at.gone);
            let joined: Vec<PersonName> = known.iter().flat_map(|name| name.joined(&mut lexicon)).collect();
            known.extend(joined);
            for name in &known {
                lexicon.note_names(name);
                person_keys(&lexicon, name, &mut keys);
            }
            entries.extend(keys.into_iter().map(|key| (key, person)));
            called.push(number(&mut names, known));
            days.push(at);
        }
        let mut names: Vec<(Vec<PersonName>, u32)> = names.into_iter().collect();
        names.sort_unstable_by_key(|(_, number)| *number);
        let names: Vec<Vec<PersonName>> = names.into_iter().map(|(names, _)| names).collect();
        let firsts = called.iter().filter_map(|number| names.get(*number as usize)?.first());
        let frequencies = Frequencies::new(&lexicon, firsts);
        let ranks = ranks(roster, &days);
        let blocks = Blocks::new(entries, &ranks);
        let endings = common_endings(roster, &lexicon);
        let department_words =
            departments.keys().flat_map(|name| name.split(|c: char| !c.is_alphanumeric())).map(str::to_owned).collect();
        Self {
            roster,
            lexicon,
            called,
            names,
            frequencies,
            blocks,
            ranks,
            tenures: Tenures::new(days),
            in_departments: departments.values().sum(),
            departments,
            department_of,
            department_words,
            family_first: HashSet::new(),
            makings: Makings::default(),
            service,
            mailboxes,
            outsiders,
            second_entries,
            unread,
            endings,
        }
    }

    /// Reads what an account tells.
    pub(super) fn traits<'r>(&mut self, account: &'r AccountRecord, app: &str) -> Traits<'r> {
        let shown = self.behind_role(shown_name(account));
        let words = self.lexicon.full_name(shown);
        let no_spaces = |c: char| ('\u{3040}'..'\u{a000}').contains(&c) || ('\u{ac00}'..'\u{d7b0}').contains(&c);
        let is_named = words.list.len() > 1 || shown.chars().any(no_spaces);
        let login = account.username.as_str();
        // A sign-in name that only looks like an address is made of a name as any other.
        let is_plain = !login.is_empty() && (!login.contains('@') || !account.login_is_address);
        let username = is_plain.then(|| login.split('@').next().unwrap_or(login));
        let mut seen = BTreeSet::new();
        let mut locals = Vec::new();
        let is_marked = is_marked(&account.display_name);
        let mut remarks = outsider::pieces(shown);
        let (mut is_second, mut outsider) = (is_marked, outsider::mark(&remarks));
        let addresses: Vec<Email> = account.addresses().collect();
        for text in addresses.iter().map(Email::local).chain(username) {
            let written = Local::new(text);
            if written.letters.is_empty() || !seen.insert(written.whole.clone()) {
                continue;
            }
            let of = |key: &str| self.blocks.of(local_key(key)).take(CROWD).collect();
            let owners: Vec<PersonId> = of(&written.key);
            let is_name = |word: &str| self.lexicon.is_name(word);
            let rest = outsider::without_letter(&written.whole, &is_name).map(str::to_owned);
            let lettered = rest.is_some();
            let bare = rest.or_else(|| self.without_affix(&written.whole, app));
            is_second |= bare.is_some() && written.whole.split(is_separator).any(|word| AFFIXES.contains(&word));
            // What somebody administers with is a second account, whatever else marks it.
            if bare.is_some() && !is_marked {
                let mut pieces = written.whole.split(is_separator);
                let first = lettered.then(|| pieces.next()).flatten();
                let found = first.or_else(|| pieces.find(|word| outsider::marks_local(word)));
                outsider = outsider.or_else(|| found.map(str::to_owned));
            }
            let mut local = bare.as_deref().map(Local::new).unwrap_or(written);
            local.making = self.makings.of(app);
            let alike: Vec<PersonId> = if bare.is_some() { of(&local.key) } else { Vec::new() };
            let spoken = local.whole.trim_end_matches(|c: char| c.is_ascii_digit());
            let words = local.is_split.then(|| self.lexicon.words(spoken));
            let has_number = local.key.contains(|c: char| c.is_ascii_digit());
            locals.push(LocalName { local, words, has_number, owners, alike });
        }
        let joined = self.lexicon.joined(&words);
        let is_several = is_named && names_several(&account.display_name);
        let is_family_first = self.family_first.contains(app) || has_capitals_first(shown);
        remarks.retain(|remark| !self.lexicon.is_name(remark));
        Traits {
            account,
            words,
            joined,
            is_named,
            is_several,
            locals,
            is_marked: is_second,
            is_second: is_second || outsider.is_some(),
            outsider,
            remarks,
            is_family_first,
            department: fold_text(&account.department),
        }
    }

    /// The name of a person behind what the person does: `Office Manager - Ann Lee`.
    fn behind_role<'t>(&self, shown: &'t str) -> &'t str {
        let is_name = |text: &str| text.split_whitespace().any(|word| self.lexicon.is_name(&fold_text(word)));
        match shown.split_once(" - ") {
            Some((role, name)) if name.split_whitespace().count() > 1 && is_name(name) && !is_name(role) => name,
            _ => shown,
        }
    }

    /// A local part without what marks a second account of a person (`adm.ann.lee`, `ann.lee-ext`), and without what all
    /// sign-in names of the app end in.
    pub(super) fn without_affix(&self, local: &str, app: &str) -> Option<String> {
        let is_affix = |word: &str, rest: &str| {
            // Beside a name, one or two letters are an initial or a part of the name.
            let is_external = outsider::marks_local(word) && !self.lexicon.is_name(word);
            let is_mark = (AFFIXES.contains(&word) || is_external) && (word.len() > 2 || !self.lexicon.is_name(rest));
            is_mark || self.endings.get(app).is_some_and(|endings| endings.iter().any(|ending| ending == word))
        };
        let mut bare = local;
        while let Some((rest, last)) = bare.rsplit_once(is_separator)
            && is_affix(last, rest)
        {
            bare = rest;
        }
        if let Some((first, rest)) = bare.split_once(is_separator)
            && is_affix(first, rest)
        {
            bare = rest;
        }
        (bare.len() < local.len() && bare.len() > 1).then(|| bare.to_owned())
    }

    /// Whether somebody here has a local part, and it is made of the whole name: first names alone are the same everywhere.
    pub(super) fn has_local(&self, local: &str) -> bool {
        let local = Local::new(local);
        let full = |person: PersonId| {
            self.names(person).iter().filter_map(|name| local.agrees(name)).any(|agreement| agreement.is_full())
        };
        self.blocks.of(local_key(&local.key)).take(CROWD).any(full)
    }

    /// People worth comparing, and how their names go with the account: those who share a telling key, and where none of them has
    /// the name, those who share a wider one.
    pub(super) fn people_like(&self, traits: &Traits<'_>) -> Vec<(PersonId, Likeness)> {
        let mut people: Vec<PersonId> =
            traits.locals.iter().flat_map(|local| local.owners.iter().chain(&local.alike).copied()).collect();
        let mut keys = Vec::new();
        close_keys(&self.lexicon, &traits.words, &mut keys);
        for words in &traits.joined {
            pairs_keys(&self.lexicon, &words.list, &mut keys);
        }
        for local in &traits.locals {
            if let Some(words) = &local.words {
                close_keys(&self.lexicon, words, &mut keys);
            }
            if local.local.letters.len() > 2 {
                keys.push(letters_key(&local.local.letters));
            }
        }
        for key in &keys {
            people.extend(self.blocks.of(*key).take(CROWD));
        }
        for local in &traits.locals {
            people.extend(self.makings.people(&local.local).iter().take(CROWD));
        }
        // Namesakes are alike.
        let mut known: Vec<(u32, Likeness)> = Vec::new();
        let mut likenesses = |people: &mut Vec<PersonId>| {
            people.sort_unstable();
            people.dedup();
            self.leave_entries(traits, people);
            let each = people.iter().map(|person| {
                let number = self.called(*person);
                let found = known.iter().find(|(other, _)| *other == number).map(|(_, likeness)| *likeness);
                let likeness = found.unwrap_or_else(|| self.reader().likeness(traits, self.names(*person)));
                if found.is_none() {
                    known.push((number, likeness));
                }
                (*person, likeness)
            });
            each.collect::<Vec<_>>()
        };
        let found = likenesses(&mut people);
        let is_named = |name: &Agreement| name.given.level.is_equal() && name.family.level.is_equal();
        if !found.iter().any(|(_, likeness)| is_named(&likeness.name)) {
            let mut keys = Vec::new();
            let split = traits.locals.iter().filter_map(|local| local.words.as_ref()).filter(|_| !traits.is_named);
            for words in std::iter::once(&traits.words).chain(split) {
                slip_keys(&self.lexicon, &words.list, &mut keys);
                wide_keys(&self.lexicon, &words.list, &mut keys);
            }
            self.follow(&keys, &mut people);
            return likenesses(&mut people);
        }
        found
    }

    fn follow(&self, keys: &[u64], people: &mut Vec<PersonId>) {
        for key in keys {
            let block = self.blocks.of(*key);
            if block.clone().take(CROWD + 1).count() <= CROWD {
                people.extend(block);
            }
        }
    }

    /// Somebody whose name cannot be compared, but whose local part is made of a name like a person's: another of that name for
    /// all that can be told.
    pub(super) fn unread_namesake(&self, person: PersonId) -> Option<PersonId> {
        if self.unread.is_empty() {
            return None;
        }
        let mut found = None;
        for name in self.names(person).iter().filter(|name| !(name.given.is_empty() || name.family.is_empty())) {
            // One of the names alone is many people's.
            let is_part = |letters: &str| {
                name.given_spellings.iter().chain(&name.family_spellings).any(|spelling| *spelling.text == *letters)
            };
            renderings(name, &mut |letters| {
                let people = self.unread.get(&letters).filter(|_| !is_part(&letters));
                found = found.or_else(|| people?.iter().copied().find(|other| *other != person));
            });
        }
        found
    }

    /// Whether all that an account has of a name is in signs that cannot be compared with Latin letters.
    pub(super) fn cannot_read(&self, traits: &Traits<'_>) -> bool {
        let mut words = traits.words.list.iter();
        traits.locals.is_empty() && words.any(|word| self.lexicon.word(*word).has_no_spelling)
    }

    pub(super) fn reader(&self) -> Reader<'_> {
        Reader { lexicon: &self.lexicon, frequencies: &self.frequencies, departments: &self.department_words }
    }

    /// The number of the names a person goes by.
    fn called(&self, person: PersonId) -> u32 {
        self.called.get(person.index()).copied().unwrap_or(u32::MAX)
    }

    pub(super) fn names(&self, person: PersonId) -> &[PersonName] {
        self.names.get(self.called(person) as usize).map_or(&[], Vec::as_slice)
    }

    /// Compares an account with a person whose names are so alike.
    pub(super) fn compare(
        &self,
        traits: &Traits<'_>,
        (person, like): (PersonId, Likeness),
        second: bool,
        coverage: f64,
    ) -> Comparison {
        let (start, end) = self.tenures.dates(traits.account, person);
        let department = self.department(traits, person);
        Comparison {
            like,
            local: traits.holding(person).or(like.local),
            local_length: traits.locals.first().map_or(0, |local| local.local.key.len()),
            local_is_name: self.local_is_name(traits, person),
            start,
            end,
            standing: self.tenures.standing(traits.account, person),
            // An account that is marked as a second one need not surprise.
            second: (!traits.is_second).then_some(second),
            second_chance: coverage,
            department: department.map(|(same, _)| same),
            department_chance: department.map_or(1.0, |(_, chance)| chance),
        }
    }

    fn local_is_name(&self, traits: &Traits<'_>, person: PersonId) -> bool {
        let names = self.names(person).get(..1).unwrap_or_default();
        let own = traits.locals.iter().filter(|local| local.owners.contains(&person));
        own.filter_map(|local| self.reader().name_in(local, names))
            .any(|read| read.family.level.agrees() || read.given.level.agrees())
    }

    fn department(&self, traits: &Traits<'_>, person: PersonId) -> Option<(bool, f64)> {
        let own = self.department_of(person);
        if own.is_empty() || traits.department.is_empty() {
            return None;
        }
        let people = self.departments.get(&traits.department).copied().unwrap_or(0);
        let chance = (f64::from(people) + 1.0) / (f64::from(self.in_departments) + self.departments.len() as f64 + 1.0);
        Some((own == traits.department, chance.min(0.9)))
    }

    /// The department of a person, folded; empty where no directory tells it.
    pub(super) fn department_of(&self, person: PersonId) -> &str {
        self.department_of.get(person.index()).map_or("", |department| &**department)
    }

    /// Whether words in the names of an account say that no person is behind it.
    pub(super) fn is_service(&self, account: &AccountRecord) -> Option<Outcome> {
        self.service.by_name(account, &|word| self.lexicon.is_name(word))
    }

    /// What stands beside a person's name in that of an account and is no person's.
    pub(super) fn beside_name(&self, account: &AccountRecord) -> Option<Fact> {
        self.service.beside_name(shown_name(account), &|word| self.lexicon.is_name(word))
    }

    /// Whether the directory says that a person is of another organization.
    pub(super) fn is_outsider(&self, person: PersonId) -> bool {
        self.outsiders.contains(&person)
    }

    /// Leaves out what the directory has for somebody to administer or test with, beside the person's own entry; of an account that
    /// is marked so, the person's own.
    fn leave_entries(&self, traits: &Traits<'_>, people: &mut Vec<PersonId>) {
        if self.second_entries.is_empty() {
            return;
        }
        let is_second = |person: &PersonId| self.second_entries.contains(person);
        let name = |person: PersonId| self.names(person).first();
        let all = people.clone();
        let has_fitting = |person: &PersonId| {
            let mut others = all.iter().filter(|other| is_second(other) == traits.is_marked);
            name(*person).is_some() && others.any(|other| name(*other) == name(*person))
        };
        people.retain(|person| is_second(person) == traits.is_marked || !has_fitting(person));
    }

    /// Whether a mark of externals is what a person works as.
    pub(super) fn is_job(&self, person: PersonId, mark: &str) -> bool {
        self.roster.records(person).any(|record| outsider::is_job(record, mark))
    }

    /// Whether the address of a person is one of the organization's, if it is known at all.
    pub(super) fn is_at_home(&self, person: PersonId, domains: &OwnedDomains) -> bool {
        self.roster.records(person).filter_map(|record| record.email.as_ref()).all(|email| domains.owns(email.domain()))
    }

    /// Others of a person's name, in any spelling or form of it.
    pub(super) fn namesakes(&self, person: PersonId) -> Vec<PersonId> {
        let Some(name) = self.names(person).first() else { return Vec::new() };
        let mut keys = Vec::new();
        person_keys(&self.lexicon, name, &mut keys);
        let mut people: Vec<PersonId> = keys.iter().flat_map(|key| self.blocks.of(*key).take(CROWD)).collect();
        people.sort_unstable();
        people.dedup();
        let list = name.words().copied().collect();
        let words = Words { list, generation: name.generation, ..Words::default() };
        let is_one = |other: &PersonId| {
            let found = self.reader().best(&words, self.names(*other));
            let agrees = |level: Level| level <= Level::Nickname;
            // A mononym has no other part.
            let is_mononym = words.list.len() == 1 && (found.given.level.is_equal() || found.family.level.is_equal());
            *other != person && ((agrees(found.given.level) && agrees(found.family.level)) || is_mononym)
        };
        people.retain(is_one);
        people
    }

    /// Why an entry of the directory is no person, if it is none.
    pub(super) fn mailbox(&self, entry: PersonId) -> Option<&Fact> {
        self.mailboxes.get(&entry)
    }

    /// Of many people those to show: who is here first, and no more than somebody looks through.
    pub(super) fn to_show(&self, mut people: Vec<PersonId>) -> Vec<PersonId> {
        if people.len() > MOST_CANDIDATES {
            people.select_nth_unstable_by_key(MOST_CANDIDATES, |person| self.rank(*person));
            people.truncate(MOST_CANDIDATES);
        }
        people
    }

    /// The best first. Of equals, somebody who works here is the more useful question.
    pub(super) fn sort(&self, candidates: &mut [Candidate]) {
        candidates.sort_by(|a, b| {
            b.confidence.total_cmp(&a.confidence).then_with(|| self.rank(a.person).cmp(&self.rank(b.person)))
        });
    }

    /// A person's place among all: those who are here before those who have left or are suspended, in an order that the rows
    /// of the files do not change.
    pub(super) fn rank(&self, person: PersonId) -> u32 {
        self.ranks.get(person.index()).copied().unwrap_or(u32::MAX)
    }

    /// How the names agree, in words: the given name, then the family name.
    pub(super) fn name_evidence(&self, name: Agreement) -> [Evidence; 2] {
        let fact = |is_given: bool, part: Part| {
            let written =
                |word: Option<WordId>| word.map(|word| self.lexicon.word(word).text.clone()).unwrap_or_default();
            let (account, person) = (written(part.with), written(part.word));
            Evidence::sure(Fact::NamePart { is_given, level: part.level, account, person })
        };
        [fact(true, name.given), fact(false, name.family)]
    }

    /// What the local part says, in words.
    pub(super) fn local_fact(&self, traits: &Traits<'_>, person: PersonId, level: Option<LocalLevel>) -> Option<Fact> {
        let local = traits.locals.first()?;
        let own = traits.locals.iter().find(|local| local.owners.contains(&person));
        match (level?, own) {
            (LocalLevel::Own, Some(own)) => {
                let elsewhere =
                    traits.account.addresses().find(|address| Local::new(address.local()).key == own.local.key);
                let at = self.roster.person(person).email.as_ref().map(|email| email.domain().to_owned());
                match (elsewhere, at) {
                    (Some(address), Some(owned)) if address.domain() != owned => {
                        Some(Fact::SameLocalPartElsewhere { domain: address.domain().into(), owned: owned.into() })
                    }
                    _ => Some(Fact::SameLogin(own.local.whole.clone())),
                }
            }
            (LocalLevel::Fits, _) => Some(Fact::LoginFits(local.local.whole.clone())),
            (LocalLevel::Against, _) => Some(Fact::LoginOfAnother(local.local.whole.clone())),
            _ => Some(Fact::LoginSilent(local.local.whole.clone())),
        }
    }
}

/// The places of people in an order that the rows of the files do not change: by a hash of their ids, those who are here first.
fn ranks(roster: &Roster, days: &[Days]) -> Vec<u32> {
    let mut order: Vec<PersonId> = roster.people().collect();
    order.sort_by_cached_key(|id| {
        let person = roster.person(*id);
        let ids = (&person.source_id, &person.username, person.email.as_ref().map(Email::as_str));
        (days.get(id.index()).is_some_and(|days| days.gone), hash(&ids))
    });
    let mut ranks = vec![0; order.len()];
    for (rank, person) in (0..).zip(order) {
        if let Some(place) = ranks.get_mut(person.index()) {
            *place = rank;
        }
    }
    ranks
}
