use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;
use jiff::civil::Date;

use super::{format, words};
use crate::analysis::Analysis;
use crate::classify::{Kind, Reason};
use crate::correlate::{AccountId, PersonId};
use crate::workspace::{AccountKey, Change, Decision, Exemption, LogEntry, Verdict};

/// What an auditor asks about access: who looked at what and when, by which rules, with which exceptions. It helps to answer
/// SOC 2 CC6.1–6.3 and ISO/IEC 27001 A.5.18, and certifies nothing.
#[derive(Clone, Debug)]
pub struct AccessReview {
    /// Each app's accounts, counted.
    pub apps: Vec<ReviewedApp>,
    /// Thresholds and rules in force.
    pub rules: Vec<(String, String)>,
    /// Accounts that are kept whatever the rules say.
    pub exemptions: Vec<Exempt>,
    /// What people settled, the last first.
    pub decisions: Vec<Settled>,
    /// What an auditor asks, and what these figures answer.
    pub answers: Vec<Answer>,
}

/// How far the accounts of an app were looked at.
#[derive(Clone, Debug, Default)]
pub struct ReviewedApp {
    /// The app.
    pub app: String,
    /// The day of its list, if a name tells.
    pub exported: Option<Date>,
    /// Accounts in it.
    pub accounts: u32,
    /// Open accounts of people who work here, the most likely owner counted where that is not settled.
    pub ours: u32,
    /// Access that belongs to nobody who works here.
    pub orphaned: u32,
    /// Service, shared and outside accounts.
    pub not_ours: u32,
    /// Accounts kept by an exemption that holds, whoever owns them.
    pub exempt: u32,
    /// Closed accounts.
    pub closed: u32,
    /// Of all, accounts whose owner a person has settled.
    pub settled: u32,
    /// Of all, accounts that wait for that.
    pub waiting: u32,
    /// Open accounts that can administer the app.
    pub admins: u32,
    /// Of those, accounts that belong to nobody who works here.
    pub orphaned_admins: u32,
}

/// An account that is kept whatever the rules say.
#[derive(Clone, Debug)]
pub struct Exempt {
    /// The app.
    pub app: String,
    /// The account.
    pub account: String,
    /// Why.
    pub reason: String,
    /// The last day; for good if there is none.
    pub until: Option<Date>,
    /// Whether it holds on the day.
    pub holds: bool,
    /// Who said so, if that was written down.
    pub who: String,
    /// When.
    pub at: Option<Timestamp>,
}

/// Something a person settled.
#[derive(Clone, Debug)]
pub struct Settled {
    /// When, if that was written down.
    pub at: Option<Timestamp>,
    /// Who; empty if that was not written down.
    pub who: String,
    /// The app; empty for rules.
    pub app: String,
    /// The account; empty for rules.
    pub account: String,
    /// What was settled.
    pub what: String,
    /// What held before.
    pub before: String,
}

/// A question an auditor asks.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The criteria it is asked under.
    pub criteria: &'static str,
    /// The question.
    pub question: &'static str,
    /// What the figures say.
    pub answer: String,
}

/// What is counted in an app, with the words for it.
type NamedCount = (&'static str, fn(&ReviewedApp) -> u32);

impl ReviewedApp {
    /// What is counted, with the words for it: the accounts, the five kinds they fall into, and what is true of some of them.
    pub const COUNTS: [NamedCount; 10] = [
        ("Accounts", |app| app.accounts),
        ("Of people here", |app| app.ours),
        ("Of nobody here", |app| app.orphaned),
        ("Service or outside", |app| app.not_ours),
        ("Exempt", |app| app.exempt),
        ("Closed", |app| app.closed),
        ("Settled by a person", |app| app.settled),
        ("To decide", |app| app.waiting),
        ("Open admins", |app| app.admins),
        ("Admins of nobody here", |app| app.orphaned_admins),
    ];
}

impl AccessReview {
    /// What it is, and is not.
    pub const ABOUT: &str = "Helps to answer SOC 2 CC6.1 to CC6.3 and ISO/IEC 27001 A.5.18; it is no certification.";

    /// What an analysis and the log of the workspace tell.
    pub fn new(analysis: &Analysis, log: &[LogEntry], since: Option<(u32, u32)>) -> Self {
        let names = Names::new(analysis, log);
        let apps = apps(analysis);
        let decisions: Vec<Settled> = log.iter().rev().filter_map(|entry| settled(&names, entry)).collect();
        let exemptions = exemptions(&names, log);
        let answers = answers(analysis, log, &apps, &exemptions, since);
        Self { apps, rules: rules(analysis), exemptions, decisions, answers }
    }
}

/// How accounts, people and apps are called, by what they are remembered by.
struct Names<'a> {
    analysis: &'a Analysis,
    accounts: HashMap<AccountKey, AccountId>,
    people: HashMap<String, PersonId>,
}

impl<'a> Names<'a> {
    fn new(analysis: &'a Analysis, log: &[LogEntry]) -> Self {
        let roster = &analysis.roster;
        // Without decisions nobody is looked for, and there may be a million.
        let settled = |entry: &LogEntry| matches!(entry.change, Change::Decision { .. } | Change::Exemption { .. });
        let needed = !analysis.workspace.exemptions.is_empty() || log.iter().any(settled);
        let accounts = roster.accounts().filter(|_| needed).map(|id| (roster.key(id), id));
        let people = roster.people().filter(|_| needed).map(|id| (roster.person_key(id), id));
        Self { analysis, accounts: accounts.collect(), people: people.collect() }
    }

    fn app(&self, key: &str) -> String {
        let known = self.analysis.costs.apps.iter().find(|cost| cost.app.key() == key);
        known.map_or_else(|| key.to_owned(), |cost| cost.app.to_string())
    }

    fn account(&self, key: &AccountKey) -> String {
        self.accounts.get(key).map_or_else(|| key.id.clone(), |id| words::account_name(self.analysis, *id))
    }

    fn person(&self, key: &str) -> String {
        let name = self.people.get(key).map(|id| self.analysis.roster.person(*id).display.clone());
        name.filter(|name| !name.is_empty()).unwrap_or_else(|| key.to_owned())
    }
}

fn apps(analysis: &Analysis) -> Vec<ReviewedApp> {
    let mut apps: BTreeMap<&str, ReviewedApp> = BTreeMap::new();
    let roster = &analysis.roster;
    for (id, finding) in roster.accounts().zip(analysis.findings.iter()) {
        let name = roster.app(id);
        let app = apps.entry(name.key()).or_insert_with(|| ReviewedApp { app: name.to_string(), ..Default::default() });
        let is = |yes: bool| u32::from(yes);
        app.accounts += 1;
        match (finding.kind, &finding.reason) {
            (Kind::Closed, _) => app.closed += 1,
            (_, Reason::Kept { .. }) => app.exempt += 1,
            (Kind::Orphaned, _) => app.orphaned += 1,
            (Kind::Service | Kind::External, _) => app.not_ours += 1,
            (Kind::InUse | Kind::Unused | Kind::Duplicate | Kind::Unknown, _) => app.ours += 1,
        }
        app.settled += is(roster.decision(id).is_some());
        app.waiting += is(finding.review);
        app.admins += is(finding.kind != Kind::Closed && finding.privileged);
        app.orphaned_admins += is(finding.kind == Kind::Orphaned && finding.privileged);
    }
    for (_, import) in roster.imports() {
        if let Some(app) = import.app.as_ref().and_then(|app| apps.get_mut(app.key())) {
            app.exported = app.exported.max(import.exported);
        }
    }
    let mut apps: Vec<ReviewedApp> = apps.into_values().collect();
    apps.sort_by_cached_key(|app| app.app.to_lowercase());
    apps
}

fn rules(analysis: &Analysis) -> Vec<(String, String)> {
    let policy = &analysis.policy;
    let days = |days: u32| format::counted(days, "day", "days");
    let mut rules = vec![
        (
            "A paid seat counts as unused after".to_owned(),
            format!("{} without activity", days(policy.unused_after_days)),
        ),
        ("A new account may stay without activity for".into(), days(policy.grace_days)),
        (
            "Accounts of suspended people count as orphaned".into(),
            if policy.suspended_have_left { "yes" } else { "no" }.into(),
        ),
        ("Seats of people on leave count as in use".into(), if policy.leave_keeps_seats { "yes" } else { "no" }.into()),
    ];
    for (key, own) in &policy.unused_after_days_by_app {
        let app = analysis.costs.apps.iter().find(|cost| cost.app.key() == key);
        let app = app.map_or_else(|| key.clone(), |cost| cost.app.to_string());
        rules
            .push((format!("A paid seat of {app} counts as unused after"), format!("{} without activity", days(*own))));
    }
    let listed = |list: Vec<String>| if list.is_empty() { "none declared".to_owned() } else { list.join(", ") };
    rules.push(("Domains declared the organization's own".into(), listed(policy.owned_domains.clone())));
    let former = policy.domain_aliases.iter().map(|(former, owned)| format!("{former} (now {owned})"));
    rules.push(("Former domains".into(), listed(former.collect())));
    let number = |many: usize| format::count(many as u64);
    rules.push((
        "Words that mark service accounts, beside those the program knows".into(),
        format!(
            "{} added, {} switched off",
            number(policy.service_words.len()),
            number(policy.service_words_off.len())
        ),
    ));
    rules
}

fn exemptions(names: &Names<'_>, log: &[LogEntry]) -> Vec<Exempt> {
    let said: HashMap<&AccountKey, &LogEntry> = log
        .iter()
        .filter_map(|entry| match &entry.change {
            Change::Exemption { account, edit } if edit.after.is_some() => Some((account, entry)),
            _ => None,
        })
        .collect();
    let exempt = names.analysis.workspace.exemptions.iter().map(|(key, exemption)| {
        let said = said.get(key);
        Exempt {
            app: names.app(&key.app),
            account: names.account(key),
            reason: exemption.reason.clone(),
            until: exemption.until,
            holds: exemption.holds(names.analysis.as_of),
            who: said.map(|entry| entry.who.clone()).unwrap_or_default(),
            at: said.and_then(|entry| entry.at),
        }
    });
    exempt.collect()
}

fn settled(names: &Names<'_>, entry: &LogEntry) -> Option<Settled> {
    let decided = |decision: &Option<Decision>| {
        decision.as_ref().map_or_else(|| "nothing settled".to_owned(), |decision| verdict(names, &decision.verdict))
    };
    let exempted = |exemption: &Option<Exemption>| match exemption {
        None => "no exemption".to_owned(),
        Some(Exemption { reason, until: Some(until) }) => format!("keep until {}: {reason}", format::date(*until)),
        Some(Exemption { reason, until: None }) => format!("keep: {reason}"),
    };
    let (account, what, before) = match &entry.change {
        Change::Decision { account, edit } => (Some(account), decided(&edit.after), decided(&edit.before)),
        Change::Exemption { account, edit } => (Some(account), exempted(&edit.after), exempted(&edit.before)),
        Change::Policy { .. } => (None, "thresholds, rates or rules altered".to_owned(), String::new()),
        Change::Import { .. } | Change::Contract { .. } | Change::Catalog { .. } | Change::Layout { .. } => {
            return None;
        }
    };
    Some(Settled {
        at: entry.at,
        who: entry.who.clone(),
        app: account.map(|key| names.app(&key.app)).unwrap_or_default(),
        account: account.map(|key| names.account(key)).unwrap_or_default(),
        what,
        before,
    })
}

fn verdict(names: &Names<'_>, verdict: &Verdict) -> String {
    match verdict {
        Verdict::Owner { person } => format!("belongs to {}", names.person(person)),
        Verdict::Service { owner } if owner.is_empty() => "a service account".into(),
        Verdict::Service { owner } => format!("a service account, {owner} answers for it"),
        Verdict::External => "somebody of another organization".into(),
        Verdict::Nobody => "belongs to nobody who should have access".into(),
    }
}

fn answers(
    analysis: &Analysis,
    log: &[LogEntry],
    apps: &[ReviewedApp],
    exemptions: &[Exempt],
    since: Option<(u32, u32)>,
) -> Vec<Answer> {
    let all = |count: fn(&ReviewedApp) -> u32| apps.iter().map(count).sum::<u32>();
    let (ours, orphaned, not_ours) = (all(|app| app.ours), all(|app| app.orphaned), all(|app| app.not_ours));
    let exempt = all(|app| app.exempt);
    let open = format!(
        "{} open: {} of people who work here, {} of nobody who does, {} service, shared or outside accounts, {} kept by an exemption. The \
         owner of {} is still to be decided.",
        format::counted(ours + orphaned + not_ours + exempt, "account is", "accounts are"),
        format::count(ours),
        format::count(orphaned),
        format::count(not_ours),
        format::count(exempt),
        format::count(all(|app| app.waiting)),
    );
    let left = format!(
        "{} open on the day although nobody who works here owns {}. {}",
        format::counted(orphaned, "account is", "accounts are"),
        if orphaned == 1 { "it" } else { "them" },
        removed(since),
    );
    let admins = format!(
        "{} can administer an app; of them {} to nobody who works here.",
        format::counted(all(|app| app.admins), "open account", "open accounts"),
        format::counted(all(|app| app.orphaned_admins), "belongs", "belong"),
    );
    let reviewed = format!(
        "{} People have settled the owner of {}; {} for that.",
        last_decision(analysis, log),
        format::counted(all(|app| app.settled), "account", "accounts"),
        format::counted(all(|app| app.waiting), "waits", "wait"),
    );
    let answer = |criteria, question, answer| Answer { criteria, question, answer };
    vec![
        answer(
            "SOC 2 CC6.1 · ISO/IEC 27001 A.5.18",
            "Which access was looked at, and as of when?",
            scope(analysis, apps),
        ),
        answer("SOC 2 CC6.1, CC6.2 · A.5.18", "Does each account belong to somebody who may have it?", open),
        answer("SOC 2 CC6.2 · A.5.18", "Is access removed when somebody leaves?", left),
        answer("SOC 2 CC6.3 · A.5.18", "Who can administer the apps, and should they?", admins),
        answer("SOC 2 CC6.3 · A.5.18", "Is access reviewed, by whom, and when?", reviewed),
        answer("SOC 2 CC6.3 · A.5.18", "Which exceptions are there, and why?", exceptions(exemptions)),
    ]
}

fn scope(analysis: &Analysis, apps: &[ReviewedApp]) -> String {
    let number = |many: usize| u32::try_from(many).unwrap_or(u32::MAX);
    let mut scope = format!(
        "{} in {} were held against {} here, as of {}.",
        format::counted(apps.iter().map(|app| app.accounts).sum(), "account", "accounts"),
        format::counted(number(apps.len()), "app", "apps"),
        format::counted(analysis.costs.workforce.headcount, "person who works", "people who work"),
        format::date(analysis.as_of),
    );
    if let Some(oldest) = apps.iter().filter_map(|app| app.exported).min() {
        scope += &format!(" The oldest list is of {}.", format::date(oldest));
    }
    let unlisted: Vec<&str> =
        analysis.costs.apps.iter().filter(|cost| !cost.counts.is_listed()).map(|cost| cost.app.as_str()).collect();
    if !unlisted.is_empty() {
        let paid = format::counted(number(unlisted.len()), "app is paid for and has", "apps are paid for and have");
        scope += &format!(" {paid} no list, so nobody looked at it: {}.", unlisted.join(", "));
    }
    let undated = apps.iter().filter(|app| app.exported.is_none()).count();
    if undated > 0 {
        scope += &format!(" {} its day.", format::counted(number(undated), "list does not tell", "lists do not tell"));
    }
    scope
}

/// What has become of accounts that were to go: so many have gone, so many are still there.
fn removed(since: Option<(u32, u32)>) -> String {
    let Some((gone, left)) = since else {
        return "No earlier list is there to tell what was removed since.".into();
    };
    format!(
        "Of those that were to go by the lists before, {} gone and {} still there.",
        format::counted(gone, "has", "have"),
        format::counted(left, "is", "are"),
    )
}

/// The last decision about an account that still holds.
fn last_decision(analysis: &Analysis, log: &[LogEntry]) -> String {
    let holds = |entry: &&LogEntry| match &entry.change {
        Change::Decision { account, edit } => {
            edit.after.is_some() && analysis.workspace.decisions.get(account) == edit.after.as_ref()
        }
        _ => false,
    };
    let last = log.iter().rev().filter(holds).find_map(|entry| Some((format::moment(entry.at?), entry.who.as_str())));
    match last {
        Some((at, "")) => format!("The last decision that holds was made on {at}."),
        Some((at, who)) => format!("The last decision that holds was made on {at} by {who}."),
        None => "No decision of a person that holds is written down.".into(),
    }
}

fn exceptions(exemptions: &[Exempt]) -> String {
    let holds = exemptions.iter().filter(|exempt| exempt.holds).count();
    let number = |many: usize| u32::try_from(many).unwrap_or(u32::MAX);
    let in_force = match holds {
        0 => "No exemption is in force".to_owned(),
        holds => {
            format!(
                "{} in force, each with its reason",
                format::counted(number(holds), "exemption is", "exemptions are")
            )
        }
    };
    match exemptions.len() - holds {
        0 => format!("{in_force}."),
        ended => format!("{in_force}; {} ended.", format::counted(number(ended), "other has", "others have")),
    }
}
