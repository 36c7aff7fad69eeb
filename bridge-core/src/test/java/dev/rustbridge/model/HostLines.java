package dev.rustbridge.model;

import java.util.Objects;

/**
 * What a host writes and tells, in full.
 */
final class HostLines {

	private HostLines() {
	}

	/** The command of a call: how much time or credit it names is the host's affair. */
	static String command(HostCall call) {
		StringBuilder line = new StringBuilder("{'id':'" + call.id() + "','method':'work','params':{}");
		if (call.has(Capability.DEADLINE) && !call.kind().isStream()) {
			line.append(",'deadlineMs':'*'");
		}
		if (call.has(Capability.CREDIT) && call.kind().isStream() && call.demand() != HostCall.UNLIMITED) {
			line.append(",'credit':'*'");
		}
		if (call.kind() == HostCall.Kind.UPLOAD) {
			line.append(",'upload':true");
		}
		if (call.has(Capability.BYTES) && call.kind() == HostCall.Kind.RAW) {
			line.append(",'bytes':true");
		}
		return line.append('}').toString();
	}

	/** What an error that carries this code is told as. */
	static String failure(Input<HostInput> input) {
		String code = Objects.requireNonNullElse(input.value(), "");
		if (code.equals("DEADLINE_EXCEEDED")) {
			return "error TIMEOUT";
		}
		return code.isEmpty() ? "error FAILED" : "error FAILED " + code;
	}

}
