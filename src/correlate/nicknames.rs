use std::cmp::Ordering;
use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use super::romanize::sound;

/// Given names and their short and pet forms; the file says where they are from.
const NICKNAMES: &str = include_str!("../../assets/names/nicknames.txt");

/// Which given names are forms of one another. A name may be in several groups: Alex is Alexander or Alexandra, who are not
/// each other.
pub(super) struct Nicknames {
    groups: FxHashMap<&'static str, Vec<Form>>,
    /// By what names sound like: Wowa is Vova.
    spoken: FxHashMap<String, Vec<Form>>,
}

/// A name as a member of a group.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Ord, PartialOrd)]
pub(super) struct Form {
    /// The group.
    pub(super) group: u32,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq, Ord, PartialOrd)]
enum Kind {
    /// The full name.
    Full,
    /// A short or pet form.
    Short,
    /// A short form that is a name of its own as well.
    Own,
}

/// What makes two names one.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Ord, PartialOrd)]
pub(super) enum Bond {
    /// One is a form of the other, or both are of a third, and no name of its own.
    Form,
    /// Both are full forms: spellings of one name, or the names of two languages.
    Full,
    /// One is a form of the other, and a name of its own: as many are called so from the first.
    Cognate,
}

impl Form {
    /// What makes two forms one name: one of them is the full one, or both are short for it and nothing else.
    fn bond(self, other: Self) -> Option<Bond> {
        if self.group != other.group {
            return None;
        }
        match (self.kind, other.kind) {
            (Kind::Full, Kind::Full) => Some(Bond::Full),
            (Kind::Full | Kind::Short, Kind::Full | Kind::Short) => Some(Bond::Form),
            (Kind::Full, Kind::Own) | (Kind::Own, Kind::Full) => Some(Bond::Cognate),
            (Kind::Own, _) | (_, Kind::Own) => None,
        }
    }
}

/// What makes two names forms of one another, by the groups they are in. Both lists are in the order of groups, as
/// [`Nicknames::of`] gives them.
pub(super) fn bond(mut a: &[Form], mut b: &[Form]) -> Option<Bond> {
    let mut best: Option<Bond> = None;
    while let (Some((first, rest)), Some((other, others))) = (a.split_first(), b.split_first()) {
        best = best.into_iter().chain(first.bond(*other)).min();
        if best == Some(Bond::Form) {
            return best;
        }
        match first.group.cmp(&other.group) {
            Ordering::Less => a = rest,
            Ordering::Greater => b = others,
            Ordering::Equal => (a, b) = (rest, others),
        }
    }
    best
}

/// Whether a name is the full one of any of its groups.
pub(super) fn is_full(forms: &[Form]) -> bool {
    forms.iter().any(|form| form.kind == Kind::Full)
}

impl Nicknames {
    /// The ones the program is shipped with.
    pub(super) fn builtin() -> &'static Self {
        static BUILTIN: OnceLock<Nicknames> = OnceLock::new();
        BUILTIN.get_or_init(|| Self::parse(NICKNAMES))
    }

    /// Reads lines such as `dmitri|dmitry: dima mitya`. A `~` before a form says that it is also a name of its own.
    fn parse(text: &'static str) -> Self {
        let mut groups: FxHashMap<&str, Vec<Form>> = FxHashMap::default();
        let mut count = 0;
        for line in text.lines() {
            let Some((full, forms)) = line.split_once(':').filter(|_| !line.starts_with('#')) else { continue };
            // A name in two parts is compared part by part, or in one piece.
            let full = full.split('|').map(|name| (name.trim(), Kind::Full)).filter(|(name, _)| !name.contains('-'));
            let forms = forms.split_whitespace().map(|form| match form.strip_prefix('~') {
                Some(own) => (own, Kind::Own),
                None => (form, Kind::Short),
            });
            for (name, kind) in full.chain(forms) {
                groups.entry(name).or_default().push(Form { group: count, kind });
            }
            count += 1;
        }
        let mut spoken: FxHashMap<String, Vec<Form>> = FxHashMap::default();
        for (name, groups) in groups.iter().filter(|(name, _)| name.len() > 3) {
            spoken.entry(sound(name)).or_default().extend(groups);
        }
        Self { groups, spoken }
    }

    /// Whether it is a given name, in plain letters.
    pub(super) fn knows(&self, plain: &str) -> bool {
        self.groups.contains_key(plain)
    }

    /// The groups a name in plain letters is in, or names that sound like it where it is in none, each once and in their order.
    pub(super) fn of(&self, plain: &str, spoken: &str) -> Vec<Form> {
        let by_sound = || self.spoken.get(spoken).filter(|_| plain.len() > 3);
        let mut groups = self.groups.get(plain).or_else(by_sound).cloned().unwrap_or_default();
        // Of two roles in one group the one that says more comes first.
        groups.sort_unstable();
        groups.dedup_by_key(|form| form.group);
        groups
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_names() {
        let check = |a: &str, b: &str, expect: Option<Bond>| {
            let of = |name: &str| Nicknames::builtin().of(name, &sound(name));
            assert_eq!(bond(&of(a), &of(b)), expect, "{a} {b}");
        };
        let (form, cognate) = (Some(Bond::Form), Some(Bond::Cognate));
        check("william", "bill", form);
        check("bill", "will", form);
        check("sasha", "aleksandr", form);
        check("sasha", "alexandra", form);
        check("aleksandr", "alexandra", None);
        check("wowa", "vladimir", form);
        check("jean", "philippe", None);
        check("daniel", "daniela", None);
        check("christian", "christina", None);
        check("jan", "jana", None);
        check("marcus", "mark", cognate);
        check("michael", "michel", cognate);
        check("margaret", "megan", cognate);
        check("mark", "max", None);
        check("paul", "paolo", Some(Bond::Full));
    }
}
