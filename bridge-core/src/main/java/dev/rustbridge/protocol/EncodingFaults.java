package dev.rustbridge.protocol;

import dev.rustbridge.protocol.EncodingException.Reason;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;

/**
 * Says why a message cannot be written: what is wrong, where, and what to do.
 */
final class EncodingFaults {

	/** Of a path, in characters: a cycle has a long one. */
	private static final int LONGEST_PATH = 200;

	private EncodingFaults() {
	}

	static EncodingException method() {
		return new EncodingException(Reason.LONE_SURROGATE,
				"the method name holds half of a surrogate pair: it must be well-formed Unicode", null);
	}

	static EncodingException tooLarge(long maxMessageSize) {
		return new EncodingException(Reason.TOO_LARGE, "the message is larger than max-message-size (" + maxMessageSize
				+ " bytes): send less at once, or raise the limit on both sides", null);
	}

	static EncodingException notSerializable(Object value, String member, Throwable cause) {
		String path = member;
		String message = cause.toString();
		if (cause instanceof JacksonException ex) {
			String inner = JsonCodec.path(ex);
			path += (inner.isEmpty() || inner.startsWith("[")) ? inner : "." + inner;
			message = ex.getOriginalMessage();
		}
		if (isTooDeep(cause)) {
			return new EncodingException(Reason.TOO_DEEP, tooDeep(path) + " (or break the cycle it has)", cause);
		}
		return new EncodingException(Reason.NOT_SERIALIZABLE,
				cut(path) + ": a " + value.getClass().getTypeName() + " cannot be written as JSON: " + message, cause);
	}

	/** For what the scanner of the buffer has found. */
	static EncodingException unfit(LineBuffer out, int start, String member) {
		JsonScanner scanner = out.scanner();
		int at = scanner.faultAt();
		String path = member + LenientJson.path(out.bytes(), start, at);
		String place = cut(path) + ": byte " + at + " of the line ";
		return switch (scanner.fault()) {
			case CONTROL -> new EncodingException(Reason.CONTROL_BYTE,
					place + "is a control byte, 0x%02x, which ends or breaks a line: write raw JSON values without it"
						.formatted(out.bytes()[at]),
					null);
			case SURROGATE -> new EncodingException(Reason.LONE_SURROGATE,
					place + "is half of a surrogate pair, which daemons drop: send well-formed Unicode", null);
			case UTF8 -> new EncodingException(Reason.INVALID_UTF8,
					place + "is not UTF-8: write raw JSON values in UTF-8", null);
			case DEPTH -> new EncodingException(Reason.TOO_DEEP, tooDeep(path), null);
			case SYNTAX, END -> new EncodingException(Reason.NOT_JSON,
					place + "breaks the JSON: a serializer must write exactly one value", null);
		};
	}

	private static String tooDeep(String path) {
		return cut(path) + ": nested more than " + LineBuffer.MAX_DEPTH
				+ " levels deep, the envelope counted, which daemons do not read: flatten the value";
	}

	private static boolean isTooDeep(@Nullable Throwable cause) {
		for (Throwable ex = cause; ex != null; ex = ex.getCause()) {
			if (ex instanceof StreamConstraintsException) {
				return true;
			}
		}
		return false;
	}

	private static String cut(String path) {
		return (path.length() > LONGEST_PATH) ? path.substring(0, LONGEST_PATH) + "..." : path;
	}

}
