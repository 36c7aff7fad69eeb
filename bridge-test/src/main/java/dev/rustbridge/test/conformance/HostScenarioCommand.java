package dev.rustbridge.test.conformance;

import java.io.PrintStream;
import java.util.List;

import dev.rustbridge.test.conformance.host.HostScenario;
import dev.rustbridge.test.conformance.host.HostScenarios;
import dev.rustbridge.test.conformance.host.Step;
import tools.jackson.databind.json.JsonMapper;

/**
 * The part of the runnable jar that is for hosts: lists scenarios, and plays one.
 */
final class HostScenarioCommand {

	private static final int LONG = 60;

	private final PrintStream out;

	private final PrintStream err;

	HostScenarioCommand(PrintStream out, PrintStream err) {
		this.out = out;
		this.err = err;
	}

	int run(List<String> arguments) {
		if (arguments.equals(List.of("host-scenarios")) || arguments.equals(List.of("host-scenarios", "--list"))) {
			HostScenarios.all().forEach(this::print);
			return ConformanceCommand.CONFORMS;
		}
		if (arguments.equals(List.of("host-scenarios", "--json"))) {
			this.out.println(JsonMapper.shared().writeValueAsString(HostScenarios.all()));
			return ConformanceCommand.CONFORMS;
		}
		// what a host adds to every daemon's command line is not for a scenario
		if (arguments.size() < 2 || !arguments.get(0).equals("host-scenario")) {
			this.err.println("host-scenarios [--json], or host-scenario NAME");
			return ConformanceCommand.UNUSABLE;
		}
		try {
			return HostScenarios.playOnStdio(arguments.get(1));
		}
		catch (IllegalArgumentException ex) {
			this.err.println(ex.getMessage());
			return ConformanceCommand.UNUSABLE;
		}
	}

	private void print(HostScenario scenario) {
		String announces = scenario.capabilities().isEmpty() ? "classic" : String.join(", ", scenario.capabilities());
		this.out.printf("%s (%s)%n    %s%n", scenario.name(), announces, scenario.about());
		if (scenario.startFails()) {
			this.out.println("    the host must refuse it at once, with the reason");
		}
		for (Step step : scenario.steps()) {
			this.out.println("    " + describe(step));
		}
		if (scenario.servesOn()) {
			this.out.println("    then send echo {}: the result {}, over the same connection");
		}
	}

	private static String describe(Step step) {
		StringBuilder text = new StringBuilder(step.afterOthers() ? "then send " : "send ").append(step.method())
			.append(' ')
			.append(shorten(step.params()));
		if (step.timeoutMillis() > 0) {
			text.append(", allow ").append(step.timeoutMillis()).append(" ms");
		}
		if (step.upload() >= 0) {
			text.append(", upload the numbers up to ").append(step.upload());
		}
		if (step.demand() >= 0) {
			text.append(", take ").append(step.demand()).append(" of its chunks");
		}
		text.append(": ");
		if (step.chunks() >= 0) {
			text.append(step.chunks()).append(step.bytes() ? " chunks of raw bytes, then " : " chunks, then ");
		}
		return text.append(switch (step.end()) {
			case RESULT -> "the result " + shorten(step.result());
			case FAILED -> "the daemon's error";
			case BROKEN -> "an error of the protocol, of this command alone";
			case LOST -> "an error: the connection was lost, the outcome is unknown";
			case TIMED_OUT -> "an error: the time is up";
		}).toString();
	}

	private static String shorten(String json) {
		return (json.length() <= LONG) ? json : json.substring(0, LONG) + "…";
	}

}
