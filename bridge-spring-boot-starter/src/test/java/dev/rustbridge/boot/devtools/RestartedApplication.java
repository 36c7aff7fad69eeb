package dev.rustbridge.boot.devtools;

import java.time.Duration;
import java.util.function.LongSupplier;

import dev.rustbridge.RustBridge;
import dev.rustbridge.boot.BridgeContexts;
import dev.rustbridge.boot.BridgeEventListener;
import dev.rustbridge.boot.BridgeHandler;
import dev.rustbridge.boot.ImportRustBridgeClients;
import reactor.core.publisher.Mono;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/**
 * An application under development: all of it is loaded anew with each restart.
 */
public class RestartedApplication implements LongSupplier, AutoCloseable {

	private final ConfigurableApplicationContext context;

	private final PidClient client;

	/**
	 * Called reflectively, for the application's own instance.
	 */
	public RestartedApplication() {
		SpringApplication application = new SpringApplication(Beans.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		this.context = application.run("--spring.main.banner-mode=off", "--logging.level.root=warn",
				"--rustbridge.bridges.search.binary.path=" + BridgeContexts.chaosDaemon());
		this.client = this.context.getBean(PidClient.class);
	}

	@Override
	public long getAsLong() {
		this.context.getBean("search", RustBridge.class)
			.command("emit")
			.params(new Emit("tick", 1))
			.retrieveMono(Void.class)
			.block(Duration.ofSeconds(10));
		return this.client.pid().map(Pid::pid).block(Duration.ofSeconds(10));
	}

	@Override
	public void close() {
		this.context.close();
	}

	interface PidClient {

		Mono<Pid> pid();

	}

	record Pid(long pid) {

	}

	record Emit(String event, int count) {

	}

	record Tick(int index) {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@ImportRustBridgeClients(bridge = "search", types = PidClient.class)
	static class Beans {

		@BridgeEventListener(bridge = "search", event = "tick")
		void on(Tick tick) {
		}

		@BridgeHandler(bridge = "search", event = "query", reply = "queryResult")
		Tick answer(Tick tick) {
			return tick;
		}

	}

}
