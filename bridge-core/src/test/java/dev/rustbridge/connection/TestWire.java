package dev.rustbridge.connection;

import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import dev.rustbridge.BridgeException.Origin;
import dev.rustbridge.BridgeListener;
import dev.rustbridge.BridgeOptions;
import dev.rustbridge.BridgeUnavailableException;
import dev.rustbridge.RustBridge;
import dev.rustbridge.protocol.JsonCodec;
import dev.rustbridge.protocol.RequestIds;
import dev.rustbridge.transport.IoLoop;
import dev.rustbridge.transport.MemoryTransport;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.json.JsonMapper;

/**
 * One connection over a link to nobody, and the router to it: for tests of single steps,
 * in an order that they choose themselves.
 */
final class TestWire implements CallRouter, BridgeListener {

	static final JavaType INTEGER = JsonMapper.shared().constructType(Integer.class);

	private static final BridgeOptions OPTIONS = options();

	private static final JsonCodec CODEC = new JsonCodec(JsonMapper.shared(), OPTIONS.maxMessageSize());

	final RecordingLink link = new RecordingLink();

	final AtomicInteger drained = new AtomicInteger();

	final AtomicInteger starts = new AtomicInteger();

	final AtomicInteger ends = new AtomicInteger();

	final AtomicInteger violations = new AtomicInteger();

	/** Calls that came back, or that the connection did not take. */
	final AtomicInteger elsewhere = new AtomicInteger();

	final BridgeContext context;

	final Connection connection;

	final Inbound inbound;

	TestWire(IoLoop loop) {
		this.context = new BridgeContext(OPTIONS, loop, RequestIds.random(), CODEC,
				new Listeners("test", List.of(this)), Map.of(), Schedulers.immediate(), new DeadlineWatch(loop), "test",
				"0");
		this.connection = new Connection(this.context, this.link, 0, 1, owner());
		this.inbound = new Inbound(this.context, this.connection);
		this.context.deadlines().sweepBy(this.connection::sweep);
		this.connection.open();
	}

	private static BridgeOptions options() {
		try (RustBridge bridge = RustBridge.builder("test").transport(new MemoryTransport((instance) -> {
			throw new IllegalStateException("Nobody is reached");
		})).build()) {
			return bridge.options();
		}
	}

	private ConnectionOwner owner() {
		return (ConnectionOwner) Proxy.newProxyInstance(TestWire.class.getClassLoader(),
				new Class<?>[] { ConnectionOwner.class }, (proxy, method, arguments) -> {
					if ("onDrained".equals(method.getName())) {
						this.drained.incrementAndGet();
					}
					return null;
				});
	}

	@SuppressWarnings("unchecked")
	MonoCall<Integer> mono(CommandRequest request, TestSubscriber subscriber) {
		MonoCall.<Integer>mono(request, this, INTEGER).subscribe(subscriber);
		return (MonoCall<Integer>) subscriber.subscription();
	}

	@SuppressWarnings("unchecked")
	StreamCall<Integer> stream(CommandRequest request, TestSubscriber subscriber) {
		StreamCall.<Integer>flux(request, this, INTEGER).subscribe(subscriber);
		return (StreamCall<Integer>) subscriber.subscription();
	}

	/** The daemon says something. On the loop. */
	void receive(String line) {
		byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
		this.inbound.line(bytes, 0, bytes.length);
	}

	/** The daemon answers. On the loop. */
	void answer(Call call, int result) {
		receive("{\"id\":\"" + id(call) + "\",\"success\":true,\"result\":" + result + "}");
	}

	/** The daemon sends a chunk. On the loop. */
	void chunk(Call call, String data) {
		receive("{\"id\":\"" + id(call) + "\",\"stream\":true,\"data\":" + data + "}");
	}

	private String id(Call call) {
		return this.context.ids().format(call.sequence());
	}

	/** On the loop. */
	void lose() {
		this.connection.lose(new LostConnection("it exited", null, List.of(), null));
	}

	@Override
	public void route(Call call) {
		if (!this.connection.submit(call)) {
			this.elsewhere.incrementAndGet();
			call.fail(new BridgeUnavailableException(new Origin("test", call.method(), null), "not sent", null));
		}
	}

	@Override
	public BridgeContext context() {
		return this.context;
	}

	@Override
	public void commandStarted(String method) {
		this.starts.incrementAndGet();
	}

	@Override
	public void commandEnded(String method, Outcome outcome, @Nullable Throwable error, long nanos) {
		this.ends.incrementAndGet();
	}

	@Override
	public void protocolViolation(Violation violation, String excerpt) {
		this.violations.incrementAndGet();
	}

}
