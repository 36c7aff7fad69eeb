package dev.rustbridge;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.rustbridge.BridgeOptions.Descendants;
import dev.rustbridge.BridgeOptions.StdioMode;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * What can be set of the process that a bridge launches: what is started, how, and how it
 * is stopped.
 *
 * @param <B> the builder
 */
public interface ProcessSettings<B extends ProcessSettings<B>> {

	/**
	 * {@code binary.name}: name of the executable, to be looked up.
	 * @param name the value
	 * @return this builder
	 */
	B binaryName(@Nullable String name);

	/**
	 * {@code binary.path}: path of the executable; wins, and never falls through to the
	 * look-up.
	 * @param path the value
	 * @return this builder
	 */
	B binaryPath(@Nullable Path path);

	/**
	 * {@code binary.env-var}: environment variable that may hold the path of the
	 * executable.
	 * @param envVar the value
	 * @return this builder
	 */
	B binaryEnvVar(@Nullable String envVar);

	/**
	 * {@code binary.search-paths}: folders to look in; {@code null} stands for those of
	 * Cargo.
	 * @param searchPaths the value
	 * @return this builder
	 */
	B binarySearchPaths(@Nullable List<Path> searchPaths);

	/**
	 * {@code binary.search-system-path}: whether the folders of the system path are
	 * looked in at last. Default: true.
	 * @param searchSystemPath the value
	 * @return this builder
	 */
	B binarySearchSystemPath(boolean searchSystemPath);

	/**
	 * {@code binary.sha256}: digest that the executable must have, in hexadecimal.
	 * @param sha256 the value
	 * @return this builder
	 */
	B binarySha256(@Nullable String sha256);

	/**
	 * {@code binary.cache-dir}: where executables are extracted to; {@code null} stands
	 * for the user's cache folder.
	 * @param cacheDir the value
	 * @return this builder
	 */
	B binaryCacheDir(@Nullable Path cacheDir);

	/**
	 * {@code args}: arguments of the process. Default: {@code --management}.
	 * @param args the value
	 * @return this builder
	 */
	B args(List<String> args);

	/**
	 * {@code args}, one by one.
	 * @param args the arguments
	 * @return this builder
	 */
	default B args(String... args) {
		return args(List.of(args));
	}

	/**
	 * {@code environment}: environment variables of the process, over those it inherits.
	 * Default: none.
	 * @param environment the value
	 * @return this builder
	 */
	B environment(Map<String, String> environment);

	/**
	 * {@code inherit-environment}: whether the process inherits our environment; without
	 * it only PATH, HOME, USER, LANG, LC_ALL, TZ, TMPDIR and, on Windows, SystemRoot
	 * pass. Default: true.
	 * @param inheritEnvironment the value
	 * @return this builder
	 */
	B inheritEnvironment(boolean inheritEnvironment);

	/**
	 * {@code working-directory}: working directory of the process; {@code null} stands
	 * for ours.
	 * @param workingDirectory the value
	 * @return this builder
	 */
	B workingDirectory(@Nullable Path workingDirectory);

	/**
	 * {@code stdio}: what the daemon's standard streams are made of. Default: auto.
	 * @param stdio the value
	 * @return this builder
	 */
	B stdio(StdioMode stdio);

	/**
	 * {@code shutdown.drain-timeout}: time for what is in flight. Default: 10s.
	 * @param drainTimeout the value
	 * @return this builder
	 */
	B shutdownDrainTimeout(Duration drainTimeout);

	/**
	 * {@code shutdown.exit-timeout}: time to exit after the end of stdin. Default: 5s.
	 * @param exitTimeout the value
	 * @return this builder
	 */
	B shutdownExitTimeout(Duration exitTimeout);

	/**
	 * {@code shutdown.kill-timeout}: time to exit after SIGTERM, before SIGKILL. Default:
	 * 5s.
	 * @param killTimeout the value
	 * @return this builder
	 */
	B shutdownKillTimeout(Duration killTimeout);

	/**
	 * {@code shutdown.descendants}: what happens to processes that the daemon started
	 * when it is stopped or has crashed. Default: kill.
	 * @param descendants the value
	 * @return this builder
	 */
	B shutdownDescendants(Descendants descendants);

	/**
	 * {@code stderr.level}: level at which the daemon's log is logged; {@code null}: as
	 * each line says, else info.
	 * @param level the value
	 * @return this builder
	 */
	B stderrLevel(@Nullable Level level);

	/**
	 * {@code stderr.tail-lines}: last lines of the log kept for diagnosis. Default: 50.
	 * @param tailLines the value
	 * @return this builder
	 */
	B stderrTailLines(int tailLines);

}
