use crate::model::fold_text;

/// Whether a role lets its holder administer the app, by the words vendors use for it.
pub(super) fn is_privileged(role: &str) -> bool {
    let role = fold_text(role);
    let words: Vec<&str> = role.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let is_negated = |at: usize| at.checked_sub(1).and_then(|at| words.get(at)).is_some_and(|word| NOT.contains(word));
    (0..).zip(&words).any(|(at, word)| says_so(word) && !is_negated(at))
}

/// What takes the meaning away from the word behind it: non-admin, no admin rights.
const NOT: [&str; 3] = ["no", "non", "not"];

/// Whether a word of a role says so, also in one piece with others: `SiteAdministratorCreator`, `ACCOUNTADMIN`.
fn says_so(word: &str) -> bool {
    /// Owners and administrators as apps call them in other languages.
    const WORDS: [&str; 15] = [
        "owner",
        "superuser",
        "root",
        "administrateur",
        "administratrice",
        "administrador",
        "administradora",
        "amministratore",
        "beheerder",
        "eigenaar",
        "eigentumer",
        "inhaber",
        "proprietaire",
        "propietario",
        "proprietario",
    ];
    word.ends_with("admin") || word.contains("administrator") || WORDS.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_that_administer() {
        let check = |role: &str, expect: bool| assert_eq!(is_privileged(role), expect, "{role}");
        check("Admin", true);
        check("Workspace Owner", true);
        check("SiteAdministratorCreator", true);
        check("ACCOUNTADMIN", true);
        check("Propriétaire", true);
        check("Non-admin", false);
        check("no admin rights", false);
        check("Administrative assistant", false);
        check("Browner", false);
        check("Member", false);
        check("", false);
    }
}
