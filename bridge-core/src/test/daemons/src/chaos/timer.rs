//! Runs tasks later, all on one thread: a thousand sleeping commands cost no thousand threads.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::{Duration, Instant};

type Task = Box<dyn FnOnce() + Send>;

struct Entry {
    due: Instant,
    number: u64,
    task: Task,
}

impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Entry {}

impl PartialOrd for Entry {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Entry {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.due, self.number).cmp(&(other.due, other.number))
    }
}

#[derive(Default)]
struct Queue {
    entries: BinaryHeap<Reverse<Entry>>,
    next: u64,
}

/// Tasks by their time.
pub struct Timer {
    shared: Arc<(Mutex<Queue>, Condvar)>,
}

impl Timer {
    /// Starts the thread.
    pub fn start() -> Self {
        let shared = Arc::new((Mutex::new(Queue::default()), Condvar::new()));
        let own = Arc::clone(&shared);
        thread::spawn(move || run(&own.0, &own.1));
        Self { shared }
    }

    /// Runs a task after a delay.
    pub fn after(&self, delay: Duration, task: impl FnOnce() + Send + 'static) {
        let mut queue = self.shared.0.lock().expect("no task panics under the lock");
        let number = queue.next;
        queue.next += 1;
        queue.entries.push(Reverse(Entry {
            due: Instant::now() + delay,
            number,
            task: Box::new(task),
        }));
        self.shared.1.notify_one();
    }
}

fn run(queue: &Mutex<Queue>, changed: &Condvar) {
    let mut guard = queue.lock().expect("no task panics under the lock");
    loop {
        let now = Instant::now();
        match guard.entries.peek() {
            None => guard = changed.wait(guard).expect("no task panics under the lock"),
            Some(Reverse(first)) if first.due > now => {
                let pause = first.due - now;
                guard = changed
                    .wait_timeout(guard, pause)
                    .expect("no task panics under the lock")
                    .0;
            }
            Some(_) => {
                let due = guard.entries.pop();
                drop(guard);
                if let Some(Reverse(entry)) = due {
                    (entry.task)();
                }
                guard = queue.lock().expect("no task panics under the lock");
            }
        }
    }
}
