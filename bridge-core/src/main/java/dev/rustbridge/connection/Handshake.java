package dev.rustbridge.connection;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.rustbridge.BridgeDecodingException;
import dev.rustbridge.BridgeEvent;
import dev.rustbridge.CommandFailedException;
import dev.rustbridge.protocol.EnvelopeDecoder;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * From the first byte to ready: waits for the ready event, and agrees with a daemon that
 * announces what it can do. On the loop.
 */
final class Handshake {

	private static final String HELLO = "$hello";

	private final BridgeContext context;

	private final Connection connection;

	private final EnvelopeDecoder decoder;

	private boolean ready;

	Handshake(BridgeContext context, Connection connection, EnvelopeDecoder decoder) {
		this.context = context;
		this.connection = connection;
		this.decoder = decoder;
	}

	void onEvent(BridgeEvent event) {
		if (this.ready || !event.name().equals(this.context.options().readyEvent())) {
			return;
		}
		this.ready = true;
		try {
			agree(Capabilities.negotiate(data(event)));
		}
		catch (Capabilities.IncompatibleException ex) {
			this.connection.owner().onIncompatible(String.valueOf(ex.getMessage()));
		}
	}

	private static @Nullable JsonNode data(BridgeEvent event) {
		try {
			return event.as(JsonNode.class);
		}
		catch (BridgeDecodingException ex) {
			// JSON that is deeper than any announcement: a classic daemon
			return null;
		}
	}

	private void agree(Capabilities agreed) {
		if (agreed.extended()) {
			this.decoder.acceptBytes(agreed.bytes());
			this.decoder.acceptCalls(agreed.calls());
			this.decoder.acceptCancel(agreed.calls() && agreed.cancel());
			this.decoder.acceptCredit(agreed.upload());
			sayHello();
		}
		this.connection.onReady(agreed);
	}

	/** What follows does not wait for its answer, but an error in it fails the start. */
	private void sayHello() {
		Map<String, Object> params = new LinkedHashMap<>();
		params.put("protocol", Capabilities.PROTOCOL);
		params.put("maxMessageSize", this.context.options().maxMessageSize());
		params.put("capabilities", Capabilities.OURS);
		params.put("host", Map.of("name", this.context.hostName(), "version", this.context.hostVersion()));
		SessionRouter router = new SessionRouter(this.context, this.connection);
		MonoCall.<Void>mono(CommandRequest.of(HELLO).withParams(params), router, this.context.codec().type(Void.class))
			.subscribe(null, this::onHelloFailed);
	}

	/**
	 * Only what the daemon says counts; if it says nothing, or is gone, others notice.
	 */
	private void onHelloFailed(Throwable failure) {
		if (failure instanceof CommandFailedException refusal) {
			this.connection.owner().onRefused("the daemon refused the handshake: " + refusal.getMessage(), refusal);
		}
	}

}
