//! The items that a host uploads to one call, under credit that the call grants.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

use serde_json::value::RawValue;

use crate::error::Error;

/// Items are let in up to so many bytes, going by the largest one so far.
const WINDOW_BYTES: usize = 4 * 1024 * 1024;
/// As long as no item was seen, that many are let in.
const FIRST_WINDOW: u64 = 8;
const LARGEST_WINDOW: u64 = 64;

/// An uploaded item, as it came.
#[derive(Debug)]
pub(crate) enum Item {
    Json(Box<RawValue>),
    Raw(Vec<u8>),
}

impl Item {
    fn len(&self) -> usize {
        match self {
            Self::Json(json) => json.get().len(),
            Self::Raw(bytes) => bytes.len(),
        }
    }
}

#[derive(Default)]
pub(crate) struct Inbox {
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    items: VecDeque<Item>,
    /// How many items the host may still send.
    granted: u64,
    /// The size of the largest item so far.
    largest: usize,
    end: Option<Result<(), Error>>,
    reader: Option<Waker>,
}

impl State {
    /// How many items to let in now. Half a window at least, so that grants are few.
    fn grant(&mut self) -> u64 {
        let window = match self.largest {
            0 => FIRST_WINDOW,
            largest => (WINDOW_BYTES / largest).clamp(1, LARGEST_WINDOW as usize) as u64,
        };
        let expected = self.granted + self.items.len() as u64;
        if self.end.is_some() || expected > window / 2 {
            return 0;
        }
        let grant = window - expected;
        self.granted += grant;
        grant
    }
}

impl Inbox {
    /// Whether the host may send an item now.
    pub(crate) fn is_open(&self) -> bool {
        let state = self.lock();
        state.end.is_none() && state.granted > 0
    }

    /// Takes an item in; false if the host had no credit for it, or had ended the upload.
    pub(crate) fn push(&self, item: Item) -> bool {
        let mut state = self.lock();
        if state.end.is_some() || state.granted == 0 {
            return false;
        }
        state.granted -= 1;
        state.largest = state.largest.max(item.len().max(1));
        state.items.push_back(item);
        wake(state);
        true
    }

    /// No more items will come; false if that was known.
    pub(crate) fn end(&self, end: Result<(), Error>) -> bool {
        let mut state = self.lock();
        if state.end.is_some() {
            return false;
        }
        state.end = Some(end);
        wake(state);
        true
    }

    /// The next item, and how much credit the host is to be granted now.
    pub(crate) fn poll_next(
        &self,
        task: &mut Context<'_>,
    ) -> (Poll<Option<Result<Item, Error>>>, u64) {
        let mut state = self.lock();
        if let Some(item) = state.items.pop_front() {
            return (Poll::Ready(Some(Ok(item))), state.grant());
        }
        match &mut state.end {
            Some(end) => {
                // An error is told once, the end as often as it is asked for.
                let end = std::mem::replace(end, Ok(()));
                (Poll::Ready(end.err().map(Err)), 0)
            }
            None => {
                state.reader = Some(task.waker().clone());
                (Poll::Pending, state.grant())
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn wake(mut state: MutexGuard<'_, State>) {
    let reader = state.reader.take();
    drop(state);
    if let Some(reader) = reader {
        reader.wake();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn poll(inbox: &Inbox) -> (Poll<Option<Result<Item, Error>>>, u64) {
        inbox.poll_next(&mut Context::from_waker(Waker::noop()))
    }

    #[test]
    fn nothing_is_let_in_before_somebody_reads() {
        let inbox = Inbox::default();
        assert!(!inbox.push(Item::Raw(vec![1])));
        let (item, grant) = poll(&inbox);
        assert!(item.is_pending());
        assert_eq!(grant, FIRST_WINDOW);
        assert!(inbox.push(Item::Raw(vec![1])));
    }

    #[test]
    fn more_than_was_granted_is_refused() {
        let inbox = Inbox::default();
        let (_, grant) = poll(&inbox);
        assert!((0..grant).all(|_| inbox.push(Item::Raw(vec![1]))));
        assert!(!inbox.push(Item::Raw(vec![1])));
    }

    #[test]
    fn large_items_are_let_in_one_by_one() {
        let inbox = Inbox::default();
        let (_, mut granted) = poll(&inbox);
        while granted > 0 {
            assert!(inbox.push(Item::Raw(vec![0; WINDOW_BYTES])));
            granted -= 1;
        }
        for _ in 1..FIRST_WINDOW {
            let (_, grant) = poll(&inbox);
            assert_eq!(grant, 0);
        }
        assert_eq!(poll(&inbox).1, 1);
    }

    #[test]
    fn what_came_before_the_end_is_read_before_it() {
        let inbox = Inbox::default();
        let _ = poll(&inbox);
        inbox.push(Item::Raw(vec![1]));
        assert!(inbox.end(Err(Error::new("source failed"))));
        assert!(!inbox.push(Item::Raw(vec![2])));
        assert!(matches!(
            poll(&inbox).0,
            Poll::Ready(Some(Ok(Item::Raw(_))))
        ));
        assert!(matches!(poll(&inbox).0, Poll::Ready(Some(Err(_)))));
        assert!(matches!(poll(&inbox).0, Poll::Ready(None)));
        assert!(matches!(poll(&inbox).0, Poll::Ready(None)));
    }
}
