package dev.rustbridge.boot.bean;

import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rustbridge.boot.BridgeContexts;
import dev.rustbridge.boot.BridgeJsonMapperCustomizer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.annotation.JsonSerialize;
import tools.jackson.databind.cfg.HandlerInstantiator;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.KeyDeserializer;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.jsontype.TypeResolverBuilder;
import tools.jackson.databind.jsontype.TypeIdResolver;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.deser.DeserializationProblemHandler;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class BridgeJsonMappersTests {

	private final ApplicationContextRunner runner = BridgeContexts.idle();

	@Test
	void modulesOfTheApplicationAreTakenOver() {
		this.runner
			.withBean(JacksonModule.class, () -> new SimpleModule().addSerializer(Temperature.class, new Celsius()))
			.run((context) -> assertThat(json(context.getBean(BridgeJsonMappers.class), new Temperature(20)))
				.isEqualTo("\"20 C\""));
	}

	@Test
	void mixInsOfTheApplicationAreTakenOver() {
		this.runner
			.withBean(JsonMapperBuilderCustomizer.class,
					() -> (builder) -> builder.addMixIn(Query.class, QueryMixIn.class))
			.run((context) -> assertThat(json(context.getBean(BridgeJsonMappers.class), new Query("x", null)))
				.isEqualTo("{\"searchPattern\":\"x\"}"));
	}

	@Test
	void problemHandlersOfTheApplicationAreTakenOver() {
		this.runner.withBean(JsonMapperBuilderCustomizer.class, () -> (builder) -> builder.addHandler(new Lenient()))
			.run((context) -> assertThat(context.getBean(BridgeJsonMappers.class)
				.mapper("search")
				.readerFor(Temperature.class)
				.with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
				.<Temperature>readValue("{\"degrees\":3,\"unknown\":1}")).isEqualTo(new Temperature(3)));
	}

	@Test
	void theHandlerInstantiatorOfTheApplicationIsTakenOver() {
		this.runner
			.withBean(JsonMapperBuilderCustomizer.class,
					() -> (builder) -> builder.handlerInstantiator(new Injecting()))
			.run((context) -> assertThat(json(context.getBean(BridgeJsonMappers.class), new Distance(3)))
				.isEqualTo("\"3 miles\""));
	}

	@Test
	void theNamingOfTheApplicationsApiIsNotTakenOver() {
		this.runner.withPropertyValues("spring.jackson.property-naming-strategy=SNAKE_CASE")
			.run((context) -> assertThat(json(context.getBean(BridgeJsonMappers.class), new Query("x", 3)))
				.isEqualTo("{\"searchPattern\":\"x\",\"maxHits\":3}"));
	}

	@Test
	void theInclusionOfTheApplicationsApiIsNotTakenOver() {
		this.runner.withPropertyValues("spring.jackson.default-property-inclusion=non-null")
			.run((context) -> assertThat(json(context.getBean(BridgeJsonMappers.class), new Query("x", null)))
				.contains("\"maxHits\":null"));
	}

	@Test
	void theDateFormatOfTheApplicationsApiIsNotTakenOver() {
		this.runner.withPropertyValues("spring.jackson.date-format=yyyy", "spring.jackson.time-zone=Asia/Tokyo")
			.run((context) -> assertThat(
					json(context.getBean(BridgeJsonMappers.class), Map.of("at", Date.from(Instant.EPOCH))))
				.isEqualTo("{\"at\":\"1970-01-01T00:00:00.000Z\"}"));
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void theViewsOfTheApplicationsApiAreNotTakenOver(boolean inclusion) {
		this.runner.withPropertyValues("spring.jackson.mapper.default-view-inclusion=" + inclusion).run((context) -> {
			assertThat(context.getBean(JsonMapper.class).isEnabled(MapperFeature.DEFAULT_VIEW_INCLUSION))
				.isEqualTo(inclusion);
			JsonMapper mapper = context.getBean(BridgeJsonMappers.class).mapper("search");
			assertThat(mapper.isEnabled(MapperFeature.DEFAULT_VIEW_INCLUSION))
				.isEqualTo(JsonMapper.shared().isEnabled(MapperFeature.DEFAULT_VIEW_INCLUSION));
		});
	}

	@Test
	void prettyPrintingOfTheApplicationsApiIsNotTakenOver() {
		this.runner.withPropertyValues("spring.jackson.serialization.indent-output=true")
			.run((context) -> assertThat(json(context.getBean(BridgeJsonMappers.class), List.of(1, 2)))
				.isEqualTo("[1,2]"));
	}

	@Test
	void aCustomizerMaySayOtherwiseForOneBridge() {
		this.runner.withBean(BridgeJsonMapperCustomizer.class, () -> (bridge, builder) -> {
			if (bridge.equals("search")) {
				builder.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);
			}
		}).run((context) -> {
			BridgeJsonMappers mappers = context.getBean(BridgeJsonMappers.class);
			assertThat(mappers.mapper("search").writeValueAsString(new Query("x", 3))).contains("max_hits");
			assertThat(mappers.mapper("vpn").writeValueAsString(new Query("x", 3))).contains("maxHits");
		});
	}

	@Test
	void withoutAMapperOfTheApplicationThereIsAPlainOne() {
		assertThat(json(new BridgeJsonMappers(null, List.of()), new Temperature(20))).isEqualTo("{\"degrees\":20}");
	}

	private static String json(BridgeJsonMappers mappers, Object value) {
		JsonMapper mapper = mappers.mapper("search");
		return mapper.writeValueAsString(value);
	}

	record Temperature(int degrees) {

	}

	@JsonSerialize(using = InUnits.class)
	record Distance(int length) {

	}

	/**
	 * Gives serializers what they cannot get by themselves, as one over a bean factory
	 * does.
	 */
	static class Injecting extends HandlerInstantiator {

		@Override
		public @Nullable ValueSerializer<?> serializerInstance(SerializationConfig config, Annotated annotated,
				Class<?> type) {
			return (type == InUnits.class) ? new InUnits("miles") : null;
		}

		@Override
		public @Nullable ValueDeserializer<?> deserializerInstance(DeserializationConfig config, Annotated annotated,
				Class<?> type) {
			return null;
		}

		@Override
		public @Nullable KeyDeserializer keyDeserializerInstance(DeserializationConfig config, Annotated annotated,
				Class<?> type) {
			return null;
		}

		@Override
		public @Nullable TypeResolverBuilder<?> typeResolverBuilderInstance(MapperConfig<?> config, Annotated annotated,
				Class<?> type) {
			return null;
		}

		@Override
		public @Nullable TypeIdResolver typeIdResolverInstance(MapperConfig<?> config, Annotated annotated,
				Class<?> type) {
			return null;
		}

	}

	static class InUnits extends ValueSerializer<Distance> {

		private final String unit;

		InUnits(String unit) {
			this.unit = unit;
		}

		@Override
		public void serialize(Distance value, JsonGenerator generator, SerializationContext context) {
			generator.writeString(value.length() + " " + this.unit);
		}

	}

	record Query(@JsonProperty("searchPattern") String pattern, @Nullable Integer maxHits) {

	}

	@JsonIgnoreProperties("maxHits")
	abstract static class QueryMixIn {

	}

	static class Celsius extends ValueSerializer<Temperature> {

		@Override
		public void serialize(Temperature value, JsonGenerator generator, SerializationContext context) {
			generator.writeString(value.degrees() + " C");
		}

	}

	static class Lenient extends DeserializationProblemHandler {

		@Override
		public boolean handleUnknownProperty(DeserializationContext context, JsonParser parser,
				ValueDeserializer<?> deserializer, Object beanOrClass, String propertyName) {
			parser.skipChildren();
			return true;
		}

	}

}
