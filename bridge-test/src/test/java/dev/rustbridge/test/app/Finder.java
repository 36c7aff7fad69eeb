package dev.rustbridge.test.app;

import java.time.Duration;

import dev.rustbridge.test.app.SearchClient.Hit;
import dev.rustbridge.test.app.SearchClient.Query;
import reactor.core.publisher.Flux;

import org.springframework.stereotype.Service;

/**
 * What is tested: uses the client, and has nothing of bridges itself.
 */
@Service
class Finder {

	private final SearchClient client;

	Finder(SearchClient client) {
		this.client = client;
	}

	Flux<Hit> find(String pattern) {
		return this.client.search(new Query(pattern, 100));
	}

	Flux<Hit> findQuickly(String pattern) {
		return find(pattern).take(Duration.ofSeconds(5));
	}

}
