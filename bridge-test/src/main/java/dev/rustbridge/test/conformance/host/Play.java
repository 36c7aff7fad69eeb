package dev.rustbridge.test.conformance.host;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * A scenario and the script of its daemon.
 */
final class Play {

	private final String name;

	private final String about;

	private final List<Step> steps = new ArrayList<>();

	private final Map<String, Act> commands = new HashMap<>();

	private List<String> capabilities = List.of();

	private boolean needsProcess;

	private boolean startFails;

	private boolean outlivesInput;

	private boolean goesDeaf;

	private Opening opening = (stage) -> stage.line(readyLine());

	private Act control = (stage, line) -> {
	};

	private @Nullable Act hello;

	private Play(String name, String about) {
		this.name = name;
		this.about = about;
	}

	static Play of(String name, String about) {
		return new Play(name, about);
	}

	Play announcing(String... capabilities) {
		this.capabilities = List.of(capabilities);
		return this;
	}

	/**
	 * Says something else instead of ready.
	 */
	Play opensWith(Opening opening) {
		this.opening = opening;
		return this;
	}

	Play send(Step... steps) {
		this.steps.addAll(List.of(steps));
		return this;
	}

	/**
	 * What it does for a method; answers are up to it.
	 */
	Play on(String method, Act act) {
		this.commands.put(method, act);
		return this;
	}

	/**
	 * What it does about the lines that are no commands.
	 */
	Play onControl(Act act) {
		this.control = act;
		return this;
	}

	Play onHello(Act act) {
		this.hello = act;
		return this;
	}

	Play asProcess() {
		this.needsProcess = true;
		return this;
	}

	Play refusedByTheHost() {
		this.startFails = true;
		return this;
	}

	Play goingDeaf() {
		this.goesDeaf = true;
		return this;
	}

	Play outlivingItsInput() {
		this.outlivesInput = true;
		return this;
	}

	HostScenario scenario() {
		boolean loses = this.steps.stream().anyMatch((step) -> step.end() == Step.End.LOST);
		return new HostScenario(this.name, this.about, this.capabilities, this.needsProcess, this.startFails,
				!this.startFails && !loses && !this.goesDeaf, this.steps);
	}

	String name() {
		return this.name;
	}

	void open(Stage stage) throws IOException {
		this.opening.run(stage);
	}

	@Nullable Act command(String method) {
		return this.commands.get(method);
	}

	Act control() {
		return this.control;
	}

	@Nullable Act hello() {
		return this.hello;
	}

	boolean outlivesInput() {
		return this.outlivesInput;
	}

	String capabilityList() {
		return this.capabilities.stream().collect(Collectors.joining("\",\"", "[\"", "\"]")).replace("[\"\"]", "[]");
	}

	String readyLine() {
		String block = this.capabilities.isEmpty() ? ""
				: "\"rustbridge\":{\"protocol\":1,\"minProtocol\":1,\"capabilities\":" + capabilityList() + "}";
		return "{\"event\":\"ready\",\"data\":{" + block + "}}";
	}

	/**
	 * What a daemon does about a line.
	 */
	@FunctionalInterface
	interface Act {

		void run(Stage stage, Received line) throws IOException;

	}

	/**
	 * What a daemon does first.
	 */
	@FunctionalInterface
	interface Opening {

		void run(Stage stage) throws IOException;

	}

}
