use serde::{Deserialize, Serialize};

use crate::model::{Email, Moment, Place, Seen};

/// Whether somebody works here, as a directory tells.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, Ord, PartialOrd, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PersonStatus {
    /// Works here and may sign in.
    Active,
    /// Created, has not started.
    Pending,
    /// Locked out for now; can be undone.
    Suspended,
    /// Has left.
    Deactivated,
    /// Removed; a leftover row.
    Deleted,
    /// The file does not tell.
    #[default]
    NotReported,
}

impl PersonStatus {
    /// The word used in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Pending => "pending",
            Self::Suspended => "suspended",
            Self::Deactivated => "deactivated",
            Self::Deleted => "deleted",
            Self::NotReported => "not_reported",
        }
    }

    /// Nobody behind such a person may have access to anything.
    pub fn is_gone(self) -> bool {
        matches!(self, Self::Suspended | Self::Deactivated | Self::Deleted)
    }
}

/// One of ours or a guest.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, Ord, PartialOrd, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PersonKind {
    /// One of ours.
    Member,
    /// Somebody else's, invited.
    Guest,
    /// The file does not tell.
    #[default]
    NotReported,
}

impl PersonKind {
    /// The word used in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Member => "member",
            Self::Guest => "guest",
            Self::NotReported => "not_reported",
        }
    }
}

/// Whether an account can be used.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, Ord, PartialOrd, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountStatus {
    /// Can be used.
    Active,
    /// Invited; nobody has accepted yet.
    Invited,
    /// Exists, cannot sign in.
    Suspended,
    /// A leftover row.
    Deleted,
    /// The file does not tell.
    #[default]
    Unknown,
}

impl AccountStatus {
    /// The word used in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Invited => "invited",
            Self::Suspended => "suspended",
            Self::Deleted => "deleted",
            Self::Unknown => "unknown",
        }
    }

    /// Neither access nor a seat is left.
    pub fn is_closed(self) -> bool {
        matches!(self, Self::Suspended | Self::Deleted)
    }
}

/// Whether an account takes a paid seat.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, Ord, PartialOrd, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Billable {
    /// It does.
    Yes,
    /// It does not.
    No,
    /// The file does not tell.
    #[default]
    Unknown,
}

impl Billable {
    /// The word used for records.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Unknown => "unknown",
        }
    }
}

/// Who is behind an account, as its app tells.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, Ord, PartialOrd, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountKind {
    /// A person.
    #[default]
    Person,
    /// A guest of the app.
    Guest,
    /// A program.
    Service,
    /// A bot.
    Bot,
    /// A customer.
    Enduser,
}

impl AccountKind {
    /// The word used for records.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Guest => "guest",
            Self::Service => "service",
            Self::Bot => "bot",
            Self::Enduser => "enduser",
        }
    }
}

/// A person as one directory file tells.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct DirectoryRecord {
    /// Where it stands.
    pub place: Place,
    /// The directory's own id.
    pub source_id: String,
    /// Sign-in name; often not the e-mail address.
    pub username: String,
    /// Main address.
    pub email: Option<Email>,
    /// Further addresses of the same person.
    pub aliases: Vec<Email>,
    /// Further sign-in names, such as the one of an older system.
    pub logins: Vec<String>,
    /// Employee number, leading zeros kept.
    pub employee_id: String,
    /// Given name.
    pub given: String,
    /// Family name.
    pub family: String,
    /// Full name as shown.
    pub display: String,
    /// Whether the person works here.
    pub status: PersonStatus,
    /// The source's own word for it.
    pub status_raw: String,
    /// One of ours or a guest.
    pub kind: PersonKind,
    /// Last sign-in to the directory.
    pub last_sign_in: Seen,
    /// Department.
    pub department: String,
    /// Job title.
    pub title: String,
    /// On what terms the person works here, in the source's own word: "Contractor". Empty where the file does not tell.
    pub worker_type: String,
    /// Manager.
    pub manager: String,
    /// When the record was made.
    pub created: Option<Moment>,
    /// Hire date.
    pub hired: Option<Moment>,
    /// When the person left, or lost access.
    pub left: Option<Moment>,
}

/// What an alternative id of an account is.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Ord, PartialOrd, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AltKind {
    /// Id the identity provider gave.
    ExternalId,
    /// Employee number.
    EmployeeId,
    /// Another address.
    SecondaryEmail,
}

/// Another way an account is known.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct AltId {
    /// What it is.
    pub kind: AltKind,
    /// Its text.
    pub value: String,
}

/// An account as its app's export tells.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct AccountRecord {
    /// Where it stands.
    pub place: Place,
    /// The app's own id.
    pub id: String,
    /// Sign-in name.
    pub username: String,
    /// The sign-in name may be an address; with some apps it only looks like one.
    pub login_is_address: bool,
    /// Address.
    pub email: Option<Email>,
    /// Other ids.
    pub alt_ids: Vec<AltId>,
    /// Name as shown.
    pub display_name: String,
    /// Whether it can be used.
    pub status: AccountStatus,
    /// Role, in the app's words.
    pub role: String,
    /// Seat or license, in the app's words.
    pub seat: String,
    /// Department or team.
    pub department: String,
    /// Whether it takes a paid seat.
    pub billable: Billable,
    /// Last activity.
    pub last_active: Seen,
    /// Creation.
    pub created: Option<Moment>,
    /// Who is behind it.
    pub kind: AccountKind,
}

impl AccountRecord {
    /// The account's own name in its file: id, else user name, else address.
    pub fn key(&self) -> &str {
        [self.id.as_str(), self.username.as_str()]
            .into_iter()
            .find(|id| !id.is_empty())
            .or_else(|| self.email.as_ref().map(Email::as_str))
            .unwrap_or(&self.display_name)
    }

    /// Takes over what another row of the same account tells and no row decides over another about: the latest activity,
    /// the earliest creation, an address and a name where there is none, and all ids.
    pub fn absorb(&mut self, other: &Self) {
        self.last_active = self.last_active.max(other.last_active);
        self.created = [self.created, other.created].into_iter().flatten().min();
        if self.email.is_none() {
            self.email.clone_from(&other.email);
        }
        if self.display_name.is_empty() {
            self.display_name.clone_from(&other.display_name);
        }
        let new: Vec<AltId> = other.alt_ids.iter().filter(|alt| !self.alt_ids.contains(alt)).cloned().collect();
        self.alt_ids.extend(new);
    }

    /// Addresses the account is known by: its own, a user name that is one, and secondary ones.
    pub fn addresses(&self) -> impl Iterator<Item = Email> {
        let secondary = self.alt_ids.iter().filter(|alt| alt.kind == AltKind::SecondaryEmail);
        let login = Some(self.username.as_str()).filter(|_| self.login_is_address);
        let further = login.into_iter().chain(secondary.map(|alt| alt.value.as_str()));
        self.email.clone().into_iter().chain(further.filter_map(Email::parse))
    }
}
