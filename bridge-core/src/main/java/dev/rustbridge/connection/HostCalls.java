package dev.rustbridge.connection;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.rustbridge.BridgeDecodingException;
import dev.rustbridge.CallHandler;
import dev.rustbridge.CommandFailedException;
import dev.rustbridge.protocol.EncodingException;
import dev.rustbridge.protocol.Envelope;
import dev.rustbridge.transport.IoLoop;
import dev.rustbridge.transport.LoopLog;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import tools.jackson.databind.util.RawValue;

/**
 * The calls that the daemon makes into the application, each answered exactly once.
 * Confined to the loop, to which answers that come on other threads are brought.
 */
final class HostCalls {

	/** Calls of one connection that may be open at once. */
	static final int LIMIT = 256;

	private static final LoopLog logger = LoopLog.of(HostCalls.class);

	private final BridgeContext context;

	private final Connection connection;

	/** In the order in which they came, in which they are disposed of too. */
	private final Map<String, Open> open = new LinkedHashMap<>();

	private volatile boolean closed;

	HostCalls(BridgeContext context, Connection connection) {
		this.context = context;
		this.connection = connection;
	}

	void onCall(Envelope envelope) {
		ReceivedCall call = new ReceivedCall(this.context, this.connection.instance(), envelope);
		String id = call.id();
		if (this.open.containsKey(id)) {
			refuse(id, "the id is in use already", "INVALID_PARAMS");
			return;
		}
		CallHandler handler = this.context.handlers().get(call.method());
		if (handler == null) {
			refuse(id, "the application has no handler for '" + call.method() + "'", "UNKNOWN_METHOD");
			return;
		}
		if (this.open.size() >= LIMIT) {
			refuse(id, LIMIT + " calls are open already", "UNAVAILABLE");
			return;
		}
		run(call, handler);
	}

	private void run(ReceivedCall call, CallHandler handler) {
		Disposable.Swap subscription = Disposables.swap();
		Open entry = new Open(subscription, deadline(call));
		this.open.put(call.id(), entry);
		// the handler is the application's: it may block, and must not hold up the bridge
		subscription.replace(Mono.<Object>defer(() -> handler.handle(call).cast(Object.class))
			.subscribeOn(this.context.scheduler())
			.map(Answer::of)
			.defaultIfEmpty(Answer.EMPTY)
			.contextWrite((context) -> call.trace().isEmpty() ? context : context.put(TraceContext.KEY, call.trace()))
			.subscribe((value) -> onLoop(() -> succeed(call, value)), (error) -> onLoop(() -> fail(call, error))));
	}

	private IoLoop.@Nullable Timer deadline(ReceivedCall call) {
		if (call.deadline() == null) {
			return null;
		}
		return this.context.loop()
			.schedule(() -> end(call.id(), "the deadline has passed", "DEADLINE_EXCEEDED"), call.deadline().toNanos());
	}

	/** The daemon does not wait for the answer any more; it gets one all the same. */
	void onCancel(Envelope envelope) {
		String id = envelope.id();
		if (id != null) {
			end(id, "cancelled", "CANCELLED");
		}
	}

	void close() {
		this.closed = true;
		List<Open> left = List.copyOf(this.open.values());
		this.open.clear();
		left.forEach(Open::dispose);
	}

	private void end(String id, String error, String code) {
		Open entry = this.open.remove(id);
		if (entry != null) {
			entry.dispose();
			refuse(id, error, code);
		}
	}

	private void succeed(ReceivedCall call, Answer answer) {
		Open entry = this.open.remove(call.id());
		if (entry == null) {
			return;
		}
		entry.cancelDeadline();
		try {
			byte[] line = this.connection.encoder().result(call.id(), answer.value());
			if (line.length - 1L > this.connection.capabilities().daemonMaxMessageSize()) {
				refuse(call.id(), "the result is larger than the daemon takes", "TOO_LARGE");
				return;
			}
			this.connection.control().answer(call.id(), line);
		}
		catch (EncodingException ex) {
			logger.warn("Bridge '{}': the handler of '{}' returned what cannot be sent", this.context.bridge(),
					call.method(), ex);
			refuse(call.id(), "the result cannot be sent: " + ex.getMessage(), "INTERNAL");
		}
	}

	private void fail(ReceivedCall call, Throwable error) {
		Open entry = this.open.remove(call.id());
		if (entry == null) {
			return;
		}
		entry.cancelDeadline();
		if (error instanceof BridgeDecodingException) {
			refuse(call.id(), error.getMessage(), "INVALID_PARAMS");
		}
		else if (error instanceof CommandFailedException failed) {
			refuse(call.id(), failed.error(), (failed.code() != null) ? failed.code() : "INTERNAL", failed.details());
		}
		else {
			logger.warn("Bridge '{}': the handler of '{}' failed", this.context.bridge(), call.method(), error);
			refuse(call.id(), String.valueOf(error), "INTERNAL");
		}
	}

	private void refuse(String id, @Nullable String error, String code) {
		refuse(id, error, code, null);
	}

	private void refuse(String id, @Nullable String error, String code, @Nullable String details) {
		try {
			RawValue json = (details != null) ? new RawValue(details) : null;
			this.connection.control()
				.answer(id, this.connection.encoder().error(id, String.valueOf(error), code, json));
		}
		catch (EncodingException ex) {
			if (details == null) {
				throw new IllegalStateException("An error without details can always be written", ex);
			}
			logger.warn("Bridge '{}': the details of a handler's error cannot be sent", this.context.bridge(), ex);
			refuse(id, error, code, null);
		}
	}

	private void onLoop(Runnable task) {
		if (this.context.loop().inLoop()) {
			if (!this.closed) {
				task.run();
			}
		}
		else if (!this.closed) {
			this.context.loop().execute(task);
		}
	}

	private record Answer(@Nullable Object value) {

		static final Answer EMPTY = new Answer(null);

		static Answer of(Object value) {
			return new Answer(value);
		}

	}

	private record Open(Disposable subscription, IoLoop.@Nullable Timer deadline) {

		void dispose() {
			cancelDeadline();
			this.subscription.dispose();
		}

		void cancelDeadline() {
			if (this.deadline != null) {
				this.deadline.cancel();
			}
		}

	}

}
