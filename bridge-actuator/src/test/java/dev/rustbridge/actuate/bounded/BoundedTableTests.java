package dev.rustbridge.actuate.bounded;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Names as tag values, from a bounded set.
 */
class BoundedTableTests {

	private final List<String> made = new ArrayList<>();

	private final BoundedTable<String> table = new BoundedTable<>(2, (name) -> {
		this.made.add(name);
		return name;
	});

	@Test
	void theFirstNamesAreKept() {
		assertThat(List.of(this.table.get("a"), this.table.get("b"), this.table.get("a"))).containsExactly("a", "b",
				"a");
		assertThat(this.made).containsExactly("a", "b");
	}

	@Test
	void allNamesBeyondTheLimitShareOne() {
		List<String> all = IntStream.range(0, 10_000).mapToObj((i) -> this.table.get("name" + i)).distinct().toList();
		assertThat(all).containsExactly("name0", "name1", "other");
		assertThat(this.made).hasSize(3);
	}

	@Test
	void whatIsNoNameTakesNoPlace() {
		assertThat(List.of(this.table.get(" "), this.table.get("x".repeat(1000)), this.table.get("a")))
			.containsExactly("other", "other", "a");
		assertThat(this.made).containsExactly("other", "a");
	}

}
