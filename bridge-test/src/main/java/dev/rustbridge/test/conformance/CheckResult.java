package dev.rustbridge.test.conformance;

/**
 * How one check came out.
 *
 * @param group the part of the protocol: {@code classic}, {@code hello}, or a capability
 * @param name the check, unique within its group
 * @param rule what the protocol says, in a sentence
 * @param verdict how it came out
 * @param expected what was expected when it failed, else empty
 * @param observed what was observed when it failed, else a remark or empty
 * @param advice what the daemon's author can do when it failed, else empty
 */
public record CheckResult(String group, String name, String rule, Verdict verdict, String expected, String observed,
		String advice) {

	/**
	 * The name that is unique among all checks.
	 * @return group and name
	 */
	public String id() {
		return this.group + "/" + this.name;
	}

}
