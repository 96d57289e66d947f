//! A change made on a screen is made of what the screen showed, which may be older than the workspace by another change.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::workspace::{Change, Edit, Workspace};

/// The change as it is to be carried out on the workspace as it is now: what the user altered is altered, and what somebody
/// altered since stays. `None` where nothing is left to do.
pub(super) fn onto(change: Change, workspace: &Workspace) -> Option<Change> {
    match change {
        Change::Policy { before, after } => {
            let now = workspace.policy.clone();
            let after = merged(&*before, *after, &now);
            (after != now).then(|| Change::Policy { before: Box::new(now), after: Box::new(after) })
        }
        Change::Contract { app, edit } => {
            let now = workspace.contracts.get(&app).cloned();
            let edit = Box::new(edited(*edit, now)?);
            Some(Change::Contract { app, edit })
        }
        Change::Catalog { app, edit } => {
            let now = workspace.catalog.get(&app).cloned();
            let edit = Box::new(edited(*edit, now)?);
            Some(Change::Catalog { app, edit })
        }
        Change::Decision { account, edit } => {
            let edit = replaced(edit, workspace.decisions.get(&account).cloned())?;
            Some(Change::Decision { account, edit })
        }
        Change::Exemption { account, edit } => {
            let edit = replaced(edit, workspace.exemptions.get(&account).cloned())?;
            Some(Change::Exemption { account, edit })
        }
        other => Some(other),
    }
}

/// What is settled as a whole takes the place of what is there now.
fn replaced<T: PartialEq>(edit: Edit<T>, now: Option<T>) -> Option<Edit<T>> {
    (edit.after != now).then_some(Edit { before: now, after: edit.after })
}

fn edited<T: Clone + PartialEq + Serialize + DeserializeOwned>(edit: Edit<T>, now: Option<T>) -> Option<Edit<T>> {
    let after = match (edit.before, edit.after, &now) {
        (Some(before), Some(after), Some(now)) => Some(merged(&before, after, now)),
        (_, after, _) => after,
    };
    (after != now).then_some(Edit { before: now, after })
}

/// What was altered from `before` to `after`, altered in `now`. What cannot be told apart is taken as it was meant.
fn merged<T: Clone + PartialEq + Serialize + DeserializeOwned>(before: &T, after: T, now: &T) -> T {
    if before == now {
        return after;
    }
    let values = (serde_json::to_value(before), serde_json::to_value(&after), serde_json::to_value(now));
    let (Ok(old), Ok(new), Ok(current)) = values else { return after };
    serde_json::from_value(merge(&old, new, current)).unwrap_or(after)
}

fn merge(before: &Value, after: Value, now: Value) -> Value {
    match (before, after, now) {
        (Value::Object(before), Value::Object(after), Value::Object(mut now)) => {
            for key in before.keys().filter(|key| !after.contains_key(*key)) {
                now.remove(key);
            }
            for (key, new) in after {
                match (before.get(&key), now.get(&key).cloned()) {
                    (Some(old), _) if *old == new => {}
                    (Some(old), Some(current)) => {
                        now.insert(key, merge(old, new, current));
                    }
                    _ => {
                        now.insert(key, new);
                    }
                }
            }
            Value::Object(now)
        }
        (_, after, _) => after,
    }
}

#[cfg(test)]
mod tests {
    use rust_decimal::dec;

    use super::*;
    use crate::workspace::Policy;

    #[test]
    fn what_was_altered_since_stays() {
        let shown = Policy::default();
        let mut workspace = Workspace::default();
        workspace.policy.unused_after_days = 60;
        workspace.policy.unused_after_days_by_app.insert("wiki".into(), 30);
        let mut after = shown.clone();
        after.residual_labor = dec!(0.5);
        after.unused_after_days_by_app.insert("desk".into(), 10);
        let change = Change::Policy { before: Box::new(shown.clone()), after: Box::new(after) };
        let change = onto(change, &workspace).unwrap();
        let before = workspace.clone();
        change.apply(&mut workspace);
        let policy = &workspace.policy;
        assert_eq!((policy.unused_after_days, policy.residual_labor), (60, dec!(0.5)));
        assert_eq!(policy.unused_after_days_by_app.len(), 2);
        change.inverse().apply(&mut workspace);
        assert_eq!(workspace.policy, before.policy);
        // What is so already is no step.
        let nothing = Change::Policy { before: Box::new(shown.clone()), after: Box::new(shown) };
        assert!(onto(nothing, &Workspace::default()).is_none());
    }
}
