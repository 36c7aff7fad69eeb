package dev.rustbridge.engine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import dev.rustbridge.BridgeListener;
import dev.rustbridge.BridgeOptions;
import dev.rustbridge.BridgeOptions.OverflowPolicy;
import dev.rustbridge.BridgeSession;
import dev.rustbridge.CallHandler;
import dev.rustbridge.RustBridge;
import dev.rustbridge.connection.BridgeContext;
import dev.rustbridge.connection.DeadlineWatch;
import dev.rustbridge.connection.Listeners;
import dev.rustbridge.process.LaunchedSocketTransport;
import dev.rustbridge.process.ProcessTransport;
import dev.rustbridge.protocol.JsonCodec;
import dev.rustbridge.protocol.RequestIds;
import dev.rustbridge.transport.IoLoop;
import dev.rustbridge.transport.SocketTransport;
import dev.rustbridge.transport.Transport;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
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

	private @Nullable Scheduler scheduler;

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
	public RustBridge.Builder scheduler(Scheduler scheduler) {
		this.scheduler = scheduler;
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
		BridgeOptions options = options();
		refusePauseWithHandlers(options);
		Transport reachedBy = transport(options);
		IoLoop loop = reachedBy.openLoop(options.name());
		JsonCodec codec = new JsonCodec((this.mapper != null) ? this.mapper : JsonMapper.shared(),
				options.maxMessageSize());
		BridgeContext context = new BridgeContext(options, loop, RequestIds.random(), codec,
				new Listeners(options.name(), this.listeners), this.handlers, scheduler(), new DeadlineWatch(loop),
				this.hostName, this.hostVersion);
		return new DefaultRustBridge(context, reachedBy, this.initializers);
	}

	/**
	 * Reactor's own is not touched without need: its threads keep the class loader of
	 * whoever is the first.
	 */
	private Scheduler scheduler() {
		return (this.scheduler != null) ? this.scheduler : Schedulers.boundedElastic();
	}

	/**
	 * A paused connection would hold up the daemon's calls, and these what it waits for.
	 */
	private void refusePauseWithHandlers(BridgeOptions options) {
		if (!this.handlers.isEmpty() && options.events().overflow() == OverflowPolicy.PAUSE) {
			throw new IllegalArgumentException(
					("Bridge '%s': property 'events.overflow' is pause, but must be drop-oldest "
							+ "or drop-newest while calls of the daemon are handled (%s)")
						.formatted(options.name(), String.join(", ", this.handlers.keySet())));
		}
	}

	private Transport transport(BridgeOptions options) {
		if (this.transport != null) {
			return this.transport;
		}
		Path socket = options.socket().path();
		if (options.launches()) {
			return (socket != null) ? new LaunchedSocketTransport(options) : new ProcessTransport(options);
		}
		if (socket != null) {
			return new SocketTransport(options.name(), socket, options.socket().peerUid());
		}
		throw new IllegalArgumentException(
				"Bridge '%s' has neither a binary nor a socket: set 'binary.name', ".formatted(options.name())
						+ "'binary.path' or 'socket.path'");
	}

}
