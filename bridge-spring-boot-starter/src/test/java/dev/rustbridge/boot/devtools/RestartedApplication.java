package dev.rustbridge.boot.devtools;

import java.time.Duration;
import java.util.function.ObjLongConsumer;

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
 * An application under development: devtools load all of it anew with each restart.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@ImportRustBridgeClients(bridge = "search", types = RestartedApplication.PidClient.class)
class RestartedApplication {

	/**
	 * Runs until it is restarted.
	 * @param up told its class loader and the process id of its daemon
	 */
	static void run(ObjLongConsumer<ClassLoader> up) {
		SpringApplication application = new SpringApplication(RestartedApplication.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		ConfigurableApplicationContext context = application.run("--spring.main.banner-mode=off",
				"--logging.level.root=warn", "--spring.devtools.livereload.enabled=false",
				"--rustbridge.bridges.search.binary.path=" + BridgeContexts.chaosDaemon());
		context.getBean("search", RustBridge.class)
			.command("emit")
			.params(new Emit("tick", 1))
			.retrieveMono(Void.class)
			.block(Duration.ofSeconds(10));
		Pid pid = context.getBean(PidClient.class).pid().block(Duration.ofSeconds(10));
		up.accept(RestartedApplication.class.getClassLoader(), pid.pid());
	}

	@BridgeEventListener(bridge = "search", event = "tick")
	void on(Tick tick) {
	}

	@BridgeHandler(bridge = "search", event = "query", reply = "queryResult")
	Tick answer(Tick tick) {
		return tick;
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

}
