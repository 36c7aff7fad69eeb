package dev.rustbridge.transport;

/**
 * A thread that blocks on a pipe, so that others need not.
 */
final class PipeThread extends Thread {

	PipeThread(Runnable task, String name) {
		super(null, task, name, 0, false);
		setDaemon(true);
		setContextClassLoader(PipeThread.class.getClassLoader());
	}

}
