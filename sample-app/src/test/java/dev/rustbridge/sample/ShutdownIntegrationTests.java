package dev.rustbridge.sample;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * How the application ends.
 */
class ShutdownIntegrationTests {

	@Test
	void anOpenPageDoesNotHoldUpTheShutdownAndNoDaemonIsLeft() {
		ConfigurableApplicationContext application = SpringApplication.run(SampleApplication.class, "--server.port=0",
				"--code-search.root=" + SourceTree.root());
		WebClient client = WebClient
			.create("http://127.0.0.1:" + application.getEnvironment().getProperty("local.server.port"));
		long pid = client.get().uri("/api/stats").retrieve().bodyToMono(Stats.class).block().pid();
		Flux<String> page = client.get().uri("/api/events").retrieve().bodyToFlux(String.class).replay().autoConnect();
		page.blockFirst();
		long begin = System.nanoTime();
		application.close();
		assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
		page.blockLast(Duration.ofSeconds(5));
		await().until(() -> ProcessHandle.of(pid).isEmpty());
	}

}
