package dev.rustbridge.boot.devtools;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.ObjLongConsumer;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.devtools.restart.Restarter;

/**
 * Has devtools restart an application over and over. Run in a JVM that forgets soft
 * references at once: the caches of Spring have them.
 */
public final class Restarts implements ObjLongConsumer<ClassLoader> {

	private static final int COUNT = 50;

	private static final long NO_DAEMON = -1;

	private static final String KEY = Restarts.class.getName();

	private final BlockingQueue<Run> runs = new LinkedBlockingQueue<>();

	private Restarts() {
	}

	/**
	 * Runs the application. Devtools call it again with each restart, in a class loader
	 * of its own; the restarts are counted in that of the JVM.
	 * @param args none
	 */
	@SuppressWarnings("unchecked")
	public static void main(String[] args) {
		if (Restarts.class.getClassLoader() == ClassLoader.getSystemClassLoader()) {
			Restarts restarts = new Restarts();
			System.getProperties().put(KEY, restarts);
			new Thread(restarts::countOrFail, "restarts").start();
			startWithoutBridges();
			throw new IllegalStateException("Devtools did not take over");
		}
		ObjLongConsumer<ClassLoader> counter = (ObjLongConsumer<ClassLoader>) System.getProperties().get(KEY);
		if (System.getProperties().put(KEY + ".first", false) == null) {
			startWithoutBridges();
			counter.accept(Restarts.class.getClassLoader(), NO_DAEMON);
		}
		else {
			RestartedApplication.run(counter);
		}
	}

	/** Spring Boot itself keeps the class loader of the first application of a JVM. */
	private static void startWithoutBridges() {
		SpringApplication application = new SpringApplication(NoBridges.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		application.run("--spring.main.banner-mode=off", "--logging.level.root=warn");
	}

	@Override
	public void accept(ClassLoader loader, long pid) {
		this.runs.add(new Run(new WeakReference<>(loader), pid));
	}

	private void countOrFail() {
		try {
			count();
			System.exit(0);
		}
		catch (Throwable ex) {
			ex.printStackTrace();
			System.exit(1);
		}
	}

	private void count() throws InterruptedException {
		List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
		Run run = next(0);
		for (int restart = 1; restart <= COUNT; restart++) {
			Restarter.getInstance().restart();
			Run restarted = next(restart);
			if (restarted.loader().get() == run.loader().get()) {
				throw new IllegalStateException("The application was not loaded anew");
			}
			if (restart > 1) {
				loaders.add(run.loader());
			}
			run = restarted;
		}
		long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
		while (held(loaders) > 0 && System.nanoTime() - limit < 0) {
			System.gc();
			Thread.onSpinWait();
		}
		System.out.println("restarts: " + COUNT + ", class loaders held: " + held(loaders));
	}

	private Run next(int restart) throws InterruptedException {
		Run run = this.runs.poll(20, TimeUnit.SECONDS);
		if (run == null) {
			throw new IllegalStateException("The application is not up after restart " + restart);
		}
		List<Long> children = ProcessHandle.current()
			.children()
			.filter(ProcessHandle::isAlive)
			.map(ProcessHandle::pid)
			.toList();
		if (!children.equals((run.pid() == NO_DAEMON) ? List.of() : List.of(run.pid()))) {
			throw new IllegalStateException(
					"The children are " + children + ", not " + run.pid() + " alone, after restart " + restart);
		}
		return run;
	}

	private static long held(List<WeakReference<ClassLoader>> loaders) {
		return loaders.stream().filter((loader) -> loader.get() != null).count();
	}

	private static final class NoBridges {

	}

	/**
	 * The application once it is up.
	 *
	 * @param loader its class loader
	 * @param pid the process id of its daemon
	 */
	private record Run(WeakReference<ClassLoader> loader, long pid) {

	}

}
