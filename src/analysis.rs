//! The one chain of stages: ground state and a date in, everything derived out.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;

use crate::catalog::{App, Catalog, Plan, PriceTag};
use crate::classify::{Finding, classify, ended_exemptions};
use crate::compare::{AppRealized, Comparison, Curve, Ground, Portfolio, State, Study, compare, curve, study};
use crate::correlate::{AccountId, Outcome, Roster, contradictions, correlate};
use crate::import::{Contract, Import};
use crate::model::{AppName, Diagnostic, fold_text};
use crate::price::{AppCost, Costs, contracts, price, with_imported_rates};
use crate::workspace::{Change, Decision, Edit, Exemption, ImportId, Policy, Verdict, Workspace};

/// All derived state for one workspace and date. Never stored; a fixed rule heals every old workspace.
#[derive(Clone, Debug)]
pub struct Analysis {
    /// The ground state it is derived from.
    pub workspace: Arc<Workspace>,
    /// The day it is for.
    pub as_of: Date,
    /// What vendors sell, with the user's own entries.
    pub catalog: Catalog,
    /// The policy in force: the workspace's, with imported exchange rates.
    pub policy: Policy,
    /// Who and what there is.
    pub roster: Arc<Roster>,
    /// Who owns each account, in the order of the roster.
    pub outcomes: Arc<Vec<Outcome>>,
    /// What each account is, in the order of the roster.
    pub findings: Arc<Vec<Finding>>,
    /// Decisions and exemptions to be looked at again.
    pub reminders: Vec<Diagnostic>,
    /// What it costs.
    pub costs: Costs,
    /// What can be done.
    pub comparisons: Vec<Comparison>,
    /// What can be done with all apps.
    pub portfolio: Portfolio,
}

/// What was known of some apps before their present lists came, by the rules and decisions of today.
#[derive(Debug)]
pub struct Earlier {
    /// Keys of the apps.
    pub apps: BTreeSet<String>,
    /// All derived state of then.
    pub analysis: Analysis,
}

/// Runs all stages.
pub fn analyze(workspace: Arc<Workspace>, catalog: &Catalog, as_of: Date) -> Analysis {
    analyze_after(None, workspace, catalog, as_of)
}

/// Runs the stages whose input is another one than before. What comes out is the same as from running all: owners and findings
/// do not depend on what anything costs.
pub fn analyze_after(before: Option<&Analysis>, workspace: Arc<Workspace>, catalog: &Catalog, as_of: Date) -> Analysis {
    let before = before.filter(|before| before.as_of == as_of && same_accounts(&before.workspace, &workspace));
    let owners = before.filter(|before| same_owners(&before.workspace, &workspace));
    let roster = before.map_or_else(|| Arc::new(Roster::new(workspace.clone(), as_of)), |before| before.roster.clone());
    let policy = with_imported_rates(&workspace.policy, &roster, as_of);
    let outcomes = owners.map_or_else(|| Arc::new(correlate(&roster, &policy)), |before| before.outcomes.clone());
    let known = owners.filter(|before| workspace.policy.finds_as(&before.workspace.policy));
    let findings =
        known.map_or_else(|| Arc::new(classify(&roster, &outcomes, &policy, as_of)), |before| before.findings.clone());
    let reminders = reminders(&roster, &outcomes, as_of);
    let catalog = catalog.with(workspace.catalog.values());
    let costs = price(&roster, &findings, &workspace, &policy, &catalog, as_of);
    let comparisons = compare(&Ground::new(&costs, &roster, &catalog, &policy, as_of), &costs);
    let portfolio = Portfolio::new(&comparisons, &policy);
    Analysis { workspace, as_of, catalog, policy, roster, outcomes, findings, reminders, costs, comparisons, portfolio }
}

/// Decisions and exemptions to be looked at again.
pub(crate) fn reminders(roster: &Roster, outcomes: &[Outcome], as_of: Date) -> Vec<Diagnostic> {
    let mut reminders = contradictions(roster, outcomes);
    reminders.extend(ended_exemptions(roster, as_of));
    reminders
}

/// Whether two workspaces hold the same files and exemptions.
fn same_accounts(a: &Workspace, b: &Workspace) -> bool {
    let mut files = a.imports.iter().zip(&b.imports);
    a.imports.len() == b.imports.len()
        && files.all(|((id, import), (other_id, other))| id == other_id && Arc::ptr_eq(import, other))
        && a.exemptions == b.exemptions
        // A roster knows decisions by its own workspace.
        && a.decisions == b.decisions
}

/// Whether accounts find the same owners under the policies of two workspaces that hold the same accounts.
fn same_owners(a: &Workspace, b: &Workspace) -> bool {
    a.policy.matches_as(&b.policy)
}

impl Analysis {
    /// The files figures rest on, and those nobody could place, in the order in which they came. Files replaced by newer
    /// ones are not among them.
    pub fn files(&self) -> impl Iterator<Item = &Import> {
        let used: BTreeSet<ImportId> = self.roster.imports().map(|(id, _)| id).collect();
        let imports = self.workspace.imports.iter();
        imports.filter(move |(id, _)| used.contains(id)).map(|(_, import)| &**import)
    }

    /// What was to go in some apps by an earlier analysis and has gone since, and what that saves.
    pub fn since(&self, then: &Self, apps: &BTreeSet<String>) -> Vec<AppRealized> {
        AppRealized::all(apps, &then.state(), &self.state(), &self.policy)
    }

    fn state(&self) -> State<'_> {
        State { roster: &self.roster, findings: &self.findings, costs: &self.costs }
    }

    /// What a year costs an app, by the size of the team.
    pub fn curve(&self, cost: &AppCost) -> Curve {
        curve(&Ground::new(&self.costs, &self.roster, &self.catalog, &self.policy, self.as_of), cost)
    }

    /// Looks closely at one app: what a year costs by the size of the team, what matters, and, if asked, what could be.
    pub fn study(&self, app: &AppName, simulate: bool) -> Option<Study> {
        let ground = Ground::new(&self.costs, &self.roster, &self.catalog, &self.policy, self.as_of);
        self.costs.app(app).map(|cost| study(&ground, cost, simulate))
    }

    /// The step that settles whose an account is; `None` takes back what was settled.
    pub fn decide(&self, id: AccountId, verdict: Option<Verdict>) -> Change {
        let named = self.outcomes.get(id.index()).and_then(|outcome| outcome.named);
        let named = named.map(|person| self.roster.person_key(person));
        let before = self.roster.decision(id).cloned();
        let after = verdict.map(|verdict| Decision { verdict, named });
        Change::Decision { account: self.roster.key(id), edit: Edit { before, after } }
    }

    /// The step that exempts an account from the rules; `None` ends that.
    pub fn exempt(&self, id: AccountId, exemption: Option<Exemption>) -> Change {
        let before = self.roster.exemption(id).cloned();
        Change::Exemption { account: self.roster.key(id), edit: Edit { before, after: exemption } }
    }

    /// The step that declares a domain a former one.
    pub fn declare(&self, domain: &str, owned: &str) -> Change {
        self.alter(|policy| {
            policy.domain_aliases.insert(domain.to_owned(), owned.to_owned());
        })
    }

    /// The contract in force for an app: the one entered by hand, else the imported one, else an empty one.
    pub fn contract(&self, app: &AppName) -> Contract {
        let known = contracts(&self.roster, &self.workspace, &self.catalog, &mut Vec::new()).remove(app.key());
        known.map_or_else(|| Contract::new(app.clone()), |known| known.contract)
    }

    /// The step that enters a contract by hand; `None` goes back to the imported one.
    pub fn agree(&self, app: &AppName, contract: Option<Contract>) -> Change {
        let before = self.workspace.contracts.get(app.key()).cloned();
        Change::Contract { app: app.key().to_owned(), edit: Box::new(Edit { before, after: contract }) }
    }

    /// The step that enters the price of a plan, or takes it out again; `None` where that changes nothing. What else an own
    /// entry tells of the plan stays.
    pub fn quote(&self, app: &AppName, plan: &str, price: Option<PriceTag>) -> Option<Change> {
        let before = self.workspace.catalog.get(app.key()).cloned();
        let mut entry = before.clone().unwrap_or_else(|| App::new(app.clone(), "your own entry".into(), self.as_of));
        // It may stand there under another of its names.
        let known = self.catalog.app(app).and_then(|app| app.plan(plan));
        let name = fold_text(plan);
        let is_it =
            |own: &Plan| own.is_called(&name) || known.is_some_and(|known| known.is_called(&fold_text(&own.name)));
        match (entry.plans.iter().position(is_it), price) {
            (Some(at), Some(price)) => {
                if let Some(own) = entry.plans.get_mut(at) {
                    (own.prices, own.on_request) = (vec![price], None);
                }
            }
            (Some(at), None) => {
                let own = entry.plans.remove(at);
                let bare = Plan { prices: own.prices.clone(), ..Plan::new(&own.name) };
                // Told by a catalog file: the plan stays, without a price.
                if (Plan { own: false, ..own.clone() }) != bare {
                    let reason = Some("your own entry has no price".to_owned());
                    entry.plans.insert(at, Plan { prices: Vec::new(), on_request: reason, ..own });
                }
            }
            (None, Some(price)) => entry.plans.push(Plan { prices: vec![price], ..Plan::new(plan) }),
            (None, None) => {}
        }
        let bare = App { plans: Vec::new(), ..App::new(entry.app.clone(), entry.source.clone(), entry.checked_on) };
        let after = (entry != bare).then_some(entry);
        let edit = Box::new(Edit { before, after });
        (edit.before != edit.after).then(|| Change::Catalog { app: app.key().to_owned(), edit })
    }

    /// The step that alters thresholds, rates or rules.
    pub fn alter(&self, alter: impl FnOnce(&mut Policy)) -> Change {
        let before = self.workspace.policy.clone();
        let mut after = before.clone();
        alter(&mut after);
        Change::Policy { before: Box::new(before), after: Box::new(after) }
    }

    /// All problems: of the files in their order, then of people and accounts, then of contracts and prices.
    pub fn diagnostics(&self) -> impl Iterator<Item = &Diagnostic> {
        let files = self.files().flat_map(|import| &import.diagnostics);
        files.chain(&self.roster.diagnostics).chain(&self.reminders).chain(&self.costs.diagnostics)
    }
}
