package dev.rustbridge.connection;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.rustbridge.BridgeException.Origin;
import dev.rustbridge.BridgeListener.Outcome;
import dev.rustbridge.BridgeListener.Violation;
import dev.rustbridge.BridgeProtocolException;
import dev.rustbridge.CommandTimeoutException;
import dev.rustbridge.protocol.CommandMembers;
import dev.rustbridge.protocol.Envelope;
import dev.rustbridge.transport.LoopLog;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.util.context.ContextView;
import tools.jackson.databind.JavaType;

/**
 * A command with chunks. Chunks are given on the loop, as far as the subscriber has
 * demand; what comes beyond that is held, up to {@code stream-buffer}. Then a daemon that
 * understands credit has none left, and the connection of a classic one is not read on.
 *
 * @param <C> a chunk
 */
final class StreamCall<C> extends Call implements Subscription, Holdup {

	private static final LoopLog logger = LoopLog.of(StreamCall.class);

	private final JavaType type;

	private final boolean raw;

	private final @Nullable ResultHalf<?> resultHalf;

	private final CreditWindow credit;

	private final Demand demand = new Demand();

	private final HeldChunks held = new HeldChunks();

	/** Set by whoever tells the subscriber its end. */
	private final AtomicBoolean terminated = new AtomicBoolean();

	private final AtomicBoolean demandSignalled = new AtomicBoolean();

	private volatile @Nullable CoreSubscriber<? super C> subscriber;

	/** Where it ended, for a subscriber that comes or asks later. */
	private volatile @Nullable StreamEnd end;

	private volatile long progressAt;

	private volatile boolean credited;

	// confined to the loop

	private boolean draining;

	private boolean dropping;

	private boolean started;

	StreamCall(CommandRequest request, CallRouter router, JavaType type, @Nullable ResultHalf<?> resultHalf,
			ContextView reactorContext) {
		super(request, router, reactorContext);
		this.type = type;
		this.raw = Answers.isRaw(type);
		this.resultHalf = resultHalf;
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

	/**
	 * Gives it its one subscriber, before it begins or later.
	 * @param actual the subscriber
	 */
	void attach(CoreSubscriber<? super C> actual) {
		actual.onSubscribe(this);
		this.subscriber = actual;
		if (this.held.isAnyHeld() || this.end != null) {
			onLoop();
		}
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
		if (!this.demand.isLeft() || (connection != null && connection.isReadingPaused())) {
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
			initial = this.credit.grant(this.demand.left(), 0);
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
			regrant();
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
			regrant();
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
		if (this.resultHalf != null && !this.resultHalf.accept(this, envelope)) {
			return;
		}
		if (end()) {
			tellEnded(Outcome.SUCCESS, null);
			finish(new StreamEnd(null));
		}
	}

	/** The daemon said its last word: it is told after the chunks that are held. */
	private void finish(StreamEnd reached) {
		this.end = reached;
		Connection connection = connection();
		if (connection != null) {
			connection.resumeReadingFor(this);
		}
		if (this.resultHalf != null) {
			this.resultHalf.onEnd(reached.failure());
		}
		drain();
	}

	/** The call itself failed: this overtakes the chunks that are held. */
	@Override
	void signalError(Throwable error) {
		this.end = new StreamEnd(error).overtaking();
		if (this.resultHalf != null) {
			this.resultHalf.onEnd(error);
		}
		if (connection() == null || context().loop().inLoop()) {
			// without a connection it is a refusal: nothing can have come yet
			tellEndIfReached();
		}
		else {
			// not beside a chunk that is being given
			onLoop();
		}
	}

	@Override
	void onDetached() {
		Connection connection = connection();
		if (connection != null) {
			connection.resumeReadingFor(this);
		}
	}

	// Giving and holding, on the loop

	private boolean mayGive() {
		return this.held.isEmpty() && !this.draining && this.subscriber != null && this.demand.isLeft();
	}

	private void give(byte[] buffer, int offset, int length, boolean isRaw) {
		C value;
		try {
			value = isRaw ? Answers.raw(buffer, this.type) : Answers.value(this, buffer, offset, length, this.type);
		}
		catch (RuntimeException ex) {
			refuse(ex);
			return;
		}
		if (value == null) {
			refuse(new BridgeProtocolException(origin(), "the daemon sent a chunk that is null", null));
			return;
		}
		CoreSubscriber<? super C> target = this.subscriber;
		if (target == null || isOver()) {
			Operators.onDiscard(value, reactorContextOf(target));
			return;
		}
		this.demand.gave();
		target.onNext(value);
	}

	private void refuse(RuntimeException failure) {
		if (hasEnded()) {
			// the daemon said its last word: only the subscriber is left to be told
			this.end = new StreamEnd(failure).overtaking();
			tellEndIfReached();
		}
		else {
			failAndAbandon(failure);
		}
	}

	private static reactor.util.context.Context reactorContextOf(@Nullable CoreSubscriber<?> target) {
		return (target != null) ? target.currentContext() : reactor.util.context.Context.empty();
	}

	private void hold(HeldChunk chunk) {
		long limit = context().options().streamBuffer();
		if (this.dropping || (this.subscriber == null && this.held.bytes() + chunk.weight() > limit)) {
			startDropping();
			return;
		}
		this.held.add(chunk);
		if (this.held.bytes() > limit && !this.credited) {
			Connection connection = connection();
			if (connection != null) {
				connection.pauseReadingFor(this);
			}
		}
		if (this.demand.isLeft()) {
			// it came between the look and the holding
			drain();
		}
	}

	/** Only the result is wanted, and the chunks do not fit: they are lost for good. */
	private void startDropping() {
		if (!this.dropping) {
			this.dropping = true;
			this.held.clear();
			if (this.credited) {
				grant(this.credit.grant(Long.MAX_VALUE, 0));
			}
		}
	}

	boolean hasDroppedChunks() {
		return this.dropping;
	}

	private void drain() {
		if (this.draining) {
			return;
		}
		this.draining = true;
		try {
			while (!this.held.isEmpty() && this.subscriber != null && this.demand.isLeft() && !isOver()) {
				HeldChunk chunk = this.held.remove();
				give(chunk.bytes(), 0, chunk.bytes().length, chunk.raw());
			}
		}
		finally {
			this.draining = false;
		}
		Connection connection = connection();
		if (connection != null && this.held.bytes() <= context().options().streamBuffer() / 2) {
			connection.resumeReadingFor(this);
		}
		regrant();
		tellEndIfReached();
	}

	/** Whether the subscriber is to be given nothing more. */
	private boolean isOver() {
		StreamEnd reached = this.end;
		return this.terminated.get() || (reached != null && reached.overtakes());
	}

	private void tellEndIfReached() {
		StreamEnd reached = this.end;
		CoreSubscriber<? super C> target = this.subscriber;
		if (reached == null || target == null || (!reached.overtakes() && !this.held.isEmpty())) {
			return;
		}
		if (!this.terminated.compareAndSet(false, true)) {
			return;
		}
		if (reached.overtakes()) {
			dropHeld();
		}
		Throwable failure = reached.failure();
		if (failure != null) {
			target.onError(failure);
		}
		else if (this.dropping) {
			target.onError(new IllegalStateException("The chunks of " + origin()
					+ " were dropped: only its result was subscribed to, and they exceeded 'stream-buffer'"));
		}
		else {
			target.onComplete();
		}
	}

	private void regrant() {
		if (this.credited && !hasEnded() && isSent()) {
			grant(this.credit.grant(this.demand.left(), this.held.count()));
		}
	}

	private void grant(long amount) {
		Connection connection = connection();
		if (amount > 0 && connection != null) {
			connection.control().credit(sequence(), amount);
		}
	}

	// Demand, from any thread

	@Override
	public void request(long n) {
		if (!Operators.validate(n)) {
			return;
		}
		if (this.demand.request(n) && isUnderWay()) {
			touch(context().deadlines().now());
			context().deadlines().watch(this.progressAt + inactivityNanos());
		}
		if ((this.held.isAnyHeld() || this.credited || this.end != null)
				&& this.demandSignalled.compareAndSet(false, true)) {
			onLoop();
		}
	}

	private void onLoop() {
		if (context().loop().inLoop()) {
			onDemand();
		}
		else {
			try {
				context().loop().execute(this::onDemand);
			}
			catch (RejectedExecutionException ex) {
				onLoopEnded(ex);
			}
		}
	}

	/** The bridge was closed, and nobody gives what is held any more. */
	private void onLoopEnded(RejectedExecutionException cause) {
		if (this.held.isAnyHeld() || this.end == null) {
			this.end = new StreamEnd(
					new LostConnection("the bridge was closed while chunks were held until they are requested", null,
							List.of(), cause)
						.toException(origin()))
				.overtaking();
		}
		tellEndIfReached();
	}

	private void onDemand() {
		this.demandSignalled.set(false);
		String before = context().occupant().enter(method());
		try {
			drain();
		}
		finally {
			context().occupant().leave(before);
		}
	}

	@Override
	public void cancel() {
		if (this.terminated.compareAndSet(false, true)) {
			cancelCall();
			if (this.resultHalf != null) {
				this.resultHalf.onEnd(new CancellationException("The chunks of " + origin() + " were cancelled"));
			}
			discardHeld();
		}
	}

	/**
	 * Ends because nobody is left who could see anything of it; who comes later is told.
	 * Any thread.
	 */
	void cancelUnobserved() {
		if (cancelCall()) {
			signalError(new CancellationException("The exchange " + origin() + " was cancelled"));
		}
	}

	private void discardHeld() {
		try {
			context().loop().execute(this::dropHeld);
		}
		catch (RejectedExecutionException ex) {
			logger.debug("{} was cancelled after its bridge was closed", this, ex);
		}
	}

	/** A chunk may have been held, and reading been paused for it, beside the end. */
	private void dropHeld() {
		this.held.clear();
		Connection connection = connection();
		if (connection != null) {
			connection.resumeReadingFor(this);
		}
	}

}
