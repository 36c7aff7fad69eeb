package dev.rustbridge.benchmarks.peer;

import dev.rustbridge.benchmarks.Messages.Blob;
import dev.rustbridge.benchmarks.Messages.Echo;
import dev.rustbridge.benchmarks.Messages.Size;
import dev.rustbridge.benchmarks.Messages.StreamAsk;
import dev.rustbridge.benchmarks.Messages.Tick;
import dev.rustbridge.benchmarks.load.Daemons;
import dev.rustbridge.benchmarks.load.Lane;
import dev.rustbridge.benchmarks.load.Peer;
import dev.rustbridge.benchmarks.load.TickCheck;
import io.netty.channel.unix.DomainSocketAddress;
import org.springframework.http.MediaType;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;

/**
 * WebClient on Reactor Netty's epoll domain sockets, to axum: HTTP/1.1 with as many kept
 * connections as calls in flight, on one event loop.
 */
public final class WebClientPeer implements Peer {

	private static final int LARGEST = 64 * 1024 * 1024;

	private static final int CONNECTIONS = 1024;

	private final Daemons.OnSocket daemon;

	private final LoopResources loop = LoopResources.create("bench", 1, true);

	private final ConnectionProvider connections = ConnectionProvider.builder("bench")
		.maxConnections(CONNECTIONS)
		.pendingAcquireMaxCount(-1)
		.build();

	private final WebClient client;

	/** Starts the daemon and the client. */
	public WebClientPeer(Daemons daemons) throws Exception {
		daemon = daemons.onSocket("bench-http");
		DomainSocketAddress address = new DomainSocketAddress(daemon.socket().toFile());
		HttpClient http = HttpClient.create(connections).runOn(loop).remoteAddress(() -> address);
		client = WebClient.builder()
			.clientConnector(new ReactorClientHttpConnector(http))
			.codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(LARGEST))
			.build();
	}

	private WebClient.ResponseSpec post(String path, Object body) {
		return client.post().uri(path).contentType(MediaType.APPLICATION_JSON).bodyValue(body).retrieve();
	}

	private Mono<Echo> echo(Echo ask) {
		return post("/echo", ask).bodyToMono(Echo.class);
	}

	@Override
	public void send(Lane lane) {
		echo(lane.ask()).subscribe(reply -> lane.answered(reply.seq(), reply.text()), lane::failed);
	}

	@Override
	public void repeat(Lane lane) {
		Repeat.of(echo(lane.ask()), lane);
	}

	@Override
	public Echo call(Echo ask) {
		return Repeat.required(echo(ask).block());
	}

	@Override
	public long stream(int count, int size, TickCheck check) {
		post("/stream", new StreamAsk(count, size)).bodyToFlux(Tick.class)
			.doOnNext(tick -> check.tick(tick.n(), tick.text()))
			.then()
			.block();
		return check.seen();
	}

	@Override
	public Blob result(int size) {
		return Repeat.required(post("/result", new Size(size)).bodyToMono(Blob.class).block());
	}

	@Override
	public long sink(Blob blob) {
		return Repeat.required(post("/sink", blob).bodyToMono(Size.class).block()).size();
	}

	@Override
	public long daemonPid() {
		return daemon.process().pid();
	}

	@Override
	public void close() throws Exception {
		connections.dispose();
		loop.dispose();
		daemon.close();
	}

}
