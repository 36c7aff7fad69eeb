package dev.rustbridge.supervision;

import java.time.Duration;

import dev.rustbridge.RustBridge;
import dev.rustbridge.engine.Daemons;

/**
 * An application in a JVM of its own: starts a daemon, tells its pid, and waits. Tells as
 * well when it has been asked to end.
 */
final class HostProcess {

	private HostProcess() {
	}

	public static void main(String[] args) throws InterruptedException {
		Recorder recorder = new Recorder();
		RustBridge bridge = Daemons.chaosBridge(args).listener(recorder).build();
		bridge.start().block(Duration.ofSeconds(20));
		Runtime.getRuntime().addShutdownHook(new Thread(() -> linger(bridge, recorder)));
		System.out.println("pid " + bridge.info().instances().get(0).pid());
		Thread.currentThread().join();
	}

	/** What an application does that takes its time to end. */
	private static void linger(RustBridge bridge, Recorder recorder) {
		System.out.println("ending");
		long until = System.nanoTime() + Duration.ofSeconds(1).toNanos();
		while (System.nanoTime() < until) {
			Thread.onSpinWait();
		}
		bridge.close();
		System.out.println("states " + recorder.states());
	}

}
