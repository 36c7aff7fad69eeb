package dev.rustbridge.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import dev.rustbridge.BridgeListener;
import dev.rustbridge.BridgeSession;
import dev.rustbridge.CallHandler;
import dev.rustbridge.RustBridge;
import dev.rustbridge.transport.Transport;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes bridges; reached by {@link RustBridge#builder(String)}.
 */
public final class DefaultBuilder extends OptionsBuilder<RustBridge.Builder> implements RustBridge.Builder {

	private final List<Function<BridgeSession, Mono<Void>>> initializers = new ArrayList<>();

	private final Map<String, CallHandler> handlers = new LinkedHashMap<>();

	private final List<BridgeListener> listeners = new ArrayList<>();

	private @Nullable JsonMapper mapper;

	private @Nullable Transport transport;

	private String hostName = "java";

	private String hostVersion = "";

	/**
	 * Begins a bridge.
	 * @param name its name
	 */
	public DefaultBuilder(String name) {
		super(name);
	}

	@Override
	RustBridge.Builder self() {
		return this;
	}

	@Override
	public RustBridge.Builder jsonMapper(JsonMapper mapper) {
		this.mapper = mapper;
		return this;
	}

	@Override
	public RustBridge.Builder initializer(Function<BridgeSession, Mono<Void>> initializer) {
		this.initializers.add(initializer);
		return this;
	}

	@Override
	public RustBridge.Builder onCall(String method, CallHandler handler) {
		this.handlers.put(method, handler);
		return this;
	}

	@Override
	public RustBridge.Builder listener(BridgeListener listener) {
		this.listeners.add(listener);
		return this;
	}

	@Override
	public RustBridge.Builder host(String name, String version) {
		this.hostName = name;
		this.hostVersion = version;
		return this;
	}

	@Override
	public RustBridge.Builder transport(Transport transport) {
		this.transport = transport;
		return this;
	}

	@Override
	public RustBridge build() {
		throw new UnsupportedOperationException("Not yet: " + options() + this.hostName + this.hostVersion + this.mapper
				+ this.transport + this.listeners + this.handlers + this.initializers);
	}

}
