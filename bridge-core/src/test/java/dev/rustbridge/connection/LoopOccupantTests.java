package dev.rustbridge.connection;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the loop is said to be at.
 */
class LoopOccupantTests {

	private final LoopOccupant occupant = new LoopOccupant();

	@Test
	void anIdleLoopIsAtNothing() {
		assertThat(this.occupant.method()).isNull();
	}

	@Test
	void itIsAtTheMethodWhoseSubscriberIsCalled() {
		this.occupant.enter("echo");
		assertThat(this.occupant.method()).isEqualTo("echo");
	}

	@Test
	void afterThatItIsAtNothing() {
		this.occupant.leave(this.occupant.enter("echo"));
		assertThat(this.occupant.method()).isNull();
	}

	@Test
	void afterASubscriberThatAnotherOneBroughtAboutItIsAtTheFirstAgain() {
		this.occupant.enter("outer");
		String before = this.occupant.enter("inner");
		assertThat(this.occupant.method()).isEqualTo("inner");
		this.occupant.leave(before);
		assertThat(this.occupant.method()).isEqualTo("outer");
	}

}
