package dev.rustbridge.transport;

import java.io.IOException;
import java.nio.ByteBuffer;

import dev.rustbridge.BridgeInfo.PeerCredentials;
import org.jspecify.annotations.Nullable;

/**
 * The standard streams of a daemon of ours, each over a socket pair of its own: so the
 * end of one is seen by itself, and nothing of them ever blocks.
 */
final class StdioLink implements Link {

	private final LoopChannel stdin;

	private final LoopChannel stdout;

	private final LoopChannel stderr;

	private final StderrSink sink;

	private final DaemonHandle daemon;

	StdioLink(LoopChannel stdin, LoopChannel stdout, LoopChannel stderr, StderrSink sink, DaemonHandle daemon) {
		this.stdin = stdin;
		this.stdout = stdout;
		this.stderr = stderr;
		this.sink = sink;
		this.daemon = daemon;
	}

	@Override
	public void start(LinkHandler handler) {
		// the log first: what it says about the end should be there at the end
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
		this.stdout.pauseReading();
	}

	@Override
	public void resumeReading() {
		this.stdout.resumeReading();
	}

	@Override
	public void drainReadable(Runnable done) {
		this.stderr.drainReadable();
		this.stdout.drainReadable();
		done.run();
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
		return "stdio";
	}

}
