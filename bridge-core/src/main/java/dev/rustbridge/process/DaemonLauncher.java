package dev.rustbridge.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.rustbridge.BridgeException.Origin;
import dev.rustbridge.BridgeOptions;
import dev.rustbridge.BridgeOptions.Descendants;
import dev.rustbridge.BridgeOptions.StdioMode;
import dev.rustbridge.BridgeStartException;
import dev.rustbridge.BridgeStartException.Reason;
import dev.rustbridge.transport.IoLoop;
import dev.rustbridge.transport.Link;
import dev.rustbridge.transport.PipeLink;
import dev.rustbridge.transport.StdioSockets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts a daemon and links its standard streams. A start that fails half-way leaves
 * neither a process nor a descriptor behind. Waits for files and for the system, so not
 * for an I/O thread.
 */
final class DaemonLauncher {

	private static final Logger logger = LoggerFactory.getLogger(DaemonLauncher.class);

	/** A file that some other process still holds open for writing can't be executed. */
	private static final int BUSY_ATTEMPTS = 10;

	private static final AtomicBoolean fallbackLogged = new AtomicBoolean();

	private final BridgeOptions options;

	private final Surroundings surroundings;

	DaemonLauncher(BridgeOptions options, Surroundings surroundings) {
		this.options = options;
		this.surroundings = surroundings;
	}

	/**
	 * Finds and starts the daemon.
	 * @param loop the I/O loop that its link belongs to
	 * @return the link, which reads nothing yet
	 * @throws BridgeStartException with the reason
	 */
	Link launch(IoLoop loop) {
		LocatedBinary located = BinaryLocator.locate(this.options.name(), this.options.binary(), this.surroundings);
		Path executable = located.executable();
		Launch launch = prepare(executable);
		Link link = (this.options.stdio() == StdioMode.AUTO) ? launchOnSockets(loop, launch) : null;
		if (link == null) {
			link = launchOnPipes(loop, launch);
		}
		logger.debug("Bridge '{}': started {} from {} over {}; passed over before: {}", this.options.name(),
				link.daemon(), located.source(), link.kind(), located.tried());
		return link;
	}

	private Launch prepare(Path executable) {
		try {
			ProcessBuilder builder = new LaunchCommand(this.options, this.surroundings).builder(executable);
			LaunchMark mark = mark();
			if (mark != null) {
				mark.put(builder.environment());
			}
			return new Launch(executable, builder, mark);
		}
		catch (IllegalArgumentException ex) {
			throw failure(Reason.NOT_EXECUTABLE, String.valueOf(ex.getMessage()), ex);
		}
	}

	/** {@code null} where it could not be read, or nobody would look for it. */
	private @Nullable LaunchMark mark() {
		boolean wanted = this.options.shutdown().descendants() == Descendants.KILL;
		return (wanted && this.surroundings.platform().isLinux()) ? LaunchMark.next() : null;
	}

	/** {@code null} where socket pairs can't be had. */
	private @Nullable Link launchOnSockets(IoLoop loop, Launch launch) {
		StdioSockets sockets;
		try {
			sockets = StdioSockets.open();
		}
		catch (IOException ex) {
			logFallback(ex);
			return null;
		}
		Process process = null;
		try {
			sockets.redirect(launch.builder());
			process = start(launch);
			StderrLog log = new StderrLog(this.options.name(), this.options.stderr());
			return sockets.link(loop, daemon(launch, process, log), log);
		}
		catch (IOException | RuntimeException ex) {
			if (process != null) {
				process.destroyForcibly();
			}
			throw (ex instanceof BridgeStartException known) ? known : failure(Reason.NOT_EXECUTABLE,
					"%s was started, but its streams can't be used: %s".formatted(launch.executable(), ex.getMessage()),
					ex);
		}
		finally {
			close(sockets);
		}
	}

	private Link launchOnPipes(IoLoop loop, Launch launch) {
		ProcessBuilder builder = launch.builder();
		builder.redirectInput(ProcessBuilder.Redirect.PIPE);
		builder.redirectOutput(ProcessBuilder.Redirect.PIPE);
		builder.redirectError(ProcessBuilder.Redirect.PIPE);
		Process process = start(launch);
		try {
			StderrLog log = new StderrLog(this.options.name(), this.options.stderr());
			return PipeLink.open(loop, process, daemon(launch, process, log), log);
		}
		catch (RuntimeException ex) {
			process.destroyForcibly();
			throw ex;
		}
	}

	private DaemonProcess daemon(Launch launch, Process process, StderrLog log) {
		return new DaemonProcess(process, launch.executable(), log, this.options.shutdown(), launch.mark());
	}

	private Process start(Launch launch) {
		Path executable = launch.executable();
		for (int attempt = 1;; attempt++) {
			try {
				return launch.builder().start();
			}
			catch (IOException ex) {
				ExecError error = ExecError.of(ex);
				if (error != ExecError.TEXT_BUSY || attempt == BUSY_ATTEMPTS) {
					throw failure(error.reason(), error.tell(executable, ex), ex);
				}
				logger.debug("Bridge '{}': {} is busy, attempt {}", this.options.name(), executable, attempt);
				pause(1L << attempt, executable, ex);
			}
		}
	}

	private void pause(long millis, Path executable, IOException why) {
		try {
			Thread.sleep(millis);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw failure(Reason.NOT_EXECUTABLE, ExecError.TEXT_BUSY.tell(executable, why), ex);
		}
	}

	private void logFallback(IOException ex) {
		if (fallbackLogged.compareAndSet(false, true)) {
			logger.warn("Bridge '{}': daemons are linked by pipes, which do as well, since {}", this.options.name(),
					ex.getMessage());
		}
		logger.debug("Bridge '{}': no socket pairs", this.options.name(), ex);
	}

	private void close(StdioSockets sockets) {
		try {
			sockets.close();
		}
		catch (IOException ex) {
			logger.warn("Bridge '{}': a descriptor of a launch could not be closed", this.options.name(), ex);
		}
	}

	private BridgeStartException failure(Reason reason, String message, Exception cause) {
		return new BridgeStartException(Origin.bridge(this.options.name()), reason, message, List.of(), List.of(),
				cause);
	}

	/**
	 * What is to be started.
	 *
	 * @param executable the program
	 * @param builder its command, environment and streams
	 * @param mark in its environment, {@code null} if its descendants are not to be found
	 */
	private record Launch(Path executable, ProcessBuilder builder, @Nullable LaunchMark mark) {
	}

}
