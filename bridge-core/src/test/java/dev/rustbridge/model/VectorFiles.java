package dev.rustbridge.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The vectors as files, which the tests of both sides read.
 */
public final class VectorFiles {

	static final Path HOST = root().resolve("protocol/vectors/host.jsonl");

	static final Path DAEMON = root().resolve("protocol/vectors/daemon.jsonl");

	static final Path TABLES = root().resolve("docs/protocol-model.md");

	private VectorFiles() {
	}

	/** What a host has to do. */
	public static List<JsonNode> host() {
		return read(HOST);
	}

	/** What a daemon on the SDK has to do. */
	public static List<JsonNode> daemon() {
		return read(DAEMON);
	}

	static String text(Collection<? extends JsonNode> vectors) {
		return vectors.stream().map((vector) -> vector + "\n").collect(Collectors.joining());
	}

	private static List<JsonNode> read(Path file) {
		try {
			return Files.readAllLines(file).stream().map(JsonMapper.shared()::readTree).toList();
		}
		catch (IOException ex) {
			throw new IllegalStateException("No vectors; -Drustbridge.vectors.write=true makes them", ex);
		}
	}

	/** Tests run in the module's folder, or in the root. */
	private static Path root() {
		Path here = Path.of("").toAbsolutePath();
		return Files.isDirectory(here.resolve("bridge-core")) ? here : here.getParent();
	}

}
