//! What vendors sell: apps, plans, prices, which plan brings SCIM, which identity provider it works with. Data, from
//! `assets/catalog`; no policy.

mod price;

use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::Deserialize;
use thiserror::Error;

use crate::model::{AppName, BillingCycle, fold_text};

pub use price::{Band, ListPrice, PriceTag};

/// An app and what is known about it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct App {
    /// Its name.
    pub app: AppName,
    /// Other names.
    #[serde(default)]
    pub aliases: Vec<AppName>,
    /// Plans, from the smallest to the largest.
    pub plans: Vec<Plan>,
    /// What automation it allows, by identity provider.
    pub idp: BTreeMap<String, IdpSupport>,
    /// What removing somebody by SCIM does.
    pub deprovisioning: Deprovisioning,
    /// What must be in place before SCIM works.
    #[serde(default)]
    pub prerequisites: Vec<String>,
    /// What else binds the buyer.
    #[serde(default)]
    pub constraints: Vec<String>,
    /// Where these facts are from.
    pub source: String,
    /// The day they were checked.
    pub checked_on: Date,
}

/// A plan a vendor sells.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// Its name.
    pub name: String,
    /// Other names.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Its list price.
    pub price: ListPrice,
    /// Least number of seats billed.
    #[serde(default)]
    pub minimum_seats: u32,
    /// How long a buyer is bound.
    pub billing: BillingCycle,
    /// Single sign-on is part of it.
    pub sso: bool,
    /// SCIM is part of it.
    pub scim: bool,
}

/// What an identity provider can do with an app.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IdpSupport {
    /// Kind of provisioning.
    pub provisioning: Provisioning,
    /// More about it.
    #[serde(default)]
    pub note: String,
}

/// How accounts come and go.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Provisioning {
    /// Created, changed and removed by the identity provider.
    Scim,
    /// Created at the first sign-in, never removed.
    Jit,
    /// Sign-in only.
    SsoOnly,
}

impl Provisioning {
    /// The word used in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Scim => "scim",
            Self::Jit => "jit",
            Self::SsoOnly => "sso_only",
        }
    }
}

/// What removing somebody by SCIM does in the app.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deprovisioning {
    /// The user is gone for good.
    pub hard_delete: bool,
    /// More about it.
    pub note: String,
}

/// A catalog file that cannot be used.
#[derive(Debug, Error)]
#[error("{file}: {fault}")]
pub struct CatalogError {
    file: &'static str,
    fault: String,
}

/// All apps the program has facts about.
#[derive(Clone, Debug)]
pub struct Catalog(Vec<App>);

macro_rules! catalog_files {
    ($($file:literal),* $(,)?) => {
        [$(($file, include_str!(concat!("../../assets/catalog/", $file)))),*]
    };
}

const FILES: &[(&str, &str)] =
    &catalog_files!["amplitude.toml", "bill-com.toml", "bitwarden.toml", "intercom.toml", "kustomer.toml"];

impl Catalog {
    /// The catalog the program is shipped with.
    ///
    /// # Errors
    /// A file that does not follow the form, or has a price without source and date; a test reads them all.
    pub fn builtin() -> Result<Self, CatalogError> {
        let apps = FILES.iter().map(|(file, text)| {
            let fault = |fault: String| CatalogError { file, fault };
            let app: App = toml::from_str(text).map_err(|error| fault(error.to_string()))?;
            match app.plans.iter().find_map(|plan| plan.price.fault()) {
                Some(problem) => Err(fault(problem)),
                None => Ok(app),
            }
        });
        apps.collect::<Result<_, _>>().map(Self)
    }

    /// The app by any of its names.
    pub fn app(&self, name: &AppName) -> Option<&App> {
        let key = name.key();
        self.0.iter().find(|app| app.app.key() == key || app.aliases.iter().any(|alias| alias.key() == key))
    }

    /// The name the catalog uses for an app, or the name itself.
    pub fn canonical(&self, name: &AppName) -> AppName {
        self.app(name).map_or_else(|| name.clone(), |app| app.app.clone())
    }

    /// All apps, by name.
    pub fn apps(&self) -> impl Iterator<Item = &App> {
        self.0.iter()
    }
}

impl App {
    /// A plan by any of its names.
    pub fn plan(&self, name: &str) -> Option<&Plan> {
        let name = fold_text(name);
        let is = |other: &String| fold_text(other) == name;
        self.plans.iter().find(|plan| is(&plan.name) || plan.aliases.iter().any(is))
    }

    /// The first plan that brings SCIM.
    pub fn scim_plan(&self) -> Option<&Plan> {
        self.plans.iter().find(|plan| plan.scim)
    }
}

/// By how much a price lies above another, in percent of the lower one.
pub fn markup_percent(from: Decimal, to: Decimal) -> Option<Decimal> {
    (!from.is_zero()).then(|| (to / from - Decimal::ONE) * Decimal::ONE_HUNDRED)
}
