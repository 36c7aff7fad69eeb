package dev.rustbridge.boot.fork;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.rustbridge.RustBridge;
import dev.rustbridge.boot.BridgeEventListener;
import dev.rustbridge.boot.BridgeHandler;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/**
 * An application that uses one bridge in all ways, says so on its console, and ends.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class ConsoleApplication {

	private final CountDownLatch heard = new CountDownLatch(1);

	/**
	 * Runs it.
	 * @param args properties
	 * @throws InterruptedException when it is interrupted
	 */
	public static void main(String[] args) throws InterruptedException {
		SpringApplication application = new SpringApplication(ConsoleApplication.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		try (ConfigurableApplicationContext context = application.run(args)) {
			context.getBean(ConsoleApplication.class).use(context.getBean(RustBridge.class));
		}
	}

	private void use(RustBridge bridge) throws InterruptedException {
		Map<?, ?> answer = bridge.command("ask")
			.params(Map.of("event", "query", "value", 21))
			.retrieveMono(Map.class)
			.block(Duration.ofSeconds(10));
		boolean event = this.heard.await(10, TimeUnit.SECONDS);
		List<String> transports = bridge.info().instances().stream().map((instance) -> instance.transport()).toList();
		System.out.println("answered " + answer.get("doubled") + ", heard " + event + ", over " + transports);
	}

	@BridgeHandler(bridge = "search", event = "query", reply = "queryResult")
	Map<String, Object> answer(Question question) {
		return Map.of("doubled", question.value() * 2);
	}

	@BridgeEventListener(bridge = "search", event = "ready")
	void on() {
		this.heard.countDown();
	}

	record Question(int value) {

	}

}
