package dev.rustbridge.transport;

import java.io.IOException;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class SocketLinkTests extends AbstractLinkTests {

	@TempDir
	private Path folder;

	private int opened;

	@Override
	protected FarEnd connect(Behaviour behaviour) throws IOException {
		Path path = this.folder.resolve("s" + this.opened++);
		SocketPeer peer = SocketPeer.listen(path, behaviour);
		return new FarEnd(new SocketTransport("tck", path, null).open(this.loop, 0), peer);
	}

	@Test
	void itIsNamedSocketAndKnowsWhoServesIt() throws IOException {
		FarEnd farEnd = connect(Behaviour.emitting(0));
		assertThat(farEnd.link().kind()).isEqualTo("socket");
		assertThat(farEnd.link().daemon()).isNull();
		assertThat(farEnd.link().peer().uid()).isEqualTo(OwnUser.uid());
		farEnd.link().close();
	}

}
