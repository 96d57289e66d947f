use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::fold_text;

/// The name of an app, as people call it. Two names are the same app when their keys are equal.
#[derive(Clone, Debug, Eq, PartialEq, Ord, PartialOrd, Hash, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct AppName {
    key: Arc<str>,
    name: Arc<str>,
}

impl AppName {
    /// Keeps the name as given, less outer white space.
    pub fn new(name: &str) -> Self {
        let key: String = fold_text(name).chars().filter(|c| c.is_alphanumeric()).collect();
        Self { key: key.into(), name: name.trim().into() }
    }

    /// The name as written.
    pub fn as_str(&self) -> &str {
        &self.name
    }

    /// What names are compared by: letters and digits only, without case or accents, so `Bill.com` is `billcom`.
    pub fn key(&self) -> &str {
        &self.key
    }
}

impl From<String> for AppName {
    fn from(name: String) -> Self {
        Self::new(&name)
    }
}

impl From<AppName> for String {
    fn from(app: AppName) -> Self {
        app.name.as_ref().to_owned()
    }
}

impl fmt::Display for AppName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}
