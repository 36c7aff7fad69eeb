package dev.rustbridge.transport;

import dev.rustbridge.BridgeInfo.PeerCredentials;
import org.jspecify.annotations.Nullable;

/**
 * A link of a test, which has neither a process nor a peer and does nothing but what the
 * test gives it to do.
 */
public abstract class QuietLink implements Link {

	@Override
	public void start(LinkHandler handler) {
	}

	@Override
	public void requestWritable() {
	}

	@Override
	public void pauseReading() {
	}

	@Override
	public void resumeReading() {
	}

	@Override
	public void drainReadable(Runnable done) {
		done.run();
	}

	@Override
	public void shutdownOutput() {
	}

	@Override
	public void close() {
	}

	@Override
	public @Nullable DaemonHandle daemon() {
		return null;
	}

	@Override
	public @Nullable PeerCredentials peer() {
		return null;
	}

}
