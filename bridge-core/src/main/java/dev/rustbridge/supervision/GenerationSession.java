package dev.rustbridge.supervision;

import dev.rustbridge.BridgeSession;
import dev.rustbridge.CommandSpec;
import dev.rustbridge.connection.BridgeContext;
import dev.rustbridge.connection.Connection;
import dev.rustbridge.connection.RoutedCommand;
import dev.rustbridge.connection.SessionRouter;

/**
 * A generation as an initializer sees it.
 */
final class GenerationSession implements BridgeSession {

	private final Connection connection;

	private final SessionRouter router;

	GenerationSession(BridgeContext context, Connection connection) {
		this.connection = connection;
		this.router = new SessionRouter(context, connection);
	}

	@Override
	public String bridge() {
		return this.router.context().bridge();
	}

	@Override
	public int instance() {
		return this.connection.instance();
	}

	@Override
	public long generation() {
		return this.connection.generation();
	}

	@Override
	public CommandSpec command(String method) {
		return RoutedCommand.of(method, this.router);
	}

}
