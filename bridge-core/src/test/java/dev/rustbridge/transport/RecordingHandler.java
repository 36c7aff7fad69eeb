package dev.rustbridge.transport;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

/**
 * Keeps what a link tells, and complains of what it must not do.
 */
class RecordingHandler implements LinkHandler {

	final AtomicLong received = new AtomicLong();

	final AtomicInteger batches = new AtomicInteger();

	final AtomicInteger writables = new AtomicInteger();

	final AtomicInteger ends = new AtomicInteger();

	volatile @Nullable String violation;

	private final IoLoop loop;

	private final ByteArrayOutputStream head = new ByteArrayOutputStream();

	RecordingHandler(IoLoop loop) {
		this.loop = loop;
	}

	@Override
	public void onBytes(byte[] buffer, int offset, int length) {
		check(length > 0, "onBytes without bytes");
		check(this.ends.get() == 0, "onBytes after the end");
		synchronized (this.head) {
			if (this.head.size() < 4 * 1024 * 1024) {
				this.head.write(buffer, offset, length);
			}
		}
		this.received.addAndGet(length);
	}

	@Override
	public void onBatchEnd() {
		check(true, "");
		this.batches.incrementAndGet();
	}

	@Override
	public void onWritable() {
		check(true, "");
		this.writables.incrementAndGet();
	}

	@Override
	public void onEnd(@Nullable IOException cause) {
		check(this.ends.get() == 0, "a second onEnd");
		this.ends.incrementAndGet();
	}

	/**
	 * What came first, up to 4 MiB.
	 * @return the bytes
	 */
	byte[] bytes() {
		synchronized (this.head) {
			return this.head.toByteArray();
		}
	}

	boolean isEnded() {
		return this.ends.get() > 0;
	}

	private void check(boolean right, String what) {
		if (!this.loop.inLoop()) {
			this.violation = "called on " + Thread.currentThread();
		}
		else if (!right) {
			this.violation = what;
		}
	}

}
