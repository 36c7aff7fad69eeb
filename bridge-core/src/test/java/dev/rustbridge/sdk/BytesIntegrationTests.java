package dev.rustbridge.sdk;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Raw bytes both ways.
 */
class BytesIntegrationTests {

	private static final int SIZE = 300_000;

	private static byte[] join(List<byte[]> pieces) {
		ByteArrayOutputStream all = new ByteArrayOutputStream();
		pieces.forEach(all::writeBytes);
		return all.toByteArray();
	}

	private static byte[] pattern() {
		byte[] bytes = new byte[SIZE];
		for (int i = 0; i < SIZE; i++) {
			bytes[i] = (byte) i;
		}
		return bytes;
	}

	private static byte[] noise() {
		byte[] bytes = new byte[SIZE];
		new Random(7).nextBytes(bytes);
		return bytes;
	}

	@Test
	void bytesComeAsArraysInPieces() {
		try (Sdk sdk = Sdk.start(Sdk.workbench())) {
			List<byte[]> pieces = sdk.bridge()
				.command("download")
				.params(Map.of("size", SIZE))
				.retrieveFlux(byte[].class)
				.collectList()
				.block(Sdk.LIMIT);
			assertThat(pieces).allSatisfy((piece) -> assertThat(piece).hasSizeLessThanOrEqualTo(65_536));
			assertThat(join(pieces)).isEqualTo(pattern());
		}
	}

	@Test
	void bytesComeAsBuffersUnderDemand() {
		try (Sdk sdk = Sdk.start(Sdk.workbench())) {
			List<byte[]> pieces = sdk.bridge()
				.command("download")
				.params(Map.of("size", SIZE))
				.retrieveFlux(ByteBuffer.class)
				.limitRate(1)
				.map((buffer) -> {
					byte[] piece = new byte[buffer.remaining()];
					buffer.get(piece);
					return piece;
				})
				.collectList()
				.block(Sdk.LIMIT);
			assertThat(join(pieces)).isEqualTo(pattern());
		}
	}

	@Test
	void bytesGoUpAndComeBack() {
		byte[] noise = noise();
		Flux<ByteBuffer> upload = Flux.range(0, 10)
			.map((i) -> ByteBuffer.wrap(noise, i * (SIZE / 10), SIZE / 10).slice());
		try (Sdk sdk = Sdk.start(Sdk.workbench())) {
			List<byte[]> pieces = sdk.bridge()
				.command("echoBytes")
				.upload(upload)
				.retrieveFlux(byte[].class)
				.collectList()
				.block(Sdk.LIMIT);
			assertThat(join(pieces)).isEqualTo(noise);
		}
	}

	@Test
	void aStreamOfBytesThatIsGivenUpLeavesTheLinesBehindItReadable() {
		try (Sdk sdk = Sdk.start(Sdk.workbench())) {
			for (int i = 0; i < 20; i++) {
				StepVerifier
					.create(sdk.bridge()
						.command("download")
						.params(Map.of("size", 1_000_000))
						.retrieveFlux(byte[].class)
						.take(1))
					.expectNextCount(1)
					.expectComplete()
					.verify(Sdk.LIMIT);
				assertThat(sdk.bridge().command("echo").params(i).retrieveMono(Integer.class).block(Sdk.LIMIT))
					.isEqualTo(i);
			}
		}
	}

	@Test
	void whoAsksForTextGetsBase64() {
		try (Sdk sdk = Sdk.start(Sdk.workbench())) {
			assertThat(sdk.bridge()
				.command("download")
				.params(Map.of("size", 3))
				.retrieveFlux(String.class)
				.blockFirst(Sdk.LIMIT)).isEqualTo("AAEC");
		}
	}

	@Test
	void bytesOfAClassicDaemonAreBase64InItsChunks() {
		try (Sdk sdk = Sdk.start(Sdk.classic())) {
			assertThat(sdk.bridge()
				.command("stream")
				.params(Map.of("count", 1, "text", true, "size", 4))
				.retrieveFlux(byte[].class)
				.blockFirst(Sdk.LIMIT)).containsExactly(0xc7, 0x1c, 0x71);
		}
	}

	@Test
	void largeBytesAndSmallCallsShareAConnection() {
		try (Sdk sdk = Sdk.start(Sdk.workbench())) {
			Flux<Integer> lengths = sdk.bridge()
				.command("download")
				.params(Map.of("size", 5_000_000))
				.retrieveFlux(byte[].class)
				.map((piece) -> piece.length);
			Flux<Integer> echoes = Flux.range(0, 500)
				.concatMap((i) -> sdk.bridge().command("echo").params(i).retrieveMono(JsonNode.class))
				.map((echo) -> 0);
			StepVerifier.create(Flux.merge(lengths, echoes).reduce(Integer::sum))
				.expectNext(5_000_000)
				.expectComplete()
				.verify(Sdk.LIMIT);
		}
	}

}
