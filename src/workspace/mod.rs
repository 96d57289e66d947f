//! The ground state: what the user brought and settled, as plain values. All else is derived from it.
//!
//! Every change is a [`Change`] with an inverse, so that a log of changes is the file format, and undo is one more entry in it.

mod change;
mod decision;
mod policy;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::catalog::App;
use crate::import::{Contract, Import};

pub use change::{Change, Edit, LogEntry};
pub use decision::{AccountKey, Decision, Exemption, Verdict};
pub use policy::{BottomUp, LaborEstimate, Policy, Rate, ServiceClass};

/// Number of an import within its workspace; never used twice.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Ord, PartialOrd, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ImportId(pub u32);

/// All ground state.
#[derive(Clone, Debug, Default)]
pub struct Workspace {
    /// Files, by the order in which they came.
    pub imports: BTreeMap<ImportId, Arc<Import>>,
    /// Whose single accounts are, as a human settled.
    pub decisions: BTreeMap<AccountKey, Decision>,
    /// Accounts that are to be kept as they are.
    pub exemptions: BTreeMap<AccountKey, Exemption>,
    /// Contracts entered by hand, by app key; they win over imported ones.
    pub contracts: BTreeMap<String, Contract>,
    /// The user's own entries of the catalog, by app key: quotes, and plans the program is not shipped with.
    pub catalog: BTreeMap<String, App>,
    /// Layouts of the user's own, by their ids: texts in the form of `assets/profiles`.
    pub layouts: BTreeMap<String, String>,
    /// Thresholds, rates and rules.
    pub policy: Policy,
}
