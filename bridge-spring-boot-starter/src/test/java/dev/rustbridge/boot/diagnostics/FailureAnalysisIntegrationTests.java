package dev.rustbridge.boot.diagnostics;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;

import dev.rustbridge.boot.BridgeContexts;
import dev.rustbridge.boot.BridgeHandler;
import dev.rustbridge.boot.BridgeInitializer;
import dev.rustbridge.boot.RustBridgeCustomizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static dev.rustbridge.boot.diagnostics.FailedStart.assertAnalysis;
import static dev.rustbridge.boot.diagnostics.FailedStart.chaos;
import static dev.rustbridge.boot.diagnostics.FailedStart.run;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a new user sees on the console whose daemon or properties are not as they should
 * be.
 */
@ExtendWith(OutputCaptureExtension.class)
class FailureAnalysisIntegrationTests {

	@TempDir
	Path folder;

	@Test
	void aBinaryThatIsNotThere(CapturedOutput output) {
		run(Application.class, "bridges.search.binary.name=no-such-daemon");
		assertAnalysis(output, "Bridge 'search'", "no-such-daemon", "system path", "Build the daemon");
	}

	@Test
	void anExplicitPathThatIsWrong(CapturedOutput output) {
		run(Application.class, "bridges.search.binary.path=/no/such/daemon");
		assertAnalysis(output, "/no/such/daemon does not exist", "'rustbridge.bridges.search.binary.path'");
	}

	@Test
	void aSocketThatTheLaunchedDaemonDoesNotMake(CapturedOutput output) {
		run(Application.class, chaos(), "bridges.search.socket.path=" + this.folder.resolve("none.sock"),
				"bridges.search.ready-timeout=300ms");
		assertAnalysis(output,
				"it was not ready within 300ms; 'ready-timeout' sets how long it may take: there is no " + "socket",
				"or on 'rustbridge.bridges.search.socket.path' where that is set");
	}

	@Test
	void aFileThatIsNotExecutable(CapturedOutput output) throws IOException {
		Path file = Files.writeString(this.folder.resolve("daemon"), "no program");
		Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
		run(Application.class, "bridges.search.binary.path=" + file);
		assertAnalysis(output, file.toString(), "chmod +x");
	}

	@Test
	void aDigestThatIsNotThatOfTheFile(CapturedOutput output) {
		run(Application.class, chaos(), "bridges.search.binary.sha256=" + "0".repeat(64));
		assertAnalysis(output, "'rustbridge.bridges.search.binary.sha256'");
	}

	@Test
	void aDaemonThatExitsBeforeItIsReady(CapturedOutput output) {
		run(Application.class, chaos(),
				"bridges.search.args=--die-at,start,--die-how,exit:3,--stderr,the disk is full");
		assertAnalysis(output, "before it was ready the daemon ended: exit value 3", "the disk is full",
				"Run the executable by hand");
	}

	@Test
	void aDaemonThatIsNeverReady(CapturedOutput output) {
		run(Application.class, chaos(), "bridges.search.args=--never-ready", "bridges.search.ready-timeout=300ms");
		assertAnalysis(output, "'rustbridge.bridges.search.ready-timeout'");
	}

	@Test
	void aSocketThatIsNotThere(CapturedOutput output) {
		run(Application.class, "bridges.search.socket.path=" + this.folder.resolve("none.sock"),
				"bridges.search.ready-timeout=300ms");
		assertAnalysis(output, "none.sock", "'rustbridge.bridges.search.startup' to 'background'");
	}

	@Test
	void aSocketThatSomebodyElseServes(CapturedOutput output) throws IOException {
		Path socket = this.folder.resolve("other.sock");
		try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
			server.bind(UnixDomainSocketAddress.of(socket));
			run(Application.class, "bridges.search.socket.path=" + socket, "bridges.search.socket.peer-uid=54321");
		}
		assertAnalysis(output, socket.toString(), "See who serves the socket",
				"'rustbridge.bridges.search.socket.peer-uid'");
	}

	@Test
	void aDaemonOfAnotherVersionOfTheProtocol(CapturedOutput output) throws IOException {
		run(Application.class,
				"bridges.search.binary.path=" + daemonThatSays("{\"event\":\"ready\",\"data\":{\"rustbridge\":"
						+ "{\"protocol\":99,\"minProtocol\":98,\"classic\":false}}}"));
		assertAnalysis(output, "the daemon speaks protocol versions 98 to 99", "Update the daemon's SDK");
	}

	@Test
	void anInitializerThatFails(CapturedOutput output) {
		run(Initializing.class, chaos(), "bridges.search.instances=1");
		assertAnalysis(output, "the workspace is locked", "See what the initializer was told by the daemon");
	}

	@Test
	void aReplyHandlerAndEventsThatPause(CapturedOutput output) {
		run(Replying.class, chaos(), "bridges.search.events.overflow=pause");
		assertAnalysis(output, "Replying.answer: bridge 'search' has events.overflow=pause");
	}

	@Test
	void aHandlerOfCallsAndEventsThatPause(CapturedOutput output) {
		run(Answering.class, chaos(), "bridges.search.events.overflow=pause");
		assertAnalysis(output, "'events.overflow' is pause", "calls of the daemon are handled (authorize)");
	}

	@Test
	void whatHappenedIsToldOnce(CapturedOutput output) {
		run(Application.class, chaos(),
				"bridges.search.args=--die-at,start,--die-how,exit:3,--stderr,the disk is full");
		assertThat(output.getAll().split("exit value 3", -1)).hasSize(2);
	}

	@Test
	void severalBridgesThatFail(CapturedOutput output) {
		run(Application.class, "bridges.one.binary.path=/no/such/one", "bridges.two.binary.path=/no/such/two");
		assertAnalysis(output, "/no/such/one", "/no/such/two", "one: ", "two: ");
	}

	@Test
	void aMisspeltProperty(CapturedOutput output) {
		run(Application.class, "bridges.search.bianry.name=code-search");
		assertAnalysis(output, "Property 'rustbridge.bridges.search.bianry.name' is not valid",
				"Did you mean 'rustbridge.bridges.search.binary.name'?");
	}

	@Test
	void aPlaceholderThatCannotBeResolved(CapturedOutput output) {
		run(Application.class, "bridges.search.binary.path=${SEARCH_HOME}/search");
		assertAnalysis(output, "Value: ${SEARCH_HOME}/search", "it can't be resolved", "${name:default}");
	}

	@Test
	void aValueOutOfItsBounds(CapturedOutput output) {
		run(Application.class, chaos(), "defaults.request-timeout=-5s", "bridges.search.instances=1");
		assertAnalysis(output, "Property 'rustbridge.defaults.request-timeout' is not valid", "Value: -5s",
				"longer than 0");
	}

	@Test
	void aValueOutOfItsBoundsThatACustomizerSets(CapturedOutput output) {
		run(Customizing.class, chaos(), "bridges.search.instances=1");
		assertAnalysis(output, "Property 'rustbridge.bridges.search.request-timeout' is not valid",
				"see what the RustBridgeCustomizer beans set");
	}

	@Test
	void aValueInPlaceOfAGroup(CapturedOutput output) {
		run(Application.class, "bridges.search.binary=code-search");
		assertAnalysis(output, "it is a group of properties, not one with a value",
				"Did you mean 'rustbridge.bridges.search.binary.name'?");
	}

	@Test
	void aWorkingDirectoryThatIsNotThere(CapturedOutput output) {
		run(Application.class, chaos(), "bridges.search.working-directory=/no/such/folder");
		assertAnalysis(output, "'working-directory' is /no/such/folder, which does not exist",
				"'rustbridge.bridges.search.working-directory', if it is set, a folder");
	}

	@Test
	void aNameThatNoBridgeCanHave(CapturedOutput output) {
		run(Application.class, chaos(), "bridges[my bridge].instances=1");
		assertAnalysis(output, "Bridge name 'my bridge' is not valid", "[A-Za-z0-9][A-Za-z0-9._-]*");
	}

	@Test
	void aValueOfTheWrongType(CapturedOutput output) {
		run(Application.class, "bridges.search.startup=somehow");
		assertAnalysis(output, "rustbridge.bridges.search.startup", "somehow", "BACKGROUND");
	}

	@Test
	void aBridgeWithoutADaemon(CapturedOutput output) {
		run(Application.class, "bridges.search.instances=2");
		assertAnalysis(output, "neither a binary nor a socket");
	}

	private Path daemonThatSays(String line) throws IOException {
		Path file = Files.writeString(this.folder.resolve("daemon.sh"), """
				#!/bin/sh
				printf '%%s\\n' '%s'
				cat > /dev/null
				""".formatted(line));
		return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Initializing {

		@BridgeInitializer(bridge = "search")
		Mono<Void> prepare() {
			return Mono.error(new IllegalStateException("the workspace is locked"));
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Customizing {

		@Bean
		RustBridgeCustomizer customizer() {
			return (name, builder) -> builder.requestTimeout(Duration.ofSeconds(-1));
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Replying {

		@BridgeHandler(bridge = "search", event = "query", reply = "queryResult")
		void answer() {
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Answering {

		@BridgeHandler(bridge = "search", method = "authorize")
		void answer() {
		}

	}

}
