package dev.rustbridge.boot.web;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

import dev.rustbridge.BridgeState;
import dev.rustbridge.RustBridge;
import dev.rustbridge.boot.BridgeContexts;
import dev.rustbridge.boot.ImportRustBridgeClients;
import dev.rustbridge.client.Command;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import reactor.core.publisher.Mono;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Web applications of both kinds, and one that is none.
 */
class WebApplicationIntegrationTests {

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "NONE")
	void aBridgeIsReadyBeforeTheWebServerIs(WebApplicationType type) {
		try (ConfigurableApplicationContext context = run(type)) {
			assertThat(context.getBean(Application.class).stateAtTheStartOfTheServer).isEqualTo(BridgeState.READY);
		}
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "NONE")
	void aReactiveClientServesRequests(WebApplicationType type) throws IOException, InterruptedException {
		try (ConfigurableApplicationContext context = run(type)) {
			assertThat(get(context, "/reactive?text=hello")).isEqualTo("hello");
		}
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "NONE")
	void theWebServerIsStoppedBeforeABridgeIs(WebApplicationType type) {
		Application application;
		try (ConfigurableApplicationContext context = run(type)) {
			application = context.getBean(Application.class);
		}
		assertThat(application.stateAtTheEndOfTheServer).isEqualTo(BridgeState.READY);
	}

	@Test
	void aClientThatBlocksServesRequestsOfServletThreads() throws IOException, InterruptedException {
		try (ConfigurableApplicationContext context = run(WebApplicationType.SERVLET)) {
			assertThat(get(context, "/blocking?text=hello")).startsWith("hello");
		}
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void aClientThatBlocksServesRequestsOfVirtualThreads() throws IOException, InterruptedException {
		try (ConfigurableApplicationContext context = run(WebApplicationType.SERVLET)) {
			assertThat(get(context, "/blocking?text=hello")).startsWith("hello on VirtualThread");
		}
	}

	@ParameterizedTest
	@EnumSource
	void theDaemonIsGoneWithTheApplication(WebApplicationType type) {
		RustBridge bridge;
		long pid;
		try (ConfigurableApplicationContext context = run(type)) {
			bridge = context.getBean("search", RustBridge.class);
			pid = context.getBean(EchoClient.class).pid().block(Duration.ofSeconds(10)).pid();
			assertThat(ProcessHandle.of(pid)).isPresent();
		}
		assertThat(bridge.state()).isEqualTo(BridgeState.STOPPED);
		assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
	}

	private static ConfigurableApplicationContext run(WebApplicationType type) {
		return new SpringApplicationBuilder(Application.class).web(type)
			.run("--server.port=0", "--spring.main.banner-mode=off", "--logging.level.root=warn",
					// on JDK 21 and later
					"--spring.threads.virtual.enabled=true",
					"--rustbridge.bridges.search.binary.path=" + BridgeContexts.chaosDaemon());
	}

	private static String get(ConfigurableApplicationContext context, String path)
			throws IOException, InterruptedException {
		URI uri = URI.create("http://localhost:" + context.getEnvironment().getProperty("local.server.port") + path);
		return HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
	}

	interface EchoClient {

		Mono<Map<String, String>> echo(String text, int number);

		@Command("echo")
		Map<String, Object> echoNow(String text, int number);

		Mono<Pid> pid();

		record Pid(long pid) {

		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@ImportRustBridgeClients(bridge = "search", types = EchoClient.class)
	@RestController
	static class Application {

		private final EchoClient client;

		private final RustBridge bridge;

		volatile BridgeState stateAtTheStartOfTheServer;

		volatile BridgeState stateAtTheEndOfTheServer;

		Application(EchoClient client, RustBridge bridge) {
			this.client = client;
			this.bridge = bridge;
		}

		@GetMapping("/reactive")
		Mono<String> reactive(@RequestParam String text) {
			return this.client.echo(text, 1).map((answer) -> answer.get("text"));
		}

		@GetMapping("/blocking")
		String blocking(@RequestParam String text) {
			return this.client.echoNow(text, 1).get("text") + " on " + Thread.currentThread();
		}

		@EventListener
		void on(WebServerInitializedEvent event) {
			this.stateAtTheStartOfTheServer = this.bridge.state();
		}

		@Bean
		SmartLifecycle stoppedAfterTheServer() {
			return new StoppedAfterTheServer(() -> this.stateAtTheEndOfTheServer = this.bridge.state());
		}

	}

	/** Is stopped when the server has been, and before all that may be stopped later. */
	private static final class StoppedAfterTheServer implements SmartLifecycle {

		private final Runnable look;

		private volatile boolean running;

		private StoppedAfterTheServer(Runnable look) {
			this.look = look;
		}

		@Override
		public int getPhase() {
			return WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE - 1;
		}

		@Override
		public void start() {
			this.running = true;
		}

		@Override
		public void stop() {
			this.look.run();
			this.running = false;
		}

		@Override
		public boolean isRunning() {
			return this.running;
		}

	}

}
