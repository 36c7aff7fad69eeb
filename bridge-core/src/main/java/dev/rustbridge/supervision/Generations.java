package dev.rustbridge.supervision;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongFunction;

import dev.rustbridge.connection.Connection;

/**
 * All generations of an instance of which something is left. Changed on the loop, read by
 * any thread.
 */
final class Generations {

	private final LongFunction<Generation> factory;

	private final List<Generation> alive = new CopyOnWriteArrayList<>();

	private volatile long count;

	/**
	 * Begins with none.
	 * @param factory makes one, given its number
	 */
	Generations(LongFunction<Generation> factory) {
		this.factory = factory;
	}

	/** The next one, not opened yet. */
	Generation next() {
		this.count = this.count + 1;
		Generation created = this.factory.apply(this.count);
		this.alive.add(created);
		created.gone().thenRun(() -> this.alive.remove(created));
		return created;
	}

	/** How many there have been. */
	long count() {
		return this.count;
	}

	/** Whether anything is left of it: not if it was stopped before its turn came. */
	boolean isAlive(Generation generation) {
		return this.alive.contains(generation);
	}

	/**
	 * Stops all.
	 * @param why told to calls that do not end in time
	 * @return completes, on any thread, once nothing is left of any
	 */
	CompletableFuture<Void> stopAll(String why) {
		return CompletableFuture
			.allOf(this.alive.stream().map((generation) -> generation.stop(why)).toArray(CompletableFuture[]::new));
	}

	/** Calls that are pending, on those that are being drained too. */
	int inFlight() {
		int sum = 0;
		for (Generation generation : this.alive) {
			Connection connection = generation.connectionIfOpen();
			sum += (connection != null) ? connection.inFlight() : 0;
		}
		return sum;
	}

	/**
	 * Expires what is due. On the loop.
	 * @param now the present moment
	 * @return the next moment at which something may be due
	 */
	long sweep(long now) {
		long next = Long.MAX_VALUE;
		for (Generation generation : this.alive) {
			Connection connection = generation.connectionIfOpen();
			if (connection != null) {
				next = Math.min(next, connection.sweep(now));
			}
		}
		return next;
	}

}
