package dev.rustbridge.test.conformance.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Cuts what a daemon writes into lines, and takes the raw bytes out that follow some of
 * them.
 */
final class LineReader {

	private static final JsonMapper MAPPER = JsonMapper.shared();

	private final Endpoint endpoint;

	private final byte[] buffer = new byte[64 * 1024];

	private int position;

	private int limit;

	/**
	 * Set before the host's {@code $hello} is sent: from its answer on payloads may come.
	 */
	private volatile boolean takesPayloads;

	LineReader(Endpoint endpoint) {
		this.endpoint = endpoint;
	}

	void takePayloads() {
		this.takesPayloads = true;
	}

	/**
	 * Reads the next line.
	 * @return the line, {@code null} at the end; what stands behind the last newline is
	 * lost with a daemon that ended in the middle of it
	 */
	@Nullable Line next() throws IOException {
		ByteArrayOutputStream line = new ByteArrayOutputStream();
		while (true) {
			int next = read();
			if (next < 0) {
				return null;
			}
			if (next == '\n') {
				break;
			}
			line.write(next);
		}
		return parse(line.toByteArray());
	}

	private Line parse(byte[] bytes) throws IOException {
		JsonNode json = null;
		String text;
		try {
			text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
			JsonNode tree = MAPPER.readTree(text);
			json = tree.isObject() ? tree : null;
		}
		catch (CharacterCodingException | JacksonException ex) {
			text = new String(bytes, StandardCharsets.UTF_8);
		}
		Line line = new Line(text, json, -1);
		JsonNode count = line.get("bytes");
		if (!this.takesPayloads || count == null || !count.isIntegralNumber() || line.get("data") != null) {
			return line;
		}
		return new Line(text, json, payload(count.asInt(-1)));
	}

	private int payload(int count) throws IOException {
		if (count < 0) {
			throw new IOException("a chunk of " + count + " raw bytes");
		}
		for (int i = 0; i < count; i++) {
			if (read() < 0) {
				throw new IOException("the end within " + count + " raw bytes, after " + i);
			}
		}
		if (read() != '\n') {
			throw new IOException("no newline behind " + count + " raw bytes");
		}
		return count;
	}

	private int read() throws IOException {
		if (this.position == this.limit) {
			this.limit = this.endpoint.read(this.buffer);
			this.position = 0;
			if (this.limit <= 0) {
				this.limit = 0;
				return -1;
			}
		}
		return this.buffer[this.position++] & 0xff;
	}

}
