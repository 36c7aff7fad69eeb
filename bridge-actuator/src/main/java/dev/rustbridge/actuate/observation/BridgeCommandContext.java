package dev.rustbridge.actuate.observation;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.rustbridge.BridgeListener.Outcome;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import org.jspecify.annotations.Nullable;

/**
 * A command under observation. Its carrier holds the headers of the trace, which go to
 * the daemon.
 */
public class BridgeCommandContext extends SenderContext<Map<String, String>> {

	private final String bridge;

	private final String method;

	private volatile @Nullable Route route;

	private volatile @Nullable Outcome outcome;

	/**
	 * Makes a context.
	 * @param bridge the bridge's name
	 * @param method the method
	 */
	public BridgeCommandContext(String bridge, String method) {
		super((carrier, key, value) -> {
			if (carrier != null) {
				carrier.put(key, value);
			}
		}, Kind.CLIENT);
		this.bridge = bridge;
		this.method = method;
		setCarrier(new LinkedHashMap<>(4));
		setRemoteServiceName(bridge);
	}

	/**
	 * The bridge it goes over.
	 * @return the bridge's name
	 */
	public String getBridge() {
		return this.bridge;
	}

	/**
	 * What is asked for.
	 * @return the method
	 */
	public String getMethod() {
		return this.method;
	}

	/**
	 * Where it was sent last.
	 * @return the route, {@code null} while it has none
	 */
	public @Nullable Route getRoute() {
		return this.route;
	}

	void setRoute(Route route) {
		this.route = route;
	}

	/**
	 * How it ended.
	 * @return the outcome, {@code null} as long as it has not ended
	 */
	public @Nullable Outcome getOutcome() {
		return this.outcome;
	}

	void setOutcome(Outcome outcome) {
		this.outcome = outcome;
	}

	/**
	 * Where a command was sent.
	 *
	 * @param id its id on the wire
	 * @param instance the index in the pool, from 0
	 * @param generation the daemon's generation, from 1
	 */
	public record Route(String id, int instance, long generation) {

	}

}
