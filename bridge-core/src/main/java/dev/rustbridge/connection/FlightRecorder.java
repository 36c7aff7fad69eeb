package dev.rustbridge.connection;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;

import dev.rustbridge.BridgeFrame;
import dev.rustbridge.protocol.RequestIds;

/**
 * Remembers the last frames of a bridge: of the present and the previous generation of
 * each instance, so that what came before a crash can be told after it. Always on. Any
 * thread.
 */
public final class FlightRecorder {

	private static final int GENERATIONS = 2;

	private final List<ConnectionFrames> connections = new ArrayList<>();

	/**
	 * Begins to remember the frames of a connection.
	 * @param instance the index in the pool
	 * @param generation the generation
	 * @param clock the present moment in nanoseconds, on the scale of the deadlines
	 * @return takes its frames
	 */
	synchronized ConnectionFrames open(int instance, long generation, LongSupplier clock) {
		List<ConnectionFrames> earlier = this.connections.stream()
			.filter((frames) -> frames.instance() == instance)
			.toList();
		if (earlier.size() >= GENERATIONS) {
			this.connections.remove(earlier.get(0));
		}
		ConnectionFrames frames = new ConnectionFrames(instance, generation, clock);
		this.connections.add(frames);
		return frames;
	}

	/**
	 * The last frames of the bridge.
	 * @param ids the ids of its calls
	 * @param now the present moment on the scale of the deadlines, in nanoseconds
	 * @return at most {@value FrameRing#KEPT}, oldest first
	 */
	public List<BridgeFrame> snapshot(RequestIds ids, long now) {
		List<ConnectionFrames> all;
		synchronized (this) {
			all = List.copyOf(this.connections);
		}
		LongFunction<Instant> clock = wallClock(now);
		List<BridgeFrame> frames = new ArrayList<>();
		all.forEach((connection) -> frames.addAll(connection.snapshot(ids, clock)));
		return last(frames, FrameRing.KEPT);
	}

	static List<BridgeFrame> last(List<BridgeFrame> frames, int count) {
		List<BridgeFrame> sorted = frames.stream().sorted(Comparator.comparing(BridgeFrame::at)).toList();
		return sorted.subList(Math.max(0, sorted.size() - count), sorted.size());
	}

	static LongFunction<Instant> wallClock(long now) {
		Instant present = Instant.now();
		return (nanos) -> present.minusNanos(now - nanos);
	}

}
