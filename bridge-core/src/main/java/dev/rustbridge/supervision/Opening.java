package dev.rustbridge.supervision;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

import dev.rustbridge.BridgeStartException.Reason;
import dev.rustbridge.BridgeStartException;
import dev.rustbridge.connection.BridgeContext;
import dev.rustbridge.transport.Link;
import dev.rustbridge.transport.LoopLog;
import dev.rustbridge.transport.Transport;

/**
 * Finds, launches or connects on a thread that may wait, and brings what came of it to
 * the loop.
 *
 * @param context the bridge
 * @param transport how
 * @param instance for which instance
 * @param onOpened told of the link, on the loop
 * @param onFailed told why there is none, on the loop
 */
record Opening(BridgeContext context, Transport transport, int instance, Consumer<Link> onOpened,
		Consumer<BridgeStartException> onFailed) {

	private static final LoopLog logger = LoopLog.of(Opening.class);

	/**
	 * Begins. On the loop.
	 * @param supervisor may wait
	 */
	void by(Executor supervisor) {
		try {
			supervisor.execute(this::open);
		}
		catch (RejectedExecutionException ex) {
			this.onFailed.accept(failure("the bridge has been closed", ex));
		}
	}

	private void open() {
		Link opened;
		try {
			opened = this.transport.open(this.context.loop(), this.instance);
		}
		catch (BridgeStartException ex) {
			tell(() -> this.onFailed.accept(ex));
			return;
		}
		catch (Throwable ex) {
			// whatever it is, such as a system out of threads: somebody waits for it
			tell(() -> this.onFailed.accept(failure("it could not be started: " + ex, ex)));
			return;
		}
		if (!tell(() -> this.onOpened.accept(opened))) {
			// nobody is left to own it
			Disposal.of(opened, true);
		}
	}

	/** Whether it will be heard: not after the bridge was closed. */
	private boolean tell(Runnable news) {
		try {
			this.context.loop().execute(news);
			return true;
		}
		catch (RejectedExecutionException ex) {
			logger.debug("Bridge '{}': it was closed while its daemon was being started", this.context.bridge(), ex);
			return false;
		}
	}

	private BridgeStartException failure(String what, Throwable cause) {
		return Diagnosis.startFailure(this.context.bridge(), null, Reason.NOT_EXECUTABLE, what, cause);
	}

}
