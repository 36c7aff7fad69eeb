package dev.rustbridge.connection;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.rustbridge.BridgeProtocolException;
import dev.rustbridge.transport.LoopLog;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;
import reactor.util.context.ContextView;
import tools.jackson.databind.JavaType;

/**
 * A command's chunks on their way to its subscriber: given on the loop as far as there is
 * demand, held beyond it up to {@code stream-buffer}, and then the end. What the daemon
 * is told of that is the affair of {@link StreamCall}.
 *
 * @param <C> a chunk
 */
abstract class ChunkDelivery<C> extends Call implements Subscription, Holdup {

	private static final LoopLog logger = LoopLog.of(ChunkDelivery.class);

	private final JavaType type;

	private final @Nullable ResultHalf<?> resultHalf;

	private final Demand demand = new Demand();

	private final HeldChunks held = new HeldChunks();

	/** Set by whoever tells the subscriber its end. */
	private final AtomicBoolean terminated = new AtomicBoolean();

	private final AtomicBoolean demandSignalled = new AtomicBoolean();

	private volatile @Nullable CoreSubscriber<? super C> subscriber;

	/** Where it ended, for a subscriber that comes or asks later. */
	private volatile @Nullable StreamEnd end;

	// confined to the loop

	private boolean draining;

	private boolean dropping;

	ChunkDelivery(CommandRequest request, CallRouter router, JavaType type, @Nullable ResultHalf<?> resultHalf,
			ContextView reactorContext) {
		super(request, router, reactorContext);
		this.type = type;
		this.resultHalf = resultHalf;
	}

	/**
	 * Gives it its one subscriber, before it begins or later.
	 * @param actual the subscriber
	 */
	final void attach(CoreSubscriber<? super C> actual) {
		actual.onSubscribe(this);
		this.subscriber = actual;
		if (this.held.isAnyHeld() || this.end != null) {
			onLoop();
		}
	}

	// What the daemon is told

	/** Whether it sends no more than it was granted. Any thread. */
	abstract boolean isCredited();

	/** There may be room for more chunks. On the loop. */
	abstract void grantMore();

	/** They are dropped: any number may come. On the loop. */
	abstract void grantUnlimited();

	/** There is demand again, after all of it had been met. Any thread. */
	abstract void onDemandAgain();

	// Giving and holding, on the loop

	final boolean mayGive() {
		return this.held.isEmpty() && !this.draining && this.subscriber != null && this.demand.isLeft();
	}

	final void give(byte[] buffer, int offset, int length, boolean isRaw) {
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

	final void hold(HeldChunk chunk) {
		long limit = context().options().streamBuffer();
		if (this.dropping || (this.subscriber == null && this.held.bytes() + chunk.weight() > limit)) {
			startDropping();
			return;
		}
		this.held.add(chunk);
		if (this.held.bytes() > limit && !isCredited()) {
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
			grantUnlimited();
		}
	}

	final boolean hasDroppedChunks() {
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
		grantMore();
		tellEndIfReached();
	}

	// The end

	/** The daemon said its last word: it is told after the chunks that are held. */
	final void finish(StreamEnd reached) {
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
	final void signalError(Throwable error) {
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

	// Demand, from any thread

	@Override
	public final void request(long n) {
		if (!Operators.validate(n)) {
			return;
		}
		if (this.demand.request(n) && isUnderWay()) {
			onDemandAgain();
		}
		if ((this.held.isAnyHeld() || isCredited() || this.end != null)
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
	public final void cancel() {
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
	final void cancelUnobserved() {
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

	// What it knows

	final Demand demand() {
		return this.demand;
	}

	/** How many chunks are held. On the loop. */
	final int heldCount() {
		return this.held.count();
	}

	final @Nullable ResultHalf<?> resultHalf() {
		return this.resultHalf;
	}

}
