use std::sync::Arc;

use crate::session::Snapshot;

/// Something made from a snapshot for one thing chosen on it: kept from frame to frame, made anew when either is another.
#[derive(Debug)]
pub(super) struct Kept<K, V>(Option<(Arc<Snapshot>, K, Arc<V>)>);

impl<K, V> Default for Kept<K, V> {
    fn default() -> Self {
        Self(None)
    }
}

impl<K: Clone + PartialEq, V> Kept<K, V> {
    /// What was made, or what is made now.
    pub(super) fn get(&mut self, snapshot: &Arc<Snapshot>, key: &K, make: impl FnOnce() -> V) -> Arc<V> {
        if let Some((from, for_key, made)) = &self.0
            && Arc::ptr_eq(from, snapshot)
            && for_key == key
        {
            return made.clone();
        }
        let made = Arc::new(make());
        self.0 = Some((snapshot.clone(), key.clone(), made.clone()));
        made
    }
}
