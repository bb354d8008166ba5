//! The last commit of an archive that this process knows of.

use std::sync::{Arc, PoisonError, RwLock};

use super::snapshot::Snapshot;

/// The last commit that this process knows of, which all handles of an archive share.
#[derive(Clone, Debug)]
pub(super) struct Current(Arc<RwLock<Arc<Snapshot>>>);

impl Current {
    pub(super) fn new(snapshot: Snapshot) -> Self {
        Self(Arc::new(RwLock::new(Arc::new(snapshot))))
    }

    pub(super) fn get(&self) -> Arc<Snapshot> {
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }

    pub(super) fn set(&self, snapshot: &Arc<Snapshot>) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Arc::clone(snapshot);
    }
}
