use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use thiserror::Error;

use super::columns::{Columns, find_all};
use super::decode::hex;
use super::mapping::{self, Mapping};
use super::records::{AccountKind, AccountStatus, Billable, PersonKind, PersonStatus};
use super::rules::{Patterns, Rule, all_hold, bind};
use super::table::Table;
use super::{Placing, propose};
use crate::model::{AppName, DateOrder, header_key};

/// What a file holds.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Ord, PartialOrd, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// People, as an identity provider or HR system knows them.
    Directory,
    /// Accounts of one app.
    Accounts,
    /// What is paid for apps.
    Contracts,
    /// Exchange rates.
    Rates,
    /// Nobody knows.
    Unknown,
}

impl Role {
    /// The word used on the command line and in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Directory => "directory",
            Self::Accounts => "accounts",
            Self::Contracts => "contracts",
            Self::Rates => "rates",
            Self::Unknown => "unknown",
        }
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Directory, Self::Accounts, Self::Contracts, Self::Rates].into_iter().find(|role| role.as_str() == text)
    }
}

/// How a file's rows are wrapped.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Container {
    /// Delimited text.
    Csv,
    /// JSON.
    Json,
}

/// What a column can mean.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Ord, PartialOrd, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// The system's own id of the person or account.
    Id,
    /// Sign-in name.
    Username,
    /// Main e-mail address.
    Email,
    /// Further addresses of the same person; several in one cell are separated by commas, semicolons or spaces.
    Alias,
    /// Employee number.
    EmployeeId,
    /// Id the identity provider gave the account.
    ExternalId,
    /// Given name.
    Given,
    /// Family name.
    Family,
    /// Full name.
    Name,
    /// Status, as words of the source.
    Status,
    /// Role in the app.
    Role,
    /// License or seat held in the app.
    Seat,
    /// Last sign-in or activity.
    LastActive,
    /// Last successful sign-in; where it is told it counts, and attempts do not.
    LastSuccess,
    /// Creation.
    Created,
    /// When the status last changed; for people without access, when they left.
    StatusChanged,
    /// Department.
    Department,
    /// Job title.
    Title,
    /// Manager.
    Manager,
    /// Hire date.
    Hired,
    /// Day of leaving.
    Left,
    /// When the account stops working by itself.
    Expires,
    /// App a contract is for.
    App,
    /// Plan.
    Plan,
    /// Seats bought.
    Seats,
    /// Price.
    Price,
    /// Unit of the price.
    Unit,
    /// Currency of the price.
    Currency,
    /// Billing cycle.
    Billing,
    /// End of the current term.
    Renewal,
    /// Days of notice before it.
    Notice,
    /// Discount in percent.
    Discount,
    /// Least number of seats the contract bills.
    Minimum,
    /// What is charged beside the price, whatever the number of seats.
    BaseFee,
    /// What is charged for each seat beside the price, such as for single sign-on.
    AddOn,
    /// What is charged once.
    OneOff,
    /// Least bill of a year.
    Commitment,
    /// Currency a rate leads to.
    To,
    /// Exchange rate.
    Rate,
    /// Day of a rate.
    Date,
}

/// How an export looks and what its columns and words mean: data, from a file of its own.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// Stable id, as reports name the format.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// What it holds.
    pub role: Role,
    /// Directory system, as the catalog names identity providers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub system: Option<String>,
    /// App whose accounts it holds; absent if the layout does not tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub app: Option<String>,
    /// Words of a file name that propose this app.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub name_words: Vec<String>,
    /// The layout was read in vendor source, documentation or a real file; otherwise it is a guess, and shown as one.
    pub certain: bool,
    /// How the rows are wrapped.
    pub container: Container,
    /// A header line or record of such a file, for the reader of the profile.
    sample: String,
    /// The user's own: it comes before what the program is shipped with.
    #[serde(skip)]
    pub(super) own: bool,
    #[serde(default)]
    recognize: Recognize,
    /// Rows to keep; others are skipped as what `otherwise` says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) keep: Option<Keep>,
    /// The source leaves the key out for somebody who was never active: absent means never, where others have it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) absent_activity_is_never: bool,
    /// Nobody was ever active, says the file: then the reader of the source was not allowed to see it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) all_never_is_not_reported: bool,
    /// Values of a numbered list that count only by what stands beside them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) typed: Vec<Typed>,
    /// The sign-in name only looks like an address; it is never taken for one.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) username_is_no_address: bool,
    /// How dates such as 3/4/2026 are to be read where the file does not prove it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) date_order: Option<DateOrder>,
    /// What to say when all rows are alike.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) when_all: Vec<WhenAll>,
    /// Rows to leave out, whatever else they are.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) drop: Vec<LeaveOut>,
    /// One row for each membership: the rows of one id are one record.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) rows_of_one_id_are_one: bool,
    /// Ways in which a file says that it is one page of several.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) more: Vec<More>,
    pub(super) columns: BTreeMap<Field, Vec<String>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) person_status: Vec<Rule<PersonStatus>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) person_kind: Vec<Rule<PersonKind>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) status: Vec<Rule<AccountStatus>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) billable: Vec<Rule<Billable>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) kind: Vec<Rule<AccountKind>>,
}

/// Which rows are records.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Keep {
    pub(super) when: BTreeMap<String, Patterns>,
    pub(super) otherwise: String,
}

/// `externalIds.*.value` is an employee number where `externalIds.*.type` is `organization`.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Typed {
    pub(super) field: Field,
    pub(super) value: String,
    pub(super) kind: String,
    pub(super) is: Patterns,
}

/// Rows that are no records, and why.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LeaveOut {
    pub(super) when: BTreeMap<String, Patterns>,
    pub(super) because: String,
}

/// Something that no single row tells.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WhenAll {
    pub(super) when: BTreeMap<String, Patterns>,
    pub(super) say: String,
    pub(super) hint: String,
}

/// Where a JSON file says that it is one page of several.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct More {
    /// Not empty where there is a next page.
    #[serde(default)]
    pub(super) next: Option<String>,
    /// Number of entries of the whole list.
    #[serde(default)]
    pub(super) total: Option<String>,
    /// Number of this page, from 1.
    #[serde(default)]
    pub(super) page: Option<String>,
    /// Number of pages.
    #[serde(default)]
    pub(super) pages: Option<String>,
}

#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
struct Recognize {
    /// Headers that must be there; `a|b` is one of several.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    must: Vec<String>,
    /// What PowerShell's `#TYPE` line may say; then no header must be there.
    #[serde(skip_serializing_if = "Option::is_none")]
    type_line: Option<Patterns>,
    /// Headers that must be there in exactly this spelling.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    exact: Vec<String>,
    /// Headers that must be there unless the file's name, or the user, says what the file is.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    unless_said: Vec<String>,
    /// Headers that must not be there.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    not: Vec<String>,
    /// Values the first row must have.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    first: BTreeMap<String, Patterns>,
    /// Values the root object must have.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    root: BTreeMap<String, Patterns>,
    /// Where the rows stand in the root object.
    #[serde(skip_serializing_if = "Option::is_none")]
    rows: Option<String>,
    /// Only if the file's name, or the user, names the app: the content alone cannot tell.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    named: bool,
    /// Only if the user says what the file is: it is something else by itself.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    placed: bool,
    /// Only if neither the file's name nor the user names an app.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    unnamed: bool,
    /// Only if nothing else fits and the user, or the file's name, says what the file is.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    fallback: bool,
}

/// A profile that cannot be used.
#[derive(Clone, Debug, Error)]
#[error("{file}: {fault}")]
pub struct ProfileError {
    file: &'static str,
    fault: String,
}

/// All layouts the program knows.
#[derive(Clone, Debug)]
pub struct Profiles(Arc<Vec<Profile>>);

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

    /// Adds a layout of the user's own; it comes before the others where both fit as well.
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
        toml::from_str::<Profile>(text).map(|profile| profile.id).map_err(|fault| fault.to_string())
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

    /// What lists of a kind usually look like.
    fn usual(&self, role: Role) -> Option<&Profile> {
        let id = match role {
            Role::Directory => "generic_directory",
            Role::Accounts => "generic_accounts",
            Role::Contracts => "contracts_csv",
            Role::Rates => "rates_csv",
            Role::Unknown => return None,
        };
        self.0.iter().find(|profile| profile.id == id)
    }

    /// What a table may be and its columns may mean, going by their headers and values.
    pub(super) fn likely(&self, table: &Table<'_>) -> Option<(Role, BTreeMap<Field, Vec<String>>)> {
        let kinds = [Role::Contracts, Role::Directory, Role::Accounts];
        let usual: Vec<&Profile> = kinds.into_iter().filter_map(|role| self.usual(role)).collect();
        propose::list(&usual, table)
    }

    /// A layout for a list of that kind, its columns found by their headers and values; `None` where nothing says whom
    /// the rows are about. Where one of the app's own layouts has most of its columns there, its words count.
    pub(super) fn proposed(&self, role: Role, app: Option<&AppName>, table: &Table<'_>) -> Option<Profile> {
        let usual = self.usual(role)?;
        let mut columns = propose::columns(usual, table);
        let of_app = |profile: &&Profile| {
            let own = profile.app_name();
            profile.role == role && own.is_some() && own.as_ref().map(AppName::key) == app.map(AppName::key)
        };
        let found = |profile: &Profile| Columns::bind(profile, table).headers(table);
        let container = if matches!(table, Table::Json(_)) { Container::Json } else { Container::Csv };
        let fit = |profile: &&Profile| (found(profile).len(), profile.container == container);
        let known = self.0.iter().filter(of_app).max_by_key(fit);
        let Some(known) = known.filter(|known| found(known).len() > 1) else {
            return propose::is_list(&columns).then(|| Profile { columns, certain: false, ..usual.clone() });
        };
        let own = found(known);
        let used = |header: &String| own.values().any(|headers| headers.contains(header));
        columns.retain(|field, headers| !own.contains_key(field) && !headers.iter().any(used));
        columns.extend(own.iter().map(|(field, headers)| (*field, headers.clone())));
        let listed = propose::is_list(&columns) || columns.contains_key(&Field::Id);
        listed.then(|| Profile {
            columns,
            certain: false,
            status: known.status.iter().chain(&usual.status).cloned().collect(),
            person_status: known.person_status.iter().chain(&usual.person_status).cloned().collect(),
            ..known.clone()
        })
    }

    /// A layout for what looks like a report of employees, whose columns every company names for itself.
    pub(super) fn like_employees(&self, table: &Table<'_>) -> Option<Profile> {
        let known = self.0.iter().find(|profile| profile.id == "hr_report_csv")?;
        let mut columns = propose::columns(known, table);
        // The number of an employee is what the row goes by.
        if let Some(id) = columns.get(&Field::Id).cloned() {
            columns.entry(Field::EmployeeId).or_insert(id);
        }
        let has = |field: &Field| columns.contains_key(field);
        let of_employees =
            [Field::EmployeeId, Field::Hired, Field::Left, Field::Manager, Field::Department, Field::Title];
        // So are the words such reports are made of.
        const WORDS: [&str; 8] =
            ["employee", "employment", "worker", "work email", "hire", "termination", "legal", "supervisor"];
        let worded = table.keys().iter().filter(|key| WORDS.iter().any(|word| key.contains(word))).count();
        let told = of_employees.iter().filter(|field| has(field)).count().max(worded);
        let whom = has(&Field::Email) || (has(&Field::EmployeeId) && (has(&Field::Name) || has(&Field::Family)));
        let whether = [Field::Status, Field::Hired, Field::Left].iter().any(has);
        // Accounts of an app tell when somebody was there last, and of what they hold.
        let usual = self.usual(Role::Accounts)?;
        let of_accounts = propose::columns(usual, table);
        let app = [Field::Role, Field::Seat, Field::LastActive].iter().any(|field| of_accounts.contains_key(field));
        (told > 1 && whom && whether && !app).then(|| Profile { columns, certain: false, ..known.clone() })
    }

    /// The layout that somebody settled for a file: their columns and words, upon what is known of such a list.
    pub(super) fn mapped(
        &self,
        placing: &Placing,
        mapping: &Mapping,
        table: &Table<'_>,
        name: &str,
    ) -> Option<Profile> {
        let known = self.recognize(table, name, Some(placing));
        let usual = known.or_else(|| self.usual(placing.role))?.clone();
        let when = |field: &str, word: &str| BTreeMap::from([(field.to_owned(), Patterns::exactly(word))]);
        let standing = |word: &str| when("status", word);
        let words = || mapping.status.iter();
        let people = words().map(|(word, is)| Rule { when: standing(word), is: is.of_person() });
        let accounts = words().map(|(word, is)| Rule { when: standing(word), is: is.of_account() });
        let paid =
            mapping.paid.iter().map(|(word, paid)| Rule { when: when("seat", word), is: mapping::billable(*paid) });
        Some(Profile {
            id: "own_mapping".into(),
            title: "as mapped".into(),
            app: placing.app.as_ref().map(ToString::to_string),
            certain: true,
            own: true,
            columns: mapping.columns.clone(),
            person_status: people.chain(usual.person_status).collect(),
            status: accounts.chain(usual.status).collect(),
            billable: paid.chain(usual.billable).collect(),
            ..usual
        })
    }

    /// A settled layout as a file of its own, which recognizes files with the same headers and can be handed on.
    pub(super) fn remembered(
        &self,
        placing: &Placing,
        mapping: &Mapping,
        table: &Table<'_>,
        name: &str,
    ) -> Option<(String, String)> {
        let app = placing.app.as_ref();
        let of = app.map_or_else(|| placing.role.as_str().to_owned(), ToString::to_string);
        let headers: Vec<String> =
            table.headers().iter().filter(|header| mapping.field_of(header).is_some()).cloned().collect();
        let key = app.map_or_else(|| placing.role.as_str(), AppName::key);
        // Lists of one app may have several layouts, each with a name of its own.
        let told: String = hex(Sha256::new_with_prefix(headers.join("\n"))).chars().take(6).collect();
        let id = format!("own_{key}_{told}");
        let container = if matches!(table, Table::Json(_)) { Container::Json } else { Container::Csv };
        let profile = Profile {
            id: id.clone(),
            title: format!("{of}, your layout"),
            container,
            sample: table.headers().join(","),
            recognize: Recognize { must: headers, ..Recognize::default() },
            ..self.mapped(placing, mapping, table, name)?
        };
        // What a table of plain values and lists comes to can be written.
        toml::to_string(&profile).ok().map(|text| (id, text))
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

impl Profile {
    /// The app whose accounts it holds.
    pub(super) fn app_name(&self) -> Option<AppName> {
        self.app.as_deref().map(AppName::new)
    }

    /// Headers that show that a table has this layout.
    pub(super) fn shown_by<'t>(&self, table: &'t Table<'_>) -> Vec<&'t str> {
        let asked = self.recognize.must.iter().chain(&self.recognize.unless_said);
        let found =
            asked.filter_map(|headers| headers.split('|').find_map(|one| find_all(one, table.keys()).first().copied()));
        found.filter_map(|column| table.headers().get(column)).map(String::as_str).collect()
    }

    fn fits(&self, placing: &Placing) -> bool {
        self.role == placing.role
            && match (&self.app, &placing.app) {
                (Some(own), Some(placed)) => AppName::new(own).key() == placed.key(),
                _ => true,
            }
    }

    /// How much of what the profile asks for is there; `None` if something is missing.
    fn score(&self, table: &Table<'_>, named: Option<&AppName>, placed: bool) -> Option<usize> {
        let recognize = &self.recognize;
        let json = match (self.container, table) {
            (Container::Csv, Table::Csv(_) | Table::Sheet(_)) => None,
            (Container::Json, Table::Json(json)) => Some(json),
            _ => return None,
        };
        if recognize.fallback || (recognize.placed && !placed) {
            return None;
        }
        if recognize.unnamed && named.is_some() {
            return None;
        }
        let own = self.app_name();
        let is_named = own.is_some() && named.map(AppName::key) == own.as_ref().map(AppName::key);
        if recognize.named && !is_named {
            return None;
        }
        // A guess is none against what the file or the user says.
        if !self.certain && !self.own && own.is_some() && named.is_some() && !is_named {
            return None;
        }
        let has = |headers: &str| headers.split('|').any(|header| !find_all(header, table.keys()).is_empty());
        let typed = match (&recognize.type_line, table) {
            (Some(wanted), Table::Csv(csv)) => csv.type_line.as_ref().is_some_and(|line| wanted.matches(line)),
            _ => false,
        };
        if !recognize.exact.iter().all(|header| table.headers().contains(header)) {
            return None;
        }
        if !(typed || recognize.must.iter().all(|headers| has(headers)))
            || recognize.not.iter().any(|headers| has(headers))
        {
            return None;
        }
        if !(placed || is_named || recognize.unless_said.iter().all(|headers| has(headers))) {
            return None;
        }
        if let Some(rows) = &recognize.rows {
            json.filter(|json| json.path == header_key(rows))?;
        }
        for (key, patterns) in &recognize.root {
            json?.root.get(&header_key(key)).filter(|value| patterns.matches(value))?;
        }
        if !recognize.first.is_empty() {
            let mut fits = false;
            let first = bind(&recognize.first, &Columns::bind(self, table), table);
            table.each_row(&mut |row| {
                fits = all_hold(&first, &row);
                false
            });
            if !fits {
                return None;
            }
        }
        let said = recognize.unless_said.iter().filter(|headers| has(headers)).count();
        let asked = recognize.must.len() + said + recognize.first.len() + recognize.root.len();
        let asked = asked + usize::from(recognize.rows.is_some()) + usize::from(recognize.named);
        // A known layout beats a likely one, and the user's own beats them all.
        Some(asked * 2 + usize::from(self.certain) + if self.own { OWN } else { 0 })
    }
}

/// More than any layout asks for.
const OWN: usize = 1 << 20;

#[cfg(test)]
mod tests {
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
