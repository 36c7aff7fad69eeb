package dev.rustbridge.connection;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

import dev.rustbridge.BridgeListener;
import dev.rustbridge.CommandObservation;
import dev.rustbridge.jfr.JfrEvents;
import dev.rustbridge.jfr.RecordedCommand;
import dev.rustbridge.transport.LoopLog;
import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

/**
 * Who wants to know what happens in a bridge. An array that is replaced as a whole: it is
 * read on the path of every call, and hardly ever changed.
 */
public final class Listeners {

	private static final LoopLog logger = LoopLog.of(Listeners.class);

	private final String bridge;

	private final ChunkTally chunks = new ChunkTally(this);

	private volatile BridgeListener[] all;

	/**
	 * Makes the listeners of a bridge.
	 * @param bridge the bridge's name
	 * @param first those that are there from the start
	 */
	public Listeners(String bridge, List<BridgeListener> first) {
		this.bridge = bridge;
		this.all = first.toArray(BridgeListener[]::new);
	}

	/**
	 * Whether nobody wants to know.
	 * @return {@code true} where telling can be spared
	 */
	public boolean isEmpty() {
		return this.all.length == 0;
	}

	/**
	 * Adds a listener.
	 * @param listener told from now on
	 */
	public synchronized void add(BridgeListener listener) {
		List<BridgeListener> changed = new ArrayList<>(Arrays.asList(this.all));
		changed.add(listener);
		this.all = changed.toArray(BridgeListener[]::new);
	}

	/**
	 * Removes a listener.
	 * @param listener may be told once more by another thread
	 */
	public synchronized void remove(BridgeListener listener) {
		List<BridgeListener> changed = new ArrayList<>(Arrays.asList(this.all));
		changed.remove(listener);
		this.all = changed.toArray(BridgeListener[]::new);
	}

	/**
	 * Tells all listeners; one that throws harms nobody else.
	 * @param notice what to tell each
	 */
	public void tell(Consumer<BridgeListener> notice) {
		for (BridgeListener listener : this.all) {
			try {
				notice.accept(listener);
			}
			catch (RuntimeException ex) {
				logger.warn("Bridge '{}': a listener failed", this.bridge, ex);
			}
		}
	}

	/**
	 * Counts a chunk, of which listeners are told with those that follow. On the loop.
	 * @param receiver the call that it belongs to
	 */
	void chunk(Call receiver) {
		this.chunks.add(receiver);
	}

	/**
	 * Tells of the chunks that were counted: when what was read is done, or before a call
	 * ends. On the loop.
	 */
	void tellChunks() {
		this.chunks.tell();
	}

	/**
	 * Asks who follows a call. A call goes on without one that throws.
	 * @param method the method
	 * @param subscriber the subscriber's context
	 * @return what follows it, {@code null} for nobody
	 */
	@Nullable CallObservation observe(String method, ContextView subscriber) {
		CommandObservation observation = firstObservation(method, subscriber);
		RecordedCommand recorded = JfrEvents.command(this.bridge, method);
		return (observation != null || recorded != null) ? new CallObservation(this.bridge, observation, recorded)
				: null;
	}

	private @Nullable CommandObservation firstObservation(String method, ContextView subscriber) {
		for (BridgeListener listener : this.all) {
			try {
				CommandObservation observation = listener.observe(method, subscriber);
				if (observation != null) {
					return observation;
				}
			}
			catch (RuntimeException ex) {
				logger.warn("Bridge '{}': a listener failed", this.bridge, ex);
			}
		}
		return null;
	}

}
