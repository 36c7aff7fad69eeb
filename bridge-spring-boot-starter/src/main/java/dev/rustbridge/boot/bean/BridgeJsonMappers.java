package dev.rustbridge.boot.bean;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.rustbridge.boot.BridgeJsonMapperCustomizer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.cfg.HandlerInstantiator;
import tools.jackson.databind.deser.DeserializationProblemHandler;
import tools.jackson.databind.introspect.MixInResolver;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.util.LinkedNode;

/**
 * Makes the mappers of the declared bridges. Starts from a plain one and takes over what
 * teaches the application's mapper more types (modules, mix-ins, handlers), not what
 * shapes the JSON of the application's own API.
 */
public final class BridgeJsonMappers {

	private final @Nullable JsonMapper application;

	private final List<BridgeJsonMapperCustomizer> customizers;

	private final Map<String, JsonMapper> mappers = new ConcurrentHashMap<>();

	/**
	 * Makes a maker of mappers.
	 * @param application the application's mapper, if it has one
	 * @param customizers in their order
	 */
	public BridgeJsonMappers(@Nullable JsonMapper application, List<BridgeJsonMapperCustomizer> customizers) {
		this.application = application;
		this.customizers = customizers;
	}

	/**
	 * The mapper of a bridge.
	 * @param bridge the bridge's name
	 * @return its mapper, always the same one
	 */
	public JsonMapper mapper(String bridge) {
		return this.mappers.computeIfAbsent(bridge, this::create);
	}

	private JsonMapper create(String bridge) {
		JsonMapper.Builder builder = JsonMapper.builder();
		if (this.application != null) {
			takeOver(this.application, builder);
		}
		this.customizers.forEach((customizer) -> customizer.customize(bridge, builder));
		return builder.build();
	}

	private static void takeOver(JsonMapper application, JsonMapper.Builder builder) {
		builder.addModules(application.registeredModules());
		builder.mixInOverrides(new ApplicationMixIns(application.serializationConfig()));
		HandlerInstantiator instantiator = application.serializationConfig().getHandlerInstantiator();
		if (instantiator != null) {
			builder.handlerInstantiator(instantiator);
		}
		LinkedNode<DeserializationProblemHandler> handlers = application.deserializationConfig().getProblemHandlers();
		// they are kept in the reverse order of their addition
		addInOrder(handlers, builder);
	}

	private static void addInOrder(@Nullable LinkedNode<DeserializationProblemHandler> handlers,
			JsonMapper.Builder builder) {
		if (handlers != null) {
			addInOrder(handlers.next(), builder);
			builder.addHandler(handlers.value());
		}
	}

	/**
	 * The application's mix-ins. Its configuration is a resolver too, but none of which a
	 * builder can take the snapshot that it needs.
	 */
	private record ApplicationMixIns(MixInResolver application) implements MixInResolver {

		@Override
		public @Nullable Class<?> findMixInClassFor(Class<?> type) {
			return this.application.findMixInClassFor(type);
		}

		@Override
		public boolean hasMixIns() {
			return this.application.hasMixIns();
		}

		@Override
		public MixInResolver snapshot() {
			return this;
		}

	}

}
