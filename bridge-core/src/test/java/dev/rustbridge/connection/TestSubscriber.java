package dev.rustbridge.connection;

import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;

/**
 * Counts its signals, and how often two of them came at once or after the last. Requests
 * what it was made with.
 */
final class TestSubscriber implements CoreSubscriber<Integer> {

	final AtomicInteger values = new AtomicInteger();

	final AtomicInteger terminals = new AtomicInteger();

	/** Signals beside others, or after the end. */
	final AtomicInteger unruly = new AtomicInteger();

	private final AtomicInteger inside = new AtomicInteger();

	private final long initial;

	private volatile @Nullable Subscription subscription;

	private volatile @Nullable Throwable failure;

	TestSubscriber(long initial) {
		this.initial = initial;
	}

	Subscription subscription() {
		Subscription current = this.subscription;
		if (current == null) {
			throw new IllegalStateException("Not subscribed");
		}
		return current;
	}

	@Nullable Throwable failure() {
		return this.failure;
	}

	@Override
	public void onSubscribe(Subscription given) {
		this.subscription = given;
		if (this.initial > 0) {
			given.request(this.initial);
		}
	}

	@Override
	public void onNext(Integer value) {
		enter();
		this.values.incrementAndGet();
		this.inside.decrementAndGet();
	}

	@Override
	public void onError(Throwable error) {
		enter();
		this.failure = error;
		this.terminals.incrementAndGet();
		this.inside.decrementAndGet();
	}

	@Override
	public void onComplete() {
		enter();
		this.terminals.incrementAndGet();
		this.inside.decrementAndGet();
	}

	private void enter() {
		if (this.inside.incrementAndGet() > 1 || this.terminals.get() > 0) {
			this.unruly.incrementAndGet();
		}
	}

}
