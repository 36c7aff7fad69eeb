package dev.rustbridge.transport;

import java.io.IOException;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class PipeLinkTests extends AbstractStdioLinkTests {

	@Override
	protected FarEnd launch(List<String> command, StderrSink sink) throws IOException {
		Process process = new ProcessBuilder(command).start();
		TestDaemon daemon = new TestDaemon(process);
		return new FarEnd(PipeLink.open(this.loop, process, daemon, sink), daemon);
	}

	@Test
	void itIsNamedPipe() throws IOException {
		FarEnd farEnd = connect(Behaviour.emitting(0));
		assertThat(farEnd.link().kind()).isEqualTo("pipe");
		farEnd.link().close();
	}

	@Test
	void itsThreadsEndWithTheProcess() throws IOException {
		FarEnd farEnd = connect(Behaviour.ignoring());
		RecordingHandler handler = new RecordingHandler(this.loop);
		onLoop(() -> farEnd.link().start(handler));
		String prefix = "rustbridge-pid" + ((TestDaemon) farEnd.peer()).pid() + '-';
		assertThat(threads(prefix)).isEqualTo(3);
		farEnd.link().close();
		farEnd.peer().kill();
		await().until(() -> threads(prefix) == 0);
	}

	private static long threads(String prefix) {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().startsWith(prefix))
			.count();
	}

}
