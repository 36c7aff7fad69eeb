package dev.rustbridge.transport;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.newsclub.net.unix.AFSocket;

/**
 * The native library of junixsocket, which makes sockets the streams of a child process.
 *
 * <p>
 * Where it can't be loaded junixsocket prints a stack trace of some sixty lines, and
 * later fails by a method that is missing. So it is loaded here first, without a word,
 * and why it can't be is told once, by who does without it.
 */
final class NativeLibrary {

	private static final @Nullable Throwable failure = load();

	private NativeLibrary() {
	}

	/**
	 * Makes sure that the library is loaded.
	 * @throws IOException when it can't be: why, and what to do
	 */
	static void require() throws IOException {
		if (failure != null) {
			throw new IOException(
					("the native library of junixsocket can't be loaded (%s). It is extracted to %s first: "
							+ "that folder must not be mounted noexec, or name another by "
							+ "-Dorg.newsclub.net.unix.library.tmpdir=DIR; and native access must be allowed, by "
							+ "--enable-native-access=ALL-UNNAMED. Or set 'stdio' to 'pipe': pipes need no library")
						.formatted(describe(failure), extractedTo()),
					failure);
		}
	}

	private static @Nullable Throwable load() {
		PrintStream err = System.err;
		PrintStream quiet = new PrintStream(new OthersOnly(err, Thread.currentThread()), true, charset());
		System.setErr(quiet);
		try {
			AFSocket.ensureSupported();
			return null;
		}
		catch (UnsupportedOperationException ex) {
			return (ex.getCause() != null) ? ex.getCause() : ex;
		}
		catch (LinkageError ex) {
			return ex;
		}
		finally {
			if (System.err == quiet) {
				System.setErr(err);
			}
		}
	}

	/** Of all that was tried, what could have worked. */
	static String describe(Throwable failure) {
		return Stream.concat(Stream.of(failure), Arrays.stream(failure.getSuppressed()))
			.filter((tried) -> !(tried instanceof ClassNotFoundException))
			.map((tried) -> String.valueOf(tried.getMessage()))
			.filter((message) -> !message.startsWith("No library specified")
					&& !message.contains("in java.library.path"))
			.distinct()
			.collect(Collectors.joining("; "));
	}

	private static String extractedTo() {
		return System.getProperty("org.newsclub.net.unix.library.tmpdir", System.getProperty("java.io.tmpdir"));
	}

	private static Charset charset() {
		return Charset.forName(System.getProperty("stderr.encoding", Charset.defaultCharset().name()));
	}

	/**
	 * Leaves out what one thread writes. Closes nothing: the stream behind it is not
	 * ours.
	 */
	private static final class OthersOnly extends OutputStream {

		private final PrintStream out;

		private final Thread silenced;

		OthersOnly(PrintStream out, Thread silenced) {
			this.out = out;
			this.silenced = silenced;
		}

		@Override
		public void write(int b) {
			if (Thread.currentThread() != this.silenced) {
				this.out.write(b);
			}
		}

		@Override
		public void write(byte[] bytes, int offset, int length) {
			if (Thread.currentThread() != this.silenced) {
				this.out.write(bytes, offset, length);
			}
		}

		@Override
		public void flush() {
			this.out.flush();
		}

	}

}
