//! Names that people bear, to tell another name from a slip: Shao beside Zhao is one, Zhaoo is none.

/// Surnames and given names that about a hundred people or more of the United States bear, in plain letters, sorted; the notice
/// beside the files says where they are from. The country has names of all others, so that they serve elsewhere.
const SURNAMES: &str = include_str!("../../assets/names/us-surnames.txt");
const GIVEN_NAMES: &str = include_str!("../../assets/names/us-given-names.txt");

/// Whether people bear it as a surname.
pub(super) fn is_surname(plain: &str) -> bool {
    has_line(SURNAMES, plain)
}

/// Whether people bear it as a given name.
pub(super) fn is_given_name(plain: &str) -> bool {
    has_line(GIVEN_NAMES, plain)
}

/// Whether a sorted text has a line, by halving it.
fn has_line(text: &str, wanted: &str) -> bool {
    let (mut from, mut to) = (0, text.len());
    while from < to {
        let middle = from + (to - from) / 2;
        let start = text[..middle].rfind('\n').map_or(0, |end| end + 1).max(from);
        let end = text[middle..].find('\n').map_or(text.len(), |end| middle + end);
        match text[start..end].cmp(wanted) {
            std::cmp::Ordering::Equal => return true,
            std::cmp::Ordering::Less => from = end + 1,
            std::cmp::Ordering::Greater => to = start,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_people_bear() {
        for text in [SURNAMES, GIVEN_NAMES] {
            let lines: Vec<&str> = text.lines().collect();
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
    }
}
