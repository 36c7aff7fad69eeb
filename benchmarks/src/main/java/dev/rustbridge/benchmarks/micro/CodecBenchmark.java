package dev.rustbridge.benchmarks.micro;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

import dev.rustbridge.benchmarks.Messages.Echo;
import dev.rustbridge.protocol.CommandMembers;
import dev.rustbridge.protocol.EncodingException;
import dev.rustbridge.protocol.Envelope;
import dev.rustbridge.protocol.EnvelopeDecoder;
import dev.rustbridge.protocol.FrameEncoder;
import dev.rustbridge.protocol.JsonCodec;
import dev.rustbridge.protocol.JsonMismatch;
import dev.rustbridge.protocol.RequestIds;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a small call costs to write and to read, beside what Jackson alone would take with
 * a record for the envelope and a tree for the answer.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "-Xmx1g")
public class CodecBenchmark {

	private final JsonMapper mapper = JsonMapper.shared();

	private final RequestIds ids = RequestIds.random();

	private final JsonCodec codec = new JsonCodec(this.mapper, 50 * 1024 * 1024);

	private final FrameEncoder encoder = this.codec.encoder(this.ids);

	private final EnvelopeDecoder decoder = new EnvelopeDecoder(this.ids);

	private final JavaType echoType = this.codec.type(Echo.class);

	private final Echo echo = new Echo(7, "the quick brown fox");

	private final byte[] line = Lines.RESPONSE.replace("req_abc123_1234567", this.ids.format(1234567))
		.getBytes(StandardCharsets.US_ASCII);

	private long sequence = 1_000_000;

	/** A command to the checked line. */
	@Benchmark
	public byte[] encode() throws EncodingException {
		return this.encoder.command(this.sequence++, "echo", this.echo, CommandMembers.NONE);
	}

	/** The same bytes by Jackson, unchecked. */
	@Benchmark
	public byte[] encodeByJacksonAlone() {
		return this.mapper.writeValueAsBytes(new Request("req_abc123_" + this.sequence++, "echo", this.echo));
	}

	/** A response to the view of it. */
	@Benchmark
	public long decodeEnvelope() {
		return this.decoder.decode(this.line, 0, this.line.length - 1).sequence();
	}

	/** A response to the caller's type. */
	@Benchmark
	public @Nullable Object decode() throws JsonMismatch {
		Envelope envelope = this.decoder.decode(this.line, 0, this.line.length - 1);
		int start = envelope.valueStart();
		return this.codec.read(envelope.buffer(), start, envelope.valueEnd() - start, this.echoType);
	}

	/** The same by Jackson, with a tree in between. */
	@Benchmark
	public Echo decodeByJacksonAlone() {
		JsonNode tree = this.mapper.readTree(this.line);
		return this.mapper.treeToValue(tree.get("result"), Echo.class);
	}

	private record Request(String id, String method, Echo params) {
	}

}
