package dev.rustbridge.engine;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * A call that is made while its connection is closed and another one comes up: it ends
 * exactly once, on the old one, on the new one, or on neither.
 */
public class ReconnectStress {

	@JCStressTest
	@Outcome(id = "answered", expect = Expect.ACCEPTABLE, desc = "by the old generation or by the new one")
	@Outcome(expect = Expect.FORBIDDEN, desc = "a planned restart costs a call")
	@State
	public static class CallAgainstRestart extends StressBridge {

		@Actor
		public void caller() {
			call();
		}

		@Actor
		public void loop() {
			this.loop.turnUntilQuiet(this.instance::restart);
		}

		@Arbiter
		public void end(L_Result result) {
			result.r1 = outcome();
		}

	}

	@JCStressTest
	@Outcome(id = "answered", expect = Expect.ACCEPTABLE, desc = "drained from the old, or waited for the new")
	@Outcome(expect = Expect.FORBIDDEN, desc = "lost between the two, or told twice")
	@State
	public static class CallAgainstCloseAndReconnect extends StressBridge {

		@Actor
		public void caller() {
			call();
		}

		@Actor
		public void loop() {
			this.loop.turnUntilQuiet(() -> {
				this.instance.stop("it is closed");
				this.instance.start();
			});
		}

		@Arbiter
		public void end(L_Result result) {
			result.r1 = outcome();
		}

	}

	@JCStressTest
	@Outcome(id = "answered", expect = Expect.ACCEPTABLE, desc = "before the daemon died, or by the next one")
	@Outcome(id = "failed", expect = Expect.ACCEPTABLE, desc = "lost, or refused while there is no daemon")
	@Outcome(expect = Expect.FORBIDDEN, desc = "forgotten, or told twice")
	@State
	public static class CallAgainstDeathAndReconnect extends StressBridge {

		@Actor
		public void caller() {
			call();
		}

		@Actor
		public void loop() {
			this.loop.turnUntilQuiet(this::killDaemon);
			// not after a delay: its timers never come
			this.loop.turnUntilQuiet(this.instance::start);
		}

		@Arbiter
		public void end(L_Result result) {
			result.r1 = outcome();
		}

	}

}
