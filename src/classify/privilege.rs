use crate::model::fold_text;

/// Whether a role lets its holder administer the app, by the words vendors use for it.
pub(super) fn is_privileged(role: &str) -> bool {
    let role = fold_text(role);
    let mut words = role.split(|c: char| !c.is_alphanumeric());
    words.any(|word| matches!(word, "admin" | "administrator" | "owner" | "superadmin" | "superuser" | "root"))
}
