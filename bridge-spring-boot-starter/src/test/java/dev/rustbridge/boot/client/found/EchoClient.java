package dev.rustbridge.boot.client.found;

import dev.rustbridge.client.Command;
import dev.rustbridge.client.RustBridgeClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@RustBridgeClient("search")
interface EchoClient {

	Mono<Message> echo(Message message);

	@Command("echo")
	Message echoNow(Message message);

	Flux<Piece> stream(int count);

	default Mono<String> text(String text) {
		return echo(new Message(text)).map(Message::text);
	}

	record Message(String text) {

	}

	record Piece(int index) {

	}

}
