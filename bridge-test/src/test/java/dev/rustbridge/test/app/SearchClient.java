package dev.rustbridge.test.app;

import dev.rustbridge.client.RustBridgeClient;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@RustBridgeClient("search")
interface SearchClient {

	Mono<Stats> stats();

	Flux<Hit> search(Query query);

	Mono<Integer> index(String name, Publisher<Hit> hits);

	record Stats(int files) {

	}

	record Query(String pattern, long limit) {

	}

	record Hit(String file, int line) {

	}

}
