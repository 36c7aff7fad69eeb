package dev.rustbridge.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A loop, and the links on it that a test opens: all of them are closed behind it.
 */
@Timeout(60)
abstract class LinkFixture {

	static final int MEGABYTE = 1024 * 1024;

	static final Duration PATIENCE = Duration.ofSeconds(20);

	final List<FarEnd> opened = new ArrayList<>();

	protected IoLoop loop;

	@BeforeEach
	void openLoop() {
		this.loop = IoLoop.open("tck");
	}

	@AfterEach
	void closeAll() {
		for (FarEnd farEnd : this.opened) {
			farEnd.link().close();
			farEnd.peer().kill();
		}
		this.loop.close();
		await().atMost(PATIENCE).until(() -> this.loop.thread() == null);
	}

	/**
	 * Opens a link to somebody who behaves as told.
	 * @param behaviour what the other end does
	 * @return both ends
	 * @throws IOException when it fails
	 */
	protected abstract FarEnd connect(Behaviour behaviour) throws IOException;

	FarEnd open(Behaviour behaviour) throws IOException {
		FarEnd farEnd = connect(behaviour);
		this.opened.add(farEnd);
		return farEnd;
	}

	<H extends RecordingHandler> H start(FarEnd farEnd, H handler) {
		onLoop(() -> farEnd.link().start(handler));
		return handler;
	}

	RecordingHandler start(FarEnd farEnd) {
		return start(farEnd, new RecordingHandler(this.loop));
	}

	SendingHandler startSending(FarEnd farEnd, long total) {
		SendingHandler handler = start(farEnd, new SendingHandler(this.loop, farEnd.link(), total));
		onLoop(handler::send);
		return handler;
	}

	protected void onLoop(Runnable task) {
		CompletableFuture.runAsync(task, this.loop).orTimeout(20, TimeUnit.SECONDS).join();
	}

	protected void drain(Link link) {
		CompletableFuture<Void> drained = new CompletableFuture<>();
		onLoop(() -> link.drainReadable(() -> drained.complete(null)));
		drained.orTimeout(5, TimeUnit.SECONDS).join();
	}

	static void awaitEnd(RecordingHandler handler) {
		await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(2)).atMost(PATIENCE).until(handler::isEnded);
		assertThat(handler.violation).isNull();
	}

	/** Writes until nothing is taken any more, as a caller without manners would. */
	static long fill(Link link) throws IOException {
		long total = 0;
		byte[] bytes = new byte[MEGABYTE];
		int count = link.write(ByteBuffer.wrap(bytes));
		while (count > 0) {
			total += count;
			count = link.write(ByteBuffer.wrap(bytes));
		}
		return total;
	}

	static int calls(RecordingHandler handler) {
		return handler.batches.get() + handler.writables.get() + handler.ends.get() + (int) handler.received.get();
	}

}
