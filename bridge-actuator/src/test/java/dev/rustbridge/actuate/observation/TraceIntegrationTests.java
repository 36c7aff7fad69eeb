package dev.rustbridge.actuate.observation;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.rustbridge.CommandFailedException;
import dev.rustbridge.RustBridge;
import dev.rustbridge.boot.BridgeEventListener;
import dev.rustbridge.boot.BridgeHandler;
import dev.rustbridge.boot.ImportRustBridgeClients;
import dev.rustbridge.boot.RustBridgeEvent;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import reactor.core.publisher.Mono;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * One trace from an HTTP request through a daemon and back into the application, by calls
 * and by events, with a daemon on the SDK and the tracer that an application would have.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TraceIntegrationTests {

	private static final InMemorySpanExporter SPANS = InMemorySpanExporter.create();

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private final ListAppender<ILoggingEvent> daemonLog = new ListAppender<>();

	private ConfigurableApplicationContext application;

	@BeforeAll
	void start() {
		Path gatekeeper = Path.of(System.getProperty("rustbridge.test.daemons"), "examples", "gatekeeper");
		this.application = new SpringApplicationBuilder(Application.class).web(WebApplicationType.REACTIVE)
			.properties("server.port=0", "spring.main.banner-mode=off", "management.tracing.sampling.probability=1.0",
					"rustbridge.bridges.gate.binary.path=" + gatekeeper)
			.run();
		// not before: the application begins with its logging anew
		this.daemonLog.list = new CopyOnWriteArrayList<>();
		this.daemonLog.start();
		((Logger) LoggerFactory.getLogger("rustbridge.gate.stderr")).addAppender(this.daemonLog);
	}

	@AfterAll
	void stop() {
		this.application.close();
		((Logger) LoggerFactory.getLogger("rustbridge.gate.stderr")).detachAppender(this.daemonLog);
	}

	@BeforeEach
	void forget() {
		SPANS.reset();
		this.daemonLog.list.clear();
		this.application.getBean(Doorkeeper.class).mdc = new CompletableFuture<>();
		this.application.getBean(Hallway.class).mdc = new CompletableFuture<>();
	}

	@Test
	void aRequestItsCommandAndTheCallBackAreOneTrace() throws Exception {
		assertThat(open("lab", "ann")).isEqualTo("lab is open");
		SpanData command = span("gate/open");
		SpanData call = span("gate/authorize");
		SpanData request = span("http get /open");
		assertThat(request.getParentSpanId()).isEqualTo(SpanId.getInvalid());
		assertThat(command.getTraceId()).isEqualTo(request.getTraceId());
		assertThat(command.getParentSpanId()).isEqualTo(request.getSpanId());
		assertThat(command.getKind()).isEqualTo(SpanKind.CLIENT);
		assertThat(call.getTraceId()).isEqualTo(request.getTraceId());
		assertThat(call.getParentSpanId()).isEqualTo(command.getSpanId());
		assertThat(call.getKind()).isEqualTo(SpanKind.SERVER);
	}

	@Test
	void theDaemonsLogLineCarriesTheTrace() throws Exception {
		open("lab", "ann");
		String traceId = span("gate/open").getTraceId();
		await().atMost(LIMIT)
			.untilAsserted(
					() -> assertThat(this.daemonLog.list).anySatisfy((line) -> assertThat(line.getFormattedMessage())
						.contains("ann asks for lab", "trace_id=" + traceId)));
	}

	@Test
	void aPlainHandlerLogsWithTheTrace() throws Exception {
		open("lab", "ann");
		String traceId = span("gate/open").getTraceId();
		Map<String, String> mdc = this.application.getBean(Doorkeeper.class).mdc.get();
		assertThat(mdc).containsEntry("traceId", traceId).containsEntry("spanId", span("gate/authorize").getSpanId());
	}

	@Test
	void aListenerGoesOnWithTheTraceOfTheCommandWhoseHandlerSentTheEvent() throws Exception {
		open("lab", "ann");
		SpanData command = span("gate/open");
		SpanData event = span("gate/opened");
		assertThat(event.getTraceId()).isEqualTo(command.getTraceId());
		assertThat(event.getParentSpanId()).isEqualTo(command.getSpanId());
		assertThat(event.getKind()).isEqualTo(SpanKind.CONSUMER);
		assertThat(this.application.getBean(Hallway.class).mdc.get()).containsEntry("traceId", command.getTraceId())
			.containsEntry("spanId", event.getSpanId());
	}

	@Test
	void whatAListenerReturnsGoesOnWithTheTraceOnOtherThreads() throws Exception {
		open("lab", "ann");
		SpanData event = span("gate/opened");
		SpanData follow = span("gate/nothing");
		assertThat(follow.getTraceId()).isEqualTo(event.getTraceId());
		assertThat(follow.getParentSpanId()).isEqualTo(event.getSpanId());
	}

	@Test
	void aRefusalIsAnErrorOfItsSpan() throws Exception {
		open("lab", "eve");
		SpanData command = span("gate/open");
		assertThat(command.getAttributes().asMap().toString()).contains("outcome=FAILED", "code=PERMISSION_DENIED",
				"exception=CommandFailedException");
	}

	private String open(String door, String user) throws Exception {
		int port = ((WebServerApplicationContext) this.application).getWebServer().getPort();
		URI uri = URI.create("http://localhost:" + port + "/open?door=" + door + "&user=" + user);
		return HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
	}

	private SpanData span(String name) {
		await().atMost(LIMIT)
			.untilAsserted(() -> assertThat(SPANS.getFinishedSpanItems()).extracting(SpanData::getName).contains(name));
		List<SpanData> named = SPANS.getFinishedSpanItems()
			.stream()
			.filter((span) -> span.getName().equals(name))
			.toList();
		assertThat(named).hasSize(1);
		return named.get(0);
	}

	/** Not annotated: other applications of these tests must not find it. */
	interface Gate {

		Mono<String> open(Opening opening);

	}

	record Opening(String door, String user) {

	}

	record Access(String user, String resource) {

	}

	record Decision(boolean allowed) {

	}

	static class Doorkeeper {

		private volatile CompletableFuture<Map<String, String>> mdc = new CompletableFuture<>();

		@BridgeHandler(bridge = "gate", method = "authorize")
		Decision authorize(Access access) {
			this.mdc.complete(MDC.getCopyOfContextMap());
			return new Decision(!access.user().equals("eve"));
		}

	}

	static class Hallway {

		private final RustBridge gate;

		private volatile CompletableFuture<Map<String, String>> mdc = new CompletableFuture<>();

		Hallway(RustBridge gate) {
			this.gate = gate;
		}

		@BridgeEventListener(bridge = "gate", event = "opened")
		void opened(String door) {
			this.mdc.complete(MDC.getCopyOfContextMap());
		}

		@EventListener(condition = "#event.name == 'opened'")
		Mono<Void> follow(RustBridgeEvent event) {
			// the daemon does not know it, and the span tells so
			Mono<Void> command = this.gate.command("nothing").retrieveMono(Void.class);
			return Mono.delay(Duration.ZERO).then(command).onErrorComplete(CommandFailedException.class);
		}

	}

	@RestController
	static class Doors {

		private final Gate gate;

		Doors(Gate gate) {
			this.gate = gate;
		}

		@GetMapping("/open")
		Mono<String> open(String door, String user) {
			return this.gate.open(new Opening(door, user));
		}

	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@ImportRustBridgeClients(bridge = "gate", types = Gate.class)
	@Import({ Doorkeeper.class, Hallway.class, Doors.class })
	static class Application {

		/**
		 * The exporter is no bean of its own: spans would come a second time, in batches.
		 */
		@Bean
		SpanProcessor spanProcessor() {
			return SimpleSpanProcessor.create(SPANS);
		}

	}

}
