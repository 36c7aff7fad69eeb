package dev.rustbridge.test.conformance.host;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Plays a scenario: answers {@code $hello}, {@code $ping} and {@code echo} as a daemon
 * should, and everything else as its script says. On one thread, in order.
 */
final class ScenarioDaemon {

	private final Play play;

	private final Stage stage;

	ScenarioDaemon(Play play, OutputStream output, Stage.Exit exit) {
		this.play = play;
		this.stage = new Stage(output, exit);
	}

	/**
	 * Serves until the host sends no more.
	 * @param input what the host sends
	 * @throws IOException if the host is gone
	 */
	void serve(InputStream input) throws IOException {
		this.play.open(this.stage);
		BufferedReader lines = new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8));
		for (String line = lines.readLine(); line != null; line = lines.readLine()) {
			try {
				receive(new Received(JsonMapper.shared().readTree(line)));
			}
			catch (JacksonException ex) {
				throw new IOException("the host sent what is no JSON: " + line, ex);
			}
		}
		if (this.play.outlivesInput()) {
			this.stage.pause(Long.MAX_VALUE);
		}
	}

	private void receive(Received line) throws IOException {
		if (line.method().isEmpty()) {
			if (line.json().path("cancel").asBoolean(false)) {
				this.stage.cancelled();
			}
			this.play.control().run(this.stage, line);
			return;
		}
		Play.Act act = this.play.command(line.method());
		if (act != null) {
			act.run(this.stage, line);
			return;
		}
		switch (line.method()) {
			case "$hello" -> hello(line);
			case "$ping" -> this.stage.answer(line, "null");
			case "echo" -> this.stage.answer(line, line.params());
			default -> this.stage.fail(line, "unknown method");
		}
	}

	private void hello(Received line) throws IOException {
		this.stage.hostLimit(line.json().path("params").path("maxMessageSize").asLong(this.stage.hostLimit()));
		Play.Act hello = this.play.hello();
		if (hello != null) {
			hello.run(this.stage, line);
			return;
		}
		this.stage.answer(line, "{\"protocol\":1,\"capabilities\":" + this.play.capabilityList() + "}");
	}

}
