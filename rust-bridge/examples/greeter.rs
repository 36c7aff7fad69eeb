//! The smallest daemon.
use rustbridge::{Context, Error, Sidecar};

#[derive(serde::Deserialize)]
struct Greeting {
    name: String,
}

async fn greet(_: Context, greeting: Greeting) -> Result<String, Error> {
    Ok(format!("Hello, {}!", greeting.name))
}

fn main() -> std::process::ExitCode {
    Sidecar::new().command("greet", greet).main()
}
