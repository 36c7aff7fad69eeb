package dev.rustbridge.transport;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What every link to a process of ours must do besides.
 */
abstract class AbstractStdioLinkTests extends AbstractLinkTests {

	@Override
	protected FarEnd connect(Behaviour behaviour) throws IOException {
		return launch(TestDaemon.command(behaviour), new RecordingSink());
	}

	protected abstract FarEnd launch(List<String> command, StderrSink sink) throws IOException;

	private FarEnd shell(String script, StderrSink sink) throws IOException {
		return launch(List.of("sh", "-c", script), sink);
	}

	@Test
	void itsStderrIsReadToTheEnd() throws IOException {
		RecordingSink sink = new RecordingSink();
		FarEnd farEnd = shell("head -c 1000000 /dev/zero >&2; echo last words >&2", sink);
		start(farEnd);
		await().until(() -> sink.ended);
		assertThat(sink.size()).isEqualTo(1_000_011);
		assertThat(sink.text()).endsWith("last words\n");
		farEnd.link().close();
	}

	@Test
	void aFloodOfStderrHoldsUpNeitherSide() throws IOException {
		FarEnd farEnd = shell("while :; do echo noise; done >&2 & cat; kill $!", new RecordingSink());
		SendingHandler handler = new SendingHandler(this.loop, farEnd.link(), 5_000_000);
		onLoop(() -> {
			farEnd.link().start(handler);
			handler.send();
		});
		await().until(() -> handler.received.get() == 5_000_000);
		await().until(farEnd.peer()::isGone);
		farEnd.link().close();
	}

	@Test
	void itsLastWordsAreThereOnceTheRestIsDrained() throws IOException {
		RecordingSink sink = new RecordingSink();
		FarEnd farEnd = shell("echo why >&2; echo what; exit 3", sink);
		await().until(farEnd.peer()::isGone);
		RecordingHandler handler = new RecordingHandler(this.loop);
		onLoop(() -> farEnd.link().start(handler));
		drain(farEnd.link());
		assertThat(sink.text()).isEqualTo("why\n");
		assertThat(handler.bytes()).asString().isEqualTo("what\n");
		farEnd.link().close();
	}

	@Test
	void aGrandchildThatHoldsTheStreamsKeepsNeitherTheRestNorTheClose() throws IOException {
		FarEnd farEnd = shell("sleep 30 & echo $!; echo why >&2; exit 3", new RecordingSink());
		RecordingHandler handler = start(farEnd);
		await().until(farEnd.peer()::isGone);
		drain(farEnd.link());
		String text = new String(handler.bytes(), StandardCharsets.US_ASCII);
		assertThat(text).matches("\\d+\n");
		long begun = System.nanoTime();
		onLoop(farEnd.link()::close);
		assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(PATIENCE);
		ProcessHandle.of(Long.parseLong(text.trim())).ifPresent(ProcessHandle::destroyForcibly);
	}

	@Test
	void theProcessBehindItIsTold() throws IOException {
		FarEnd farEnd = shell("exec cat", new RecordingSink());
		assertThat(farEnd.link().daemon()).isSameAs(farEnd.peer());
		assertThat(farEnd.link().peer()).isNull();
		farEnd.link().close();
		farEnd.peer().kill();
	}

}
