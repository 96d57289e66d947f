//! Accounts behind which no person is expected: by what the app says, and by words that name things and teams.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use super::called::in_brackets;
use super::{Evidence, Fact, Link, Outcome};
use crate::import::{AccountKind, AccountRecord, DirectoryRecord};
use crate::model::{Email, fold_text};
use crate::workspace::{Policy, ServiceClass};

/// Words the program is shipped with; the file says where they are from. `~` marks words that are names of people too.
const WORDS: &str = include_str!("../../assets/names/service-words.txt");

/// What a role says that no person has.
const ROLES: [&str; 9] = [
    "bot",
    "api",
    "api user",
    "service account",
    "service user",
    "integration",
    "integration user",
    "system user",
    "machine user",
];

/// The app itself says that no person is behind the account.
pub(super) fn by_kind(account: &AccountRecord) -> Option<Outcome> {
    let is_service = matches!(account.kind, AccountKind::Service | AccountKind::Bot);
    is_service.then(|| without_person(Fact::AppSaysService))
}

/// Its role is one that no person has. Weaker than an address: what an app calls a role is often what somebody may use.
pub(super) fn by_role(account: &AccountRecord) -> Option<Outcome> {
    let is_service = ROLES.contains(&fold_text(&account.role).as_str());
    is_service.then(|| without_person(Fact::RoleSaysService(account.role.as_str().into())))
}

fn without_person(fact: Fact) -> Outcome {
    Outcome::without_person(Link::Service, vec![Evidence::sure(fact)])
}

/// The words of the program with what the policy adds and takes out.
pub(super) struct ServiceWords {
    /// Runs of words, by the first of them, the longest first.
    runs: HashMap<String, Vec<Run>>,
}

#[derive(Clone, Debug)]
struct Run {
    words: Vec<String>,
    class: ServiceClass,
    /// A person may be called so.
    is_name: bool,
}

impl Run {
    /// What it says of an account.
    fn fact(&self) -> Fact {
        Fact::ServiceWord { word: self.words.join(" ").into(), class: self.class }
    }

    /// Whether somebody may be called so, as the list says or as `is_name` knows names.
    fn may_be_name(&self, is_name: &dyn Fn(&str) -> bool) -> bool {
        self.is_name || (self.words.len() == 1 && self.words.iter().any(|word| is_name(word)))
    }
}

/// A word of the program, as screens list it: the word, its class, and whether a person may be called so.
pub fn service_words() -> &'static [(&'static str, ServiceClass, bool)] {
    static BUILTIN: OnceLock<Vec<(&str, ServiceClass, bool)>> = OnceLock::new();
    BUILTIN.get_or_init(|| {
        // Numbers are left out on both sides.
        let lines = WORDS.lines().filter(|line| !line.starts_with('#') && !line.contains(|c: char| c.is_ascii_digit()));
        lines
            .filter_map(|line| {
                let (word, class) = line.split_once(':')?;
                let bare = word.trim_start_matches('~');
                Some((bare, ServiceClass::parse(class.trim())?, bare.len() < word.len()))
            })
            .collect()
    })
}

impl ServiceWords {
    pub(super) fn new(policy: &Policy) -> Self {
        let off: HashSet<String> = policy.service_words_off.iter().map(|word| fold_text(word)).collect();
        let builtin = service_words().iter().filter(|(word, ..)| !off.contains(*word));
        let builtin = builtin.map(|(word, class, is_name)| ((*word).to_owned(), *class, *is_name));
        let added = policy.service_words.iter().map(|(word, class)| (word.clone(), *class, false));
        let mut runs: HashMap<String, Vec<Run>> = HashMap::new();
        for (word, class, is_name) in builtin.chain(added) {
            let words = words_of(&word);
            if let Some(first) = words.first().cloned() {
                runs.entry(first).or_default().push(Run { words, class, is_name });
            }
        }
        runs.values_mut().for_each(|runs| runs.sort_by_key(|run| std::cmp::Reverse(run.words.len())));
        Self { runs }
    }

    /// What is found among words, and the words that are left.
    fn find(&self, words: &[String]) -> (Vec<&Run>, Vec<String>) {
        let (mut found, mut left) = (Vec::new(), Vec::new());
        let mut rest = words;
        while let Some((first, after)) = rest.split_first() {
            let run = self.runs.get(first).and_then(|runs| runs.iter().find(|run| rest.starts_with(&run.words)));
            rest = match run {
                Some(run) => {
                    found.push(run);
                    rest.get(run.words.len()..).unwrap_or_default()
                }
                None => {
                    left.push(first.clone());
                    after
                }
            };
        }
        (found, left)
    }

    /// Whether words in the name before the `@`, in the sign-in name or in the display name say that no person is behind
    /// the account.
    ///
    /// What names a program or a test says so wherever it stands. What names a team says so where no name of a person
    /// (as `is_name` knows them) stands beside it, and so does what is a name of people too, if nothing else than such words
    /// and numbers is left.
    pub(super) fn by_name(&self, account: &AccountRecord, is_name: &dyn Fn(&str) -> bool) -> Option<Outcome> {
        let local = words_before_at(account.email.as_ref(), &account.username);
        let shown = words_of(&account.display_name);
        let (in_local, local_left) = self.find(&local);
        let (in_shown, shown_left) = self.find(&shown);
        let named = |left: &[String]| left.iter().any(|word| word.len() > 1 && is_name(word));
        // A word that somebody here is called by is a name too, whatever the list says.
        let called = |run: &Run| run.may_be_name(is_name);
        let person_shown = shown.len() > 1 && in_shown.iter().all(|run| called(run)) && named(&shown);
        let program = |run: &&&Run| run.class != ServiceClass::Shared && !called(run);
        let sign = in_local.iter().find(program).or_else(|| in_shown.first().filter(|run| program(run)));
        let team = || {
            let all = in_local.iter().chain(&in_shown);
            let strong = || all.clone().find(|run| !called(run));
            // A word that is a name too needs a second one beside it, or to stand alone in both places.
            let weak =
                || all.clone().next().filter(|_| local_left.is_empty() && (shown_left.is_empty() || shown == local));
            (!person_shown && !named(&local_left) && !named(&shown_left)).then(|| strong().or_else(weak)).flatten()
        };
        let run = sign.or_else(team)?;
        Some(without_person(run.fact()))
    }

    /// What stands beside the name of a person in a display name and is a program's or a device's, or several people's: Ann Lee (bot),
    /// Ann Lee's iPad.
    pub(super) fn beside_name(&self, shown: &str, is_name: &dyn Fn(&str) -> bool) -> Option<Fact> {
        const SEVERAL: [&str; 7] = ["calendar", "ipad", "iphone", "laptop", "mailbox", "shared", "tablet"];
        // In brackets stands no name.
        let in_brackets = in_brackets(shown).map(words_of).unwrap_or_default();
        let is_program = |run: &Run| run.class != ServiceClass::Shared;
        let is_several = |run: &Run| run.words.iter().any(|word| SEVERAL.contains(&word.as_str()));
        let in_remark = self.find(&in_brackets).0.into_iter().find(|run| is_program(run));
        let beside = || {
            let mut runs = self.find(&words_of(shown)).0.into_iter().filter(|run| !run.may_be_name(is_name));
            runs.find(|run| is_program(run) || is_several(run))
        };
        in_remark.or_else(beside).map(Run::fact)
    }

    /// Whether a text has such a word in it that is no name of people.
    pub(super) fn mark(&self, text: &str) -> bool {
        self.find(&words_of(text)).0.iter().any(|run| !run.is_name)
    }

    /// Whether an entry of a directory is a mailbox, a room or a program: its name is made of such words alone, and they stand
    /// before its `@` as well.
    pub(super) fn by_entry(&self, entry: &DirectoryRecord) -> Option<Fact> {
        // Who has a number, or days of work, is a person whatever the name is.
        if !entry.employee_id.is_empty() || entry.hired.is_some() || entry.left.is_some() {
            return None;
        }
        let local = words_before_at(entry.email.as_ref(), &entry.username);
        let name = format!("{} {}", entry.given, entry.family);
        let shown = words_of(if name.trim().is_empty() { &entry.display } else { &name });
        let (in_shown, left) = self.find(&shown);
        let run = in_shown.into_iter().find(|run| !run.is_name).filter(|_| left.is_empty())?;
        (local.is_empty() || !self.find(&local).0.is_empty()).then(|| run.fact())
    }
}

/// The words of what stands before the `@` of an address, or else of a sign-in name.
fn words_before_at(email: Option<&Email>, username: &str) -> Vec<String> {
    let login = username.split('@').next().unwrap_or_default();
    words_of(email.map_or(login, Email::local))
}

/// Folded words: letters, without numbers. Letters between digits are no word, as the `dba` of `18dba15` is not.
fn words_of(text: &str) -> Vec<String> {
    let folded = fold_text(text);
    let pieces = folded.split(|c: char| !c.is_alphanumeric()).flat_map(|piece| {
        let digits = |at: Option<char>| at.is_some_and(|c| c.is_ascii_digit());
        let is_coded = digits(piece.chars().next()) && digits(piece.chars().next_back());
        piece.split(|c: char| !c.is_alphabetic()).filter(move |_| !is_coded)
    });
    pieces.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}
