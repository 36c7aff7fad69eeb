package dev.rustbridge.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is made of the model and committed is what the model says now.
 * {@code -Drustbridge.vectors.write=true} makes it anew.
 */
class CommittedVectorsTests {

	private static final String MARK = "<!-- the tables below are made from the model -->\n";

	private static final HostVectors HOST = new HostVectors();

	private static final DaemonVectors DAEMON = new DaemonVectors();

	@Test
	void theVectorsAreThoseOfTheModel() throws IOException {
		check(VectorFiles.HOST, VectorFiles.text(HOST.vectors()));
		check(VectorFiles.DAEMON, VectorFiles.text(DAEMON.vectors()));
	}

	@Test
	void theTablesInTheGuideAreThoseOfTheModel() throws IOException {
		String guide = Files.readString(VectorFiles.TABLES);
		String tables = guide.substring(0, guide.indexOf(MARK) + MARK.length()) + "\n## A host and its calls\n\n"
				+ HostTable.TABLE.markdown() + "\n## A daemon and its commands\n\n" + DaemonTable.TABLE.markdown()
				+ "\n## A host and the calls of its daemon\n\n" + Answering.TABLE.markdown();
		check(VectorFiles.TABLES, tables);
	}

	@Test
	void everyRowOfTheTablesHasAVector() {
		Set<String> covered = new HashSet<>(HOST.rows());
		covered.addAll(DAEMON.rows());
		List<String> rows = new ArrayList<>();
		HostTable.TABLE.rows().forEach((row) -> rows.add(row.toString()));
		DaemonTable.TABLE.rows().forEach((row) -> rows.add(row.toString()));
		Answering.TABLE.rows().forEach((row) -> rows.add(row.toString()));
		assertThat(rows).allSatisfy((row) -> assertThat(covered).contains(row));
	}

	@Test
	void theTablesSayWhatToDoWithEachLineInEachState() {
		for (HostState state : HostState.values()) {
			for (HostInput input : HostInput.values()) {
				// a daemon cannot know the id of a call that it was not sent
				boolean possible = input.isLine() && state != HostState.NEW && state != HostState.QUEUED;
				assertThat(HostTable.TABLE.covers(state, input) || !possible).as(input + " in " + state).isTrue();
			}
		}
		for (DaemonState state : DaemonState.values()) {
			for (DaemonInput input : DaemonInput.values()) {
				boolean answer = input == DaemonInput.ANSWER || input == DaemonInput.REFUSAL;
				// nothing can have been asked yet
				boolean possible = input.isLine() && !(answer && state == DaemonState.QUEUED);
				assertThat(DaemonTable.TABLE.covers(state, input) || !possible).as(input + " in " + state).isTrue();
			}
		}
	}

	private static void check(Path file, String expected) throws IOException {
		if (Boolean.getBoolean("rustbridge.vectors.write")) {
			Files.createDirectories(file.getParent());
			Files.writeString(file, expected);
		}
		assertThat(file).content().isEqualTo(expected);
	}

}
