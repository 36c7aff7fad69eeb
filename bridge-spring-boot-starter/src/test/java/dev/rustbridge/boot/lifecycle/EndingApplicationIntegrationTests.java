package dev.rustbridge.boot.lifecycle;

import java.io.IOException;

import dev.rustbridge.boot.BridgeContexts;
import dev.rustbridge.boot.fork.ForkedApplication;
import dev.rustbridge.boot.fork.ForkedApplication.Result;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class EndingApplicationIntegrationTests {

	@Test
	void onceTheApplicationEndsTheEndOfItsDaemonIsNoCrash() throws IOException, InterruptedException {
		Result result = new ForkedApplication(EndingApplication.class)
			.run("--rustbridge.bridges.search.binary.path=" + BridgeContexts.chaosDaemon());
		assertThat(result.exitValue()).as(result.output()).isZero();
		assertThat(result.output()).contains("without its daemon the bridge is STOPPED").doesNotContain("trying again");
	}

}
