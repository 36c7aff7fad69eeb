package dev.rustbridge.connection;

import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import dev.rustbridge.BridgeEncodingException;
import dev.rustbridge.protocol.EncodingException;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * Streams a publisher's items to the daemon, as it grants credit. The items are encoded
 * on the thread that publishes them. <pre>
 *   OPEN ◀──▶ SENDING
 *     │          │
 *     ├──────────┴──▶ GIVEN_UP   (nobody waits for the answer any more)
 *     └──────────────▶ OVER      (its items ended, or its call was answered or lost)
 * </pre>
 */
final class Upload implements CoreSubscriber<Object> {

	private static final AtomicReferenceFieldUpdater<Upload, Step> STEP = AtomicReferenceFieldUpdater
		.newUpdater(Upload.class, Step.class, "step");

	private static final String CANCELLED = "cancelled";

	private final Call call;

	private final Connection connection;

	private final Publisher<?> items;

	/**
	 * Whether the end of the items is all that can tell the daemon that nobody waits any
	 * more; else it would wait for them until its own deadline.
	 */
	private final boolean endsIfGivenUp;

	/** Keeps the credit that comes before the publisher has said how to request. */
	private final Operators.DeferredSubscription subscription = new Operators.DeferredSubscription();

	private volatile boolean requested;

	private volatile Step step = Step.OPEN;

	Upload(Call call, Connection connection, Publisher<?> items) {
		this.call = call;
		this.connection = connection;
		this.items = items;
		this.endsIfGivenUp = !connection.capabilities().cancel();
	}

	void start() {
		if (!isOver()) {
			this.items.subscribe(this);
		}
	}

	/**
	 * The daemon takes more items.
	 * @param amount how many
	 */
	void request(long amount) {
		this.requested = true;
		this.subscription.request(amount);
	}

	/** Whether an item was asked for: then it may be gone. */
	boolean hasRequested() {
		return this.requested;
	}

	/**
	 * The call was answered, or left the connection: nothing more is sent. Any thread.
	 */
	void cancel() {
		this.step = Step.OVER;
		this.subscription.cancel();
	}

	/**
	 * Nobody waits for the answer any more: the daemon need not wait for items. Any
	 * thread, any number of times.
	 */
	void giveUp() {
		Step before = STEP.getAndSet(this, Step.GIVEN_UP);
		if (before == Step.OPEN) {
			tellGivenUp();
		}
		// else the end was told, or is by whoever sends an item just now
		this.subscription.cancel();
	}

	private void tellGivenUp() {
		if (this.endsIfGivenUp && !this.connection.isLost()) {
			writeEnd(CANCELLED);
		}
	}

	@Override
	public Context currentContext() {
		return Context.of(this.call.reactorContext());
	}

	@Override
	public void onSubscribe(Subscription publisher) {
		this.subscription.set(publisher);
	}

	@Override
	public void onNext(Object item) {
		if (isOver() || (this.endsIfGivenUp && !startSending())) {
			return;
		}
		EncodingException refusal = null;
		try {
			this.connection.control().item(this.call.sequence(), item, this.connection.capabilities().bytes());
		}
		catch (EncodingException ex) {
			refusal = ex;
		}
		if (this.endsIfGivenUp) {
			stopSending();
		}
		if (refusal != null) {
			fail(refusal);
		}
	}

	/** No item may follow the end that another thread tells. */
	private boolean startSending() {
		return STEP.compareAndSet(this, Step.OPEN, Step.SENDING);
	}

	private void stopSending() {
		if (!STEP.compareAndSet(this, Step.SENDING, Step.OPEN) && this.step == Step.GIVEN_UP) {
			tellGivenUp();
		}
	}

	private void fail(EncodingException refusal) {
		BridgeEncodingException failure = new BridgeEncodingException(this.call.origin(),
				"an item of its upload could not be sent: " + refusal.getMessage(), refusal);
		end(failure.getMessage());
		cancel();
		this.call.failAndAbandon(failure);
	}

	@Override
	public void onComplete() {
		end(null);
	}

	@Override
	public void onError(Throwable failure) {
		end(String.valueOf(failure));
	}

	private void end(@Nullable String error) {
		if (!this.call.hasEnded() && STEP.compareAndSet(this, Step.OPEN, Step.OVER)) {
			writeEnd(error);
		}
	}

	private void writeEnd(@Nullable String error) {
		this.connection.control().endOfUpload(this.call.sequence(), error);
	}

	private boolean isOver() {
		Step current = this.step;
		return current == Step.GIVEN_UP || current == Step.OVER || this.call.hasEnded();
	}

	private enum Step {

		OPEN, SENDING, GIVEN_UP, OVER

	}

}
