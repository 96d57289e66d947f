use crate::analysis::Analysis;
use crate::classify::Billed;
use crate::correlate::{AccountId, Candidate, Evidence, Fact, Outcome, Stranger, aliases};
use crate::model::Money;
use crate::workspace::Verdict;

use super::report::Report;
use super::{Tone, accounts, format, words};

/// The queue of accounts that wait for a decision, the most money at stake first.
#[derive(Clone, Debug, Default)]
pub struct Review {
    /// The accounts.
    pub items: Vec<ReviewItem>,
    /// `9 left · up to $5,720 a year depends on them`.
    pub summary: String,
    /// Domains that may be former ones of the organization.
    pub aliases: Vec<AliasProposal>,
}

/// An account in the queue.
#[derive(Clone, Debug)]
pub struct ReviewItem {
    /// Its number in the analysis.
    pub id: AccountId,
    /// Its address, else its own key.
    pub account: String,
    /// The app.
    pub app: String,
    /// How likely the best candidate is.
    pub confidence: String,
    /// Something was decided, and the data have come to say otherwise.
    pub contradicted: bool,
}

/// A domain whose accounts have namesakes before the `@` of an owned one.
#[derive(Clone, Debug)]
pub struct AliasProposal {
    /// The domain.
    pub domain: String,
    /// The owned one.
    pub owned: String,
    /// Accounts that would be settled: the account, its app, and whose it would be.
    pub settles: Vec<(AccountId, String, String, String)>,
}

/// Everything needed to decide on one account.
#[derive(Clone, Debug)]
pub struct ReviewCase {
    /// `Account in Kustomer`.
    pub title: String,
    /// What the account tells: label and value.
    pub rows: Vec<(&'static str, String)>,
    /// Who may own it, the best first.
    pub candidates: Vec<CandidateCard>,
    /// What it is most likely, if none of them.
    pub otherwise: Option<&'static str>,
    /// What was decided, and what the data have come to say.
    pub contradiction: Option<String>,
}

/// Somebody who may own the account.
#[derive(Clone, Debug)]
pub struct CandidateCard {
    /// What the person is remembered by.
    pub person: String,
    /// Name.
    pub name: String,
    /// How likely.
    pub confidence: String,
    /// What the directory tells: label and value.
    pub rows: Vec<(&'static str, String)>,
    /// What speaks for and against, in words.
    pub evidence: Vec<(String, Tone)>,
}

impl Review {
    /// The queue of an analysis.
    pub fn new(analysis: &Analysis) -> Self {
        let mut waiting: Vec<AccountId> = analysis.roster.accounts().filter(|id| is_waiting(analysis, *id)).collect();
        let stake = |id: &AccountId| accounts::price(analysis, *id).map(|price| price.amount);
        let confidence = |id: &AccountId| analysis.outcomes.get(id.index()).map_or(0.0, |outcome| outcome.confidence);
        waiting.sort_by(|a, b| {
            let surest = confidence(b).total_cmp(&confidence(a));
            stake(b).cmp(&stake(a)).then(surest).then_with(|| analysis.roster.key(*a).cmp(&analysis.roster.key(*b)))
        });
        let items = waiting.into_iter().map(|id| ReviewItem {
            id,
            account: name(analysis, id),
            app: analysis.roster.app(id).to_string(),
            confidence: likely(confidence(&id)),
            contradicted: contradicted(analysis, id).is_some(),
        });
        let items: Vec<ReviewItem> = items.collect();
        Self { summary: summary(analysis, items.len()), items, aliases: former_domain_proposals(analysis) }
    }
}

/// A probability in two digits. What is asked is never told as certain.
fn likely(confidence: f64) -> String {
    format!("{:.2}", confidence.min(0.99))
}

/// The address, else the name, else the account's own key.
fn name(analysis: &Analysis, id: AccountId) -> String {
    let account = analysis.roster.account(id);
    let named = account.email.is_none() && !account.display_name.is_empty();
    if named { account.display_name.clone() } else { words::account_name(analysis, id) }
}

/// Whether a human should look at an account: to say whose it is, or whether what was said still holds.
fn is_waiting(analysis: &Analysis, id: AccountId) -> bool {
    analysis.findings.get(id.index()).is_some_and(|finding| finding.review) || contradicted(analysis, id).is_some()
}

/// What the data have come to say against a decision.
fn contradicted(analysis: &Analysis, id: AccountId) -> Option<String> {
    let outcome = analysis.outcomes.get(id.index())?;
    let against = |evidence: &&Evidence| matches!(evidence.fact, Fact::NowNames(_) | Fact::DecidedPersonMissing(_));
    outcome.evidence().iter().find(against).map(|evidence| words::fact(analysis, &evidence.fact))
}

fn summary(analysis: &Analysis, left: usize) -> String {
    if left == 0 {
        return "Nothing is left to decide".into();
    }
    let total = Report::new(analysis).total.total;
    let depends = Money::new(total.high.amount - total.low.amount, total.high.currency);
    let left = format!("{} left", format::count(u64::try_from(left).unwrap_or(u64::MAX)));
    if depends.amount.is_zero() {
        return left;
    }
    format!("{left} · up to {} a year depends on them", format::money(depends))
}

/// Fewer accounts than this are settled one by one.
const WORTH_A_RULE: usize = 2;

/// Domains that may be former ones of the organization, with the waiting accounts each would settle.
pub(crate) fn former_domain_proposals(analysis: &Analysis) -> Vec<AliasProposal> {
    let settles = |accounts: Vec<(AccountId, crate::correlate::PersonId)>| {
        let waiting = accounts.into_iter().filter(|(id, _)| is_waiting(analysis, *id));
        let named = waiting.map(|(id, person)| {
            let account = name(analysis, id);
            (id, account, analysis.roster.app(id).to_string(), analysis.roster.person(person).display.clone())
        });
        named.collect::<Vec<_>>()
    };
    let all = aliases(&analysis.roster, &analysis.outcomes).into_iter();
    let proposed =
        all.map(|alias| AliasProposal { settles: settles(alias.accounts), domain: alias.domain, owned: alias.owned });
    proposed.filter(|proposal| proposal.settles.len() >= WORTH_A_RULE).collect()
}

impl ReviewCase {
    /// Everything about one account of the queue.
    pub fn new(analysis: &Analysis, id: AccountId) -> Self {
        let account = analysis.roster.account(id);
        let outcome = analysis.outcomes.get(id.index());
        let finding = analysis.findings.get(id.index());
        let mut rows = Vec::new();
        let mut row = |label: &'static str, value: String| {
            if !value.is_empty() {
                rows.push((label, value));
            }
        };
        row("Name", account.display_name.clone());
        let address = account.email.as_ref().map(ToString::to_string);
        row("Email", address.clone().unwrap_or_default());
        if address.as_deref() != Some(account.username.as_str()) {
            row("User name", account.username.clone());
        }
        let seat = match finding.map(|finding| finding.billed) {
            Some(Billed::No) => "no paid seat".to_owned(),
            _ => match accounts::price(analysis, id) {
                Some(price) => format!("paid seat {} / yr", format::money(price)),
                None => "seat without a price".to_owned(),
            },
        };
        let role = [account.role.clone(), seat].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>();
        row("Role", role.join(" · "));
        row("Status", words::account_status(account.status).to_owned());
        row("Created", account.created.map(|created| format::date(created.date())).unwrap_or_default());
        row("Last active", format::seen(account.last_active));
        row("Found in", account.place.to_string());
        let candidates = outcome.map_or(&[][..], Outcome::candidates);
        Self {
            title: format!("Account in {}", analysis.roster.app(id)),
            rows,
            candidates: candidates.iter().map(|candidate| CandidateCard::new(analysis, candidate)).collect(),
            otherwise: outcome.and_then(|outcome| outcome.otherwise).map(|stranger| match stranger {
                Stranger::Unknown => "Likelier still: nobody who works here",
                Stranger::Outside => "Likelier still: somebody of another organization",
            }),
            contradiction: contradicted(analysis, id),
        }
    }
}

impl CandidateCard {
    fn new(analysis: &Analysis, candidate: &Candidate) -> Self {
        let person = analysis.roster.person(candidate.person);
        let mut rows = Vec::new();
        let mut row = |label: &'static str, value: String| {
            if !value.is_empty() {
                rows.push((label, value));
            }
        };
        row("Email", person.email.as_ref().map_or_else(|| person.username.clone(), ToString::to_string));
        let team = [&person.department, &person.title].into_iter().filter(|text| !text.is_empty()).cloned();
        row("Team", team.collect::<Vec<_>>().join(", "));
        row("Hired", person.hired.map(|hired| format::date(hired.date())).unwrap_or_default());
        let status = words::person_status(analysis.roster.status(candidate.person));
        let left = analysis.roster.left(candidate.person).map(|left| format!(" {}", format::date(left)));
        row("Status", format!("{status}{}", left.unwrap_or_default()));
        let evidence =
            candidate.evidence.iter().map(|evidence| (words::fact(analysis, &evidence.fact), tone(evidence)));
        Self {
            person: analysis.roster.person_key(candidate.person),
            name: person.display.clone(),
            confidence: likely(candidate.confidence),
            rows,
            evidence: evidence.collect(),
        }
    }
}

/// Accounts that wait for a decision, and those decided on, as a file carries them.
#[derive(Clone, Debug)]
pub struct ReviewSheet {
    /// One for each account.
    pub rows: Vec<ReviewSheetRow>,
}

/// An account with what was decided, or may be.
#[derive(Clone, Debug)]
pub struct ReviewSheetRow {
    /// The app.
    pub app: String,
    /// The account's own id.
    pub account: String,
    /// Its address.
    pub email: String,
    /// Its name.
    pub display_name: String,
    /// Last activity.
    pub last_active: String,
    /// The seat's cost a year.
    pub annual_cost: String,
    /// Of the cost.
    pub currency: String,
    /// What was decided; empty if nothing was.
    pub decision: &'static str,
    /// The person, or whoever answers for a service account.
    pub person: String,
    /// Why it is kept.
    pub reason: String,
    /// How long it is kept.
    pub until: String,
    /// What it is likelier than any candidate's: `nobody`, `external`, or nothing.
    pub otherwise: &'static str,
    /// Who may own it.
    pub candidates: Vec<CandidateCard>,
}

impl ReviewSheet {
    /// The queue in its order, then what was decided on, in the order of the files.
    pub fn new(analysis: &Analysis) -> Self {
        let queue = Review::new(analysis).items.into_iter().map(|item| item.id);
        let queue: Vec<AccountId> = queue.collect();
        let listed: std::collections::HashSet<AccountId> = queue.iter().copied().collect();
        let settled = analysis.roster.accounts().filter(|id| {
            let decided = analysis.roster.decision(*id).is_some() || analysis.roster.exemption(*id).is_some();
            decided && !listed.contains(id)
        });
        let rows = queue.iter().copied().chain(settled).map(|id| ReviewSheetRow::new(analysis, id)).collect();
        Self { rows }
    }
}

impl ReviewSheetRow {
    fn new(analysis: &Analysis, id: AccountId) -> Self {
        let account = analysis.roster.account(id);
        let price = accounts::price(analysis, id);
        let exemption = analysis.roster.exemption(id);
        let (decision, person) = match analysis.roster.decision(id).map(|decision| &decision.verdict) {
            Some(Verdict::Owner { person }) => ("owner", person.clone()),
            Some(Verdict::Service { owner }) => ("service", owner.clone()),
            Some(Verdict::External) => ("external", String::new()),
            Some(Verdict::Nobody) => ("nobody", String::new()),
            None if exemption.is_some() => ("keep", String::new()),
            None => ("", String::new()),
        };
        let outcome = analysis.outcomes.get(id.index());
        let candidates = outcome.map_or(&[][..], Outcome::candidates);
        Self {
            app: analysis.roster.app(id).to_string(),
            account: account.key().to_owned(),
            email: account.email.as_ref().map(ToString::to_string).unwrap_or_default(),
            display_name: account.display_name.clone(),
            last_active: format::seen_plain(account.last_active),
            annual_cost: price.map(|price| format::plain(price.amount)).unwrap_or_default(),
            currency: price.map(|price| price.currency.to_string()).unwrap_or_default(),
            decision,
            person,
            reason: exemption.map(|exemption| exemption.reason.clone()).unwrap_or_default(),
            until: exemption.and_then(|exemption| exemption.until).map(|until| until.to_string()).unwrap_or_default(),
            otherwise: match outcome.and_then(|outcome| outcome.otherwise) {
                Some(Stranger::Unknown) => "nobody",
                Some(Stranger::Outside) => "external",
                None => "",
            },
            candidates: candidates.iter().map(|candidate| CandidateCard::new(analysis, candidate)).collect(),
        }
    }
}

/// Whether evidence speaks for a person, against, or neither.
fn tone(evidence: &Evidence) -> Tone {
    match (&evidence.fact, evidence.weight) {
        (Fact::OlderThanHire(_) | Fact::OtherName(_) | Fact::FormerHolder(_) | Fact::DoubtedElsewhere, _) => Tone::Risk,
        (
            Fact::Namesake(_)
            | Fact::NumberedLogin
            | Fact::Unlike(_)
            | Fact::Turned
            | Fact::MarkedExternal
            | Fact::NamedOtherwise(_)
            | Fact::HereElsewhere(_)
            | Fact::NameElsewhere
            | Fact::Undeclared(_)
            | Fact::OutsideDomain(_),
            _,
        ) => Tone::Waste,
        (Fact::SharedBy(_) | Fact::Colleagues { .. }, _) => Tone::Quiet,
        (_, None) => Tone::Good,
        (_, Some(weight)) if weight >= 0.5 => Tone::Good,
        (_, Some(weight)) if weight <= -2.0 => Tone::Risk,
        (_, Some(weight)) if weight <= -0.5 => Tone::Waste,
        _ => Tone::Quiet,
    }
}
