use std::sync::Arc;

use jiff::civil::Date;

use super::{AccountId, Level, PersonId};
use crate::workspace::ServiceClass;

/// How a person was found.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Ord, PartialOrd, Hash)]
pub enum Method {
    /// A human said so.
    Decision,
    /// Equal employee numbers.
    EmployeeId,
    /// The id the identity provider gave the account.
    ExternalId,
    /// The main address.
    Email,
    /// A sign-in name or another address.
    Alias,
    /// The same name before the `@` in a former domain.
    DomainAlias,
    /// A name made of the local part of the address or of the sign-in name.
    Pattern,
    /// The name.
    Name,
}

impl Method {
    /// The word used in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Decision => "decision",
            Self::EmployeeId => "employee_id",
            Self::ExternalId => "external_id",
            Self::Email => "email",
            Self::Alias => "alias",
            Self::DomainAlias => "domain_alias",
            Self::Pattern => "pattern",
            Self::Name => "name",
        }
    }
}

/// What in the name of an account tells of somebody else, though it agrees with a person's.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Unlike {
    /// A name that differs by a letter is one people bear.
    Slip,
    /// The given name merely begins or ends alike.
    Alike,
    /// Another given name stands in front, as a son's does.
    Beginning,
    /// Junior or senior, which the directory does not tell.
    Generation,
    /// Two people share the name.
    Several,
    /// Another surname at an address made of the full name.
    Renamed,
    /// Half of the name alone.
    Half,
    /// None of the spellings known of the person's signs.
    Spelled,
    /// A word before the `@` is no part of the name.
    Stranger,
    /// The given name is one of its own, and an address or another account speaks for two people.
    Cognate,
}

/// Something that speaks for or against a person, or about an account.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Fact {
    /// A human decided.
    Decided,
    /// A human decided for a person no directory file knows any more.
    DecidedPersonMissing(Arc<str>),
    /// Since the decision, ids or addresses have come to lead to another person.
    NowNames(PersonId),
    /// The app itself calls the account a program's.
    AppSaysService,
    /// Its role is one no person has.
    RoleSaysService(Arc<str>),
    /// A word in the account's name marks it as no person's.
    ServiceWord {
        /// The word.
        word: Arc<str>,
        /// What it stands for.
        class: ServiceClass,
    },
    /// Equal employee numbers.
    SameEmployeeId(Arc<str>),
    /// Equal ids of the identity provider.
    SameExternalId(Arc<str>),
    /// Equal main addresses.
    SameEmail(Arc<str>),
    /// The account's address is another address or the sign-in name of the person.
    SameAlias(Arc<str>),
    /// In another app an account with the address is the person's, by id or by decision.
    KnownElsewhere {
        /// The address.
        address: Arc<str>,
        /// The app.
        app: Arc<str>,
    },
    /// Equal but for a tag behind a plus sign, or for dots Gmail ignores.
    SameMailbox(Arc<str>),
    /// The same name before the `@` in a declared former domain.
    SameLocalPart {
        /// The account's domain.
        domain: Arc<str>,
        /// The person's domain.
        owned: Arc<str>,
    },
    /// The same name before the `@`, in a domain nobody declared.
    SameLocalPartElsewhere {
        /// The account's domain.
        domain: Arc<str>,
        /// The person's domain.
        owned: Arc<str>,
    },
    /// How far a part of the name agrees.
    NamePart {
        /// The given name, else the family name.
        is_given: bool,
        /// How far.
        level: Level,
        /// The account's word.
        account: Arc<str>,
        /// The person's word.
        person: Arc<str>,
    },
    /// The sign-in name is the person's own.
    SameLogin(Arc<str>),
    /// The sign-in name is made of the person's name.
    LoginFits(Arc<str>),
    /// The sign-in name is another person's, or made of another name.
    LoginOfAnother(Arc<str>),
    /// The sign-in name is not made of a name.
    LoginSilent(Arc<str>),
    /// The account was made around the first day, by so many days after it.
    MadeAtHire {
        /// Days; below zero for before.
        days: i32,
    },
    /// The account was made later than the first day.
    MadeAfterHire,
    /// The account was made, or used, before the person came.
    OlderThanHire(Date),
    /// The account was made after the person had left.
    MadeAfterLeaving(Date),
    /// The account was used after the person had left.
    UsedAfterLeaving(Date),
    /// Whether the account is closed, and the person gone: closed accounts are mostly those of people who are.
    Standing {
        /// Closed in the app.
        is_closed: bool,
        /// Left or suspended.
        is_gone: bool,
    },
    /// The account bears another name.
    OtherName(Arc<str>),
    /// Somebody who left has the address with something added, as is done when it is given again.
    FormerHolder(PersonId),
    /// Another account with the address is older than its holder's time here, or bears another name.
    DoubtedElsewhere,
    /// The person has no account in the app that is known.
    FirstAccount,
    /// The person has an account in the app already.
    SecondAccount,
    /// Department.
    Department {
        /// The same, else another one.
        same: bool,
    },
    /// The address is in a domain anybody can have one in.
    PersonalDomain(Arc<str>),
    /// Somebody else bears the name, or one like it.
    Namesake(PersonId),
    /// A number behind the name tells of another person of the name.
    NumberedLogin,
    /// Something in the name tells of somebody else.
    Unlike(Unlike),
    /// The names stand in the other order, and each may be either.
    Turned,
    /// A word marks somebody of another organization, which the person is not.
    MarkedExternal,
    /// Another account of the app was found to be the person's, and bears a name that is not this one.
    NamedOtherwise(AccountId),
    /// In another list of people somebody of the name works here.
    HereElsewhere(PersonId),
    /// In another app the name has an address at another organization.
    NameElsewhere,
    /// The name before the `@` is somebody's here, but nobody has declared the domain.
    Undeclared(Arc<str>),
    /// Several people have the same.
    SharedBy(usize),
    /// How many of those who work in the person's department have an account in the app. It puts one of equals first.
    Colleagues {
        /// Those with an account.
        with: usize,
        /// All of them.
        of: usize,
    },
    /// The address lies in a domain of another organization.
    OutsideDomain(Arc<str>),
    /// The domain looks like a former one of the organization, but nobody here has the address or name.
    FormerDomain {
        /// The domain.
        domain: Arc<str>,
        /// Local parts at it that somebody here has.
        namesakes: usize,
        /// All local parts at it.
        all: usize,
    },
    /// The name is in a script that cannot be compared with the names of a directory in another one.
    Unread(Arc<str>),
    /// No person of the directory has this address or name.
    NotInDirectory,
}

/// A fact and its weight.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    /// What it is.
    pub fact: Fact,
    /// Its weight in bits: how many times, as a power of two, it makes the person more likely. `None` where it decides
    /// alone, or only explains.
    pub weight: Option<f64>,
}

impl Evidence {
    /// A fact that decides alone, or only explains.
    pub fn sure(fact: Fact) -> Self {
        Self { fact, weight: None }
    }
}

/// Somebody who may own an account.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// Who.
    pub person: PersonId,
    /// How found.
    pub method: Method,
    /// Probability, 0 to 1.
    pub confidence: f64,
    /// What speaks for it.
    pub evidence: Vec<Evidence>,
}
