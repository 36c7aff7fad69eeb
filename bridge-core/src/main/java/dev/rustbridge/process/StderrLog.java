package dev.rustbridge.process;

import java.util.List;

import dev.rustbridge.BridgeOptions;
import dev.rustbridge.transport.StderrSink;
import org.slf4j.LoggerFactory;

/**
 * A daemon's stderr: split into lines, its last ones kept, all of them logged to
 * {@code rustbridge.<name>.stderr}. Bytes come in on the I/O thread, which is never held
 * up.
 */
final class StderrLog implements StderrSink {

	private final LogTail tail;

	private final LogLines lines;

	/**
	 * Makes the log of one process.
	 * @param bridge the bridge's name
	 * @param options what becomes of the lines
	 */
	StderrLog(String bridge, BridgeOptions.Stderr options) {
		this(options.tailLines(),
				new LogDispatcher(LoggerFactory.getLogger("rustbridge." + bridge + ".stderr"), options.level()));
	}

	StderrLog(int tailLines, LogDispatcher dispatcher) {
		this.tail = new LogTail(tailLines);
		this.lines = new LogLines((line) -> {
			if (!line.isBlank()) {
				this.tail.add(line);
				dispatcher.accept(line);
			}
		});
	}

	@Override
	public void onBytes(byte[] buffer, int offset, int length) {
		this.lines.onBytes(buffer, offset, length);
	}

	@Override
	public void onEnd() {
		this.lines.onEnd();
	}

	/**
	 * The last lines.
	 * @return the lines, oldest first
	 */
	List<String> tail() {
		return this.tail.snapshot();
	}

}
