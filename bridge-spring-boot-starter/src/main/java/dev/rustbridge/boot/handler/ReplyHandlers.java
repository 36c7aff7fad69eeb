package dev.rustbridge.boot.handler;

import java.util.Locale;

import dev.rustbridge.BridgeEvent;
import dev.rustbridge.RustBridge;
import dev.rustbridge.boot.BridgeHandler;
import dev.rustbridge.boot.RustBridgeEvent;
import dev.rustbridge.boot.bean.BridgeJsonMappers;
import dev.rustbridge.boot.event.BridgeAttachment;
import dev.rustbridge.boot.event.EventFilter;
import dev.rustbridge.boot.event.EventInterceptors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.util.PatternMatchUtils;

/**
 * The reverse call by hand: answers events of daemons by commands. Each handler has its
 * events from the bridge itself, so that it waits for no listener: the daemon's own
 * deadline runs.
 */
public final class ReplyHandlers implements BridgeAttachment, EventFilter, AutoCloseable {

	private static final String CORRELATION_ID = "correlationId";

	private static final Logger logger = LoggerFactory.getLogger(ReplyHandlers.class);

	private final HandlerRegistry registry;

	private final BridgeJsonMappers mappers;

	private final EventInterceptors interceptors;

	private final Disposable.Composite subscriptions = Disposables.composite();

	/** Until then handlers may not have their beans. */
	private final Sinks.Empty<Void> opened = Sinks.empty();

	/**
	 * Makes the handlers.
	 * @param registry has the methods
	 * @param mappers write the replies
	 * @param interceptors stand around
	 */
	public ReplyHandlers(HandlerRegistry registry, BridgeJsonMappers mappers, EventInterceptors interceptors) {
		this.registry = registry;
		this.mappers = mappers;
		this.interceptors = interceptors;
	}

	@Override
	public void attach(RustBridge bridge) {
		this.registry.ofEvents(bridge.name()).forEach((handler) -> attach(handler, bridge));
	}

	@Override
	public void open() {
		this.opened.tryEmitEmpty();
	}

	@Override
	public void close() {
		this.subscriptions.dispose();
	}

	@Override
	public boolean isPublished(BridgeEvent event) {
		return this.registry.ofEvents(event.bridge())
			.noneMatch((handler) -> !handler.annotation().publish()
					&& PatternMatchUtils.simpleMatch(handler.annotation().event(), event.name()));
	}

	private void attach(HandlerMethod handler, RustBridge bridge) {
		BridgeHandler annotation = handler.annotation();
		this.subscriptions.add(bridge.events(annotation.event())
			.flatMap((event) -> this.opened.asMono()
				// interceptors take their time, which the thread of the bridge has not
				.then(Mono.defer(() -> intercepted(handler, event, bridge)).subscribeOn(this.registry.scheduler()))
				.onErrorResume((ex) -> {
					logger.error("No reply '{}' to event '{}' of bridge '{}': {} failed", annotation.reply(),
							event.name(), bridge.name(), handler.describe(), ex);
					return Mono.empty();
				}), annotation.concurrency())
			.subscribe());
	}

	private Mono<?> intercepted(HandlerMethod handler, BridgeEvent event, RustBridge bridge) {
		return this.interceptors.around(new RustBridgeEvent(bridge, event), reply(handler, event, bridge));
	}

	private Mono<Void> reply(HandlerMethod handler, BridgeEvent event, RustBridge bridge) {
		JsonMapper mapper = this.mappers.mapper(bridge.name());
		return handler.answer(event, bridge)
			.<JsonNode>map(mapper::valueToTree)
			.defaultIfEmpty(mapper.createObjectNode())
			.map((answer) -> params(answer, event))
			.flatMap((params) -> bridge.command(handler.annotation().reply())
				.params(params)
				// it is the instance that asked that knows the question
				.affinity(event.instance())
				.retrieveMono(Void.class));
	}

	private static ObjectNode params(JsonNode answer, BridgeEvent event) {
		if (!(answer instanceof ObjectNode params)) {
			throw new IllegalStateException("The parameters of a reply are an object, not a "
					+ answer.getNodeType().name().toLowerCase(Locale.ROOT));
		}
		JsonNode data = event.as(JsonNode.class);
		JsonNode correlationId = (data != null) ? data.get(CORRELATION_ID) : null;
		if (correlationId != null && !params.has(CORRELATION_ID)) {
			params.set(CORRELATION_ID, correlationId);
		}
		return params;
	}

}
