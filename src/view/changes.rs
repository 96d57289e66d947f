use crate::analysis::Analysis;
use crate::correlate::AccountId;
use crate::workspace::{AccountKey, Change};

use super::{format, words};

/// What a step has changed, in a short sentence.
pub fn changes(analysis: &Analysis, changes: &[Change]) -> String {
    let app = |key: &str| {
        let known = analysis.costs.apps.iter().find(|cost| cost.app.key() == key);
        known.map_or_else(|| key.to_owned(), |cost| cost.app.to_string())
    };
    let account = |key: &AccountKey| {
        let is_it =
            |id: &AccountId| analysis.roster.account(*id).key() == key.id && analysis.roster.app(*id).key() == key.app;
        let known = analysis.roster.accounts().find(is_it);
        known.map_or_else(|| key.id.clone(), |id| words::account_name(analysis, id))
    };
    match changes {
        [Change::Import { edit, added, .. }] => {
            let name = edit.after.as_ref().or(edit.before.as_ref()).map_or("A file", |import| &*import.name);
            format!("{name} was {}.", if *added { "read" } else { "taken out" })
        }
        [Change::Decision { account: key, edit }] => {
            let what = if edit.after.is_some() { "saved" } else { "taken back" };
            format!("Decision on {} in {} {what}.", account(key), app(&key.app))
        }
        [Change::Exemption { account: key, edit }] => {
            let kept = if edit.after.is_some() { "is kept" } else { "is no longer kept" };
            format!("{} in {} {kept}.", account(key), app(&key.app))
        }
        [Change::Contract { app: key, .. }] => format!("Contract of {} changed.", app(key)),
        [Change::Catalog { app: key, .. }] => format!("Prices of {} changed.", app(key)),
        [Change::Layout { .. }] => "Layout changed.".into(),
        [Change::Policy { .. }] => "Settings changed.".into(),
        [] => String::new(),
        several => {
            let is_account = |change: &&Change| matches!(change, Change::Decision { .. } | Change::Exemption { .. });
            let accounts = u32::try_from(several.iter().filter(is_account).count()).unwrap_or(u32::MAX);
            let files = several.iter().filter(|change| matches!(change, Change::Import { .. })).count();
            match (accounts, u32::try_from(files).unwrap_or(u32::MAX)) {
                (0, 0) => "Several things changed.".into(),
                (0, files) => format!("{} changed.", format::counted(files, "file", "files")),
                (accounts, _) => format!("{} changed.", format::counted(accounts, "account", "accounts")),
            }
        }
    }
}
