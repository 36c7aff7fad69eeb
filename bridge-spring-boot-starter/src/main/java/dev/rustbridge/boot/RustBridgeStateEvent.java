package dev.rustbridge.boot;

import java.util.Objects;

import dev.rustbridge.BridgeState;
import dev.rustbridge.BridgeStateChange;
import dev.rustbridge.RustBridge;

import org.springframework.context.ApplicationEvent;

/**
 * An instance of a bridge came into another state. Published in order with the events of
 * the bridge.
 */
public final class RustBridgeStateEvent extends ApplicationEvent {

	private static final long serialVersionUID = 1L;

	private final transient BridgeStateChange change;

	/**
	 * Makes an event.
	 * @param source the bridge
	 * @param change the step
	 */
	public RustBridgeStateEvent(RustBridge source, BridgeStateChange change) {
		super(source);
		this.change = Objects.requireNonNull(change);
	}

	/**
	 * The bridge.
	 * @return the bridge's name
	 */
	public String getBridge() {
		return this.change.bridge();
	}

	/**
	 * The instance.
	 * @return the index in the pool, from 0
	 */
	public int getInstance() {
		return this.change.instance();
	}

	/**
	 * The state that it came into.
	 * @return the state
	 */
	public BridgeState getState() {
		return this.change.to();
	}

	/**
	 * The step, with where from and why.
	 * @return the step
	 */
	public BridgeStateChange getChange() {
		return this.change;
	}

	@Override
	public String toString() {
		return "RustBridgeStateEvent[" + this.change + "]";
	}

}
