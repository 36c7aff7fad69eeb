package dev.rustbridge.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * What every link must do, whatever it is made of.
 */
public abstract class AbstractLinkTests extends LinkFixture {

	@Test
	void bytesComeBackInOrder() throws IOException {
		FarEnd farEnd = open(Behaviour.echoing());
		SendingHandler handler = startSending(farEnd, MEGABYTE);
		awaitEnd(handler);
		assertThat(handler.bytes()).isEqualTo(SendingHandler.pattern(MEGABYTE));
	}

	@Test
	void nothingIsToldBeforeTheStart() throws IOException {
		FarEnd farEnd = open(Behaviour.emitting(1000));
		RecordingHandler handler = new RecordingHandler(this.loop);
		onLoop(() -> assertThat(handler.received).hasValue(0));
		start(farEnd, handler);
		awaitEnd(handler);
		assertThat(handler.received).hasValue(1000);
	}

	@Test
	void aSmallMessageMovesThePositionAndIsTakenWhole() throws IOException {
		FarEnd farEnd = open(Behaviour.echoing());
		RecordingHandler handler = start(farEnd);
		ByteBuffer message = ByteBuffer.wrap("..ping\n..".getBytes(StandardCharsets.US_ASCII), 2, 5);
		assertThat(farEnd.link().write(message)).isEqualTo(5);
		assertThat(message.position()).isEqualTo(7);
		assertThat(message.limit()).isEqualTo(7);
		await().atMost(PATIENCE).untilAsserted(() -> assertThat(handler.bytes()).asString().isEqualTo("ping\n"));
	}

	@Test
	void directBuffersAreWrittenToo() throws IOException {
		FarEnd farEnd = open(Behaviour.echoing());
		RecordingHandler handler = start(farEnd);
		ByteBuffer message = ByteBuffer.allocateDirect(5).put("ping\n".getBytes(StandardCharsets.US_ASCII)).flip();
		assertThat(farEnd.link().write(message)).isEqualTo(5);
		await().atMost(PATIENCE).untilAsserted(() -> assertThat(handler.bytes()).asString().isEqualTo("ping\n"));
	}

	@Test
	void largeTransfersInBothDirectionsAtOnceDoNotDeadlock() throws IOException {
		FarEnd farEnd = open(Behaviour.echoing());
		SendingHandler handler = startSending(farEnd, 48L * MEGABYTE);
		awaitEnd(handler);
		assertThat(handler.failure).isNull();
		assertThat(handler.received).hasValue(48L * MEGABYTE);
		assertThat(
				Arrays.equals(handler.bytes(), MEGABYTE, 2 * MEGABYTE, SendingHandler.pattern(MEGABYTE), 0, MEGABYTE))
			.isTrue();
	}

	@Test
	void aPeerThatDoesNotReadTakesABoundedNumberOfBytesAndHoldsNobodyUp() throws IOException {
		FarEnd farEnd = open(Behaviour.ignoring());
		start(farEnd);
		long begun = System.nanoTime();
		long taken = fill(farEnd.link());
		assertThat(taken).isBetween(1L, 4L * MEGABYTE);
		assertThat(System.nanoTime() - begun).isLessThan(PATIENCE.toNanos());
	}

	@Test
	void aFullLinkTellsOnceWhenThereIsRoomAgain() throws IOException {
		FarEnd farEnd = open(Behaviour.echoing());
		RecordingHandler handler = start(farEnd);
		onLoop(farEnd.link()::pauseReading);
		// an echo that is not read stops reading: only then it stays full
		await().atMost(PATIENCE).until(() -> fill(farEnd.link()) == 0);
		await().during(Duration.ofMillis(100)).atMost(PATIENCE).until(() -> fill(farEnd.link()) == 0);
		farEnd.link().requestWritable();
		await().during(Duration.ofMillis(100)).until(() -> handler.writables.get() == 0);
		onLoop(farEnd.link()::resumeReading);
		await().atMost(PATIENCE).until(() -> handler.writables.get() == 1);
		farEnd.link().shutdownOutput();
		awaitEnd(handler);
		assertThat(handler.writables).hasValue(1);
	}

	@Test
	void aLinkWithRoomTellsAtOnce() throws IOException {
		FarEnd farEnd = open(Behaviour.echoing());
		RecordingHandler handler = start(farEnd);
		farEnd.link().requestWritable();
		await().atMost(PATIENCE).until(() -> handler.writables.get() == 1);
		onLoop(farEnd.link()::requestWritable);
		await().atMost(PATIENCE).until(() -> handler.writables.get() == 2);
	}

	@Test
	void aPauseHoldsThePeerUpAndLosesNothing() throws IOException {
		FarEnd farEnd = open(Behaviour.emitting(16 * MEGABYTE));
		RecordingHandler handler = start(farEnd, new RecordingHandler(this.loop) {
			@Override
			public void onBytes(byte[] buffer, int offset, int length) {
				if (this.received.get() == 0) {
					farEnd.link().pauseReading();
				}
				super.onBytes(buffer, offset, length);
			}
		});
		await().atMost(PATIENCE).until(() -> handler.received.get() > 0);
		long received = handler.received.get();
		await().during(Duration.ofMillis(200)).until(() -> handler.received.get() == received);
		assertThat(received).isLessThan(MEGABYTE);
		assertThat(farEnd.peer().isGone()).isFalse();
		onLoop(farEnd.link()::resumeReading);
		awaitEnd(handler);
		assertThat(handler.received).hasValue(16 * MEGABYTE);
	}

	@Test
	void theEndComesOnceAndAfterAllBytes() throws IOException {
		FarEnd farEnd = open(Behaviour.emitting(100_000));
		RecordingHandler handler = start(farEnd);
		awaitEnd(handler);
		assertThat(handler.received).hasValue(100_000);
		assertThat(handler.batches.get()).isPositive();
		drain(farEnd.link());
		onLoop(farEnd.link()::resumeReading);
		onLoop(() -> assertThat(handler.ends).hasValue(1));
	}

	@Test
	void theEndOfItsOutputAloneIsTheEnd() throws IOException {
		FarEnd farEnd = open(Behaviour.endingOutputOnly());
		RecordingHandler handler = start(farEnd);
		awaitEnd(handler);
	}

	@Test
	void whatAPeerWroteBeforeItLeftIsReadThoughWritingFails() throws IOException {
		FarEnd farEnd = open(Behaviour.emitting(100_000));
		SendingHandler handler = new SendingHandler(this.loop, farEnd.link(), Long.MAX_VALUE);
		start(farEnd, handler);
		onLoop(() -> {
			farEnd.link().pauseReading();
			handler.send();
		});
		await().atMost(PATIENCE).until(() -> handler.failure != null);
		onLoop(farEnd.link()::resumeReading);
		awaitEnd(handler);
		assertThat(handler.received).hasValue(100_000);
	}

	@Test
	void writingToAPeerThatIsGoneFails() throws IOException {
		FarEnd farEnd = open(Behaviour.emitting(10));
		RecordingHandler handler = start(farEnd);
		awaitEnd(handler);
		await().atMost(PATIENCE)
			.untilAsserted(() -> assertThatExceptionOfType(IOException.class)
				.isThrownBy(() -> farEnd.link().write(ByteBuffer.wrap(new byte[100]))));
	}

	@Test
	void readingGoesOnAfterTheOutputIsShutDown() throws IOException {
		FarEnd farEnd = open(Behaviour.counting());
		SendingHandler handler = startSending(farEnd, 3_000_000);
		awaitEnd(handler);
		assertThat(new String(handler.bytes(), StandardCharsets.US_ASCII).trim()).isEqualTo("3000000");
		assertThatExceptionOfType(IOException.class)
			.isThrownBy(() -> farEnd.link().write(ByteBuffer.wrap(new byte[100])));
	}

	@Test
	void whatIsLeftAfterAnExitIsDrainedThoughReadingIsPaused() throws IOException {
		FarEnd farEnd = open(Behaviour.emitting(50_000));
		RecordingHandler handler = new RecordingHandler(this.loop);
		onLoop(() -> {
			farEnd.link().pauseReading();
			farEnd.link().start(handler);
			farEnd.link().pauseReading();
		});
		await().atMost(PATIENCE).until(farEnd.peer()::isGone);
		assertThat(handler.received).hasValue(0);
		drain(farEnd.link());
		assertThat(handler.received).hasValue(50_000);
		assertThat(handler.ends).hasValue(1);
		assertThat(handler.violation).isNull();
	}

	@Test
	void drainingReturnsWhileThePeerLives() throws IOException {
		FarEnd farEnd = open(Behaviour.ignoring());
		RecordingHandler handler = start(farEnd);
		drain(farEnd.link());
		assertThat(handler.ends).hasValue(0);
	}

	@Test
	void drainingReturnsWhileThePeerFloods() throws IOException {
		FarEnd farEnd = open(Behaviour.flooding());
		RecordingHandler handler = start(farEnd);
		drain(farEnd.link());
		assertThat(handler.ends).hasValue(0);
	}

	@Test
	void nothingIsToldAfterCloseHasReturnedOnTheLoop() throws IOException {
		FarEnd farEnd = open(Behaviour.flooding());
		RecordingHandler handler = start(farEnd);
		farEnd.link().requestWritable();
		await().atMost(PATIENCE).until(() -> handler.received.get() > MEGABYTE);
		AtomicInteger calls = new AtomicInteger();
		onLoop(() -> {
			farEnd.link().requestWritable();
			farEnd.link().close();
			calls.set(calls(handler));
			farEnd.link().drainReadable(() -> {
			});
			farEnd.link().resumeReading();
			farEnd.link().requestWritable();
		});
		await().during(Duration.ofMillis(100)).until(() -> calls(handler) == calls.get());
		assertThat(handler.ends).hasValue(0);
	}

	@Test
	void closeMayBeCalledFromManyThreadsAtOnce() throws Exception {
		FarEnd farEnd = open(Behaviour.flooding());
		start(farEnd);
		CountDownLatch go = new CountDownLatch(1);
		List<CompletableFuture<Void>> closers = Stream.generate(() -> CompletableFuture.runAsync(() -> {
			awaitLatch(go);
			farEnd.link().close();
			farEnd.link().shutdownOutput();
			farEnd.link().requestWritable();
		}, (task) -> new Thread(task).start())).limit(4).toList();
		go.countDown();
		for (CompletableFuture<Void> closer : closers) {
			closer.get(10, TimeUnit.SECONDS);
		}
		onLoop(farEnd.link()::close);
	}

	private static void awaitLatch(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Test
	void aLinkThatIsNeverStartedCanBeClosed() throws IOException {
		FarEnd farEnd = open(Behaviour.ignoring());
		farEnd.link().close();
		RecordingHandler handler = start(farEnd);
		onLoop(() -> assertThat(calls(handler)).isZero());
	}

	@Test
	void closeTellsThePeer() throws IOException {
		FarEnd farEnd = open(Behaviour.echoing());
		start(farEnd);
		farEnd.link().close();
		await().atMost(PATIENCE).until(farEnd.peer()::isGone);
	}

	@Test
	void descriptorsStayFlatOver200Links() throws IOException {
		Path descriptors = Path.of("/proc/self/fd");
		assumeTrue(Files.isDirectory(descriptors), "counts them where the system shows them");
		openAndClose(5);
		await().atMost(PATIENCE).until(() -> this.opened.stream().allMatch((farEnd) -> farEnd.peer().isGone()));
		int before = count(descriptors);
		openAndClose(200);
		await().atMost(PATIENCE).untilAsserted(() -> assertThat(count(descriptors)).isLessThanOrEqualTo(before));
	}

	private void openAndClose(int times) throws IOException {
		for (int i = 0; i < times; i++) {
			FarEnd farEnd = open(Behaviour.emitting(10));
			RecordingHandler handler = start(farEnd);
			awaitEnd(handler);
			farEnd.link().close();
		}
	}

	private static int count(Path descriptors) throws IOException {
		try (Stream<Path> files = Files.list(descriptors)) {
			return (int) files.count();
		}
	}

	@Test
	void aFloodOnOneLinkDoesNotStarveAnother() throws IOException {
		FarEnd flood = open(Behaviour.flooding());
		FarEnd echo = open(Behaviour.echoing());
		SlowHandler flooded = start(flood, new SlowHandler(this.loop));
		await().atMost(PATIENCE).until(() -> flooded.received.get() > MEGABYTE);
		RecordingHandler echoed = start(echo);
		for (int i = 1; i <= 20; i++) {
			assertThat(echo.link().write(ByteBuffer.wrap(new byte[10]))).isEqualTo(10);
			int expected = 10 * i;
			await().pollInterval(Duration.ofMillis(1)).atMost(PATIENCE).until(() -> echoed.received.get() == expected);
		}
		assertThat(flooded.mostPerBatch).isBetween(1, 4);
	}

	@Test
	void aHandlerThatThrowsDoesNotEndTheLink() throws IOException {
		FarEnd farEnd = open(Behaviour.echoing());
		RecordingHandler handler = start(farEnd, new RecordingHandler(this.loop) {
			@Override
			public void onBytes(byte[] buffer, int offset, int length) {
				super.onBytes(buffer, offset, length);
				throw new IllegalStateException("as ordered");
			}

			@Override
			public void onBatchEnd() {
				super.onBatchEnd();
				throw new IllegalStateException("as ordered");
			}

			@Override
			public void onWritable() {
				super.onWritable();
				throw new IllegalStateException("as ordered");
			}
		});
		for (int i = 1; i <= 3; i++) {
			farEnd.link().requestWritable();
			assertThat(farEnd.link().write(ByteBuffer.wrap(new byte[10]))).isEqualTo(10);
			int expected = i;
			await().atMost(PATIENCE)
				.until(() -> handler.received.get() == 10 * expected && handler.writables.get() == expected);
		}
		farEnd.link().shutdownOutput();
		awaitEnd(handler);
	}

	/** Reads slower than its peer writes, so that there is always more. */
	private static final class SlowHandler extends RecordingHandler {

		private volatile int mostPerBatch;

		private int inBatch;

		SlowHandler(IoLoop loop) {
			super(loop);
		}

		@Override
		public void onBytes(byte[] buffer, int offset, int length) {
			super.onBytes(buffer, offset, length);
			this.inBatch++;
			this.mostPerBatch = Math.max(this.mostPerBatch, this.inBatch);
			long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(2);
			while (System.nanoTime() < until) {
				Thread.onSpinWait();
			}
		}

		@Override
		public void onBatchEnd() {
			super.onBatchEnd();
			this.inBatch = 0;
		}

	}

}
