package dev.rustbridge.connection;

import java.util.Map;

import dev.rustbridge.protocol.Envelope;
import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

/**
 * The W3C trace context of a call.
 *
 * @param traceparent the header {@code traceparent}
 * @param tracestate the header {@code tracestate}
 */
record TraceContext(@Nullable String traceparent, @Nullable String tracestate) {

	/**
	 * Where a tracing integration puts the headers into Reactor's context, as a map of
	 * their names to their values.
	 */
	static final String KEY = "dev.rustbridge.trace";

	static final TraceContext NONE = new TraceContext(null, null);

	/** That of a line: members that are no text count as absent, as W3C has it. */
	static TraceContext from(Envelope line) {
		String parent = line.traceparent();
		return (parent != null) ? new TraceContext(parent, line.tracestate()) : NONE;
	}

	static TraceContext from(ContextView context) {
		if (context.isEmpty()) {
			return NONE;
		}
		return (context.getOrDefault(KEY, null) instanceof Map<?, ?> headers) ? from(headers) : NONE;
	}

	static TraceContext from(Map<?, ?> headers) {
		if (headers.get("traceparent") instanceof String parent) {
			return new TraceContext(parent, (headers.get("tracestate") instanceof String state) ? state : null);
		}
		return NONE;
	}

	Map<String, String> headers() {
		if (this.traceparent == null) {
			return Map.of();
		}
		return (this.tracestate == null) ? Map.of("traceparent", this.traceparent)
				: Map.of("traceparent", this.traceparent, "tracestate", this.tracestate);
	}

}
