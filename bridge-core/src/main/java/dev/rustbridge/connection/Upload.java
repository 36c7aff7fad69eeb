package dev.rustbridge.connection;

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
 * on the thread that publishes them.
 */
final class Upload implements CoreSubscriber<Object> {

	private final Call call;

	private final Connection connection;

	private final Publisher<?> items;

	/** Keeps the credit that comes before the publisher has said how to request. */
	private final Operators.DeferredSubscription subscription = new Operators.DeferredSubscription();

	private volatile boolean requested;

	/** Nothing is sent any more. */
	private volatile boolean over;

	Upload(Call call, Connection connection, Publisher<?> items) {
		this.call = call;
		this.connection = connection;
		this.items = items;
	}

	void start() {
		if (!this.over) {
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

	/** The call has ended, or left the connection: nothing more is sent. */
	void cancel() {
		this.over = true;
		this.subscription.cancel();
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
		if (isOver()) {
			return;
		}
		try {
			this.connection.control().item(this.call.sequence(), item, this.connection.capabilities().bytes());
		}
		catch (EncodingException ex) {
			BridgeEncodingException failure = new BridgeEncodingException(this.call.origin(),
					"an item of its upload could not be sent: " + ex.getMessage(), ex);
			end(failure.getMessage());
			cancel();
			this.call.failAndAbandon(failure);
		}
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
		if (!isOver()) {
			this.over = true;
			this.connection.control().endOfUpload(this.call.sequence(), error);
		}
	}

	private boolean isOver() {
		return this.over || this.call.hasEnded();
	}

}
