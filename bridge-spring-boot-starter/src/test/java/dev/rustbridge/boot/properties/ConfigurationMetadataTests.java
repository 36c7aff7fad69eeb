package dev.rustbridge.boot.properties;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import dev.rustbridge.BridgeOptions.Descendants;
import dev.rustbridge.BridgeOptions.HealthRequirement;
import dev.rustbridge.BridgeOptions.OverflowPolicy;
import dev.rustbridge.BridgeOptions.RestartMode;
import dev.rustbridge.BridgeOptions.Startup;
import dev.rustbridge.BridgeOptions.StdioMode;
import dev.rustbridge.BridgeOptions.WhileUnavailable;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.ClassUtils;

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

	private static final Map<String, Class<? extends Enum<?>>> HINTED = Map.of("startup", Startup.class, "health",
			HealthRequirement.class, "while-unavailable", WhileUnavailable.class, "restart.mode", RestartMode.class,
			"stdio", StdioMode.class, "events.overflow", OverflowPolicy.class, "shutdown.descendants",
			Descendants.class, "stderr.level", Level.class);

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

	@Test
	void everyKeyHasAType() {
		assertThat(this.properties.values())
			.allSatisfy((property) -> assertThat(property.path("type").asString()).as(property.path("name").asString())
				.isNotEmpty());
	}

	@Test
	void everyValueOfAnEnumIsHintedAtAndExplained() {
		assertThat(HINTED.keySet()).containsExactlyInAnyOrderElementsOf(this.properties.values()
			.stream()
			.filter((property) -> isEnum(property.path("type").asString()))
			.map((property) -> property.path("name").asString().substring("rustbridge.defaults.".length()))
			.toList());
		HINTED.forEach((key, type) -> assertThat(hints(key)).as(key)
			.containsExactlyInAnyOrderElementsOf(Arrays.stream(type.getEnumConstants())
				.map((value) -> value.name().toLowerCase(Locale.ROOT).replace('_', '-'))
				.toList()));
	}

	private static boolean isEnum(String type) {
		return ClassUtils.resolveClassName(type.replaceAll("<.*", ""), null).isEnum();
	}

	private static List<String> hints(String key) {
		List<String> values = new ArrayList<>();
		metadata().path("hints").forEach((hint) -> {
			if (hint.path("name").asString().equals("rustbridge.defaults." + key)) {
				hint.path("values").forEach((value) -> values.add(value.path("value").asString()));
			}
		});
		return values;
	}

	private String defaultOf(String key) {
		return this.properties.get("rustbridge.defaults." + key).path("defaultValue").asString();
	}

	private static Map<String, JsonNode> read() {
		Map<String, JsonNode> properties = new TreeMap<>();
		metadata().path("properties").forEach((property) -> properties.put(property.path("name").asString(), property));
		return properties;
	}

	private static JsonNode metadata() {
		InputStream metadata = RustBridgeProperties.class
			.getResourceAsStream("/META-INF/spring-configuration-metadata.json");
		return JsonMapper.shared().readTree(metadata);
	}

}
