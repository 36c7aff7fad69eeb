package dev.rustbridge.connection;

import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

/**
 * Raw bytes of an upload: a header line, the bytes and a newline, as one frame, so that
 * nothing can come between them.
 */
final class RawItem {

	private RawItem() {
	}

	/**
	 * The bytes of an item.
	 * @param item the item
	 * @return its bytes, {@code null} when it is none of the types that are sent raw
	 */
	static byte @Nullable [] bytesOf(Object item) {
		if (item instanceof byte[] bytes) {
			return bytes;
		}
		if (item instanceof ByteBuffer buffer) {
			byte[] bytes = new byte[buffer.remaining()];
			buffer.duplicate().get(bytes);
			return bytes;
		}
		return null;
	}

	static byte[] frame(byte[] header, byte[] payload) {
		byte[] frame = new byte[header.length + payload.length + 1];
		System.arraycopy(header, 0, frame, 0, header.length);
		System.arraycopy(payload, 0, frame, header.length, payload.length);
		frame[frame.length - 1] = '\n';
		return frame;
	}

}
