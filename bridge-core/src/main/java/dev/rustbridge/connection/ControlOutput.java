package dev.rustbridge.connection;

import dev.rustbridge.protocol.EncodingException;
import dev.rustbridge.protocol.FrameEncoder;
import org.jspecify.annotations.Nullable;

/**
 * Writes the lines that serve calls which are counted already: they are never refused.
 * Any thread.
 */
final class ControlOutput {

	private final FrameEncoder encoder;

	private final Outbound outbound;

	ControlOutput(FrameEncoder encoder, Outbound outbound) {
		this.encoder = encoder;
		this.outbound = outbound;
	}

	/** Nobody waits for the answer to this command any more. */
	void cancel(long sequence) {
		line(this.encoder.cancel(sequence));
	}

	void credit(long sequence, long amount) {
		line(this.encoder.credit(sequence, amount));
	}

	/**
	 * An item of an upload.
	 * @param sequence the number of the call
	 * @param item the item
	 * @param raw whether bytes go out as they are
	 * @throws EncodingException if it has no form on the wire
	 */
	void item(long sequence, Object item, boolean raw) throws EncodingException {
		byte[] bytes = raw ? RawItem.bytesOf(item) : null;
		line((bytes != null) ? RawItem.frame(this.encoder.payloadHeader(sequence, bytes.length), bytes)
				: this.encoder.item(sequence, item));
	}

	void endOfUpload(long sequence, @Nullable String error) {
		line((error != null) ? this.encoder.endWithError(sequence, error) : this.encoder.end(sequence));
	}

	void ping(long sequence) {
		line(this.encoder.ping(sequence));
	}

	void line(byte[] line) {
		this.outbound.offer(new ControlLine(line));
	}

}
