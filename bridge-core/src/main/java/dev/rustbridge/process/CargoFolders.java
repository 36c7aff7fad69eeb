package dev.rustbridge.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where Cargo puts executables, seen from somewhere inside a project.
 */
final class CargoFolders {

	private static final List<String> BUILD_FILES = List.of("pom.xml", "build.gradle", "build.gradle.kts",
			"settings.gradle", "settings.gradle.kts", "Cargo.toml");

	private static final List<String> OUTPUTS = List.of("target/release", "target/debug", "rust/target/release",
			"rust/target/debug");

	private CargoFolders() {
	}

	/**
	 * The folders, from the given one up to the root of its project.
	 * @param start an absolute folder
	 * @return the folders, the nearest first, whether they exist or not
	 */
	static List<Path> from(Path start) {
		List<Path> folders = new ArrayList<>();
		Path root = root(start);
		for (Path at = start; at != null; at = at.getParent()) {
			for (String output : OUTPUTS) {
				folders.add(at.resolve(output));
			}
			if (at.equals(root)) {
				break;
			}
		}
		return folders;
	}

	/**
	 * The folder of the repository, else the highest one of a row that all have a build
	 * file. Without either nothing above the start belongs to the project: a parent may
	 * be anybody's.
	 */
	private static Path root(Path start) {
		for (Path at = start; at != null; at = at.getParent()) {
			if (Files.exists(at.resolve(".git"))) {
				return at;
			}
		}
		Path root = start;
		for (Path at = start; at != null && hasBuildFile(at); at = at.getParent()) {
			root = at;
		}
		return root;
	}

	private static boolean hasBuildFile(Path folder) {
		return BUILD_FILES.stream().anyMatch((file) -> Files.exists(folder.resolve(file)));
	}

}
