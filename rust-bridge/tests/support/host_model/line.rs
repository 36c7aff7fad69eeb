//! What a host writes.

use serde_json::json;

/// A line of the host.
#[derive(Debug, Clone)]
pub enum Line {
    Command {
        id: String,
        method: &'static str,
        credit: Option<u64>,
        upload: bool,
        deadline: Option<u64>,
    },
    Cancel(String),
    Credit(String, u64),
    Item(String, u64),
    /// The end of an upload, and whether it failed.
    End(String, bool),
    /// The answer to a call of the daemon's, and whether it is a result.
    Answer(String, bool),
    Ping(usize),
    Broken(String),
    Noise,
}

impl Line {
    pub fn text(&self) -> String {
        let line = match self {
            Self::Command {
                id,
                method,
                credit,
                upload,
                deadline,
            } => {
                let mut line = json!({"id": id, "method": method, "params": {"who": id}});
                if let Some(credit) = credit {
                    line["credit"] = json!(credit);
                }
                if *upload {
                    line["upload"] = json!(true);
                }
                if let Some(deadline) = deadline {
                    line["deadlineMs"] = json!(deadline);
                }
                line
            }
            Self::Cancel(id) => json!({"id": id, "cancel": true}),
            Self::Credit(id, credit) => json!({"id": id, "credit": credit}),
            Self::Item(id, item) => json!({"id": id, "stream": true, "data": item}),
            Self::End(id, false) => json!({"id": id, "end": true}),
            Self::End(id, true) => json!({"id": id, "end": true, "error": "lost"}),
            Self::Answer(id, true) => json!({"id": id, "success": true, "result": 5}),
            Self::Answer(id, false) => {
                json!({"id": id, "success": false, "error": "no", "code": "PERMISSION_DENIED"})
            }
            Self::Ping(number) => json!({"id": format!("p{number}"), "method": "$ping"}),
            Self::Broken(id) => json!({"id": id, "end": 1}),
            Self::Noise => return "hello?\n".to_owned(),
        };
        format!("{line}\n")
    }

    /// Whether it is an item of the same upload as another line.
    pub fn is_item_of(&self, other: &Line) -> bool {
        matches!((self, other), (Self::Item(id, _), Self::Item(other, _)) if id == other)
    }
}
