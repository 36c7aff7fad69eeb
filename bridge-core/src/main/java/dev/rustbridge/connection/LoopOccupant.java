package dev.rustbridge.connection;

import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

/**
 * Which method's subscriber the I/O thread works for just now, for whoever asks what
 * holds it. Written on the loop, by a plain store.
 */
public final class LoopOccupant {

	private final AtomicReference<@Nullable String> method = new AtomicReference<>();

	void enter(String method) {
		this.method.lazySet(method);
	}

	void leave() {
		this.method.lazySet(null);
	}

	/**
	 * What the loop is at. Any thread.
	 * @return the method, {@code null} while it works for no call
	 */
	public @Nullable String method() {
		return this.method.get();
	}

}
