package dev.rustbridge.transport;

import java.nio.ByteBuffer;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ByteRingTests {

	@Test
	void itTakesWhatFitsAndMovesThePositionBehindIt() {
		ByteRing ring = new ByteRing(8);
		ByteBuffer source = ByteBuffer.wrap(new byte[11], 1, 10);
		assertThat(ring.offer(source)).isEqualTo(8);
		assertThat(source.position()).isEqualTo(9);
		assertThat(ring.offer(source)).isZero();
		assertThat(ring.available()).isEqualTo(8);
		assertThat(ring.free()).isZero();
	}

	@Test
	void whatWrapsAroundComesInTwoPieces() {
		ByteRing ring = new ByteRing(8);
		ring.offer(ByteBuffer.wrap(new byte[6]));
		ring.consumed(6);
		ring.offer(ByteBuffer.wrap(new byte[] { 1, 2, 3, 4 }));
		assertThat(ring.contiguousAvailable()).isEqualTo(2);
		assertThat(ring.array()[ring.consumedIndex()]).isEqualTo((byte) 1);
		ring.consumed(2);
		assertThat(ring.contiguousAvailable()).isEqualTo(2);
		assertThat(ring.array()[ring.consumedIndex()]).isEqualTo((byte) 3);
		ring.consumed(2);
		assertThat(ring.contiguousAvailable()).isZero();
	}

	@Test
	void itIsRoomyAgainOnceHalfOfItIsFree() {
		ByteRing ring = new ByteRing(8);
		ring.offer(ByteBuffer.wrap(new byte[8]));
		ring.consumed(3);
		assertThat(ring.isRoomy()).isFalse();
		ring.consumed(1);
		assertThat(ring.isRoomy()).isTrue();
	}

	@Test
	void aCapacityThatIsNoPowerOfTwoIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> new ByteRing(12)).withMessageContaining("12");
	}

	@Test
	void aProducerAndAConsumerOnTwoThreadsLoseNothing() {
		ByteRing ring = new ByteRing(4096);
		byte[] pattern = SendingHandler.pattern(2_000_000);
		CompletableFuture<Void> producer = CompletableFuture.runAsync(() -> {
			ByteBuffer source = ByteBuffer.wrap(pattern);
			Random random = new Random(1);
			while (source.hasRemaining()) {
				int size = Math.min(source.remaining(), 1 + random.nextInt(3000));
				ByteBuffer piece = source.slice(source.position(), size);
				int count = ring.offer(piece);
				source.position(source.position() + count);
				if (count == 0) {
					Thread.yield();
				}
			}
		});
		int position = 0;
		while (position < pattern.length) {
			int count = ring.contiguousAvailable();
			for (int i = 0; i < count; i++) {
				if (ring.array()[ring.consumedIndex() + i] != pattern[position + i]) {
					throw new AssertionError("differs at " + (position + i));
				}
			}
			ring.consumed(count);
			position += count;
			if (count == 0) {
				Thread.yield();
			}
		}
		producer.orTimeout(10, TimeUnit.SECONDS).join();
	}

}
