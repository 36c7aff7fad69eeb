package dev.rustbridge.boot.propagation;

import io.micrometer.context.ContextSnapshotFactory;

import reactor.util.context.ContextView;

import org.springframework.util.ClassUtils;

/**
 * Gives the thread that runs a method of the application what Reactor's context holds of
 * thread-locals: its trace, and with it the MDC, and whatever else has an accessor. Where
 * context-propagation is not on the class path there is nothing to give.
 */
public final class ThreadContext {

	private static final boolean AVAILABLE = ClassUtils.isPresent("io.micrometer.context.ContextSnapshotFactory",
			ThreadContext.class.getClassLoader());

	private static final Scope NOTHING = () -> {
	};

	private ThreadContext() {
	}

	/**
	 * Sets the thread-locals of this thread.
	 * @param context where their values are
	 * @return sets them back
	 */
	public static Scope of(ContextView context) {
		return (AVAILABLE && !context.isEmpty()) ? Propagation.of(context) : NOTHING;
	}

	/** The time for which they are set. */
	@FunctionalInterface
	public interface Scope extends AutoCloseable {

		@Override
		void close();

	}

	/** Apart, so that the library is looked for only where it is. */
	private static final class Propagation {

		private static final ContextSnapshotFactory SNAPSHOTS = ContextSnapshotFactory.builder().build();

		static Scope of(ContextView context) {
			return SNAPSHOTS.setThreadLocalsFrom(context)::close;
		}

	}

}
