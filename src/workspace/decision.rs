use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::import::AccountRecord;
use crate::model::AppName;

/// What an account is remembered by across imports: its app and its own id there, else its user name or address.
#[derive(Clone, Debug, Eq, PartialEq, Ord, PartialOrd, Hash)]
pub struct AccountKey {
    /// The app's key.
    pub app: String,
    /// The account's id in the app.
    pub id: String,
}

impl AccountKey {
    /// The key of an account.
    pub fn new(app: &AppName, account: &AccountRecord) -> Self {
        Self { app: app.key().to_owned(), id: account.key().to_lowercase() }
    }
}

impl fmt::Display for AccountKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.app, self.id)
    }
}

impl Serialize for AccountKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for AccountKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        // An app's key is letters and digits only, so the first slash ends it.
        let (app, id) = text.split_once('/').ok_or_else(|| serde::de::Error::custom("expected app/id"))?;
        Ok(Self { app: app.to_owned(), id: id.to_owned() })
    }
}

/// Something a human settled about an account. It beats the data.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
pub struct Decision {
    /// What was settled.
    #[serde(flatten)]
    pub verdict: Verdict,
    /// The person whom the account's ids or addresses named at the time: the directory's id, else the sign-in name. When they
    /// come to name another, the decision is to be looked at again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub named: Option<String>,
}

impl From<Verdict> for Decision {
    fn from(verdict: Verdict) -> Self {
        Self { verdict, named: None }
    }
}

/// Whose an account is, as a human says.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "is")]
pub enum Verdict {
    /// This person's: the directory's id, else sign-in name.
    Owner {
        /// Id or sign-in name of the person.
        person: String,
    },
    /// Nobody's: a program's or a shared account.
    Service {
        /// Who answers for it.
        owner: String,
    },
    /// Somebody's who is not one of ours.
    External,
    /// Belongs to nobody who should have access.
    Nobody,
}

/// An account that is to be kept as it is, whatever the rules say.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
pub struct Exemption {
    /// Why.
    pub reason: String,
    /// The last day it holds; for good if there is none.
    pub until: Option<Date>,
}

impl Exemption {
    /// Whether it holds on a day.
    pub fn holds(&self, on: Date) -> bool {
        self.until.is_none_or(|until| on <= until)
    }
}
