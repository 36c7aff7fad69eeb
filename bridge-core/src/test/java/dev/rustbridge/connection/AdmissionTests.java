package dev.rustbridge.connection;

import dev.rustbridge.connection.Admission.Verdict;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The rules of the door, one by one.
 */
class AdmissionTests {

	private final Admission door = new Admission(2);

	@Test
	void asManyAsTheLimitComeIn() {
		assertThat(this.door.enter()).isEqualTo(Verdict.ADMITTED);
		assertThat(this.door.enter()).isEqualTo(Verdict.ADMITTED);
		assertThat(this.door.enter()).isEqualTo(Verdict.FULL);
		assertThat(this.door.inside()).isEqualTo(2);
	}

	@Test
	void whoLeavesMakesRoom() {
		this.door.enter();
		this.door.enter();
		assertThat(this.door.leave()).isFalse();
		assertThat(this.door.enter()).isEqualTo(Verdict.ADMITTED);
	}

	@Test
	void theLastOneBehindAClosedDoorIsTold() {
		this.door.enter();
		this.door.enter();
		assertThat(this.door.close()).isFalse();
		assertThat(this.door.leave()).isFalse();
		assertThat(this.door.leave()).isTrue();
		assertThat(this.door.inside()).isZero();
	}

	@Test
	void whoClosesAnEmptyRoomIsTold() {
		assertThat(this.door.close()).isTrue();
	}

	@Test
	void aClosedDoorIsClosedEvenWhenItIsFull() {
		this.door.enter();
		this.door.enter();
		this.door.close();
		assertThat(this.door.isClosed()).isTrue();
		assertThat(this.door.enter()).isEqualTo(Verdict.CLOSED);
		assertThat(this.door.inside()).isEqualTo(2);
	}

}
