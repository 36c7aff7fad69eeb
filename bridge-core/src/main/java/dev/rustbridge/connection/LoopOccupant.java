package dev.rustbridge.connection;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

/**
 * Which method's subscriber the I/O thread works for just now, for whoever asks what
 * holds it. Written on the loop by plain stores; the method only where it is another one
 * than before, because to write a reference costs a fence with most collectors.
 */
public final class LoopOccupant {

	private final AtomicReference<@Nullable String> method = new AtomicReference<>();

	/** Subscribers that are being called: one may bring another one about. */
	private final AtomicInteger depth = new AtomicInteger();

	/**
	 * A subscriber is about to be called. On the loop.
	 * @param method the method of its call
	 * @return what the loop was at, to be given back when it returns
	 */
	@Nullable String enter(String method) {
		String before = this.method.getPlain();
		set(method);
		this.depth.lazySet(this.depth.getPlain() + 1);
		return before;
	}

	void leave(@Nullable String before) {
		int left = this.depth.getPlain() - 1;
		this.depth.lazySet(left);
		if (left > 0) {
			set(before);
		}
	}

	private void set(@Nullable String method) {
		if (this.method.getPlain() != method) {
			this.method.lazySet(method);
		}
	}

	/**
	 * What the loop is at. Any thread.
	 * @return the method, {@code null} while it works for no call
	 */
	public @Nullable String method() {
		return (this.depth.get() > 0) ? this.method.get() : null;
	}

}
