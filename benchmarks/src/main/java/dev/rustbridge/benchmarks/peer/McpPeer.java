package dev.rustbridge.benchmarks.peer;

import dev.rustbridge.benchmarks.Messages.Blob;
import dev.rustbridge.benchmarks.Messages.Echo;
import dev.rustbridge.benchmarks.Messages.Size;
import dev.rustbridge.benchmarks.Messages.StreamEnd;
import dev.rustbridge.benchmarks.load.Daemons;
import dev.rustbridge.benchmarks.load.Lane;
import dev.rustbridge.benchmarks.load.Peer;
import dev.rustbridge.benchmarks.load.TickCheck;
import io.modelcontextprotocol.client.McpAsyncClient;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.json.jackson3.JacksonMcpJsonMapper;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.ProgressNotification;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * The MCP Java SDK's asynchronous client on stdio: a command is a tool, its result the
 * structured content, converted to the caller's type as the SDK's own mapper does it. MCP
 * has no streams; progress notifications come nearest.
 */
public final class McpPeer implements Peer {

	private static final int LONGEST_LINE = 64 * 1024 * 1024;

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private final McpJsonMapper mapper = new JacksonMcpJsonMapper(JsonMapper.shared());

	private final Object sending = new Object();

	private final McpAsyncClient client;

	private final long daemonPid;

	private volatile @Nullable Progress progress;

	/** Starts the daemon and the client. */
	public McpPeer(Daemons daemons) {
		ServerParameters server = ServerParameters.builder(daemons.binary("bench-jsonrpc").toString())
			.args("--lines")
			.build();
		client = McpClient.async(new StdioClientTransport(server, mapper, LONGEST_LINE))
			.requestTimeout(TIMEOUT)
			.progressConsumer(notification -> Mono.fromRunnable(() -> onProgress(notification)))
			.build();
		client.initialize().block();
		daemonPid = ProcessHandle.current().children().findFirst().orElseThrow().pid();
	}

	private void onProgress(ProgressNotification notification) {
		Progress current = progress;
		if (current != null) {
			current.check.tick(notification.progress().longValue(), notification.message());
			current.left.countDown();
		}
	}

	private <T> Mono<T> call(CallToolRequest request, TypeRef<T> type) {
		Mono<T> call = client.callTool(request).map(result -> mapper.convertValue(result.structuredContent(), type));
		return Mono.from(subscriber -> {
			// its outbound sink refuses what two threads send at once ("Failed to enqueue
			// message")
			synchronized (sending) {
				call.subscribe(subscriber);
			}
		});
	}

	private static CallToolRequest request(String tool, Map<String, Object> arguments) {
		return CallToolRequest.builder(tool).arguments(arguments).build();
	}

	private Mono<Echo> echo(Echo ask) {
		return call(request("echo", Map.of("seq", ask.seq(), "text", ask.text())), new TypeRef<>() {
		});
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
	public long stream(int count, int size, TickCheck check) throws Exception {
		Progress current = new Progress(check, new CountDownLatch(count));
		progress = current;
		Map<String, Object> arguments = Map.of("count", count, "size", size);
		CallToolRequest request = CallToolRequest.builder("stream")
			.arguments(arguments)
			.progressToken("stream")
			.build();
		StreamEnd end = Repeat.required(call(request, new TypeRef<StreamEnd>() {
		}).block());
		// notifications are delivered apart from the answer, and may come after it
		if (!current.left.await(TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
			throw new TimeoutException(current.left.getCount() + " of " + count + " notifications are missing");
		}
		return end.count();
	}

	@Override
	public Blob result(int size) {
		return Repeat.required(call(request("result", Map.of("size", size)), new TypeRef<Blob>() {
		}).block());
	}

	@Override
	public long sink(Blob blob) {
		return Repeat.required(call(request("sink", Map.of("text", blob.text())), new TypeRef<Size>() {
		}).block()).size();
	}

	@Override
	public long daemonPid() {
		return daemonPid;
	}

	@Override
	public void close() {
		client.close();
	}

	private record Progress(TickCheck check, CountDownLatch left) {
	}

}
