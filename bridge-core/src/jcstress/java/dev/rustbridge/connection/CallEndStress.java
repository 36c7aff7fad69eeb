package dev.rustbridge.connection;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * A call that was sent ends exactly once, and leaves nothing behind, whoever ends it.
 */
public class CallEndStress {

	@JCStressTest
	@Outcome(id = "answered, ok", expect = Expect.ACCEPTABLE, desc = "the answer was first")
	@Outcome(id = "cancelled, ok", expect = Expect.ACCEPTABLE, desc = "the cancel was first")
	@Outcome(expect = Expect.FORBIDDEN, desc = "two ends, none, or something left")
	@State
	public static class AnswerAgainstCancel extends StressCall {

		public AnswerAgainstCancel() {
			write();
		}

		@Actor
		public void loop() {
			this.loop.turn(() -> this.wire.answer(this.call, 7));
		}

		@Actor
		public void caller() {
			this.call.cancel();
		}

		@Arbiter
		public void end(LL_Result result) {
			result.r2 = leftovers();
			result.r1 = (this.subscriber.values.get() == 1) ? "answered" : "cancelled";
			if (this.wire.violations.get() > 0) {
				result.r1 = "answer not known";
			}
			else if (!this.wire.connection.abandoned().isEmpty()) {
				result.r1 = "answer waited for";
			}
		}

	}

	@JCStressTest
	@Outcome(id = "failed, ok", expect = Expect.ACCEPTABLE, desc = "the time was over")
	@Outcome(id = "cancelled, ok", expect = Expect.ACCEPTABLE, desc = "the cancel was first")
	@Outcome(expect = Expect.FORBIDDEN, desc = "two ends, none, or something left")
	@State
	public static class TimeoutAgainstCancel extends StressCall {

		public TimeoutAgainstCancel() {
			write();
		}

		@Actor
		public void loop() {
			this.loop.turn(() -> this.wire.connection.sweep(Long.MAX_VALUE - 1));
		}

		@Actor
		public void caller() {
			this.call.cancel();
		}

		@Arbiter
		public void end(LL_Result result) {
			result.r2 = leftovers();
			result.r1 = (this.subscriber.failure() != null) ? "failed" : "cancelled";
		}

	}

	@JCStressTest
	@Outcome(id = "failed, ok", expect = Expect.ACCEPTABLE, desc = "the connection was lost first")
	@Outcome(id = "cancelled, ok", expect = Expect.ACCEPTABLE, desc = "the cancel was first")
	@Outcome(expect = Expect.FORBIDDEN, desc = "two ends, none, or something left")
	@State
	public static class LossAgainstCancel extends StressCall {

		public LossAgainstCancel() {
			write();
		}

		@Actor
		public void loop() {
			this.loop.turn(this.wire::lose);
		}

		@Actor
		public void caller() {
			this.call.cancel();
		}

		@Arbiter
		public void end(LL_Result result) {
			result.r2 = leftovers();
			result.r1 = (this.subscriber.failure() != null) ? "failed" : "cancelled";
		}

	}

}
