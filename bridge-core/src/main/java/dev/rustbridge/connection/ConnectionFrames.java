package dev.rustbridge.connection;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;

import dev.rustbridge.BridgeFrame;
import dev.rustbridge.BridgeFrame.Direction;
import dev.rustbridge.connection.FrameRing.Recorded;
import dev.rustbridge.protocol.RequestIds;
import org.jspecify.annotations.Nullable;

/**
 * The last frames of one connection, of both directions.
 */
public final class ConnectionFrames {

	private final int instance;

	private final long generation;

	private final FrameRing in;

	private final FrameRing out;

	ConnectionFrames(int instance, long generation, LongSupplier clock) {
		this.in = new FrameRing(clock);
		this.out = new FrameRing(clock);
		this.instance = instance;
		this.generation = generation;
	}

	int instance() {
		return this.instance;
	}

	/** Written on the loop. */
	FrameRing in() {
		return this.in;
	}

	/** Written by whoever flushes. */
	FrameRing out() {
		return this.out;
	}

	/**
	 * The last of them, for a story of how it ended.
	 * @param count at most so many
	 * @param ids the ids of our calls
	 * @return the frames, oldest first
	 */
	List<BridgeFrame> last(int count, RequestIds ids) {
		return FlightRecorder.last(snapshot(ids, FlightRecorder.wallClock(this.in.now())), count);
	}

	List<BridgeFrame> snapshot(RequestIds ids, LongFunction<Instant> clock) {
		List<BridgeFrame> frames = new ArrayList<>();
		this.in.snapshot().forEach((frame) -> frames.add(frame(frame, Direction.IN, ids, clock)));
		this.out.snapshot().forEach((frame) -> frames.add(frame(frame, Direction.OUT, ids, clock)));
		return frames;
	}

	private BridgeFrame frame(Recorded frame, Direction direction, RequestIds ids, LongFunction<Instant> clock) {
		@Nullable String id = (frame.sequence() >= 0) ? ids.format(frame.sequence()) : frame.id();
		return new BridgeFrame(clock.apply(frame.nanos()), this.instance, this.generation, direction, frame.kind(), id,
				frame.name(), frame.size());
	}

}
