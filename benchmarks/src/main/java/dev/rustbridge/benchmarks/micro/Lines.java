package dev.rustbridge.benchmarks.micro;

/** A line of the benchmark as a daemon would send it. */
final class Lines {

	static final String RESULT = "{\"seq\":7,\"text\":\"the quick brown fox\"}";

	static final String RESPONSE = "{\"id\":\"req_abc123_1234567\",\"success\":true,\"result\":" + RESULT + "}\n";

	private Lines() {
	}

}
