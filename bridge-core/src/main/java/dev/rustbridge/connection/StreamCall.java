package dev.rustbridge.connection;

import java.time.Duration;
import java.util.Objects;

import dev.rustbridge.BridgeException.Origin;
import dev.rustbridge.BridgeListener.Outcome;
import dev.rustbridge.BridgeListener.Violation;
import dev.rustbridge.BridgeProtocolException;
import dev.rustbridge.CommandTimeoutException;
import dev.rustbridge.protocol.CommandMembers;
import dev.rustbridge.protocol.Envelope;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.util.context.ContextView;
import tools.jackson.databind.JavaType;

/**
 * A command with chunks, towards its daemon: takes in what comes, and lets no more come
 * than its subscriber wants and {@code stream-buffer} holds. Then a daemon that
 * understands credit has none left, and the connection of a classic one is not read on.
 *
 * @param <C> a chunk
 */
final class StreamCall<C> extends ChunkDelivery<C> {

	private final boolean raw;

	private final CreditWindow credit;

	private volatile long progressAt;

	private volatile boolean credited;

	/** Confined to the loop. */
	private boolean started;

	StreamCall(CommandRequest request, CallRouter router, JavaType type, @Nullable ResultHalf<?> resultHalf,
			ContextView reactorContext) {
		super(request, router, type, resultHalf, reactorContext);
		this.raw = Answers.isRaw(type);
		this.credit = new CreditWindow(router.context().options().streamBuffer());
	}

	static <C> Flux<C> flux(CommandRequest request, CallRouter router, JavaType type) {
		return new Flux<>() {
			@Override
			public void subscribe(CoreSubscriber<? super C> actual) {
				StreamCall<C> call = new StreamCall<>(request, router, type, null, actual.currentContext());
				call.start();
				call.attach(actual);
				call.begin();
			}
		};
	}

	@Override
	long totalDeadline(long start) {
		this.progressAt = start;
		Duration deadline = request().deadline();
		return (deadline != null) ? start + deadline.toNanos() : DeadlineWatch.NEVER;
	}

	@Override
	public long expiresAt() {
		Connection connection = connection();
		if (!demand().isLeft() || (connection != null && connection.isReadingPaused())) {
			return deadlineAt();
		}
		return Math.min(deadlineAt(), this.progressAt + inactivityNanos());
	}

	private long inactivityNanos() {
		return Objects.requireNonNullElse(request().timeout(), context().options().effectiveStreamTimeout()).toNanos();
	}

	@Override
	String expiryMessage() {
		return (context().deadlines().now() >= deadlineAt()) ? super.expiryMessage()
				: "nothing came for " + Durations.text(inactivityNanos());
	}

	/** The clock of inactivity starts anew: something came, or reading goes on. */
	void touch(long now) {
		// what was read is dated by the begin of its turn
		if (now > this.progressAt) {
			this.progressAt = now;
		}
	}

	@Override
	CommandMembers members(Capabilities capabilities) {
		CommandMembers members = super.members(capabilities);
		long initial = -1;
		// sent again, it may meet a daemon that understands more or less
		this.credited = capabilities.credit();
		if (this.credited) {
			this.credit.reset();
			initial = this.credit.grant(demand().left(), 0);
		}
		if (initial < 0 && !this.raw) {
			return members;
		}
		return new CommandMembers(members.deadlineMs(), members.traceparent(), members.tracestate(),
				(initial == CreditWindow.UNLIMITED) ? -1 : initial, members.upload(), this.raw && capabilities.bytes());
	}

	@Override
	boolean isPartlyDelivered() {
		return this.started || super.isPartlyDelivered();
	}

	// What comes in, on the loop

	@Override
	void onChunk(Envelope envelope) {
		int start = envelope.valueStart();
		int length = envelope.valueEnd() - start;
		if (!receive(length)) {
			return;
		}
		if (mayGive()) {
			give(envelope.buffer(), start, length, false);
			grantMore();
		}
		else {
			hold(new HeldChunk(envelope.buffer(), start, length));
		}
	}

	@Override
	@Nullable RawChunk onRawChunk(long count) {
		if (!this.raw) {
			context().tell((listener) -> listener.protocolViolation(Violation.UNKNOWN_SHAPE, origin().toString()));
			failAndAbandon(
					new BridgeProtocolException(origin(), "the daemon sent raw bytes that were not asked for", null));
			return null;
		}
		return new AssembledChunk(count, this::onRawChunk);
	}

	private void onRawChunk(byte[] bytes) {
		if (hasEnded() || !receive(bytes.length)) {
			return;
		}
		if (mayGive()) {
			give(bytes, 0, bytes.length, true);
			grantMore();
		}
		else {
			hold(HeldChunk.raw(bytes));
		}
	}

	@Override
	public String describe() {
		Origin origin = origin();
		return "Bridge '" + origin.bridge() + "': stream " + origin.id() + " of method '" + origin.method() + "'";
	}

	@Override
	public void giveUp(long stallNanos) {
		failAndAbandon(new CommandTimeoutException(origin(),
				"its subscriber requested nothing for 'stream-stall-timeout' (" + Durations.text(stallNanos)
						+ ") while its chunks, over 'stream-buffer', held up the whole connection",
				null));
	}

	/** Counts a chunk in, and refuses one that has no credit. */
	private boolean receive(int length) {
		touch(readMoment());
		if (!this.started) {
			this.started = true;
			context().tell((listener) -> listener.firstChunk(method(), elapsed()));
		}
		context().listeners().chunk(this);
		if (this.credited && !this.credit.received(length)) {
			context().tell((listener) -> listener.protocolViolation(Violation.CREDIT_OVERRUN, origin().toString()));
			failAndAbandon(
					new BridgeProtocolException(origin(), "the daemon sent more chunks than it had credit for", null));
			return false;
		}
		return true;
	}

	private long readMoment() {
		Connection connection = connection();
		return (connection != null) ? connection.readMoment() : context().deadlines().now();
	}

	@Override
	void onResponse(Envelope envelope) {
		if (!envelope.success()) {
			Throwable failure = Answers.failure(this, envelope);
			if (end()) {
				tellEnded(Outcome.FAILED, failure);
				finish(new StreamEnd(failure));
			}
			return;
		}
		ResultHalf<?> half = resultHalf();
		if (half != null && !half.accept(this, envelope)) {
			return;
		}
		if (end()) {
			tellEnded(Outcome.SUCCESS, null);
			finish(new StreamEnd(null));
		}
	}

	@Override
	void onDetached() {
		Connection connection = connection();
		if (connection != null) {
			connection.resumeReadingFor(this);
		}
	}

	// What the daemon is told

	@Override
	boolean isCredited() {
		return this.credited;
	}

	@Override
	void grantMore() {
		if (this.credited && !hasEnded() && isSent()) {
			grant(this.credit.grant(demand().left(), heldCount()));
		}
	}

	@Override
	void grantUnlimited() {
		if (this.credited) {
			grant(this.credit.grant(Long.MAX_VALUE, 0));
		}
	}

	private void grant(long amount) {
		Connection connection = connection();
		if (amount > 0 && connection != null) {
			connection.control().credit(sequence(), amount);
		}
	}

	@Override
	void onDemandAgain() {
		touch(context().deadlines().now());
		context().deadlines().watch(this.progressAt + inactivityNanos());
	}

}
