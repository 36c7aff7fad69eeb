package dev.rustbridge.connection;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;

import dev.rustbridge.BridgeFrame.Kind;
import dev.rustbridge.connection.FrameRing.Recorded;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a ring remembers, while it is written too.
 */
class FrameRingTests {

	private final FrameRing ring = new FrameRing(System::nanoTime);

	@Test
	void anEmptyRingHasNoFrames() {
		assertThat(this.ring.snapshot()).isEmpty();
	}

	@Test
	void framesAreToldAsTheyWere() {
		this.ring.record(17, Kind.CALL, -1, "d_1", "authorize", 40);
		assertThat(this.ring.snapshot()).containsExactly(new Recorded(17, Kind.CALL, -1, "d_1", "authorize", 40));
	}

	@Test
	void theLastOnesAreKeptInTheirOrder() {
		write(0, 1000);
		assertThat(this.ring.snapshot()).extracting(Recorded::sequence)
			.containsExactlyElementsOf(LongStream.range(1000 - FrameRing.KEPT, 1000).boxed().toList());
	}

	@Test
	void aReaderBesideTheWriterSeesWholeFramesInTheirOrder() throws InterruptedException {
		AtomicBoolean done = new AtomicBoolean();
		Thread writer = new Thread(() -> {
			for (long from = 0; !done.get(); from += 100) {
				write(from, from + 100);
			}
		});
		writer.start();
		try {
			for (int look = 0; look < 2000; look++) {
				List<Recorded> frames = this.ring.snapshot();
				for (int i = 0; i < frames.size(); i++) {
					Recorded frame = frames.get(i);
					assertThat(frame.nanos()).isEqualTo(frame.sequence());
					assertThat(frame.size()).isEqualTo((int) frame.sequence());
					assertThat(frame.sequence()).isEqualTo(frames.get(0).sequence() + i);
				}
			}
		}
		finally {
			done.set(true);
			writer.join();
		}
	}

	private void write(long from, long to) {
		for (long number = from; number < to; number++) {
			this.ring.record(number, Kind.COMMAND, number, null, "echo", (int) number);
		}
	}

}
