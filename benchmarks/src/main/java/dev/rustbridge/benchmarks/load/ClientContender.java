package dev.rustbridge.benchmarks.load;

import dev.rustbridge.benchmarks.Messages.Blob;
import dev.rustbridge.benchmarks.Messages.Echo;
import dev.rustbridge.benchmarks.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Makes the load of every scenario with a client library. */
public final class ClientContender implements Contender {

	private static final int PRODUCERS = 2;

	private final Peer peer;

	/** Measures that client, and closes it in the end. */
	public ClientContender(Peer peer) {
		this.peer = peer;
	}

	@Override
	public long daemonPid() {
		return peer.daemonPid();
	}

	@Override
	public void close() throws Exception {
		peer.close();
	}

	@Override
	public Tally run(Scenario scenario, Duration length) throws Exception {
		long deadline = System.nanoTime() + length.toNanos();
		return switch (scenario.kind()) {
			case SEQUENTIAL, IN_FLIGHT -> repeat(scenario.size(), deadline);
			case FROM_THREADS -> fromThreads(scenario.size(), deadline);
			case BLOCKING -> block(deadline);
			case STREAM -> {
				int count = scenario.size();
				yield times(count, deadline, () -> {
					TickCheck check = new TickCheck();
					check.ended(count, peer.stream(count, Scenario.CHUNK_TEXT, check));
				});
			}
			case RESULT -> {
				int size = scenario.size();
				Blob expected = Blob.of(size);
				yield times(1, deadline, () -> check(expected.equals(peer.result(size)), "the text is another"));
			}
			case PARAMS -> {
				Blob blob = Blob.of(scenario.size());
				yield times(1, deadline,
						() -> check(peer.sink(blob) == scenario.size(), "the daemon got another size"));
			}
		};
	}

	private Tally repeat(int inFlight, long deadline) throws Exception {
		Load load = new Load(inFlight);
		long start = System.nanoTime();
		for (int seq = 0; seq < inFlight; seq++) {
			peer.repeat(new Lane(seq, load, inFlight, lane -> {
				lane.sending();
				peer.send(lane);
			}));
		}
		return load.await(start, deadline);
	}

	private Tally fromThreads(int inFlight, long deadline) throws Exception {
		Load load = new Load(inFlight);
		List<Producer> producers = new ArrayList<>();
		long start = System.nanoTime();
		for (int p = 0; p < PRODUCERS; p++) {
			Producer producer = new Producer("producer-" + p, peer);
			for (int seq = p; seq < inFlight; seq += PRODUCERS) {
				producer.add(new Lane(seq, load, inFlight, producer::add));
			}
			producer.start();
			producers.add(producer);
		}
		try {
			return load.await(start, deadline);
		}
		finally {
			for (Producer producer : producers) {
				producer.stopProducing();
				producer.join();
			}
		}
	}

	private Tally block(long deadline) throws Exception {
		Echo ask = new Echo(7, "the quick brown fox");
		return times(1, deadline, () -> check(ask.equals(peer.call(ask)), "the echo is another"));
	}

	/**
	 * One after the other on this thread, each of them timed; {@code each} is what one
	 * counts for.
	 */
	private static Tally times(long each, long deadline, Once once) throws Exception {
		Histogram times = new Histogram();
		long start = System.nanoTime();
		long calls = 0;
		long now = start;
		do {
			once.run();
			long end = System.nanoTime();
			times.record(end - now);
			now = end;
			calls += each;
		}
		while (now < deadline);
		return new Tally(calls, now - start, times);
	}

	private static void check(boolean right, String otherwise) {
		if (!right) {
			throw new IllegalStateException(otherwise);
		}
	}

	private interface Once {

		void run() throws Exception;

	}

}
