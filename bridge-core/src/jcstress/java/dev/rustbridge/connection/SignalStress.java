package dev.rustbridge.connection;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * What a subscriber is told: values, ends, and signals that came beside others.
 */
public class SignalStress {

	@JCStressTest
	@Outcome(id = "1, 1, 0", expect = Expect.ACCEPTABLE, desc = "given by whoever came second")
	@Outcome(expect = Expect.FORBIDDEN, desc = "not given, or twice")
	@State
	public static class AnswerAgainstDemand {

		private final StressLoop loop = new StressLoop();

		private final TestWire wire = new TestWire(this.loop);

		private final TestSubscriber subscriber = new TestSubscriber(0);

		private final MonoCall<Integer> call = this.wire.mono(StressCall.REQUEST, this.subscriber);

		public AnswerAgainstDemand() {
			this.wire.connection.flush();
		}

		@Actor
		public void loop() {
			this.loop.turn(() -> this.wire.answer(this.call, 7));
		}

		@Actor
		public void first() {
			this.call.request(1);
		}

		@Actor
		public void second() {
			this.call.request(1);
		}

		@Arbiter
		public void end(III_Result result) {
			result.r1 = this.subscriber.values.get();
			result.r2 = this.subscriber.terminals.get();
			result.r3 = this.subscriber.unruly.get();
		}

	}

	/** A stream that was sent, and what its subscriber was told. */
	static class SentStream {

		final StressLoop loop = new StressLoop();

		final TestWire wire = new TestWire(this.loop);

		final StreamCall<Integer> call;

		private final TestSubscriber subscriber;

		SentStream(long demand) {
			this.subscriber = new TestSubscriber(demand);
			this.call = this.wire.stream(StressCall.REQUEST, this.subscriber);
			this.wire.connection.flush();
		}

		final void tell(III_Result result) {
			this.loop.finish();
			result.r1 = this.subscriber.values.get();
			result.r2 = this.subscriber.terminals.get();
			result.r3 = this.subscriber.unruly.get();
		}

	}

	@JCStressTest
	@Outcome(id = "2, 1, 0", expect = Expect.ACCEPTABLE, desc = "each chunk once, then the end")
	@Outcome(expect = Expect.FORBIDDEN, desc = "a chunk is stuck, or lost, or the end is")
	@State
	public static class ChunksAgainstDemand extends SentStream {

		public ChunksAgainstDemand() {
			super(0);
		}

		@Actor
		public void loop() {
			this.loop.turn(() -> {
				this.wire.chunk(this.call, "1");
				this.wire.chunk(this.call, "2");
				this.wire.answer(this.call, 0);
			});
		}

		@Actor
		public void caller() {
			this.call.request(1);
			this.call.request(1);
		}

		@Arbiter
		public void end(III_Result result) {
			tell(result);
		}

	}

	@JCStressTest
	@Outcome(id = "0, 1, 0", expect = Expect.ACCEPTABLE, desc = "failed first")
	@Outcome(id = "1, 1, 0", expect = Expect.ACCEPTABLE, desc = "failed after the first chunk")
	@Outcome(id = "2, 1, 0", expect = Expect.ACCEPTABLE, desc = "failed after both")
	@Outcome(expect = Expect.FORBIDDEN, desc = "signals at once, or after the end")
	@State
	public static class ChunksAgainstFailureFromElsewhere extends SentStream {

		public ChunksAgainstFailureFromElsewhere() {
			super(10);
		}

		@Actor
		public void loop() {
			this.loop.turn(() -> {
				this.wire.chunk(this.call, "1");
				this.wire.chunk(this.call, "2");
			});
		}

		@Actor
		public void uploader() {
			this.call.failAndAbandon(new IllegalStateException("an item of its upload"));
		}

		@Arbiter
		public void end(III_Result result) {
			tell(result);
		}

	}

}
