package dev.rustbridge.actuate;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;

import dev.rustbridge.RustBridge;
import dev.rustbridge.transport.MemoryTransport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The last frames of a bridge, over HTTP.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BridgeFramesEndpointIntegrationTests {

	private ConfigurableApplicationContext application;

	@BeforeAll
	void start() {
		this.application = new SpringApplicationBuilder(Application.class).web(WebApplicationType.REACTIVE)
			.properties("server.port=0", "spring.main.banner-mode=off",
					"management.endpoints.web.exposure.include=bridges")
			.run();
	}

	@AfterAll
	void stop() {
		this.application.close();
	}

	@Test
	void theFramesOfABridgeAreTold() throws Exception {
		HttpResponse<String> response = get("search/frames");
		assertThat(response.statusCode()).isEqualTo(200);
		List<JsonNode> frames = List.copyOf(JsonMapper.shared().readTree(response.body()).get("frames").values());
		assertThat(frames).first().satisfies((frame) -> {
			assertThat(frame.get("direction").asString()).isEqualTo("IN");
			assertThat(frame.get("kind").asString()).isEqualTo("EVENT");
			assertThat(frame.get("name").asString()).isEqualTo("ready");
			assertThat(frame.get("bytes").asInt()).isEqualTo(45);
			assertThat(frame.get("generation").asInt()).isEqualTo(1);
		});
	}

	@Test
	void whatIsInAFrameIsNotTold() throws Exception {
		assertThat(get("search/frames").body()).doesNotContain("1.2.3");
	}

	@Test
	void theFramesOfAnUnknownBridgeAreNotFound() throws Exception {
		assertThat(get("nobody/frames").statusCode()).isEqualTo(404);
	}

	@Test
	void anUnknownPartOfABridgeIsABadRequest() throws Exception {
		assertThat(get("search/secrets").statusCode()).isEqualTo(400);
	}

	private HttpResponse<String> get(String path) throws Exception {
		int port = ((WebServerApplicationContext) this.application).getWebServer().getPort();
		URI uri = URI.create("http://localhost:" + port + "/actuator/bridges/" + path);
		return HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		RustBridge search() {
			return RustBridge.builder("search").transport(new MemoryTransport((instance) -> new ReadyDaemon())).build();
		}

	}

}
