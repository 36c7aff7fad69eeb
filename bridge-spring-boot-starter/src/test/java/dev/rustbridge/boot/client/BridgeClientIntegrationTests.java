package dev.rustbridge.boot.client;

import java.nio.file.Path;
import java.util.List;

import dev.rustbridge.boot.BridgeContexts;
import dev.rustbridge.boot.BridgeJsonMapperCustomizer;
import dev.rustbridge.boot.ImportRustBridgeClients;
import dev.rustbridge.boot.UnknownBridgeException;
import dev.rustbridge.boot.client.found.Echoes;
import dev.rustbridge.client.RustBridgeClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@ExtendWith(OutputCaptureExtension.class)
class BridgeClientIntegrationTests {

	private final ApplicationContextRunner runner = BridgeContexts.chaosSearch();

	@TempDir
	Path folder;

	@Test
	void aPackagePrivateClientIsFoundInThePackagesOfTheApplication() {
		this.runner.withUserConfiguration(Echoes.Application.class).run((context) -> {
			Echoes echoes = context.getBean(Echoes.class);
			assertThat(echoes.text("hello")).isEqualTo("hello");
			assertThat(echoes.now("hello")).isEqualTo("hello");
			assertThat(echoes.stream(3)).isEqualTo(List.of(0, 1, 2));
			assertThat(context).hasBean("echoClient");
		});
	}

	@Test
	void aClientIsImportedForABridge() {
		this.runner.withUserConfiguration(Imports.class)
			.run((context) -> assertThat(context.getBean(Plain.class).pid().block().path("pid").isNumber()).isTrue());
	}

	@Test
	void aClientThatSaysItsBridgeItselfIsImportedWithoutOne() {
		this.runner.withUserConfiguration(ImportsAnnotated.class)
			.run((context) -> assertThat(context).hasSingleBean(Annotated.class));
	}

	@Test
	void severalImportsStandBesideEachOther() {
		this.runner.withUserConfiguration(ImportsTwice.class)
			.run((context) -> assertThat(context).hasSingleBean(Annotated.class).hasSingleBean(Plain.class));
	}

	@Test
	void anImportOfAClientWithoutABridgeIsRefused() {
		this.runner.withUserConfiguration(ImportsWithoutBridge.class)
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOf(InvalidClientsException.class)
				.hasMessageContaining(Plain.class.getName())
				.hasMessageContaining("imports it without a bridge"));
	}

	@Test
	void aBeanOfTheApplicationTakesTheClientsPlace() {
		Plain mine = Mono::empty;
		this.runner.withBean(Plain.class, () -> mine)
			.withUserConfiguration(Imports.class)
			.run((context) -> assertThat(context).getBean(Plain.class).isSameAs(mine));
	}

	@Test
	void aClientOfAnUnknownBridgeStopsTheStart() {
		this.runner.withUserConfiguration(ImportsUnknown.class)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(UnknownBridgeException.class)
				.hasMessageContaining("'serach', as named by the client"));
	}

	@Test
	void theMistakesOfAllClientsAreToldAtOnce() {
		this.runner.withUserConfiguration(ImportsWrong.class)
			.run((context) -> assertThat(context.getStartupFailure())
				.hasStackTraceContaining(WrongOne.class.getName() + " can't be a client of a bridge")
				.hasStackTraceContaining(WrongTwo.class.getName() + " can't be a client of a bridge"));
	}

	@Test
	void aCommandThatTheDaemonDidNotAnnounceStopsTheStart() {
		BridgeContexts.calling(this.folder)
			.withPropertyValues("rustbridge.bridges.search.enabled=true")
			.withUserConfiguration(Imports.class)
			.run((context) -> assertThat(context.getStartupFailure())
				.hasStackTraceContaining("pid: the daemon has no method 'pid', it has [ask]"));
	}

	@Test
	void aBackgroundBridgeWhoseDaemonLacksACommandIsUpAndTheMistakeIsLogged(CapturedOutput output) {
		BridgeContexts.calling(this.folder)
			.withPropertyValues("rustbridge.bridges.search.startup=background")
			.withUserConfiguration(Imports.class)
			.run((context) -> {
				assertThat(context).hasNotFailed();
				await().untilAsserted(
						() -> assertThat(output).contains("Bridge 'search' is up, but not what its clients need")
							.contains("pid: the daemon has no method 'pid'"));
			});
	}

	@Test
	void outputStaysOnOneLineWhateverACustomizerSays() {
		this.runner
			.withBean(BridgeJsonMapperCustomizer.class,
					() -> (bridge, builder) -> builder.enable(SerializationFeature.INDENT_OUTPUT))
			.withUserConfiguration(Echoes.Application.class)
			.run((context) -> assertThat(context.getBean(Echoes.class).now("two\nlines")).isEqualTo("two\nlines"));
	}

	interface Plain {

		Mono<JsonNode> pid();

	}

	@RustBridgeClient("search")
	interface Annotated {

		Mono<JsonNode> pid();

	}

	@SuppressWarnings("rawtypes")
	interface WrongOne {

		Mono pid();

	}

	@SuppressWarnings("rawtypes")
	interface WrongTwo {

		Mono pid();

	}

	@Configuration(proxyBeanMethods = false)
	@ImportRustBridgeClients(bridge = "search", types = Plain.class)
	static class Imports {

	}

	@Configuration(proxyBeanMethods = false)
	@ImportRustBridgeClients(types = Annotated.class)
	static class ImportsAnnotated {

	}

	@Configuration(proxyBeanMethods = false)
	@ImportRustBridgeClients(types = Annotated.class)
	@ImportRustBridgeClients(bridge = "search", types = Plain.class)
	static class ImportsTwice {

	}

	@Configuration(proxyBeanMethods = false)
	@ImportRustBridgeClients(types = Plain.class)
	static class ImportsWithoutBridge {

	}

	@Configuration(proxyBeanMethods = false)
	@ImportRustBridgeClients(bridge = "serach", types = Plain.class)
	static class ImportsUnknown {

	}

	@Configuration(proxyBeanMethods = false)
	@ImportRustBridgeClients(bridge = "search", types = { WrongOne.class, WrongTwo.class })
	static class ImportsWrong {

	}

}
