package dev.rustbridge.benchmarks.worker;

import dev.rustbridge.benchmarks.Entrant;
import dev.rustbridge.benchmarks.load.ClientContender;
import dev.rustbridge.benchmarks.load.Contender;
import dev.rustbridge.benchmarks.load.Daemons;
import dev.rustbridge.benchmarks.peer.GrpcPeer;
import dev.rustbridge.benchmarks.peer.Lsp4jPeer;
import dev.rustbridge.benchmarks.peer.McpPeer;
import dev.rustbridge.benchmarks.peer.RawContender;
import dev.rustbridge.benchmarks.peer.RustBridgePeer;
import dev.rustbridge.benchmarks.peer.WebClientPeer;

/** Those that run in a JVM, by the names that the run gives them. */
final class Contenders {

	private Contenders() {
	}

	/** Starts the contender's daemon, and its client. */
	static Contender open(String name, Daemons daemons) throws Exception {
		return switch (name) {
			case "raw-stdio" -> RawContender.onStdio(daemons);
			case "raw-socket" -> RawContender.onSocket(daemons);
			case "ours-stdio" -> new ClientContender(RustBridgePeer.onStdio(daemons, "bench-classic"));
			case Entrant.OBSERVED -> new ClientContender(RustBridgePeer.onStdioObserved(daemons, "bench-classic"));
			case Entrant.METERED -> new ClientContender(RustBridgePeer.onStdioMetered(daemons, "bench-classic"));
			case "ours-socket" -> new ClientContender(RustBridgePeer.onSocket(daemons, "bench-classic"));
			case "sdk-stdio" -> new ClientContender(RustBridgePeer.onStdio(daemons, "bench-sdk"));
			case "sdk-socket" -> new ClientContender(RustBridgePeer.onSocket(daemons, "bench-sdk"));
			case "mcp" -> new ClientContender(new McpPeer(daemons));
			case "lsp4j" -> new ClientContender(new Lsp4jPeer(daemons));
			case "grpc" -> new ClientContender(new GrpcPeer(daemons));
			case "webclient" -> new ClientContender(new WebClientPeer(daemons));
			default -> throw new IllegalArgumentException("There is no contender '" + name + "'");
		};
	}

}
