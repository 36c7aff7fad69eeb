//! What came of a step, against what the model says.

use serde_json::Value;
use tokio::time::Instant;

use super::{Model, TICK};

impl Model {
    /// Checks what was written and told since the last time.
    pub fn settle(&mut self, lines: &[Value], told: &[String]) -> Result<(), String> {
        self.expire(lines, told)?;
        let mut missing = std::mem::take(&mut self.lines);
        for line in lines {
            if let Some(granted) = line["credit"].as_u64() {
                self.granted(line, granted)?;
                continue;
            }
            // In order for each id.
            let next = missing.iter().position(|other| other["id"] == line["id"]);
            match next {
                Some(at) if matches(&missing[at], line) => drop(missing.remove(at)),
                _ => return Err(format!("{line} must not be written; {missing:?} must")),
            }
        }
        if !missing.is_empty() {
            return Err(format!("{missing:?} was not written"));
        }
        let expected = std::mem::take(&mut self.told);
        match sorted_by_whom(told) == sorted_by_whom(&expected) {
            true => Ok(()),
            false => Err(format!("told was {told:?}, not {expected:?}")),
        }
    }

    /// A deadline is met to the millisecond, more or less.
    fn expire(&mut self, lines: &[Value], told: &[String]) -> Result<(), String> {
        let now = Instant::now();
        let mut due: Vec<_> = self
            .calls
            .iter()
            .filter_map(|(id, call)| call.deadline.map(|deadline| (id.clone(), deadline)))
            .filter(|(_, deadline)| *deadline <= now + TICK)
            .collect();
        due.sort_by_key(|(_, deadline)| *deadline);
        for (id, deadline) in due {
            let answered = lines
                .iter()
                .any(|line| line["id"] == *id && line["error"] == "deadline exceeded");
            if answered {
                if told.contains(&format!("{id} started")) {
                    // Its turn came just before.
                    self.wake();
                }
                self.stop(&id, "DEADLINE_EXCEEDED");
            } else if deadline + TICK < now {
                return Err(format!("{id} is over its deadline"));
            }
        }
        self.wake();
        Ok(())
    }

    fn granted(&mut self, line: &Value, granted: u64) -> Result<(), String> {
        let id = line["id"].as_str().unwrap_or_default();
        // A call that ended in this very step may have asked for items before.
        if let Some(call) = self.calls.get_mut(id) {
            let upload = call
                .upload
                .as_mut()
                .filter(|upload| upload.end.is_none() || self.deaf)
                .ok_or_else(|| format!("{line}: nothing is uploaded"))?;
            upload.granted += granted;
        }
        Ok(())
    }
}

/// Whether a line is as it has to be; `*` stands for any value.
fn matches(pattern: &Value, line: &Value) -> bool {
    let (Some(pattern), Some(line)) = (pattern.as_object(), line.as_object()) else {
        return false;
    };
    pattern.len() == line.len()
        && pattern
            .iter()
            .all(|(name, value)| line.get(name).is_some_and(|it| value == "*" || value == it))
}

/// In order for each who is told something.
fn sorted_by_whom(told: &[String]) -> Vec<&String> {
    let mut sorted: Vec<_> = told.iter().collect();
    sorted.sort_by_key(|signal| signal.split(' ').next());
    sorted
}
