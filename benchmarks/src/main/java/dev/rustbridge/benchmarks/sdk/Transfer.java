package dev.rustbridge.benchmarks.sdk;

import dev.rustbridge.CommandSpec;
import dev.rustbridge.RustBridge;
import dev.rustbridge.benchmarks.Messages.Size;
import dev.rustbridge.benchmarks.load.Daemons;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;

/** Bytes in bulk from a daemon on a Unix socket, in one of several ways. */
final class Transfer {

	private static final int READ_BUFFER = 256 * 1024;

	/** How the bytes come. */
	enum Way {

		/** A blocking read into a direct buffer, and nothing else. */
		COPY("a plain copy"),
		/** A stream of {@code ByteBuffer}: raw bytes on the wire. */
		RAW("raw bytes"),
		/** A stream of strings, decoded by the subscriber. */
		BASE64("base64 chunks");

		private final String title;

		Way(String title) {
			this.title = title;
		}

	}

	private Transfer() {
	}

	static String heading(long bytes) {
		return String.format(Locale.ROOT, """
				#### %.2f GB from a daemon on the SDK, in pieces of 64 KiB, over a Unix socket

				Each in a JVM of its own with `-Xmx128m`, cold; peaks of memory from its start to its end.

				| way | throughput | seconds | host, peak resident | host, peak heap | daemon, peak resident |
				|---|---:|---:|---:|---:|---:|""", bytes / 1e9);
	}

	/** Arguments: the folder of the daemons, the way, how many bytes. */
	public static void main(String[] args) {
		Way way = Way.valueOf(args[1]);
		long bytes = Long.parseLong(args[2]);
		SdkRun.report(() -> List.of(measure(new Daemons(args[0]), way, bytes)));
	}

	private static String measure(Daemons daemons, Way way, long bytes) throws Exception {
		String[] role = (way == Way.COPY) ? new String[] { "--copy", Long.toString(bytes) }
				: new String[] { "--socket" };
		try (Daemons.OnSocket daemon = SdkRun.start(daemons, role)) {
			double seconds = ((way == Way.COPY) ? copy(daemon, bytes) : stream(daemon, way, bytes)) / 1e9;
			return String.format(Locale.ROOT, "| %s | %.2f GB/s | %.2f | %s | %s | %s |", way.title,
					bytes / seconds / 1e9, seconds, Memory.peakResident(ProcessHandle.current().pid()),
					Memory.peakHeap(), Memory.peakResident(daemon.process().pid()));
		}
	}

	private static long copy(Daemons.OnSocket daemon, long bytes) throws IOException {
		ByteBuffer buffer = ByteBuffer.allocateDirect(READ_BUFFER);
		long received = 0;
		long start = System.nanoTime();
		try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(daemon.socket()))) {
			for (int count = channel.read(buffer); count >= 0; count = channel.read(buffer.clear())) {
				received += count;
			}
		}
		return nanosSince(start, received, bytes);
	}

	private static long stream(Daemons.OnSocket daemon, Way way, long bytes) {
		LongAdder received = new LongAdder();
		try (RustBridge bridge = RustBridge.builder("bench").socketPath(daemon.socket()).build()) {
			bridge.start().block();
			CommandSpec command = bridge.command("bytes").params(new Size(bytes));
			long start = System.nanoTime();
			if (way == Way.RAW) {
				command.retrieveFlux(ByteBuffer.class)
					.doOnNext((piece) -> received.add(piece.remaining()))
					.then()
					.block();
			}
			else {
				command.retrieveFlux(String.class)
					.doOnNext((piece) -> received.add(Base64.getDecoder().decode(piece).length))
					.then()
					.block();
			}
			return nanosSince(start, received.sum(), bytes);
		}
	}

	private static long nanosSince(long start, long received, long expected) {
		long nanos = System.nanoTime() - start;
		if (received != expected) {
			throw new IllegalStateException("expected " + expected + " bytes, got " + received);
		}
		return nanos;
	}

}
