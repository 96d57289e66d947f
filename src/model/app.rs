use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::fold_text;

/// The name of an app, as people call it. Two names are the same app when their keys are equal.
#[derive(Clone, Debug, Eq, PartialEq, Ord, PartialOrd, Hash, Serialize, Deserialize)]
pub struct AppName(Arc<str>);

impl AppName {
    /// Keeps the name as given, less outer white space.
    pub fn new(name: &str) -> Self {
        Self(name.trim().into())
    }

    /// The name as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What names are compared by: letters and digits only, without case or accents, so `Bill.com` is `bill com`.
    pub fn key(&self) -> String {
        app_key(&self.0)
    }
}

fn app_key(name: &str) -> String {
    fold_text(name).chars().filter(|c| c.is_alphanumeric()).collect()
}

impl fmt::Display for AppName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
