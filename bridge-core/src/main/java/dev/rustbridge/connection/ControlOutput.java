package dev.rustbridge.connection;

import dev.rustbridge.BridgeFrame.Kind;
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
		line(Kind.CANCEL, sequence, this.encoder.cancel(sequence));
	}

	void credit(long sequence, long amount) {
		line(Kind.CREDIT, sequence, this.encoder.credit(sequence, amount));
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
		line(Kind.ITEM, sequence,
				(bytes != null) ? RawItem.frame(this.encoder.payloadHeader(sequence, bytes.length), bytes)
						: this.encoder.item(sequence, item));
	}

	void endOfUpload(long sequence, @Nullable String error) {
		line(Kind.END, sequence,
				(error != null) ? this.encoder.endWithError(sequence, error) : this.encoder.end(sequence));
	}

	void ping(long sequence) {
		line(Kind.PING, sequence, this.encoder.ping(sequence));
	}

	/**
	 * The answer to a call of the daemon.
	 * @param id the id that the daemon gave it
	 * @param line the answer
	 */
	void answer(String id, byte[] line) {
		this.outbound.offer(new ControlLine(Kind.ANSWER, -1, id, line));
	}

	private void line(Kind kind, long sequence, byte[] line) {
		this.outbound.offer(new ControlLine(kind, sequence, null, line));
	}

}
