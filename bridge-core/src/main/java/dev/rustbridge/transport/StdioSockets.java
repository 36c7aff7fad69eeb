package dev.rustbridge.transport;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Three socket pairs, to be the standard streams of a daemon.
 *
 * <p>
 * Use: {@link #open()}, {@link #redirect}, start the process, {@link #link}; and
 * {@link #close()} in any case, which closes only what no link has taken over.
 */
public final class StdioSockets implements Closeable {

	private final SocketPair stdin;

	private final SocketPair stdout;

	private final SocketPair stderr;

	private boolean linked;

	private StdioSockets(SocketPair stdin, SocketPair stdout, SocketPair stderr) {
		this.stdin = stdin;
		this.stdout = stdout;
		this.stderr = stderr;
	}

	/**
	 * Makes the pairs.
	 * @return the pairs, to be closed
	 * @throws IOException when they cannot be had here: native code may not be loaded
	 * (access denied to it, a temporary folder mounted {@code noexec}), too many open
	 * files, a system without Unix sockets. Pipes are what remains.
	 */
	public static StdioSockets open() throws IOException {
		NativeLibrary.require();
		Deque<SocketPair> opened = new ArrayDeque<>(3);
		try {
			for (int i = 0; i < 3; i++) {
				opened.add(SocketPair.open());
			}
			return new StdioSockets(opened.remove(), opened.remove(), opened.remove());
		}
		catch (LinkageError | UnsupportedOperationException ex) {
			throw closing(opened,
					new IOException("socket pairs need native code that this system does not have: " + ex, ex));
		}
		catch (IOException ex) {
			throw closing(opened, ex);
		}
	}

	private static IOException closing(Deque<SocketPair> opened, IOException failure) {
		for (SocketPair pair : opened) {
			try {
				pair.close();
			}
			catch (IOException ex) {
				failure.addSuppressed(ex);
			}
		}
		return failure;
	}

	/**
	 * Makes the child's ends the standard streams of a process to be started.
	 * @param builder of the process
	 */
	public void redirect(ProcessBuilder builder) {
		builder.redirectInput(this.stdin.childEnd());
		builder.redirectOutput(this.stdout.childEnd());
		builder.redirectError(this.stderr.childEnd());
	}

	/**
	 * Links our ends with the process that has been started, and gives up the child's.
	 * @param loop a loop made by {@link IoLoop#open}
	 * @param daemon the process
	 * @param sink takes its stderr
	 * @return the link, which owns the channels from now on
	 * @throws IOException when the system refuses; nothing has been taken over then
	 */
	public Link link(IoLoop loop, DaemonHandle daemon, StderrSink sink) throws IOException {
		closeChildEnds();
		SelectorLoop selectorLoop = SelectorLoop.of(loop);
		LoopChannel in = new LoopChannel(selectorLoop, this.stdin.parentEnd(), false);
		LoopChannel out = new LoopChannel(selectorLoop, this.stdout.parentEnd(), true);
		LoopChannel err = new LoopChannel(selectorLoop, this.stderr.parentEnd(), true);
		this.linked = true;
		return new StdioLink(in, out, err, sink, daemon);
	}

	private void closeChildEnds() throws IOException {
		this.stdin.closeChildEnd();
		this.stdout.closeChildEnd();
		this.stderr.closeChildEnd();
	}

	/**
	 * Closes the child's ends, and ours too unless they have been linked. Idempotent.
	 */
	@Override
	public void close() throws IOException {
		closeChildEnds();
		if (!this.linked) {
			for (SocketPair pair : new SocketPair[] { this.stdin, this.stdout, this.stderr }) {
				SocketChannel channel = pair.parentEnd();
				channel.close();
			}
		}
	}

}
