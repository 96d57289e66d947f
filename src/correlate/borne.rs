//! Names that people bear, to tell another name from a slip: Shao beside Zhao is one, Zhaoo is none.

/// Surnames and given names that about a hundred people or more of the United States bear, in plain letters, sorted; the notice
/// beside the files says where they are from. The country has names of all others, so that they serve elsewhere.
const SURNAMES: &str = include_str!("../../assets/names/us-surnames.txt");
const GIVEN_NAMES: &str = include_str!("../../assets/names/us-given-names.txt");

/// Names of both lists that are neither rare nor almost always the one or the other, and how many times more often each is a
/// given name than a surname, as tenths of a power of ten.
const EITHER_NAMES: &str = include_str!("../../assets/names/either-names.txt");

/// Whether people bear it as a surname.
pub(super) fn is_surname(plain: &str) -> bool {
    has_line(SURNAMES, plain)
}

/// Whether people bear it as a given name.
pub(super) fn is_given_name(plain: &str) -> bool {
    has_line(GIVEN_NAMES, plain)
}

/// How many times more often a name is a given name than a surname, as tenths of a power of ten, where it is usual as either: of
/// Thomas and James nobody knows which comes first.
pub(super) fn given_rather(plain: &str) -> Option<i8> {
    line_of(EITHER_NAMES, plain)?.parse().ok()
}

fn has_line(text: &str, wanted: &str) -> bool {
    line_of(text, wanted).is_some()
}

/// What stands behind a word that begins a line of a sorted text, by halving it.
fn line_of<'a>(text: &'a str, wanted: &str) -> Option<&'a str> {
    let (mut from, mut to) = (0, text.len());
    while from < to {
        let middle = from + (to - from) / 2;
        let start = text[..middle].rfind('\n').map_or(0, |end| end + 1).max(from);
        let end = text[middle..].find('\n').map_or(text.len(), |end| middle + end);
        let line = &text[start..end];
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        match word.cmp(wanted) {
            std::cmp::Ordering::Equal => return Some(rest),
            std::cmp::Ordering::Less => from = end + 1,
            std::cmp::Ordering::Greater => to = start,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_people_bear() {
        for text in [SURNAMES, GIVEN_NAMES, EITHER_NAMES] {
            let lines: Vec<&str> = text.lines().filter_map(|line| line.split(' ').next()).collect();
            assert!(lines.is_sorted() && lines.iter().all(|line| line.bytes().all(|b| b.is_ascii_lowercase())));
            assert!(lines.iter().step_by(997).all(|line| has_line(text, line)));
            assert!(lines.first().zip(lines.last()).is_some_and(|(a, b)| has_line(text, a) && has_line(text, b)));
        }
        let check = |name: &str, family: bool, given: bool| {
            assert_eq!((is_surname(name), is_given_name(name)), (family, given), "{name}");
        };
        check("shao", true, true);
        check("zielinski", true, false);
        check("petersen", true, false);
        check("petrson", false, false);
        check("daniela", false, true);
        check("", false, false);
        check("zzzz", false, false);
        let check = |name: &str, expect: Option<i8>| assert_eq!(given_rather(name), expect, "{name}");
        check("thomas", Some(3));
        check("li", Some(-11));
        check("smith", None);
        check("maria", None);
        check("kowalski", None);
    }
}
