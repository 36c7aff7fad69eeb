package dev.rustbridge.transport;

/**
 * A daemon thread of this library. It inherits neither thread locals nor the class loader
 * of whoever happens to need it first.
 */
public class ServiceThread extends Thread {

	/**
	 * Makes a thread, not started yet.
	 * @param task what it runs
	 * @param name its name
	 */
	public ServiceThread(Runnable task, String name) {
		super(null, task, name, 0, false);
		setDaemon(true);
		setContextClassLoader(ServiceThread.class.getClassLoader());
	}

}
