package dev.rustbridge.process;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

class ExecutableCacheTests {

	@TempDir
	Path root;

	private Path folder;

	private ExecutableCache cache;

	@BeforeEach
	void makeCache() {
		this.folder = this.root.resolve("rustbridge/executables");
		this.cache = new ExecutableCache(this.folder);
	}

	private static InputStream content(String text) {
		return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
	}

	private static String mode(Path file) throws IOException {
		return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
	}

	@Test
	void theFolderIsPrivate() throws IOException {
		this.cache.store("search", content("a"), null);

		assertThat(mode(this.folder)).isEqualTo("rwx------");
	}

	@Test
	void theNameBearsTheDigest() throws IOException {
		Path file = this.cache.store("search", content("a"), null);

		assertThat(file).hasFileName("search-" + Digests.sha256(file).substring(0, 16));
		assertThat(this.cache.store("search.exe", content("a"), null).getFileName().toString()).endsWith(".exe");
	}

	private static Object inode(Path file) throws IOException {
		return Files.getAttribute(file, "unix:ino");
	}

	private static Path age(Path file) throws IOException {
		return Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofDays(60))));
	}

	@Test
	void theSameBytesAreUsedAgain() throws IOException {
		Path first = this.cache.store("search", content("a"), null);
		Object inode = inode(first);

		Path second = this.cache.store("search", content("a"), null);

		assertThat(second).isEqualTo(first);
		assertThat(inode(second)).isEqualTo(inode);
	}

	@Test
	void whatIsNotUsedAnyMoreIsRemovedWithTheNextVersion() throws IOException {
		Path old = age(this.cache.store("search", content("a"), null));
		Path left = age(Files.createFile(this.folder.resolve("search-1.part")));

		Path current = this.cache.store("search", content("b"), null);

		assertThat(old).doesNotExist();
		assertThat(left).doesNotExist();
		assertThat(current).exists();
	}

	@Test
	void aUseKeepsAnOldVersion() throws IOException {
		Path old = age(this.cache.store("search", content("a"), null));
		this.cache.store("search", content("a"), null);

		this.cache.store("search", content("b"), null);

		assertThat(old).exists();
	}

	@Test
	void aTamperedCopyIsReplaced() throws IOException {
		Path file = this.cache.store("search", content("a"), null);
		Files.writeString(file, "evil");

		assertThat(this.cache.store("search", content("a"), null)).isEqualTo(file).hasContent("a");
	}

	@Test
	void aCopyThatOthersMayWriteIsReplaced() throws IOException {
		Path file = this.cache.store("search", content("a"), null);
		Executables.mode(file, "rwxrwxrwx");

		assertThat(mode(this.cache.store("search", content("a"), null))).isEqualTo("rwx------");
	}

	@Test
	void aLinkInTheCopysPlaceIsReplaced() throws IOException {
		Path file = this.cache.store("search", content("a"), null);
		Path elsewhere = Executables.script(this.root.resolve("elsewhere"), "a");
		Files.delete(file);
		Files.createSymbolicLink(file, elsewhere);

		assertThat(Files.isSymbolicLink(this.cache.store("search", content("a"), null))).isFalse();
	}

	@Test
	void aFolderThatOthersMayWriteIsRefusedAndLeftAlone() throws IOException {
		Files.createDirectories(this.folder);
		Executables.mode(this.folder, "rwxrwxrwx");

		assertThatIOException().isThrownBy(() -> this.cache.store("search", content("a"), null))
			.withMessageContaining("mode rwxrwxrwx")
			.withMessageContaining("chmod 700");
		assertThat(mode(this.folder)).isEqualTo("rwxrwxrwx");
	}

	@Test
	void aLinkInTheFoldersPlaceIsRefused() throws IOException {
		Files.createDirectories(this.folder.getParent());
		Files.createSymbolicLink(this.folder, Files.createDirectory(this.root.resolve("elsewhere")));

		assertThatIOException().isThrownBy(() -> this.cache.store("search", content("a"), null))
			.withMessageContaining("is no directory");
	}

	@Test
	void afterAWrongDigestNothingIsLeft() {
		assertThatIOException().isThrownBy(() -> this.cache.store("search", content("a"), "0".repeat(64)));

		assertThat(this.folder).isEmptyDirectory();
	}

	@Test
	void manyWritersAtOnceLeaveOneWholeFile() throws IOException {
		String text = "x".repeat(1_000_000);
		Set<Path> stored = new HashSet<>();

		IntStream.range(0, 16).parallel().mapToObj((i) -> {
			try {
				return this.cache.store("search", content(text), null);
			}
			catch (IOException ex) {
				throw new IllegalStateException(ex);
			}
		}).sequential().forEach(stored::add);

		assertThat(stored).hasSize(1);
		assertThat(stored.iterator().next()).hasContent(text);
		try (Stream<Path> files = Files.list(this.folder)) {
			assertThat(files).hasSize(1);
		}
	}

	@Test
	void theConfiguredFolderIsNeverUsedItself() {
		Surroundings surroundings = surroundings(Map.of(), this.root);

		assertThat(ExecutableCache.folder(Path.of("/srv/cache"), surroundings))
			.isEqualTo(Path.of("/srv/cache/executables"));
	}

	@Test
	void theUsersCacheFolderIsTheDefault() {
		assertThat(ExecutableCache.folder(null, surroundings(Map.of(), this.root)))
			.isEqualTo(this.root.resolve(".cache/rustbridge/executables"));
		assertThat(ExecutableCache.folder(null, surroundings(Map.of("XDG_CACHE_HOME", this.root + "/xdg"), this.root)))
			.isEqualTo(this.root.resolve("xdg/rustbridge/executables"));
	}

	@Test
	void withoutAUsableHomeTheTemporaryFolderIsTaken() {
		Path folder = ExecutableCache.folder(null, surroundings(Map.of(), Path.of("/proc/none")));

		assertThat(folder).hasParentRaw(this.root.resolve("tmp"));
	}

	private Surroundings surroundings(Map<String, String> environment, Path home) {
		return new Surroundings(new Platform("linux", "x86_64", false), environment, this.root, home,
				this.root.resolve("tmp"), List.of());
	}

}
