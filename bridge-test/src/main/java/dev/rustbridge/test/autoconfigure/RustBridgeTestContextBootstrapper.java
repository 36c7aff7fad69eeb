package dev.rustbridge.test.autoconfigure;

import dev.rustbridge.test.RustBridgeTest;

import org.springframework.boot.test.autoconfigure.TestSliceTestContextBootstrapper;
import org.springframework.test.context.TestContextBootstrapper;

/**
 * {@link TestContextBootstrapper} for {@link RustBridgeTest}.
 */
public final class RustBridgeTestContextBootstrapper extends TestSliceTestContextBootstrapper<RustBridgeTest> {

}
