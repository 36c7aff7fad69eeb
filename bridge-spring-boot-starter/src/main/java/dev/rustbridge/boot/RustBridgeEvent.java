package dev.rustbridge.boot;

import java.lang.reflect.Type;
import java.util.Map;

import dev.rustbridge.BridgeDecodingException;
import dev.rustbridge.BridgeEvent;
import dev.rustbridge.RustBridge;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

import org.springframework.context.ApplicationEvent;

/**
 * An event of a daemon, published in the application. Those of one bridge are published
 * one after the other, in their order, on a thread that belongs to no one else; a slow
 * listener delays the events of this bridge only, and {@code events.buffer} and
 * {@code events.overflow} say what becomes of those that wait. <pre class="code">
 * &#64;EventListener(condition = "#event.bridge == 'search' and #event.name == 'fileChanged'")
 * void on(RustBridgeEvent event) { … event.as(FileChanged.class) … }
 * </pre>
 *
 * @see BridgeEventListener
 */
public final class RustBridgeEvent extends ApplicationEvent {

	private static final long serialVersionUID = 1L;

	private final transient BridgeEvent event;

	/**
	 * Makes an event.
	 * @param source the bridge it came over
	 * @param event the daemon's event
	 */
	public RustBridgeEvent(RustBridge source, BridgeEvent event) {
		super(source);
		this.event = event;
	}

	/**
	 * The bridge it came over.
	 * @return the bridge's name
	 */
	public String getBridge() {
		return this.event.bridge();
	}

	/**
	 * The instance it came from.
	 * @return the index in the pool, from 0
	 */
	public int getInstance() {
		return this.event.instance();
	}

	/**
	 * The generation it came from.
	 * @return the number, from 1
	 * @see BridgeEvent#generation()
	 */
	public long getGeneration() {
		return this.event.generation();
	}

	/**
	 * The event's name.
	 * @return the name, as the daemon wrote it
	 */
	public String getName() {
		return this.event.name();
	}

	/**
	 * The W3C trace context that came along: that of the command whose handler in the
	 * daemon sent the event. Where the application traces, listeners are part of that
	 * trace already.
	 * @return {@code traceparent} and {@code tracestate}, empty if none came
	 */
	public Map<String, String> getTrace() {
		return this.event.trace();
	}

	/**
	 * Its data.
	 * @return the JSON text, {@code null} when the event has no data
	 */
	public @Nullable String getJson() {
		return this.event.json();
	}

	/**
	 * Its data, bound to a type.
	 * @param <T> the type
	 * @param type the type
	 * @return the value; {@code null} when the event has no data or it is {@code null}
	 * @throws BridgeDecodingException when the data does not fit the type
	 */
	public <T> @Nullable T as(Class<T> type) {
		return this.event.as(type);
	}

	/**
	 * Its data, bound to a generic type.
	 * @param <T> the type
	 * @param type the full type
	 * @return as {@link #as(Class)}
	 */
	public <T> @Nullable T as(TypeReference<T> type) {
		return this.event.as(type);
	}

	/**
	 * Its data, bound to a type that is known only at run time.
	 * @param type the full type
	 * @return as {@link #as(Class)}
	 */
	public @Nullable Object as(Type type) {
		return this.event.as(type);
	}

	@Override
	public String toString() {
		return "RustBridgeEvent[bridge=" + getBridge() + ", instance=" + getInstance() + ", generation="
				+ getGeneration() + ", name=" + getName() + "]";
	}

}
