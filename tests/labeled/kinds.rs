//! The kinds of difficulty and how often each is met.

/// What makes an account hard, or easy, to give to its owner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Difficulty {
    /// The directory's primary address, letter by letter.
    ExactAddress,
    /// The primary address in another case or with a plus-tag.
    CaseOrTag,
    /// An alias address the directory lists.
    AliasAddress,
    /// The sign-in name of the directory, where it differs from the address.
    LoginAddress,
    /// A Gmail address with its dots elsewhere.
    GmailDots,
    /// The same local part in the domain the company had before its new name.
    FormerDomain,
    /// A local part of another pattern in the company's domain.
    OtherPattern,
    /// Another romanization, or the other way to write letters with marks.
    Transliteration,
    /// A short or pet form of the given name.
    Nickname,
    /// The given name as an initial.
    Initials,
    /// Surname first where the given name belongs, or the other way round.
    SwappedOrder,
    /// One of two surnames left out.
    DoubleSurname,
    /// The surname of before or after a marriage.
    ChangedSurname,
    /// One or two slips in the name or the local part.
    Typo,
    /// A private address that says the name.
    PersonalNamed,
    /// A private address that says nothing, with the name beside it.
    PersonalOpaque,
    /// A login name and nothing else.
    UsernameOnly,
    /// The employee number is the only clue.
    EmployeeNumber,
    /// A display name and nothing else.
    NameOnly,
    /// A further account of a person in the same app.
    SecondAccount,
    /// Two people of the directory have the name.
    SameName,
    /// The address was somebody else's when the account was made.
    RecycledAddress,
    /// Another person's name differs by a letter or two.
    LookAlike,
    /// Same surname, same initial: the login could be either's.
    SameInitial,
    /// Father and son.
    FatherSon,
    /// Somebody of another company with an employee's name.
    ExternalNamesake,
    /// Worked here once and is in no file.
    FormerUnlisted,
    /// Somebody of a partner, with the partner's domain.
    Partner,
    /// A private address of a stranger.
    Stranger,
    /// Not a person.
    Service,
    /// A person whose name looks like a service.
    ServiceLikePerson,
}

impl Difficulty {
    /// All kinds, the plain ones first, then the traps.
    pub const ALL: [Self; 31] = [
        Self::ExactAddress,
        Self::CaseOrTag,
        Self::AliasAddress,
        Self::LoginAddress,
        Self::GmailDots,
        Self::FormerDomain,
        Self::OtherPattern,
        Self::Transliteration,
        Self::Nickname,
        Self::Initials,
        Self::SwappedOrder,
        Self::DoubleSurname,
        Self::ChangedSurname,
        Self::Typo,
        Self::PersonalNamed,
        Self::PersonalOpaque,
        Self::UsernameOnly,
        Self::EmployeeNumber,
        Self::NameOnly,
        Self::SecondAccount,
        Self::SameName,
        Self::RecycledAddress,
        Self::LookAlike,
        Self::SameInitial,
        Self::FatherSon,
        Self::ExternalNamesake,
        Self::FormerUnlisted,
        Self::Partner,
        Self::Stranger,
        Self::Service,
        Self::ServiceLikePerson,
    ];

    /// A short name for tables.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::ExactAddress => "exact address",
            Self::CaseOrTag => "case or plus-tag",
            Self::AliasAddress => "alias address",
            Self::LoginAddress => "login address",
            Self::GmailDots => "gmail dots",
            Self::FormerDomain => "former domain",
            Self::OtherPattern => "other pattern",
            Self::Transliteration => "transliteration",
            Self::Nickname => "nickname",
            Self::Initials => "initials",
            Self::SwappedOrder => "swapped order",
            Self::DoubleSurname => "double surname",
            Self::ChangedSurname => "changed surname",
            Self::Typo => "typo",
            Self::PersonalNamed => "personal, named",
            Self::PersonalOpaque => "personal, opaque",
            Self::UsernameOnly => "username only",
            Self::EmployeeNumber => "employee number",
            Self::NameOnly => "name only",
            Self::SecondAccount => "second account",
            Self::SameName => "same name",
            Self::RecycledAddress => "recycled address",
            Self::LookAlike => "look-alike name",
            Self::SameInitial => "same initial",
            Self::FatherSon => "father and son",
            Self::ExternalNamesake => "external namesake",
            Self::FormerUnlisted => "former, unlisted",
            Self::Partner => "partner",
            Self::Stranger => "stranger",
            Self::Service => "service",
            Self::ServiceLikePerson => "service-like person",
        }
    }
}

/// What an app's export shows of a user besides dates.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// An address and perhaps a name.
    Mail,
    /// An address, perhaps a name, and for some the employee number.
    Numbered,
    /// A login name alone.
    Username,
    /// A display name alone: "Last, First".
    LastFirst,
}

use Difficulty::*;

const MAIL: [(Difficulty, u32); 28] = [
    (ExactAddress, 560),
    (CaseOrTag, 42),
    (AliasAddress, 26),
    (LoginAddress, 24),
    (GmailDots, 3),
    (FormerDomain, 48),
    (OtherPattern, 52),
    (Transliteration, 25),
    (Nickname, 24),
    (Initials, 15),
    (SwappedOrder, 15),
    (DoubleSurname, 15),
    (ChangedSurname, 16),
    (Typo, 18),
    (PersonalNamed, 24),
    (PersonalOpaque, 18),
    (SecondAccount, 18),
    (SameName, 12),
    (RecycledAddress, 9),
    (LookAlike, 9),
    (SameInitial, 9),
    (FatherSon, 2),
    (ServiceLikePerson, 6),
    (ExternalNamesake, 9),
    (FormerUnlisted, 40),
    (Partner, 36),
    (Stranger, 14),
    (Service, 52),
];

const USERNAME: [(Difficulty, u32); 7] = [
    (UsernameOnly, 780),
    (SameInitial, 30),
    (Service, 75),
    (FormerUnlisted, 55),
    (ServiceLikePerson, 6),
    (SecondAccount, 12),
    (Partner, 20),
];

const LAST_FIRST: [(Difficulty, u32); 14] = [
    (NameOnly, 620),
    (Nickname, 50),
    (Initials, 20),
    (SwappedOrder, 25),
    (DoubleSurname, 30),
    (ChangedSurname, 20),
    (Typo, 40),
    (Transliteration, 30),
    (SameName, 30),
    (LookAlike, 18),
    (FatherSon, 5),
    (Service, 50),
    (FormerUnlisted, 30),
    (ExternalNamesake, 6),
];

/// The kinds met in an app of that shape, with their weights.
pub(super) fn weights(shape: Shape) -> &'static [(Difficulty, u32)] {
    match shape {
        Shape::Mail | Shape::Numbered => &MAIL,
        Shape::Username => &USERNAME,
        Shape::LastFirst => &LAST_FIRST,
    }
}
