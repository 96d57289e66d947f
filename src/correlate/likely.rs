//! Accounts that no id and no address leads to anybody: how likely is each person, how likely nobody?

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::agreement::Level;
use super::identifiers::Found;
use super::matcher::Matcher;
use super::model::{Bits, Comparison, LocalLevel, Model, Place, Sampled, Start};
use super::names::hash;
use super::traits::Traits;
use super::{
    ACCEPT, ASK, AccountId, Candidate, DomainAlias, Evidence, Fact, Link, MOST_CANDIDATES, Method, Outcome,
    OwnedDomains, PersonId, Roster, Settled, Stranger, Unlike, domains, outside_domain,
};
use crate::import::AccountRecord;
use crate::model::fold_name;
use crate::workspace::Policy;

/// What has been learned of the accounts at hand.
pub(super) struct Likely {
    model: Model,
    domains: OwnedDomains,
    /// Who has an account in which app, by id or address.
    present: FxHashSet<(u32, PersonId)>,
    /// The share of people who have one, by app.
    coverage: Vec<f64>,
    apps: FxHashMap<String, u32>,
    /// Of each outside domain, how many local parts there are, and how many of them are the full name of somebody here who has
    /// them as well.
    outside: HashMap<String, (usize, usize)>,
    /// Names of these domains, as firms go by them: `accenture` of `accenture.com`.
    firms: HashSet<String>,
    /// Names of people who have accounts at other organizations.
    elsewhere: HashSet<String>,
}

/// Of accounts in another organization's domain, one in ten is somebody's of ours who was there before; four accounts of
/// a domain count as much as that.
const OUTSIDERS: f64 = 0.1;
const OUTSIDE_PRIOR: f64 = 4.0;

/// Accounts looked at to learn the weights; more do not change them.
const SAMPLE: usize = 12_000;

/// Pairs of accounts and people who have nothing to do with each other, to learn what is mere chance.
const STRANGERS: usize = 4_000;

impl Likely {
    /// Learns the weights from the accounts at hand.
    pub(super) fn new(roster: &Roster, policy: &Policy, matcher: &mut Matcher<'_>, settled: &[Settled]) -> Self {
        let people = roster.people().count();
        let domains = OwnedDomains::new(roster, policy);
        let mut apps: FxHashMap<String, u32> = FxHashMap::default();
        let mut present = FxHashSet::default();
        let mut sure = Vec::new();
        for (id, settled) in roster.accounts().zip(settled) {
            let next = u32::try_from(apps.len()).unwrap_or(u32::MAX);
            let app = *apps.entry(roster.app(id).key().to_owned()).or_insert(next);
            if let Some(person) = settled.found().and_then(Found::only) {
                present.insert((app, person));
                sure.push((id, person));
            }
        }
        let mut model = Model::new(people);
        // Chosen by hashes, so that neither a random number nor the order of rows decides.
        let mut everybody: Vec<PersonId> = roster.people().collect();
        everybody.sort_unstable_by_key(|person| matcher.rank(*person));
        let times = |id: AccountId, person: PersonId| {
            let account = roster.account(id);
            let (start, end) = matcher.tenures.dates(account, person);
            (start, end, matcher.tenures.standing(account, person))
        };
        let share = (sure.len() / STRANGERS).max(1) as u64;
        let strangers = sure.iter().filter_map(|(id, person)| {
            let number = account_hash(roster, *id);
            let other = everybody.get(usize::try_from(number / share).unwrap_or(0) % everybody.len().max(1))?;
            (number.is_multiple_of(share) && other != person).then(|| times(*id, *other))
        });
        model.see_times(sure.iter().map(|(id, person)| times(*id, *person)), strangers);
        let mut coverage = vec![0.0; apps.len()];
        for (app, _) in &present {
            if let Some(coverage) = coverage.get_mut(*app as usize) {
                *coverage += 1.0 / people.max(1) as f64;
            }
        }
        let mut likely = Self {
            model,
            domains,
            present,
            coverage,
            apps,
            outside: HashMap::new(),
            firms: HashSet::new(),
            elsewhere: HashSet::new(),
        };
        let open = || roster.accounts().zip(settled).filter(|(_, settled)| matches!(settled, Settled::Open));
        let mut locals: BTreeSet<(String, String)> = BTreeSet::new();
        for (id, _) in open() {
            let account = roster.account(id);
            if likely.place(account) == Place::Outside
                && let Some(address) = account.addresses().next()
                && locals.insert((address.domain().to_owned(), address.local().to_owned()))
            {
                let (all, here) = likely.outside.entry(address.domain().to_owned()).or_default();
                *all += 1;
                *here += usize::from(matcher.has_local(address.local()));
            }
        }
        let others = likely.outside.iter().filter(|(_, (all, here))| !is_former(*all as f64, *here as f64));
        let labels = others.filter_map(|(domain, _)| domain.split('.').next()).filter(|label| label.len() > 2);
        likely.firms = labels.map(str::to_owned).collect();
        for (id, _) in open() {
            let account = roster.account(id);
            if likely.place(account) == Place::Outside && !likely.looks_former(account) {
                likely.elsewhere.insert(fold_name(&account.display_name));
            }
        }
        let share = (open().count() / SAMPLE).max(1) as u64;
        let mut sample = Vec::new();
        for (id, _) in open().filter(|(id, _)| account_hash(roster, *id).is_multiple_of(share)) {
            let account = roster.account(id);
            if matcher.is_service(account).is_some() {
                continue;
            }
            let traits = matcher.traits(account, roster.app(id).key());
            let compared = likely.compare(roster, matcher, &traits, id).into_iter().map(|(_, compared)| compared);
            let (place, known) = (likely.place(account), likely.known(account));
            sample.push(Sampled { app: likely.app(roster, id), place, known, candidates: compared.collect() });
        }
        likely.model.learn(&sample);
        likely
    }

    /// Notes who has been found to have an account in which app, and tells for which reviews that is news.
    pub(super) fn note_links(&mut self, roster: &Roster, outcomes: &[Outcome]) -> Vec<AccountId> {
        let mut news: FxHashSet<(u32, PersonId)> = FxHashSet::default();
        for (id, outcome) in roster.accounts().zip(outcomes) {
            if let Link::Person(person) = outcome.link {
                let at = (self.app(roster, id), person);
                if self.present.insert(at) {
                    news.insert(at);
                }
            }
        }
        let is_news = |(id, outcome): (AccountId, &Outcome)| {
            let app = self.app(roster, id);
            let mut candidates = outcome.candidates().iter();
            candidates.any(|candidate| news.contains(&(app, candidate.person))).then_some(id)
        };
        roster.accounts().zip(outcomes).filter_map(is_news).collect()
    }

    /// The chance that an account at an outside domain is somebody's of the directory, by the others of the domain: of a former
    /// domain most have a local part that somebody here has. `None` for other places, where it is learned.
    fn known(&self, account: &AccountRecord) -> Option<f64> {
        if self.place(account) != Place::Outside {
            return None;
        }
        let (all, namesakes) = self.namesakes(account)?;
        // Without the account itself, which shall not speak for itself.
        let (all, namesakes) = ((all - 1.0).max(0.0), (namesakes - 1.0).max(0.0));
        Some(((namesakes + OUTSIDERS * OUTSIDE_PRIOR) / (all + OUTSIDE_PRIOR)).min(0.95))
    }

    /// How many local parts there are at the domain of an account, and how many of them somebody here has.
    fn namesakes(&self, account: &AccountRecord) -> Option<(f64, f64)> {
        let (all, here) = *self.outside.get(account.addresses().next()?.domain())?;
        Some((all as f64, here as f64))
    }

    /// Whether a domain looks like a former one of the organization: five of its local parts at least, and two of three, are
    /// somebody's here. Namesakes at partners are fewer.
    fn looks_former(&self, account: &AccountRecord) -> bool {
        self.namesakes(account).is_some_and(|(all, namesakes)| is_former(all, namesakes))
    }

    fn place(&self, account: &AccountRecord) -> Place {
        let mut place = Place::Nowhere;
        for address in account.addresses() {
            if self.domains.owns(address.domain()) {
                return Place::Own;
            }
            let here = if domains::is_public(address.domain()) { Place::Public } else { Place::Outside };
            place = place.max(here);
        }
        place
    }

    fn app(&self, roster: &Roster, id: AccountId) -> u32 {
        self.apps.get(roster.app(id).key()).copied().unwrap_or(u32::MAX)
    }

    fn compare(
        &self,
        roster: &Roster,
        matcher: &Matcher<'_>,
        traits: &Traits<'_>,
        id: AccountId,
    ) -> Vec<(PersonId, Comparison)> {
        let app = self.app(roster, id);
        let people = matcher.people_like(traits).into_iter();
        let coverage = self.coverage.get(app as usize).copied().unwrap_or(0.0);
        let compare = |like: (PersonId, _)| {
            (like.0, matcher.compare(traits, like, self.present.contains(&(app, like.0)), coverage))
        };
        people.map(compare).collect()
    }

    /// Who owns an account that no id and no address leads to anybody.
    pub(super) fn outcome(&self, roster: &Roster, matcher: &mut Matcher<'_>, id: AccountId) -> Outcome {
        let account = roster.account(id);
        let traits = matcher.traits(account, roster.app(id).key());
        let field = self.field(roster, matcher, &traits, id);
        let likely = field.order.first().copied().filter(|best| field.shares[*best] >= ACCEPT);
        let doubt = likely.and_then(|best| self.doubt(matcher, account, &traits, &field, best));
        if let Some(best) = likely.filter(|_| doubt.is_none()) {
            let best = self.candidate(matcher, &traits, &field, best);
            return Outcome::person_found(best.person, best.method, best.confidence, best.evidence);
        }
        // Somebody's own device, or a program that acts for somebody, is worth a question.
        if let Some(service) =
            matcher.is_service(account).filter(|_| !matches!(doubt, Some(Doubt::Fact(Fact::ServiceWord { .. }))))
        {
            return service;
        }
        let chosen = field.worth_asking();
        if chosen.is_empty() {
            return self.nobody(matcher, account, &traits);
        }
        let chosen = chosen.into_iter().map(|index| self.candidate(matcher, &traits, &field, index));
        let mut candidates: Vec<Candidate> = chosen.collect();
        if let (Some(Doubt::Fact(fact)), Some(best)) = (doubt, candidates.first_mut()) {
            best.evidence.push(Evidence::sure(fact));
        }
        let fitting = candidates.len();
        if fitting > 1 {
            let shared = Evidence { fact: Fact::SharedBy(fitting), weight: None };
            candidates.iter_mut().for_each(|candidate| candidate.evidence.push(shared.clone()));
        }
        let is_outside = outside_domain(account.addresses(), &self.domains).is_some();
        let stranger = if is_outside && !self.looks_former(account) { Stranger::Outside } else { Stranger::Unknown };
        let unlikely = candidates.first().is_some_and(|best| best.confidence < field.nobody);
        Outcome::review(candidates, unlikely.then_some(stranger))
    }

    /// Everybody an account may belong to, and how likely each is.
    fn field(&self, roster: &Roster, matcher: &Matcher<'_>, traits: &Traits<'_>, id: AccountId) -> Field {
        let account = roster.account(id);
        let place = self.place(account);
        let known = self.known(account).unwrap_or_else(|| self.model.known(self.app(roster, id), place));
        let compared = self.compare(roster, matcher, traits, id);
        let bits = self.model.bits_of(place, compared.iter().map(|(_, compared)| compared));
        let sums: Vec<f64> = bits.iter().map(|bits| bits.sum()).collect();
        let (mut shares, nobody) = self.model.share(known, &sums);
        // Sums in another order differ in their last digits.
        shares.iter_mut().for_each(|share| *share = (*share * 1e6).round() / 1e6);
        let mut order: Vec<usize> = (0..compared.len()).collect();
        // Of equals, somebody who works here is the more useful question, then whoever is marked as an external as the account is,
        // or neither, then whose department stands beside the name, then whoever had come last when the account was made;
        // then an order the rows of the files do not change.
        let tie = |index: &usize| {
            let person = compared[*index].0;
            let differs = matcher.is_outsider(person) != traits.outsider.is_some();
            let is_in = traits.remarks.iter().any(|remark| remark == matcher.department_of(person));
            let came = matcher.tenures.days_before(account, person);
            (matcher.tenures.is_gone(person), differs, !is_in, came, matcher.rank(person))
        };
        order.sort_by(|a, b| shares[*b].total_cmp(&shares[*a]).then_with(|| tie(a).cmp(&tie(b))));
        Field { place, known, compared, bits, shares, nobody, order }
    }

    /// What speaks for asking about the likeliest person all the same.
    fn doubt(
        &self,
        matcher: &Matcher<'_>,
        account: &AccountRecord,
        traits: &Traits<'_>,
        field: &Field,
        best: usize,
    ) -> Option<Doubt> {
        let (person, compared) = field.compared[best];
        let rivals = field.order.iter().skip(1).map(|index| field.compared[*index]);
        let alone = self.against_standing_alone(field.place, &compared, rivals);
        // (Initech), (Initech GmbH), (at Initech).
        let names_firm = |remark: &&String| {
            let words = || remark.split(' ');
            words().count() < 4 && words().any(|word| self.firms.contains(word))
        };
        let firm = || traits.remarks.iter().filter(|_| traits.remarks.len() > 1).find(names_firm);
        let mark = || traits.outsider.as_ref().or_else(firm).filter(|mark| !matcher.is_job(person, mark));
        let is_ours = || !matcher.is_outsider(person) && matcher.is_at_home(person, &self.domains);
        let marked = || mark().filter(|_| is_ours()).map(|_| Doubt::Fact(Fact::MarkedExternal));
        let program = || matcher.beside_name(account).filter(|_| traits.is_named).map(Doubt::Fact);
        let unread = || matcher.unread_namesake(person).map(|other| Doubt::Fact(Fact::Namesake(other)));
        let ours = || self.against_being_ours(account, traits, field.place, &compared, field.shares[best]);
        alone.or_else(marked).or_else(program).or_else(unread).or_else(ours)
    }

    fn candidate(&self, matcher: &Matcher<'_>, traits: &Traits<'_>, field: &Field, index: usize) -> Candidate {
        let (person, compared) = &field.compared[index];
        let at = (field.place, field.known);
        let evidence = self.evidence(matcher, traits, *person, compared, &field.bits[index], at);
        let method = match compared.local {
            _ if traits.is_named => Method::Name,
            Some(LocalLevel::Own) => Method::Alias,
            _ => Method::Pattern,
        };
        Candidate { person: *person, method, confidence: field.shares[index], evidence }
    }

    /// What an account is that belongs to nobody of the directory.
    fn nobody(&self, matcher: &Matcher<'_>, account: &AccountRecord, traits: &Traits<'_>) -> Outcome {
        match outside_domain(account.addresses(), &self.domains) {
            // Who is at a former domain and nobody here was ours and has left.
            Some(domain) if self.looks_former(account) => {
                let (all, namesakes) = self.namesakes(account).unwrap_or_default();
                let fact =
                    Fact::FormerDomain { domain: domain.into(), namesakes: namesakes as usize, all: all as usize };
                Outcome::without_person(Link::Nobody, vec![Evidence::sure(fact)])
            }
            Some(domain) => {
                Outcome::without_person(Link::External, vec![Evidence::sure(Fact::OutsideDomain(domain.into()))])
            }
            None => {
                let unread = matcher.cannot_read(traits).then(|| Fact::Unread(account.display_name.as_str().into()));
                let facts = std::iter::once(Fact::NotInDirectory).chain(unread);
                Outcome::without_person(Link::Nobody, facts.map(Evidence::sure).collect())
            }
        }
    }

    /// What keeps a likely person from being the only one: another candidate bears the same name, or nearly. Of two namesakes
    /// one may have left, and a name does not say which. What only one of them has before the `@` does.
    fn against_standing_alone(
        &self,
        place: Place,
        best: &Comparison,
        mut rivals: impl Iterator<Item = (PersonId, Comparison)>,
    ) -> Option<Doubt> {
        let name = best.like.name;
        let own = best.local == Some(LocalLevel::Own);
        let near = |rival: &Comparison| {
            let as_good = rival.like.name.distance() <= name.distance() + NEAR && rival.like.name.is_full();
            // A sign-in name is somebody's; an address is not, where nobody has it: namesakes make theirs alike.
            let identifies = matches!(place, Place::Nowhere | Place::Outside);
            let fits = rival.local == Some(LocalLevel::Fits) && !best.like.local_numbered;
            let own_alone = own && rival.local != Some(LocalLevel::Own) && !fits && identifies;
            let other_own = rival.local == Some(LocalLevel::Own) && !own;
            other_own || (as_good && !own_alone)
        };
        // An account older than the person's time here is asked about, whatever its name is.
        let is_all = name.is_full() || best.like.is_whole || own;
        if matches!(best.start, Start::BeforeHire | Start::AfterLeaving) || !is_all {
            return Some(Doubt::Shown);
        }
        let stranger = (place == Place::Own && best.like.has_stranger).then_some(Unlike::Stranger);
        if let Some(unlike) = best.like.unlike.or(stranger) {
            return Some(Doubt::Fact(Fact::Unlike(unlike)));
        }
        // Mark is a name of its own beside Marcus, and so is Thomas James beside James Thomas: where he has an account already, or
        // an address or sign-in name of ours is made of it, they may be two.
        let is_issued = matches!(place, Place::Own | Place::Nowhere) && best.local == Some(LocalLevel::Fits);
        if best.second == Some(true) || is_issued {
            if best.like.is_turned {
                return Some(Doubt::Fact(Fact::Turned));
            }
            if best.like.is_other_given {
                return Some(Doubt::Fact(Fact::Unlike(Unlike::Cognate)));
            }
        }
        rivals.find(|(_, rival)| near(rival)).map(|(person, _)| Doubt::Fact(Fact::Namesake(person)))
    }

    /// What speaks for another person of the name: an address in another organization, here or in another app. In what looks
    /// like a former domain a display name is needed beside the address, since nobody has declared it.
    fn against_being_ours(
        &self,
        account: &AccountRecord,
        traits: &Traits<'_>,
        place: Place,
        best: &Comparison,
        share: f64,
    ) -> Option<Doubt> {
        match place {
            Place::Outside if !self.looks_former(account) => Some(Doubt::Shown),
            Place::Outside
                if traits.has_words() && best.like.name.is_full() && best.like.name.given.level != Level::Part =>
            {
                None
            }
            Place::Outside => Some(Doubt::Fact(Fact::Undeclared(traits.domain().unwrap_or_default()))),
            // John Smith 2 has a number because there was another John Smith.
            Place::Own if best.like.local_numbered && best.local != Some(LocalLevel::Own) => {
                Some(Doubt::Fact(Fact::NumberedLogin))
            }
            Place::Own => None,
            // The whole world shares the names before the @ of a public domain.
            Place::Public if !traits.is_named && share < SURE_OF_WORLD => Some(Doubt::Shown),
            Place::Nowhere | Place::Public => {
                let elsewhere =
                    !account.display_name.is_empty() && self.elsewhere.contains(&fold_name(&account.display_name));
                elsewhere.then_some(Doubt::Fact(Fact::NameElsewhere))
            }
        }
    }

    fn evidence(
        &self,
        matcher: &Matcher<'_>,
        traits: &Traits<'_>,
        person: PersonId,
        compared: &Comparison,
        bits: &Bits,
        (place, known): (Place, f64),
    ) -> Vec<Evidence> {
        let mut evidence = Vec::with_capacity(USUAL_FACTS);
        let name = matcher.name_evidence(compared.like.name).into_iter().zip([bits.given, bits.family]);
        evidence.extend(name.map(|(found, bits)| Evidence { weight: Some(bits), ..found }));
        let mut add = |fact: Option<Fact>, weight: f64| {
            evidence.extend(fact.map(|fact| Evidence { fact, weight: Some(weight) }));
        };
        add(matcher.local_fact(traits, person, compared.local), bits.local);
        let times = matcher.tenures.facts(traits.account, person, compared);
        times.into_iter().zip([bits.start, bits.end, bits.standing]).for_each(|(fact, bits)| add(fact, bits));
        add(compared.second.map(|second| if second { Fact::SecondAccount } else { Fact::FirstAccount }), bits.second);
        add(compared.department.map(|same| Fact::Department { same }), bits.department);
        let odds = (known / (1.0 - known)).log2();
        match place {
            Place::Own | Place::Nowhere => {}
            Place::Public => add(traits.domain().map(Fact::PersonalDomain), odds),
            Place::Outside => add(traits.domain().map(Fact::OutsideDomain), odds),
        }
        evidence
    }
}

/// As many facts there are about most candidates.
const USUAL_FACTS: usize = 6;

/// Everybody an account may belong to.
struct Field {
    place: Place,
    /// The chance that its owner is in the directory at all.
    known: f64,
    compared: Vec<(PersonId, Comparison)>,
    /// What speaks for each.
    bits: Vec<Bits>,
    /// How likely each is.
    shares: Vec<f64>,
    /// How likely none of them is.
    nobody: f64,
    /// Their places in these lists, the likeliest first.
    order: Vec<usize>,
}

impl Field {
    /// Those worth showing to whoever decides, the likeliest first. Whoever bears the name is shown beside the likeliest, however
    /// unlikely.
    fn worth_asking(&self) -> Vec<usize> {
        // Many namesakes share what one of them would have.
        if 1.0 - self.nobody < ASK {
            return Vec::new();
        }
        let distance = |index: usize| self.compared[index].1.like.name.distance();
        let nearest = self.order.first().map(|best| distance(*best));
        let namesake = |index: usize| {
            let is_full = self.compared[index].1.like.name.is_full();
            is_full && nearest.is_some_and(|nearest| distance(index) <= nearest + NEAR)
        };
        let worth = |index: &usize| self.shares[*index] >= ASK || namesake(*index);
        self.order.iter().copied().filter(worth).take(MOST_CANDIDATES).collect()
    }
}

/// Whether a domain of so many local parts, so many of which are somebody's here, looks like a former one.
fn is_former(all: f64, namesakes: f64) -> bool {
    namesakes >= 5.0 && namesakes * 3.0 >= all * 2.0
}

fn account_hash(roster: &Roster, id: AccountId) -> u64 {
    hash(&(roster.app(id).key(), roster.account(id).key()))
}

/// What a name before the `@` of a public domain must reach where no name is beside it.
const SURE_OF_WORLD: f64 = 0.99;

/// Why a likely person is asked about all the same.
enum Doubt {
    /// The evidence shows it.
    Shown,
    /// It is to be told.
    Fact(Fact),
}

/// A rival whose name agrees by no more than this many levels less is near.
const NEAR: u32 = 2;

/// Former domains the data propose: domains nobody declared at which most local parts are those of people here.
pub fn aliases(roster: &Roster, outcomes: &[Outcome]) -> Vec<DomainAlias> {
    let mut found: BTreeMap<(Arc<str>, Arc<str>), DomainAlias> = BTreeMap::new();
    let mut locals: HashMap<&str, BTreeMap<&str, bool>> = HashMap::new();
    for (id, outcome) in roster.accounts().zip(outcomes) {
        let same = outcome.evidence().iter().find_map(|evidence| match &evidence.fact {
            Fact::SameLocalPartElsewhere { domain, owned } => Some((domain, owned)),
            _ => None,
        });
        if let Some(email) = &roster.account(id).email {
            let known = locals.entry(email.domain()).or_default().entry(email.local()).or_default();
            *known |= same.is_some();
        }
        let (Some((domain, owned)), Some(person)) = (same, outcome.person()) else { continue };
        if domains::is_public(domain) {
            continue;
        }
        let new = || DomainAlias { domain: domain.to_string(), owned: owned.to_string(), accounts: Vec::new() };
        found.entry((domain.clone(), owned.clone())).or_insert_with(new).accounts.push((id, person));
    }
    let most = |alias: &DomainAlias| {
        let locals = locals.get(alias.domain.as_str());
        locals.is_some_and(|locals| locals.values().filter(|here| **here).count() * 2 > locals.len())
    };
    found.into_values().filter(most).collect()
}
