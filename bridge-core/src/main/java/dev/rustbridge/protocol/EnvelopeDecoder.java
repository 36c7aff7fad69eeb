package dev.rustbridge.protocol;

import java.nio.charset.StandardCharsets;

import dev.rustbridge.BridgeListener.Violation;
import dev.rustbridge.protocol.Envelope.Kind;

/**
 * Tells what a line is. One pass checks that it is a JSON object in valid UTF-8, to the
 * last byte, and notes where its members lie: in any order, values of any kind, unknown
 * ones skipped, of members with the same name the last (as Jackson and JavaScript do).
 * Nothing a daemon can send makes it fail. Not thread-safe: one for each connection.
 */
public final class EnvelopeDecoder {

	/**
	 * How deep a line may be nested, the envelope counted. Deeper ones are violations.
	 */
	public static final int MAX_DEPTH = 10_000;

	private static final int EXCERPT = 120;

	private final Envelope envelope = new Envelope();

	private final JsonScanner scanner = JsonScanner.inbound(MAX_DEPTH);

	/** Of the chunk that the envelope shows; nothing while it shows something else. */
	private final ChunkHead head = new ChunkHead();

	private final RequestIds ids;

	private boolean bytes;

	private boolean calls;

	private boolean cancel;

	private boolean uploadCredit;

	/**
	 * Makes a decoder for a connection at classic level.
	 * @param ids the ids of our own calls
	 */
	public EnvelopeDecoder(RequestIds ids) {
		this.ids = ids;
	}

	/**
	 * Says whether a chunk may announce raw bytes ({@code bytes}).
	 * @param inForce true once it was negotiated
	 */
	public void acceptBytes(boolean inForce) {
		this.bytes = inForce;
		this.head.forget();
	}

	/**
	 * Says whether the daemon may call the host ({@code calls}). While it may not,
	 * {@code method} is an unknown member.
	 * @param inForce true once it was negotiated
	 */
	public void acceptCalls(boolean inForce) {
		this.calls = inForce;
		this.head.forget();
	}

	/**
	 * Says whether the daemon may cancel its calls ({@code cancel}, with {@code calls}).
	 * @param inForce true once both were negotiated
	 */
	public void acceptCancel(boolean inForce) {
		this.cancel = inForce;
		this.head.forget();
	}

	/**
	 * Says whether the daemon may grant credit for uploads ({@code upload}).
	 * @param inForce true once it was negotiated
	 */
	public void acceptCredit(boolean inForce) {
		this.uploadCredit = inForce;
		this.head.forget();
	}

	/**
	 * Decodes a line. Never throws, whatever the bytes are.
	 * @param buffer holds the line
	 * @param offset of its first byte
	 * @param length its length, without the newline
	 * @return the view of it, always the same object
	 */
	public Envelope decode(byte[] buffer, int offset, int length) {
		int end = offset + length;
		if (this.head.begins(buffer, offset, end) && isNextChunk(buffer, offset + this.head.length(), end)) {
			return this.envelope;
		}
		this.head.forget();
		this.envelope.reset(buffer);
		if (members(buffer, offset, end)) {
			identify();
			classify();
			if (this.envelope.kind() == Kind.CHUNK && this.envelope.valueEnd() == end - 1) {
				this.head.learn(buffer, offset, this.envelope.valueStart());
			}
		}
		else {
			this.envelope.violates(Violation.NOISE, malformed(offset));
			this.envelope.sequence(recoverId(buffer, offset, length));
		}
		return this.envelope;
	}

	/**
	 * Looks for the id in the first part of a line whose rest is gone, or in a line that
	 * is not JSON.
	 * @param head holds the part
	 * @param offset of its first byte
	 * @param length its length
	 * @return the number of an id of ours that stands where an id belongs, else -1
	 */
	public long recoverId(byte[] head, int offset, int length) {
		int end = offset + length;
		int depth = 0;
		int pos = offset;
		while (pos < end) {
			switch (head[pos]) {
				case '{', '[' -> depth++;
				case '}', ']' -> depth--;
				case '"' -> {
					int close = LenientJson.endOfString(head, pos + 1, end);
					if (depth == 1 && isIdKey(head, pos, close)) {
						long sequence = idValue(head, close, end);
						if (sequence >= 0) {
							return sequence;
						}
					}
					pos = close - 1;
				}
				default -> {
				}
			}
			pos++;
		}
		return -1;
	}

	/**
	 * A short excerpt of a line, safe for a log: everything but printable ASCII is
	 * escaped.
	 * @param buffer holds the line
	 * @param offset of its first byte
	 * @param length its length
	 * @return the excerpt, with the line's length if it is cut
	 */
	public static String excerpt(byte[] buffer, int offset, int length) {
		StringBuilder text = new StringBuilder();
		int end = offset + Math.min(length, EXCERPT);
		for (int i = offset; i < end; i++) {
			int value = buffer[i] & 0xff;
			if (value == '\\') {
				text.append("\\\\");
			}
			else if (value >= ' ' && value < 0x7f) {
				text.append((char) value);
			}
			else {
				text.append("\\x")
					.append(Character.forDigit(value >>> 4, 16))
					.append(Character.forDigit(value & 0xf, 16));
			}
		}
		if (length > EXCERPT) {
			text.append("... (").append(length).append(" bytes)");
		}
		return text.toString();
	}

	/** Whether what follows a known head is one value and the end of the line. */
	private boolean isNextChunk(byte[] buffer, int from, int end) {
		int valueEnd = this.scanner.value(buffer, from, end, 1);
		if (valueEnd != end - 1 || buffer[valueEnd] != '}') {
			return false;
		}
		this.envelope.repeat(buffer, Member.DATA, from, valueEnd);
		return true;
	}

	private boolean members(byte[] buffer, int offset, int end) {
		int pos = this.scanner.space(buffer, offset, end);
		if (pos >= end) {
			this.scanner.fault(JsonScanner.Fault.END, end);
			return false;
		}
		if (buffer[pos] != '{') {
			this.scanner.unexpected(buffer, pos);
			return false;
		}
		pos = this.scanner.space(buffer, pos + 1, end);
		if (pos < end && buffer[pos] == '}') {
			return ends(buffer, pos + 1, end);
		}
		while (true) {
			pos = member(buffer, pos, end);
			if (pos < 0) {
				return false;
			}
			pos = this.scanner.space(buffer, pos, end);
			if (pos >= end) {
				this.scanner.fault(JsonScanner.Fault.END, end);
				return false;
			}
			if (buffer[pos] == '}') {
				return ends(buffer, pos + 1, end);
			}
			if (buffer[pos] != ',') {
				this.scanner.unexpected(buffer, pos);
				return false;
			}
			pos = this.scanner.space(buffer, pos + 1, end);
		}
	}

	private int member(byte[] buffer, int from, int end) {
		if (from >= end) {
			return this.scanner.fault(JsonScanner.Fault.END, end);
		}
		if (buffer[from] != '"') {
			return this.scanner.unexpected(buffer, from);
		}
		int nameEnd = this.scanner.string(buffer, from + 1, end);
		if (nameEnd < 0) {
			return -1;
		}
		boolean escaped = this.scanner.escaped();
		int value = this.scanner.colon(buffer, nameEnd, end);
		int valueEnd = (value < 0) ? -1 : this.scanner.value(buffer, value, end, 1);
		if (valueEnd < 0) {
			return -1;
		}
		Member member = escaped ? Member.ofEscaped(buffer, from + 1, nameEnd - 1)
				: Member.of(buffer, from + 1, nameEnd - 1);
		if (member != null) {
			this.envelope.put(member, value, valueEnd);
		}
		return valueEnd;
	}

	private boolean ends(byte[] buffer, int from, int end) {
		int pos = this.scanner.space(buffer, from, end);
		if (pos < end) {
			this.scanner.unexpected(buffer, pos);
			return false;
		}
		return true;
	}

	private void identify() {
		Envelope line = this.envelope;
		if (line.isString(Member.ID)) {
			line.sequence(sequence(line.buffer(), line.start(Member.ID) + 1, line.end(Member.ID) - 1));
		}
	}

	private long sequence(byte[] bytes, int from, int to) {
		long sequence = this.ids.parse(bytes, from, to - from);
		if (sequence < 0 && JsonText.isEscaped(bytes, from, to)) {
			byte[] plain = JsonText.unescape(bytes, from, to).getBytes(StandardCharsets.UTF_8);
			sequence = this.ids.parse(plain, 0, plain.length);
		}
		return sequence;
	}

	private void classify() {
		Envelope line = this.envelope;
		boolean id = line.isString(Member.ID);
		boolean raw = this.bytes && line.isTrue(Member.STREAM) && line.isPresent(Member.BYTES)
				&& !line.has(Member.DATA);
		if (!line.isPresent(Member.ID) && line.isString(Member.EVENT)) {
			line.is(Kind.EVENT, Member.DATA);
		}
		else if (id && this.calls && line.isString(Member.METHOD)) {
			line.is(Kind.HOST_CALL, Member.PARAMS);
		}
		else if (raw) {
			rawChunk(id);
		}
		else if (id && line.isTrue(Member.STREAM) && line.has(Member.DATA)) {
			line.is(Kind.CHUNK, Member.DATA);
		}
		else if (id && line.has(Member.SUCCESS)) {
			line.is(Kind.RESPONSE, Member.RESULT);
		}
		else if (id && this.uploadCredit && line.isPresent(Member.CREDIT) && line.count(Member.CREDIT) >= 0) {
			line.is(Kind.CREDIT, line.count(Member.CREDIT));
		}
		else if (id && this.cancel && line.isTrue(Member.CANCEL)) {
			line.is(Kind.CANCEL, null);
		}
		else {
			line.violates(Violation.UNKNOWN_SHAPE, unknownShape());
		}
	}

	private void rawChunk(boolean id) {
		long count = this.envelope.count(Member.BYTES);
		if (count < 0 || count == JsonText.MAX_COUNT) {
			this.envelope.violates(Violation.BAD_BYTES, "\"bytes\" is not a count of bytes");
		}
		else if (!id) {
			this.envelope.violates(Violation.BAD_BYTES, "raw bytes without an id");
		}
		else {
			this.envelope.is(Kind.RAW_CHUNK, count);
		}
	}

	private String unknownShape() {
		Envelope line = this.envelope;
		if (line.isPresent(Member.ID) && !line.isString(Member.ID)) {
			return "\"id\" is not a string";
		}
		if (!line.isPresent(Member.ID)) {
			return line.isPresent(Member.EVENT) ? "\"event\" is not a string" : "neither \"id\" nor \"event\"";
		}
		return "has an \"id\", but is no response, chunk or anything else that was agreed upon";
	}

	private String malformed(int offset) {
		String what = switch (this.scanner.fault()) {
			case SYNTAX -> "not a JSON object: unexpected byte";
			case END -> "not a JSON object: ends too early";
			case CONTROL -> "not a JSON object: control byte";
			case UTF8, SURROGATE -> "not UTF-8";
			case DEPTH -> "nested more than " + MAX_DEPTH + " levels deep";
		};
		return what + " at byte " + (this.scanner.faultAt() - offset);
	}

	private static boolean isIdKey(byte[] bytes, int open, int close) {
		return close - open == 4 && bytes[open + 1] == 'i' && bytes[open + 2] == 'd' && bytes[close - 1] == '"';
	}

	private long idValue(byte[] bytes, int from, int end) {
		int pos = this.scanner.space(bytes, from, end);
		if (pos >= end || bytes[pos] != ':') {
			return -1;
		}
		pos = this.scanner.space(bytes, pos + 1, end);
		if (pos >= end || bytes[pos] != '"') {
			return -1;
		}
		int close = LenientJson.endOfString(bytes, pos + 1, end);
		return (bytes[close - 1] == '"') ? this.ids.parse(bytes, pos + 1, close - 1 - (pos + 1)) : -1;
	}

}
