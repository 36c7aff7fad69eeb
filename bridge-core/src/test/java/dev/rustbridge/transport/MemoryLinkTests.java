package dev.rustbridge.transport;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MemoryLinkTests extends AbstractLinkTests {

	@Override
	protected FarEnd connect(Behaviour behaviour) {
		MemoryPeer peer = new MemoryPeer(behaviour);
		return new FarEnd(new MemoryTransport((instance) -> peer).open(this.loop, 0), peer);
	}

	@Test
	void itIsNamedMemory() {
		assertThat(connect(Behaviour.echoing()).link().kind()).isEqualTo("memory");
	}

}
