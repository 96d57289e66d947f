//! Stable tokens in the place of people and their addresses, so that a report can be handed on.
//!
//! An analysis is told again with tokens for every name, address, id and sign-in name in it, before any view is made of it: what a
//! report does not get to see it cannot give away. A token is made of what it stands for and a secret (HMAC-SHA-256, RFC 2104, cut to
//! 60 bits), so that the same person has the same one in each file, and nobody without the secret can try names until one fits.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use hmac::digest::Key;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::analysis::{Analysis, reminders};
use crate::classify::{Finding, Reason};
use crate::correlate::{Evidence, Fact, Outcome, service_words};
use crate::import::{AccountRecord, AltId, DirectoryRecord, Import, Records};
use crate::model::{AppName, Code, Diagnostic, Email, Place};
use crate::workspace::{AccountKey, Change, Decision, Edit, Exemption, ImportId, LogEntry, Verdict, Workspace};

/// The secret that tokens are made with.
pub type Secret = [u8; 32];

/// Tokens, and what each that was given stands for.
pub struct Pseudonyms {
    secret: Secret,
    mac: Hmac<Sha256>,
    given: RefCell<BTreeMap<String, String>>,
    /// Names of files, told again.
    files: RefCell<HashMap<Arc<str>, Arc<str>>>,
    /// Whole ids, addresses, sign-in names and names of the input, in lower case, words apart by one space.
    exact: HashSet<String>,
    /// Words of names, as they are written.
    words: HashSet<String>,
    /// The same in lower case, and given and family names written together, by which a file may be called.
    in_files: HashSet<String>,
    /// Names of apps, in lower case, which are nobody's.
    apps: HashSet<String>,
    /// Words that stand for desks and programs, not for somebody: they are words of sentences as well.
    common: HashSet<&'static str>,
}

/// What a reason somebody typed is replaced by: it may name anybody.
const WITHHELD: &str = "(withheld)";

impl Pseudonyms {
    /// Tokens for some analyses, made with a secret.
    pub fn new(secret: &Secret, analyses: &[&Analysis]) -> Self {
        // A key that is shorter than a block is filled up with zeros.
        let mut key = Key::<Hmac<Sha256>>::default();
        key.iter_mut().zip(secret).for_each(|(to, from)| *to = *from);
        let mut pseudonyms = Self {
            secret: *secret,
            mac: Hmac::new(&key),
            given: RefCell::default(),
            files: RefCell::default(),
            exact: HashSet::new(),
            words: HashSet::new(),
            in_files: HashSet::new(),
            apps: HashSet::new(),
            common: service_words().iter().map(|(word, ..)| *word).chain(COMMON).collect(),
        };
        for import in analyses.iter().flat_map(|analysis| analysis.roster.imports()) {
            pseudonyms.learn(import.1);
        }
        let apps = analyses.iter().flat_map(|analysis| &analysis.costs.apps);
        pseudonyms.apps = apps.map(|app| app.app.as_str().to_lowercase()).collect();
        pseudonyms
    }

    /// The secret.
    pub fn secret(&self) -> Secret {
        self.secret
    }

    /// Each token that was given, and what it stands for.
    pub fn given(&self) -> BTreeMap<String, String> {
        self.given.borrow().clone()
    }

    fn learn(&mut self, import: &Import) {
        match &import.records {
            Records::Directory(records) => {
                for record in records {
                    let own = [&record.source_id, &record.username, &record.employee_id, &record.manager];
                    own.into_iter().chain(&record.logins).for_each(|text| self.learn_id(text));
                    record.email.iter().chain(&record.aliases).for_each(|address| self.learn_address(address));
                    let (given, family) = (&*record.given, &*record.family);
                    for name in [given, family, &record.display, &record.manager] {
                        self.learn_name(name);
                    }
                    self.learn_name(&format!("{given} {family}"));
                    self.learn_name(&format!("{family} {given}"));
                }
            }
            Records::Accounts(records) => {
                for record in records {
                    self.learn_id(&record.id);
                    self.learn_id(&record.username);
                    record.alt_ids.iter().for_each(|alt| self.learn_id(&alt.value));
                    record.addresses().for_each(|address| self.learn_address(&address));
                    self.learn_name(&record.display_name);
                }
            }
            Records::Contracts(_) | Records::Rates(_) | Records::None => {}
        }
    }

    fn learn_id(&mut self, text: &str) {
        // A short number could be any number of a sentence, and a word that stands for a desk any word of it.
        let digits = text.chars().all(|c| c.is_ascii_digit());
        let text = text.to_lowercase();
        let short = text.len() < 4 && text.chars().all(|c| c.is_ascii_alphabetic());
        let long = text.chars().nth(if digits { 4 } else { 1 }).is_some();
        if long && !short && !self.common.contains(&*text) {
            self.exact.insert(text);
        }
    }

    fn learn_address(&mut self, address: &Email) {
        self.exact.insert(address.as_str().to_owned());
        self.learn_id(address.local());
    }

    fn learn_name(&mut self, name: &str) {
        let parts: Vec<&str> = words_of(name).collect();
        if parts.len() > 1 {
            self.exact.insert(parts.join(" ").to_lowercase());
            let together = parts.concat().to_lowercase();
            // A few Latin letters written together are a part of many words; two of other scripts may be a whole name.
            if together.len() > 6 || !together.is_ascii() {
                self.in_files.insert(together);
            }
        }
        // An ordinary word tells of nobody, unless the whole name is written so.
        let telling = |text: &str| text.chars().any(|c| c.is_uppercase() || !c.is_ascii());
        for word in parts {
            let long = word.len() > 1;
            if long && (telling(word) || (!telling(name) && word.len() > 3)) && !self.words.contains(word) {
                self.words.insert(word.to_owned());
                if word.len() > 2 {
                    self.in_files.insert(word.to_lowercase());
                }
            }
        }
    }

    /// The token for something, which is remembered with it. Nothing stays nothing.
    fn token(&self, kind: &str, text: &str) -> String {
        self.token_for(kind, text, text)
    }

    /// The token for what something is told apart by, remembered as what people call it.
    fn token_for(&self, kind: &str, text: &str, called: &str) -> String {
        if text.is_empty() {
            return String::new();
        }
        let mut mac = self.mac.clone();
        mac.update(kind.as_bytes());
        mac.update(&[0]);
        mac.update(text.to_lowercase().as_bytes());
        let sum = mac.finalize().into_bytes();
        let token = format!("{kind}-{}", letters(&sum));
        self.given.borrow_mut().entry(token.clone()).or_insert_with(|| called.to_owned());
        token
    }

    /// An address nobody can have: the domain `invalid` is reserved for that (RFC 2606).
    fn address(&self, address: &Email) -> Option<Email> {
        Email::parse(&format!("{}@{}", self.token("address", address.as_str()), self.domain(address.domain())))
    }

    fn domain(&self, domain: &str) -> String {
        format!("{}.invalid", self.token("domain", domain))
    }

    /// A sign-in name or another thing that may be an address.
    fn login(&self, text: &str) -> String {
        match Email::parse(text).and_then(|address| self.address(&address)) {
            Some(address) => address.as_str().to_owned(),
            None => self.token("login", text),
        }
    }

    /// A text with everything in it replaced that is a name, an address or an id of the input.
    fn scrub(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for (file, told) in self.files.borrow().iter().filter(|(file, told)| file != told) {
            text = text.replace(&**file, told);
        }
        let pieces: Vec<&str> = text.split_inclusive(char::is_whitespace).collect();
        let cores: Vec<&str> = pieces.iter().map(|piece| core_of(piece)).collect();
        let (mut scrubbed, mut at) = (String::new(), 0);
        while let Some(piece) = pieces.get(at) {
            let known = self.known(cores.get(at..).unwrap_or_default());
            let (Some((many, told)), Some((before, _))) = (known, piece.split_once(cores[at])) else {
                scrubbed.push_str(piece);
                at += 1;
                continue;
            };
            scrubbed.push_str(before);
            scrubbed.push_str(&told);
            let last = at + many - 1;
            if let Some((_, after)) = pieces.get(last).and_then(|piece| piece.split_once(cores[last])) {
                scrubbed.push_str(after);
            }
            at += many;
        }
        scrubbed
    }

    /// How many of the words ahead are somebody's or an app's, and what stands in their place.
    fn known(&self, ahead: &[&str]) -> Option<(usize, String)> {
        for many in (1..=LONGEST.min(ahead.len())).rev() {
            let words = ahead.get(..many)?;
            let said = words.join(" ");
            let lower = said.to_lowercase();
            if words.iter().any(|word| word.is_empty()) {
                continue;
            }
            if self.apps.contains(&lower) {
                return Some((many, said));
            }
            let phrase = words_of(&lower).collect::<Vec<_>>().join(" ");
            if self.exact.contains(&lower) || (many > 1 && self.exact.contains(&phrase)) {
                return Some((many, if said.contains('@') { self.login(&said) } else { self.token("name", &said) }));
            }
        }
        let first = *ahead.first()?;
        let named = !first.is_empty() && words_of(first).any(|word| self.words.contains(word));
        // The token of a file is not told again.
        if first.contains('@') && !first.ends_with(".invalid") {
            return Some((1, self.login(first)));
        }
        named.then(|| (1, self.token("name", first)))
    }

    /// The name of a file; one that holds somebody's name becomes a token.
    fn file(&self, name: &Arc<str>) -> Arc<str> {
        if let Some(told) = self.files.borrow().get(name) {
            return told.clone();
        }
        let lower = name.to_lowercase();
        let names_somebody = words_of(&lower).any(|word| self.in_files.contains(word) || self.exact.contains(word))
            || words_of(name).any(|word| self.words.contains(word) && !word.is_ascii())
            || lower.split(['/', ' ', '(', ')', ',']).any(|part| part.contains('@') || self.exact.contains(part));
        let told: Arc<str> = match names_somebody {
            false => name.clone(),
            true => {
                let ending = name.rsplit_once('.').map(|(_, ending)| format!(".{ending}"));
                let ending = ending.filter(|ending| ending.len() <= 6).unwrap_or_default();
                (self.token("file", name) + &ending).into()
            }
        };
        self.files.borrow_mut().insert(name.clone(), told.clone());
        told
    }

    fn place(&self, place: &Place) -> Place {
        Place { file: self.file(&place.file), ..place.clone() }
    }

    fn diagnostic(&self, problem: &Diagnostic) -> Diagnostic {
        // What is said of a row quotes its cells, and a row that could not be read is nobody's yet.
        let quotes = matches!(
            problem.code,
            Code::SkippedRow
                | Code::BadValue
                | Code::RaggedRow
                | Code::Malformed
                | Code::Repeated
                | Code::Contradiction
        );
        // A file nobody knows may have somebody's data in the place of headers.
        if matches!(problem.code, Code::Unrecognized | Code::Guessed | Code::WhichApp) {
            return Diagnostic {
                place: problem.place.as_ref().map(|place| self.place(place)),
                message: format!("what was said of its columns and values is {WITHHELD}"),
                hints: Vec::new(),
                ..problem.clone()
            };
        }
        let told = |text: &str| self.scrub(&if quotes { without_quotes(text) } else { text.to_owned() });
        Diagnostic {
            place: problem.place.as_ref().map(|place| self.place(place)),
            message: told(&problem.message),
            hints: problem.hints.iter().map(|hint| told(hint)).collect(),
            ..problem.clone()
        }
    }

    fn person(&self, record: &DirectoryRecord) -> DirectoryRecord {
        let address = record.email.as_ref().map(Email::as_str).unwrap_or_default();
        let known_by = [&*record.source_id, &record.username, address, &record.display];
        let known_by = known_by.into_iter().find(|text| !text.is_empty()).unwrap_or_default();
        let called = format!("{} {address} {}", record.display, record.source_id);
        let token = |text: &str| self.token_for("person", text, called.trim());
        DirectoryRecord {
            place: self.place(&record.place),
            source_id: token(&record.source_id),
            username: self.login(&record.username),
            email: record.email.as_ref().and_then(|address| self.address(address)),
            aliases: record.aliases.iter().filter_map(|address| self.address(address)).collect(),
            logins: record.logins.iter().map(|login| self.login(login)).collect(),
            employee_id: self.token("number", &record.employee_id),
            given: String::new(),
            family: String::new(),
            display: token(known_by),
            department: String::new(),
            title: String::new(),
            worker_type: String::new(),
            manager: String::new(),
            ..record.clone()
        }
    }

    fn account(&self, record: &AccountRecord) -> AccountRecord {
        let alt = |alt: &AltId| AltId { kind: alt.kind, value: self.login(&alt.value) };
        AccountRecord {
            place: self.place(&record.place),
            id: match record.id.contains('@') {
                true => self.login(&record.id),
                false => self.token("account", &record.id),
            },
            username: self.login(&record.username),
            email: record.email.as_ref().and_then(|address| self.address(address)),
            alt_ids: record.alt_ids.iter().map(alt).collect(),
            display_name: self.token("name", &record.display_name),
            role: self.scrub(&record.role),
            department: String::new(),
            ..record.clone()
        }
    }

    /// A file told again, with its records only if they are asked for.
    fn import(&self, import: &Import, with_records: bool) -> Import {
        let records = match &import.records {
            _ if !with_records => Records::None,
            Records::Directory(records) => {
                Records::Directory(records.iter().map(|record| self.person(record)).collect())
            }
            Records::Accounts(records) => {
                Records::Accounts(records.iter().map(|record| self.account(record)).collect())
            }
            other => other.clone(),
        };
        Import {
            name: self.file(&import.name),
            // A file without a header has data in the place of one.
            columns: Vec::new(),
            because: String::new(),
            diagnostics: import.diagnostics.iter().map(|problem| self.diagnostic(problem)).collect(),
            ..import.holding(records)
        }
    }

    fn evidence(&self, evidence: &[Evidence]) -> Vec<Evidence> {
        evidence.iter().map(|found| Evidence { fact: self.fact(&found.fact), weight: found.weight }).collect()
    }

    fn fact(&self, fact: &Fact) -> Fact {
        let text = |address: &str| self.login(address).into();
        let domain = |domain: &str| self.domain(domain).into();
        match fact {
            Fact::DecidedPersonMissing(person) => Fact::DecidedPersonMissing(self.token("person", person).into()),
            Fact::RoleSaysService(role) => Fact::RoleSaysService(self.scrub(role).into()),
            Fact::ServiceWord { word, class } => Fact::ServiceWord { word: self.scrub(word).into(), class: *class },
            Fact::SameEmployeeId(id) => Fact::SameEmployeeId(self.token("number", id).into()),
            Fact::SameExternalId(id) => Fact::SameExternalId(self.token("person", id).into()),
            Fact::SameEmail(address) => Fact::SameEmail(text(address)),
            Fact::SameAlias(address) => Fact::SameAlias(text(address)),
            Fact::KnownElsewhere { address, app } => Fact::KnownElsewhere { address: text(address), app: app.clone() },
            Fact::SameMailbox(address) => Fact::SameMailbox(text(address)),
            Fact::SameLocalPart { domain: from, owned } => {
                Fact::SameLocalPart { domain: domain(from), owned: domain(owned) }
            }
            Fact::SameLocalPartElsewhere { domain: from, owned } => {
                Fact::SameLocalPartElsewhere { domain: domain(from), owned: domain(owned) }
            }
            Fact::NamePart { is_given, level, account, person } => Fact::NamePart {
                is_given: *is_given,
                level: *level,
                account: self.token("word", account).into(),
                person: self.token("word", person).into(),
            },
            Fact::SameLogin(login) => Fact::SameLogin(text(login)),
            Fact::LoginFits(login) => Fact::LoginFits(text(login)),
            Fact::LoginOfAnother(login) => Fact::LoginOfAnother(text(login)),
            Fact::LoginSilent(login) => Fact::LoginSilent(text(login)),
            Fact::OtherName(name) => Fact::OtherName(self.token("name", name).into()),
            Fact::PersonalDomain(from) => Fact::PersonalDomain(domain(from)),
            Fact::Undeclared(from) => Fact::Undeclared(domain(from)),
            Fact::OutsideDomain(from) => Fact::OutsideDomain(domain(from)),
            Fact::FormerDomain { domain: from, namesakes, all } => {
                Fact::FormerDomain { domain: domain(from), namesakes: *namesakes, all: *all }
            }
            Fact::Unread(name) => Fact::Unread(self.token("name", name).into()),
            Fact::Decided
            | Fact::NowNames(_)
            | Fact::AppSaysService
            | Fact::MadeAtHire { .. }
            | Fact::MadeAfterHire
            | Fact::OlderThanHire(_)
            | Fact::MadeAfterLeaving(_)
            | Fact::UsedAfterLeaving(_)
            | Fact::FormerHolder(_)
            | Fact::DoubtedElsewhere
            | Fact::FirstAccount
            | Fact::SecondAccount
            | Fact::Department { .. }
            | Fact::Namesake(_)
            | Fact::NumberedLogin
            | Fact::Standing { .. }
            | Fact::NamedOtherwise(_)
            | Fact::Unlike(_)
            | Fact::Turned
            | Fact::MarkedExternal
            | Fact::HereElsewhere(_)
            | Fact::NameElsewhere
            | Fact::SharedBy(_)
            | Fact::Colleagues { .. }
            | Fact::NotInDirectory => fact.clone(),
        }
    }

    /// Tells an analysis again, with tokens.
    pub fn analysis(&self, analysis: &Analysis) -> Analysis {
        let keys = Keys::new(self, analysis);
        let mut workspace = Workspace::clone(&analysis.workspace);
        let used: HashSet<ImportId> = analysis.roster.imports().map(|(id, _)| id).collect();
        // Texts name files, so all names are told before any text.
        workspace.imports.values().for_each(|import| {
            self.file(&import.name);
        });
        for (id, import) in &mut workspace.imports {
            // What speaks for another day is in no report.
            *import = Arc::new(self.import(import, used.contains(id)));
        }
        let decisions = std::mem::take(&mut workspace.decisions).into_iter();
        workspace.decisions = decisions.map(|(key, decision)| (keys.account(&key), keys.decision(&decision))).collect();
        let exemptions = std::mem::take(&mut workspace.exemptions).into_iter();
        workspace.exemptions = exemptions.map(|(key, exemption)| (keys.account(&key), withheld(&exemption))).collect();
        let mut policy = analysis.policy.clone();
        policy.owned_domains = policy.owned_domains.iter().map(|domain| self.domain(domain)).collect();
        let former = std::mem::take(&mut policy.domain_aliases).into_iter();
        policy.domain_aliases = former.map(|(from, to)| (self.domain(&from), self.domain(&to))).collect();
        workspace.policy = policy.clone();
        let workspace = Arc::new(workspace);
        let told = |problems: &[Diagnostic]| problems.iter().map(|problem| self.diagnostic(problem)).collect();
        let problems: Vec<Diagnostic> = told(&analysis.roster.diagnostics);
        let roster = analysis.roster.told_again(workspace.clone(), |record| self.account(record), problems);
        let mut costs = analysis.costs.clone();
        costs.diagnostics = told(&costs.diagnostics);
        for app in &mut costs.apps {
            app.terms.place = app.terms.place.as_ref().map(|place| self.place(place));
        }
        let kept = |finding: &Finding| match &finding.reason {
            Reason::Kept { until, .. } => {
                Finding { reason: Reason::Kept { reason: WITHHELD.into(), until: *until }, ..finding.clone() }
            }
            _ => finding.clone(),
        };
        let outcomes: Vec<Outcome> =
            analysis.outcomes.iter().map(|outcome| outcome.retold(&|told| self.evidence(told))).collect();
        // Reminders say what was decided, and for whom: they are made anew of what was told again.
        let reminders = reminders(&roster, &outcomes, analysis.as_of);
        Analysis {
            workspace,
            policy,
            roster: Arc::new(roster),
            outcomes: Arc::new(outcomes),
            findings: Arc::new(analysis.findings.iter().map(kept).collect()),
            reminders,
            costs,
            ..analysis.clone()
        }
    }

    /// Tells the log of a workspace again, with tokens.
    pub fn log(&self, analysis: &Analysis, log: &[LogEntry]) -> Vec<LogEntry> {
        let keys = Keys::new(self, analysis);
        let told = log.iter().map(|entry| {
            let change = match &entry.change {
                Change::Decision { account, edit } => Change::Decision {
                    account: keys.account(account),
                    edit: each(edit, |decision| keys.decision(decision)),
                },
                Change::Exemption { account, edit } => {
                    Change::Exemption { account: keys.account(account), edit: each(edit, withheld) }
                }
                other => other.clone(),
            };
            LogEntry { at: entry.at, who: self.token("reviewer", &entry.who), change }
        });
        told.collect()
    }
}

/// What accounts and people are remembered by, told again.
struct Keys<'a> {
    pseudonyms: &'a Pseudonyms,
    accounts: HashMap<AccountKey, AccountKey>,
    people: HashMap<String, String>,
}

impl<'a> Keys<'a> {
    fn new(pseudonyms: &'a Pseudonyms, analysis: &Analysis) -> Self {
        let (roster, workspace) = (&analysis.roster, &analysis.workspace);
        let needed = !(workspace.decisions.is_empty() && workspace.exemptions.is_empty());
        let told = |app: &AppName, record: &AccountRecord| AccountKey::new(app, &pseudonyms.account(record));
        let accounts = roster.accounts().filter(|_| needed);
        let accounts = accounts.map(|id| (roster.key(id), told(roster.app(id), roster.account(id))));
        let people = roster.people().filter(|_| needed).map(|id| {
            let again = pseudonyms.person(roster.person(id));
            let address = again.email.as_ref().map(ToString::to_string).unwrap_or_default();
            let key = [again.source_id, again.username, address].into_iter().find(|key| !key.is_empty());
            (roster.person_key(id), key.unwrap_or_default())
        });
        Self { pseudonyms, accounts: accounts.collect(), people: people.collect() }
    }

    fn account(&self, key: &AccountKey) -> AccountKey {
        let gone = || AccountKey { app: key.app.clone(), id: self.pseudonyms.login(&key.id) };
        self.accounts.get(key).cloned().unwrap_or_else(gone)
    }

    fn person(&self, key: &str) -> String {
        self.people.get(key).cloned().unwrap_or_else(|| self.pseudonyms.token("person", key))
    }

    fn decision(&self, decision: &Decision) -> Decision {
        let verdict = match &decision.verdict {
            Verdict::Owner { person } => Verdict::Owner { person: self.person(person) },
            Verdict::Service { owner } => Verdict::Service { owner: self.pseudonyms.token("owner", owner) },
            other => other.clone(),
        };
        Decision { verdict, named: decision.named.as_ref().map(|person| self.person(person)) }
    }
}

fn withheld(exemption: &Exemption) -> Exemption {
    Exemption { reason: WITHHELD.into(), until: exemption.until }
}

fn each<T>(edit: &Edit<T>, told: impl Fn(&T) -> T) -> Edit<T> {
    Edit { before: edit.before.as_ref().map(&told), after: edit.after.as_ref().map(&told) }
}

fn words_of(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

fn is_quote(c: char) -> bool {
    matches!(c, '“' | '”' | '„' | '‘' | '’' | '«' | '»' | '…')
}

/// The text without what stands from the first quotation mark to the last: what is quoted may hold some.
fn without_quotes(text: &str) -> String {
    match (text.find('"'), text.rfind('"')) {
        (Some(first), Some(last)) if first < last => {
            format!("{}\"…\"{}", text.get(..first).unwrap_or_default(), text.get(last + 1..).unwrap_or_default())
        }
        _ => text.to_owned(),
    }
}

/// Words of a name that are looked for together.
const LONGEST: usize = 4;

/// A word without what surrounds it.
fn core_of(piece: &str) -> &str {
    piece.trim_matches(|c: char| c.is_whitespace() || (c.is_ascii_punctuation() && c != '_') || is_quote(c))
}

/// Common words beside those that mark service accounts.
const COMMON: [&str; 11] =
    ["account", "user", "users", "admin", "file", "list", "people", "member", "members", "name", "email"];

/// Twelve letters for sixty bits, of an alphabet nobody misreads (that of Crockford's Base32).
fn letters(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
    let bits = bytes.iter().take(8).fold(0_u64, |bits, byte| (bits << 8) | u64::from(*byte));
    let letter = |place: u32| {
        let five = (bits >> (59 - 5 * place)) & 31;
        char::from(ALPHABET[usize::try_from(five).unwrap_or(0)])
    };
    (0..12).map(letter).collect()
}
