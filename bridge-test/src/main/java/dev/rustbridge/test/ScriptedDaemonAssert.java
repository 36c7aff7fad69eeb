package dev.rustbridge.test;

import java.util.List;

import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ListAssert;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Assertions on what a {@link ScriptedDaemon} has received so far: by
 * {@code assertThat(daemon)}.
 */
public final class ScriptedDaemonAssert extends AbstractAssert<ScriptedDaemonAssert, ScriptedDaemon> {

	ScriptedDaemonAssert(ScriptedDaemon daemon) {
		super(daemon, ScriptedDaemonAssert.class);
	}

	/**
	 * Verifies that a command was received, at least once.
	 * @param method the method
	 * @return this
	 */
	public ScriptedDaemonAssert hasReceived(String method) {
		if (this.actual.received(method).isEmpty()) {
			failWithMessage("Expected the command '%s' to have been received, but there were only %s", method,
					this.actual.received());
		}
		return this;
	}

	/**
	 * Verifies that a command was received with certain parameters, at least once.
	 * @param method the method
	 * @param params the parameters, compared as JSON
	 * @return this
	 */
	public ScriptedDaemonAssert hasReceived(String method, Object params) {
		// by its text, as the daemon has read it: a tree made of values has longs and
		// floats
		JsonMapper mapper = this.actual.mapper();
		JsonNode expected = mapper.readTree(mapper.writeValueAsString(params));
		List<ReceivedCommand> commands = this.actual.received(method);
		if (commands.stream().noneMatch((command) -> command.params().equals(expected))) {
			failWithMessage("Expected the command %s%s to have been received, but there were only %s", method, expected,
					commands.isEmpty() ? this.actual.received() : commands);
		}
		return this;
	}

	/**
	 * Verifies that a command was received so many times.
	 * @param method the method
	 * @param times how often
	 * @return this
	 */
	public ScriptedDaemonAssert hasReceivedTimes(String method, int times) {
		received(method).hasSize(times);
		return this;
	}

	/**
	 * Verifies that these commands and no others were received, in this order.
	 * @param methods the methods
	 * @return this
	 */
	public ScriptedDaemonAssert hasReceivedExactly(String... methods) {
		Assertions.assertThat(this.actual.received()).extracting(ReceivedCommand::method).containsExactly(methods);
		return this;
	}

	/**
	 * Verifies that a command was never received.
	 * @param method the method
	 * @return this
	 */
	public ScriptedDaemonAssert hasNotReceived(String method) {
		received(method).isEmpty();
		return this;
	}

	/**
	 * Verifies that no command was received.
	 * @return this
	 */
	public ScriptedDaemonAssert hasReceivedNothing() {
		Assertions.assertThat(this.actual.received()).as("received commands").isEmpty();
		return this;
	}

	/**
	 * Verifies that a command was cancelled by the host, at least once.
	 * @param method the method
	 * @return this
	 */
	public ScriptedDaemonAssert hasBeenCancelled(String method) {
		Assertions.assertThat(this.actual.cancelled())
			.as("cancelled commands")
			.extracting(ReceivedCommand::method)
			.contains(method);
		return this;
	}

	/**
	 * Looks at the commands of one method.
	 * @param method the method
	 * @return assertions on them, oldest first
	 */
	public ListAssert<ReceivedCommand> received(String method) {
		return Assertions.assertThat(this.actual.received(method)).as("received commands '%s'", method);
	}

}
