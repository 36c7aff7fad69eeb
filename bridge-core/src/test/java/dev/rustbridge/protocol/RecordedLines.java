package dev.rustbridge.protocol;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import dev.rustbridge.protocol.LineFramer.Lines;

/**
 * Writes down what a framer reports, in a form that does not depend on how the stream was
 * split. A line {@code <n} announces a payload of n bytes, a line {@code stop} stops the
 * framer.
 */
final class RecordedLines implements Lines {

	private final List<String> log = new ArrayList<>();

	private final ByteArrayOutputStream payload = new ByteArrayOutputStream();

	private final LineFramer framer;

	private int emptyPieces;

	RecordedLines(int maxMessageSize) {
		this.framer = new LineFramer(maxMessageSize, this);
	}

	RecordedLines feed(byte[] bytes) {
		this.framer.feed(bytes, 0, bytes.length);
		return this;
	}

	/** Feeds a copy of a part, with other bytes around it. */
	RecordedLines feed(byte[] bytes, int from, int to) {
		byte[] part = new byte[to - from + 2];
		part[0] = '\n';
		System.arraycopy(bytes, from, part, 1, to - from);
		part[to - from + 1] = '\n';
		this.framer.feed(part, 1, to - from);
		return this;
	}

	LineFramer framer() {
		return this.framer;
	}

	List<String> log() {
		return this.log;
	}

	@Override
	public void line(byte[] buffer, int offset, int length) {
		String line = latin1(buffer, offset, length);
		this.log.add("line " + line);
		if (line.matches("<\\d{1,18}")) {
			this.framer.expectPayload(Long.parseLong(line.substring(1)));
		}
		if (line.equals("stop")) {
			this.framer.stop();
		}
	}

	@Override
	public void oversized(byte[] head, int offset, int length) {
		this.log.add("oversized " + latin1(head, offset, length));
	}

	@Override
	public void raw(byte[] buffer, int offset, int length, boolean last) {
		this.payload.write(buffer, offset, length);
		this.emptyPieces += (length == 0) ? 1 : 0;
		if (last) {
			boolean legal = this.emptyPieces == ((this.payload.size() == 0) ? 1 : 0);
			this.log.add((legal ? "payload " : "empty piece in payload ")
					+ this.payload.toString(StandardCharsets.ISO_8859_1));
			this.payload.reset();
			this.emptyPieces = 0;
		}
	}

	@Override
	public void brokenPayload(String what) {
		this.log.add("broken " + what);
	}

	static String latin1(byte[] buffer, int offset, int length) {
		return new String(buffer, offset, length, StandardCharsets.ISO_8859_1);
	}

}
