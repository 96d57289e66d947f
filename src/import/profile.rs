use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Placing;
use super::columns::{Columns, find_all};
use super::records::{AccountKind, AccountStatus, Billable, PersonKind, PersonStatus};
use super::rules::{Patterns, Rule, all_hold, bind};
use super::table::Table;
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
    /// On what terms somebody works here: an employee, a contractor.
    WorkerType,
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
    /// Seats that the base fee pays for.
    Included,
    /// Months for which the contract is renewed.
    Term,
    /// What the vendor adds to the price at each renewal, in percent.
    Uplift,
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
    pub(super) sample: String,
    /// The user's own: it comes before what the program is shipped with.
    #[serde(skip)]
    pub(super) own: bool,
    #[serde(default)]
    pub(super) recognize: Recognize,
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
    /// What somebody may do, where the file tells it by flags or numbers; stands before what the column of roles says.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) rights: Vec<Rule<String>>,
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
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) when: BTreeMap<String, Patterns>,
    /// Or: there is no such column.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) absent: Vec<String>,
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
pub(super) struct Recognize {
    /// Headers that must be there; `a|b` is one of several.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) must: Vec<String>,
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
    /// Values that one of the first rows must have.
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
    /// All headers must be ones the layout maps: a file with others is something else.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    nothing_else: bool,
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

impl Recognize {
    /// What shows a layout of somebody's own: that these headers are there.
    pub(super) fn by(must: Vec<String>) -> Self {
        Self { must, ..Self::default() }
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

    pub(super) fn fits(&self, placing: &Placing) -> bool {
        self.role == placing.role
            && match (&self.app, &placing.app) {
                (Some(own), Some(placed)) => AppName::new(own).key() == placed.key(),
                _ => true,
            }
    }

    /// How much of what the profile asks for is there; `None` if something is missing.
    pub(super) fn score(&self, table: &Table<'_>, named: Option<&AppName>, placed: bool) -> Option<usize> {
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
        // A list named after an app holds its accounts, whatever its columns are like; Microsoft 365 is both.
        let of_app = named.is_some_and(|named| named.key() != "microsoft365");
        if self.role == Role::Directory && !self.own && !placed && (of_app || speaks_of_accounts(self, table)) {
            return None;
        }
        if recognize.nothing_else {
            let bound = Columns::bind(self, table).meanings(table, |_| false);
            if bound.iter().any(|column| column.means.is_none() && !column.header.is_empty()) {
                return None;
            }
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
            let mut rows = 0;
            table.each_row(&mut |row| {
                fits = all_hold(&first, &row);
                rows += 1;
                !fits && rows < 20
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

/// Headers that lists of an app's accounts have and directories do not.
const OF_ACCOUNTS: [&str; 16] = [
    "seat",
    "seats",
    "seat type",
    "plan",
    "license",
    "license type",
    "role",
    "user role",
    "workspace role",
    "access level",
    "last active",
    "last activity",
    "last seen",
    "last login",
    "course",
    "billable",
];

/// Whether a table has columns that only lists of an app's accounts have, beyond those the layout itself knows.
fn speaks_of_accounts(profile: &Profile, table: &Table<'_>) -> bool {
    let known = |key: &String| profile.columns.values().flatten().any(|header| header_key(header) == *key);
    let told = table.keys().iter().filter(|key| OF_ACCOUNTS.contains(&key.as_str()) && !known(key));
    // A report of employees may name their role in the company.
    let of_employees = ["hire date", "start date", "termination date", "employment status"];
    let employees = table.keys().iter().any(|key| of_employees.contains(&key.as_str()));
    told.filter(|key| !(employees && key.as_str() == "role")).count() > 0
}
