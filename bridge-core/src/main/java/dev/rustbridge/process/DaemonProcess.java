package dev.rustbridge.process;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import dev.rustbridge.BridgeOptions.Shutdown;
import dev.rustbridge.transport.DaemonHandle;
import org.jspecify.annotations.Nullable;

/**
 * A process that we launched. Thread-safe.
 */
final class DaemonProcess implements DaemonHandle {

	private final Process process;

	private final Path executable;

	private final StderrLog log;

	private final Stopper stopper;

	DaemonProcess(Process process, Path executable, StderrLog log, Shutdown shutdown, @Nullable LaunchMark mark) {
		this.process = process;
		this.executable = executable;
		this.log = log;
		this.stopper = new Stopper(process, shutdown, mark);
	}

	@Override
	public long pid() {
		return this.process.pid();
	}

	@Override
	public Path executable() {
		return this.executable;
	}

	@Override
	public boolean isAlive() {
		return this.process.isAlive();
	}

	@Override
	public boolean isExiting() {
		return ProcStat.isExiting(pid());
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
		return this.log.tail();
	}

	@Override
	public String exitStory() {
		return ExitStory.tell(exitValue(), stderrTail());
	}

	@Override
	public CompletableFuture<Void> stop(Runnable endInput, boolean inHaste) {
		return this.stopper.stop(endInput, inHaste);
	}

	@Override
	public String toString() {
		return this.executable + " (pid " + pid() + ")";
	}

}
