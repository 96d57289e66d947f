//! What every reader must do with any bytes.

use truedown::import::{self, Import, Profiles, Source};

/// Reads bytes as a file of that name, as it is and as what the user says it is, and keeps it.
pub fn read(name: &str, bytes: &[u8]) {
    let profiles = Profiles::builtin().expect("the layouts are sound");
    let source = Source::new(name, bytes.to_vec());
    let import = import::read(&source, &profiles, None);
    check(&import);
    let mut kept = Vec::new();
    if import.wrapping.is_some() && import::keep(&source, &import, &mut kept).is_ok() {
        let again = import::read(&Source::new(name, kept), &profiles, None);
        assert_eq!(again.records.len(), import.records.len(), "what is kept reads otherwise");
    }
    if let Ok(draft) = import::draft(&source, &profiles, None) {
        let mut placing = draft.placing;
        placing.app = placing.app.or_else(|| Some(truedown::model::AppName::new("App")));
        check(&import::read(&source, &profiles, Some(&placing)));
    }
}

fn check(import: &Import) {
    if import.role != import::Role::Unknown {
        assert_eq!(import.rows, import.records.len() + import.skipped, "a row is lost");
    }
}
