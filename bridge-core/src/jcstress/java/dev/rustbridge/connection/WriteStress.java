package dev.rustbridge.connection;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;
import org.openjdk.jcstress.infra.results.LL_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;

import dev.rustbridge.BridgeFrame.Kind;
import dev.rustbridge.ConnectionLostException;

/**
 * A command is written or withdrawn, never both, and never forgotten.
 */
public class WriteStress {

	private static String written(StressCall stress) {
		return (stress.wire.link.written() > 0) ? "written" : "withdrawn";
	}

	@JCStressTest
	@Outcome(id = "written, abandoned, ok", expect = Expect.ACCEPTABLE, desc = "cancelled after it was sent")
	@Outcome(id = "withdrawn, forgotten, ok", expect = Expect.ACCEPTABLE, desc = "cancelled before it was sent")
	@Outcome(expect = Expect.FORBIDDEN, desc = "withdrawn and written")
	@State
	public static class ClaimAgainstCancel extends StressCall {

		@Actor
		public void writer() {
			write();
		}

		@Actor
		public void caller() {
			this.call.cancel();
		}

		@Arbiter
		public void end(LLL_Result result) {
			result.r3 = leftovers();
			result.r1 = written(this);
			result.r2 = this.wire.connection.abandoned().isEmpty() ? "forgotten" : "abandoned";
		}

	}

	@JCStressTest
	@Outcome(id = "written, lost, ok", expect = Expect.ACCEPTABLE, desc = "sent, outcome unknown")
	@Outcome(id = "withdrawn, elsewhere, ok", expect = Expect.ACCEPTABLE, desc = "not sent, free to go elsewhere")
	@Outcome(expect = Expect.FORBIDDEN, desc = "sent twice, or lost though it was never sent")
	@State
	public static class ClaimAgainstLoss extends StressCall {

		@Actor
		public void writer() {
			write();
		}

		@Actor
		public void loop() {
			this.loop.turn(this.wire::lose);
		}

		@Arbiter
		public void end(LLL_Result result) {
			result.r3 = leftovers();
			result.r1 = written(this);
			result.r2 = (this.subscriber.failure() instanceof ConnectionLostException) ? "lost" : "elsewhere";
		}

	}

	@JCStressTest
	@Outcome(id = "elsewhere, ok", expect = Expect.ACCEPTABLE, desc = "refused at the door, or routed again")
	@Outcome(expect = Expect.FORBIDDEN, desc = "stranded, or lost though nothing was written")
	@State
	public static class SubmitAgainstLoss {

		private final StressLoop loop = new StressLoop();

		private final TestWire wire = new TestWire(this.loop);

		private final TestSubscriber subscriber = new TestSubscriber(1);

		@Actor
		public void caller() {
			this.wire.mono(StressCall.REQUEST, this.subscriber);
		}

		@Actor
		public void loop() {
			this.loop.turn(this.wire::lose);
		}

		@Arbiter
		public void end(LL_Result result) {
			this.loop.finish();
			boolean clean = this.wire.ends.get() == 1 && this.wire.connection.inFlight() == 0
					&& this.wire.connection.calls().isEmpty();
			result.r1 = (this.wire.elsewhere.get() == 1) ? "elsewhere" : "failure " + this.subscriber.failure();
			result.r2 = clean ? "ok" : "left behind";
		}

	}

	/** A frame that is put in while the loop is about to sleep. */
	static class Offer {

		/** Each state has a buffer of its own, and there are many thousands of them. */
		private static final int SMALL = 64;

		private final StressLoop loop = new StressLoop();

		private final RecordingLink link = new RecordingLink();

		private final Outbound outbound;

		Offer(int inFlight) {
			this.outbound = new Outbound(this.loop, this.link, new FrameRing(System::nanoTime), () -> inFlight, (bytes) -> {
			}, (failure) -> {
			}, SMALL);
		}

		final void offer() {
			this.outbound.offer(new ControlLine(Kind.PING, -1, null, new byte[] { '\n' }));
		}

		final void park() {
			this.loop.park(this.outbound);
		}

		final void tell(ZZ_Result result) {
			result.r1 = this.link.written() == 1;
			result.r2 = this.loop.isWoken();
		}

	}

	/** The contract of an outbox: whoever puts in writes, wakes, or is seen. */
	@JCStressTest
	@Outcome(id = "true, false", expect = Expect.ACCEPTABLE, desc = "written at once")
	@Outcome(id = "false, true", expect = Expect.ACCEPTABLE, desc = "the loop was woken to write it")
	@Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "woken in vain")
	@Outcome(expect = Expect.FORBIDDEN, desc = "the loop sleeps on a frame")
	@State
	public static class OfferAgainstPark extends Offer {

		public OfferAgainstPark() {
			super(1);
		}

		@Actor
		public void caller() {
			offer();
		}

		@Actor
		public void loop() {
			park();
		}

		@Arbiter
		public void end(ZZ_Result result) {
			tell(result);
		}

	}

	/** The same while so many calls are pending that callers leave the writing to the loop. */
	@JCStressTest
	@Outcome(id = "true, false", expect = Expect.ACCEPTABLE, desc = "seen by the loop before it slept")
	@Outcome(id = "false, true", expect = Expect.ACCEPTABLE, desc = "the loop was woken to write it")
	@Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "woken in vain")
	@Outcome(expect = Expect.FORBIDDEN, desc = "the loop sleeps on a frame")
	@State
	public static class OfferOfManyAgainstPark extends Offer {

		public OfferOfManyAgainstPark() {
			super(100);
		}

		@Actor
		public void caller() {
			offer();
		}

		@Actor
		public void loop() {
			park();
		}

		@Arbiter
		public void end(ZZ_Result result) {
			tell(result);
		}

	}

}
