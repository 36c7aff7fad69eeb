package dev.rustbridge.connection;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * A pending call is found while it is there, and taken once.
 */
public class CallTableStress {

	/** Numbers of one stripe whose slots meet. */
	private static final long A = 16;

	private static final long B = A + (16 << 4);

	private static final Call CALL = new StressCall().call;

	@JCStressTest
	@Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "one of two took it")
	@Outcome(expect = Expect.FORBIDDEN, desc = "both took it, or none")
	@State
	public static class RemoveAgainstRemove {

		private final CallTable table = new CallTable();

		private volatile int first;

		private volatile int second;

		public RemoveAgainstRemove() {
			this.table.put(A, CALL);
		}

		@Actor
		public void first() {
			this.first = (this.table.remove(A) != null) ? 1 : 0;
		}

		@Actor
		public void second() {
			this.second = (this.table.remove(A) != null) ? 1 : 0;
		}

		@Arbiter
		public void sum(II_Result result) {
			result.r1 = this.first + this.second;
			result.r2 = this.table.size();
		}

	}

	@JCStressTest
	@Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "found, wherever it was moved")
	@Outcome(expect = Expect.FORBIDDEN, desc = "lost while the gap before it was closed")
	@State
	public static class GetAgainstClosingGap {

		private final CallTable table = new CallTable();

		public GetAgainstClosingGap() {
			this.table.put(A, CALL);
			this.table.put(B, CALL);
		}

		@Actor
		public void remover() {
			this.table.remove(A);
		}

		@Actor
		public void reader(ZZ_Result result) {
			result.r1 = this.table.get(B) != null;
		}

		@Arbiter
		public void after(ZZ_Result result) {
			result.r2 = this.table.get(B) != null && this.table.size() == 1;
		}

	}

	@JCStressTest
	@Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "found, however large the table is")
	@Outcome(expect = Expect.FORBIDDEN, desc = "lost while the table grew")
	@State
	public static class GetAgainstGrowth {

		private final CallTable table = new CallTable();

		public GetAgainstGrowth() {
			for (int i = 0; i < 8; i++) {
				this.table.put(A + 16 * i, CALL);
			}
		}

		@Actor
		public void caller() {
			this.table.put(B, CALL);
		}

		@Actor
		public void reader(ZZ_Result result) {
			result.r1 = this.table.get(A) != null;
		}

		@Arbiter
		public void after(ZZ_Result result) {
			result.r2 = this.table.get(B) != null && this.table.size() == 9;
		}

	}

}
