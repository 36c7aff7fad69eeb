//! Which call the code that runs right now belongs to, so that its log lines and events can tell.

use std::cell::RefCell;
use std::sync::Arc;

use crate::connection::calls::Call;

thread_local! {
    static CURRENT: RefCell<Option<Arc<Call>>> = const { RefCell::new(None) };
}

/// Makes `call` the current one of this thread while `run` runs.
pub(crate) fn within<T>(call: &Arc<Call>, run: impl FnOnce() -> T) -> T {
    /// Puts the call before back, after a panic too.
    struct Restore(Option<Arc<Call>>);
    impl Drop for Restore {
        fn drop(&mut self) {
            CURRENT.set(self.0.take());
        }
    }
    let _restore = Restore(CURRENT.replace(Some(Arc::clone(call))));
    run()
}

/// The current call of this thread.
pub(crate) fn current() -> Option<Arc<Call>> {
    CURRENT.with_borrow(Clone::clone)
}
