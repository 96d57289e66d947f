//! What leads to a person without doubt: ids, and addresses in all their forms.

use std::collections::{BTreeMap, HashMap};

use super::service::ServiceWords;
use super::traits::login;
use super::{Evidence, Fact, Method, PersonId, Roster};
use crate::import::{AccountRecord, AltId, AltKind};
use crate::model::{AppName, Email, without_invalid};
use crate::workspace::Policy;

/// People by everything an account can name them by.
pub(super) struct Identifiers {
    ids: HashMap<String, Vec<PersonId>>,
    usernames: HashMap<String, Vec<PersonId>>,
    employee_ids: HashMap<String, Vec<PersonId>>,
    /// Employee numbers without the zeros in front, which a spreadsheet takes away.
    short_numbers: HashMap<String, Vec<PersonId>>,
    primary: HashMap<String, Vec<PersonId>>,
    addresses: HashMap<String, Vec<PersonId>>,
    mailboxes: HashMap<String, Vec<PersonId>>,
    /// Addresses no directory names, by accounts whose owner is known otherwise; with the app.
    elsewhere: HashMap<String, (Vec<PersonId>, String)>,
    domain_aliases: BTreeMap<String, String>,
    /// Apps whose sign-in names are employee numbers behind a letter or two, or before an `@`: by their keys, those letters.
    numbered: HashMap<String, String>,
}

/// So many sign-in names made of employee numbers, and four in five of an app's, are a rule.
const NUMBERED: usize = 10;

/// People found for something of an account, how, and by what.
type Hit<'a> = (&'a [PersonId], Method, Fact);

/// All people that the ids or addresses of an account lead to.
#[derive(Clone, Debug)]
pub(super) struct Found {
    /// Each once, in the order found.
    pub(super) people: Vec<PersonId>,
    /// The strongest way.
    pub(super) method: Method,
    /// What led to them.
    pub(super) evidence: Vec<Evidence>,
    /// An id says so, which is never given to somebody else, as an address may be.
    pub(super) by_id: bool,
}

impl Found {
    /// The one person, if it is one.
    pub(super) fn only(&self) -> Option<PersonId> {
        match self.people.as_slice() {
            [person] => Some(*person),
            _ => None,
        }
    }
}

impl Identifiers {
    pub(super) fn new(roster: &Roster, policy: &Policy) -> Self {
        let mut index = Self {
            ids: HashMap::new(),
            usernames: HashMap::new(),
            employee_ids: HashMap::new(),
            short_numbers: HashMap::new(),
            primary: HashMap::new(),
            addresses: HashMap::new(),
            mailboxes: HashMap::new(),
            elsewhere: HashMap::new(),
            domain_aliases: policy.domain_aliases.clone(),
            numbered: HashMap::new(),
        };
        for person in roster.people() {
            for record in roster.records(person) {
                note(&mut index.ids, record.source_id.to_lowercase(), person);
                for login in record.logins.iter().chain([&record.username]) {
                    note(&mut index.usernames, login.to_lowercase(), person);
                }
                note(&mut index.employee_ids, record.employee_id.to_lowercase(), person);
                if let Some(short) = without_zeros(&record.employee_id) {
                    note(&mut index.short_numbers, short.to_owned(), person);
                }
                if let Some(email) = &record.email {
                    note(&mut index.primary, email.as_str().to_owned(), person);
                }
                let username = Email::parse(&record.username);
                for address in record.email.iter().chain(&record.aliases).chain(&username) {
                    note(&mut index.addresses, address.as_str().to_owned(), person);
                    note(&mut index.mailboxes, address.mailbox(), person);
                }
            }
        }
        index.numbered = index.numbered_apps(roster);
        index
    }

    /// The apps in which most sign-in names are employee numbers, and what stands in front of these.
    fn numbered_apps(&self, roster: &Roster) -> HashMap<String, String> {
        let mut counts: HashMap<&str, (usize, HashMap<String, usize>)> = HashMap::new();
        for id in roster.accounts() {
            let Some(login) = login(roster.account(id)).map(str::to_lowercase) else { continue };
            let (all, hits) = counts.entry(roster.app(id).key()).or_default();
            *all += 1;
            if let Some((letters, number)) = lettered_number(&login)
                && self.by_number(number).is_some()
            {
                *hits.entry(letters.to_owned()).or_default() += 1;
            }
        }
        let ruled = |(app, (all, hits)): (&str, (usize, HashMap<String, usize>))| {
            let (letters, count) = hits.into_iter().max_by(|a, b| (a.1, &a.0).cmp(&(b.1, &b.0)))?;
            (count >= NUMBERED && count * 5 >= all * 4).then(|| (app.to_owned(), letters))
        };
        counts.into_iter().filter_map(ruled).collect()
    }

    /// Whose employee number is in a sign-in name, where an app makes them so.
    fn by_numbered_login(&self, account: &AccountRecord, app: &str) -> Option<Hit<'_>> {
        let usual = self.numbered.get(app)?;
        let login = login(account)?.to_lowercase();
        let (_, number) = lettered_number(&login).filter(|(letters, _)| letters == usual)?;
        let people = self.by_number(number)?;
        Some((people, Method::EmployeeId, Fact::SameEmployeeId(number.into())))
    }

    /// A person by directory id, sign-in name or address.
    pub(super) fn person_named(&self, name: &str) -> Option<PersonId> {
        let name = name.to_lowercase();
        [&self.ids, &self.usernames, &self.addresses].into_iter().find_map(|index| match index.get(&name)?.as_slice() {
            [person] => Some(*person),
            _ => None,
        })
    }

    /// Passes 2 to 4: employee number and id of the identity provider; then every address of the account against every
    /// address of the people, exact, as a mailbox, as a sign-in name; then in the domain that replaced a declared former
    /// one.
    ///
    /// What an earlier pass finds stands, unless an exact address says otherwise: then both are named.
    pub(super) fn find(&self, account: &AccountRecord, app: &str) -> Option<Found> {
        let identifiers: Vec<Hit<'_>> = account.alt_ids.iter().filter_map(|alt| self.by_identifier(alt)).collect();
        let addresses: Vec<Email> = account.addresses().collect();
        let exact: Vec<Hit<'_>> = addresses.iter().filter_map(|address| self.by_address(address)).collect();
        let by_id = !identifiers.is_empty();
        if by_id || !exact.is_empty() {
            return found(identifiers.into_iter().chain(exact), by_id);
        }
        let mailboxes = addresses.iter().filter_map(|address| {
            let mailbox = address.mailbox();
            Some((self.mailboxes.get(&mailbox)?.as_slice(), Method::Alias, Fact::SameMailbox(mailbox.into())))
        });
        let login = || found(self.by_login(&account.username).into_iter(), false);
        let numbered = || found(self.by_numbered_login(account, app).into_iter(), false);
        let former = || found(addresses.iter().filter_map(|address| self.by_domain_alias(address)), false);
        found(mailboxes, false).or_else(login).or_else(numbered).or_else(former)
    }

    /// Learns the addresses of accounts whose owner an id or a decision has told: what is somebody's in one app is so in
    /// all.
    pub(super) fn learn<'a>(
        &mut self,
        service: &ServiceWords,
        known: impl Iterator<Item = (&'a AccountRecord, &'a AppName, PersonId)>,
    ) {
        for (account, app, person) in known {
            // What names a program or a team is nobody's alone.
            for address in account.addresses().filter(|address| !service.mark(address.local())) {
                let (people, _) =
                    self.elsewhere.entry(address.to_string()).or_insert_with(|| (Vec::new(), app.to_string()));
                if !people.contains(&person) {
                    people.push(person);
                }
            }
        }
    }

    /// Whom the accounts of other apps with an address lead to.
    pub(super) fn find_elsewhere(&self, account: &AccountRecord) -> Option<Found> {
        let addresses: Vec<Email> = account.addresses().collect();
        let hits = addresses.iter().filter_map(|address| {
            let (people, app) = self.elsewhere.get(address.as_str())?;
            let fact = Fact::KnownElsewhere { address: address.as_str().into(), app: app.as_str().into() };
            Some((people.as_slice(), Method::Alias, fact))
        });
        found(hits, false)
    }

    /// A sign-in name with a number in it is one person's, or is the employee number itself. One of letters alone is made of
    /// a name, and another of that name may have it in another app: it is weighed with the rest.
    fn by_login(&self, username: &str) -> Option<Hit<'_>> {
        let key = username.to_lowercase();
        if !key.contains(|c: char| c.is_ascii_digit() || c == '@' || c == '\\') {
            return None;
        }
        let by_number = || {
            let people = self.employee_ids.get(&key).filter(|_| key.len() > 3)?;
            Some((people.as_slice(), Method::EmployeeId, Fact::SameEmployeeId(username.into())))
        };
        let by_name = self.usernames.get(&key);
        by_name.map(|people| (people.as_slice(), Method::Alias, Fact::SameAlias(username.into()))).or_else(by_number)
    }

    fn by_identifier(&self, alt: &AltId) -> Option<Hit<'_>> {
        let value = as_number(&alt.value).to_lowercase();
        match alt.kind {
            AltKind::EmployeeId => {
                let people = self.by_number(&value)?;
                Some((people, Method::EmployeeId, Fact::SameEmployeeId(alt.value.as_str().into())))
            }
            // Some connectors put the employee number into the external id.
            AltKind::ExternalId => {
                let people = self.ids.get(&value).map(Vec::as_slice).or_else(|| self.by_number(&value))?;
                Some((people, Method::ExternalId, Fact::SameExternalId(alt.value.as_str().into())))
            }
            AltKind::SecondaryEmail => None,
        }
    }

    /// Everybody who has an employee number, as written or but for zeros in front.
    fn by_number(&self, number: &str) -> Option<&[PersonId]> {
        let bare = || without_zeros(number);
        let exact = self.employee_ids.get(number).or_else(|| self.employee_ids.get(bare()?));
        let short = || self.short_numbers.get(bare().unwrap_or(number));
        exact.or_else(short).map(Vec::as_slice)
    }

    /// Everybody who has an address, as the main one or another.
    fn by_address(&self, address: &Email) -> Option<Hit<'_>> {
        let people = self.addresses.get(address.as_str())?;
        let text = address.as_str().into();
        Some(if self.primary.contains_key(address.as_str()) {
            (people, Method::Email, Fact::SameEmail(text))
        } else {
            (people, Method::Alias, Fact::SameAlias(text))
        })
    }

    fn by_domain_alias(&self, address: &Email) -> Option<Hit<'_>> {
        let owned = self.domain_aliases.get(without_invalid(address.domain()))?;
        let people = self.addresses.get(&format!("{}@{owned}", address.local()))?;
        let fact = Fact::SameLocalPart { domain: address.domain().into(), owned: owned.as_str().into() };
        Some((people, Method::DomainAlias, fact))
    }
}

/// Up to three letters in front of a number of four digits and more, and the number.
fn lettered_number(login: &str) -> Option<(&str, &str)> {
    let number = login.trim_start_matches(|c: char| c.is_ascii_lowercase());
    let letters = &login[..login.len() - number.len()];
    let is_number = number.len() > 3 && number.bytes().all(|byte| byte.is_ascii_digit());
    (letters.len() < 4 && is_number).then_some((letters, number))
}

/// A number as it stands in a cell that a spreadsheet was kept from reading, or has read: `'0047`, `="0047"`, `47.0`.
fn as_number(cell: &str) -> &str {
    let bare = cell.trim().trim_start_matches(['=', '\'']).trim_matches('"');
    bare.strip_suffix(".0").filter(|number| number.bytes().all(|byte| byte.is_ascii_digit())).unwrap_or(bare)
}

/// A number without the zeros in front, if it has some and enough is left.
fn without_zeros(number: &str) -> Option<&str> {
    let short = number.trim_start_matches('0');
    let is_number = number.bytes().all(|byte| byte.is_ascii_digit());
    (is_number && short.len() < number.len() && short.len() > 1).then_some(short)
}

fn found<'a>(hits: impl Iterator<Item = Hit<'a>>, by_id: bool) -> Option<Found> {
    let mut all: Option<Found> = None;
    for (owners, method, fact) in hits {
        let all =
            all.get_or_insert_with(|| Found { people: Vec::new(), method, evidence: Vec::with_capacity(1), by_id });
        all.evidence.push(Evidence::sure(fact));
        for owner in owners {
            if !all.people.contains(owner) {
                all.people.push(*owner);
            }
        }
    }
    all
}

fn note(index: &mut HashMap<String, Vec<PersonId>>, key: String, person: PersonId) {
    if !key.is_empty() {
        let people = index.entry(key).or_default();
        if !people.contains(&person) {
            people.push(person);
        }
    }
}
