package dev.rustbridge.test.conformance.wire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * One conversation with a daemon. Lines are sent without waiting, by a thread of their
 * own, since a daemon need not read; what is awaited is awaited for a limited time.
 */
public final class Session implements AutoCloseable {

	private static final byte[] END_OF_INPUT = new byte[0];

	private static final int TRANSCRIPT = 8;

	private final Endpoint endpoint;

	private final String readyEvent;

	private final Duration timeout;

	private final Ledger ledger = new Ledger();

	private final LineReader reader;

	private final BlockingQueue<byte[]> outbox = new LinkedBlockingQueue<>();

	private final Deque<String> transcript = new ArrayDeque<>();

	private final List<Line> unread = new ArrayList<>();

	private final Thread writing;

	private boolean ended;

	private @Nullable String trouble;

	private int nextId;

	Session(Endpoint endpoint, String readyEvent, Duration timeout) {
		this.endpoint = endpoint;
		this.readyEvent = readyEvent;
		this.timeout = timeout;
		this.reader = new LineReader(endpoint);
		this.writing = start("conformance-write", this::write);
		start("conformance-read", this::read);
	}

	private static Thread start(String name, Runnable task) {
		Thread thread = new Thread(task, name);
		thread.setDaemon(true);
		thread.start();
		return thread;
	}

	/**
	 * Makes an id that no command of this session has.
	 * @return the id
	 */
	public String newId() {
		this.nextId++;
		return "kit_" + this.nextId;
	}

	/**
	 * Takes note of what both sides agreed on.
	 * @param capabilities the names
	 */
	public void agree(Set<String> capabilities) {
		this.ledger.agree(capabilities);
		if (capabilities.contains("bytes")) {
			this.reader.takePayloads();
		}
	}

	/**
	 * Takes note of a command that is about to be sent as a raw line.
	 * @param id its id
	 */
	public void expectAnswer(String id) {
		this.ledger.sent(id, false);
	}

	/**
	 * Sends a command.
	 * @param method the method
	 * @param params its parameters as JSON
	 * @param members further members as JSON, each {@code "name":value}
	 * @return its id
	 */
	public String command(String method, String params, String... members) {
		String id = newId();
		this.ledger.sent(id, List.of(members).contains("\"bytes\":true"));
		send(Json.command(id, method, params, members));
		return id;
	}

	/**
	 * Sends a line.
	 * @param line the line without its newline
	 */
	public void send(String line) {
		note("→ " + Line.excerpt(line));
		this.outbox.add((line + "\n").getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Sends bytes as they are.
	 * @param bytes the bytes
	 */
	public void sendRaw(byte[] bytes) {
		note("→ " + Line.excerpt(bytes));
		this.outbox.add(bytes.clone());
	}

	/**
	 * Ends the daemon's input, behind all that was sent before.
	 */
	public void endInput() {
		note("→ (end of input)");
		this.outbox.add(END_OF_INPUT);
	}

	/**
	 * Sends SIGTERM.
	 */
	public void terminate() {
		note("→ (SIGTERM)");
		this.endpoint.terminate();
	}

	/**
	 * Waits for the daemon's final response to a command.
	 * @param id the command's id
	 * @return the response
	 * @throws CheckFailure if there is none in time
	 * @throws InterruptedException if the waiting thread is interrupted
	 */
	public Line answer(String id) throws InterruptedException {
		return await("an answer to " + id, (line) -> line.isFor(id) && line.isAnswer());
	}

	/**
	 * Waits for a line.
	 * @param expected what it is, for people
	 * @param wanted tells it from others, which stay unread
	 * @return the line
	 * @throws CheckFailure if there is none in time
	 * @throws InterruptedException if the waiting thread is interrupted
	 */
	public Line await(String expected, Predicate<Line> wanted) throws InterruptedException {
		Line line = poll(wanted, this.timeout);
		if (line == null) {
			throw new CheckFailure(expected + " within " + Json.text(this.timeout), observed());
		}
		return line;
	}

	/**
	 * Waits for a line that need not come.
	 * @param wanted tells it from others, which stay unread
	 * @param patience how long
	 * @return the line, {@code null} if there is none in time, or the daemon ended
	 * @throws InterruptedException if the waiting thread is interrupted
	 */
	public synchronized @Nullable Line poll(Predicate<Line> wanted, Duration patience) throws InterruptedException {
		long end = System.nanoTime() + patience.toNanos();
		while (true) {
			Line line = take(wanted);
			if (line != null || this.ended) {
				return line;
			}
			long left = (end - System.nanoTime()) / 1_000_000;
			if (left <= 0) {
				return null;
			}
			wait(left);
		}
	}

	/**
	 * Waits until the daemon writes no more.
	 * @param patience how long
	 * @return whether it ended its output
	 * @throws InterruptedException if the waiting thread is interrupted
	 */
	public synchronized boolean awaitEnd(Duration patience) throws InterruptedException {
		long end = System.nanoTime() + patience.toNanos();
		while (!this.ended) {
			long left = (end - System.nanoTime()) / 1_000_000;
			if (left <= 0) {
				return false;
			}
			wait(left);
		}
		return true;
	}

	/**
	 * Waits for the daemon's exit.
	 * @param patience how long
	 * @return its exit value, {@code null} if it lives on, or is not ours
	 * @throws InterruptedException if the waiting thread is interrupted
	 */
	public @Nullable Integer awaitExit(Duration patience) throws InterruptedException {
		return this.endpoint.awaitExit(patience);
	}

	/**
	 * How long an answer may take.
	 * @return the time
	 */
	public Duration timeout() {
		return this.timeout;
	}

	/**
	 * What the daemon sent that no daemon may send, so far.
	 * @return the violations, oldest first
	 */
	public List<Violation> violations() {
		return this.ledger.violations();
	}

	/**
	 * What was said last, and how the daemon fares: for the report of a failure.
	 * @return lines
	 */
	public String observed() {
		StringBuilder text = new StringBuilder();
		synchronized (this) {
			this.transcript.forEach((line) -> text.append(line).append('\n'));
			if (this.trouble != null) {
				text.append("(").append(this.trouble).append(")\n");
			}
			if (this.ended) {
				text.append("(the daemon ended its output)\n");
			}
		}
		String log = this.endpoint.log();
		if (!log.isEmpty()) {
			text.append("stderr: ").append(log.replace("\n", "\n        ")).append('\n');
		}
		return text.isEmpty() ? "nothing" : text.toString().stripTrailing();
	}

	@Override
	public void close() {
		this.writing.interrupt();
		this.endpoint.close();
	}

	private @Nullable Line take(Predicate<Line> wanted) {
		for (int i = 0; i < this.unread.size(); i++) {
			Line line = this.unread.get(i);
			if (wanted.test(line)) {
				this.unread.remove(i);
				String id = line.id();
				if (line.isAnswer() && id != null) {
					// who asked for an answer only has no interest in what came before it
					this.unread.subList(0, i).removeIf((earlier) -> earlier.isFor(id));
				}
				return line;
			}
		}
		return null;
	}

	private void read() {
		String how = null;
		try {
			Line line;
			while ((line = this.reader.next()) != null) {
				this.ledger.received(line, this.readyEvent);
				synchronized (this) {
					note("← " + line.excerpt());
					this.unread.add(line);
					notifyAll();
				}
			}
		}
		catch (IOException ex) {
			how = ex.getMessage();
		}
		synchronized (this) {
			this.ended = true;
			this.trouble = how;
			notifyAll();
		}
	}

	private void write() {
		try {
			while (true) {
				byte[] bytes = this.outbox.take();
				if (bytes == END_OF_INPUT) {
					this.endpoint.endInput();
					return;
				}
				this.endpoint.write(bytes);
			}
		}
		catch (IOException ex) {
			// the daemon takes no more: what follows from it shows in what it writes
			note("(it took no more: " + ex.getMessage() + ")");
		}
		catch (InterruptedException ex) {
			// the session was closed
		}
	}

	private synchronized void note(String line) {
		this.transcript.addLast(line);
		if (this.transcript.size() > TRANSCRIPT) {
			this.transcript.removeFirst();
		}
	}

}
