package dev.rustbridge.benchmarks.sdk;

import dev.rustbridge.benchmarks.Messages.StreamAsk;
import dev.rustbridge.benchmarks.Messages.Tick;
import dev.rustbridge.benchmarks.Scenario;
import dev.rustbridge.benchmarks.load.ClientContender;
import dev.rustbridge.benchmarks.load.Contender;
import dev.rustbridge.benchmarks.load.Daemons;
import dev.rustbridge.benchmarks.load.Tally;
import dev.rustbridge.benchmarks.load.TickCheck;
import dev.rustbridge.benchmarks.peer.RustBridgePeer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;

/**
 * A stream whose subscriber takes so many chunks a second, while 64 callers on the same
 * connection repeat a call each: their times before it, during it, and behind it.
 */
final class SlowStream {

	private static final Scenario CALLERS = Scenario.of("flight-64");

	private static final Duration WARM_UP = Duration.ofSeconds(5);

	private static final Duration WINDOW = Duration.ofSeconds(5);

	private static final Duration STEP = Duration.ofMillis(10);

	private SlowStream() {
	}

	static String heading(int chunks, int rate) {
		return String.format(Locale.ROOT,
				"""
						#### A stream of %,d chunks to a subscriber that takes %,d a second, beside 64 callers

						One connection on stdio, a daemon on the SDK, `-Xmx128m`; callers repeat a call each where its
						answer arrives, and are counted in windows of %d s. Before and behind the stream two windows
						each.

						| 64 callers | windows | calls | p50, median of windows | p50, worst | p99, median of windows | p99, worst |
						|---|---:|---:|---:|---:|---:|---:|""",
				chunks, rate, WINDOW.toSeconds());
	}

	/** Arguments: the folder of the daemons, how many chunks, how many a second. */
	public static void main(String[] args) {
		int chunks = Integer.parseInt(args[1]);
		int rate = Integer.parseInt(args[2]);
		SdkRun.report(() -> measure(new Daemons(args[0]), chunks, rate));
	}

	private static List<String> measure(Daemons daemons, int chunks, int rate) throws Exception {
		RustBridgePeer peer = RustBridgePeer.onStdio(daemons, "bench-sdk");
		try (Contender callers = new ClientContender(peer)) {
			callers.run(CALLERS, WARM_UP);
			List<String> rows = new ArrayList<>();
			rows.add(row("without the stream", windows(callers, 2)));
			TickCheck check = new TickCheck();
			SlowSubscriber subscriber = new SlowSubscriber(check);
			long start = System.nanoTime();
			peer.bridge()
				.command("stream")
				.params(new StreamAsk(chunks, Scenario.CHUNK_TEXT))
				.retrieveFlux(Tick.class)
				.subscribe(subscriber);
			Thread pace = pace(subscriber, rate);
			List<Tally> during = new ArrayList<>();
			while (!subscriber.isDisposed()) {
				Tally window = callers.run(CALLERS, WINDOW);
				// a window that the stream ended in tells of neither
				if (!subscriber.isDisposed() || during.isEmpty()) {
					during.add(window);
				}
			}
			double seconds = (subscriber.endedAt - start) / 1e9;
			pace.join();
			subscriber.rethrow();
			if (check.seen() != chunks) {
				throw new IllegalStateException("expected " + chunks + " chunks, got " + check.seen());
			}
			rows.add(row("beside the stream", during));
			rows.add(row("after the stream", windows(callers, 2)));
			rows.add(String.format(Locale.ROOT,
					"%nAll chunks came, in order, in %.0f s. Host: peak resident %s, peak heap %s; daemon: peak resident %s.",
					seconds, Memory.peakResident(ProcessHandle.current().pid()), Memory.peakHeap(),
					Memory.peakResident(peer.daemonPid())));
			return rows;
		}
	}

	private static List<Tally> windows(Contender callers, int count) throws Exception {
		List<Tally> tallies = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			tallies.add(callers.run(CALLERS, WINDOW));
		}
		return tallies;
	}

	private static Thread pace(SlowSubscriber subscriber, int rate) {
		Thread thread = new Thread(() -> {
			long asked = 0;
			long start = System.nanoTime();
			while (!subscriber.isDisposed()) {
				long due = (System.nanoTime() - start) * rate / 1_000_000_000L;
				if (due > asked) {
					subscriber.request(due - asked);
					asked = due;
				}
				try {
					Thread.sleep(STEP.toMillis());
				}
				catch (InterruptedException e) {
					subscriber.cancel();
				}
			}
		}, "pace");
		thread.setDaemon(true);
		thread.start();
		return thread;
	}

	private static String row(String title, List<Tally> windows) {
		long calls = windows.stream().mapToLong(Tally::calls).sum();
		return String.format(Locale.ROOT, "| %s | %d | %,d | %s | %s | %s | %s |", title, windows.size(), calls,
				median(windows, 0.5), worst(windows, 0.5), median(windows, 0.99), worst(windows, 0.99));
	}

	private static String median(List<Tally> windows, double part) {
		return micros(sorted(windows, part)[windows.size() / 2]);
	}

	private static String worst(List<Tally> windows, double part) {
		return micros(sorted(windows, part)[windows.size() - 1]);
	}

	private static long[] sorted(List<Tally> windows, double part) {
		return windows.stream().mapToLong((tally) -> tally.times().percentile(part)).sorted().toArray();
	}

	private static String micros(long nanos) {
		return String.format(Locale.ROOT, "%,.0f µs", nanos / 1e3);
	}

	/** Checks each chunk; asked for more by its pace alone. */
	private static final class SlowSubscriber extends BaseSubscriber<Tick> {

		private final TickCheck check;

		private volatile @Nullable Throwable failure;

		private volatile long endedAt;

		SlowSubscriber(TickCheck check) {
			this.check = check;
		}

		@Override
		protected void hookOnSubscribe(Subscription subscription) {
			// nothing yet
		}

		@Override
		protected void hookOnNext(Tick tick) {
			check.tick(tick.n(), tick.text());
		}

		@Override
		protected void hookOnComplete() {
			endedAt = System.nanoTime();
		}

		@Override
		protected void hookOnError(Throwable error) {
			failure = error;
		}

		void rethrow() {
			Throwable why = failure;
			if (why != null) {
				throw new IllegalStateException("the stream failed", why);
			}
		}

	}

}
