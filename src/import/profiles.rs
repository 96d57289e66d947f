use std::sync::{Arc, OnceLock};

use thiserror::Error;

use super::Placing;
use super::profile::Profile;
use super::table::Table;
use crate::model::AppName;

/// A profile that cannot be used.
#[derive(Clone, Debug, Error)]
#[error("{file}: {fault}")]
pub struct ProfileError {
    file: &'static str,
    fault: String,
}

/// All layouts the program knows.
#[derive(Clone, Debug)]
pub struct Profiles(pub(super) Arc<Vec<Profile>>);

macro_rules! profile_files {
    ($($file:literal),* $(,)?) => {
        [$(($file, include_str!(concat!("../../assets/profiles/", $file)))),*]
    };
}

/// The files of `assets/profiles`, by name, the last resorts at the end; a test sees to it that none is forgotten.
const FILES: &[(&str, &str)] = &profile_files![
    "adobe_users_csv.toml",
    "airtable_users_csv.toml",
    "airtable_users_json.toml",
    "amplitude_users_scim.toml",
    "asana_members_csv.toml",
    "atlassian_managed_accounts_csv.toml",
    "atlassian_site_users_csv.toml",
    "atlassian_users_csv.toml",
    "atlassian_users_groups_csv.toml",
    "bill_v2_users_json.toml",
    "bill_v3_users_json.toml",
    "bitwarden_members_csv.toml",
    "bitwarden_org_members_json.toml",
    "bitwarden_public_members_json.toml",
    "box_user_details_csv.toml",
    "box_user_engagement_csv.toml",
    "clickup_people_csv.toml",
    "contracts_csv.toml",
    "docusign_import_csv.toml",
    "docusign_org_users_csv.toml",
    "docusign_org_users_json.toml",
    "docusign_users_json.toml",
    "dropbox_members_csv.toml",
    "dropbox_members_json.toml",
    "entra_bulk_template_csv.toml",
    "entra_download_users_csv.toml",
    "figma_members_csv.toml",
    "figma_members_short_csv.toml",
    "figma_users_scim_json.toml",
    "freshdesk_agents_json.toml",
    "gam7_print_users_bare_csv.toml",
    "gam7_print_users_csv.toml",
    "gam_legacy_print_users_csv.toml",
    "get_aduser_csv.toml",
    "get_mguser_csv.toml",
    "github_consumed_licenses_json.toml",
    "github_copilot_seats_csv.toml",
    "github_enterprise_licenses_csv.toml",
    "github_ghas_committers_csv.toml",
    "github_ghes_users_csv.toml",
    "github_org_people_csv.toml",
    "github_org_people_json.toml",
    "gitlab_permissions_csv.toml",
    "gitlab_seat_usage_csv.toml",
    "gitlab_users_json.toml",
    "google_directory_users_json.toml",
    "google_download_users_csv.toml",
    "google_upload_template_csv.toml",
    "graph_users_json.toml",
    "hr_bamboohr_csv.toml",
    "hr_hibob_csv.toml",
    "hr_report_csv.toml",
    "hr_rippling_csv.toml",
    "hr_workday_csv.toml",
    "hr_workday_raas_json.toml",
    "hubspot_users_csv.toml",
    "intercom_admins_json.toml",
    "intercom_teammates_csv.toml",
    "jumpcloud_import_template_csv.toml",
    "jumpcloud_portal_users_csv.toml",
    "jumpcloud_ps_users_csv.toml",
    "jumpcloud_systemusers_json.toml",
    "kustomer_users_json.toml",
    "lastpass_users_csv.toml",
    "ldif_people.toml",
    "lucid_users_csv.toml",
    "m365_active_users_accounts_csv.toml",
    "m365_active_users_csv.toml",
    "m365_usage_active_user_detail_csv.toml",
    "miro_members_json.toml",
    "miro_users_csv.toml",
    "monday_users_csv.toml",
    "monday_users_json.toml",
    "notion_members_csv.toml",
    "notion_users_scim_json.toml",
    "okta_api_app_users_json.toml",
    "okta_api_users_json.toml",
    "okta_csv_import_template.toml",
    "okta_current_assignments_csv.toml",
    "okta_password_health_csv.toml",
    "okta_recent_unassignments_csv.toml",
    "okta_rockstar_app_users_csv.toml",
    "okta_rockstar_group_members_csv.toml",
    "okta_rockstar_people_csv.toml",
    "okta_user_accounts_csv.toml",
    "okta_user_app_access_csv.toml",
    "onelogin_users_csv.toml",
    "onelogin_v2_users_json.toml",
    "onepassword_users_api_json.toml",
    "onepassword_users_json.toml",
    "pingone_users_json.toml",
    "psgsuite_users_csv.toml",
    "salesforce_users_report_csv.toml",
    "salesforce_users_soql_csv.toml",
    "salesforce_users_soql_json.toml",
    "rates_csv.toml",
    "scim2_directory_json.toml",
    "scim2_users_json.toml",
    "slack_analytics_members_csv.toml",
    "slack_members_csv.toml",
    "slack_users_list_json.toml",
    "smartsheet_seat_type_csv.toml",
    "smartsheet_users_json.toml",
    "snowflake_account_usage_users_csv.toml",
    "snowflake_show_users_csv.toml",
    "tableau_users_json.toml",
    "zendesk_team_members_csv.toml",
    "zendesk_users_json.toml",
    "zoom_users_csv.toml",
    "zoom_users_json.toml",
    "generic_accounts.toml",
    "generic_directory.toml",
];

impl Profiles {
    /// The profiles the program is shipped with.
    ///
    /// # Errors
    /// A profile file that does not follow the form; a test reads them all.
    pub fn builtin() -> Result<Self, ProfileError> {
        // Read once for the program: there are a hundred of them.
        static READ: OnceLock<Result<Profiles, ProfileError>> = OnceLock::new();
        READ.get_or_init(|| {
            let profiles = FILES.iter().map(|(file, text)| {
                toml::from_str(text).map_err(|fault| ProfileError { file, fault: fault.to_string() })
            });
            profiles.collect::<Result<_, _>>().map(|profiles| Self(Arc::new(profiles)))
        })
        .clone()
    }

    /// Adds a layout of the user's own; it comes before all others.
    ///
    /// # Errors
    /// Text that does not follow the form, with the place in it.
    pub fn add(&mut self, text: &str) -> Result<(), String> {
        let profile: Profile = toml::from_str(text).map_err(|fault| fault.to_string())?;
        Arc::make_mut(&mut self.0).insert(0, Profile { own: true, ..profile });
        Ok(())
    }

    /// These layouts and further ones of the user's own. What is no layout is left out; it was told of when it came.
    #[must_use]
    pub fn with<'t>(&self, layouts: impl Iterator<Item = &'t str>) -> Self {
        let mut all = self.clone();
        for text in layouts {
            let _ = all.add(text);
        }
        all
    }

    /// The id of a layout of the user's own, if the text is one.
    ///
    /// # Errors
    /// As [`Profiles::add`].
    pub fn id_of(text: &str) -> Result<String, String> {
        let profile: Profile = toml::from_str(text).map_err(|fault| fault.to_string())?;
        // It would take every file for its own.
        if profile.recognize.must.is_empty() { Err("it asks for no column".into()) } else { Ok(profile.id) }
    }

    /// The layout that fits best: the one that asks for most and finds it all.
    pub(super) fn recognize(&self, table: &Table<'_>, name: &str, placing: Option<&Placing>) -> Option<&Profile> {
        let named = placing.and_then(|placing| placing.app.clone()).or_else(|| self.app_in_name(name));
        let mut best: Option<(usize, &Profile)> = None;
        for profile in self.0.iter() {
            if placing.is_some_and(|placing| !profile.fits(placing)) {
                continue;
            }
            let score = profile.score(table, named.as_ref(), placing.is_some());
            if let Some(score) = score
                && best.is_none_or(|(highest, _)| score > highest)
            {
                best = Some((score, profile));
            }
        }
        best.map(|(_, profile)| profile)
    }

    /// The name of an app that a file's name may stand for: what is left of it without the words that lists are called by.
    pub(super) fn app_proposed(&self, name: &str) -> Option<AppName> {
        const IDLE: [&str; 28] = [
            "user",
            "users",
            "member",
            "members",
            "account",
            "accounts",
            "people",
            "seat",
            "seats",
            "license",
            "licenses",
            "team",
            "teams",
            "teammates",
            "list",
            "export",
            "exports",
            "report",
            "all",
            "active",
            "data",
            "csv",
            "xlsx",
            "the",
            "of",
            "copy",
            "final",
            "admin",
        ];
        let stem = name.rsplit(['/', '\\']).next().unwrap_or(name);
        let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
        let words = stem.split(|c: char| !c.is_alphanumeric()).filter(|word| {
            word.chars().any(char::is_alphabetic) && !IDLE.contains(&word.to_lowercase().as_str()) && word.len() > 1
        });
        let capital =
            |word: &str| word.chars().take(1).flat_map(char::to_uppercase).chain(word.chars().skip(1)).collect();
        let words: Vec<String> = words.map(capital).collect();
        self.app_in_name(name).or_else(|| (!words.is_empty()).then(|| AppName::new(&words.join(" "))))
    }

    /// The app a file name speaks of, if it is one the profiles know.
    pub(super) fn app_in_name(&self, name: &str) -> Option<AppName> {
        let name = name.rsplit(['/', '\\']).next().unwrap_or(name).to_lowercase();
        let words: Vec<&str> = name.split(|c: char| !c.is_alphanumeric()).collect();
        self.0.iter().find_map(|profile| {
            let app = AppName::new(profile.app.as_deref()?);
            let said = |word: &&str| *word == app.key() || profile.name_words.iter().any(|name| name == *word);
            words.iter().any(said).then_some(app)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Field, Role};
    use super::*;

    #[test]
    fn profiles_are_sound() {
        let profiles = Profiles::builtin().unwrap_or_else(|fault| panic!("{fault}"));
        for profile in profiles.0.iter() {
            assert!(!profile.columns.is_empty(), "{} maps no column", profile.id);
            assert!(
                profile.role != Role::Directory
                    || !profile.person_status.is_empty()
                    || !profile.columns.contains_key(&Field::Status),
                "{} maps a status no rule reads",
                profile.id
            );
        }
    }

    #[test]
    fn no_profile_is_forgotten() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/profiles");
        let mut on_disk: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| name.ends_with(".toml"))
            .collect();
        let mut listed: Vec<String> = FILES.iter().map(|(name, _)| (*name).to_owned()).collect();
        on_disk.sort();
        listed.sort();
        assert_eq!(listed, on_disk);
    }

    #[test]
    fn names_propose_apps() {
        let profiles = Profiles::builtin().unwrap();
        let check = |name: &str, expect: &str| {
            let app = profiles.app_in_name(name).map_or(String::new(), |app| app.to_string());
            assert_eq!(app, expect, "{name}");
        };
        check("exports/amplitude-users-2026-01-30.json", "Amplitude");
        check("Bill.com users.json", "Bill.com");
        check("members (3).csv", "");
        check("billing-report.csv", "");
    }

    #[test]
    fn names_propose_other_apps() {
        let profiles = Profiles::builtin().unwrap();
        let check = |name: &str, expect: &str| {
            let app = profiles.app_proposed(name).map_or(String::new(), |app| app.to_string());
            assert_eq!(app, expect, "{name}");
        };
        check("exports/amplitude-users-2026-01-30.json", "Amplitude");
        check("acme CRM_users_2026-01-30 (2).csv", "Acme CRM");
        check("members (3).csv", "");
    }
}
