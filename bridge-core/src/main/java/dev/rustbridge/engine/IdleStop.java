package dev.rustbridge.engine;

import java.time.Duration;
import java.util.function.BooleanSupplier;

import dev.rustbridge.transport.IoLoop;
import org.jspecify.annotations.Nullable;

/**
 * Stops a lazy daemon that nobody has used for {@code idle-stop}: no call was made, is
 * pending or waits. Looks four times in that time, so it may take a quarter more.
 * Confined to the loop, but for {@link #touch()}.
 */
final class IdleStop {

	private static final int LOOKS = 4;

	private final IoLoop loop;

	private final long period;

	private final BooleanSupplier inUse;

	private final Runnable onIdle;

	private volatile boolean touched;

	private int quietLooks;

	private IoLoop.@Nullable Timer timer;

	IdleStop(IoLoop loop, Duration idle, BooleanSupplier inUse, Runnable onIdle) {
		this.loop = loop;
		this.period = Math.max(1, idle.toNanos() / LOOKS);
		this.inUse = inUse;
		this.onIdle = onIdle;
	}

	/** It is used. Any thread; costs a look at a variable. */
	void touch() {
		if (!this.touched) {
			this.touched = true;
		}
	}

	/** It serves: from here on it may be idle. */
	void start() {
		stop();
		this.quietLooks = 0;
		this.timer = this.loop.schedule(this::look, this.period);
	}

	void stop() {
		if (this.timer != null) {
			this.timer.cancel();
			this.timer = null;
		}
	}

	private void look() {
		boolean used = this.touched || this.inUse.getAsBoolean();
		this.touched = false;
		this.quietLooks = used ? 0 : this.quietLooks + 1;
		if (this.quietLooks >= LOOKS) {
			this.timer = null;
			this.onIdle.run();
			return;
		}
		this.timer = this.loop.schedule(this::look, this.period);
	}

}
