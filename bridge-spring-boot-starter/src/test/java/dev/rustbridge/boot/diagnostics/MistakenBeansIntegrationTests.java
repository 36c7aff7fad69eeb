package dev.rustbridge.boot.diagnostics;

import java.nio.file.Path;
import java.time.Duration;

import dev.rustbridge.RustBridge;
import dev.rustbridge.boot.BridgeContexts;
import dev.rustbridge.boot.BridgeEventListener;
import dev.rustbridge.boot.BridgeHandler;
import dev.rustbridge.boot.ImportRustBridgeClients;
import dev.rustbridge.boot.client.found.PidClient;
import dev.rustbridge.boot.client.mistaken.ClassApplication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static dev.rustbridge.boot.diagnostics.FailedStart.assertAnalysis;
import static dev.rustbridge.boot.diagnostics.FailedStart.chaos;
import static dev.rustbridge.boot.diagnostics.FailedStart.run;

/**
 * What a new user sees on the console whose beans, clients and handlers are not as they
 * should be.
 */
@ExtendWith(OutputCaptureExtension.class)
class MistakenBeansIntegrationTests {

	@TempDir
	Path folder;

	@Test
	void aBridgeThatIsInjectedByAWrongName(CapturedOutput output) {
		run(WrongQualifier.class, chaos(), "bridges.search.instances=1", "bridges.vpn.instances=1");
		assertAnalysis(output, "needs the bridge 'serach', but there is none; there are: search, vpn");
	}

	@Test
	void aBridgeOfTheApplicationThatIsInjectedByAWrongName(CapturedOutput output) {
		run(WrongQualifierOfItsOwn.class, chaos(), "bridges.search.instances=1");
		assertAnalysis(output, "needs the bridge 'mime', but there is none; there are: mine, search");
	}

	@Test
	void aListenerToAnUnknownBridge(CapturedOutput output) {
		run(WrongListener.class, chaos(), "bridges.search.instances=1");
		assertAnalysis(output, "There is no bridge 'serach', as named by @BridgeEventListener");
	}

	@Test
	void aListenerThatTakesTooMuch(CapturedOutput output) {
		run(GreedyListener.class, chaos(), "bridges.search.instances=1");
		assertAnalysis(output, "@BridgeEventListener on GreedyListener.on: it takes the data of the event");
	}

	@Test
	void aClientThatWasNotFound(CapturedOutput output) {
		run(MissingClient.class, chaos(), "bridges.search.instances=1");
		assertAnalysis(output, "needs the client " + PidClient.class.getName(), "@ImportRustBridgeClients");
	}

	@Test
	void aWrongClient(CapturedOutput output) {
		run(UsesWrongClient.class, chaos(), "bridges.search.instances=1");
		assertAnalysis(output, WrongClient.class.getName() + " can't be a client of a bridge",
				"- stats(): it returns a Mono without saying of what");
	}

	@Test
	void aWrongHandler(CapturedOutput output) {
		run(WrongHandler.class, chaos(), "bridges.search.instances=1");
		assertAnalysis(output, "Handlers of bridges are not valid", "WrongHandler.many: an answer is one value");
	}

	@Test
	void severalBridgesAndNoneIsNamed(CapturedOutput output) {
		run(ByType.class, chaos(), "bridges.search.instances=1", "bridges.vpn.instances=1");
		assertAnalysis(output,
				ByType.class.getName() + " needs one bridge and does not say which; there are: search, vpn.",
				"@Qualifier(");
	}

	@Test
	void aBridgeOfTheApplicationThatHasTheNameOfADeclaredOne(CapturedOutput output) {
		run(SameBridgeName.class, chaos(), "bridges.search.instances=1");
		assertAnalysis(output, "There are two bridges of the name 'search': the beans 'mine' and 'search'.",
				"name its bean 'search' as well");
	}

	@Test
	void aBridgeOfTheApplicationThatIsBuiltWrongly(CapturedOutput output) {
		run(WronglyBuilt.class);
		assertAnalysis(output, "Bridge 'mine': property 'request-timeout' is PT-1S, but must be longer than 0.",
				"where the bridge 'mine' is built");
	}

	@Test
	void aClientThatIsImportedWithoutABridge(CapturedOutput output) {
		run(ImportsWithoutBridge.class, chaos(), "bridges.search.instances=1");
		assertAnalysis(output, Unassigned.class.getName() + " can't be a client of a bridge",
				"@ImportRustBridgeClients on " + ImportsWithoutBridge.class.getName()
						+ " imports it without a bridge: set its 'bridge'");
	}

	@Test
	void aClientThatIsAClass(CapturedOutput output) {
		run(ClassApplication.class, chaos(), "bridges.search.instances=1");
		assertAnalysis(output, "ClassClient can't be a client of a bridge", "it must be an interface");
	}

	@Test
	void commandsThatTheDaemonDoesNotHave(CapturedOutput output) {
		run(UnknownCommands.class, "bridges.search.binary.path=" + BridgeContexts.callingDaemon(this.folder));
		assertAnalysis(output, Unassigned.class.getName() + " can't be a client of a bridge:",
				"    - stats: the daemon has no method 'stats', it has [ask]",
				"Correct the methods of the interface, or the daemon.");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class WrongQualifier {

		WrongQualifier(@Qualifier("serach") RustBridge bridge) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class WrongQualifierOfItsOwn {

		@Bean
		RustBridge mine() {
			return RustBridge.builder("mine").binaryName("x").build();
		}

		@Bean
		String needs(@Qualifier("mime") RustBridge bridge) {
			return bridge.name();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class WrongListener {

		@BridgeEventListener(bridge = "serach")
		void on() {
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class GreedyListener {

		@BridgeEventListener(bridge = "search")
		void on(String data, String more) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class MissingClient {

		MissingClient(PidClient client) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@ImportRustBridgeClients(bridge = "search", types = WrongClient.class)
	static class UsesWrongClient {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class WrongHandler {

		@BridgeHandler(bridge = "search", method = "many")
		Flux<String> many() {
			return Flux.empty();
		}

	}

	@SuppressWarnings("rawtypes")
	interface WrongClient {

		Mono stats();

	}

	interface Unassigned {

		Mono<String> stats();

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class ByType {

		ByType(RustBridge bridge) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class SameBridgeName {

		@Bean
		RustBridge mine() {
			return RustBridge.builder("search").binaryName("x").build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class WronglyBuilt {

		@Bean
		RustBridge mine() {
			return RustBridge.builder("mine").binaryName("x").requestTimeout(Duration.ofSeconds(-1)).build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@ImportRustBridgeClients(types = Unassigned.class)
	static class ImportsWithoutBridge {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@ImportRustBridgeClients(bridge = "search", types = Unassigned.class)
	static class UnknownCommands {

	}

}
