//! A daemon that asks its host: calls in the other direction.
use std::time::Duration;

use rustbridge::{Context, Error, Sidecar};
use serde::{Deserialize, Serialize};

#[derive(Deserialize)]
struct Open {
    door: String,
    user: String,
}

#[derive(Serialize)]
struct Access<'a> {
    user: &'a str,
    resource: &'a str,
}

#[derive(Deserialize)]
struct Decision {
    allowed: bool,
}

async fn open(context: Context, request: Open) -> Result<String, Error> {
    let access = Access {
        user: &request.user,
        resource: &request.door,
    };
    // One line in the application's log, with the id of the trace that this command belongs to.
    tracing::info!("{} asks for {}", request.user, request.door);
    // The application's own `@BridgeHandler` answers this.
    let host = context.host().timeout(Duration::from_secs(5));
    let decision: Decision = host.call("authorize", &access).await?;
    if !decision.allowed {
        let text = format!("{} may not open {}", request.user, request.door);
        return Err(Error::new(text).with_code(rustbridge::code::PERMISSION_DENIED));
    }
    // The application's listeners go on with the command's trace.
    context.events().emit("opened", &request.door)?;
    Ok(format!("{} is open", request.door))
}

fn main() -> std::process::ExitCode {
    Sidecar::new()
        .command("open", open)
        // At most four at once, but for what comes while the host is asked: its answer may depend on that.
        .limit("open", 4)
        .main()
}
