package dev.rustbridge.model;

import java.util.ArrayList;
import java.util.List;

/**
 * What comes of an input: what the code on this side is told, what is written, and what a
 * line was found to be.
 */
public final class Effects {

	private final List<String> told = new ArrayList<>();

	private final List<String> written = new ArrayList<>();

	private Verdict verdict = Verdict.ACCEPTED;

	void tell(String id, String what) {
		this.told.add(id + " " + what);
	}

	/**
	 * Writes a line.
	 * @param json the line with {@code '} for {@code "}; {@code '*'} stands for any value
	 */
	void write(String json) {
		this.written.add(json.replace('\'', '"'));
	}

	void judge(Verdict found) {
		if (found != Verdict.ACCEPTED) {
			this.verdict = found;
		}
	}

	public List<String> told() {
		return this.told;
	}

	public List<String> written() {
		return this.written;
	}

	public Verdict verdict() {
		return this.verdict;
	}

}
