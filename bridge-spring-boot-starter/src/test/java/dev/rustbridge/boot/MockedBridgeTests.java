package dev.rustbridge.boot;

import java.util.List;

import dev.rustbridge.RustBridge;
import dev.rustbridge.boot.autoconfigure.RustBridgeAutoConfiguration;
import dev.rustbridge.boot.client.found.PidClient;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.context.bean.override.mockito.MockitoBean;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application's own tests put mocks in place of bridges. None of these daemons exist.
 */
@SpringBootTest(webEnvironment = WebEnvironment.NONE, properties = { "rustbridge.defaults.binary.path=/no/such/daemon",
		"rustbridge.bridges.search.instances=1", "rustbridge.bridges.my-vpn.instances=1" })
class MockedBridgeTests {

	@MockitoBean(name = "search")
	RustBridge byName;

	@MockitoBean
	@Qualifier("my-vpn")
	RustBridge byQualifier;

	@MockitoBean
	PidClient client;

	@Autowired
	RustBridge search;

	@Autowired
	@Qualifier("my-vpn")
	RustBridge vpn;

	@Autowired
	RustBridgeRegistry registry;

	@Test
	void aMockByNameTakesTheBridgesPlace() {
		assertThat(Mockito.mockingDetails(this.search).isMock()).isTrue();
		assertThat(this.search).isSameAs(this.byName);
	}

	@Test
	void aMockByQualifierTakesTheBridgesPlace() {
		assertThat(this.vpn).isSameAs(this.byQualifier);
	}

	@Test
	void aMockTakesTheClientsPlace(@Autowired List<PidClient> clients) {
		assertThat(clients).containsExactly(this.client);
	}

	@Test
	void theRegistryHasTheMocks() {
		assertThat(this.registry.get("search")).isSameAs(this.byName);
		assertThat(this.registry.get("my-vpn")).isSameAs(this.byQualifier);
	}

	@Configuration(proxyBeanMethods = false)
	@ImportRustBridgeClients(bridge = "search", types = PidClient.class)
	@ImportAutoConfiguration({ JacksonAutoConfiguration.class, RustBridgeAutoConfiguration.class })
	static class Application {

	}

}
