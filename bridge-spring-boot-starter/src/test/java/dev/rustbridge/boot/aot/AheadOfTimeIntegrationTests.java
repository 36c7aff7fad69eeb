package dev.rustbridge.boot.aot;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import dev.rustbridge.RustBridge;
import dev.rustbridge.boot.BridgeContexts;
import dev.rustbridge.boot.BridgeEventListener;
import dev.rustbridge.boot.BridgeHandler;
import dev.rustbridge.boot.autoconfigure.RustBridgeAutoConfiguration;
import dev.rustbridge.boot.client.found.Echoes;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.aot.test.generate.TestGenerationContext;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.aot.AbstractAotProcessor;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.test.tools.CompileWithForkedClassLoader;
import org.springframework.core.test.tools.TestCompiler;
import org.springframework.javapoet.ClassName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application that was processed ahead of time, on the JVM.
 */
class AheadOfTimeIntegrationTests {

	@Test
	@CompileWithForkedClassLoader
	void aBridgeIsInjectedByItsQualifierAndHasItsName() {
		run((context) -> {
			assertThat(context.getBean(Holder.class).bridge().name()).isEqualTo("search");
			assertThat(context.getBean("search")).isSameAs(context.getBean(Holder.class).bridge());
		});
	}

	@Test
	@CompileWithForkedClassLoader
	void aBridgeThatIsAddedAtRunTimeIsThere() {
		run((context) -> assertThat(context.getBean("later", RustBridge.class).name()).isEqualTo("later"));
	}

	@Test
	@CompileWithForkedClassLoader
	void aPackagePrivateClientWorks() {
		run((context) -> {
			assertThat(context.getBean(Echoes.class).text("hello")).isEqualTo("hello");
			assertThat(context.getBean(Echoes.class).stream(2)).isEqualTo(List.of(0, 1));
		});
	}

	@Test
	@CompileWithForkedClassLoader
	void handlersAnswer() {
		run((context) -> {
			JsonNode answer = context.getBean("search", RustBridge.class)
				.command("ask")
				.params(Map.of("event", "query", "value", 21))
				.retrieveMono(JsonNode.class)
				.block(Duration.ofSeconds(10));
			assertThat(answer.path("doubled").asInt()).isEqualTo(42);
		});
	}

	@Test
	void whatIsReadAndWrittenIsHintedAt() throws ClassNotFoundException {
		TestGenerationContext generation = new TestGenerationContext();
		generate(generation);
		RuntimeHints hints = generation.getRuntimeHints();
		Class<?> client = Class.forName("dev.rustbridge.boot.client.found.EchoClient");
		assertThat(RuntimeHintsPredicates.proxies().forInterfaces(client)).accepts(hints);
		assertThat(RuntimeHintsPredicates.reflection()
			.onType(Class.forName("dev.rustbridge.boot.client.found.EchoClient$Piece"))).accepts(hints);
		assertThat(RuntimeHintsPredicates.reflection().onType(Question.class)).accepts(hints);
		assertThat(RuntimeHintsPredicates.reflection().onType(Change.class)).accepts(hints);
		assertThat(RuntimeHintsPredicates.reflection()
			.onType(Class.forName("dev.rustbridge.boot.properties.BridgeProperties$Reconnect"))).accepts(hints);
	}

	private static void run(Consumer<GenericApplicationContext> test) {
		TestGenerationContext generation = new TestGenerationContext();
		ClassName initializer = generate(generation);
		generation.writeGeneratedContent();
		TestCompiler.forSystem().with(generation).compile((compiled) -> {
			@SuppressWarnings("unchecked")
			ApplicationContextInitializer<GenericApplicationContext> generated = compiled
				.getInstance(ApplicationContextInitializer.class, initializer.toString());
			try (GenericApplicationContext context = new GenericApplicationContext()) {
				properties(context, Map.of("rustbridge.bridges.later.startup", "lazy"));
				generated.initialize(context);
				context.refresh();
				test.accept(context);
			}
		});
	}

	private static ClassName generate(TestGenerationContext generation) {
		System.setProperty(AbstractAotProcessor.AOT_PROCESSING, "true");
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			properties(context, Map.of());
			context.register(Application.class);
			ClassName initializer = new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
			return initializer;
		}
		finally {
			System.clearProperty(AbstractAotProcessor.AOT_PROCESSING);
		}
	}

	private static void properties(GenericApplicationContext context, Map<String, Object> more) {
		Map<String, Object> properties = new LinkedHashMap<>(more);
		properties.put("rustbridge.defaults.binary.path", BridgeContexts.chaosDaemon().toString());
		properties.put("rustbridge.bridges.search.instances", "1");
		context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", properties));
	}

	record Holder(RustBridge bridge) {

	}

	record Question(int value) {

	}

	record Change(String path) {

	}

	static class Answers {

		@BridgeHandler(bridge = "search", event = "query", reply = "queryResult")
		Mono<Map<String, Object>> query(Question question) {
			return Mono.just(Map.of("doubled", question.value() * 2));
		}

		@BridgeEventListener(bridge = "search", event = "change")
		void on(List<Change> changes) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(Echoes.Application.class)
	@ImportAutoConfiguration({ JacksonAutoConfiguration.class, RustBridgeAutoConfiguration.class })
	static class Application {

		@Bean
		Holder holder(@Qualifier("search") RustBridge bridge) {
			return new Holder(bridge);
		}

		@Bean
		Answers answers() {
			return new Answers();
		}

	}

}
