//! The apps of each world and how their exports are written.

use std::fmt::Write as _;

use super::dates::{Day, iso, spaced, stamp, worded};
use super::kinds::Shape;
use super::text::{json, row};
use super::world::World;
use super::{Files, Half};

/// How an app writes names.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// Given name and surname in two fields, or joined.
    Always,
    /// Often missing, sometimes the given name alone.
    Partly,
}

pub(super) struct App {
    pub(super) name: &'static str,
    pub(super) file: &'static str,
    pub(super) shape: Shape,
    pub(super) shown: Shown,
    pub(super) weight: u32,
    /// The export says when the account was made.
    pub(super) dated: bool,
    /// The export says that an account is closed.
    pub(super) closes: bool,
    /// Since when the company has the app, in years.
    pub(super) years: i32,
    pub(super) write: fn(&[Account], &World) -> String,
    /// The account's own name in the file: id, else login name, else address.
    pub(super) key: fn(&Account) -> String,
}

/// One account, as far as an export tells.
#[derive(Default)]
pub(super) struct Account {
    pub(super) serial: u64,
    pub(super) email: String,
    pub(super) username: String,
    pub(super) given: String,
    pub(super) family: String,
    pub(super) employee: String,
    pub(super) created: Day,
    pub(super) active: Option<Day>,
    pub(super) closed: bool,
}

impl Account {
    fn full(&self) -> String {
        format!("{} {}", self.given, self.family).trim().to_owned()
    }

    fn last_first(&self) -> String {
        match (self.given.is_empty(), self.family.is_empty()) {
            (false, false) => format!("{}, {}", self.family, self.given),
            _ => format!("{}{}", self.family, self.given),
        }
    }

    fn or_none(&self, write: impl Fn(Day) -> String) -> String {
        self.active.map(write).unwrap_or_default()
    }
}

pub(super) fn apps(half: Half) -> Vec<App> {
    match half.files() {
        Files::Tuned => vec![
            App {
                name: "Zoom",
                file: "zoom-users",
                shape: Shape::Mail,
                shown: Shown::Always,
                weight: 19,
                dated: true,
                closes: true,
                years: 6,
                write: zoom,
                key: |a| a.email.to_lowercase(),
            },
            App {
                name: "Atlassian",
                file: "atlassian-export-users",
                shape: Shape::Mail,
                shown: Shown::Always,
                weight: 19,
                dated: true,
                closes: true,
                years: 8,
                write: atlassian,
                key: atlassian_id,
            },
            App {
                name: "Bill.com",
                file: "bill-users",
                shape: Shape::Mail,
                shown: Shown::Always,
                weight: 14,
                dated: true,
                closes: true,
                years: 4,
                write: bill,
                key: bill_id,
            },
            App {
                name: "Bitwarden",
                file: "bitwarden-org-members",
                shape: Shape::Mail,
                shown: Shown::Partly,
                weight: 17,
                dated: false,
                closes: true,
                years: 5,
                write: bitwarden,
                key: |a| a.email.to_lowercase(),
            },
            App {
                name: "Zendesk",
                file: "zendesk-users",
                shape: Shape::Numbered,
                shown: Shown::Always,
                weight: 15,
                dated: true,
                closes: true,
                years: 7,
                write: zendesk,
                key: zendesk_id,
            },
            App {
                name: "GitHub Copilot",
                file: "github-copilot-seats",
                shape: Shape::Username,
                shown: Shown::Always,
                weight: 8,
                dated: false,
                closes: false,
                years: 3,
                write: copilot,
                key: |a| a.username.clone(),
            },
            App {
                name: "Slack",
                file: "slack-analytics-members",
                shape: Shape::LastFirst,
                shown: Shown::Always,
                weight: 8,
                dated: true,
                closes: true,
                years: 7,
                write: slack,
                key: slack_id,
            },
        ],
        Files::Held => vec![
            App {
                name: "Asana",
                file: "asana-members",
                shape: Shape::Mail,
                shown: Shown::Always,
                weight: 16,
                dated: true,
                closes: false,
                years: 6,
                write: asana,
                key: |a| a.email.to_lowercase(),
            },
            App {
                name: "Salesforce",
                file: "salesforce-users",
                shape: Shape::Numbered,
                shown: Shown::Always,
                weight: 14,
                dated: true,
                closes: true,
                years: 9,
                write: salesforce,
                key: salesforce_id,
            },
            App {
                name: "Dropbox",
                file: "dropbox-members",
                shape: Shape::Mail,
                shown: Shown::Always,
                weight: 15,
                dated: true,
                closes: true,
                years: 7,
                write: dropbox,
                key: dropbox_id,
            },
            App {
                name: "LastPass",
                file: "lastpass-users",
                shape: Shape::Mail,
                shown: Shown::Partly,
                weight: 15,
                dated: true,
                closes: true,
                years: 5,
                write: lastpass,
                key: |a| a.email.to_lowercase(),
            },
            App {
                name: "Tableau",
                file: "tableau-users",
                shape: Shape::Mail,
                shown: Shown::Always,
                weight: 12,
                dated: false,
                closes: false,
                years: 5,
                write: tableau,
                key: tableau_id,
            },
            App {
                name: "Kustomer",
                file: "kustomer-users",
                shape: Shape::Mail,
                shown: Shown::Always,
                weight: 13,
                dated: true,
                closes: true,
                years: 4,
                write: kustomer,
                key: kustomer_id,
            },
            App {
                name: "Snowflake",
                file: "snowflake-show-users",
                shape: Shape::Username,
                shown: Shown::Always,
                weight: 8,
                dated: true,
                closes: true,
                years: 4,
                write: snowflake,
                key: |a| a.username.clone(),
            },
            App {
                name: "GitLab",
                file: "gitlab-seat-usage",
                shape: Shape::LastFirst,
                shown: Shown::Always,
                weight: 7,
                dated: false,
                closes: false,
                years: 6,
                write: gitlab,
                key: |a| (400_000 + a.serial * 7).to_string(),
            },
        ],
    }
}

/// Digits that look drawn by lot: an odd factor maps numbers of so many bits one to one, so that no id comes twice.
fn mixed(serial: u64, bits: u32) -> u64 {
    serial.wrapping_mul(0x9e37_79b9_7f4a_7c15) & (u64::MAX >> (64 - bits))
}

fn zoom(accounts: &[Account], _: &World) -> String {
    let mut out = "Email,First Name,Last Name,Department,User Group,IM Group,Last Login(UTC),Last Client Version,\
                   Creation Date,Role,User Type,Login Type,User Status,PMI,Job Title,Location\n"
        .to_owned();
    for a in accounts {
        let kind = if a.serial.is_multiple_of(9) { "Basic" } else { "Licensed" };
        let status = if a.closed { "Inactive" } else { "Active" };
        let (login, made) = (a.or_none(spaced), iso(a.created));
        out += &row(&[
            &a.email,
            &a.given,
            &a.family,
            "",
            "",
            "",
            &login,
            "6.2.11.50939(win)",
            &made,
            "Member",
            kind,
            "Single Sign-On",
            status,
            "",
            "",
            "",
        ]);
    }
    out
}

fn atlassian_id(a: &Account) -> String {
    let s = mixed(a.serial, 60);
    format!("712020:{:08x}-{:04x}-4{:03x}-8{:03x}-{:012x}", s >> 28, (s >> 12) & 0xffff, s & 0xfff, s >> 48, s >> 12)
}

fn atlassian(accounts: &[Account], world: &World) -> String {
    let site = world.domain.split('.').next().unwrap_or("site");
    let mut out = format!(
        "User id,User name,email,User status,Added to org,Org role,Jira - {site},Last seen in Jira - {site},\
         Confluence - {site},Last seen in Confluence - {site}\n"
    );
    for a in accounts {
        let status = if a.closed { "Suspended" } else { "Active" };
        let seen = a.active.map_or_else(|| "Never accessed".to_owned(), worded);
        let made = worded(a.created);
        out += &row(&[
            &atlassian_id(a),
            &a.full(),
            &a.email,
            status,
            &made,
            "None",
            "User",
            &seen,
            "User",
            "Never accessed",
        ]);
    }
    out
}

fn bill_id(a: &Account) -> String {
    format!("00602NRVK{:011X}", mixed(a.serial, 44))
}

fn bill(accounts: &[Account], _: &World) -> String {
    let mut out = "{\n  \"results\": [\n".to_owned();
    for (i, a) in accounts.iter().enumerate() {
        let comma = if i + 1 == accounts.len() { "" } else { "," };
        let _ = writeln!(
            out,
            "    {{\"id\": {}, \"archived\": {}, \"firstName\": {}, \"lastName\": {}, \"email\": {}, \"role\": \
             {{\"id\": \"0po02NRVKBaaaaa\", \"type\": \"APPROVER\"}}, \"createdTime\": {}, \"updatedTime\": \
             {}}}{comma}",
            json(&bill_id(a)),
            a.closed,
            json(&a.given),
            json(&a.family),
            json(&a.email),
            json(&stamp(a.created, ".000", "+00:00")),
            json(&stamp(a.active.unwrap_or(a.created), ".000", "+00:00")),
        );
    }
    out + "  ]\n}\n"
}

fn bitwarden(accounts: &[Account], _: &World) -> String {
    let mut out = "Email,Name,Status,Role,Two-step Login,Account Recovery,Secrets Manager,Groups\n".to_owned();
    for a in accounts {
        let status = if a.closed { "Revoked" } else { "Confirmed" };
        out += &row(&[&a.email, &a.full(), status, "User", "Enabled", "Enrolled", "Disabled", "All Staff"]);
    }
    out
}

fn zendesk_id(a: &Account) -> String {
    (380_000_000_000 + a.serial * 1013).to_string()
}

fn zendesk(accounts: &[Account], world: &World) -> String {
    let site = world.domain.split('.').next().unwrap_or("site");
    let mut out = "{\"users\": [\n".to_owned();
    for (i, a) in accounts.iter().enumerate() {
        let comma = if i + 1 == accounts.len() { "" } else { "," };
        let id = zendesk_id(a);
        let _ = writeln!(
            out,
            "{{\"id\": {id}, \"url\": \"https://{site}.zendesk.com/api/v2/users/{id}.json\", \"name\": {}, \
             \"email\": {}, \
             \"created_at\": {}, \"role\": \"agent\", \"role_type\": 4, \"active\": true, \"suspended\": {}, \
             \"last_login_at\": {}, \"external_id\": {}, \"verified\": true}}{comma}",
            json(&a.full()),
            json(&a.email),
            json(&stamp(a.created, "", "Z")),
            a.closed,
            json(&a.or_none(|d| stamp(d, "", "Z"))),
            json(&a.employee),
        );
    }
    let _ = writeln!(out, "], \"next_page\": null, \"previous_page\": null, \"count\": {}}}", accounts.len());
    out
}

fn copilot(accounts: &[Account], world: &World) -> String {
    let site = world.domain.split('.').next().unwrap_or("site");
    let mut out =
        "Report Time,Login,Last Authenticated At,Last Activity At,Last Surface Used,Organization\n".to_owned();
    let now = stamp(world.as_of, "", "Z");
    for a in accounts {
        let seen = a.or_none(|d| stamp(d, "", "Z"));
        out += &row(&[&now, &a.username, &seen, &seen, "vscode/1.98.0", site]);
    }
    out
}

fn slack_id(a: &Account) -> String {
    format!("U0{:09X}", mixed(a.serial, 36))
}

fn slack(accounts: &[Account], _: &World) -> String {
    let words = |day: Day| {
        let text = worded(day);
        let mut parts = text.split(' ');
        let (d, m, y) = (parts.next().unwrap_or(""), parts.next().unwrap_or(""), parts.next().unwrap_or(""));
        format!("{m} {}, {y}", d.trim_start_matches('0'))
    };
    let mut out = "Name,User ID,Account type,Account created (UTC),Claimed Date (UTC),Deactivated date (UTC),\
                   Days active,Messages posted,Last active (UTC)\n"
        .to_owned();
    for a in accounts {
        let made = words(a.created);
        let ended = if a.closed { words(a.active.unwrap_or(a.created) + 3) } else { String::new() };
        out += &row(&[&a.last_first(), &slack_id(a), "Member", &made, &made, &ended, "4", "11", &a.or_none(words)]);
    }
    out
}

fn asana(accounts: &[Account], _: &World) -> String {
    let mut out = "Name,Email address,Date joined the Organization,First login date,Login method,Last activity date,\
                   Internal,Number of teams,Names of teams,Number of projects,Names of projects\n"
        .to_owned();
    for a in accounts {
        let (made, seen) = (iso(a.created), a.or_none(iso));
        let first = if a.active.is_some() { made.as_str() } else { "" };
        out += &row(&[&a.full(), &a.email, &made, first, "SAML", &seen, "yes", "1", "General", "3", "A, B, C"]);
    }
    out
}

fn salesforce_id(a: &Account) -> String {
    format!("0055e0{:012X}", mixed(a.serial, 48))
}

fn salesforce(accounts: &[Account], _: &World) -> String {
    let mut out =
        format!("{{\"status\": 0, \"result\": {{\"done\": true, \"totalSize\": {}, \"records\": [\n", accounts.len());
    for (i, a) in accounts.iter().enumerate() {
        let comma = if i + 1 == accounts.len() { "" } else { "," };
        let username = format!("u{:010x}@solvenda.crm", mixed(a.serial, 40));
        let _ = writeln!(
            out,
            "{{\"attributes\": {{\"type\": \"User\"}}, \"Id\": {}, \"Username\": {}, \"Name\": {}, \"Email\": {}, \
             \"IsActive\": {}, \"LastLoginDate\": {}, \"UserType\": \"Standard\", \"Profile\": {{\"Name\": \
             \"Standard User\", \
             \"UserLicense\": {{\"Name\": \"Salesforce\"}}}}, \"FederationIdentifier\": {}, \"CreatedDate\": \
             {}}}{comma}",
            json(&salesforce_id(a)),
            json(&username),
            json(&a.full()),
            json(&a.email),
            !a.closed,
            json(&a.or_none(|d| stamp(d, ".000", "+0000"))),
            json(&a.employee),
            json(&stamp(a.created, ".000", "+0000")),
        );
    }
    out + "]}}\n"
}

fn dropbox_id(a: &Account) -> String {
    format!("dbmid:AAD{:016x}", mixed(a.serial, 64))
}

fn dropbox(accounts: &[Account], _: &World) -> String {
    let mut out = "{\"members\": [\n".to_owned();
    for (i, a) in accounts.iter().enumerate() {
        let comma = if i + 1 == accounts.len() { "" } else { "," };
        let status = if a.closed { "suspended" } else { "active" };
        let _ = writeln!(
            out,
            "{{\"profile\": {{\"team_member_id\": {}, \"email\": {}, \"email_verified\": true, \"status\": {{\".tag\": \
             \"{status}\"}}, \"name\": {{\"given_name\": {}, \"surname\": {}, \"display_name\": {}}}, \
             \"membership_type\": \
             {{\".tag\": \"full\"}}, \"joined_on\": {}}}, \"role\": {{\".tag\": \"member_only\"}}}}{comma}",
            json(&dropbox_id(a)),
            json(&a.email),
            json(&a.given),
            json(&a.family),
            json(&a.full()),
            json(&stamp(a.created, "", "Z")),
        );
    }
    out + "], \"cursor\": \"ZtkX9_EHj3x7PMkVuFIhwKYXEpwpLwyxp9vMKomUhllil9q7eWiAu\", \"has_more\": false}\n"
}

fn lastpass(accounts: &[Account], _: &World) -> String {
    let mut out = "Email,First Name,Last Name,Account Status,MFA Status,Admin Level Name,Creation Time (UTC),\
                   Last Master Password Change Date & Time (UTC),Security Challenge Score,Master Password Score\n"
        .to_owned();
    for a in accounts {
        let status = if a.closed { "Disabled" } else { "Active" };
        let made = spaced(a.created);
        out += &row(&[&a.email, &a.given, &a.family, status, "Enabled", "", &made, &made, "71", "88"]);
    }
    out
}

fn tableau_id(a: &Account) -> String {
    let s = mixed(a.serial, 60);
    format!("{:08x}-{:04x}-4{:03x}-a1b2-{:012x}", s >> 28, (s >> 12) & 0xffff, s & 0xfff, s >> 12)
}

fn tableau(accounts: &[Account], _: &World) -> String {
    let count = accounts.len();
    let mut out = format!(
        "{{\"pagination\": {{\"pageNumber\": \"1\", \"pageSize\": \"{}\", \"totalAvailable\": \"{count}\"}}, \
         \"users\": \
         {{\"user\": [\n",
        count.max(100)
    );
    for (i, a) in accounts.iter().enumerate() {
        let comma = if i + 1 == count { "" } else { "," };
        let seen = a.active.map(|d| format!("\"lastLogin\": {}, ", json(&stamp(d, "", "Z")))).unwrap_or_default();
        let _ = writeln!(
            out,
            "{{\"id\": {}, \"name\": {}, \"fullName\": {}, \"email\": {}, \"siteRole\": \"Viewer\", \"authSetting\": \
             \"SAML\", {seen}\"externalAuthUserId\": \"\", \"locale\": \"\", \"language\": \"en\"}}{comma}",
            json(&tableau_id(a)),
            json(&a.email),
            json(&a.full()),
            json(&a.email),
        );
    }
    out + "]}}\n"
}

fn kustomer_id(a: &Account) -> String {
    format!("65b0{:04x}{:016x}", a.serial & 0xffff, mixed(a.serial, 64))
}

fn kustomer(accounts: &[Account], _: &World) -> String {
    let mut out = "{\"data\": [\n".to_owned();
    for (i, a) in accounts.iter().enumerate() {
        let comma = if i + 1 == accounts.len() { "" } else { "," };
        let gone = if a.closed { stamp(a.active.unwrap_or(a.created) + 4, ".000", "Z") } else { String::new() };
        let id = kustomer_id(a);
        let made = json(&stamp(a.created, ".118", "Z"));
        let _ = writeln!(
            out,
            "{{\"type\": \"user\", \"id\": \"{id}\", \"attributes\": {{\"name\": {}, \"displayName\": null, \
             \"email\": {}, \
             \"mobile\": null, \"userType\": \"user\", \"roles\": [\"org.user\"], \"roleGroups\": [], \
             \"emailVerifiedAt\": \
             {made}, \"deletedAt\": {}, \"createdAt\": {made}, \"updatedAt\": {made}}}, \"relationships\": {{\"org\": \
             {{\"data\": {{\"type\": \"org\", \"id\": \"64aa\"}}}}}}, \"links\": {{\"self\": \
             \"/v1/users/{id}\"}}}}{comma}",
            json(&a.full()),
            json(&a.email),
            json(&gone),
        );
    }
    out + "]}\n"
}

fn snowflake(accounts: &[Account], _: &World) -> String {
    let mut out = "name,created_on,login_name,display_name,first_name,last_name,email,mins_to_unlock,days_to_expiry,\
                   comment,disabled,must_change_password,snowflake_lock,default_warehouse,default_namespace,\
                   default_role,default_secondary_roles,ext_authn_duo,ext_authn_uid,mins_to_bypass_mfa,owner,\
                   last_success_login,expires_at_time,locked_until_time,has_password,has_rsa_public_key\n"
        .to_owned();
    for a in accounts {
        let made = format!("{}.123 -0800", spaced(a.created));
        let seen = a.or_none(|d| format!("{}.456 -0800", spaced(d)));
        let disabled = if a.closed { "true" } else { "false" };
        let name = &a.username;
        out += &row(&[
            name,
            &made,
            name,
            name,
            "",
            "",
            "",
            "",
            "",
            "",
            disabled,
            "false",
            "false",
            "COMPUTE_WH",
            "",
            "ANALYST",
            "",
            "false",
            "",
            "",
            "ACCOUNTADMIN",
            &seen,
            "",
            "",
            "true",
            "false",
        ]);
    }
    out
}

fn gitlab(accounts: &[Account], _: &World) -> String {
    let mut out = "Id,Name,Username,Email,State,Last activity\n".to_owned();
    for a in accounts {
        let id = (400_000 + a.serial * 7).to_string();
        let username = format!("u{:07x}", mixed(a.serial, 28));
        out += &row(&[&id, &a.last_first(), &username, "", "active", &a.or_none(iso)]);
    }
    out
}
