//! The one chain of stages: ground state and a date in, everything derived out.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;

use crate::catalog::Catalog;
use crate::classify::{Finding, classify};
use crate::compare::{Comparison, compare};
use crate::correlate::{Outcome, Roster, correlate};
use crate::import::Import;
use crate::model::Diagnostic;
use crate::price::{Costs, price, with_imported_rates};
use crate::workspace::{ImportId, Policy, Workspace};

/// All derived state for one workspace and date. Never stored; a fixed rule heals every old workspace.
#[derive(Clone, Debug)]
pub struct Analysis {
    /// The ground state it is derived from.
    pub workspace: Arc<Workspace>,
    /// The day it is for.
    pub as_of: Date,
    /// The policy in force: the workspace's, with imported exchange rates.
    pub policy: Policy,
    /// Who and what there is.
    pub roster: Roster,
    /// Who owns each account, in the order of the roster.
    pub outcomes: Vec<Outcome>,
    /// What each account is, in the order of the roster.
    pub findings: Vec<Finding>,
    /// What it costs.
    pub costs: Costs,
    /// What can be done.
    pub comparisons: Vec<Comparison>,
}

/// Runs all stages.
pub fn analyze(workspace: Arc<Workspace>, catalog: &Catalog, as_of: Date) -> Analysis {
    let roster = Roster::new(workspace.clone(), as_of);
    let policy = with_imported_rates(&workspace.policy, &roster, as_of);
    let outcomes = correlate(&roster, &policy);
    let findings = classify(&roster, &outcomes, &policy, as_of);
    let costs = price(&roster, &findings, &workspace, &policy, catalog, as_of);
    let comparisons = compare(&costs, &roster, catalog, &policy, as_of);
    Analysis { workspace, as_of, policy, roster, outcomes, findings, costs, comparisons }
}

impl Analysis {
    /// The files figures rest on, and those nobody could place, in the order in which they came. Files replaced by newer
    /// ones are not among them.
    pub fn files(&self) -> impl Iterator<Item = &Import> {
        let used: BTreeSet<ImportId> = self.roster.imports().map(|(id, _)| id).collect();
        let imports = self.workspace.imports.iter();
        imports.filter(move |(id, _)| used.contains(id)).map(|(_, import)| &**import)
    }

    /// All problems: of the files in their order, then of people and accounts, then of contracts and prices.
    pub fn diagnostics(&self) -> impl Iterator<Item = &Diagnostic> {
        let files = self.files().flat_map(|import| &import.diagnostics);
        files.chain(&self.roster.diagnostics).chain(&self.costs.diagnostics)
    }
}
