package dev.rustbridge.connection;

import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;

import dev.rustbridge.BridgeCall;
import dev.rustbridge.BridgeDecodingException;
import dev.rustbridge.BridgeException.Origin;
import dev.rustbridge.protocol.Envelope;
import dev.rustbridge.protocol.JsonMismatch;
import org.jspecify.annotations.Nullable;

/**
 * A call of the daemon as it came.
 */
final class ReceivedCall implements BridgeCall {

	private static final byte[] NO_PARAMS = { '{', '}' };

	private final BridgeContext context;

	private final int instance;

	private final String id;

	private final String method;

	private final byte[] params;

	private final @Nullable Duration deadline;

	private final Map<String, String> trace;

	ReceivedCall(BridgeContext context, int instance, Envelope envelope) {
		this.context = context;
		this.instance = instance;
		this.id = Objects.requireNonNull(envelope.id(), "a call has an id");
		this.method = envelope.name();
		this.params = (envelope.valueStart() < 0) ? NO_PARAMS
				: Arrays.copyOfRange(envelope.buffer(), envelope.valueStart(), envelope.valueEnd());
		this.deadline = (envelope.deadlineMs() >= 0) ? Duration.ofMillis(envelope.deadlineMs()) : null;
		this.trace = TraceContext.from(envelope).headers();
	}

	String id() {
		return this.id;
	}

	@Override
	public String bridge() {
		return this.context.bridge();
	}

	@Override
	public int instance() {
		return this.instance;
	}

	@Override
	public String method() {
		return this.method;
	}

	@Override
	public String json() {
		return new String(this.params, StandardCharsets.UTF_8);
	}

	@Override
	public <T> @Nullable T as(Class<T> type) {
		return type.cast(as((Type) type));
	}

	@Override
	public @Nullable Object as(Type type) {
		try {
			return this.context.codec().read(this.params, 0, this.params.length, this.context.codec().type(type));
		}
		catch (JsonMismatch ex) {
			throw new BridgeDecodingException(new Origin(bridge(), this.method, this.id), ex.path(),
					"the parameters do not fit " + type.getTypeName() + ": " + ex.getMessage(), ex.getCause());
		}
	}

	@Override
	public @Nullable Duration deadline() {
		return this.deadline;
	}

	@Override
	public Map<String, String> trace() {
		return this.trace;
	}

}
