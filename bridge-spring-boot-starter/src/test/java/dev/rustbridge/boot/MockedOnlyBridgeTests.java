package dev.rustbridge.boot;

import dev.rustbridge.RustBridge;
import dev.rustbridge.boot.autoconfigure.RustBridgeAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.context.bean.override.mockito.MockitoBean;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The only bridge, whose daemon does not exist, mocked by its type alone.
 */
@SpringBootTest(webEnvironment = WebEnvironment.NONE,
		properties = "rustbridge.bridges.search.binary.path=/no/such/daemon")
class MockedOnlyBridgeTests {

	@MockitoBean
	RustBridge mock;

	@Test
	void aMockByTypeTakesTheBridgesPlace(@Autowired RustBridge anyName, @Autowired RustBridgeRegistry registry) {
		assertThat(Mockito.mockingDetails(anyName).isMock()).isTrue();
		assertThat(anyName).isSameAs(this.mock);
		assertThat(registry.get("search")).isSameAs(this.mock);
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ JacksonAutoConfiguration.class, RustBridgeAutoConfiguration.class })
	static class Application {

	}

}
