package dev.rustbridge.connection;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import dev.rustbridge.BridgeFrame;
import dev.rustbridge.BridgeFrame.Direction;

/**
 * Frames in a line of the log.
 */
public final class FrameText {

	private FrameText() {
	}

	/**
	 * Tells frames to people.
	 * @param frames oldest first
	 * @param now what their ages are told from
	 * @return as {@code -> command echo req_x_5 (40 bytes, 12ms ago), <- result …}
	 */
	public static String of(List<BridgeFrame> frames, Instant now) {
		return frames.stream().map((frame) -> of(frame, now)).collect(Collectors.joining(", "));
	}

	private static String of(BridgeFrame frame, Instant now) {
		StringBuilder text = new StringBuilder((frame.direction() == Direction.OUT) ? "-> " : "<- ")
			.append(frame.kind().name().toLowerCase(Locale.ROOT));
		if (frame.name() != null) {
			text.append(' ').append(frame.name());
		}
		if (frame.id() != null) {
			text.append(' ').append(frame.id());
		}
		return text.append(" (")
			.append(frame.size())
			.append(" bytes, ")
			.append(Durations.text(Duration.between(frame.at(), now)))
			.append(" ago)")
			.toString();
	}

}
