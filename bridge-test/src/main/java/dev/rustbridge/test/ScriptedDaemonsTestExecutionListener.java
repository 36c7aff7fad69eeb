package dev.rustbridge.test;

import java.time.Duration;
import java.util.List;

import dev.rustbridge.BridgeState;
import dev.rustbridge.RustBridge;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

import org.springframework.context.ApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestExecutionListener;

/**
 * Lets no test method see what an earlier one has told the scripted daemons, or done to
 * them: contexts are shared.
 */
final class ScriptedDaemonsTestExecutionListener implements TestExecutionListener, Ordered {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE - 100;
	}

	@Override
	public void beforeTestMethod(TestContext testContext) {
		ScriptedDaemons daemons = daemons(testContext);
		if (daemons != null) {
			// what initializers sent is no test's doing
			daemons.forgetReceived();
		}
	}

	@Override
	public void afterTestMethod(TestContext testContext) {
		ScriptedDaemons daemons = daemons(testContext);
		if (daemons != null) {
			daemons.reset();
			bringBack(testContext.getApplicationContext());
		}
	}

	/** The next test shall not meet a bridge that waits for its daemon still. */
	private static void bringBack(ApplicationContext context) {
		List<RustBridge> down = context.getBeanProvider(RustBridge.class)
			.stream()
			.filter((bridge) -> isDown(bridge.state()) && isScripted(bridge))
			.toList();
		Flux.fromIterable(down).flatMap(RustBridge::start).blockLast(PATIENCE);
	}

	/** One that the application has built itself may have a daemon that is not there. */
	private static boolean isScripted(RustBridge bridge) {
		return bridge.info().instances().stream().allMatch((instance) -> instance.transport().equals("memory"));
	}

	/** A test's mock of a bridge has no state. */
	private static boolean isDown(@Nullable BridgeState state) {
		return state == BridgeState.BACKING_OFF || state == BridgeState.STARTING || state == BridgeState.FAILED;
	}

	private static @Nullable ScriptedDaemons daemons(TestContext testContext) {
		return testContext.hasApplicationContext()
				? testContext.getApplicationContext().getBeanProvider(ScriptedDaemons.class).getIfAvailable() : null;
	}

}
