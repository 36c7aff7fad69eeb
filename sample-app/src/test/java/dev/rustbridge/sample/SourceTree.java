package dev.rustbridge.sample;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

import org.springframework.util.FileSystemUtils;

/**
 * A tree of {@value #FILES} source files: the sources of a JDK on this machine, or, where
 * there are none, made-up ones. Kept in the build folder for the next run.
 */
final class SourceTree {

	static final int FILES = 12_000;

	private static final Path ROOT = create();

	private SourceTree() {
	}

	static Path root() {
		return ROOT;
	}

	private static Path create() {
		try {
			Path root = Path.of("target", "source-tree").toAbsolutePath();
			Path complete = Path.of("target", "source-tree-is-complete");
			if (!Files.exists(complete)) {
				FileSystemUtils.deleteRecursively(root);
				Optional<Path> sources = jdkSources();
				int made = sources.isPresent() ? unpack(sources.get(), root) : 0;
				generate(root.resolve("generated"), FILES - made);
				Files.createFile(complete);
			}
			return root;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Optional<Path> jdkSources() throws IOException {
		Path installed = Path.of("/usr/lib/jvm");
		Stream<Path> homes = Files.isDirectory(installed) ? Files.list(installed) : Stream.empty();
		try (homes) {
			return Stream.concat(Stream.of(Path.of(System.getProperty("java.home"))), homes)
				.map((home) -> home.resolve("lib/src.zip"))
				.filter(Files::isReadable)
				.findFirst();
		}
	}

	private static int unpack(Path archive, Path root) throws IOException {
		int made = 0;
		try (InputStream file = Files.newInputStream(archive); ZipInputStream zip = new ZipInputStream(file)) {
			for (ZipEntry entry = zip.getNextEntry(); entry != null && made < FILES; entry = zip.getNextEntry()) {
				if (entry.getName().endsWith(".java")) {
					Path source = root.resolve(entry.getName()).normalize();
					Files.createDirectories(source.getParent());
					Files.copy(zip, source);
					made++;
				}
			}
		}
		return made;
	}

	private static void generate(Path folder, int count) throws IOException {
		List<String> words = List.of("static", "final", "int", "TODO", "return", "List<String>", "class", "Flux<Hit>",
				"todo", "SIZE = 4096;", "{", "}", "Grüße", "→", "fn main()");
		Random random = new Random(42);
		for (int i = 0; i < count; i++) {
			StringBuilder text = new StringBuilder();
			for (int word = 0; word < 400; word++) {
				text.append(words.get(random.nextInt(words.size()))).append((random.nextInt(6) == 0) ? '\n' : ' ');
			}
			Path source = folder.resolve("package" + i % 97).resolve("Source" + i + ".java");
			Files.createDirectories(source.getParent());
			Files.writeString(source, text, StandardCharsets.UTF_8);
		}
	}

}
