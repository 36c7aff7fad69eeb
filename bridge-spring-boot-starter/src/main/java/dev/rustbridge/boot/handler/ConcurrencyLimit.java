package dev.rustbridge.boot.handler;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicBoolean;

import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * Lets so many run at the same time; further ones wait in their order, and leave without
 * a trace when they are cancelled.
 */
final class ConcurrencyLimit {

	private final Deque<Waiter> waiting = new ArrayDeque<>();

	private int free;

	ConcurrencyLimit(int permits) {
		this.free = permits;
	}

	<T> Mono<T> apply(Mono<T> work) {
		return Mono.usingWhen(permit(), (permit) -> work, Permit::release).doOnDiscard(Permit.class, Permit::close);
	}

	private Mono<Permit> permit() {
		return Mono.create((sink) -> {
			Waiter waiter = new Waiter(sink);
			synchronized (this.waiting) {
				if (this.free == 0) {
					this.waiting.add(waiter);
					sink.onDispose(() -> remove(waiter));
					return;
				}
				this.free--;
			}
			sink.success(new Permit());
		});
	}

	private void remove(Waiter waiter) {
		synchronized (this.waiting) {
			this.waiting.remove(waiter);
		}
	}

	private void release() {
		Waiter next;
		synchronized (this.waiting) {
			next = this.waiting.poll();
			if (next == null) {
				this.free++;
				return;
			}
		}
		// if it was cancelled meanwhile the permit is discarded, which gives it back
		next.sink().success(new Permit());
	}

	private record Waiter(MonoSink<Permit> sink) {

	}

	/**
	 * The right to run, given back once.
	 */
	private final class Permit {

		private final AtomicBoolean returned = new AtomicBoolean();

		Mono<Void> release() {
			return Mono.fromRunnable(this::close);
		}

		void close() {
			if (this.returned.compareAndSet(false, true)) {
				ConcurrencyLimit.this.release();
			}
		}

	}

}
