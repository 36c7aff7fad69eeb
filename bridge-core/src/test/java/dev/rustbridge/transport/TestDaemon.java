package dev.rustbridge.transport;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

/**
 * A process as plain as it comes, where nothing supervises it.
 *
 * @param process the process
 */
record TestDaemon(Process process) implements DaemonHandle, FarEnd.Peer {

	static List<String> command(Behaviour behaviour) {
		return List.of("sh", "-c", switch (behaviour.kind()) {
			case ECHO -> "exec cat";
			case COUNT -> "exec wc -c";
			case EMIT -> "exec head -c " + behaviour.bytes() + " /dev/zero";
			case FLOOD -> "exec cat /dev/zero";
			case IGNORE -> "exec sleep 1000";
			case END_OUTPUT_ONLY -> "exec sleep 1000 >&-";
		});
	}

	@Override
	public long pid() {
		return this.process.pid();
	}

	@Override
	public Path executable() {
		return Path.of("/bin/sh");
	}

	@Override
	public boolean isAlive() {
		return this.process.isAlive();
	}

	@Override
	public @Nullable Integer exitValue() {
		return this.process.isAlive() ? null : this.process.exitValue();
	}

	@Override
	public CompletableFuture<Integer> onExit() {
		return this.process.onExit().thenApply(Process::exitValue);
	}

	@Override
	public List<String> stderrTail() {
		return List.of();
	}

	@Override
	public String exitStory() {
		return "exit value " + exitValue();
	}

	@Override
	public CompletableFuture<Void> stop(Runnable endInput, boolean inHaste) {
		kill();
		return onExit().thenApply((value) -> null);
	}

	@Override
	public boolean isGone() {
		return !this.process.isAlive();
	}

	@Override
	public void kill() {
		this.process.toHandle().destroyForcibly();
	}

}
