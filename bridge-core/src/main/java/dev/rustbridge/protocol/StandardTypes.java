package dev.rustbridge.protocol;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.jdk.StringDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/**
 * Finds out whether a mapper reads strings as Jackson does of itself. If no module has
 * changed that, the text may be taken from the bytes without a parser.
 */
final class StandardTypes {

	private StandardTypes() {
	}

	static boolean readsStringsPlainly(JsonMapper mapper) {
		if (mapper.isEnabled(DeserializationFeature.UNWRAP_ROOT_VALUE)) {
			return false;
		}
		JsonMapper probing = mapper.rebuild()
			.addModule(new SimpleModule(StandardTypes.class.getName()).addDeserializer(Probe.class, new ProbeReader()))
			.build();
		return probing.readValue("true", Probe.class).plainStrings;
	}

	/** What the probe has seen. */
	private static final class Probe {

		private final boolean plainStrings;

		private Probe(boolean plainStrings) {
			this.plainStrings = plainStrings;
		}

	}

	/** Sees the deserializers of the mapper that calls it. */
	private static final class ProbeReader extends ValueDeserializer<Probe> {

		@Override
		public Probe deserialize(JsonParser parser, DeserializationContext context) throws JacksonException {
			JavaType string = context.constructType(String.class);
			ValueDeserializer<?> reader = context.findRootValueDeserializer(string);
			return new Probe(reader instanceof StringDeserializer);
		}

	}

}
