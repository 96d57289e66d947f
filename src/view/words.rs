//! Every sentence about findings, evidence and scenarios that screens, the command line and reports share.

use crate::analysis::Analysis;
use crate::catalog::Provisioning;
use crate::classify::{Kind, Reason};
use crate::compare::{Choice, ScenarioKind, Veto, Why};
use crate::correlate::{AccountId, Fact, Level, Link, Method, Outcome, Unlike};
use crate::import::{AccountStatus, Alteration, ColumnMeaning, Field, PersonStatus, Role, Standing};
use crate::workspace::ServiceClass;

use super::format;

/// A finding, as a label.
pub fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::InUse => "In use",
        Kind::Unused => "Unused",
        Kind::Orphaned => "Orphaned",
        Kind::Duplicate => "Duplicate",
        Kind::Service => "Service",
        Kind::External => "External",
        Kind::Closed => "Closed",
        Kind::Unknown => "Not known",
    }
}

/// Why an account is what it is, as a sentence without a final period.
pub fn reason(analysis: &Analysis, reason: &Reason) -> String {
    match reason {
        Reason::ClosedInApp => "Disabled or deleted in the app already".into(),
        Reason::Kept { reason, until: None } => format!("Kept by decision: {reason}"),
        Reason::Kept { reason, until: Some(until) } => format!("Kept until {}: {reason}", format::date(*until)),
        Reason::OnLeave => "The owner is on leave".into(),
        Reason::NotAccepted { since: Some(since) } => {
            format!("Invited {}, not accepted, and takes a paid seat", format::date(*since))
        }
        Reason::NotAccepted { since: None } => "Invited, not accepted, and takes a paid seat".into(),
        Reason::OwnerLeft(Some(day)) => format!("The owner left on {}", format::date(*day)),
        Reason::OwnerLeft(None) => "The owner has left".into(),
        Reason::OwnerSuspended(Some(day)) => format!("The owner is suspended since {}", format::date(*day)),
        Reason::OwnerSuspended(None) => "The owner is suspended".into(),
        Reason::NotInDirectory => "Nobody in the directory has this address, id or name".into(),
        Reason::LikelyNobody => "Most likely nobody's who works here; to be decided".into(),
        Reason::DecidedNobody => "Decided: it belongs to nobody who should have access".into(),
        Reason::DecidedPersonMissing => "Decided for a person whom no directory file names, or several do".into(),
        Reason::Service => "A service or shared account; no person expected".into(),
        Reason::External => "Somebody of another organization".into(),
        Reason::SecondAccount { of } => {
            format!("Second paid account of the same person; {} is kept", account_name(analysis, *of))
        }
        Reason::InactiveSince { last, days, threshold } => {
            format!(
                "Last active {}, {days} days before the as-of date; the threshold is {threshold} days",
                format::date(*last)
            )
        }
        Reason::NeverActive { since: Some(since) } => format!("Never active since {}", format::date(*since)),
        Reason::NeverActive { since: None } => "Never active; no file tells when it was created".into(),
        Reason::New { since } => format!("Never active, but new: created {}", format::date(*since)),
        Reason::Active { last } => format!("Last active {}", format::date(*last)),
        Reason::NoPaidSeat => "The owner works here, and the account takes no paid seat".into(),
        Reason::Invited => "Invited, not accepted yet; takes no paid seat".into(),
        Reason::ActivityNotReported => "The owner works here; the export has no last activity".into(),
    }
}

/// The name an account goes by on screens: its address, else its own key.
pub fn account_name(analysis: &Analysis, id: AccountId) -> String {
    let account = analysis.roster.account(id);
    account.email.as_ref().map_or_else(|| account.key().to_owned(), ToString::to_string)
}

/// The name an account bears, else what it goes by.
fn name_or_address(analysis: &Analysis, id: AccountId) -> String {
    let name = &analysis.roster.account(id).display_name;
    if name.is_empty() { account_name(analysis, id) } else { name.clone() }
}

/// How a person was found, as a label.
pub fn method(method: Method) -> &'static str {
    match method {
        Method::Decision => "Decision",
        Method::EmployeeId => "Employee number",
        Method::ExternalId => "Directory id",
        Method::Email => "Exact email",
        Method::Alias => "Alias address",
        Method::DomainAlias => "Domain alias",
        Method::Pattern => "Login pattern",
        Method::Name => "Name",
    }
}

/// How an account was matched, as a label, for all outcomes.
pub fn matched_by(outcome: &Outcome) -> String {
    match (&outcome.link, outcome.method) {
        (Link::Person(_), Some(found)) => method(found).into(),
        (Link::Review(_), Some(found)) => format!("{} · {:.2}", method(found), outcome.confidence),
        (Link::Service, _) => "Service rule".into(),
        (Link::External, _) => "Outside domain".into(),
        _ => "No match".into(),
    }
}

/// A piece of evidence, as a sentence.
pub fn fact(analysis: &Analysis, fact: &Fact) -> String {
    match fact {
        Fact::Decided => "A decision was made for this account".into(),
        Fact::DecidedPersonMissing(person) => {
            format!("Decided for {person}, whom no directory file names, or several do")
        }
        Fact::NowNames(person) => {
            format!("Its ids or addresses now lead to {}", analysis.roster.person(*person).display)
        }
        Fact::AppSaysService => "The app lists it as a program's account".into(),
        Fact::RoleSaysService(role) => format!("Its role, {role}, is one no person has"),
        Fact::ServiceWord { word, class } => format!("\"{word}\" in its name marks {}", service_class(*class)),
        Fact::SameEmployeeId(id) => format!("Same employee number, {id}"),
        Fact::SameExternalId(id) => format!("Same directory id, {id}"),
        Fact::SameEmail(address) => format!("Same address, {address}"),
        Fact::SameAlias(address) => format!("{address} is another address or the sign-in name"),
        Fact::KnownElsewhere { address, app } => format!("{address} is the person's in {app}"),
        Fact::SameMailbox(address) => format!("Same mailbox, {address}, under a tagged or disguised address"),
        Fact::SameLocalPart { domain, owned } => format!("Same name before the @; {domain} became {owned}"),
        Fact::SameLocalPartElsewhere { domain, owned } => {
            format!("Same name before the @, at {domain} instead of {owned}")
        }
        Fact::NamePart { is_given, level, account, person } => name_part(*is_given, *level, account, person),
        Fact::SameLogin(login) => format!("{login} is the person's own sign-in name"),
        Fact::LoginFits(login) => format!("{login} is made of the name"),
        Fact::LoginOfAnother(login) => format!("{login} is another person's, or made of another name"),
        Fact::LoginSilent(login) => format!("{login} is not made of the name"),
        Fact::MadeAtHire { days: 0 } => "Made on the day of hire".into(),
        Fact::MadeAtHire { days: days @ ..0 } => format!("Made {} before the hire", counted_days(-days)),
        Fact::MadeAtHire { days } => format!("Hired {} before the account", counted_days(*days)),
        Fact::MadeAfterHire => "Made after the hire".into(),
        Fact::OlderThanHire(hired) => format!("The account is older than the hire on {}", format::date(*hired)),
        Fact::MadeAfterLeaving(left) => format!("Made after leaving on {}", format::date(*left)),
        Fact::UsedAfterLeaving(left) => format!("Active after leaving on {}", format::date(*left)),
        Fact::Standing { is_closed: true, is_gone: true } => {
            "The account is closed, and the person has no access".into()
        }
        Fact::Standing { is_closed: true, is_gone: false } => {
            "The account is closed, though the person works here".into()
        }
        Fact::Standing { is_gone: true, .. } => "The account is open, though the person has no access".into(),
        Fact::Standing { .. } => "The account is open, and the person works here".into(),
        Fact::OtherName(name) => format!("It bears another name, {name}"),
        Fact::FormerHolder(former) => {
            format!("{} left and has the address with something added", analysis.roster.person(*former).display)
        }
        Fact::DoubtedElsewhere => "The address was somebody else's in another app".into(),
        Fact::FirstAccount => "Has no other account in this app".into(),
        Fact::SecondAccount => "Has an account in this app already".into(),
        Fact::Department { same: true } => "Same department".into(),
        Fact::Department { same: false } => "Another department".into(),
        Fact::PersonalDomain(domain) => format!("Personal domain, {domain}"),
        Fact::Namesake(person) => {
            let other = analysis.roster.person(*person);
            format!("{} bears nearly the same name", other.display)
        }
        Fact::NumberedLogin => "The number tells of another person of the name".into(),
        Fact::Unlike(unlike) => what_is_unlike(*unlike).into(),
        Fact::Turned => "First name and surname stand in the other order, and each may be either".into(),
        Fact::MarkedExternal => "It is marked as an external's, which the directory does not say of this person".into(),
        Fact::NamedOtherwise(other) => {
            format!("Another account in this app, {}, would be the same person's", name_or_address(analysis, *other))
        }
        Fact::HereElsewhere(person) => {
            format!("{} works here in another list, by the same name", analysis.roster.person(*person).display)
        }
        Fact::NameElsewhere => "The name has an address at another organization in another app".into(),
        Fact::Undeclared(domain) => format!("Nobody has declared {domain} yours"),
        Fact::SharedBy(people) => format!("{people} people fit equally or nearly"),
        Fact::Colleagues { with, of } => {
            let (with, of) = (format::count(*with as u64), format::count(*of as u64));
            format!("{with} of {of} colleagues in the department are known to have an account in this app")
        }
        Fact::OutsideDomain(domain) => format!("{domain} is not one of your domains"),
        Fact::FormerDomain { domain, namesakes, all } => {
            format!(
                "{domain} looks like a former domain of yours ({namesakes} of {all} names are people here); nobody has this one"
            )
        }
        Fact::Unread(name) => format!("{name} is in a script that can only be compared with names in the same one"),
        Fact::NotInDirectory => "No address, id or name of it is in the directory".into(),
    }
}

/// What stands behind an account that is no person's, as a label.
pub fn service_kind(class: ServiceClass) -> &'static str {
    match class {
        ServiceClass::Service => "Program",
        ServiceClass::Integration => "Integration",
        ServiceClass::Shared => "Shared",
        ServiceClass::Test => "Test",
    }
}

fn service_class(class: ServiceClass) -> &'static str {
    match class {
        ServiceClass::Service => "a service account",
        ServiceClass::Integration => "the account of an integration",
        ServiceClass::Shared => "a shared account",
        ServiceClass::Test => "a test account",
    }
}

fn counted_days(days: i32) -> String {
    format::counted(days.unsigned_abs(), "day", "days")
}

fn what_is_unlike(unlike: Unlike) -> &'static str {
    match unlike {
        Unlike::Slip => "The name as it stands is one people bear",
        Unlike::Alike => "Another first name may begin or end alike",
        Unlike::Beginning => "Another first name stands in front, as a son's or daughter's does",
        Unlike::Generation => "The directory tells of no junior or senior",
        Unlike::Several => "Two people seem to share it",
        Unlike::Renamed => "It bears another surname, though its address is made of the full name",
        Unlike::Half => "Half of the name alone may be somebody else's",
        Unlike::Spelled => "The person's name is not known to be spelled so",
        Unlike::Stranger => "A word before the @ is no part of the name",
        Unlike::Cognate => "The first name is one of its own, and tells of two people here",
    }
}

/// How far a part of a name agrees, as a phrase.
fn name_part(is_given: bool, level: Level, account: &str, person: &str) -> String {
    let part = if is_given { "First name" } else { "Surname" };
    match level {
        Level::Same => format!("{part} equal"),
        // Written the same once case is left aside.
        Level::Accents if account == person => format!("{part} equal"),
        Level::Accents => format!("{part} equal but for accents: {account}, {person}"),
        Level::Romanized => format!("{part} equal in another spelling: {account}, {person}"),
        Level::Part => format!("{part} is a part of a longer one: {account}"),
        Level::Nickname => format!("{account} is a form of {person}"),
        Level::Cognate => format!("{account} may be {person}, but is a name of its own as well"),
        Level::Typo => format!("{part} differs by a slip: {account}, {person}"),
        Level::Alike => format!("{account} begins or ends as {person} does"),
        Level::Initial => format!("{part} by its first letter"),
        Level::Missing => format!("{part} not told"),
        Level::Different => format!("{part} differs"),
    }
}

/// A person's status, as a label.
pub fn person_status(status: PersonStatus) -> &'static str {
    match status {
        PersonStatus::Active => "Active",
        PersonStatus::Pending => "Not started",
        PersonStatus::Suspended => "Suspended",
        PersonStatus::Deactivated => "Left",
        PersonStatus::Deleted => "Deleted",
        PersonStatus::NotReported => "Status not reported",
    }
}

/// An account's status, as a label.
pub fn account_status(status: AccountStatus) -> &'static str {
    match status {
        AccountStatus::Active => "Active",
        AccountStatus::Invited => "Invited",
        AccountStatus::Suspended => "Disabled",
        AccountStatus::Deleted => "Deleted",
        AccountStatus::Unknown => "Status not reported",
    }
}

/// A course of action, as a label.
pub fn scenario(kind: ScenarioKind) -> &'static str {
    match kind {
        ScenarioKind::StayManual => "Stay manual",
        ScenarioKind::CleanUp => "Clean up at renewal",
        ScenarioKind::Upgrade => "Upgrade tier",
        ScenarioKind::Automate => "Automate, flat fee",
        ScenarioKind::NativeScim => "Use native SCIM",
    }
}

/// A recommendation, as a label.
pub fn choice(choice: Choice) -> &'static str {
    match choice {
        Choice::Take(kind) => scenario(kind),
        Choice::EnterQuote => "Enter a quote",
        Choice::EnterContract => "Enter the contract",
        Choice::EnterRate => "Enter an exchange rate",
        Choice::ImportAccounts => "Import its accounts",
    }
}

/// A recommendation within a sentence.
pub fn choice_within(of: Choice) -> String {
    let mut letters = choice(of).chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

/// A reason for a recommendation, or what would change it, as a sentence without a final period.
pub fn why(why: &Why) -> String {
    match why {
        Why::ScimIncluded { plan } => format!("{plan} includes SCIM: switching it on costs no license"),
        Why::TargetUnpriced { plan, reason } => format!("{plan} has no published price: {reason}"),
        Why::LeftOut { plan, reason } => format!("Upgrading to {plan} is left out: {reason}"),
        Why::NotPriced(reason) => format!("What is paid is not known: {reason}"),
        Why::NotListed => "No file lists its accounts, so what of it is used is not known".into(),
        Why::IdpWithoutScim { idp: name, provisioning } => {
            format!("{} {}, so SCIM does not automate offboarding", idp(name), provisioning_words(*provisioning))
        }
        Why::PlanWithoutScim { plan } => format!("{plan} has no SCIM, so upgrading does not automate offboarding"),
        Why::HardDelete => "SCIM deletes users for good, with no recovery".into(),
        Why::SmallAndCalm { impact, alternative } => format!(
            "A small team with few leavers: the impact of {} is below the {} of the cheapest change",
            format::money(*impact),
            format::money(*alternative)
        ),
        Why::BestValue { saving, years } => {
            format!("Best value: {} better than staying manual over {years} years", format::money(*saving))
        }
        Why::NothingBetter => "No other course costs less than staying".into(),
        Why::UpgradeAgainstImpact { premium, impact } => {
            format!("Upgrading costs {} a year more; the impact is {}", format::money(*premium), format::money(*impact))
        }
        Why::BreakEven { fee, seats, have } => format!(
            "The upgrade costs more than a fee of {} from {seats} seats on; you have {have}",
            format::money(*fee)
        ),
        Why::Quote { plan } => format!("a quote for {plan}"),
        Why::FewerSeats(seats) => format!("fewer than {seats} seats"),
        Why::AlreadyOn { plan } => format!("being on {plan} already"),
        Why::OtherIdp => "an identity provider that ends accounts by SCIM".into(),
        Why::AcceptHardDelete => "accepting that users are deleted for good".into(),
        Why::FeeAbove(fee) => format!("a flat fee above {}", format::money(*fee)),
        Why::Growth => "more seats, or more leavers".into(),
    }
}

/// What speaks against a course of action, as a sentence without a final period.
pub fn veto(veto: &Veto) -> String {
    match veto {
        Veto::IdpWithoutScim { idp: name, provisioning } => {
            format!("{} {}", idp(name), provisioning_words(*provisioning))
        }
        Veto::IdpUnknown { idp: Some(name) } => {
            format!("Whether {} can end accounts in this app is not in the catalog", idp(name))
        }
        Veto::IdpUnknown { idp: None } => "No directory file tells which identity provider is used".into(),
        Veto::HardDelete => "Deprovisioned users are deleted for good".into(),
        Veto::DeletionUnknown => "Whether deprovisioned users can be brought back is not in the catalog".into(),
        Veto::PlanWithoutScim { plan } => format!("{plan} has no SCIM"),
        Veto::ScimUnknown { plan } => format!("Whether {plan} has SCIM is not in the catalog"),
        Veto::Disputed => "Public lists disagree about the price; the greatest is taken".into(),
        Veto::OwnQuote => "The price is your own entry".into(),
        Veto::Prerequisite(text) | Veto::Constraint(text) => text.clone(),
        Veto::NoBand => "No volume discount is published for this number of seats; list price taken".into(),
        Veto::FromPrice => "The list price is a \"from\" price; the bill may be higher".into(),
    }
}

/// What an identity provider does with accounts, behind its name.
pub fn provisioning_words(provisioning: Provisioning) -> &'static str {
    match provisioning {
        Provisioning::Scim => "ends accounts by SCIM",
        Provisioning::Jit => "makes accounts at the first sign-in and never ends them",
        Provisioning::SsoOnly => "signs people in and never ends accounts",
    }
}

/// The name of an identity provider.
pub fn idp(id: &str) -> &str {
    match id {
        "okta" => "Okta",
        "entra_id" => "Microsoft Entra ID",
        "google_workspace" => "Google Workspace",
        "onelogin" => "OneLogin",
        "jumpcloud" => "JumpCloud",
        "pingone" => "PingOne",
        "active_directory" => "Active Directory",
        other => other,
    }
}

/// What a file holds, as a label.
pub fn role(role: Role) -> &'static str {
    match role {
        Role::Directory => "Directory",
        Role::Accounts => "Accounts",
        Role::Contracts => "Contracts",
        Role::Rates => "Exchange rates",
        Role::Unknown => "Not recognized",
    }
}

/// Records counted by what they are: `531 people`, `1 contract`.
pub fn records(role: Role, count: usize) -> String {
    let (one, many) = match role {
        Role::Directory => ("person", "people"),
        Role::Accounts => ("account", "accounts"),
        Role::Contracts => ("contract", "contracts"),
        Role::Rates => ("rate", "rates"),
        Role::Unknown => ("row", "rows"),
    };
    format::counted(u32::try_from(count).unwrap_or(u32::MAX), one, many)
}

/// A value that is another one now: `status active → suspended`.
pub fn alteration(altered: &Alteration) -> String {
    let told = |value: &str| if value.is_empty() { "none".to_owned() } else { value.replace('_', " ") };
    format!("{} {} → {}", altered.what, told(&altered.before), told(&altered.after))
}

/// What a word of a status column says, as a label for lists of that kind.
pub fn standing(standing: Standing, role: Role) -> &'static str {
    match (standing, role) {
        (Standing::Active, Role::Directory) => "Works here",
        (Standing::Active, _) => "Active",
        (Standing::Pending, Role::Directory) => "Has not started",
        (Standing::Pending, _) => "Invited",
        (Standing::Suspended, _) => "Suspended",
        (Standing::Deactivated, Role::Directory) => "Has left",
        (Standing::Deactivated, _) => "Switched off",
        (Standing::Deleted, _) => "Deleted",
    }
}

/// What a column was read as, as a label; `None` where nothing goes by it.
pub fn column(column: &ColumnMeaning) -> Option<&'static str> {
    column.means.map(field).or_else(|| column.tested.then_some("(decides, by the layout's rules)"))
}

/// What a column means, as a label.
pub fn field(field: Field) -> &'static str {
    match field {
        Field::Id => "Id",
        Field::Username => "User name",
        Field::Email => "Email",
        Field::Alias => "Other addresses",
        Field::EmployeeId => "Employee number",
        Field::ExternalId => "Directory id",
        Field::Given => "Given name",
        Field::Family => "Family name",
        Field::Name => "Full name",
        Field::Status => "Status",
        Field::Role => "Role",
        Field::Seat => "Seat",
        Field::LastActive => "Last active",
        Field::LastSuccess => "Last success",
        Field::Created => "Created",
        Field::StatusChanged => "Status changed",
        Field::Department => "Department",
        Field::Title => "Job title",
        Field::WorkerType => "Worker type",
        Field::Manager => "Manager",
        Field::Hired => "Hired",
        Field::Left => "Left",
        Field::Expires => "Expires",
        Field::App => "App",
        Field::Plan => "Plan",
        Field::Seats => "Seats",
        Field::Price => "Price",
        Field::Unit => "Unit of the price",
        Field::Currency => "Currency",
        Field::Billing => "Billing",
        Field::Renewal => "Renewal",
        Field::Notice => "Notice",
        Field::Discount => "Discount",
        Field::Minimum => "Minimum seats",
        Field::BaseFee => "Base fee",
        Field::AddOn => "Add-on per seat",
        Field::OneOff => "One-off fee",
        Field::Commitment => "Least bill of a year",
        Field::Included => "Seats in the base fee",
        Field::Term => "Term",
        Field::Uplift => "Rise at renewal",
        Field::To => "In currency",
        Field::Rate => "Rate",
        Field::Date => "Day",
    }
}
