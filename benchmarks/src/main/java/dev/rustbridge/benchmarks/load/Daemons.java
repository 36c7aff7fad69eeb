package dev.rustbridge.benchmarks.load;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Where the daemons are, and how those on a socket are started. */
public final class Daemons {

	private static final long READY_SECONDS = 10;

	private final Path folder;

	/** Knows the daemons in that folder. */
	public Daemons(String folder) {
		this.folder = Path.of(folder);
	}

	/** The executable with that name. */
	public Path binary(String name) {
		return folder.resolve(name);
	}

	/**
	 * Starts a daemon on a socket of its own, and waits until the socket is there.
	 * @param args what comes before the socket's path
	 */
	public OnSocket onSocket(String name, String... args) throws IOException, InterruptedException {
		Path home = Files.createTempDirectory("bench");
		Path socket = home.resolve("socket");
		ProcessBuilder builder = new ProcessBuilder(binary(name).toString());
		builder.command().addAll(List.of(args));
		builder.command().add(socket.toString());
		Process process = builder.redirectOutput(Redirect.DISCARD).redirectError(Redirect.INHERIT).start();
		long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(READY_SECONDS);
		while (!Files.exists(socket)) {
			if (!process.isAlive() || System.nanoTime() > deadline) {
				process.destroyForcibly();
				throw new IOException(name + " did not open its socket");
			}
			Thread.sleep(5);
		}
		return new OnSocket(process, socket);
	}

	/** A running daemon, and the path that it listens on. */
	public record OnSocket(Process process, Path socket) implements AutoCloseable {

		@Override
		public void close() throws IOException {
			process.destroyForcibly();
			Files.deleteIfExists(socket);
			Files.deleteIfExists(socket.getParent());
		}
	}

}
