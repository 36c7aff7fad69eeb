package dev.rustbridge.connection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import dev.rustbridge.BridgeDecodingException;
import dev.rustbridge.BridgeFrame.Kind;
import dev.rustbridge.BridgeUnavailableException;
import dev.rustbridge.CommandTimeoutException;
import dev.rustbridge.ConnectionLostException;
import dev.rustbridge.transport.ManualLoop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

/**
 * Steps of calls in orders that hardly ever come by chance.
 */
class CallStepTests {

	private static final CommandRequest REQUEST = CommandRequest.of("m");

	private static final Capabilities UPLOADS = new Capabilities(1, Set.of("upload"), Long.MAX_VALUE, null, List.of());

	private final ManualLoop loop = new ManualLoop();

	private final TestWire wire = new TestWire(this.loop);

	/** Runs a step as the loop does. */
	private void onLoop(Runnable step) {
		this.loop.execute(step);
		this.loop.run();
	}

	@AfterEach
	void nothingIsPending() {
		assertThat(this.wire.connection.inFlight()).isZero();
		assertThat(this.wire.connection.calls().isEmpty()).isTrue();
		assertThat(this.wire.ends).hasValue(this.wire.starts.get());
	}

	// Signals of a call with one result

	@Test
	void aResultWaitsForDemand() {
		TestSubscriber subscriber = new TestSubscriber(0);
		MonoCall<Integer> call = this.wire.mono(REQUEST, subscriber);
		onLoop(() -> this.wire.answer(call, 7));
		assertThat(subscriber.terminals).hasValue(0);
		subscriber.subscription().request(1);
		subscriber.subscription().request(1);
		assertThat(subscriber.values).hasValue(1);
		assertThat(subscriber.terminals).hasValue(1);
		assertThat(subscriber.unruly).hasValue(0);
	}

	@Test
	void whoCancelsIsToldNothingMore() {
		TestSubscriber subscriber = new TestSubscriber(0);
		MonoCall<Integer> call = this.wire.mono(REQUEST, subscriber);
		onLoop(() -> this.wire.answer(call, 7));
		subscriber.subscription().cancel();
		subscriber.subscription().request(1);
		assertThat(subscriber.values).hasValue(0);
		assertThat(subscriber.terminals).hasValue(0);
	}

	@Test
	void whoCancelsInItsSubscriptionSendsNothing() {
		MonoCall.<Integer>mono(REQUEST, this.wire, TestWire.INTEGER).subscribe(new BaseSubscriber<>() {
			@Override
			protected void hookOnSubscribe(Subscription subscription) {
				cancel();
			}
		});
		this.loop.run();
		assertThat(this.wire.link.written()).isZero();
	}

	@Test
	void aDemandOfNothingIsNotDemand() {
		TestSubscriber subscriber = new TestSubscriber(0);
		MonoCall<Integer> call = this.wire.mono(REQUEST, subscriber);
		onLoop(() -> this.wire.answer(call, 7));
		subscriber.subscription().request(0);
		subscriber.subscription().request(-1);
		assertThat(subscriber.values).hasValue(0);
		subscriber.subscription().cancel();
	}

	// The loss of a connection

	@Test
	void aCallThatIsNotQueuedYetIsNotTakenForSentWhenTheConnectionIsLost() {
		MonoCall<Integer>[] held = newArray();
		TestSubscriber subscriber = new TestSubscriber(1);
		CallRouter holding = new HoldingRouter(this.wire, (call) -> held[0] = cast(call));
		MonoCall.<Integer>mono(REQUEST, holding, TestWire.INTEGER).subscribe(subscriber);
		// its sender is between the table and the queue
		held[0].prepare(this.wire.connection, 4711, new byte[] { '\n' });
		this.wire.connection.calls().put(4711, held[0]);
		onLoop(this.wire::lose);
		assertThat(subscriber.failure()).isNull();
		this.wire.connection.calls().remove(4711);
		held[0].fail(new BridgeUnavailableException(held[0].origin(), "gone", null));
	}

	@Test
	void aCallThatWasNotWrittenIsRoutedAgainAndOneThatWasIsLost() {
		this.wire.link.room(0);
		TestSubscriber offered = new TestSubscriber(1);
		TestSubscriber queued = new TestSubscriber(1);
		this.wire.mono(REQUEST, offered);
		this.wire.mono(REQUEST, queued);
		onLoop(this.wire::lose);
		assertThat(offered.failure()).isInstanceOf(ConnectionLostException.class);
		assertThat(this.wire.elsewhere).hasValue(1);
		assertThat(queued.failure()).isInstanceOf(BridgeUnavailableException.class);
	}

	@Test
	void afterTheEndOfTheLoopACallIsRefusedAndNothingIsThrown() {
		MonoCall<Integer>[] held = newArray();
		TestSubscriber subscriber = new TestSubscriber(1);
		MonoCall.<Integer>mono(REQUEST, new HoldingRouter(this.wire, (call) -> held[0] = cast(call)), TestWire.INTEGER)
			.subscribe(subscriber);
		this.loop.close();
		assertThatCode(() -> this.wire.connection.submit(held[0])).doesNotThrowAnyException();
		assertThat(subscriber.failure()).isInstanceOf(BridgeUnavailableException.class)
			.hasCauseInstanceOf(RejectedExecutionException.class);
	}

	// Answers and cancels

	@Test
	void anAnswerBesideACancelIsNoViolationAndLeavesNothingBehind() {
		TestSubscriber subscriber = new TestSubscriber(1);
		MonoCall<Integer> call = this.wire.mono(REQUEST, subscriber);
		this.loop.run();
		// the answer is read before the loop runs what the cancelling thread left to it
		call.cancel();
		this.wire.answer(call, 7);
		this.loop.run();
		assertThat(this.wire.violations).hasValue(0);
		assertThat(this.wire.connection.abandoned().isEmpty()).isTrue();
	}

	@Test
	void aLateAnswerIsExpectedOnce() {
		TestSubscriber subscriber = new TestSubscriber(1);
		MonoCall<Integer> call = this.wire.mono(REQUEST, subscriber);
		this.loop.run();
		call.cancel();
		this.loop.run();
		assertThat(this.wire.connection.abandoned().isEmpty()).isFalse();
		onLoop(() -> this.wire.answer(call, 7));
		assertThat(this.wire.violations).hasValue(0);
		onLoop(() -> this.wire.answer(call, 7));
		assertThat(this.wire.violations).hasValue(1);
		assertThat(this.wire.connection.abandoned().isEmpty()).isTrue();
	}

	// Streams

	@Test
	void aHeldChunkThatDoesNotFitFailsAStreamWhoseLastWordCameAlready() {
		TestSubscriber subscriber = new TestSubscriber(0);
		StreamCall<Integer> call = this.wire.stream(REQUEST, subscriber);
		onLoop(() -> {
			this.wire.chunk(call, "1");
			this.wire.chunk(call, "\"text\"");
			this.wire.chunk(call, "3");
			this.wire.answer(call, 0);
		});
		subscriber.subscription().request(10);
		this.loop.run();
		assertThat(subscriber.values).hasValue(1);
		assertThat(subscriber.failure()).isInstanceOf(BridgeDecodingException.class);
		assertThat(subscriber.unruly).hasValue(0);
	}

	@Test
	void demandThatComesBeforeTheCommandIsWrittenStartsTheClockOfInactivity() {
		this.wire.link.room(0);
		MonoCall<Integer> first = this.wire.mono(REQUEST, new TestSubscriber(1));
		TestSubscriber subscriber = new TestSubscriber(0);
		this.wire.stream(REQUEST.withTimeout(Duration.ofSeconds(1)), subscriber);
		this.loop.run();
		subscriber.subscription().request(1);
		this.loop.advance(2, TimeUnit.SECONDS);
		assertThat(subscriber.failure()).isInstanceOf(CommandTimeoutException.class);
		first.cancel();
	}

	@Test
	void chunksHeldWhileTheBridgeIsClosedEndTheirStreamAndNothingIsThrown() {
		TestSubscriber subscriber = new TestSubscriber(0);
		streamWithAHeldChunk(subscriber);
		this.loop.close();
		assertThatCode(() -> subscriber.subscription().request(1)).doesNotThrowAnyException();
		assertThat(subscriber.failure()).isInstanceOf(ConnectionLostException.class);
	}

	@Test
	void aStreamCanBeCancelledAfterTheBridgeWasClosed() {
		TestSubscriber subscriber = new TestSubscriber(0);
		streamWithAHeldChunk(subscriber);
		this.loop.close();
		assertThatCode(() -> subscriber.subscription().cancel()).doesNotThrowAnyException();
	}

	@Test
	void afterAllWhoWantedTheResultHaveCancelledALateSubscriberToTheChunksIsTold() {
		StreamExchange<Integer, Integer> exchange = new StreamExchange<>(REQUEST, this.wire, TestWire.INTEGER,
				TestWire.INTEGER);
		exchange.result().subscribe().dispose();
		this.loop.run();
		TestSubscriber subscriber = new TestSubscriber(1);
		exchange.chunks().subscribe(subscriber);
		this.loop.run();
		assertThat(subscriber.failure()).isInstanceOf(CancellationException.class);
		assertThat(subscriber.unruly).hasValue(0);
	}

	@Test
	void aFailureFromAnotherThreadWaitsForTheLoop() {
		TestSubscriber subscriber = new TestSubscriber(10);
		StreamCall<Integer> call = this.wire.stream(REQUEST, subscriber);
		this.loop.run();
		// as an item of an upload that cannot be encoded does
		call.failAndAbandon(new IllegalArgumentException("from elsewhere"));
		assertThat(subscriber.terminals).hasValue(0);
		this.loop.run();
		assertThat(subscriber.terminals).hasValue(1);
	}

	// Uploads

	@Test
	void creditThatComesBeforeTheUploadBeganIsKept() {
		this.wire.connection.onReady(UPLOADS);
		AtomicReference<Long> requested = new AtomicReference<>(0L);
		Flux<Integer> items = Flux.<Integer>never().doOnRequest(requested::set);
		TestSubscriber subscriber = new TestSubscriber(1);
		MonoCall<Integer> call = this.wire.mono(REQUEST.withUpload(items), subscriber);
		// written by the caller; the daemon is faster than the loop's next task
		call.onUploadCredit(3);
		this.loop.run();
		assertThat(requested).hasValue(3L);
		call.cancel();
		this.loop.run();
	}

	@Test
	void creditThatComesBeforeThePublisherHasSubscribedIsKept() {
		this.wire.connection.onReady(UPLOADS);
		AtomicReference<Long> requested = new AtomicReference<>(0L);
		AtomicReference<Runnable> later = new AtomicReference<>();
		Flux<Integer> items = Flux.<Integer>never().doOnRequest(requested::set);
		// as one does that connects somewhere first
		Publisher<Integer> slow = (subscriber) -> later.set(() -> items.subscribe(subscriber));
		MonoCall<Integer> call = this.wire.mono(REQUEST.withUpload(slow), new TestSubscriber(1));
		this.loop.run();
		call.onUploadCredit(2);
		call.onUploadCredit(3);
		later.get().run();
		assertThat(requested).hasValue(5L);
		call.cancel();
		this.loop.run();
	}

	@Test
	void anIdempotentCallIsSentAgainAsLongAsNoItemOfItsUploadWasAskedFor() {
		this.wire.connection.onReady(UPLOADS);
		TestSubscriber subscriber = new TestSubscriber(1);
		this.wire.mono(REQUEST.asIdempotent().withUpload(Flux.never()), subscriber);
		this.loop.run();
		this.loop.execute(this.wire::lose);
		this.loop.run();
		assertThat(this.wire.elsewhere).hasValue(1);
	}

	@Test
	void anIdempotentCallIsNotSentAgainOnceAnItemOfItsUploadWasAskedFor() {
		this.wire.connection.onReady(UPLOADS);
		TestSubscriber subscriber = new TestSubscriber(1);
		MonoCall<Integer> call = this.wire.mono(REQUEST.asIdempotent().withUpload(Flux.never()), subscriber);
		this.loop.run();
		call.onUploadCredit(1);
		this.loop.execute(this.wire::lose);
		this.loop.run();
		assertThat(this.wire.elsewhere).hasValue(0);
		assertThat(subscriber.failure()).isInstanceOf(ConnectionLostException.class);
	}

	// The queue

	@Test
	void theLoopWritesOnceHalfOfTheCallsInFlightHaveGathered() {
		Outbound outbound = outbound();
		List<Integer> written = new ArrayList<>();
		this.loop.execute(() -> {
			for (int i = 0; i < 60; i++) {
				outbound.offer(new ControlLine(Kind.ANSWER, -1, null, new byte[10]));
				written.add(this.wire.link.written());
			}
		});
		this.loop.run();
		assertThat(written.get(48)).isZero();
		assertThat(written.subList(49, 60)).containsOnly(500);
	}

	@Test
	void manyThreadsTogetherKeepToTheLimitOfTheQueue() {
		Outbound outbound = outbound();
		long admitted = IntStream.range(0, 10_000).parallel().filter((i) -> outbound.reserve(10, 1_000)).count();
		assertThat(admitted).isEqualTo(100);
		assertThat(outbound.queuedBytes()).isEqualTo(1_000);
	}

	@Test
	void anEmptyQueueTakesALineOfAnySize() {
		Outbound outbound = outbound();
		assertThat(outbound.reserve(5_000, 1_000)).isTrue();
		assertThat(outbound.reserve(1, 1_000)).isFalse();
		outbound.giveBack(5_000);
		assertThat(outbound.reserve(1, 1_000)).isTrue();
	}

	private Outbound outbound() {
		return new Outbound(this.loop, this.wire.link, new FrameRing(System::nanoTime), () -> 100, (bytes) -> {
		}, (failure) -> {
		});
	}

	/** A stream that is answered, while its only chunk waits for demand. */
	private void streamWithAHeldChunk(TestSubscriber subscriber) {
		StreamCall<Integer> call = this.wire.stream(REQUEST, subscriber);
		onLoop(() -> {
			this.wire.chunk(call, "1");
			this.wire.answer(call, 0);
		});
	}

	/** Keeps the calls instead of sending them. */
	private record HoldingRouter(TestWire wire, Consumer<Call> keeper) implements CallRouter {

		@Override
		public void route(Call call) {
			this.keeper.accept(call);
		}

		@Override
		public BridgeContext context() {
			return this.wire.context;
		}

	}

	@SuppressWarnings("unchecked")
	private static MonoCall<Integer>[] newArray() {
		return new MonoCall[1];
	}

	@SuppressWarnings("unchecked")
	private static MonoCall<Integer> cast(Call call) {
		return (MonoCall<Integer>) call;
	}

}
