package dev.rustbridge.connection;

import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

/**
 * Which method's subscriber the I/O thread works for just now, for whoever asks what
 * holds it. Written on the loop, by a plain store.
 */
public final class LoopOccupant {

	private final AtomicReference<@Nullable String> method = new AtomicReference<>();

	/**
	 * A subscriber is about to be called. On the loop.
	 * @param method the method of its call
	 * @return what the loop was at, to be given back when it returns: one subscriber may
	 * bring another one about
	 */
	@Nullable String enter(String method) {
		String before = this.method.getPlain();
		this.method.lazySet(method);
		return before;
	}

	void leave(@Nullable String before) {
		this.method.lazySet(before);
	}

	/**
	 * What the loop is at. Any thread.
	 * @return the method, {@code null} while it works for no call
	 */
	public @Nullable String method() {
		return this.method.get();
	}

}
