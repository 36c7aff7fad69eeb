package dev.rustbridge.boot.client.found;

import java.time.Duration;
import java.util.List;

import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * An application whose client, and what it takes and returns, is seen by its own package
 * only.
 */
public final class Echoes {

	private final EchoClient client;

	Echoes(EchoClient client) {
		this.client = client;
	}

	/**
	 * Asks the daemon, by a default method.
	 * @param text the text
	 * @return the same text
	 */
	public String text(String text) {
		return this.client.text(text).block(Duration.ofSeconds(10));
	}

	/**
	 * Asks the daemon, by a method that blocks.
	 * @param text the text
	 * @return the same text
	 */
	public String now(String text) {
		return this.client.echoNow(new EchoClient.Message(text)).text();
	}

	/**
	 * Asks the daemon for chunks.
	 * @param count how many
	 * @return their indexes
	 */
	public List<Integer> stream(int count) {
		return this.client.stream(count).map(EchoClient.Piece::index).collectList().block(Duration.ofSeconds(10));
	}

	/**
	 * The application.
	 */
	@Configuration(proxyBeanMethods = false)
	@AutoConfigurationPackage
	public static class Application {

		@Bean
		Echoes echoes(EchoClient client) {
			return new Echoes(client);
		}

	}

}
