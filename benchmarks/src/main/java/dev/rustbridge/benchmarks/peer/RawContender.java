package dev.rustbridge.benchmarks.peer;

import dev.rustbridge.benchmarks.Messages.Blob;
import dev.rustbridge.benchmarks.Scenario;
import dev.rustbridge.benchmarks.load.Contender;
import dev.rustbridge.benchmarks.load.Daemons;
import dev.rustbridge.benchmarks.load.Histogram;
import dev.rustbridge.benchmarks.load.Tally;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * The floor: the same daemon over the same transport, by a selector loop that writes
 * lines made beforehand and counts the bytes that come back. No JSON, no correlation, no
 * limits.
 */
public final class RawContender implements Contender {

	private static final String TEXT = "the quick brown fox";

	private final RawWire wire;

	private RawContender(RawWire wire) {
		this.wire = wire;
	}

	/** The daemon as a child, on a socket pair for each direction. */
	public static RawContender onStdio(Daemons daemons) throws IOException {
		return new RawContender(RawWire.onStdio(daemons));
	}

	/** The daemon on a Unix socket. */
	public static RawContender onSocket(Daemons daemons) throws IOException, InterruptedException {
		return new RawContender(RawWire.onSocket(daemons));
	}

	@Override
	public long daemonPid() {
		return wire.daemonPid();
	}

	@Override
	public void close() throws IOException {
		wire.close();
	}

	@Override
	public Tally run(Scenario scenario, Duration length) throws Exception {
		long deadline = System.nanoTime() + length.toNanos();
		String echo = "{\"seq\":7,\"text\":\"" + TEXT + "\"}";
		return switch (scenario.kind()) {
			case SEQUENTIAL -> exchange("echo", echo, answer(echo), 1, deadline);
			case BLOCKING -> handOff(request("echo", echo), answer(echo).length(), deadline);
			case IN_FLIGHT -> inFlight(request("echo", echo), answer(echo).length(), scenario.size(), deadline);
			case FROM_THREADS -> throw new UnsupportedOperationException("the floor has no queue to send by");
			case STREAM -> {
				long count = scenario.size();
				String params = "{\"count\":" + count + ",\"size\":" + Scenario.CHUNK_TEXT + "}";
				long chunk = "{\"id\":\"req_1\",\"stream\":true,\"data\":{\"n\":,\"text\":\"\"}}\n".length()
						+ Scenario.CHUNK_TEXT;
				long bytes = count * chunk + digitsBelow(count);
				yield exchange(request("stream", params), bytes + answer("{\"count\":" + count + "}").length(), count,
						deadline);
			}
			case RESULT -> {
				long bytes = answer("{\"text\":\"\"}").length() + scenario.size();
				yield exchange(request("result", "{\"size\":" + scenario.size() + "}"), bytes, 1, deadline);
			}
			case PARAMS -> {
				String params = "{\"text\":\"" + Blob.of(scenario.size()).text() + "\"}";
				yield exchange("sink", params, answer("{\"size\":" + scenario.size() + "}"), 1, deadline);
			}
		};
	}

	private static ByteBuffer request(String method, String params) {
		byte[] line = ("{\"id\":\"req_1\",\"method\":\"" + method + "\",\"params\":" + params + "}\n")
			.getBytes(StandardCharsets.US_ASCII);
		return ByteBuffer.allocateDirect(line.length).put(line).flip();
	}

	private static String answer(String result) {
		return "{\"id\":\"req_1\",\"success\":true,\"result\":" + result + "}\n";
	}

	/** How many digits the numbers from 0 to one below {@code count} have together. */
	private static long digitsBelow(long count) {
		long digits = 1;
		for (long power = 1, length = 1; power < count; power *= 10, length++) {
			digits += length * (Math.min(power * 10, count) - power);
		}
		return digits;
	}

	private Tally exchange(String method, String params, String answer, long each, long deadline) throws IOException {
		return exchange(request(method, params), answer.length(), each, deadline);
	}

	/**
	 * One request after the other on this thread; {@code each} is what one counts for.
	 */
	private Tally exchange(ByteBuffer request, long answerBytes, long each, long deadline) throws IOException {
		Histogram times = new Histogram();
		long start = System.nanoTime();
		long now = start;
		long calls = 0;
		do {
			wire.write(request.duplicate());
			wire.read(answerBytes);
			long end = System.nanoTime();
			times.record(end - now);
			now = end;
			calls += each;
		}
		while (now < deadline);
		return new Tally(calls, now - start, times);
	}

	/** This thread writes, another one reads and wakes it up. */
	private Tally handOff(ByteBuffer request, long answerBytes, long deadline) throws Exception {
		Histogram times = new Histogram();
		Reader reader = new Reader(Thread.currentThread(), answerBytes);
		reader.start();
		long start = System.nanoTime();
		long now = start;
		long calls = 0;
		do {
			wire.write(request.duplicate());
			calls++;
			while (reader.answers < calls) {
				LockSupport.park(this);
			}
			long end = System.nanoTime();
			times.record(end - now);
			now = end;
		}
		while (now < deadline);
		// the reader waits for one more answer; with that it sees that it was the last
		reader.last = true;
		wire.write(request.duplicate());
		reader.join();
		return new Tally(calls, now - start, times);
	}

	/** As many lines as were answered are sent again, all in one write. */
	private Tally inFlight(ByteBuffer request, int answerBytes, int size, long deadline) throws IOException {
		Histogram times = new Histogram();
		ByteBuffer requests = ByteBuffer.allocateDirect(size * request.capacity());
		while (requests.hasRemaining()) {
			requests.put(request.duplicate());
		}
		long start = System.nanoTime();
		wire.write(requests.flip().duplicate());
		long calls = 0;
		long bytes = 0;
		long sent = size;
		// the last call that was under way when the clock was read, and that time
		long timed = sent;
		long timedAt = start;
		while (calls < sent) {
			bytes += wire.readSome();
			long answered = bytes / answerBytes;
			long now = System.nanoTime();
			if (now < deadline && answered > calls) {
				wire.write(requests.duplicate().limit((int) (answered - calls) * request.capacity()));
				sent += answered - calls;
			}
			calls = answered;
			if (calls >= timed) {
				times.record(now - timedAt);
				timed = sent;
				timedAt = now;
			}
		}
		return new Tally(calls, System.nanoTime() - start, times);
	}

	private final class Reader extends Thread {

		private final Thread caller;

		private final long answerBytes;

		private volatile long answers;

		private volatile boolean last;

		Reader(Thread caller, long answerBytes) {
			super("raw-reader");
			this.caller = caller;
			this.answerBytes = answerBytes;
			setDaemon(true);
		}

		@Override
		public void run() {
			try {
				boolean more = true;
				while (more) {
					wire.read(answerBytes);
					more = !last;
					answers++;
					LockSupport.unpark(caller);
				}
			}
			catch (IOException e) {
				throw new UncheckedIOException(e);
			}
		}

	}

}
