package dev.rustbridge.benchmarks.peer;

import dev.rustbridge.RustBridge;
import dev.rustbridge.StreamingResponse;
import dev.rustbridge.actuate.metrics.MeterLimits;
import dev.rustbridge.actuate.metrics.RustBridgeMetrics;
import dev.rustbridge.actuate.observation.CommandObservations;
import dev.rustbridge.benchmarks.Messages.Blob;
import dev.rustbridge.benchmarks.Messages.Echo;
import dev.rustbridge.benchmarks.Messages.Size;
import dev.rustbridge.benchmarks.Messages.StreamAsk;
import dev.rustbridge.benchmarks.Messages.StreamEnd;
import dev.rustbridge.benchmarks.Messages.Tick;
import dev.rustbridge.benchmarks.load.Daemons;
import dev.rustbridge.benchmarks.load.Lane;
import dev.rustbridge.benchmarks.load.Peer;
import dev.rustbridge.benchmarks.load.TickCheck;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** This project's own bridge, with all its defaults. */
public final class RustBridgePeer implements Peer {

	private final RustBridge bridge;

	private final long daemonPid;

	private final AutoCloseable daemon;

	private RustBridgePeer(RustBridge bridge, @Nullable Process process, AutoCloseable daemon) {
		this.bridge = bridge;
		this.daemon = daemon;
		bridge.start().block();
		this.daemonPid = (process == null) ? ProcessHandle.current().children().findFirst().orElseThrow().pid()
				: process.pid();
	}

	/** The daemon as a child of the bridge, on its stdio. */
	public static RustBridgePeer onStdio(Daemons daemons, String daemon) {
		return onStdio(build(daemons, daemon));
	}

	/** The same, with all meters in the registry that most applications have. */
	public static RustBridgePeer onStdioMetered(Daemons daemons, String daemon) {
		RustBridge bridge = build(daemons, daemon);
		new RustBridgeMetrics(List.of(bridge), MeterLimits.DEFAULTS)
			.bindTo(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
		return onStdio(bridge);
	}

	/** The same, with a span for each command, all of them sampled and none exported. */
	public static RustBridgePeer onStdioObserved(Daemons daemons, String daemon) {
		RustBridge bridge = build(daemons, daemon);
		bridge.addListener(new CommandObservations(bridge.name(), Tracing.registry(), null));
		return onStdio(bridge);
	}

	private static RustBridge build(Daemons daemons, String daemon) {
		return RustBridge.builder("bench").binaryPath(daemons.binary(daemon)).build();
	}

	private static RustBridgePeer onStdio(RustBridge bridge) {
		return new RustBridgePeer(bridge, null, () -> {
		});
	}

	/** The daemon on a Unix socket. */
	public static RustBridgePeer onSocket(Daemons daemons, String name) throws IOException, InterruptedException {
		Daemons.OnSocket daemon = daemons.onSocket(name, "--socket");
		RustBridge bridge = RustBridge.builder("bench").socketPath(daemon.socket()).build();
		return new RustBridgePeer(bridge, daemon.process(), daemon);
	}

	/** The bridge, for what a peer can't do. */
	public RustBridge bridge() {
		return bridge;
	}

	private Mono<Echo> echo(Echo ask) {
		return bridge.command("echo").params(ask).retrieveMono(Echo.class);
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
		StreamingResponse<Tick, StreamEnd> response = bridge.command("stream")
			.params(new StreamAsk(count, size))
			.retrieveStream(Tick.class, StreamEnd.class);
		response.chunks().doOnNext(tick -> check.tick(tick.n(), tick.text())).then().block();
		return Repeat.required(response.result().block()).count();
	}

	@Override
	public Blob result(int size) {
		return Repeat.required(bridge.command("result").params(new Size(size)).retrieveMono(Blob.class).block());
	}

	@Override
	public long sink(Blob blob) {
		return Repeat.required(bridge.command("sink").params(blob).retrieveMono(Size.class).block()).size();
	}

	@Override
	public long daemonPid() {
		return daemonPid;
	}

	@Override
	public void close() throws Exception {
		bridge.close();
		daemon.close();
	}

}
