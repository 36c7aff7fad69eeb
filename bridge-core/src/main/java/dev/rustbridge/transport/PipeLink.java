package dev.rustbridge.transport;

import java.io.IOException;
import java.nio.ByteBuffer;

import dev.rustbridge.BridgeInfo.PeerCredentials;
import org.jspecify.annotations.Nullable;

/**
 * The standard streams of a daemon of ours over the plain pipes that the JDK makes, for
 * where socket pairs cannot be had or are not wanted ({@code > /dev/stdout} in a shell
 * does not work on a socket). A thread for each stream does the waiting.
 */
public final class PipeLink implements Link {

	/** As much again as a pipe holds, twice. */
	private static final int CAPACITY = 128 * 1024;

	private static final int STDERR_CAPACITY = 16 * 1024;

	private final PipeWriter stdin;

	private final PipeReader stdout;

	private final PipeReader stderr;

	private final DaemonHandle daemon;

	private final StderrSink sink;

	private PipeLink(IoLoop loop, Process process, DaemonHandle daemon, StderrSink sink) {
		String name = "rustbridge-pid" + daemon.pid();
		this.stdin = new PipeWriter(loop, process.getOutputStream(), CAPACITY, name + "-stdin");
		this.stdout = new PipeReader(loop, process.getInputStream(), CAPACITY, name + "-stdout");
		this.stderr = new PipeReader(loop, process.getErrorStream(), STDERR_CAPACITY, name + "-stderr");
		this.daemon = daemon;
		this.sink = sink;
	}

	/**
	 * Links with a process whose streams are pipes.
	 * @param loop any loop
	 * @param process whose streams the link owns from now on
	 * @param daemon the same process, as supervision sees it
	 * @param sink takes its stderr
	 * @return the link
	 */
	public static Link open(IoLoop loop, Process process, DaemonHandle daemon, StderrSink sink) {
		return new PipeLink(loop, process, daemon, sink);
	}

	@Override
	public void start(LinkHandler handler) {
		this.stderr.start(new StderrHandler(this.sink));
		this.stdin.start(handler);
		this.stdout.start(handler);
	}

	@Override
	public int write(ByteBuffer bytes) throws IOException {
		return this.stdin.write(bytes);
	}

	@Override
	public void requestWritable() {
		this.stdin.requestWritable();
	}

	@Override
	public void pauseReading() {
		this.stdout.conduit().pause();
	}

	@Override
	public void resumeReading() {
		this.stdout.conduit().resume();
	}

	@Override
	public void drainReadable(Runnable done) {
		int[] left = { 2 };
		Runnable oneDone = () -> {
			left[0]--;
			if (left[0] == 0) {
				done.run();
			}
		};
		this.stderr.drain(oneDone);
		this.stdout.drain(oneDone);
	}

	@Override
	public void shutdownOutput() {
		this.stdin.shutdownOutput();
	}

	@Override
	public void close() {
		this.stdin.close();
		this.stdout.close();
		this.stderr.close();
	}

	@Override
	public DaemonHandle daemon() {
		return this.daemon;
	}

	@Override
	public @Nullable PeerCredentials peer() {
		return null;
	}

	@Override
	public String kind() {
		return "pipe";
	}

}
