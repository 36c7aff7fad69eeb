package dev.rustbridge.test.conformance.host;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a scripted daemon writes on, and what it remembers. Used by one thread.
 */
final class Stage {

	private final OutputStream output;

	private final Exit exit;

	/**
	 * Commands that are not answered yet, for scripts that need several.
	 */
	private final List<Received> kept = new ArrayList<>();

	/**
	 * What the host takes at most, as its {@code $hello} says.
	 */
	private long hostLimit = 50 * 1024 * 1024;

	private boolean cancelled;

	private long sum;

	private int added;

	Stage(OutputStream output, Exit exit) {
		this.output = output;
		this.exit = exit;
	}

	void line(String line) throws IOException {
		bytes((line + "\n").getBytes(StandardCharsets.UTF_8));
	}

	void bytes(byte[] bytes) throws IOException {
		this.output.write(bytes);
		this.output.flush();
	}

	/**
	 * Writes a line byte by byte.
	 */
	void slowly(String line) throws IOException {
		for (byte part : (line + "\n").getBytes(StandardCharsets.UTF_8)) {
			bytes(new byte[] { part });
		}
	}

	void answer(Received command, String result) throws IOException {
		line(answerLine(command, result));
	}

	static String answerLine(Received command, String result) {
		return "{\"id\":" + command.id() + ",\"success\":true,\"result\":" + result + "}";
	}

	void chunk(Received command, String data) throws IOException {
		line("{\"id\":" + command.id() + ",\"stream\":true,\"data\":" + data + "}");
	}

	void fail(Received command, String error) throws IOException {
		line("{\"id\":" + command.id() + ",\"success\":false,\"error\":\"" + error + "\"}");
	}

	/**
	 * Ends the daemon; what was written before is still to be read.
	 */
	void exit(int value) throws IOException {
		this.exit.exit(value);
	}

	/**
	 * Ends the output, and lives on.
	 */
	void closeOutput() throws IOException {
		this.exit.closeOutput();
	}

	void pause(long millis) throws IOException {
		try {
			Thread.sleep(millis);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException("ended while it rested", ex);
		}
	}

	List<Received> kept() {
		return this.kept;
	}

	long hostLimit() {
		return this.hostLimit;
	}

	void hostLimit(long bytes) {
		this.hostLimit = bytes;
	}

	boolean wasCancelled() {
		return this.cancelled;
	}

	void cancelled() {
		this.cancelled = true;
	}

	void add(long item) {
		this.sum += item;
		this.added++;
	}

	long sum() {
		return this.sum;
	}

	int added() {
		return this.added;
	}

	/**
	 * How a daemon ends: as a process, or as a connection.
	 */
	interface Exit {

		void exit(int value) throws IOException;

		void closeOutput() throws IOException;

	}

}
