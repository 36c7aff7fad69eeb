package dev.rustbridge.benchmarks.peer;

import dev.rustbridge.benchmarks.Messages;
import dev.rustbridge.benchmarks.Messages.Echo;
import dev.rustbridge.benchmarks.grpc.BenchGrpc;
import dev.rustbridge.benchmarks.grpc.Blob;
import dev.rustbridge.benchmarks.grpc.EchoMessage;
import dev.rustbridge.benchmarks.grpc.Size;
import dev.rustbridge.benchmarks.grpc.StreamAsk;
import dev.rustbridge.benchmarks.grpc.Tick;
import dev.rustbridge.benchmarks.load.Daemons;
import dev.rustbridge.benchmarks.load.Lane;
import dev.rustbridge.benchmarks.load.Peer;
import dev.rustbridge.benchmarks.load.TickCheck;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollDomainSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.unix.DomainSocketAddress;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * gRPC-Java on an epoll domain socket, to tonic. One event loop, callbacks directly on
 * it, windows as large as the largest message: what its own benchmarks use for few cores.
 */
public final class GrpcPeer implements Peer {

	private static final int LARGEST = 64 * 1024 * 1024;

	private final Daemons.OnSocket daemon;

	private final EventLoopGroup loop = new EpollEventLoopGroup(1);

	private final ManagedChannel channel;

	private final BenchGrpc.BenchStub stub;

	private final BenchGrpc.BenchBlockingStub blocking;

	/** Starts the daemon and the client. */
	public GrpcPeer(Daemons daemons) throws Exception {
		daemon = daemons.onSocket("bench-grpc");
		channel = NettyChannelBuilder.forAddress(new DomainSocketAddress(daemon.socket().toFile()))
			.eventLoopGroup(loop)
			.channelType(EpollDomainSocketChannel.class, DomainSocketAddress.class)
			.usePlaintext()
			.overrideAuthority("localhost")
			.directExecutor()
			.maxInboundMessageSize(LARGEST)
			.build();
		stub = BenchGrpc.newStub(channel);
		blocking = BenchGrpc.newBlockingStub(channel);
	}

	private static EchoMessage message(Echo ask) {
		return EchoMessage.newBuilder().setSeq(ask.seq()).setText(ask.text()).build();
	}

	@Override
	public void send(Lane lane) {
		stub.echo(message(lane.ask()), new StreamObserver<>() {
			private @Nullable EchoMessage reply;

			@Override
			public void onNext(EchoMessage value) {
				reply = value;
			}

			@Override
			public void onError(Throwable e) {
				lane.failed(e);
			}

			@Override
			public void onCompleted() {
				EchoMessage value = Repeat.required(reply);
				lane.answered(value.getSeq(), value.getText());
			}
		});
	}

	@Override
	public Echo call(Echo ask) {
		EchoMessage reply = blocking.echo(message(ask));
		return new Echo(reply.getSeq(), reply.getText());
	}

	@Override
	public long stream(int count, int size, TickCheck check) throws Exception {
		StreamAsk ask = StreamAsk.newBuilder().setCount(count).setSize(size).build();
		CompletableFuture<Long> seen = new CompletableFuture<>();
		stub.stream(ask, new StreamObserver<>() {
			@Override
			public void onNext(Tick tick) {
				check.tick(tick.getN(), tick.getText());
			}

			@Override
			public void onError(Throwable e) {
				seen.completeExceptionally(e);
			}

			@Override
			public void onCompleted() {
				seen.complete(check.seen());
			}
		});
		return seen.get();
	}

	@Override
	public Messages.Blob result(int size) {
		return new Messages.Blob(blocking.result(Size.newBuilder().setSize(size).build()).getText());
	}

	@Override
	public long sink(Messages.Blob blob) {
		return blocking.sink(Blob.newBuilder().setText(blob.text()).build()).getSize();
	}

	@Override
	public long daemonPid() {
		return daemon.process().pid();
	}

	@Override
	public void close() throws Exception {
		channel.shutdownNow();
		loop.shutdownGracefully();
		daemon.close();
	}

}
