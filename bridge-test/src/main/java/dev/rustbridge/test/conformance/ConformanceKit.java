package dev.rustbridge.test.conformance;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

import dev.rustbridge.test.conformance.wire.CheckFailure;
import dev.rustbridge.test.conformance.wire.DaemonUnderTest;
import dev.rustbridge.test.conformance.wire.Line;
import dev.rustbridge.test.conformance.wire.Session;

/**
 * Drives a daemon through the rules of the protocol: those that hold for all daemons, and
 * those of each capability that it announces. It talks over real pipes or a real socket,
 * without the bridge's own engine, which would hide what is to be seen.
 *
 * <pre class="code">
 * &#64;Test
 * void conforms() {
 *     ConformanceKit.run(ConformanceOptions.command("target/release/my-daemon", "--management").build())
 *         .assertPassed();
 * }
 * </pre>
 */
public final class ConformanceKit {

	private ConformanceKit() {
	}

	/**
	 * Runs all checks, one after the other, on the calling thread.
	 * @param options which daemon, and which of its methods may be called
	 * @return how it fared
	 * @throws DaemonUnavailableException if the daemon can't be started or connected to
	 */
	public static ConformanceReport run(ConformanceOptions options) {
		return run(options, (result) -> {
		});
	}

	/**
	 * Runs all checks, and tells of each as it ends.
	 * @param options which daemon, and which of its methods may be called
	 * @param progress told on the calling thread
	 * @return how it fared
	 * @throws DaemonUnavailableException if the daemon can't be started or connected to
	 */
	public static ConformanceReport run(ConformanceOptions options, Consumer<CheckResult> progress) {
		List<CheckResult> results = new ArrayList<>();
		try (DaemonUnderTest daemon = options.daemon()) {
			Bench bench = new Bench(daemon, options, announcement(daemon, options));
			for (Check check : checks()) {
				CheckResult result = run(check, bench);
				daemon.endSessions();
				results.add(result);
				progress.accept(result);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new DaemonUnavailableException("interrupted while the daemon was checked", ex);
		}
		return new ConformanceReport(options.describe(), results);
	}

	/**
	 * All checks, in the order in which they are tried.
	 */
	static List<Check> checks() {
		return Stream
			.of(ClassicChecks.all(), FramingChecks.all(), ProcessChecks.all(), HelloChecks.all(), CallEndChecks.all(),
					CreditChecks.all(), HostCallChecks.all(), UploadChecks.all(), BytesChecks.all(),
					MethodsChecks.all(), ViolationChecks.all())
			.flatMap(List::stream)
			.toList();
	}

	/**
	 * What the daemon says about itself. One that does not become ready is a classic one
	 * here: the check of that name fails then.
	 */
	private static Announcement announcement(DaemonUnderTest daemon, ConformanceOptions options)
			throws InterruptedException {
		try {
			Session session = daemon.open();
			Line ready = session.poll((line) -> line.isEvent(options.readyEvent()), options.timeout());
			return (ready != null) ? Announcement.of(ready) : new Announcement(null, null);
		}
		catch (IOException ex) {
			throw unavailable(options, ex);
		}
		finally {
			daemon.endSessions();
		}
	}

	private static CheckResult run(Check check, Bench bench) throws InterruptedException {
		Announcement said = bench.announcement();
		if (check.needsAnnouncement() && !said.isExtended()
				|| check.needsCapability() && !said.capabilities().contains(check.group())) {
			return result(check, Verdict.NOT_ANNOUNCED, "", "");
		}
		try {
			if (check.role() != null) {
				bench.method(check.role());
			}
			check.probe().run(bench);
			return result(check, Verdict.PASSED, "", "");
		}
		catch (NotTried ex) {
			return result(check, Verdict.NOT_TRIED, "", String.valueOf(ex.getMessage()));
		}
		catch (CheckFailure ex) {
			return result(check, Verdict.FAILED, ex.expected(), ex.observed());
		}
		catch (IOException ex) {
			throw unavailable(bench.options(), ex);
		}
	}

	private static CheckResult result(Check check, Verdict verdict, String expected, String observed) {
		String advice = (verdict == Verdict.FAILED) ? check.advice() : "";
		return new CheckResult(check.group(), check.name(), check.rule(), verdict, expected, observed, advice);
	}

	private static DaemonUnavailableException unavailable(ConformanceOptions options, IOException ex) {
		return new DaemonUnavailableException(
				"can't start or reach the daemon " + options.describe() + ": " + ex.getMessage(), ex);
	}

}
