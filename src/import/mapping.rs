use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::profile::Field;
use super::records::{AccountStatus, Billable, PersonStatus};
use crate::model::DateOrder;

/// What a file's columns and words mean, as somebody settled it.
#[derive(Clone, Debug, Default, Eq, PartialEq, Serialize, Deserialize)]
pub struct Mapping {
    /// The headers each field is taken from.
    pub columns: BTreeMap<Field, Vec<String>>,
    /// What words of the status column mean; others mean what they usually do.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub status: BTreeMap<String, Standing>,
    /// Which words of the seat column are paid for.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub paid: BTreeMap<String, bool>,
    /// How dates such as 3/4/2026 begin, where the file does not prove it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date_order: Option<DateOrder>,
}

impl Mapping {
    /// The field a column is read as.
    pub fn field_of(&self, header: &str) -> Option<Field> {
        self.columns.iter().find(|(_, headers)| headers.iter().any(|own| own == header)).map(|(field, _)| *field)
    }

    /// Reads a column as something else, or as nothing. A field has one column: the one it had before is free again.
    pub fn set(&mut self, header: &str, field: Option<Field>) {
        for headers in self.columns.values_mut() {
            headers.retain(|own| own != header);
        }
        if let Some(field) = field {
            self.columns.insert(field, vec![header.to_owned()]);
        }
        self.columns.retain(|_, headers| !headers.is_empty());
    }
}

/// What a word of a status column says of a person or an account.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Ord, PartialOrd, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// May sign in.
    Active,
    /// Invited, or has not started.
    Pending,
    /// Locked out for now.
    Suspended,
    /// Switched off; for people: has left.
    Deactivated,
    /// A leftover row.
    Deleted,
}

impl Standing {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Active, Self::Pending, Self::Suspended, Self::Deactivated, Self::Deleted];

    pub(super) fn of_person(self) -> PersonStatus {
        match self {
            Self::Active => PersonStatus::Active,
            Self::Pending => PersonStatus::Pending,
            Self::Suspended => PersonStatus::Suspended,
            Self::Deactivated => PersonStatus::Deactivated,
            Self::Deleted => PersonStatus::Deleted,
        }
    }

    pub(super) fn of_account(self) -> AccountStatus {
        match self {
            Self::Active => AccountStatus::Active,
            Self::Pending => AccountStatus::Invited,
            Self::Suspended | Self::Deactivated => AccountStatus::Suspended,
            Self::Deleted => AccountStatus::Deleted,
        }
    }
}

pub(super) fn billable(paid: bool) -> Billable {
    if paid { Billable::Yes } else { Billable::No }
}
