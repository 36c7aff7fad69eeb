package dev.rustbridge.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a look-up depends on besides its options.
 *
 * @param platform where we run
 * @param environment the environment variables
 * @param directory the application's working directory, to which relative paths refer
 * @param home the user's home folder
 * @param temporary the folder for temporary files
 * @param classLoaders where resources are looked for, in this order
 */
record Surroundings(Platform platform, Map<String, String> environment, Path directory, Path home, Path temporary,
		List<ClassLoader> classLoaders) {

	Surroundings {
		environment = Map.copyOf(environment);
		classLoaders = List.copyOf(classLoaders);
	}

	/**
	 * Those of this JVM.
	 * @return the surroundings now
	 */
	static Surroundings current() {
		ClassLoader own = Surroundings.class.getClassLoader();
		ClassLoader context = Thread.currentThread().getContextClassLoader();
		return new Surroundings(Platform.current(), System.getenv(), Path.of("").toAbsolutePath(),
				Path.of(System.getProperty("user.home", "")), Path.of(System.getProperty("java.io.tmpdir", "")),
				(context == null || context == own) ? List.of(own) : List.of(context, own));
	}

}
