//! Compiles the benchmark's proto file in Rust alone: no `protoc` is needed.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = "../../src/main/proto";
    println!("cargo:rerun-if-changed={folder}");
    let files = protox::compile(["bench.proto"], [folder])?;
    tonic_prost_build::configure()
        .build_client(false)
        .compile_fds(files)?;
    Ok(())
}
