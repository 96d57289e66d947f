use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{AccountKey, Decision, Exemption, ImportId, Policy, Workspace};
use crate::catalog::App;
use crate::import::{Contract, Import};

/// Something that was one way and is now another. `None` stands for "not there".
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
pub struct Edit<T> {
    /// How it was.
    pub before: Option<T>,
    /// How it is.
    pub after: Option<T>,
}

impl<T> Edit<T> {
    /// Something new.
    pub fn added(after: T) -> Self {
        Self { before: None, after: Some(after) }
    }

    fn inverse(self) -> Self {
        Self { before: self.after, after: self.before }
    }
}

/// One step in the life of a workspace.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "change")]
pub enum Change {
    /// A file was added or removed. The file's content is kept once, by its hash.
    Import {
        /// Its number.
        id: ImportId,
        /// The file; not part of the log, which names it by number.
        #[serde(skip, default = "Edit::<Arc<Import>>::default")]
        edit: Edit<Arc<Import>>,
        /// True for added, false for removed.
        added: bool,
    },
    /// An account was decided on.
    Decision {
        /// Which account.
        account: AccountKey,
        /// What about it.
        edit: Edit<Decision>,
    },
    /// An account is to be kept as it is, or no longer.
    Exemption {
        /// Which account.
        account: AccountKey,
        /// Why, and how long.
        edit: Edit<Exemption>,
    },
    /// A contract was entered by hand, altered or dropped.
    Contract {
        /// The app's key.
        app: String,
        /// The contract.
        edit: Box<Edit<Contract>>,
    },
    /// An entry of the user's own catalog was made, altered or dropped.
    Catalog {
        /// The app's key.
        app: String,
        /// The entry.
        edit: Box<Edit<App>>,
    },
    /// A layout was remembered, altered or forgotten.
    Layout {
        /// Its id.
        id: String,
        /// Its text.
        edit: Edit<String>,
    },
    /// Thresholds, rates or rules were altered.
    Policy {
        /// Before.
        before: Box<Policy>,
        /// After.
        after: Box<Policy>,
    },
}

/// A step as the log keeps it.
#[derive(Clone, Debug)]
pub struct LogEntry {
    /// When it was made; `None` if that was not written down.
    pub at: Option<Timestamp>,
    /// Who made it: the name of the account on the computer; empty if that was not written down.
    pub who: String,
    /// What was changed.
    pub change: Change,
}

impl<T> Default for Edit<T> {
    fn default() -> Self {
        Self { before: None, after: None }
    }
}

impl Change {
    /// A file added.
    pub fn add_import(id: ImportId, import: Arc<Import>) -> Self {
        Self::Import { id, edit: Edit::added(import), added: true }
    }

    /// A file removed.
    pub fn remove_import(id: ImportId, import: Arc<Import>) -> Self {
        Self::Import { id, edit: Edit { before: Some(import), after: None }, added: false }
    }

    /// What takes this change back.
    #[must_use]
    pub fn inverse(self) -> Self {
        match self {
            Self::Import { id, edit, added } => Self::Import { id, edit: edit.inverse(), added: !added },
            Self::Decision { account, edit } => Self::Decision { account, edit: edit.inverse() },
            Self::Exemption { account, edit } => Self::Exemption { account, edit: edit.inverse() },
            Self::Contract { app, edit } => Self::Contract { app, edit: Box::new(edit.inverse()) },
            Self::Catalog { app, edit } => Self::Catalog { app, edit: Box::new(edit.inverse()) },
            Self::Layout { id, edit } => Self::Layout { id, edit: edit.inverse() },
            Self::Policy { before, after } => Self::Policy { before: after, after: before },
        }
    }

    /// Carries the change out.
    pub fn apply(&self, workspace: &mut Workspace) {
        match self {
            Self::Import { id, edit, .. } => set(&mut workspace.imports, *id, edit.after.clone()),
            Self::Decision { account, edit } => set(&mut workspace.decisions, account.clone(), edit.after.clone()),
            Self::Exemption { account, edit } => set(&mut workspace.exemptions, account.clone(), edit.after.clone()),
            Self::Contract { app, edit } => set(&mut workspace.contracts, app.clone(), edit.after.clone()),
            Self::Catalog { app, edit } => set(&mut workspace.catalog, app.clone(), edit.after.clone()),
            Self::Layout { id, edit } => set(&mut workspace.layouts, id.clone(), edit.after.clone()),
            Self::Policy { after, .. } => workspace.policy = Policy::clone(after),
        }
    }
}

fn set<K: Ord, V>(map: &mut std::collections::BTreeMap<K, V>, key: K, value: Option<V>) {
    match value {
        Some(value) => map.insert(key, value),
        None => map.remove(&key),
    };
}
