package dev.rustbridge.connection;

import dev.rustbridge.BridgeEncodingException;
import dev.rustbridge.BridgeException.Origin;
import dev.rustbridge.BridgeProtocolException;
import dev.rustbridge.PayloadTooLargeException;
import dev.rustbridge.protocol.EncodingException;
import dev.rustbridge.protocol.FrameEncoder;

/**
 * Makes the line of a command, or says why there is none to be sent. Any thread.
 */
final class CommandEncoding {

	private final FrameEncoder encoder;

	CommandEncoding(FrameEncoder encoder) {
		this.encoder = encoder;
	}

	/**
	 * Encodes a command.
	 * @param call the call
	 * @param sequence its number
	 * @param inForce what the daemon understands
	 * @return the line, with its newline
	 */
	byte[] encode(Call call, long sequence, Capabilities inForce) {
		if (call.request().upload() != null && !inForce.upload()) {
			throw new BridgeProtocolException(call.origin(),
					"it has an upload, but the daemon did not announce the capability 'upload'; nothing was sent",
					null);
		}
		byte[] line;
		try {
			line = this.encoder.command(sequence, call.method(), call.request().params(), call.members(inForce));
		}
		catch (EncodingException ex) {
			throw failure(call.origin(), ex);
		}
		if (line.length - 1L > inForce.daemonMaxMessageSize()) {
			throw new PayloadTooLargeException(call.origin(), "its line has " + (line.length - 1)
					+ " bytes, the daemon takes " + inForce.daemonMaxMessageSize() + "; nothing was sent", null);
		}
		return line;
	}

	private static RuntimeException failure(Origin origin, EncodingException ex) {
		if (ex.reason() == EncodingException.Reason.TOO_LARGE) {
			return new PayloadTooLargeException(origin, ex.getMessage() + "; nothing was sent", ex);
		}
		return new BridgeEncodingException(origin, ex.getMessage() + "; nothing was sent", ex);
	}

}
