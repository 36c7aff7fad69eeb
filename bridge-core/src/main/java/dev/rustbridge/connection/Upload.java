package dev.rustbridge.connection;

import dev.rustbridge.BridgeEncodingException;
import dev.rustbridge.protocol.EncodingException;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.util.context.Context;

/**
 * Streams a publisher's items to the daemon, as it grants credit. The items are encoded
 * on the thread that publishes them.
 */
final class Upload {

	private final Call call;

	private final Connection connection;

	private final Publisher<?> items;

	private final Items subscriber = new Items();

	private volatile boolean requested;

	Upload(Call call, Connection connection, Publisher<?> items) {
		this.call = call;
		this.connection = connection;
		this.items = items;
	}

	void start() {
		this.items.subscribe(this.subscriber);
	}

	/**
	 * The daemon takes more items.
	 * @param amount how many
	 */
	void request(long amount) {
		this.requested = true;
		this.subscriber.request(amount);
	}

	/** Whether an item was asked for: then it may be gone. */
	boolean hasRequested() {
		return this.requested;
	}

	/** The call has ended: nothing more is sent. */
	void cancel() {
		this.subscriber.cancel();
	}

	private final class Items extends BaseSubscriber<Object> {

		@Override
		public Context currentContext() {
			return Context.of(Upload.this.call.reactorContext());
		}

		@Override
		protected void hookOnSubscribe(Subscription subscription) {
			// nothing is requested before the daemon grants credit
		}

		@Override
		protected void hookOnNext(Object item) {
			if (Upload.this.call.hasEnded()) {
				return;
			}
			try {
				Upload.this.connection.sendItem(Upload.this.call.sequence(), item);
			}
			catch (EncodingException ex) {
				cancel();
				BridgeEncodingException failure = new BridgeEncodingException(Upload.this.call.origin(),
						"an item of its upload could not be sent: " + ex.getMessage(), ex);
				Upload.this.connection.endUpload(Upload.this.call.sequence(), failure.getMessage());
				Upload.this.call.failAndAbandon(failure);
			}
		}

		@Override
		protected void hookOnComplete() {
			if (!Upload.this.call.hasEnded()) {
				Upload.this.connection.endUpload(Upload.this.call.sequence(), null);
			}
		}

		@Override
		protected void hookOnError(Throwable failure) {
			if (!Upload.this.call.hasEnded()) {
				Upload.this.connection.endUpload(Upload.this.call.sequence(), String.valueOf(failure));
			}
		}

	}

}
