use super::PersonId;

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
    /// The full name.
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
            Self::Name => "name",
        }
    }
}

/// Something that speaks for or against a person, or about an account.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Fact {
    /// A human decided.
    Decided,
    /// A human decided for a person no directory file knows any more.
    DecidedPersonMissing(String),
    /// The app itself calls the account a program's.
    AppSaysService,
    /// A word in the account's name marks it as a program's.
    ServiceWord(String),
    /// Equal employee numbers.
    SameEmployeeId(String),
    /// Equal ids of the identity provider.
    SameExternalId(String),
    /// Equal main addresses.
    SameEmail(String),
    /// The account's address is another address or the sign-in name of the person.
    SameAlias(String),
    /// Equal but for a tag behind a plus sign, or for dots Gmail ignores.
    SameMailbox(String),
    /// The same name before the `@` in a declared former domain.
    SameLocalPart {
        /// The account's domain.
        domain: String,
        /// The person's domain.
        owned: String,
    },
    /// The same name before the `@`, in a domain nobody declared.
    SameLocalPartElsewhere {
        /// The account's domain.
        domain: String,
        /// The person's domain.
        owned: String,
    },
    /// Equal names.
    SameName(String),
    /// Several people have the same.
    SharedBy(usize),
    /// The address lies in a domain of another organization.
    OutsideDomain(String),
    /// No person of the directory has this address or name.
    NotInDirectory,
}

/// A fact and its weight.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    /// What it is.
    pub fact: Fact,
    /// Its weight in bits: how many times, as a power of two, it makes the person more likely. `None` where it decides
    /// alone.
    pub weight: Option<f64>,
}

impl Evidence {
    /// A fact that decides alone.
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
