package dev.rustbridge.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.rustbridge.protocol.Envelope;
import dev.rustbridge.protocol.EnvelopeDecoder;
import dev.rustbridge.protocol.RequestIds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The engine in all conversations of {@code protocol/vectors/host.jsonl}.
 */
class HostVectorTests {

	private static final Map<String, List<JsonNode>> GROUPS = VectorFiles.host()
		.stream()
		.collect(Collectors.groupingBy(HostVectorTests::group));

	static Stream<String> groups() {
		return GROUPS.keySet().stream().sorted();
	}

	private static String group(JsonNode vector) {
		String name = vector.get("name").stringValue();
		return name.substring(0, name.indexOf(':'));
	}

	@ParameterizedTest
	@MethodSource("groups")
	void theEngineSaysWhatTheVectorsSay(String group) {
		List<String> failures = new ArrayList<>();
		for (JsonNode vector : GROUPS.getOrDefault(group, List.of())) {
			try {
				new HostPlayer(vector).play();
			}
			catch (AssertionError | RuntimeException ex) {
				failures.add(ex + "\n  " + vector.get("steps"));
			}
		}
		assertThat(failures).isEmpty();
	}

	/** Its twin is in {@code rust-bridge/src/wire/frame.rs}. */
	@Test
	void whatDaemonsWriteIsUnderstood() {
		for (JsonNode vector : VectorFiles.daemon()) {
			List<String> capabilities = vector.get("capabilities").valueStream().map(JsonNode::stringValue).toList();
			EnvelopeDecoder decoder = new EnvelopeDecoder(RequestIds.random());
			decoder.acceptBytes(capabilities.contains("bytes"));
			decoder.acceptCalls(capabilities.contains("calls"));
			decoder.acceptCancel(capabilities.contains("calls") && capabilities.contains("cancel"));
			decoder.acceptCredit(capabilities.contains("upload"));
			for (JsonNode step : vector.get("steps")) {
				for (JsonNode line : step.path("out")) {
					byte[] bytes = line.toString().replace("\"credit\":\"*\"", "\"credit\":1").getBytes(UTF_8);
					assertThat(decoder.decode(bytes, 0, bytes.length).kind()).as(vector.get("name") + ": " + line)
						.isNotEqualTo(Envelope.Kind.VIOLATION);
				}
			}
		}
	}

}
