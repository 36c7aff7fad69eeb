package dev.rustbridge.boot.properties;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.rustbridge.BridgeOptions.Startup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.util.PlaceholderResolutionException;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

class RustBridgePropertiesTests {

	private final StandardEnvironment environment = new StandardEnvironment();

	@Test
	void aBridgeThatSetsNothingHasTheDefaultsOfTheTable() {
		yaml("rustbridge.bridges.search: {binary: {name: code-search}}");
		BridgeProperties bridge = bind("search");
		assertThat(bridge.enabled()).isTrue();
		assertThat(bridge.args()).containsExactly("--management");
		assertThat(bridge.startup()).isEqualTo(Startup.REQUIRED);
		assertThat(bridge.requestTimeout()).isEqualTo(Duration.ofSeconds(30));
		assertThat(bridge.streamTimeout()).isNull();
		assertThat(bridge.maxMessageSize()).isEqualTo(DataSize.ofMegabytes(50));
		assertThat(bridge.reconnect().jitter()).isEqualTo(0.2);
		assertThat(bridge.stderr().level()).isNull();
	}

	@Test
	void whatABridgeLeavesOpenIsFilledFromTheDefaults() {
		yaml("""
				rustbridge:
				  defaults: {request-timeout: 5s, startup: lazy}
				  bridges:
				    search: {startup: background}
				""");
		BridgeProperties bridge = bind("search");
		assertThat(bridge.requestTimeout()).isEqualTo(Duration.ofSeconds(5));
		assertThat(bridge.startup()).isEqualTo(Startup.BACKGROUND);
	}

	@Test
	void mapsOfTheDefaultsAreMerged() {
		yaml("""
				rustbridge:
				  defaults: {environment: {RUST_LOG: info, TZ: UTC}}
				  bridges:
				    search: {environment: {RUST_LOG: debug, my.var: x}}
				""");
		assertThat(bind("search").environment())
			.containsExactlyInAnyOrderEntriesOf(Map.of("RUST_LOG", "debug", "TZ", "UTC", "my.var", "x"));
	}

	@Test
	void listsOfTheDefaultsAreReplaced() {
		yaml("""
				rustbridge:
				  defaults: {args: [--management, --verbose, --fast]}
				  bridges:
				    search: {args: [--serve]}
				    vpn: {}
				""");
		assertThat(bind("search").args()).containsExactly("--serve");
		assertThat(bind("vpn").args()).containsExactly("--management", "--verbose", "--fast");
	}

	@Test
	void anEmptyListOfABridgeReplacesToo() {
		yaml("rustbridge.bridges.search: {args: []}");
		assertThat(bind("search").args()).isEmpty();
	}

	@Test
	void anEmptyValueCountsAsNotSet() {
		yaml("""
				rustbridge:
				  defaults: {request-timeout: 5s}
				  bridges:
				    search: {request-timeout: "", binary: {path: "${NO_SUCH_VARIABLE:}"}}
				""");
		BridgeProperties bridge = bind("search");
		assertThat(bridge.requestTimeout()).isEqualTo(Duration.ofSeconds(5));
		assertThat(bridge.binary().path()).isNull();
	}

	@Test
	void namesThatAreEqualInRelaxedFormAreOneBridge() {
		variables(Map.of("RUSTBRIDGE_BRIDGES_MYBRIDGE_REQUESTTIMEOUT", "7s"));
		yaml("rustbridge.bridges.my-bridge: {startup: lazy}");
		RustBridgeProperties properties = new RustBridgePropertiesBinder(this.environment).bind();
		assertThat(properties.bridges()).containsOnlyKeys("my-bridge");
		assertThat(properties.bridges().get("my-bridge").requestTimeout()).isEqualTo(Duration.ofSeconds(7));
		assertThat(properties.bridges().get("my-bridge").startup()).isEqualTo(Startup.LAZY);
	}

	@ParameterizedTest
	@ValueSource(strings = { "vpnTunnel", "VPN", "vpn_tunnel", "vpn-tunnel", "vpn2" })
	void aBridgeMayHaveAnyNameThatIsAllowed(String name) {
		yaml("""
				rustbridge:
				  bridges:
				    %s: {request-timeout: 3s, binary: {name: vpn}, environment: {A: b}, args: [one]}
				""".formatted(name));
		BridgeProperties bridge = bind(name);
		assertThat(bridge.requestTimeout()).isEqualTo(Duration.ofSeconds(3));
		assertThat(bridge.binary().name()).isEqualTo("vpn");
		assertThat(bridge.environment()).containsExactly(entry("A", "b"));
		assertThat(bridge.args()).containsExactly("one");
	}

	@Test
	void aNameThatIsWrittenInSeveralWaysIsOneBridge() {
		variables(Map.of("RUSTBRIDGE_BRIDGES_VPNTUNNEL_STARTUP", "lazy"));
		yaml("""
				rustbridge.bridges:
				  vpnTunnel: {request-timeout: 3s}
				  '[vpn-tunnel]': {ready-timeout: 4s}
				  vpn_tunnel: {instances: 2}
				""");
		RustBridgeProperties properties = new RustBridgePropertiesBinder(this.environment).bind();
		assertThat(properties.bridges()).containsOnlyKeys("vpnTunnel");
		BridgeProperties bridge = properties.bridges().get("vpnTunnel");
		assertThat(bridge.startup()).isEqualTo(Startup.LAZY);
		assertThat(bridge.requestTimeout()).isEqualTo(Duration.ofSeconds(3));
		assertThat(bridge.readyTimeout()).isEqualTo(Duration.ofSeconds(4));
		assertThat(bridge.instances()).isEqualTo(2);
	}

	@Test
	void aVariableWithTheDashWrittenAsUnderscoreReachesItsBridgeAndMakesNoOther() {
		variables(Map.of("RUSTBRIDGE_BRIDGES_MY_BRIDGE_STARTUP", "lazy"));
		yaml("rustbridge.bridges.my-bridge: {request-timeout: 3s}");
		RustBridgeProperties properties = new RustBridgePropertiesBinder(this.environment).bind();
		assertThat(properties.bridges()).containsOnlyKeys("my-bridge");
		assertThat(properties.bridges().get("my-bridge").startup()).isEqualTo(Startup.LAZY);
	}

	@Test
	void aBridgeMayBeDeclaredByVariablesAlone() {
		variables(Map.of("RUSTBRIDGE_BRIDGES_SEARCH_BINARY_NAME", "code-search"));
		assertThat(bind("search").binary().name()).isEqualTo("code-search");
	}

	@Test
	void aBridgeMayBeDeclaredWithoutAPropertyOfItsOwn() {
		yaml("""
				rustbridge:
				  defaults: {binary: {name: code-search}}
				  bridges:
				    search:
				""");
		assertThat(bind("search").binary().name()).isEqualTo("code-search");
	}

	@Test
	void aValueInPlaceOfABridgeIsRefused() {
		yaml("rustbridge.bridges: {search: code-search}");
		assertThatExceptionOfType(InvalidBridgeConfigurationException.class)
			.isThrownBy(() -> new RustBridgePropertiesBinder(this.environment).bind())
			.withMessageContaining("a bridge is a group of properties, not a value");
	}

	@Test
	void aNameMayHoldADotWhenItIsInBrackets() {
		yaml("rustbridge.bridges: {'[a.b]': {request-timeout: 3s}}");
		assertThat(bind("a.b").requestTimeout()).isEqualTo(Duration.ofSeconds(3));
	}

	@Test
	void anUnknownKeyIsRefusedWithTheNearestOne() {
		yaml("rustbridge.bridges.search: {bianry: {name: code-search}}");
		assertThatExceptionOfType(InvalidBridgeConfigurationException.class)
			.isThrownBy(() -> new RustBridgePropertiesBinder(this.environment).bind())
			.satisfies((ex) -> assertThat(ex.problems()).singleElement().satisfies((problem) -> {
				assertThat(problem.property()).isEqualTo("rustbridge.bridges.search.bianry.name");
				assertThat(problem.action()).contains("'rustbridge.bridges.search.binary.name'");
				assertThat(problem.origin()).hasToString("application.yml - 1:44");
			}));
	}

	@Test
	void unknownKeysOfTheDefaultsAreRefusedAllAtOnce() {
		yaml("rustbridge.defaults: {request-timout: 3s, max-mesage-size: 1MB}");
		assertThatExceptionOfType(InvalidBridgeConfigurationException.class)
			.isThrownBy(() -> new RustBridgePropertiesBinder(this.environment).bind())
			.satisfies((ex) -> assertThat(ex.problems()).hasSize(2));
	}

	@Test
	void aMisspeltGroupIsRefused() {
		yaml("rustbridge.bridge.search.binary.name: code-search");
		assertThatExceptionOfType(InvalidBridgeConfigurationException.class)
			.isThrownBy(() -> new RustBridgePropertiesBinder(this.environment).bind())
			.satisfies(
					(ex) -> assertThat(ex.problems().get(0).action()).isEqualTo("Did you mean 'rustbridge.bridges'?"));
	}

	@Test
	void aPlaceholderThatCannotBeResolvedIsRefused() {
		yaml("rustbridge.bridges.search.binary.path: ${SEARCH_HOME}/bin/search");
		assertThatExceptionOfType(BindException.class).isThrownBy(() -> bind("search"))
			.withRootCauseInstanceOf(PlaceholderResolutionException.class)
			.havingCause()
			.isInstanceOfSatisfying(InvalidBridgeConfigurationException.class, (ex) -> {
				assertThat(ex.problems().get(0).property()).isEqualTo("rustbridge.bridges.search.binary.path");
				assertThat(ex.problems().get(0).reason()).contains("SEARCH_HOME");
			});
	}

	@Test
	void aPlaceholderIsResolvedInTheDefaultsToo() {
		yaml("""
				app-base: /opt
				rustbridge:
				  defaults: {working-directory: "${app-base}/work"}
				  bridges: {search: {enabled: false}}
				""");
		assertThat(bind("search").workingDirectory()).isEqualTo("/opt/work");
	}

	@Test
	void aWrongValueOfTheDefaultsIsToldWithItsOwnName() {
		yaml("""
				rustbridge:
				  defaults: {request-timeout: soon}
				  bridges: {search: {enabled: false}}
				""");
		assertThatExceptionOfType(BindException.class).isThrownBy(() -> bind("search"))
			.satisfies(
					(ex) -> assertThat(ex.getProperty().getName()).hasToString("rustbridge.defaults.request-timeout"));
	}

	@Test
	void aHigherSourceWinsOverALowerOne() {
		yaml("rustbridge.bridges.search: {request-timeout: 3s}");
		this.environment.getPropertySources()
			.addFirst(new MapPropertySource("commandLine", Map.of("rustbridge.bridges.search.requestTimeout", "4s")));
		assertThat(bind("search").requestTimeout()).isEqualTo(Duration.ofSeconds(4));
	}

	@Test
	void whoeverOverridesAPropertyOfABridgeDoesNotRenameIt() {
		yaml("rustbridge.bridges.vpnTunnel: {request-timeout: 3s}");
		this.environment.getPropertySources()
			.addFirst(new MapPropertySource("commandLine", Map.of("rustbridge.bridges.vpn-tunnel.instances", "2")));
		assertThat(BridgeNames.declaredIn(this.environment)).containsExactly("vpnTunnel");
		assertThat(bind("vpnTunnel").instances()).isEqualTo(2);
		assertThat(bind("vpnTunnel").requestTimeout()).isEqualTo(Duration.ofSeconds(3));
	}

	@Test
	void bridgesKeepTheOrderOfTheirDeclaration() {
		yaml("rustbridge.bridges: {zeta: {enabled: true}, alpha: {enabled: true}, mid: {enabled: true}}");
		assertThat(new RustBridgePropertiesBinder(this.environment).bind().bridges().keySet()).containsExactly("zeta",
				"alpha", "mid");
	}

	private BridgeProperties bind(String bridge) {
		BridgeProperties properties = new RustBridgePropertiesBinder(this.environment).bind().bridges().get(bridge);
		assertThat(properties).isNotNull();
		return properties;
	}

	private void yaml(String text) {
		try {
			List<PropertySource<?>> sources = new YamlPropertySourceLoader().load("application.yml",
					new ByteArrayResource(text.getBytes()) {

						@Override
						public String toString() {
							return "application.yml";
						}

						@Override
						public String getDescription() {
							return "application.yml";
						}

					});
			sources.forEach(this.environment.getPropertySources()::addLast);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void variables(Map<String, Object> variables) {
		this.environment.getPropertySources()
			.replace(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, new SystemEnvironmentPropertySource(
					StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, new LinkedHashMap<>(variables)));
	}

}
