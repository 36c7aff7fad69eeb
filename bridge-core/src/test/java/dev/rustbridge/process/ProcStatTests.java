package dev.rustbridge.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@EnabledOnOs(OS.LINUX)
class ProcStatTests {

	@Test
	void aProcessThatRunsIsNotExiting() {
		long own = ProcessHandle.current().pid();

		assertThat(ProcStat.of(own).isZombie()).isFalse();
		assertThat(ProcStat.isExiting(own)).isFalse();
	}

	@Test
	void theExitValueOfOneThatWasReapedIsCertainToCome() throws Exception {
		Process process = new ProcessBuilder("true").start();
		assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();

		assertThat(ProcStat.of(process.pid())).isNull();
		assertThat(ProcStat.isExiting(process.pid())).isTrue();
	}

	@Test
	void oneThatNobodyReapsIsAZombie() throws Exception {
		// the shell becomes a program that knows nothing of the child, which ends after
		// that, with its input
		Process parent = new ProcessBuilder("sh", "-c", "exec 3<&0; cat <&3 & echo $!; exec sleep 60").start();
		try {
			long child = Long.parseLong(parent.inputReader().readLine());
			Path name = Path.of("/proc", Long.toString(parent.pid()), "comm");
			await().until(() -> Files.readString(name).strip().equals("sleep"));
			parent.getOutputStream().close();

			await().untilAsserted(() -> assertThat(ProcStat.of(child).isZombie()).isTrue());
			assertThat(ProcStat.isExiting(child)).isTrue();
		}
		finally {
			parent.destroyForcibly();
		}
	}

}
