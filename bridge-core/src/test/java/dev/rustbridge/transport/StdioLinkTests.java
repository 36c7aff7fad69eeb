package dev.rustbridge.transport;

import java.io.IOException;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class StdioLinkTests extends AbstractStdioLinkTests {

	@Override
	protected FarEnd launch(List<String> command, StderrSink sink) throws IOException {
		try (StdioSockets sockets = StdioSockets.open()) {
			ProcessBuilder builder = new ProcessBuilder(command);
			sockets.redirect(builder);
			TestDaemon daemon = new TestDaemon(builder.start());
			return new FarEnd(sockets.link(this.loop, daemon, sink), daemon);
		}
	}

	@Test
	void itIsNamedStdio() throws IOException {
		FarEnd farEnd = connect(Behaviour.emitting(0));
		assertThat(farEnd.link().kind()).isEqualTo("stdio");
		farEnd.link().close();
	}

}
