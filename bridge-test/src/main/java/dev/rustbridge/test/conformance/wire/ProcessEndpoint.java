package dev.rustbridge.test.conformance.wire;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * A daemon that was started for one session, over plain pipes.
 */
final class ProcessEndpoint implements Endpoint {

	private static final int LOG_LINES = 5;

	private static final int LOG_LINE = 200;

	private final Process process;

	private final OutputStream input;

	private final InputStream output;

	private final Deque<String> log = new ArrayDeque<>();

	private ProcessEndpoint(Process process) {
		this.process = process;
		this.input = process.getOutputStream();
		this.output = process.getInputStream();
	}

	static ProcessEndpoint start(List<String> command) throws IOException {
		ProcessEndpoint endpoint = new ProcessEndpoint(new ProcessBuilder(command).start());
		Thread drain = new Thread(endpoint::drainLog, "conformance-stderr");
		drain.setDaemon(true);
		drain.start();
		return endpoint;
	}

	@Override
	public int read(byte[] buffer) throws IOException {
		return this.output.read(buffer);
	}

	@Override
	public void write(byte[] bytes) throws IOException {
		this.input.write(bytes);
		this.input.flush();
	}

	@Override
	public void endInput() throws IOException {
		this.input.close();
	}

	@Override
	public void terminate() {
		// not Process.destroy, which closes the pipes, and what the daemon still says is
		// lost
		this.process.toHandle().destroy();
	}

	@Override
	public @Nullable Integer awaitExit(Duration timeout) throws InterruptedException {
		return this.process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS) ? this.process.exitValue() : null;
	}

	@Override
	public String log() {
		synchronized (this.log) {
			return String.join("\n", this.log);
		}
	}

	@Override
	public void close() {
		List<ProcessHandle> descendants = this.process.descendants().toList();
		this.process.destroyForcibly();
		descendants.forEach(ProcessHandle::destroyForcibly);
	}

	/**
	 * A daemon blocks once its stderr is full.
	 */
	private void drainLog() {
		try (BufferedReader lines = new BufferedReader(
				new InputStreamReader(this.process.getErrorStream(), StandardCharsets.UTF_8))) {
			char[] piece = new char[8192];
			StringBuilder line = new StringBuilder();
			int count;
			while ((count = lines.read(piece)) >= 0) {
				for (int i = 0; i < count; i++) {
					if (piece[i] == '\n') {
						keep(line);
					}
					else if (line.length() < LOG_LINE) {
						line.append(piece[i]);
					}
				}
			}
			keep(line);
		}
		catch (IOException ex) {
			// the process was ended by us, and its stderr with it
		}
	}

	private void keep(StringBuilder line) {
		if (line.isEmpty()) {
			return;
		}
		synchronized (this.log) {
			this.log.addLast(line.toString());
			if (this.log.size() > LOG_LINES) {
				this.log.removeFirst();
			}
		}
		line.setLength(0);
	}

}
