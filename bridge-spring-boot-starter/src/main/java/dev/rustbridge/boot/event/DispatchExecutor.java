package dev.rustbridge.boot.event;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import org.springframework.core.task.TaskDecorator;
import org.springframework.core.task.VirtualThreadTaskExecutor;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * The threads on which listeners and blocking handlers run. Not the application's task
 * executor: that one refuses tasks as soon as the context begins to close, when the last
 * events are still to come. An idle bridge holds no thread.
 */
public final class DispatchExecutor implements Executor, AutoCloseable {

	private static final String THREAD_NAME_PREFIX = "rustbridge-dispatch-";

	private final Executor threads;

	private final @Nullable ExecutorService pool;

	private final TaskDecorator decorator;

	private final @Nullable ClassLoader classLoader;

	/**
	 * Makes an executor.
	 * @param virtual whether tasks run on virtual threads
	 * @param decorator what the application wraps around tasks, as the propagation of
	 * trace and MDC
	 * @param classLoader the class loader that tasks see as that of their thread
	 */
	public DispatchExecutor(boolean virtual, TaskDecorator decorator, @Nullable ClassLoader classLoader) {
		this.decorator = decorator;
		this.classLoader = classLoader;
		if (virtual) {
			this.pool = null;
			this.threads = new VirtualThreadTaskExecutor(THREAD_NAME_PREFIX);
		}
		else {
			CustomizableThreadFactory factory = new CustomizableThreadFactory(THREAD_NAME_PREFIX);
			factory.setDaemon(true);
			// bounded by those who use it: one task at a time for each bridge, and the
			// concurrency of the handlers
			this.pool = new ThreadPoolExecutor(0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(),
					factory);
			this.threads = this.pool;
		}
	}

	@Override
	public void execute(Runnable task) {
		Runnable decorated = this.decorator.decorate(task);
		this.threads.execute(() -> {
			// a thread made lazily may have inherited one that sees too little
			Thread.currentThread().setContextClassLoader(this.classLoader);
			decorated.run();
		});
	}

	@Override
	public void close() {
		if (this.pool != null) {
			this.pool.shutdown();
		}
	}

}
