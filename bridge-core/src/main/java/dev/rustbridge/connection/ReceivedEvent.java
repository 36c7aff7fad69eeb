package dev.rustbridge.connection;

import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

import dev.rustbridge.BridgeDecodingException;
import dev.rustbridge.BridgeEvent;
import dev.rustbridge.BridgeException.Origin;
import dev.rustbridge.protocol.Envelope;
import dev.rustbridge.protocol.JsonCodec;
import dev.rustbridge.protocol.JsonMismatch;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/**
 * An event as it came: bound to a type only when somebody asks.
 */
final class ReceivedEvent implements BridgeEvent {

	private final String bridge;

	private final int instance;

	private final long generation;

	private final String name;

	private final byte @Nullable [] data;

	private final Map<String, String> trace;

	private final JsonCodec codec;

	ReceivedEvent(String bridge, int instance, long generation, Envelope envelope, boolean traced, JsonCodec codec) {
		this.bridge = bridge;
		this.instance = instance;
		this.generation = generation;
		this.name = envelope.name();
		this.data = (envelope.valueStart() < 0) ? null
				: Arrays.copyOfRange(envelope.buffer(), envelope.valueStart(), envelope.valueEnd());
		this.trace = traced ? TraceContext.from(envelope).headers() : Map.of();
		this.codec = codec;
	}

	@Override
	public String bridge() {
		return this.bridge;
	}

	@Override
	public int instance() {
		return this.instance;
	}

	@Override
	public long generation() {
		return this.generation;
	}

	@Override
	public String name() {
		return this.name;
	}

	@Override
	public Map<String, String> trace() {
		return this.trace;
	}

	@Override
	public @Nullable String json() {
		return (this.data != null) ? new String(this.data, StandardCharsets.UTF_8) : null;
	}

	@Override
	public <T> @Nullable T as(Class<T> type) {
		return type.cast(as((Type) type));
	}

	@Override
	@SuppressWarnings("unchecked")
	public <T> @Nullable T as(TypeReference<T> type) {
		return (T) as(type.getType());
	}

	@Override
	public @Nullable Object as(Type type) {
		if (this.data == null) {
			return null;
		}
		try {
			return this.codec.read(this.data, 0, this.data.length, this.codec.type(type));
		}
		catch (JsonMismatch ex) {
			throw new BridgeDecodingException(Origin.bridge(this.bridge), ex.path(),
					"the event '" + this.name + "' does not fit " + type.getTypeName() + ": " + ex.getMessage(),
					ex.getCause());
		}
	}

	@Override
	public String toString() {
		return "BridgeEvent[" + this.bridge + "/" + this.name + "]";
	}

}
