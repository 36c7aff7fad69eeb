package dev.rustbridge.benchmarks.micro;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

import dev.rustbridge.protocol.LineFramer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** How long the framer takes: for a small line, and for one that comes in many reads. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "-Xmx1g")
public class FramerBenchmark {

	private static final int LINES = 512;

	private static final int READ = 64 * 1024;

	private static final int LARGE = 16 * 1024 * 1024;

	private static final int LARGEST = 50 * 1024 * 1024;

	private final byte[] small = Lines.RESPONSE.repeat(LINES).getBytes(StandardCharsets.US_ASCII);

	private final byte[] piece = "x".repeat(READ).getBytes(StandardCharsets.US_ASCII);

	private final byte[] end = { '\n' };

	private final Counter counter = new Counter();

	private final LineFramer framer = new LineFramer(LARGEST, this.counter);

	/** A line of about a hundred bytes, in reads that end where lines do. */
	@Benchmark
	@OperationsPerInvocation(LINES)
	public long smallLine() {
		this.framer.feed(this.small, 0, this.small.length);
		return this.counter.bytes;
	}

	/** A line of 16 MB, in reads of 64 KiB. */
	@Benchmark
	@OutputTimeUnit(TimeUnit.MILLISECONDS)
	public long largeLine() {
		for (int fed = 0; fed < LARGE; fed += READ) {
			this.framer.feed(this.piece, 0, READ);
		}
		this.framer.feed(this.end, 0, 1);
		return this.counter.bytes;
	}

	private static final class Counter implements LineFramer.Lines {

		private long bytes;

		@Override
		public void line(byte[] buffer, int offset, int length) {
			this.bytes += length;
		}

		@Override
		public void oversized(byte[] head, int offset, int length) {
			throw new IllegalStateException("no line is that long");
		}

		@Override
		public void raw(byte[] buffer, int offset, int length, boolean last) {
			throw new IllegalStateException("no payload was announced");
		}

		@Override
		public void brokenPayload(String what) {
			throw new IllegalStateException(what);
		}

	}

}
