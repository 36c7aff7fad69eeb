package dev.rustbridge.sample;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class CodeSearchPropertiesTests {

	@Test
	void theRootIsMadeAbsolute() {
		assertThat(new CodeSearchProperties(".").root()).isEqualTo(Path.of("").toAbsolutePath().toString());
	}

	@Test
	void aRootThatIsNotThereIsRefusedWithWhatToDo(@TempDir Path folder) {
		Path missing = folder.resolve("missing");
		assertThatIllegalArgumentException().isThrownBy(() -> new CodeSearchProperties(missing.toString()))
			.withMessageContaining(missing.toString())
			.withMessageContaining("--code-search.root=DIR");
	}

}
