package dev.rustbridge.boot.handler;

import java.util.ArrayList;
import java.util.List;

import dev.rustbridge.BridgeOptions.OverflowPolicy;
import dev.rustbridge.RustBridge;
import dev.rustbridge.boot.BridgeHandler;
import dev.rustbridge.boot.RustBridgeRegistry;
import dev.rustbridge.boot.UnknownBridgeException;
import dev.rustbridge.boot.bean.BridgeFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Holds the handlers against the bridges that there are, before any is started.
 */
public final class HandlerCheck implements SmartInitializingSingleton {

	private final HandlerRegistry handlers;

	private final RustBridgeRegistry bridges;

	private final BridgeFactory factory;

	/**
	 * Makes a check.
	 * @param handlers the handlers
	 * @param bridges the bridges
	 * @param factory has made those that the properties declare
	 */
	public HandlerCheck(HandlerRegistry handlers, RustBridgeRegistry bridges, BridgeFactory factory) {
		this.handlers = handlers;
		this.bridges = bridges;
		this.factory = factory;
	}

	@Override
	public void afterSingletonsInstantiated() {
		List<String> mistakes = new ArrayList<>();
		for (HandlerMethod handler : this.handlers.handlers()) {
			BridgeHandler annotation = handler.annotation();
			RustBridge bridge = find(annotation.bridge(), "@BridgeHandler on " + handler.describe());
			if (bridge != null && bridge.options().events().overflow() == OverflowPolicy.PAUSE) {
				mistakes.add(("%s: bridge '%s' has events.overflow=pause, which stops the reading of calls and of "
						+ "answers too; with handlers it can't be combined")
					.formatted(handler.describe(), annotation.bridge()));
			}
			if (!handler.repliesToEvents()) {
				requireDeclared(annotation.bridge(), handler.describe(), "Builder.onCall", mistakes);
			}
		}
		for (InitializerMethod initializer : this.handlers.initializers()) {
			String bridge = initializer.annotation().bridge();
			find(bridge, "@BridgeInitializer on " + initializer.method().describe());
			requireDeclared(bridge, initializer.method().describe(), "Builder.initializer", mistakes);
		}
		if (!mistakes.isEmpty()) {
			throw new InvalidHandlerException(mistakes);
		}
	}

	private @Nullable RustBridge find(String name, String where) {
		RustBridge bridge = this.bridges.find(name);
		if (bridge == null) {
			throw new UnknownBridgeException(name, this.bridges.names(), where);
		}
		// a test's mock of a bridge answers null to all
		return (bridge.name() != null) ? bridge : null;
	}

	private void requireDeclared(String bridge, String where, String instead, List<String> mistakes) {
		if (!this.factory.hasMade(bridge)) {
			mistakes.add("%s: bridge '%s' is built by the application itself, so it must be given this by %s"
				.formatted(where, bridge, instead));
		}
	}

}
