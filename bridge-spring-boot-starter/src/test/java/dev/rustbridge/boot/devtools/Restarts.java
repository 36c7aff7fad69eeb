package dev.rustbridge.boot.devtools;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;

/**
 * Restarts an application over and over, by a class loader of its own each time, as
 * Spring Boot's devtools do it. Run in a JVM that forgets soft references at once: the
 * caches of Spring have them.
 */
public final class Restarts {

	static final int COUNT = 50;

	private Restarts() {
	}

	/**
	 * Restarts the application, and says what is left of it.
	 * @param args none
	 */
	public static void main(String[] args) throws Exception {
		startWithoutBridges();
		List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
		for (int restart = 1; restart <= COUNT; restart++) {
			loaders.add(new WeakReference<>(run(restart)));
			expect(restart, "once it is closed", 0);
		}
		long limit = System.nanoTime() + 20_000_000_000L;
		while (held(loaders) > 0 && System.nanoTime() - limit < 0) {
			System.gc();
			Thread.onSpinWait();
		}
		System.out.println("class loaders held: " + held(loaders));
	}

	/** Spring Boot itself keeps the class loader of the first application of a JVM. */
	private static void startWithoutBridges() {
		SpringApplication application = new SpringApplication(NoBridges.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		application.run("--spring.main.banner-mode=off", "--logging.level.root=warn").close();
	}

	/** In a method of its own: no local variable may hold the class loader. */
	private static ClassLoader run(int restart) throws Exception {
		ClassLoader before = Thread.currentThread().getContextClassLoader();
		try (RestartClassLoader loader = new RestartClassLoader()) {
			Thread.currentThread().setContextClassLoader(loader);
			Object application = loader.loadClass(RestartedApplication.class.getName()).getConstructor().newInstance();
			if (application instanceof RestartedApplication) {
				throw new IllegalStateException("The application was not loaded anew");
			}
			try (AutoCloseable closeable = (AutoCloseable) application) {
				long pid = ((LongSupplier) closeable).getAsLong();
				expect(restart, "while daemon " + pid + " serves", 1);
			}
			return loader;
		}
		finally {
			Thread.currentThread().setContextClassLoader(before);
		}
	}

	private static void expect(int restart, String when, int expected) {
		long children = ProcessHandle.current().children().filter(ProcessHandle::isAlive).count();
		if (children != expected) {
			throw new IllegalStateException(
					"There are " + children + " children after restart " + restart + ", " + when);
		}
	}

	private static long held(List<WeakReference<ClassLoader>> loaders) {
		return loaders.stream().filter((loader) -> loader.get() != null).count();
	}

	private static final class NoBridges {

	}

	/**
	 * Loads the application's classes itself, and all others where they always are.
	 */
	private static final class RestartClassLoader extends URLClassLoader {

		private static final String APPLICATION = RestartedApplication.class.getName();

		RestartClassLoader() {
			super(new URL[] { location() }, Restarts.class.getClassLoader());
		}

		private static URL location() {
			return RestartedApplication.class.getProtectionDomain().getCodeSource().getLocation();
		}

		@Override
		protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
			if (!name.startsWith(APPLICATION)) {
				return super.loadClass(name, resolve);
			}
			synchronized (getClassLoadingLock(name)) {
				Class<?> loaded = findLoadedClass(name);
				return (loaded != null) ? loaded : findClass(name);
			}
		}

		@Override
		public void close() {
			try {
				super.close();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}
