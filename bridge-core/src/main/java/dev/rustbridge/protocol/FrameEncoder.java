package dev.rustbridge.protocol;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes messages as lines. Each method returns exactly one line with its newline. What a
 * user's value becomes is checked before that, in one pass: it is one JSON value, in
 * UTF-8, without a byte below 0x20, without half of a surrogate pair, and nested no
 * deeper than daemons read. Thread-safe.
 */
public final class FrameEncoder {

	/** Longest text of an error that is sent, in characters. */
	private static final int LONGEST_ERROR = 16 * 1024;

	private static final byte[] OPEN_ID = ascii("{\"id\":\"");

	private static final byte[] METHOD = ascii("\",\"method\":");

	private static final byte[] PING = ascii("\",\"method\":\"$ping\",\"params\":{}}");

	private static final byte[] PARAMS = ascii(",\"params\":");

	private static final byte[] EMPTY_OBJECT = ascii("{}");

	private static final byte[] NULL = ascii("null");

	private static final byte[] CLOSE = ascii("}");

	private static final byte[] DEADLINE = ascii(",\"deadlineMs\":");

	private static final byte[] TRACEPARENT = ascii(",\"trace\":{\"traceparent\":");

	private static final byte[] TRACESTATE = ascii(",\"tracestate\":");

	private static final byte[] COMMAND_CREDIT = ascii(",\"credit\":");

	private static final byte[] UPLOAD = ascii(",\"upload\":true");

	private static final byte[] BYTES = ascii(",\"bytes\":true");

	private static final byte[] CANCEL = ascii("\",\"cancel\":true}");

	private static final byte[] CREDIT = ascii("\",\"credit\":");

	private static final byte[] END = ascii("\",\"end\":true}");

	private static final byte[] END_ERROR = ascii("\",\"end\":true,\"error\":");

	private static final byte[] ITEM = ascii("\",\"stream\":true,\"data\":");

	private static final byte[] PAYLOAD = ascii("\",\"stream\":true,\"bytes\":");

	private static final byte[] FOREIGN_ID = ascii("{\"id\":");

	private static final byte[] RESULT = ascii(",\"success\":true,\"result\":");

	private static final byte[] ERROR = ascii(",\"success\":false,\"error\":");

	private static final byte[] CODE = ascii(",\"code\":");

	private static final byte[] DETAILS = ascii(",\"details\":");

	private final long maxMessageSize;

	private final RequestIds ids;

	private final SlotPool<LineBuffer> buffers;

	FrameEncoder(JsonMapper mapper, long maxMessageSize, RequestIds ids) {
		this.maxMessageSize = maxMessageSize;
		this.ids = ids;
		ObjectWriter writer = mapper.writer().withRootValueSeparator((String) null);
		this.buffers = new SlotPool<>(() -> new LineBuffer(writer, maxMessageSize));
	}

	/**
	 * A command.
	 * @param sequence its number
	 * @param method its method
	 * @param params its parameters; {@code null} becomes {@code {}}
	 * @param members what it says beside
	 * @return the line
	 * @throws EncodingException if it cannot be written
	 */
	public byte[] command(long sequence, String method, @Nullable Object params, CommandMembers members)
			throws EncodingException {
		LineBuffer out = this.buffers.take();
		try {
			open(out, sequence).ascii(METHOD).string(method);
			if (out.replaced()) {
				throw EncodingFaults.method();
			}
			members(out, members);
			out.ascii(PARAMS);
			if (params == null) {
				out.ascii(EMPTY_OBJECT);
			}
			else {
				int start = out.length();
				value(out, params, "params");
				if (isNull(out, start)) {
					out.truncate(start);
					out.ascii(EMPTY_OBJECT);
				}
			}
			return close(out);
		}
		finally {
			giveBack(out);
		}
	}

	/**
	 * Tells the daemon to stop working on a command.
	 * @param sequence the command's number
	 * @return the line
	 */
	public byte[] cancel(long sequence) {
		return control(sequence, CANCEL);
	}

	/**
	 * Grants more chunks.
	 * @param sequence the command's number
	 * @param chunks how many more
	 * @return the line
	 */
	public byte[] credit(long sequence, long chunks) {
		return counted(sequence, CREDIT, chunks);
	}

	/**
	 * Ends an upload.
	 * @param sequence the command's number
	 * @return the line
	 */
	public byte[] end(long sequence) {
		return control(sequence, END);
	}

	/**
	 * Ends an upload whose publisher has failed.
	 * @param sequence the command's number
	 * @param error why; cut if it is very long
	 * @return the line
	 */
	public byte[] endWithError(long sequence, String error) {
		LineBuffer out = this.buffers.take();
		try {
			return open(out, sequence).ascii(END_ERROR).string(cut(error)).ascii(CLOSE).line();
		}
		finally {
			giveBack(out);
		}
	}

	/**
	 * An item of an upload.
	 * @param sequence the command's number
	 * @param value the item
	 * @return the line
	 * @throws EncodingException if it cannot be written
	 */
	public byte[] item(long sequence, @Nullable Object value) throws EncodingException {
		LineBuffer out = this.buffers.take();
		try {
			open(out, sequence).ascii(ITEM);
			value(out, value, "data");
			return close(out);
		}
		finally {
			giveBack(out);
		}
	}

	/**
	 * The line before an item of raw bytes; these and a newline must follow.
	 * @param sequence the command's number
	 * @param bytes how many follow, without the newline
	 * @return the line
	 */
	public byte[] payloadHeader(long sequence, long bytes) {
		return counted(sequence, PAYLOAD, bytes);
	}

	/**
	 * A heartbeat.
	 * @param sequence its number
	 * @return the line
	 */
	public byte[] ping(long sequence) {
		return control(sequence, PING);
	}

	/**
	 * The result of a call of the daemon.
	 * @param id the daemon's id
	 * @param value the result
	 * @return the line
	 * @throws EncodingException if it cannot be written
	 */
	public byte[] result(String id, @Nullable Object value) throws EncodingException {
		LineBuffer out = this.buffers.take();
		try {
			out.ascii(FOREIGN_ID).string(id).ascii(RESULT);
			value(out, value, "result");
			return close(out);
		}
		finally {
			giveBack(out);
		}
	}

	/**
	 * The failure of a call of the daemon.
	 * @param id the daemon's id
	 * @param error what went wrong; cut if it is very long
	 * @param code a machine-readable code
	 * @param details more about it, written as JSON
	 * @return the line
	 * @throws EncodingException if the details cannot be written
	 */
	public byte[] error(String id, String error, @Nullable String code, @Nullable Object details)
			throws EncodingException {
		LineBuffer out = this.buffers.take();
		try {
			out.ascii(FOREIGN_ID).string(id).ascii(ERROR).string(cut(error));
			if (code != null) {
				out.ascii(CODE).string(code);
			}
			if (details != null) {
				out.ascii(DETAILS);
				value(out, details, "details");
			}
			return close(out);
		}
		finally {
			giveBack(out);
		}
	}

	private void giveBack(LineBuffer out) {
		out.reset();
		this.buffers.giveBack(out);
	}

	private byte[] control(long sequence, byte[] rest) {
		LineBuffer out = this.buffers.take();
		try {
			return open(out, sequence).ascii(rest).line();
		}
		finally {
			giveBack(out);
		}
	}

	private byte[] counted(long sequence, byte[] member, long count) {
		LineBuffer out = this.buffers.take();
		try {
			return open(out, sequence).ascii(member).number(count).ascii(CLOSE).line();
		}
		finally {
			giveBack(out);
		}
	}

	private LineBuffer open(LineBuffer out, long sequence) {
		return out.ascii(OPEN_ID).ascii(this.ids.prefix()).number(sequence);
	}

	private static void members(LineBuffer out, CommandMembers members) {
		if (members.deadlineMs() >= 0) {
			out.ascii(DEADLINE).number(members.deadlineMs());
		}
		String traceparent = members.traceparent();
		if (traceparent != null) {
			out.ascii(TRACEPARENT).string(traceparent);
			String tracestate = members.tracestate();
			if (tracestate != null) {
				out.ascii(TRACESTATE).string(tracestate);
			}
			out.ascii(CLOSE);
		}
		if (members.credit() >= 0) {
			out.ascii(COMMAND_CREDIT).number(members.credit());
		}
		if (members.upload()) {
			out.ascii(UPLOAD);
		}
		if (members.bytes()) {
			out.ascii(BYTES);
		}
	}

	private void value(LineBuffer out, @Nullable Object value, String member) throws EncodingException {
		if (value == null) {
			out.ascii(NULL);
			return;
		}
		int start = out.length();
		try {
			out.json(value);
		}
		catch (RuntimeException | StackOverflowError ex) {
			throw out.overLimit() ? EncodingFaults.tooLarge(this.maxMessageSize)
					: EncodingFaults.notSerializable(value, member, ex);
		}
		if (out.overLimit()) {
			throw EncodingFaults.tooLarge(this.maxMessageSize);
		}
		JsonScanner scanner = out.scanner();
		int end = scanner.value(out.bytes(), start, out.length(), 1);
		if (end != out.length()) {
			if (end >= 0) {
				scanner.unexpected(out.bytes(), end);
			}
			throw EncodingFaults.unfit(out, start, member);
		}
	}

	private byte[] close(LineBuffer out) throws EncodingException {
		out.ascii(CLOSE);
		if (out.length() > this.maxMessageSize) {
			throw EncodingFaults.tooLarge(this.maxMessageSize);
		}
		return out.line();
	}

	private static boolean isNull(LineBuffer out, int start) {
		return out.length() - start == NULL.length && out.bytes()[start] == 'n';
	}

	private static String cut(String error) {
		return (error.length() > LONGEST_ERROR) ? error.substring(0, LONGEST_ERROR) + "..." : error;
	}

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

}
