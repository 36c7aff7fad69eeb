package dev.rustbridge.connection;

import dev.rustbridge.connection.Admission.Verdict;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.LI_Result;

/**
 * A call is counted in or finds the door closed, and the last one out is told once.
 */
public class AdmissionStress {

	@JCStressTest
	@Outcome(id = "ADMITTED, 1", expect = Expect.ACCEPTABLE, desc = "counted in, and waited for")
	@Outcome(id = "CLOSED, 1", expect = Expect.ACCEPTABLE, desc = "goes elsewhere")
	@Outcome(expect = Expect.FORBIDDEN, desc = "the drain is never told, or twice")
	@State
	public static class EnterAgainstClose {

		private final Admission door = new Admission(10);

		private boolean told;

		@Actor
		public void caller(LI_Result result) {
			Verdict verdict = this.door.enter();
			result.r1 = verdict;
			if (verdict == Verdict.ADMITTED && this.door.leave()) {
				result.r2 = 1;
			}
		}

		@Actor
		public void closer() {
			this.told = this.door.close();
		}

		@Arbiter
		public void sum(LI_Result result) {
			result.r2 += this.told ? 1 : 0;
		}

	}

	@JCStressTest
	@Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "one of the three was the last")
	@Outcome(expect = Expect.FORBIDDEN, desc = "nobody was the last, or several")
	@State
	public static class LeavesAgainstClose {

		private final Admission door = new Admission(10);

		private volatile int first;

		private volatile int second;

		private volatile int closing;

		public LeavesAgainstClose() {
			this.door.enter();
			this.door.enter();
		}

		@Actor
		public void first() {
			this.first = this.door.leave() ? 1 : 0;
		}

		@Actor
		public void second() {
			this.second = this.door.leave() ? 1 : 0;
		}

		@Actor
		public void closer() {
			this.closing = this.door.close() ? 1 : 0;
		}

		@Arbiter
		public void sum(II_Result result) {
			result.r1 = this.first + this.second + this.closing;
			result.r2 = this.door.inside();
		}

	}

	@JCStressTest
	@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "one of two takes the last place")
	@Outcome(expect = Expect.FORBIDDEN, desc = "more inside than may be")
	@State
	public static class TheLastPlace {

		private final Admission door = new Admission(2);

		private volatile int first;

		private volatile int second;

		public TheLastPlace() {
			this.door.enter();
		}

		@Actor
		public void first() {
			this.first = (this.door.enter() == Verdict.ADMITTED) ? 1 : 0;
		}

		@Actor
		public void second() {
			this.second = (this.door.enter() == Verdict.ADMITTED) ? 1 : 0;
		}

		@Arbiter
		public void sum(II_Result result) {
			result.r1 = this.first + this.second;
			result.r2 = this.door.inside() - 1;
		}

	}

}
