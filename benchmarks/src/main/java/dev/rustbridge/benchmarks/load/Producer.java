package dev.rustbridge.benchmarks.load;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A thread of the application: it sends the lanes that are ready, and sleeps while none
 * is. Answers push their lane back from whatever thread they arrive on, as cheaply as
 * that can be done, so that the driver is not what is measured.
 */
final class Producer extends Thread {

	private final Peer peer;

	private final Lane.Ready ready = new Lane.Ready();

	private volatile boolean sleeping;

	private volatile boolean stopped;

	Producer(String name, Peer peer) {
		super(name);
		this.peer = peer;
		setDaemon(true);
	}

	void add(Lane lane) {
		if (ready.push(lane) && sleeping) {
			LockSupport.unpark(this);
		}
	}

	void stopProducing() {
		stopped = true;
		LockSupport.unpark(this);
	}

	@Override
	public void run() {
		while (!stopped) {
			@Nullable Lane lane = ready.takeAll();
			if (lane == null) {
				sleep();
				continue;
			}
			while (lane != null) {
				Lane next = lane.below;
				lane.sending();
				try {
					peer.send(lane);
				}
				catch (RuntimeException e) {
					lane.failed(e);
				}
				lane = next;
			}
		}
	}

	private void sleep() {
		sleeping = true;
		if (ready.isEmpty() && !stopped) {
			LockSupport.park(this);
		}
		sleeping = false;
	}

}
