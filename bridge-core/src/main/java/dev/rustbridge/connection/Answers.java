package dev.rustbridge.connection;

import java.nio.ByteBuffer;

import dev.rustbridge.BridgeDecodingException;
import dev.rustbridge.BridgeException;
import dev.rustbridge.CommandFailedException;
import dev.rustbridge.CommandTimeoutException;
import dev.rustbridge.protocol.Envelope;
import dev.rustbridge.protocol.JsonMismatch;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;

/**
 * Turns what a daemon answered into values and exceptions.
 */
final class Answers {

	private Answers() {
	}

	/**
	 * The value of a response.
	 * @param <T> the type
	 * @param call the call that was answered
	 * @param envelope the line
	 * @param type the type
	 * @return the value, {@code null} when there is none
	 * @throws BridgeDecodingException when it does not fit
	 */
	static <T> @Nullable T value(Call call, Envelope envelope, JavaType type) {
		int start = envelope.valueStart();
		if (start < 0) {
			return null;
		}
		return value(call, envelope.buffer(), start, envelope.valueEnd() - start, type);
	}

	@SuppressWarnings("unchecked")
	static <T> @Nullable T value(Call call, byte[] buffer, int offset, int length, JavaType type) {
		if (type.hasRawClass(Void.class)) {
			return null;
		}
		try {
			return (T) call.context().codec().read(buffer, offset, length, type);
		}
		catch (JsonMismatch ex) {
			throw new BridgeDecodingException(call.origin(), ex.path(),
					"the answer does not fit " + type.toCanonical() + ": " + ex.getMessage(), ex.getCause());
		}
	}

	/**
	 * Raw bytes as the caller wants them.
	 * @param <T> {@code byte[]} or {@code ByteBuffer}
	 * @param bytes the bytes
	 * @param type the type
	 * @return the bytes themselves, or a buffer around them
	 */
	@SuppressWarnings("unchecked")
	static <T> T raw(byte[] bytes, JavaType type) {
		return (T) (type.hasRawClass(ByteBuffer.class) ? ByteBuffer.wrap(bytes) : bytes);
	}

	/**
	 * Whether a type asks for raw bytes.
	 * @param type a chunk's type
	 * @return whether it does
	 */
	static boolean isRaw(JavaType type) {
		return type.hasRawClass(ByteBuffer.class) || type.hasRawClass(byte[].class);
	}

	/**
	 * The failure that a response tells.
	 * @param call the call that was answered
	 * @param envelope a response without success
	 * @return the exception
	 */
	static BridgeException failure(Call call, Envelope envelope) {
		String code = envelope.code();
		if ("DEADLINE_EXCEEDED".equals(code)) {
			return new CommandTimeoutException(call.origin(), "the daemon gave up: " + envelope.errorText(), null);
		}
		return new CommandFailedException(call.origin(), envelope.errorText(), code, envelope.details());
	}

}
