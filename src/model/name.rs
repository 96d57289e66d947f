use super::fold_text;

/// Folds a person's name so that the same name written two ways compares equal: no case, accents or punctuation, and
/// the words in alphabetical order, so that `Wójcik, Tomasz` equals `Tomasz Wojcik`.
///
/// Empty for text that holds no letter.
pub fn fold_name(name: &str) -> String {
    let folded = fold_text(name);
    let mut words: Vec<&str> = folded
        .split(|c: char| !(c.is_alphanumeric() || c == '\'' || c == '’'))
        .filter(|word| word.chars().any(char::is_alphabetic))
        .collect();
    words.sort_unstable();
    words.join(" ").replace(['\'', '’'], "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fold() {
        let check = |name: &str, expect: &str| assert_eq!(fold_name(name), expect, "{name}");
        check("Wójcik, Tomasz", "tomasz wojcik");
        check("Tomasz  WOJCIK", "tomasz wojcik");
        check("Aoife O’Connor", "aoife oconnor");
        check("Núñez-Ávila José", "avila jose nunez");
        check("  42 ", "");
        check("陽子 田中", "田中 陽子");
    }
}
