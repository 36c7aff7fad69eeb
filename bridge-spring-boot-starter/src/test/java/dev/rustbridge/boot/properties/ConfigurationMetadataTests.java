package dev.rustbridge.boot.properties;

import java.io.InputStream;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an editor knows of the properties.
 */
class ConfigurationMetadataTests {

	private static final String[] KEYS = { "enabled", "binary.name", "binary.path", "binary.env-var",
			"binary.search-paths", "binary.search-system-path", "binary.sha256", "binary.cache-dir", "args",
			"environment", "inherit-environment", "working-directory", "socket.path", "socket.peer-uid", "startup",
			"health", "ready-event", "ready-timeout", "request-timeout", "stream-timeout", "stream-buffer",
			"stream-stall-timeout", "max-message-size", "max-in-flight", "max-queued-bytes", "instances",
			"reconnect.enabled", "reconnect.initial-delay", "reconnect.max-delay", "reconnect.multiplier",
			"reconnect.jitter", "reconnect.max-attempts", "reconnect.reset-after", "while-unavailable", "idle-stop",
			"heartbeat.interval", "heartbeat.timeout", "heartbeat.busy-timeout", "restart.mode", "idempotent-retries",
			"stdio", "events.buffer", "events.overflow", "shutdown.drain-timeout", "shutdown.exit-timeout",
			"shutdown.kill-timeout", "shutdown.descendants", "stderr.level", "stderr.tail-lines" };

	private final Map<String, JsonNode> properties = read();

	@Test
	void everyKeyOfTheTableIsThereAndNoOther() {
		assertThat(this.properties.keySet().stream().filter((name) -> name.startsWith("rustbridge.defaults.")))
			.map((name) -> name.substring("rustbridge.defaults.".length()))
			.containsExactlyInAnyOrder(KEYS);
	}

	@Test
	void everyKeyHasADescriptionThatIsASentence() {
		assertThat(this.properties.values()).allSatisfy(
				(property) -> assertThat(property.path("description").asString()).as(property.path("name").asString())
					.matches("(?s)[A-Z].*\\."));
	}

	@Test
	void theMapOfBridgesIsThere() {
		assertThat(this.properties.get("rustbridge.bridges").path("type").asString())
			.isEqualTo("java.util.Map<java.lang.String,%s>".formatted(BridgeProperties.class.getName()));
	}

	@Test
	void defaultsAreToldAsTheyAreWritten() {
		assertThat(defaultOf("request-timeout")).isEqualTo("30s");
		assertThat(defaultOf("max-message-size")).isEqualTo("50MB");
		assertThat(defaultOf("startup")).isEqualTo("required");
		assertThat(defaultOf("reconnect.initial-delay")).isEqualTo("100ms");
	}

	private String defaultOf(String key) {
		return this.properties.get("rustbridge.defaults." + key).path("defaultValue").asString();
	}

	private static Map<String, JsonNode> read() {
		InputStream metadata = RustBridgeProperties.class
			.getResourceAsStream("/META-INF/spring-configuration-metadata.json");
		Map<String, JsonNode> properties = new TreeMap<>();
		JsonMapper.shared()
			.readTree(metadata)
			.path("properties")
			.forEach((property) -> properties.put(property.path("name").asString(), property));
		return properties;
	}

}
